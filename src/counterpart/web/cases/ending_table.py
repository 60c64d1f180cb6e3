"""The acts about the end of a case as pages; a part of the table of acts (`table`)."""

from __future__ import annotations

from counterpart.engine import events as e
from counterpart.web.cases import ending_forms as forms
from counterpart.web.cases import ending_performing as performing
from counterpart.web.cases import panel_forms, preparing
from counterpart.web.cases.act_page import ActPage

ENDING_PAGES: tuple[ActPage, ...] = (
    ActPage(e.RecordPlaced, forms.PlacedForm, performing.placed,
            "It is on the record where this was placed.", "cases/placed.jinja"),
    ActPage(e.AdviceRecorded, forms.AdviceForm, performing.advice,
            "The advice is on the record, as advice.", "cases/advice.jinja",
            prepare=preparing.offer_everybody),
    ActPage(e.PanelMet, panel_forms.MetForm, performing.met, "The meeting is on the record.",
            "cases/met.jinja"),
    ActPage(e.LearningPointRecorded, forms.PointForm, performing.point,
            "It is on the record. Whoever sees to it is told.", "cases/point.jinja"),
    ActPage(e.LearningPointDone, forms.PointDoneForm, performing.point_done,
            "It is on the record. Whoever raised the concern is told.", "cases/about_point.jinja"),
    ActPage(e.LearningPointReferred, forms.PointReferredForm, performing.point_referred,
            "It is on the record that this was passed on.", "cases/about_point.jinja"),
    ActPage(e.DebriefOffered, forms.DebriefForm, performing.debrief,
            "It is on the record, and they can see the offer.", "cases/debrief.jinja"),
    ActPage(e.DebriefAnswered, forms.DebriefedForm, performing.debriefed, "Recorded."),
)  # fmt: skip

SUPPORTER = ActPage(
    e.SeatNamed,
    forms.SupporterForm,
    performing.supporter,
    "Recorded. They are told, and can read the case.",
    "cases/supporter.jinja",
    prepare=preparing.offer_everybody,
)
"""The page by which a supporter is named or changed; the other roles have their own."""
