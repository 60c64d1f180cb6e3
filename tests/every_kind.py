"""A made-up policy with every kind of rule that people meet on the pages. It is no area's.

`written_whole` gives the file's bytes; `whole` the policy, read once. Nobody is ever stuck in it: each stage has a
talk, and every way on can be gone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from tests.kinds import ALL, a_role, a_stage, a_step, a_way, written

BANDS = {
    "title": "Priority",
    "set_by": "partnership.coordinator",
    "list": [{"id": "red", "title": "Red"}, {"id": "green", "title": "Green"}],
    **ALL,
}
CONDITIONS = [
    {"id": "at-risk", "title": "The child’s welfare is at risk", **ALL},
    {"id": "policy-issue", "title": "It is about a policy, too", **ALL},
]
DATES = [{"id": "conference", "title": "The conference", "statutory": True, **ALL}]
EXITS = [
    {
        "id": "complaint",
        "title": "Make a complaint",
        "kind": "complaint",
        "when": "A family is unhappy with a service",
        "where": "The agency’s complaints procedure",
        **ALL,
    },
    {
        "id": "area-procedure",
        "title": "Use the procedure of the area",
        "kind": "procedure",
        "when": "The disagreement is about a child protection plan",
        "where": "The procedures of the area",
        "stage": "Settling disagreements",
        "ends": True,
        **ALL,
    },
]
JUMPS = [
    {
        "id": "straight-to-seniors",
        "to": ["seniors"],
        "from": ["one"],
        "title": "Take it straight to the seniors",
        "by": "partnership.chair",
        **ALL,
    }
]
TRACKS = [
    {
        "id": "main",
        "title": "Any disagreement",
        "when": "For most disagreements.",
        "stages": ["one", "two", "seniors"],
        **ALL,
    },
    {
        "id": "plans",
        "title": "About a plan",
        "when": "For what is in a plan.",
        "grounds": ["plan"],
        "stages": ["two", "seniors"],
        **ALL,
    },
]
LETTER = a_step(
    "letter",
    kind="letter",
    settles=False,
    by="raising",
    force="may",
    limit="not stated",
    to="The chair, at the partnership’s office",
    marked="For the chair’s attention",
    says=["What the disagreement is about", "What was tried"],
    **{"with": "partnership.chair"},
)
DEBRIEF = a_step(
    "debrief", kind="review", settles=False, by="each", force="may", limit="not stated"
)
REPORT = a_step(
    "report",
    kind="notice",
    settles=False,
    by="partnership.coordinator",
    starts=["closed", "withdrawn"],
    limit="10 working days",
    **{"with": "partnership.chair"},
)
MISSED = {"then": "tell", "tells": ["partnership.chair"], **ALL}


def _stages() -> list[dict[str, Any]]:
    talk = a_step(
        "talk",
        satisfies="raising.manager",
        limit={"band": {"red": "4 hours", "green": "2 working days"}},
        if_missed=MISSED,
    )
    up = a_way(
        "up", "two", approval="raising.senior", when=["unresolved", {"any": ["at-risk", "policy-issue"]}]
    )  # fmt: skip
    managers = a_step(
        "managers-talk",
        limit={"set_by": "partnership.coordinator"},
    )
    on = a_way("on", "seniors", tracks=["main", "plans"])
    seniors = a_step("seniors-talk", limit={"agreed_by": "each"})
    return [
        a_stage("one", steps=[talk], ways_on=[up], band="informal"),
        a_stage(
            "two", role="manager", steps=[managers], ways_on=[on], band="formal",
            tells=["partnership.chair"],
        ),
        a_stage("seniors", role="senior", steps=[seniors], band="formal"),
    ]  # fmt: skip


def written_whole(**keys: Any) -> bytes:
    """The bytes of the policy file, with these keys of it in the place of its own."""
    whole: dict[str, Any] = {
        "id": "every-kind",
        "about": ["child", "unborn child"],
        "outsiders": [{"id": "parent", "title": "A parent", **ALL}],
        "contacts": [{"id": "office", "title": "The partnership’s office", "address": "The town hall", **ALL}],
        "before_raising": [
            {"id": "own-policy", "text": "Have you looked at your own agency’s policy?", **ALL}
        ],
        "meanwhile": [{"text": "Everybody goes on with their work for the child", **ALL}],
        "roles": [
            a_role("worker", "agency", "practitioner"),
            a_role("manager", "agency", "line_manager"),
            a_role("senior", "agency", "operations_manager"),
            a_role("coordinator", "partnership", "business_manager"),
            a_role("chair", "partnership", "independent_chair"),
        ],
        "bands": BANDS,
        "conditions": CONDITIONS,
        "dates": DATES,
        "exits": EXITS,
        "jumps": JUMPS,
        "tracks": TRACKS,
        "stages": _stages(),
        "any_stage": {"steps": [LETTER], **ALL},
        "afterwards": {"steps": [DEBRIEF, REPORT], **ALL},
        "closing": {
            "outcome": "Write it down",
            "write_clause": "1",
            "confirm": "Confirm it",
            "confirmed_by": "each",
            "confirm_limit": "2 working days",
            "lead": {"title": "Lead manager", "of": "each.manager", **ALL},
            **ALL,
        },
    }  # fmt: skip
    return written(**(whole | keys))


@cache
def whole() -> Policy:
    return load_policy(written_whole())
