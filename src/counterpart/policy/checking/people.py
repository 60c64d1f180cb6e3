"""Findings about people: roles that nobody can fill, or only one person, and sides that do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.naming import listed, stage_at, stage_name
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import CONFIRM_OUTCOME, WRITE_OUTCOME, Role

TIERS = frozenset(
    {
        "practitioner",
        "line_manager",
        "designated_safeguarding_lead",
        "named_professional",
        "designated_professional",
        "operations_manager",
        "head_of_safeguarding",
        "senior_manager",
        "board_representative",
        "coordinator",
        "business_manager",
        "independent_chair",
        "data_protection_lead",
    }
)
"""The tiers a post can have in the directory. A test holds them against the directory's own."""

OFFICE = "business_manager"
"""The tier that everything without an owner falls to in the end."""

FALLBACK = (
    "The duty then goes to the agency’s own inbox and to the partnership’s business manager, so it "
    "is not lost; but that is nobody’s plan for this child."
)
OFFICE_FALLBACK = (
    "The duty then shows on the business manager’s desk, so it is not lost; but that is nobody’s "
    "plan for this child."
)


def no_owner(on: Subject) -> Iterator[Finding]:
    """A role with no tier that the directory has, so that no post can ever fill it."""
    owners = _duties_by_role(on)
    for role in on.policy.roles.values():
        if set(role.tiers) & TIERS or role.id not in owners:
            continue
        words = (
            f"Nobody can ever be found for “{role.title}”: the directory has no tier called "
            f"{listed(list(role.tiers))}. It owns {listed(owners[role.id])}, which would stand with "
            f"nobody beside it in every case. Use tiers of the directory, such as “line_manager”."
        )
        yield finding("no-owner", ("roles", role.id, "tiers"), role.clause, words)


def unknown_tier(on: Subject) -> Iterator[Finding]:
    """A tier that the directory does not have."""
    owners = _duties_by_role(on)
    for role in on.policy.roles.values():
        unknown = [tier for tier in role.tiers if tier not in TIERS]
        if not unknown or (role.id in owners and not set(role.tiers) & TIERS):
            continue
        words = (
            f"“{role.title}” may be filled from {listed(unknown)}, and the directory has no such "
            f"tier. Somebody the policy counts on would never be offered. Check the spelling against "
            f"the list of tiers."
        )
        yield finding("unknown-tier", ("roles", role.id, "tiers"), role.clause, words)


def no_stand_in(on: Subject) -> Iterator[Finding]:
    """A role that owns duties and has one tier: away or in the disagreement, and nobody is left."""
    owners = _duties_by_role(on)
    for role in on.policy.roles.values():
        known = [tier for tier in role.tiers if tier in TIERS]
        if len(known) != 1 or known == [OFFICE] or role.id not in owners:
            continue
        yield finding(
            "no-stand-in", ("roles", role.id, "tiers"), role.clause, _alone(role, owners[role.id])
        )


def _alone(role: Role, duties: list[str]) -> str:
    fallback = FALLBACK if role.at == "agency" else OFFICE_FALLBACK
    return (
        f"Only one tier can be “{role.title}”, who owns {listed(duties)}. Where that person is "
        f"away, or takes part in the disagreement, nobody in the policy comes next. {fallback} "
        f"Name a stand-in: add another tier after the first."
    )


def _duties_by_role(on: Subject) -> dict[str, list[str]]:
    """For each role, what somebody in it owes in a case, beside the writing up that everybody may."""
    found: dict[str, list[str]] = {}
    for clock in on.in_order:
        if (
            clock.force != "may"
            and clock.starts
            and clock.id not in (WRITE_OUTCOME, CONFIRM_OUTCOME)
        ):
            for role in on.roles(clock.owner, clock.stage):
                found.setdefault(role, []).append(clock.what)
    return found


def sides_at_different_levels(on: Subject) -> Iterator[Finding]:
    """A stage where the two sides speak by different roles."""
    for stage in on.stages:
        roles = [on.policy.roles[stage.speaks[side]] for side in ("raising", "receiving")]
        if roles[0].tiers == roles[1].tiers:
            continue
        words = (
            f"At {stage_name(on.policy, stage.id)}, “{roles[0].title}” speaks for the side that "
            f"raised the concern, and “{roles[1].title}” for the other side. If these are not "
            f"equals, one side may find it hard to hold its ground. If it is meant, nothing is wrong."
        )
        yield finding("different-levels", stage_at(stage.id, "speaks"), stage.clause, words)


def standing_without_owner(on: Subject) -> Iterator[Finding]:
    """A duty with no case, given to a side that only a case has."""
    for duty in on.policy.standing:
        if duty.owner.role and duty.owner.side in ("each", "partnership"):
            continue
        words = (
            f"“{duty.what}” has no case, so there is no “{duty.owner}” to owe it, and it would be "
            f"left undone. Name a role: for example “partnership.business-manager”, or a role that "
            f"each agency has."
        )
        yield finding("standing-without-owner", ("standing", duty.id, "owner"), duty.clause, words)


RULES = (no_owner, unknown_tier, no_stand_in, sides_at_different_levels, standing_without_owner)
