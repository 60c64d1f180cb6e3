"""The table of acts on a case as pages: which form asks, how it is carried out, and what is said when it is done."""

from __future__ import annotations

from counterpart.casework import acts, outcomes
from counterpart.engine import events as e
from counterpart.web.cases import (
    forms,
    gate_forms,
    moving,
    outcome_forms,
    panel_forms,
    performing,
    preparing,
)
from counterpart.web.cases.act_page import ActPage
from counterpart.web.cases.between_table import BETWEEN_PAGES
from counterpart.web.cases.doable import still_at_risk
from counterpart.web.cases.ending_table import ENDING_PAGES

ACT_PAGES: tuple[ActPage, ...] = (
    ActPage(e.StepRecorded, forms.StepForm, performing.step, "Recorded.", "cases/step.jinja"),
    ActPage(e.AnswerGiven, gate_forms.SatisfiedForm, performing.satisfied,
            "Your answer is recorded.", "cases/satisfied.jinja", is_guarded=True),
    ActPage(e.ApprovalAsked, gate_forms.AskApprovalForm, performing.ask_approval,
            "Approval is asked for.", "cases/approval.jinja", is_guarded=True),
    ActPage(e.ApprovalAnswered, gate_forms.ApprovalForm, performing.approval,
            "Your answer is recorded.", "cases/approval.jinja", is_guarded=True),
    ActPage(e.MovedOn, moving.MoveForm, performing.move, "The case has moved on.", "cases/move.jinja",
            is_guarded=True),
    ActPage(e.OutcomeProposed, outcome_forms.OutcomeForm, performing.outcome,
            "Both sides are now asked to confirm the outcome.", "cases/outcome.jinja",
            is_guarded=True),
    ActPage(e.OutcomeConfirmed, outcome_forms.AnswerForm, performing.answer, "Your answer is recorded.",
            "cases/answer.jinja", beside=still_at_risk),
    ActPage(e.OutcomeDissented, outcome_forms.DifferForm, performing.differ,
            "It is on the record, as yours.", "cases/differ.jinja"),
    ActPage(e.PanelConvened, panel_forms.PanelForm, performing.panel, "The panel is convened.",
            "cases/panel.jinja", prepare=preparing.offer_members, is_guarded=True),
    ActPage(e.RepresentationHeard, panel_forms.HeardForm, performing.heard, "Recorded."),
    ActPage(e.PanelDecided, outcome_forms.DecisionForm, performing.decision,
            "The decision is recorded. Every agency is asked to confirm it in writing.",
            "cases/decision.jinja", is_guarded=True),
    ActPage(e.LimitSet, gate_forms.TimeForm, performing.time, "The time is on the record.",
            "cases/time.jinja"),
    ActPage(e.LimitAgreed, gate_forms.AgreeForm, performing.agree,
            "Your agency has agreed to the time.", "cases/agree.jinja", is_guarded=True),
    ActPage(e.BandSet, gate_forms.BandForm, performing.band, "The priority is on the record.",
            "cases/band.jinja"),
    ActPage(e.OutsideDateGiven, gate_forms.DateForm, performing.date,
            "The date is on the record.", "cases/date.jinja"),
    ActPage(e.ExitTaken, gate_forms.ExitForm, performing.way_out, "Recorded.", "cases/exit.jinja",
            is_guarded=True),
    ActPage(e.ImmediateRiskReported, forms.RiskForm,
            lambda sent: acts.report_risk(why=sent.said["why"], **sent.by),
            "Immediate risk is on the record. Now telephone the people named below.",
            "cases/risk.jinja"),
    ActPage(e.PartyRedirected, forms.RedirectForm, performing.redirect, "The other agency is now asked.",
            prepare=preparing.offer_agencies, is_guarded=True, leads_home=True),
    ActPage(e.SeatNamed, forms.WhoForm, performing.who, "Recorded.", prepare=preparing.offer_roles,
            leads_home=True),
    ActPage(e.ActionDone, forms.DoneForm,
            lambda sent: outcomes.finish_action(
                action=sent.form.target, what=sent.said["what"], **sent.by),
            "Recorded.", "cases/action.jinja"),
    ActPage(e.PolicyGapReported, forms.GapForm,
            lambda sent: acts.report_gap(gap=sent.said["gap"], **sent.by),
            "It is on the record."),
    ActPage(e.EntryCorrected, forms.CorrectForm,
            lambda sent: acts.correct(
                entry=sent.form.target, correction=sent.said["correction"],
                reason=sent.said["reason"], **sent.by),
            "The correction now stands before the entry.", "cases/correct.jinja",
            prepare=preparing.find_entry),
    ActPage(e.CaseWithdrawn, forms.ReasonForm,
            lambda sent: acts.withdraw(reason=sent.said["reason"], **sent.by),
            "The concern is withdrawn.", is_guarded=True),
    ActPage(e.CaseReopened, forms.ReasonForm,
            lambda sent: acts.reopen(reason=sent.said["reason"], **sent.by),
            "The case is open again.", is_guarded=True),
    *BETWEEN_PAGES,
    *ENDING_PAGES,
)  # fmt: skip
