"""A small policy to try each kind of rule on: two stages, a talk at each, everything stated.

A test gives the keys of the file that it is about. The file is written as JSON, which is YAML.
"""

from __future__ import annotations

import json
from typing import Any

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy

ALL = {"clause": "1"}


def a_step(id: str, **keys: Any) -> dict[str, Any]:
    """A talk that settles, between whoever speaks for the two sides."""
    step = {
        "id": id,
        "what": f"Do {id}",
        "kind": "discussion",
        "settles": True,
        "by": "raising",
        "with": "receiving",
        "limit": "2 working days",
        **ALL,
    }
    return step | keys


def a_way(id: str, to: str, **keys: Any) -> dict[str, Any]:
    """A way on for when the matter is unresolved."""
    way = {
        "id": id,
        "to": to,
        "title": f"Go on to {to}",
        "by": "raising",
        "when": ["unresolved"],
        "limit": "1 working day",
        **ALL,
    }
    return way | keys


def a_stage(id: str, *, role: str = "worker", **keys: Any) -> dict[str, Any]:
    stage = {"id": id, "title": f"Stage {id}", "speaks": {"raising": role, "receiving": role}}
    return stage | ALL | keys


def stages(way: dict[str, Any] | None = None, **first: Any) -> list[dict[str, Any]]:
    """Workers talk; if that is not enough, managers do."""
    ways = [way or a_way("up", "two")]
    return [
        a_stage("one", **({"steps": [a_step("talk")], "ways_on": ways} | first)),
        a_stage("two", role="manager", steps=[a_step("managers-talk")]),
    ]


def a_role(id: str, at: str, *tiers: str) -> dict[str, Any]:
    return {"id": id, "title": id.title(), "at": at, "tiers": list(tiers), **ALL}


def written(**keys: Any) -> bytes:
    """The bytes of the policy file."""
    policy: dict[str, Any] = {
        "format": 1,
        "id": "kinds",
        "title": "A policy of every kind",
        "area": "Nowhere",
        "published_by": "Nobody",
        "edition": "First",
        "calendar": "england-and-wales",
        "clause": "1",
        "clauses": [{"id": "1", "title": "All of it", "quote": "all of it"}],
        "roles": [
            a_role("worker", "agency", "practitioner"),
            a_role("manager", "agency", "line_manager"),
            a_role("senior", "agency", "operations_manager"),
            a_role("coordinator", "partnership", "business_manager"),
            a_role("chair", "partnership", "independent_chair"),
        ],
        "grounds": {"open": True, "list": [{"id": "plan", "title": "The plan"}], **ALL},
        "stages": stages(),
        "closing": {
            "outcome": "Write it down",
            "write_clause": "1",
            "confirm": "Confirm it",
            "confirmed_by": "each",
            "confirm_limit": "2 working days",
            **ALL,
        },
    }
    return json.dumps(policy | keys).encode()


def a_policy(**keys: Any) -> Policy:
    """The policy, with these keys of the file in the place of its own."""
    return load_policy(written(**keys))
