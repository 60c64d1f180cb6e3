"""With whom a meeting that the chair holds is, on the page and in the record; and what is not asked of a decision."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code
from counterpart.telling.words import HOW
from tests.integration.web.case_forms import browser, sent
from tests.integration.web.filling import filled
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.playing import a_move, act_upwards, can_go
from tests.town import CHAIR, RAISER, WORKER

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
SCHOOL, CARE = "Oakfield Primary School", "Northmere Children’s Social Care"
FACT = r"<dt>With</dt>\s*<dd>(.*?)</dd>"
HOW_ASKED = 'name="how"'
COORDINATOR = "office.coordinator"


def up_to(policy: str, stage: str, *ways: str) -> Live:
    """A case under a policy of the five, taken up as far as a stage; by `ways` where it can."""
    place = a_whole_town()
    puts_in_force(place, policy_file(policy))
    story = Live(place, now=NOW - timedelta(days=20)).begins()
    for _ in range(30):
        if story.state.stage == stage:
            return story
        way = next((way for way in ways if can_go(story, way)), None)  # type: ignore[arg-type]
        story.acts(a_move(story, way) if way else act_upwards(story))  # type: ignore[arg-type]
    raise AssertionError(f"it never came to {stage}")


def page_of(story: Live, who: str, where: str = "") -> str:
    answer = browser(story.town, who).get(f"/cases/{story.reference}{where}")
    assert answer.status_code == 200
    return answer.content.decode()


def with_whom(html: str) -> list[str]:
    """What stands behind each `With`, in words."""
    return [
        " ".join(unescape(re.sub(r"<[^>]+>", " ", one)).split())
        for one in re.findall(FACT, html, re.DOTALL)
    ]


def test_what_the_chair_holds_is_with_every_agency_on_the_page() -> None:
    story = up_to("bexley", "chair", "to-chair")
    page = page_of(story, CHAIR)
    (support,) = (one for one in with_whom(page.partition('id="record"')[0]) if SCHOOL in one)
    assert CARE in support
    assert re.search(rf"{SCHOOL}.* and .*{CARE}", support)


@pytest.mark.parametrize(
    ("who", "named"), [(CHAIR, f"{SCHOOL}, {CARE}"), (RAISER, CARE), (WORKER, SCHOOL)]
)
def test_the_record_names_all_who_took_part_but_the_agency_that_wrote_it(
    who: str, named: str
) -> None:
    story = up_to("bexley", "chair", "to-chair")
    agencies = story.state.receiving_agencies
    story.records("support", "not_agreed", who, agencies=agencies)
    newest = page_of(story, RAISER).partition("The newest entry is first")[2]
    assert with_whom(newest)[0] == named


def test_a_decision_is_not_asked_how_it_was_spoken() -> None:
    story = up_to("somerset", "coordinator", "to-representatives")
    form = page_of(story, COORDINATOR, "/step/course")
    assert HOW_ASKED not in form
    assert "What was decided, and why?" in form
    answer = sent(browser(story.town, COORDINATOR), story, "step/course", filled(form))
    assert answer.status_code == 303
    newest = page_of(story, COORDINATOR).partition("The newest entry is first")[2]
    entry = newest.partition("</li>")[0]
    assert not any(words in entry for words in HOW.values())


def test_a_notice_and_a_talk_are_asked_how() -> None:
    story = up_to("somerset", "coordinator", "to-representatives")
    story.acts(e.StepRecorded(step=Code("course"), how=Code(""), result=Code("done")))
    assert HOW_ASKED in page_of(story, COORDINATOR, "/step/report-to-chair")
    assert HOW_ASKED in page_of(story, RAISER, "/step/settle-by-course")
