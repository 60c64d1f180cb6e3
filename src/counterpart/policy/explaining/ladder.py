"""Who is reminded, and who is told when something is not done: the policy's ladder, or the usual one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counterpart.policy.model import AFTER, AT, Policy, Role, Rung, Seat, UsualLadder
from counterpart.policy.phrases import OF_A_DUTY, listed, seat_words
from counterpart.policy.sections import Bullets, Item, Paragraph, Section
from counterpart.worktime import in_words

HEADING, ANCHOR = "If something is not done in time", "ladder"
ONCE = "Each of these happens once, and only while it has not been done."
NOT_THE_POLICY = (
    "The policy does not say who is told when something is not done in time. "
    "This is how the partnership does it here. It is not part of the policy."
)
OF_ANY_CASE = {"action": "an agreed action"}
"""What the duties are called that a rung of the usual ladder may be for."""
FOR_THE_REST = "For everything else the partnership does as it usually does."


def ladder(policy: Policy) -> Section:
    """The rungs the policy sets. Nothing, where it sets none."""
    items = tuple(Item(_of_policy(policy, rung), (rung.clause,)) for rung in policy.ladder)
    if not items:
        return Section(HEADING, ANCHOR, ())
    is_partial = all(rung.clocks for rung in policy.ladder)
    text = f"{ONCE} {FOR_THE_REST}" if is_partial else ONCE
    return Section(HEADING, ANCHOR, (Paragraph(text), Bullets(items)))


def usual_ladder(usual: UsualLadder) -> Section:
    """What the partnership does where its policy says nothing, said as the partnership's own."""
    items = tuple(
        Item(
            f"{_when(rung)}: {listed(tuple(_usual_seat(s, usual.roles) for s in rung.tells))}.{_only(rung)}"
        )
        for rung in usual.rungs
    )
    return Section(HEADING, ANCHOR, (Paragraph(NOT_THE_POLICY), Paragraph(ONCE), Bullets(items)))


def with_usual_ladder(
    sections: Iterable[Section], policy: Policy, usual: UsualLadder
) -> tuple[Section, ...]:
    """An explanation with the partnership's own ladder at its end, where the policy sets none."""
    found = tuple(sections)
    return found if policy.ladder else (*found, usual_ladder(usual))


def rung_words(policy: Policy, rung: Rung) -> str:
    """When a rung of a policy is, and who is told then, without a full stop."""
    told = listed(tuple(seat_words(policy, seat) for seat in rung.tells))
    return f"{_when(rung)}: {told}"


def _of_policy(policy: Policy, rung: Rung) -> str:
    words = f"{rung_words(policy, rung)}."
    if not rung.clocks:
        return words
    names = listed(tuple(f"“{policy.clocks[name].what}”" for name in rung.clocks))
    return f"{words} Only for {names}."


def _only(rung: Rung) -> str:
    """For which of the duties that any case may have a rung of the usual ladder is."""
    return (
        f" Only for {listed(tuple(OF_ANY_CASE[name] for name in rung.clocks))}."
        if rung.clocks
        else ""
    )


def _when(rung: Rung) -> str:
    if rung.side == AT or rung.gap is None:
        return "When it is due"
    so_long = in_words(rung.gap)
    return f"{so_long} {'after it was due' if rung.side == AFTER else 'before it is due'}"


def _usual_seat(seat: Seat, roles: Mapping[str, Role]) -> str:
    if seat.role is None:
        return OF_A_DUTY[seat.side]
    title, at = roles[seat.role].title, roles[seat.role].at
    return f"{title} in the agency whose duty it is" if at == "agency" else title
