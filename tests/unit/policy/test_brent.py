"""Brent's file says what Brent's policy says. That no clause is missing is held in `test_clauses`."""

from __future__ import annotations

import re
from datetime import date

import pytest

from counterpart.policy.model import Policy
from counterpart.worktime import AsSoonAsPossible, Immediate, NotStated, WorkingWeeks
from tests.casebook import brent


@pytest.fixture
def policy() -> Policy:
    return brent()


def test_who_published_it_and_when_it_is_to_be_reviewed(policy: Policy) -> None:
    assert policy.title == "Inter-Agency Escalation Policy"
    assert (policy.label, policy.in_force_from) == ("Version 2", date(2014, 12, 3))
    assert policy.review is not None
    assert policy.review.due == date(2017, 12, 31)


def test_the_five_stages_in_their_order(policy: Policy) -> None:
    assert [s.number for s in policy.stages.values()] == ["One", "Two", "Three", "Four", "Five"]
    assert policy.tracks["main"].stages == tuple(policy.stages)
    ways = [w for s in policy.stages.values() for w in s.ways_on]
    assert [(w.from_stage, w.to_stage) for w in ways] == [
        ("own-manager", "other-worker"),
        ("other-worker", "managers"),
        ("managers", "seniors"),
        ("seniors", "panel"),
    ]


def test_no_time_is_invented(policy: Policy) -> None:
    """The policy gives three times: one week, as soon as possible, and at once."""
    timed = {
        clock.id: clock.limit.fixed
        for clock in policy.clocks.values()
        if clock.limit.fixed != (NotStated(),)
    }
    assert timed == {
        "workers-discuss": (AsSoonAsPossible(),),
        "tell-safeguarding-lead": (Immediate(),),
        "one-working-week": (WorkingWeeks(1),),
    }
    assert [c.id for c in policy.clocks.values() if c.limit.protective] == ["one-working-week"]


def test_must_and_should_are_the_policys_own_words(policy: Policy) -> None:
    words = {name: policy.clocks[name].force for name in policy.clocks}
    assert words["consult-manager"] == "should"
    assert words["workers-discuss"] == "must"
    assert words["managers-discuss"] == "should"
    assert words["seniors-discuss"] == "must"
    assert words["one-working-week"] == "should"


def test_the_panel_is_three_agencies_and_binding(policy: Policy) -> None:
    panel = policy.panels["resolution-panel"]
    assert panel.authority == "binding"
    assert panel.composition.at_least_agencies == 3
    assert panel.composition.parties == "where possible"
    assert str(panel.convened_by) == "partnership.chair"


def test_the_yearly_report_is_a_standing_duty(policy: Policy) -> None:
    [report] = policy.standing
    assert (report.kind, report.every) == ("report", "year")
    assert str(report.owner) == "partnership.business-manager"


def test_what_the_policy_does_not_say_is_said_to_be_so(policy: Policy) -> None:
    assert {silence.about for silence in policy.silences} >= {
        "Who chairs the panel",
        "How soon the panel is convened and decides",
    }


def test_the_edition_is_the_hash_of_the_file(policy: Policy) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", policy.edition)
