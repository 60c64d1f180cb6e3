"""Whatever five policies ask of somebody is met by a clause of their files.

`what_texts_ask.yaml` has the passages, each in a few of the text's own words. The texts are not
held here, so that none was missed is held by the number of their words of asking.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from counterpart.policy.clauses import How, Met, clause_by_clause
from tests.casebook import POLICIES
from tests.unit.policy.written_policies import written

FILE = POLICIES.parent / "tests" / "unit" / "policy" / "what_texts_ask.yaml"
TEXTS: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ASKING = re.compile(
    r"\b(must|should|shall|will|may|can|might|requir\w*|responsib\w*|expect\w*|duty|duties"
    r"|need(?:s|ed)?)\b",
    re.IGNORECASE,
)
MEETS = {How.DUTY, How.ACT, How.DONE, How.SHOWN}
NAMES_ALONE = {"Role", "Stage", "Order of the stages", "Another text"}
"""Places that meet nothing that is to be done: they only say who, where or what is meant."""
MOST_WORDS = 16
each_text = pytest.mark.parametrize("area", TEXTS)


def passages(area: str) -> list[dict[str, Any]]:
    return [*TEXTS[area]["asks"], *TEXTS[area]["asks_nothing"]]


def clauses(area: str) -> dict[str, Met]:
    return {met.clause.id: met for met in clause_by_clause(written(area))}


def named(area: str) -> set[str]:
    return {clause for passage in TEXTS[area]["asks"] for clause in passage["met_by"]}


def meets(met: Met) -> bool:
    return any(place.how in MEETS and place.kind not in NAMES_ALONE for place in met.places)


def test_the_five_texts_are_there() -> None:
    assert set(TEXTS) == {"bexley", "brent", "ready-steady-grow", "somerset", "west-berkshire"}


@each_text
def test_every_word_of_asking_in_the_text_stands_in_one_of_the_passages(area: str) -> None:
    found = sum(len(ASKING.findall(one["says"])) * one.get("times", 1) for one in passages(area))
    assert found == TEXTS[area]["words"]


@each_text
def test_a_passage_is_quoted_once_and_in_a_few_words(area: str) -> None:
    says = [one["says"] for one in passages(area)]
    assert len(set(says)) == len(says)
    assert [one for one in says if len(one.split()) > MOST_WORDS] == []


@each_text
def test_a_passage_that_asks_nothing_says_why(area: str) -> None:
    for one in TEXTS[area]["asks_nothing"]:
        assert one["why"].endswith(".")
        assert "met_by" not in one


@each_text
def test_whatever_the_text_asks_is_met(area: str) -> None:
    found = clauses(area)
    missing = named(area) - set(found)
    unmet = {
        one["says"]
        for one in TEXTS[area]["asks"]
        if not any(meets(found[name]) for name in one["met_by"])
    }
    assert (missing, unmet) == (set(), set())


@each_text
def test_every_clause_that_gives_somebody_a_duty_is_asked_for_by_the_text(area: str) -> None:
    owed = {
        name
        for name, met in clauses(area).items()
        if any(place.how is How.DUTY for place in met.places)
    }
    assert owed - named(area) - {written(area).clause} == set()
