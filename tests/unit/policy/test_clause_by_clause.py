"""Clause by clause: every clause of every policy is answered, in its order, and honestly."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from counterpart.policy.clauses import How, Met, Place, as_sections, clause_by_clause
from counterpart.policy.model import RECORD, Clock, Policy
from counterpart.policy.phrases import sentence
from counterpart.policy.sections import as_markdown, clause_anchor
from tests.unit.policy.test_the_guide import OTHERS, loaded
from tests.unit.policy.written_policies import written, written_policies

each_policy = pytest.mark.parametrize("area", written_policies())


def by_id(area: str) -> dict[str, Met]:
    return {met.clause.id: met for met in clause_by_clause(written(area))}


def places(area: str, clause: str, kind: str) -> list[Place]:
    return [place for place in by_id(area)[clause].places if place.kind == kind]


def rules(node: object) -> Iterator[tuple[str, object]]:
    """Every clause that anything in a policy cites, with what cites it."""
    if dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            value = getattr(node, field.name)
            if field.name.endswith("clause") and isinstance(value, str) and value:
                yield value, node
            elif field.name != "clauses":
                yield from rules(value)
    elif isinstance(node, tuple):
        for item in node:
            yield from rules(item)
    elif hasattr(node, "values"):
        for item in node.values():
            yield from rules(item)


def owed(policy: Policy) -> Iterator[Clock]:
    """The duties of a policy that something of a case opens."""
    for clock in policy.clocks.values():
        if clock.starts and clock.force != "may" and clock.act != RECORD:
            yield clock


def badly_said(policy: Policy) -> list[str]:
    """The sentences of its places that do not end as a sentence does, or end twice."""
    places = [place for met in clause_by_clause(policy) for place in met.places]
    sentences = [text for one in places for text in (one.counterpart, one.by_when) if text]
    assert all(one.kind and one.says and one.counterpart for one in places)
    return [text for text in sentences if not text.endswith(".")] + [
        text for text in (*sentences, *(one.says for one in places)) if ".." in text
    ]


@each_policy
def test_every_clause_is_there_in_the_order_of_the_text(area: str) -> None:
    assert list(by_id(area)) == list(written(area).clauses)


@each_policy
def test_every_clause_is_met_by_more_than_a_reading_or_it_is_said_why_not(area: str) -> None:
    left = {
        name: [place for place in met.places if place.kind == "Not said"]
        for name, met in by_id(area).items()
        if not met.is_met
    }
    assert [name for name, why in left.items() if not why] == []


@each_policy
def test_whatever_cites_a_clause_is_a_place_of_it(area: str) -> None:
    cited = {clause for clause, _ in rules(written(area))}
    assert cited == {name for name, met in by_id(area).items() if met.places}


@each_policy
def test_every_duty_of_a_case_is_told_as_one_and_to_whom(area: str) -> None:
    found = by_id(area)
    for clock in owed(written(area)):
        told = [
            place
            for place in found[clock.clause].places
            if place.how is How.DUTY and sentence(clock.what) in place.says
        ]
        assert told, clock.id
        assert all(place.who and place.who in place.counterpart for place in told)


@each_policy
def test_nothing_that_no_case_opens_is_told_as_a_duty(area: str) -> None:
    policy, found = written(area), by_id(area)
    for step in policy.steps.values():
        clock = policy.clocks[step.id]
        if clock.force == "may" and not step.required_by:
            (told,) = {p for p in found[clock.clause].places if sentence(clock.what) in p.says}
            assert told.how is How.ACT
            assert "Nobody owes it." in told.counterpart


@each_policy
def test_what_is_done_regularly_is_a_duty_and_it_is_said_where_it_is_written_down(
    area: str,
) -> None:
    found = by_id(area)
    for duty in written(area).standing:
        told = {p for p in found[duty.clause].places if sentence(duty.what) in p.says}
        assert {place.how for place in told} == {How.DUTY}
        assert all(place.who in place.counterpart and "page" in place.counterpart for place in told)


def test_the_review_of_a_policy_is_whose_its_regular_duty_is_and_else_the_offices() -> None:
    (brent,) = places("brent", written("brent").review.clause, "Review of the policy")  # type: ignore[union-attr]  # it has one
    assert (brent.how, brent.who) == (How.DUTY, "The partnership’s office")
    assert "The desk shows the day" in brent.counterpart
    (nursery,) = places("ready-steady-grow", "review", "Review of the policy")
    assert nursery.who == "Management team in each agency"


@each_policy
def test_every_place_is_said_in_whole_sentences(area: str) -> None:
    assert badly_said(written(area)) == []


@pytest.mark.parametrize("block", OTHERS, ids=lambda block: block.split("\n", 1)[0])
def test_every_kind_of_rule_in_the_guide_has_its_place_and_is_well_said(block: str) -> None:
    policy = loaded(block)
    found = {met.clause.id for met in clause_by_clause(policy) if met.places}
    assert {clause for clause, _ in rules(policy)} == found
    assert badly_said(policy) == []


def test_a_clause_of_a_text_that_is_adopted_names_that_text() -> None:
    found = by_id("ready-steady-grow")
    layers = {name: met.layer.id if met.layer else "" for name, met in found.items()}
    assert layers["London week"] == "london-procedures"
    assert layers["BSCP panel"] == "bromley"
    assert layers["stage 2"] == ""
    assert by_id("bromley")["BSCP panel"].layer is None


def test_who_does_it_and_by_when_is_said_with_a_duty() -> None:
    (week,) = places("brent", "2.1", "Time limit")
    assert week.how is How.DUTY
    assert week.by_when.startswith("Within 1 working week (5 working days)")
    assert week.counterpart == "A duty for: Whoever speaks for the agency that raised the concern."


def test_of_who_sits_on_a_panel_it_is_said_what_is_checked_and_what_is_left_to_people() -> None:
    policy, name = written("brent"), "resolution-panel"
    panel = policy.panels[name]
    asks = dataclasses.replace(panel.composition, declares_conflicts=True, drawn="by lot")
    panels = {name: dataclasses.replace(panel, composition=asks)}
    told = clause_by_clause(dataclasses.replace(policy, panels=panels))
    (place,) = (p for met in told for p in met.places if p.kind == "Who sits on the panel")
    assert "each member said first that they have no conflict" in place.counterpart
    assert place.counterpart.endswith("Choosing them in this way is for whoever convenes it.")


def test_the_report_of_a_panel_is_a_duty_of_whoever_convened_it() -> None:
    (place,) = places("ready-steady-grow", "BSCP record", "The panel’s report")
    assert (place.how, place.who) == (How.DUTY, "Business manager")


def test_the_placing_of_a_record_is_told_once_with_the_rule_that_asks_for_it() -> None:
    (placing,) = places("ready-steady-grow", "stage 1 record", "Placing the record")
    assert placing.how is How.DUTY
    assert "the child’s own file" in placing.says
    assert "people outside Counterpart" in placing.counterpart


def test_a_regular_duty_says_which_and_how_often() -> None:
    (duty,) = places("bexley", "each quarter", "Regular duty")
    assert "the quarterly return" in duty.counterpart
    assert (duty.who, duty.by_when) == ("Learning Hub", "Every quarter.")


def test_what_a_layer_leaves_out_is_no_rule_and_says_why() -> None:
    (left,) = places("ready-steady-grow", "stage 2", "Left out")
    assert left.how is How.NO_RULE
    assert "a stage of its own" in left.says


def test_another_way_says_what_becomes_of_the_case() -> None:
    (ends,) = places("bexley", "London", "Another way")
    (goes_on,) = places("west-berkshire", "999", "Another way")
    assert "The case ends here." in ends.counterpart
    assert "The case goes on here as well." in goes_on.counterpart
    (said,) = places("west-berkshire", "worried", "Another way")
    assert "It is done beside the challenge, and the case stays open." in said.counterpart


def test_of_whistleblowing_nothing_but_that_it_was_taken_is_said_to_be_kept() -> None:
    (way,) = places("ready-steady-grow", "whistleblowing", "Another way")
    assert "nothing of what it is about" in way.counterpart


def test_a_clause_has_a_section_with_its_quotation_and_an_anchor() -> None:
    first, *_ = as_sections(clause_by_clause(written("brent")))
    assert (first.heading, first.anchor) == ("cover: Cover", clause_anchor("cover"))
    words = as_markdown(as_sections(clause_by_clause(written("ready-steady-grow"))))
    assert "From “London Child Protection Procedures" in words
    assert "In Counterpart: A duty for: Business manager." in words
