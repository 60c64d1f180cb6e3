"""Each policy file has every clause of its text, quotes it rightly, and lets no clause stand for nothing.

Beside this file, `clauses/AREA.txt` lists a policy's text paragraph by paragraph as its reader finds
it: the id of the clause that has it, a bar, and enough of its own words. A clause may have several.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from tests.casebook import POLICIES

LISTS = sorted((Path(__file__).parent / "clauses").glob("*.txt"))
AS_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-"})


def policy_of(area: str) -> Policy:
    folder = POLICIES / area
    return load_policy(
        (folder / "policy.yaml").read_bytes(), read=lambda path: (folder / path).read_bytes()
    )


def paragraphs(file: Path) -> dict[str, str]:
    """The words of each clause, by its id, in the order of the text."""
    found: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            clause, words = (part.strip() for part in line.split("|", 1))
            found[clause] = f"{found.get(clause, '')} / {words}"
    return found


def cited(node: object) -> Iterator[str]:
    """Every clause that a rule of a policy cites. The clauses and readings themselves are no rules."""
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
    return re.sub(r"\s+", " ", text.translate(AS_TYPED)).casefold()


each_list = pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)


@each_list
def test_the_file_has_every_clause_of_its_text_and_no_other(file: Path) -> None:
    assert set(policy_of(file.stem).clauses) == set(paragraphs(file))


@each_list
def test_every_quotation_stands_in_its_clause(file: Path) -> None:
    words = paragraphs(file)
    for clause in policy_of(file.stem).clauses.values():
        assert plain(clause.quote) in plain(words[clause.id]), clause.id


@each_list
def test_every_clause_is_cited_by_a_rule(file: Path) -> None:
    policy = policy_of(file.stem)
    assert set(policy.clauses) - set(cited(policy)) == set()


def test_there_are_lists_to_hold_policies_against() -> None:
    assert {file.stem for file in LISTS} >= {"ready-steady-grow", "bromley", "london"}
