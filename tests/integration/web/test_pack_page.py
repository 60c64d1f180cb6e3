"""The page of the pack: what it offers, what it answers with, and who is not let near it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, cast

import pytest
from django.http import HttpResponse
from docx import Document

from counterpart.access.reading import reads_of
from counterpart.casework import keeping
from counterpart.casework.casefile import open_case
from counterpart.engine import events as e
from counterpart.pack.redacting import PEOPLE
from counterpart.telling.dates import UK
from tests.integration.web.case_forms import LONG, MARKUP, browser, is_refused, sent, words_of
from tests.packs import every_byte, text_of
from tests.town import RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

WHOLE = {"part": "whole", "kind": "pdf"}
DISPUTE = "The referral was closed without a visit."


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Story:
    began = datetime.now(UTC) - timedelta(days=1)
    return Story(place, now=began, step=timedelta(minutes=10)).raised()


def asked(story: Story, who: str = RAISER, **form: Any) -> HttpResponse:
    return sent(browser(story.town, who), story, "pack", WHOLE | form)


def left_out(story: Story, *without: str, **form: Any) -> HttpResponse:
    form = WHOLE | {"leave_out": list(without), "why": "It names a sibling."} | form
    return sent(browser(story.town, RAISER), story, "pack/left-out", form)


def got(story: Story, way: str, who: str = RAISER) -> str:
    """The words of a page of the case."""
    page = browser(story.town, who).get(f"/cases/{story.reference}{way}")
    return words_of(cast(HttpResponse, page))


def raised(story: Story) -> str:
    entry = open_case(story.case, story.now).entries[0].recorded
    assert isinstance(entry.event, e.ConcernRaised)
    return str(entry.id)


def test_the_case_page_leads_to_it_while_it_is_open_and_when_it_has_ended(story: Story) -> None:
    client, way = browser(story.town, RAISER), f"/cases/{story.reference}/pack"
    assert way in client.get(f"/cases/{story.reference}").content.decode()
    story.settled().confirmed()
    assert story.state.status == "closed"
    assert way in client.get(f"/cases/{story.reference}").content.decode()


def test_it_offers_what_the_case_has(story: Story) -> None:
    page = got(story, "/pack")
    assert "The whole case" in page
    assert "The outcome statement" not in page
    assert "The panel’s papers" not in page
    story.to_panel().convened().heard().decided()
    page = got(story, "/pack")
    assert "The outcome statement" in page
    assert "The panel’s papers" in page


def test_what_is_sent_comes_back_as_a_file_that_is_not_kept_on_the_way(story: Story) -> None:
    answer = asked(story)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store"
    today = f"{datetime.now(UK):%Y-%m-%d}"
    name = f"{story.reference[:4]}-{story.reference[4:]}-whole-{today}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert DISPUTE in text_of(answer.content)


def test_the_outcome_can_be_had_in_word(story: Story) -> None:
    story.settled()
    answer = asked(story, part="outcome", kind="docx")
    assert answer["Content-Disposition"].endswith('.docx"')
    text = "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    assert "They will visit." in text


def test_a_panels_papers_and_one_stage_can_be_had(story: Story) -> None:
    story.to_panel().convened()
    assert "The panel’s papers" in text_of(asked(story, part="papers").content)
    stage = story.state.visits[0].stage
    assert "Stage One" in text_of(asked(story, part="stage", stage=stage).content)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"part": ""}, "Choose what you want"),
        ({"part": "stage"}, "Choose the stage"),
        ({"part": "stage", "stage": "panel"}, "Choose from the answers on this page"),
        ({"part": "outcome"}, "Choose from the answers on this page"),
        ({"part": MARKUP}, "Choose from the answers on this page"),
        ({"part": LONG}, "Choose from the answers on this page"),
        ({"kind": ""}, "Choose a PDF or Word"),
        ({"kind": "docx"}, "Only the outcome statement can be had in Word"),
    ],
)
def test_what_cannot_be_made_is_said_on_the_form(
    story: Story, form: dict[str, str], says: str
) -> None:
    is_refused(asked(story, **form), says, kept="")
    assert [read.page for read in reads_of(story.case)] == []


def test_an_outsider_finds_no_such_page(story: Story) -> None:
    client = browser(story.town, "mental.practitioner")
    for way in ("pack", "pack/left-out"):
        there, not_there = (
            client.get(f"/cases/{reference}/{way}") for reference in (story.reference, "00000000")
        )
        assert there.status_code == not_there.status_code == 404
        assert sent(client, story, way, WHOLE).status_code == 404
    assert reads_of(story.case) == ()


def test_each_file_is_a_look_with_what_it_was(story: Story) -> None:
    asked(story)
    asked(story, part="summary")
    assert [read.page for read in reads_of(story.case)] == ["pack:summary", "pack:whole"]
    page = got(story, "/reads")
    assert "Made a pack: a summary for the record" in page
    assert "Made a pack: the whole case" in page


# --- something left out ---------------------------------------------------------------------------


def test_each_text_of_each_entry_can_be_ticked(story: Story) -> None:
    path = f"/cases/{story.reference}/pack/left-out"
    page = browser(story.town, RAISER).get(path).content.decode()
    assert DISPUTE in page
    assert f'value="{raised(story)}:dispute"' in page


def test_what_is_ticked_is_not_in_the_file(story: Story) -> None:
    pdf = left_out(story, f"{raised(story)}:dispute", ":".join(PEOPLE)).content
    assert DISPUTE not in text_of(pdf)
    assert DISPUTE.encode() not in every_byte(pdf)
    assert "Why: It names a sibling." in text_of(pdf)


def test_nothing_ticked_or_no_reason_is_asked_about_and_kept(story: Story) -> None:
    is_refused(left_out(story), "Choose what to leave out", kept="It names a sibling.")
    ticked = f"{raised(story)}:dispute"
    answer = left_out(story, ticked, why="")
    is_refused(answer, "Write why it is left out", kept="")
    assert re.search(f'value="{ticked}"[^>]* checked', answer.content.decode())


@pytest.mark.parametrize("odd", ["", ":", "x:y", "f" * 32 + ":dispute", MARKUP, LONG])
def test_what_was_not_offered_cannot_be_left_out(story: Story, odd: str) -> None:
    is_refused(left_out(story, odd), "There is a problem", kept="")


def test_a_protected_detail_is_not_opened_by_choosing_what_to_leave_out(story: Story) -> None:
    detail = "The neighbour at number nine."
    story.does(keeping.protect, RAISER, kind="reporter", posts=(), detail=detail)
    page = got(story, "/pack/left-out")
    assert "A protected detail was written down" in page
    assert "number nine" not in page


def test_nobody_ticks_what_they_may_not_see(story: Story) -> None:
    story.to_workers().does(keeping.keep_note, RAISER, note="We think it was put off.")
    assert "put off" in got(story, "/pack/left-out")
    assert "put off" not in got(story, "/pack/left-out", WORKER)
