"""What can be chosen on the forms of a case, and what an outcome, a panel, a time or a telephone call must say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse

from counterpart.casework.casefile import open_case
from counterpart.engine.events import MovedOn
from tests import directory as d
from tests.integration.web.case_forms import (
    NOBODY,
    NOT_OFFERED,
    WRITTEN,
    a_talk,
    browser,
    is_refused,
    sent,
    words_of,
)
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.playing import act_upwards
from tests.town import CHAIR, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Story:
    """A case of yesterday, in which nothing has happened yet."""
    began = datetime.now(UTC) - timedelta(days=1)
    return Story(place, now=began, step=timedelta(minutes=10)).raised()


# --- what can be chosen --------------------------------------------------------------------------------


def test_a_post_nobody_offered_is_refused_and_the_reasons_kept(story: Story) -> None:
    story.to_workers().records("workers-discuss", "not_agreed")
    client = browser(story.town, RAISER)
    version = str(story.state.version)
    for post in (NOBODY, story.town.posts["police.line_manager"], "<b>", "0"):
        form = {"version": version, "seat_0": post, "reason": WRITTEN}
        is_refused(sent(client, story, "move/to-managers", form), NOT_OFFERED)
    assert story.state.stage == "other-worker"


def test_it_is_passed_on_only_to_an_agency_of_the_partnership_that_is_not_in_it(
    story: Story,
) -> None:
    story.to_workers()
    client = browser(story.town, WORKER)
    agencies = story.town.agencies
    for agency in (agencies["school"], agencies["care"], NOBODY):
        form = {"version": str(story.state.version), "to_agency": agency, "reason": WRITTEN}
        is_refused(sent(client, story, "redirect", form), NOT_OFFERED)
    assert set(story.state.receiving_agencies) == {agencies["care"]}


def outcome_form(story: Story, **changed: Any) -> dict[str, Any]:
    due = datetime.now(UTC) + timedelta(days=14)
    whole = {
        "version": str(story.state.version),
        "rows": "2",
        "agreed": WRITTEN,
        "action_1": "Visit the home",
        "owner_1": f"{story.town.agencies['care']}:{story.town.posts['care.line_manager']}",
        "by_1-day": str(due.day),
        "by_1-month": str(due.month),
        "by_1-year": str(due.year),
        "open_1": "First point",
        "followed_1": "The second point of the plan",
        "idempotency_key": d.new_id(),
    }
    return whole | changed


WRONG_OUTCOMES: dict[str, tuple[dict[str, Any], str]] = {
    "an action for nobody": ({"owner_1": ""}, "Choose who will do action 1"),
    "an action for a stranger": ({"owner_1": f"{NOBODY}:{NOBODY}"}, NOT_OFFERED),
    "an action without a day": (
        {"by_1-day": "", "by_1-month": "", "by_1-year": ""}, "Enter by when action 1"),
    "an action on no day there is": ({"by_1-day": "31", "by_1-month": "2"}, "action 1"),
    "an action in the past": ({"by_1-year": "2020"}, "still to come"),
    "an action in another age": ({"by_1-year": "2099"}, "three years"),
    "an owner and no action": ({"action_1": ""}, "Write what action 1 is"),
    "many rows": ({"rows": "9" * 30, "by_1-day": "40"}, "action 1"),
    "no rows": ({"rows": "-3", "by_1-day": "40"}, "action 1"),
    "a point that nobody follows up": ({"followed_1": ""}, "Write how point 1 will be followed up"),
    "a way to follow up nothing": (
        {"open_1": "", "followed_1": "The second point of the plan"}, "Write what is still open"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_OUTCOMES)
def test_an_outcome_that_cannot_be_so_is_asked_about_and_all_of_it_kept(
    story: Story, what: str
) -> None:
    story.to_workers().records("workers-discuss", "agreed")
    changed, says = WRONG_OUTCOMES[what]
    answer = sent(browser(story.town, RAISER), story, "outcome", outcome_form(story, **changed))
    is_refused(answer, says)
    point = {"open_1", "followed_1"} - set(changed)
    written = outcome_form(story)
    assert all(f'value="{written[name]}"' in answer.content.decode() for name in point)
    assert story.state.outcome is None


def test_more_rows_for_actions_keep_what_was_written(story: Story) -> None:
    story.to_workers().records("workers-discuss", "agreed")
    client = browser(story.town, RAISER)
    answer = sent(client, story, "outcome", outcome_form(story, more="yes"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="action_4"' in page
    # What is sent next says how many there are, so that none is left out.
    assert 'name="rows" value="4"' in page
    assert WRITTEN in page
    assert "Visit the home" in page
    assert "There is a problem" not in page
    assert sent(client, story, "outcome", outcome_form(story)).status_code == 303
    outcome = story.state.outcome
    assert outcome is not None
    assert len(outcome.actions) == 1


def test_more_points_still_open_are_all_put_to_both_sides_with_how_each_is_followed(
    story: Story,
) -> None:
    story.to_workers().records("workers-discuss", "agreed")
    client = browser(story.town, RAISER)
    page = sent(client, story, "outcome", outcome_form(story, more="issues")).content.decode()
    assert 'name="open_2"' in page
    assert "There is a problem" not in page
    more = {
        "issues": "2",
        "open_2": "Who visits at the weekend",
        "followed_2": "We telephone on Friday",
    }
    assert sent(client, story, "outcome", outcome_form(story, **more)).status_code == 303
    shown = client.get(f"/cases/{story.reference}").content.decode()
    assert "Who visits at the weekend" in shown
    assert "How it will be followed up: We telephone on Friday" in shown


def test_an_answer_is_to_the_text_that_was_read(story: Story) -> None:
    story.settled()
    client = browser(story.town, WORKER)
    yes = {"answer": "confirm", "comment": WRITTEN}
    for number, says in (("2", "has changed since"), ("x", "Something is missing"), ("", "")):
        answer = sent(client, story, "answer", {**yes, "number": number})
        is_refused(answer, says)
    no = sent(client, story, "answer", {"answer": "dissent", "number": "1", "reason": ""})
    is_refused(no, "Write why you do not agree", kept="No, we do not agree with it")
    assert sent(client, story, "answer", {**yes, "number": "1"}).status_code == 303


def test_a_panel_that_is_not_well_made_is_explained_and_kept(story: Story) -> None:
    story.to_panel()
    client = browser(story.town, CHAIR)
    meets = {f"meets_at-{box}": text for box, text in
             (("day", "1"), ("month", "12"), ("year", "2026"), ("time", "10:00"))}  # fmt: skip
    posts = story.town.posts
    two = [posts["care.board_representative"], posts["school.board_representative"]]
    form: dict[str, Any] = {
        "version": str(story.state.version),
        "members": two,
        "chair": two[0],
        "where": WRITTEN,
        **meets,
    }
    is_refused(sent(client, story, "panel/resolution-panel", form), "at least 3 agencies")
    stranger = {**form, "members": [*two, NOBODY], "chair": NOBODY}
    is_refused(sent(client, story, "panel/resolution-panel", stranger), NOT_OFFERED)
    three = [*two, posts["police.board_representative"]]
    done = sent(client, story, "panel/resolution-panel", {**form, "members": three})
    assert done.status_code == 303
    assert story.state.panel is not None


def test_an_earlier_time_must_be_earlier_and_still_to_come(story: Story) -> None:
    client = browser(story.town, "office.business_manager")

    def by(year: str) -> dict[str, str]:
        boxes = (("day", "1"), ("month", "1"), ("year", year), ("time", "10:00"))
        return {f"due_at-{box}": text for box, text in boxes} | {"reason": WRITTEN}

    where = "limit/one-working-week"
    is_refused(sent(client, story, where, by("2020")), "still to come")
    is_refused(sent(client, story, where, by(str(datetime.now(UTC).year + 2))),
               "earlier than the one that holds")  # fmt: skip
    is_refused(sent(client, story, where, by("2099")), "more than three years away")


# --- writing down for somebody who telephoned -----------------------------------------------------------


def test_what_somebody_telephoned_is_written_for_a_post_of_the_case_only(story: Story) -> None:
    client = browser(story.town, "office.business_manager")
    posts = story.town.posts
    where = "telephoned/step/consult-manager"
    for post in (NOBODY, posts["police.practitioner"]):
        is_refused(sent(client, story, where, a_talk(story, for_post=post)), NOT_OFFERED)
    assert sent(client, story, where, a_talk(story, for_post=posts[RAISER])).status_code == 303
    page = words_of(cast(HttpResponse, client.get(f"/cases/{story.reference}")))
    assert (
        f"{story.town.names[RAISER]}, Practitioner, Oakfield Primary School (written down by"
        in page
    )


def test_an_outcome_can_be_written_down_for_somebody_who_telephoned(story: Story) -> None:
    story.to_workers().records("workers-discuss", "agreed")
    client = browser(story.town, "office.business_manager")
    where = f"/cases/{story.reference}/telephoned/outcome"
    assert 'name="for_post"' in client.get(where).content.decode()
    form = outcome_form(story, for_post=story.town.posts[WORKER])
    assert client.post(where, form).status_code == 303
    entry = open_case(story.case, datetime.now(UTC)).entries[-1]
    assert entry.recorded.actor.on_behalf_post == story.town.posts[WORKER]


# --- what a step is asked about --------------------------------------------------------------------------


def test_of_a_decision_it_is_not_asked_whether_people_could_speak() -> None:
    place = a_whole_town()
    puts_in_force(place, policy_file("somerset"))
    story: Any = Live(place, now=datetime.now(UTC) - timedelta(days=9)).begins()
    while story.state.stage != "coordinator":
        act = act_upwards(story)
        is_same_stage = isinstance(act, MovedOn) and act.to_stage == story.state.stage
        story.acts(story.move("to-representatives") if is_same_stage else act)
    client = browser(place, "office.coordinator")
    page = words_of(cast(HttpResponse, client.get(f"/cases/{story.reference}/step/course")))
    for said in ("What was decided, and why?", "Was it done?", "No, it was not possible"):
        assert said in page
    assert "Were you able to speak?" not in page
    answer = sent(client, story, "step/course", a_talk(story, result="not_held"))
    assert answer.status_code == 303
    case = words_of(cast(HttpResponse, client.get(f"/cases/{story.reference}")))
    assert "It was not possible" in case
    assert "They could not speak" not in case
