"""West Berkshire's file says what its page says, on a text that several boroughs share."""

from __future__ import annotations

from functools import cache

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Affirmed, Policy, Unresolved
from counterpart.worktime import NotStated
from tests.casebook import POLICIES

BOROUGHS = ["west-berkshire", "reading", "wokingham"]


@cache
def borough(area: str) -> Policy:
    folder = POLICIES / area
    return load_policy(
        (folder / "policy.yaml").read_bytes(), read=lambda path: (folder / path).read_bytes()
    )


@pytest.fixture
def policy() -> Policy:
    return borough("west-berkshire")


@pytest.mark.parametrize("area", BOROUGHS)
def test_every_borough_has_the_shared_rules(area: str) -> None:
    shared, own = borough("pan-berkshire"), borough(area)
    assert [layer.id for layer in own.layers] == ["pan-berkshire"]
    assert own.stages == shared.stages
    assert own.steps == shared.steps
    assert own.ways_on == shared.ways_on
    assert own.clocks == shared.clocks
    assert own.principles == shared.principles
    assert set(shared.clauses) < set(own.clauses)


def test_each_borough_has_a_local_page_of_its_own() -> None:
    pages = [
        next(named.where for named in borough(area).related if named.id == "local-page")
        for area in BOROUGHS
    ]
    assert len(set(pages)) == 3
    assert all(pages)
    assert [borough(area).exits["local-procedure"].where for area in BOROUGHS] == pages


def test_the_shared_text_gives_no_page_of_any_borough() -> None:
    shared = borough("pan-berkshire")
    assert shared.layers == ()
    assert not any(named.where for named in shared.related)


def test_there_are_no_numbered_stages_and_no_times(policy: Policy) -> None:
    assert not any(stage.number for stage in policy.stages.values())
    timed = [c.id for c in policy.clocks.values() if c.limit.fixed != (NotStated(),)]
    assert timed == []


def test_the_reasons_are_sought_before_a_challenge(policy: Policy) -> None:
    way = policy.ways_on["to-challenge"]
    assert (way.from_stage, way.to_stage) == ("understand", "challenge")
    assert way.after == ("ask-for-reasons",)


def test_only_who_is_still_concerned_challenges(policy: Policy) -> None:
    assert policy.ways_on["to-challenge"].when == (
        (Unresolved(),),
        (Affirmed("still-concerned"),),
    )
    assert policy.clocks["challenge-practice"].force == "should"


def test_nothing_is_made_up_beyond_the_challenge(policy: Policy) -> None:
    assert policy.stages["challenge"].ways_on == ()
    assert policy.panels == {}
    assert policy.urgent is None
    why = {silence.about: silence.why for silence in policy.silences}
    assert why["Whether there are stages, and which"].startswith("Source not held")
    assert why["Who decides if it is not settled"].startswith("Source not held")
    assert why["What the briefings say"].startswith("Source not held")


def test_immediate_danger_is_for_999_and_does_not_end_the_case(policy: Policy) -> None:
    emergency = policy.exits["emergency"]
    assert (emergency.kind, emergency.ends, emergency.title) == ("emergency", False, "Call 999")


def test_a_worry_is_reported_to_the_local_authority_beside_the_case(policy: Policy) -> None:
    report = policy.exits["report-concern"]
    assert (report.kind, report.ends, report.where) == ("referral", False, "The local authority")


def test_what_stands_on_west_berkshires_page_alone_is_not_given_to_others() -> None:
    assert list(borough("reading").exits) == ["local-procedure"]
    assert borough("reading").contacts == ()
    assert len(borough("west-berkshire").contacts) == 1


def test_the_briefings_are_named(policy: Policy) -> None:
    titles = [named.title for named in policy.related]
    assert "7 Minute Briefing: Professional Escalation" in titles
    assert "7 Minute Briefing, January 2018" in titles


def test_the_office_hears_of_what_is_unclear(policy: Policy) -> None:
    assert policy.gaps is not None
    assert str(policy.gaps.tell) == "partnership.office"
