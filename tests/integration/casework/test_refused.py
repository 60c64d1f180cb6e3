"""What is refused leaves nothing: the journal, the lists, the relations and what is owed stay as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from counterpart.casework import acts, outcomes, panels
from counterpart.casework.raising import actor_for_raising, raise_concern
from counterpart.casework.writing import Done
from counterpart.engine.events import SeatTaken
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.town import CHAIR, MONDAY, RAISER, WORKER, Story, Town, town, written

pytestmark = pytest.mark.django_db

Act = Callable[[Story], Done | Refusal]
NOBODY = "f" * 32


@pytest.fixture
def place() -> Town:
    return town()


def step(story: Story, who: str = RAISER, **changed: Any) -> Done | Refusal:
    what: dict[str, Any] = {
        "step": "workers-discuss",
        "how": "telephone",
        "result": "agreed",
        "happened_at": story.now,
        "agencies": story.state.receiving_agencies,
        "said": "We spoke.",
    }
    return story.tries(acts.record_step, who, **(what | changed))


def move(
    story: Story, way: str = "to-managers", *seats: SeatTaken, **changed: Any
) -> Done | Refusal:
    return story.tries(acts.move_on, way=way, seats=seats, reason="Because.", **changed)


def outcome(story: Story, **changed: Any) -> Done | Refusal:
    return story.tries(outcomes.propose_outcome, **({"agreed": "A visit."} | changed))


def answer(story: Story, number: int, agency: str = "care", by: str = "") -> Done | Refusal:
    there, who = story.town.agencies[agency], f"{by or agency}.practitioner"
    return story.tries(outcomes.confirm, who, number=number, agency=there)


def panel(story: Story, *sitting: str, **changed: Any) -> Done | Refusal:
    what = {"members": story.members(*sitting), "meets_at": story.now, "where": "Here"}
    return story.tries(panels.convene_panel, CHAIR, **(what | changed))


def at_workers(story: Story) -> Story:
    return story.to_workers()


def disagreed(story: Story) -> Story:
    return story.to_workers().records("workers-discuss", "not_agreed")


def seat(body: str, role: str, post: str) -> SeatTaken:
    return SeatTaken(body=Id(body), role=Code(role), post=Id(post))


REFUSALS: dict[str, tuple[str, Callable[[Story], Story], Act]] = {
    # what: (the reason's code, how far the case is, the act)
    "a discussion in the future": (
        "in_the_future", at_workers, lambda s: step(s, happened_at=s.now + timedelta(days=1))),
    "a discussion years ago": (
        "too_long_ago", at_workers, lambda s: step(s, happened_at=s.now - timedelta(days=800))),
    "a discussion with nobody": ("nobody_spoken_to", at_workers, lambda s: step(s, agencies=())),
    "a discussion with an agency that is no party": (
        "not_a_party", at_workers,
        lambda s: step(s, agencies=[*s.state.receiving_agencies, s.town.agencies["police"]])),
    "a result nobody knows": ("no_such_result", at_workers, lambda s: step(s, result="won")),
    "a step of another stage": ("another_stage", at_workers, lambda s: step(s, step="seniors-discuss")),
    "a step the policy has not": ("no_such_step", at_workers, lambda s: step(s, step="quarrel")),
    "an urgent step where nothing is urgent": (
        "not_urgent", at_workers, lambda s: step(s, step="tell-safeguarding-lead", result="done")),
    "going on before the talk": ("not_tried", at_workers, move),
    "going on twice": ("already_moved", disagreed, lambda s: (move(s), move(s))[1]),
    "a way on the policy has not": ("no_such_way", disagreed, lambda s: move(s, "to-court")),
    "going on by a post nobody knows": (
        "no_such_post", disagreed,
        lambda s: move(s, "to-managers", seat(s.town.agencies["care"], "line-manager", NOBODY))),
    "going on with an agency that is no party": (
        "no_such_role", disagreed,
        lambda s: move(s, "to-managers", seat(
            s.town.agencies["police"], "line-manager", s.town.posts["police.line_manager"]))),
    "going on before the case came here": (
        "before_this_stage", disagreed, lambda s: move(s, happened_at=MONDAY)),
    "going on once the sides agree": ("settled", lambda s: s.settled(), move),
    "an outcome before anybody spoke": ("not_settled", at_workers, outcome),
    "an action in the past": (
        "action_past", lambda s: s.settled(),
        lambda s: outcome(s, actions=[outcomes.ActionWritten(
            "Visit", s.town.agencies["care"], None, MONDAY.date() - timedelta(days=1))])),
    "an action of an agency that is no party": (
        "not_a_party", lambda s: s.settled(), lambda s: outcome(s, actions=[s.action("police")])),
    "an answer where nothing is written": ("no_outcome", at_workers, lambda s: answer(s, 1)),
    "an answer for the other agency": (
        "not_your_agency", lambda s: s.settled(), lambda s: answer(s, 1, "care", by="school")),
    "reasons against it for the other agency": (
        "not_your_agency", lambda s: s.settled(),
        lambda s: s.tries(outcomes.dissent, RAISER, number=1, agency=s.town.agencies["care"], reason="X")),
    "an answer to another text": ("older_text", lambda s: s.settled(), lambda s: answer(s, 2)),
    "an answer for an agency that is no party": (
        "not_a_party", lambda s: s.settled(), lambda s: answer(s, 1, "police")),
    "an answer twice": (
        "already_answered", lambda s: s.settled(), lambda s: (answer(s, 1), answer(s, 1))[1]),
    "an action done before the outcome is confirmed": (
        "not_yet_agreed", lambda s: s.settled(),
        lambda s: s.tries(outcomes.finish_action, WORKER, action=s.state.outcome.actions[0].id, what="X")),  # type: ignore[union-attr]
    "an action of the other agency’s": (
        "not_theirs", lambda s: s.settled().confirmed(),
        lambda s: s.tries(outcomes.finish_action, action=s.state.outcome.actions[0].id, what="X")),  # type: ignore[union-attr]
    "an answer for an agency by somebody who does not speak for it": (
        "not_speaker", lambda s: s.to_panel().convened().heard().decided(), lambda s: answer(s, 1)),
    "a view of one’s own by whoever answers for the agency": (
        "answers_for_agency", lambda s: s.settled(),
        lambda s: s.tries(outcomes.differ, number=1, reason="X")),
    "a decision without a meeting, and not a word why": (
        "no_meeting", lambda s: s.to_panel().convened().heard(),
        lambda s: s.tries(panels.decide_panel, CHAIR, decision="X", reasons="X", next_course="X")),
    "a meeting before the panel was convened": (
        "met_before_convened", lambda s: s.to_panel().convened(),
        lambda s: s.tries(panels.record_panel_meeting, CHAIR, came=[s.members()[0].post], evidence="X",
                          record="X", happened_at=s.now - timedelta(days=2))),
    "an action nobody agreed": (
        "no_such_action", lambda s: s.settled(),
        lambda s: s.tries(outcomes.finish_action, action=NOBODY, what="Done.")),
    "a panel before the stage of panels": ("no_panel_here", at_workers, panel),
    "a panel without an agency, and not a word why": (
        "why_party_missing", lambda s: s.to_panel(),
        lambda s: panel(s, "police.board_representative", "hospital.board_representative",
                        "care.board_representative")),
    "a panel with somebody who spoke for a side": (
        "party_decides", lambda s: s.to_panel(),
        lambda s: panel(s, "police.board_representative", "hospital.board_representative",
                        "care.operations_manager", "school.board_representative")),
    "a panel with somebody twice": (
        "twice_on_panel", lambda s: s.to_panel(),
        lambda s: panel(s, "police.board_representative", "police.board_representative",
                        "care.board_representative", "school.board_representative")),
    "a hearing before there is a panel": (
        "not_convened", lambda s: s.to_panel(),
        lambda s: s.tries(panels.hear, CHAIR, agency=s.state.parties[0], how="in_person", said="X")),
    "a decision before everyone was heard": (
        "not_heard", lambda s: s.to_panel().convened(),
        lambda s: s.tries(panels.decide_panel, CHAIR, decision="X", reasons="X", next_course="X", why_early="X")),
    "a second decision": (
        "panel_decided", lambda s: s.to_panel().convened().heard().decided(),
        lambda s: s.tries(panels.decide_panel, CHAIR, decision="X", reasons="X", next_course="X", why_early="X")),
    "a decision with an action in the past": (
        "action_past", lambda s: s.to_panel().convened().heard(),
        lambda s: s.tries(panels.decide_panel, CHAIR, decision="X", reasons="X", next_course="X", why_early="X",
                          actions=[outcomes.ActionWritten("Visit", s.town.agencies["care"], None,
                                                          MONDAY.date() - timedelta(days=1))])),
    "passing on from a side that is not asked": (
        "not_receiving", at_workers,
        lambda s: s.tries(acts.redirect, from_agency=s.town.agencies["school"],
                          to_agency=s.town.agencies["police"], reason="Theirs.")),
    "passing on to somebody who is already there": (
        "already_party", at_workers,
        lambda s: s.tries(acts.redirect, from_agency=s.town.agencies["care"],
                          to_agency=s.town.agencies["school"], reason="Theirs.")),
    "passing on to a post nobody knows": (
        "no_such_post", at_workers,
        lambda s: s.tries(acts.redirect, from_agency=s.town.agencies["care"], to_post=NOBODY,
                          to_agency=s.town.agencies["police"], reason="Theirs.")),
    "naming a post nobody knows": (
        "no_such_post", at_workers,
        lambda s: s.tries(acts.name_seat, body=s.town.agencies["care"], role="worker", post=NOBODY)),
    "naming somebody for a role the policy has not": (
        "no_such_role", at_workers,
        lambda s: s.tries(acts.name_seat, body=s.town.agencies["care"], role="juror", post=None)),
    "a time that has passed": (
        "limit_passed", at_workers,
        lambda s: s.tries(acts.set_limit, CHAIR, clock="one-working-week", due_at=MONDAY, reason="X")),
    "a time for a clock that is fixed": (
        "fixed_limit", at_workers,
        lambda s: s.tries(acts.set_limit, CHAIR, clock="workers-discuss", reason="X",
                          due_at=s.now + timedelta(hours=5))),
    "immediate risk twice at once": (
        "already_urgent", lambda s: s,
        lambda s: (s.tries(acts.report_risk, why="X"), s.tries(acts.report_risk, why="X"))[1]),
    "a correction of an entry that is not there": (
        "no_such_entry", at_workers,
        lambda s: s.tries(acts.correct, entry=NOBODY, correction="X", reason="X")),
    "anything once the case has ended": (
        "case_ended", lambda s: s.settled().confirmed(), lambda s: step(s)),
    "reopening what is open": (
        "case_open", at_workers, lambda s: s.tries(acts.reopen, reason="X")),
    "an act from a page that is out of date": (
        "changed_since", disagreed, lambda s: move(s, seen=s.state.version - 1)),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_refused_leaves_nothing(place: Town, what: str) -> None:
    code, come_so_far, act = REFUSALS[what]
    story = come_so_far(Story(place).raised())
    refusal = act(story)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.code == code
    assert len(refusal.words) > 10
    assert refusal.words.endswith((".", "?"))
    # Some acts are only refused the second time, so look at what another try leaves.
    before = everything()
    assert isinstance(act(story), Refusal)
    assert everything() == before


RAISE_REFUSALS: dict[str, tuple[str, Callable[[Town], dict[str, Any]]]] = {
    "about no child": ("no_child", lambda _: {"children": ()}),
    "with nobody": ("no_other_side", lambda _: {"receiving": ()}),
    "with one's own agency": ("own_agency", lambda t: {"receiving": ((t.agencies["school"], None, ""),)}),
    "with one agency twice": (
        "agency_twice", lambda t: {"receiving": ((t.agencies["care"], None, ""),) * 2}),
    "on a ground the policy has not": ("no_such_ground", lambda _: {"grounds": ("manners",)}),
    "with an agency nobody knows": (
        "no_such_agency", lambda _: {"receiving": ((NOBODY, None, ""),)}),
    "with a worker nobody knows": (
        "no_such_post", lambda t: {"receiving": ((t.agencies["care"], NOBODY, ""),)}),
    "with a supporter nobody knows": ("no_such_post", lambda _: {"supporter": NOBODY}),
}  # fmt: skip


@pytest.mark.parametrize("what", RAISE_REFUSALS)
def test_a_concern_that_cannot_be_raised_leaves_nothing(place: Town, what: str) -> None:
    code, changed = RAISE_REFUSALS[what]
    before = everything()
    refusal = raise_concern(
        written=written(place, **changed(place)),
        actor=place.acting(RAISER, "raiser"),
        now=MONDAY,
        key=d.new_id(),
    )
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert everything() == before


def test_nobody_raises_a_concern_by_a_post_that_is_not_theirs(place: Town) -> None:
    with pytest.raises(LookupError):
        actor_for_raising(person=place.people[RAISER], post=place.posts[WORKER], at=MONDAY)


def test_a_partnership_without_a_policy_takes_no_concern(place: Town) -> None:
    elsewhere = d.a_partnership("Elsewhere")
    refusal = raise_concern(
        written=written(place, partnership=elsewhere),
        actor=place.acting(RAISER, "raiser"),
        now=MONDAY,
        key=d.new_id(),
    )
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no_policy"
