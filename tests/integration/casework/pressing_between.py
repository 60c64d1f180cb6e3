"""Filling in and sending the forms between the sides, one way or another, as Hypothesis chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from counterpart.casework import between
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.engine.between_rules import running_of
from counterpart.engine.rules import Refusal
from tests.town import RAISER, WORKER, Story

Press = Callable[[Story, str, Callable[[Any], Any]], Done | Refusal]

WHO = (RAISER, WORKER, "school.line_manager", "care.line_manager")


def _ask(story: Story, _: str, choose: Any) -> Done | Refusal:
    return story.tries(
        between.ask_information,
        choose(st.sampled_from(WHO)),
        of=choose(st.sampled_from(story.state.parties)),
        what="W.",
        why="W.",
        wanted_on=choose(st.sampled_from([None, (story.now + timedelta(days=9)).date()])),
    )


def _acknowledge(story: Story, asked: str, choose: Any) -> Done | Refusal:
    return story.tries(between.acknowledge_information, choose(st.sampled_from(WHO)), asked=asked)


def _answer(story: Story, asked: str, choose: Any) -> Done | Refusal:
    who, is_given = choose(st.sampled_from(WHO)), choose(st.booleans())
    return story.tries(between.answer_information, who, asked=asked, is_given=is_given, said="S.")


def _more_time(story: Story, duty: str, choose: Any) -> Done | Refusal:
    running = running_of(story.state, duty)
    assert running is not None
    return story.tries(
        between.ask_more_time,
        choose(st.sampled_from(WHO)),
        clock=running.clock,
        opened_by=running.opened_by,
        about=running.agency,
        until_at=story.now + timedelta(days=choose(st.sampled_from([1, 20, 40]))),
        reason="R.",
    )


def _agree(story: Story, proposed: str, choose: Any) -> Done | Refusal:
    return story.tries(
        between.answer_more_time,
        choose(st.sampled_from(WHO)),
        proposed=proposed,
        is_agreed=choose(st.booleans()),
        reason="R.",
    )


def _state_risk(story: Story, settled_by: str, choose: Any) -> Done | Refusal:
    is_at_risk = choose(st.booleans())
    return story.tries(between.state_risk, settled_by=settled_by, is_at_risk=is_at_risk, why="W.")


def _answer_risk(story: Story, stated: str, choose: Any) -> Done | Refusal:
    return story.tries(between.answer_risk, choose(st.sampled_from(WHO)), stated=stated, said="S.")


PRESS: Mapping[type, Press] = {
    e.InformationAsked: _ask,
    e.InformationAcknowledged: _acknowledge,
    e.InformationAnswered: _answer,
    e.ExtensionProposed: _more_time,
    e.ExtensionAnswered: _agree,
    e.RemainingRiskStated: _state_risk,
    e.RemainingRiskAnswered: _answer_risk,
}
"""What may be done under a policy that lets nobody require a meeting."""
