"""Whoever sits on a panel sees on the case page what its papers are, and what came after they were fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counterpart.casework import acts, keeping
from counterpart.casework.casefile import open_case
from counterpart.casework.writing import load
from tests.integration.web.case_forms import browser
from tests.town import CHAIR, RAISER, SITTING, Story, town

pytestmark = pytest.mark.django_db

MARK = "After the papers were fixed"


@pytest.fixture
def story() -> Story:
    began = datetime.now(UTC) - timedelta(days=1)
    return Story(town(), now=began, step=timedelta(minutes=10)).raised().to_panel()


def page(story: Story, who: str) -> str:
    answer = browser(story.town, who).get(f"/cases/{story.reference}")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text[text.index('id="record"') :]


def entry_of(text: str, entry: str) -> str:
    """One entry of the record, as the page shows it."""
    return text.split(f'id="entry-{entry}"')[1].split("</li>")[0]


def newest(story: Story) -> str:
    return str(load(story.case).record[-1].id)


@pytest.mark.parametrize("who", [SITTING[0], SITTING[3], CHAIR])
def test_what_came_after_the_panel_was_called_together_is_marked(story: Story, who: str) -> None:
    raised = str(load(story.case).record[0].id)
    convened = newest(story.convened())
    assert f">{MARK}<" not in page(story, who)
    story.does(acts.report_gap, gap="Nobody says who chairs.")
    after = newest(story)
    text = page(story, who)
    assert "The panel’s papers are the record as it stood" in text
    assert MARK in entry_of(text, after)
    assert MARK not in entry_of(text, convened)
    assert MARK not in entry_of(text, raised)


def test_a_correction_that_came_after_says_so_and_what_it_corrects_stays_among_the_papers(
    story: Story,
) -> None:
    raised = str(load(story.case).record[0].id)
    story.convened()
    story.does(acts.correct, entry=raised, correction="He is six.", reason="A slip.")
    shown = entry_of(page(story, SITTING[3]), raised)
    assert ", after the papers were fixed" in shown
    assert MARK not in shown


def test_who_does_not_sit_on_it_sees_no_marks(story: Story) -> None:
    story.convened()
    story.does(acts.report_gap, gap="Nobody says who chairs.")
    text = page(story, RAISER)
    assert MARK not in text
    assert "The panel’s papers" not in text


def test_called_together_again_its_papers_are_the_record_as_it_stands_then(story: Story) -> None:
    story.convened()
    story.does(acts.report_gap, gap="Nobody says who chairs.")
    gap = newest(story)
    story.convened()
    assert MARK not in entry_of(page(story, SITTING[3]), gap)


def test_a_note_that_was_shared_only_then_came_after(story: Story) -> None:
    by = replace(story.town.acting(RAISER), agency=story.town.agencies["school"])
    story.does(keeping.keep_note, actor=by, note="We saw a bruise.")
    note = newest(story)
    story.convened()
    story.does(keeping.share_note, actor=by, note=note)
    assert MARK in entry_of(page(story, SITTING[3]), note)
    file = open_case(story.case, story.now)
    assert note in file.after_papers
