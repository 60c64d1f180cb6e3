"""Make the rungs of a ladder: those of a policy, and those of the partnership's own file."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType
from typing import Literal

from counterpart.policy.linking.references import References, Where, seat
from counterpart.policy.model import (
    AFTER,
    AT,
    BEFORE,
    GAPS,
    Gap,
    Role,
    Rung,
    Seat,
    UsualLadder,
)
from counterpart.policy.source.ladder import UsualLadderSource
from counterpart.worktime import LimitProblem, parse_limit

Moment = tuple[Literal["before", "at", "after"], Gap | None]

HOW = (
    "write `at`, or how long before or after, in working days, calendar days or hours: "
    "`1 working day before`"
)


class NotAMoment(ValueError):
    """What stands in `when` says no moment. The message is for its author."""


def moment(text: str) -> Moment:
    """`at`, or `2 working days after`, as what it means. Raises `NotAMoment`."""
    if text == AT:
        return AT, None
    amount, _, side = text.rpartition(" ")
    if side not in (BEFORE, AFTER):
        raise NotAMoment(HOW)
    try:
        gap = parse_limit(amount)
    except LimitProblem as problem:
        raise NotAMoment(f"{problem}; {HOW}") from None
    if not isinstance(gap, GAPS):
        raise NotAMoment(HOW)
    return (BEFORE if side == BEFORE else AFTER), gap


def ladder(refs: References, clocks: Collection[str]) -> tuple[Rung, ...]:
    """The rungs that a policy sets, each of its names held against the file. Once all clocks are made."""
    return tuple(_rungs(refs, clocks))


def usual_ladder(source: UsualLadderSource) -> UsualLadder:
    """The partnership's own ladder. Raises ValueError for what does not hold together."""
    roles = {r.id: Role(r.id, r.title, r.at, tuple(r.tiers), "") for r in source.roles}
    rungs = []
    for written in source.ladder:
        side, gap = moment(written.when)
        tells = tuple(map(seat, written.tells))
        for told in tells:
            if told.role not in roles and not (told.role is None and told.side in OF_THE_OWNER):
                raise ValueError(
                    f"the rung {written.id!r} tells {told}, whom the file does not have"
                )
        rungs.append(Rung(written.id, side, gap, tells, clocks=tuple(written.only_for)))
        if unknown := set(written.only_for) - set(OF_ANY_CASE):
            raise ValueError(
                f"the rung {written.id!r} is for duties no case has: {sorted(unknown)}"
            )
    if len({rung.id for rung in rungs}) < len(rungs):
        raise ValueError("two rungs have the same id")
    above = {tier: tuple(tiers) for tier, tiers in source.above.items()}
    return UsualLadder(
        tuple(rungs), MappingProxyType(roles), MappingProxyType(above), tuple(source.watches)
    )


OF_ANY_CASE = ("action",)
"""The duties that a rung of the usual ladder may be for."""
OF_THE_OWNER = ("owner", "above", "lead")
"""What a rung may say of the duty itself: whose it is, who is next up, who sees the outcome through."""


def _rungs(refs: References, clocks: Collection[str]) -> list[Rung]:
    found = []
    for i, written in enumerate(refs.source.ladder):
        where: Where = ("ladder", i)
        side: Literal["before", "at", "after"] = AT
        gap: Gap | None = None
        try:
            side, gap = moment(written.when)
        except NotAMoment as problem:
            refs.wrong((*where, "when"), "not-a-moment", str(problem))
        found.append(
            Rung(
                id=written.id,
                side=side,
                gap=gap,
                tells=tuple(
                    _seat(refs, text, (*where, "tells", n)) for n, text in enumerate(written.tells)
                ),
                clause=written.clause,
                clocks=tuple(
                    _clock(refs, name, clocks, (*where, "for", n))
                    for n, name in enumerate(written.only_for)
                ),
            )
        )
    return found


def _seat(refs: References, text: str, where: Where) -> Seat:
    told = seat(text)
    if told.side not in OF_THE_OWNER:
        return refs.seat(text, where)
    if told.role is not None:
        refs.known(told.role, refs.roles, where, "role")
    return told


def _clock(refs: References, name: str, clocks: Collection[str], where: Where) -> str:
    """The duty a policy calls by the id of a step, a way on or a clock."""
    if name in clocks:
        return name
    if f"way-{name}" in clocks:
        return f"way-{name}"
    refs.wrong(where, "no-such-clock", f"there is no duty called {name!r}")
    return name
