"""Brent's file says what Brent's policy says: every clause cited, every quotation really there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date

import pytest

from counterpart.policy.model import Policy
from counterpart.worktime import AsSoonAsPossible, Immediate, NotStated, WorkingWeeks
from tests.casebook import BRENT_FILE, brent

# The clauses of the policy by its own numbers (where one holds several rules, a word beside the
# number), with a passage long enough to find each. Brent LSCB, version 2, December 2014.
CLAUSES = {
    "cover": "Date Ratified by Brent LSCB 3rd December 2014 Date for Review December 2017",
    "1.1": "the actions, inaction or decisions of another agency do not adequately safeguard a "
    "child. Disagreements are most likely to arise around: Levels of need/thresholds Roles and "
    "responsibilities Progressing plans Communication",
    "1.2": "All professionals have a duty to act assertively and proactively to ensure that a "
    "child's welfare is the paramount consideration",
    "1.3": "all professionals must challenge the practice of other professionals where they are "
    "concerned",
    "1.4": "Resolution should be sought within the shortest timescale possible to ensure the child "
    "is protected. Disagreements should be resolved at the lowest possible stage",
    "1.4 risk": "the designated safeguarding lead in your agency should be informed immediately. "
    "The designated safeguarding lead will inform Brent Head of Safeguarding of the concerns.",
    "2.1": "resolve differences through discussion within ONE WORKING WEEK or a timescale that "
    "protects the child from harm (whichever is shortest).",
    "2.2": "should initially consult a supervisor/manager to clarify their thinking in order to "
    "identify the problem, to be specific as to what the disagreement is about, and to identify "
    "the desired outcome.",
    "2.3": "This discussion must take place as soon as possible and could be a telephone "
    "conversation or a face to face meeting.",
    "2.3 support": "disparity in perceived status or experience may inhibit the ability of some "
    "workers to resolve the disagreement without support.",
    "2.4": "the worker should contact their supervisor/manager within their own agency who should "
    "have a discussion with the equivalent supervisor/manager in the other agency.",
    "2.5": "the supervisor/manager reports to their respective operations manager or "
    "named/designated safeguarding representative. These two managers must attempt to resolve",
    "2.6": "a Local Safeguarding Children Board Resolution Panel will be convened by the Chair of "
    "the LSCB",
    "2.6 members": "The panel must consist of LSCB representatives from three agencies (including "
    "the agencies concerned in the professional differences, where possible).",
    "2.6 decision": "The panel will receive representations from those concerned in the "
    "professional differences and make a decision as to the next course of action, resolving the "
    "professional differences concerned. The decision of the panel is binding on all those "
    "agencies concerned.",
    "2.6 report": "The panel will ensure a brief report of the issues and decisions made is "
    "submitted to the LSCB on an annual basis.",
    "3 records": "At all stages of the process actions and decisions must be recorded in writing "
    "and shared with relevant personnel, to include the worker who raised the initial concern.",
    "3 confirmation": "This must include written confirmation between the parties about an agreed "
    "outcome of the disagreement and how any outstanding issues will be pursued.",
    "3 gaps": "If the process highlights gaps in policies and procedures this must be brought to "
    "the attention of the Chair of the LSCB.",
}


def cited(node: object) -> Iterator[str]:
    """Every clause that a rule of a policy cites."""
    if dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            value = getattr(node, field.name)
            if field.name.endswith("clause") and isinstance(value, str):
                yield value
            elif field.name not in ("clauses", "readings"):
                yield from cited(value)
    elif isinstance(node, tuple):
        for item in node:
            yield from cited(item)
    elif hasattr(node, "values"):
        for item in node.values():
            yield from cited(item)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


@pytest.fixture
def policy() -> Policy:
    return brent()


def test_the_file_lists_every_clause_of_the_policy_and_no_other(policy: Policy) -> None:
    assert list(policy.clauses) == list(CLAUSES)


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_quotation_is_in_its_clause(policy: Policy, clause: str) -> None:
    assert plain(policy.clauses[clause].quote) in plain(CLAUSES[clause])


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_is_cited_by_a_rule(policy: Policy, clause: str) -> None:
    assert clause in set(cited(policy))


def test_every_reading_is_used_by_a_rule_or_by_the_review(policy: Policy) -> None:
    text = BRENT_FILE.read_text(encoding="utf-8")
    for reading in policy.readings:
        assert text.count(reading) >= 2, reading


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


def test_the_edition_is_the_hash_of_the_file(policy: Policy) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", policy.edition)
