"""Every kind of finding is in its example, and gone once the example is mended."""

from __future__ import annotations

from datetime import date

import pytest

from counterpart.people.kinds import TIERS
from counterpart.policy.checking import CATALOGUE, check
from counterpart.policy.checking.people import TIERS as KNOWN_TIERS
from tests.unit.policy.checking.little import little

TODAY = date(2026, 11, 21)


def codes(example: str = "") -> set[str]:
    return {found.code for found in check(little(example), today=TODAY)}


def test_the_little_policy_has_no_finding() -> None:
    assert check(little(), today=TODAY) == ()


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_example_has_the_finding(code: str) -> None:
    assert code in codes(CATALOGUE[code].triggers)


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_mended_example_does_not(code: str) -> None:
    assert code not in codes(CATALOGUE[code].mends)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_kind_says_what_could_happen_in_whole_sentences(code: str) -> None:
    kind = CATALOGUE[code]
    assert kind.code == code
    assert not kind.title.endswith(".")
    assert kind.why.endswith(".")
    assert kind.why.count(". ") >= 1


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_finding_has_the_severity_of_its_kind_and_words_to_read(code: str) -> None:
    for found in check(little(CATALOGUE[code].triggers), today=TODAY):
        assert found.severity == CATALOGUE[found.code].severity
        assert found.words[0].isupper() or found.words[0] == "“"
        assert found.words.endswith((".", "”."))
        assert found.clause in (None, "1", "2")


def test_findings_come_gravest_first() -> None:
    found = check(little(CATALOGUE["never-ends"].triggers + "review: ~\n"), today=TODAY)
    ranks = [("error", "warning", "note").index(x.severity) for x in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_the_tiers_are_those_of_the_directory() -> None:
    assert set(TIERS) == KNOWN_TIERS
