"""Whom to speak to in the other agency, stage by stage, for somebody in a given role: the policy's answer.

It names roles and no person; `policies.numbers` finds the posts. It must not look anything up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpart.policy.model import OppositeNumber, Policy, Stage, Step
from counterpart.policy.phrases import seat_words
from counterpart.web.forms import Option

CHOICE = {
    "one of": "Ask one of these",
    "all of": "Ask all of these",
    "any of": "Ask any of these",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody to speak to: what they are called, and the tiers of the directory they are found at."""

    title: str
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage: who speaks for each side. `is_you` where it is the one who asks.

    `inside`: what happens within one's own agency, instead.
    """

    name: str
    clause: str
    is_you: bool
    ours: str
    theirs: Sought | None
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the policy's own table of opposite numbers."""

    of: str
    lead: str
    ask: tuple[Sought, ...]
    advice: str
    clause: str


@dataclass(frozen=True, slots=True)
class Opposite:
    """The whole answer. `rows` come first: there the policy names the profession itself."""

    you: str
    rows: tuple[RowShown, ...]
    stages: tuple[StageShown, ...]


def people_in(policy: Policy) -> tuple[Option, ...]:
    """Everybody somebody may say they are: the policy's professions, then its roles in an agency."""
    rows = [Option(f"row-{row.id}", row.of) for row in policy.opposite_numbers]
    roles = [role for role in policy.roles.values() if role.at == "agency"]
    return (*rows, *(Option(f"role-{role.id}", role.title) for role in roles))


def opposite(policy: Policy, you: str) -> Opposite:
    """The answer for one of `people_in`. StopIteration for nobody in it."""
    title = next(option.label for option in people_in(policy) if option.value == you)
    kind, _, name = you.partition("-")
    rows = [row for row in policy.opposite_numbers if kind == "row" and row.id == name]
    return Opposite(
        you=title,
        rows=tuple(_row(row) for row in rows),
        stages=tuple(
            _stage(policy, stage, name if kind == "role" else "")
            for stage in policy.stages.values()
        ),
    )


def sought(found: Opposite) -> tuple[Sought, ...]:
    """Everybody the answer names in the other agency."""
    asked = [one for row in found.rows for one in row.ask]
    return (*asked, *(stage.theirs for stage in found.stages if stage.theirs))


def _row(row: OppositeNumber) -> RowShown:
    return RowShown(
        of=row.of,
        lead=CHOICE.get(row.choice, CHOICE["any of"]) if len(row.ask) > 1 else "Ask",
        ask=tuple(Sought(one.title, one.tiers) for one in row.ask),
        advice=row.advice,
        clause=row.clause,
    )


def _stage(policy: Policy, stage: Stage, role: str) -> StageShown:
    ours, theirs = stage.speaks.get("raising", ""), stage.speaks.get("receiving", "")
    is_inside = stage.inside == "raising"
    there = policy.roles.get(theirs) if not is_inside else None
    return StageShown(
        name=stage.name,
        clause=stage.clause,
        is_you=bool(role) and role == ours,
        ours=policy.roles[ours].title if ours in policy.roles else "",
        theirs=Sought(there.title, there.tiers) if there else None,
        inside=tuple(_inside(policy, stage, stage.steps)) if is_inside else (),
    )


def _inside(policy: Policy, stage: Stage, steps: Sequence[Step]) -> list[str]:
    return [
        f"{step.what}: {seat_words(policy, step.counterpart, stage)}"
        for step in steps
        if step.counterpart
    ]
