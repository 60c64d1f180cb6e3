"""Bexley's file says what Bexley's policy says: the rules that are unlike anybody else's."""

from __future__ import annotations

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy, Unresolved
from counterpart.worktime import NotStated
from tests.casebook import POLICIES


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy((POLICIES / "bexley" / "policy.yaml").read_bytes())


def test_there_are_no_numbered_stages_and_no_times(policy: Policy) -> None:
    assert not any(stage.number for stage in policy.stages.values())
    timed = [c.id for c in policy.clocks.values() if c.limit.fixed != (NotStated(),)]
    assert timed == []


def test_the_agencies_own_policies_come_first(policy: Policy) -> None:
    assert policy.tracks["main"].first == "own-policies"
    assert [check.id for check in policy.before_raising] == ["own-policy", "london-procedure"]
    assert "settle" in policy.ways_on["to-chair"].after


def test_either_agency_may_require_a_meeting_at_any_stage(policy: Policy) -> None:
    step = policy.steps["multi-agency-meeting"]
    assert (step.offered, step.kind, str(step.by)) == ("always", "meeting", "each")
    assert step.settles
    assert policy.clocks[step.id].force == "may"


def test_any_statutory_agency_may_require_the_meeting_which_is_owed_from_then_on(
    policy: Policy,
) -> None:
    step, clock = policy.steps["multi-agency-meeting"], policy.clocks["multi-agency-meeting"]
    assert (step.required_by, step.arranged_by) == ("statutory", None)
    assert clock.starts == ("required multi-agency-meeting",)
    assert clock.stops == ("done multi-agency-meeting",)
    assert step.clause == "meeting"


def test_child_protection_disputes_leave_for_the_london_procedure(policy: Policy) -> None:
    way_out = policy.exits["london-procedure"]
    assert (way_out.kind, way_out.ends, way_out.from_stages) == ("procedure", True, ())
    [related] = policy.related
    assert related.where
    assert related.where in way_out.where


def test_the_chair_is_reached_by_a_letter_with_its_address_marking_and_contents(
    policy: Policy,
) -> None:
    letter = policy.steps["email"].letter
    assert letter is not None
    assert letter.to == policy.contacts[0].where
    assert letter.marked == "For the attention of the Independent Chair"
    assert letter.says == ("The reasons for the differences", "What has happened so far")
    assert letter.begins_with == ("concern", "record")
    assert policy.ways_on["to-chair"].after == ("settle", "email")


def test_going_to_the_chair_is_open_to_either_agency_and_owed_by_none(policy: Policy) -> None:
    way = policy.ways_on["to-chair"]
    assert str(way.by) == "each"
    assert way.when == ((Unresolved(),),)
    assert policy.clocks["way-to-chair"].force == "may"
    assert policy.clocks["way-to-chair"].starts == ()


def test_the_chair_must_support_and_may_mediate_and_binds_nobody(policy: Policy) -> None:
    support, mediate = policy.clocks["support"], policy.clocks["mediate"]
    assert (str(support.owner), support.force) == ("partnership.chair", "must")
    assert (str(mediate.owner), mediate.force) == ("partnership.chair", "may")
    assert policy.panels == {}
    assert "help-or-decide" in support.readings
    assert "help-or-decide" in mediate.readings


def test_each_quarter_every_agency_is_asked_and_the_answers_are_looked_through(
    policy: Policy,
) -> None:
    standing = {duty.id: duty for duty in policy.standing}
    asked = standing["quarterly-return"]
    assert (asked.every, asked.kind, asked.from_each) == ("quarter", "return", True)
    assert (standing["quarterly-lessons"].every, standing["quarterly-lessons"].kind) == (
        "quarter",
        "review",
    )


def test_terms_of_reference_and_systems_for_recording_are_standing_duties(policy: Policy) -> None:
    standing = {duty.id: duty for duty in policy.standing}
    assert standing["terms-of-reference"].kind == "terms"
    assert standing["systems-for-recording"].owner.side == "each"


def test_each_agency_records_that_it_is_used_and_how_it_ended(policy: Policy) -> None:
    assert [(rule.at_end, rule.kept_on) for rule in policy.records] == [
        (False, ("each agency",)),
        (True, ("each agency",)),
    ]


def test_what_is_not_said_is_said_to_be_so(policy: Policy) -> None:
    assert policy.urgent is None
    assert policy.review is None
    about = {silence.about: silence.why for silence in policy.silences}
    assert "Written confirmation between the agencies" in about
    assert about["What the London procedure says"].startswith("Source not held")
    assert about["What each agency's own policy says"].startswith("Source not held")
