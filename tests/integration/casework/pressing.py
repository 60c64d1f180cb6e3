"""Filling in and sending the form of whatever can be done to a case, one way or another, as Hypothesis chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from counterpart.casework import acts, directory, outcomes, panels
from counterpart.casework.writing import Done, load
from counterpart.engine import events as e
from counterpart.engine.events import SeatTaken
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from counterpart.people.models import Holding
from tests.integration.casework import pressing_between, pressing_endings
from tests.town import CHAIR, Story

Answer = Done | Refusal
Choose = Callable[[Any], Any]
Press = Callable[[Story, str, Choose], Answer]

MANAGER = "office.business_manager"
SETTLING = ("not_agreed", "agreed", "partly", "not_held")
TIER_OF = {"worker": "practitioner", "line-manager": "line_manager", "senior": "operations_manager"}
WHO_LEAVES = ("school.practitioner", "care.line_manager", "care.practitioner")

LEADS_ON = (
    e.StepRecorded,
    e.MovedOn,
    e.OutcomeProposed,
    e.OutcomeConfirmed,
    e.PanelConvened,
    e.RepresentationHeard,
    e.PanelDecided,
)


def press(story: Story, event: type, target: str, choose: Choose) -> Answer:
    """Fill in and send one form. What is chosen may be refused."""
    return PRESS[event](story, target, choose)


def _agency(story: Story, choose: Choose) -> Id:
    chosen: Id = choose(st.sampled_from(story.state.parties))
    return chosen


def _key(story: Story, agency: str) -> str:
    return next(key for key, known in story.town.agencies.items() if known == agency)


def _post(story: Story, agency: str, role: str) -> Id:
    return Id(story.town.posts[f"{_key(story, agency)}.{TIER_OF[role]}"])


def _worker(story: Story, agency: str) -> str:
    return f"{_key(story, agency)}.practitioner"


def _step(story: Story, target: str, choose: Choose) -> Answer:
    settles = load(story.case).policy.steps[target].settles
    usual = story.state.receiving_agencies
    return story.tries(
        acts.record_step,
        step=target,
        how="telephone",
        result=choose(st.sampled_from(SETTLING if settles else ("done", "not_held"))),
        happened_at=story.now,
        agencies=choose(st.sampled_from([usual, usual, usual, (_agency(story, choose),), ()])),
        said="S.",
    )


def _move(story: Story, target: str, choose: Choose) -> Answer:
    policy = load(story.case).policy
    there = policy.stages[policy.ways_on[target].to_stage]
    seats = [
        SeatTaken(body=agency, role=Code(role), post=_post(story, agency, role))
        for role in sorted(set(there.speaks.values()))
        for agency in story.state.parties
        if choose(st.booleans())
    ]
    return story.tries(acts.move_on, way=target, seats=seats, reason="R.")


def _outcome(story: Story, _: str, choose: Choose) -> Answer:
    actions = [story.action()] if choose(st.booleans()) else []
    return story.tries(outcomes.propose_outcome, agreed="A.", actions=actions)


def _confirm(story: Story, _: str, choose: Choose) -> Answer:
    agency = _agency(story, choose)
    return story.tries(
        outcomes.confirm, story.speaker(agency), number=story.state.texts, agency=agency
    )


def _dissent(story: Story, _: str, choose: Choose) -> Answer:
    agency = _agency(story, choose)
    answer = {"number": story.state.texts, "agency": agency, "reason": "R."}
    if choose(st.booleans()):
        return story.tries(
            outcomes.differ, _worker(story, agency), number=story.state.texts, reason="R."
        )
    return story.tries(outcomes.dissent, story.speaker(agency), **answer)


def _convene(story: Story, _: str, _choose: Choose) -> Answer:
    what = {"members": story.members(), "meets_at": story.now, "where": "W."}
    return story.tries(panels.convene_panel, CHAIR, **what)


def _hear(story: Story, _: str, choose: Choose) -> Answer:
    agency = _agency(story, choose)
    return story.tries(panels.hear, CHAIR, agency=agency, how="in_writing", said="S.")


def _decide(story: Story, _: str, _choose: Choose) -> Answer:
    what = {
        "decision": "D.",
        "reasons": "R.",
        "next_course": "N.",
        "actions": [story.action()],
        "why_early": "W.",
    }
    return story.tries(panels.decide_panel, CHAIR, **what)


def _limit(story: Story, target: str, choose: Choose) -> Answer:
    due_at = story.now + timedelta(hours=choose(st.integers(1, 200)))
    return story.tries(acts.set_limit, MANAGER, clock=target, due_at=due_at, reason="R.")


def _redirect(story: Story, _: str, choose: Choose) -> Answer:
    to = choose(st.sampled_from(["mental", "hospital"]))
    return story.tries(
        acts.redirect,
        from_agency=story.state.receiving_agencies[0],
        to_agency=story.town.agencies[to],
        to_post=choose(st.sampled_from([None, story.town.posts[f"{to}.practitioner"]])),
        reason="R.",
    )


def _name(story: Story, _: str, choose: Choose) -> Answer:
    agency, role = _agency(story, choose), choose(st.sampled_from(sorted(TIER_OF)))
    return story.tries(acts.name_seat, body=agency, role=role, post=_post(story, agency, role))


def _correct(story: Story, _: str, _choose: Choose) -> Answer:
    entry = load(story.case).record[-1].id
    return story.tries(acts.correct, entry=entry, correction="C.", reason="R.")


PRESS: Mapping[type, Press] = {
    e.StepRecorded: _step,
    e.MovedOn: _move,
    e.OutcomeProposed: _outcome,
    e.OutcomeConfirmed: _confirm,
    e.OutcomeDissented: _dissent,
    e.PanelConvened: _convene,
    e.RepresentationHeard: _hear,
    e.PanelDecided: _decide,
    e.LimitSet: _limit,
    e.PartyRedirected: _redirect,
    e.SeatNamed: _name,
    e.EntryCorrected: _correct,
    e.ActionDone: lambda s, action, _: s.tries(
        outcomes.finish_action, MANAGER, action=action, what="W."
    ),
    e.ImmediateRiskReported: lambda s, _, __: s.tries(acts.report_risk, why="W."),
    e.PolicyGapReported: lambda s, _, __: s.tries(acts.report_gap, gap="G."),
    e.CaseWithdrawn: lambda s, _, __: s.tries(acts.withdraw, reason="R."),
    e.CaseReopened: lambda s, _, __: s.tries(acts.reopen, reason="R."),
    **pressing_between.PRESS,
    **pressing_endings.PRESS,
}


def come_and_go(story: Story, choose: Choose) -> None:
    """Somebody leaves from today, or comes back to the post they left."""
    who = choose(st.sampled_from(WHO_LEAVES))
    place, today = story.town, story.now.date()
    actor, post = place.acting(MANAGER), place.posts[who]
    held = Holding.objects.filter(post=post, until_on=None).first()
    if held is not None:
        directory.end_holding(holding=held.id, until_on=today, actor=actor, now=story.now)
        return
    directory.appoint(
        post=post, person=place.people[who], from_on=today, actor=actor, now=story.now
    )
