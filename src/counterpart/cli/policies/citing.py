"""`counterpart policy clauses`: clause by clause, where a policy is met, as Markdown or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counterpart.cli.policies.files import load_one
from counterpart.cli.policies.saying import say, say_json
from counterpart.policy.clauses import Met, Place, as_sections, clause_by_clause
from counterpart.policy.sections import as_markdown


def clauses(path: Path, *, as_json: bool) -> None:
    """Print every clause of one policy with its places. Raises `CannotGoOn`."""
    policy = load_one(path).policy
    found = clause_by_clause(policy)
    if as_json:
        say_json({"id": policy.id, "title": policy.title, "clauses": list(map(_clause, found))})
    else:
        say(f"# {policy.title}\n\n{as_markdown(as_sections(found))}".rstrip())


def _clause(met: Met) -> dict[str, Any]:
    return {
        "id": met.clause.id,
        "title": met.clause.title,
        "quote": met.clause.quote,
        "text_of": met.clause.layer or None,
        "places": list(map(_place, met.places)),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "kind": place.kind,
        "says": place.says,
        "who": place.who or None,
        "by_when": place.by_when or None,
        "how": place.how.value,
        "counterpart": place.counterpart,
    }
