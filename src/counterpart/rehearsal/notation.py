"""What the words in an example may be: a moment, an agency, a role in an agency, a name.

Each reader takes a node of the file and gives back a value, or raises `NotReadable` with plain
words (see `fields`). They know nothing of any policy, so whether it has such a step or clock is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from counterpart.policy.phrases import day_words
from counterpart.rehearsal.directory import RoleAt
from counterpart.rehearsal.fields import NotReadable, Reader, amiss, keys_of
from counterpart.rehearsal.tree import Node
from counterpart.worktime import LocalTimeProblem, in_london, parse_instant

NO_TIME = "no time"
NO_SUM = "cannot be worked out"
END = "end of "
A_MOMENT = "write a time like 2026-11-02 09:00, or 'end of 2026-11-09'"


class Agency(str):
    """The name of an agency, told from any other word so that a story's agencies can be found."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class RoleOrAgency:
    """`line-manager at school`, or only `school`: whoever speaks for it now."""

    body: str
    role: str | None

    def __str__(self) -> str:
        return f"{self.role} at {self.body}" if self.role else self.body


def text(node: Node) -> str:
    """One name or one line of words."""
    if not isinstance(node.value, str):
        raise amiss(node, "one word or name belongs here")
    if not node.value.strip():
        raise amiss(node, "something is missing here")
    return node.value.strip()


def names(node: Node) -> tuple[str, ...]:
    """One name, or a list of names in square brackets."""
    return tuple(text(item) for item in _items(node))


def agency(node: Node) -> Agency:
    """The name of an agency, as the story calls it."""
    return Agency(text(node))


def agencies(node: Node) -> tuple[Agency, ...]:
    """One agency, or a list of them."""
    return tuple(agency(item) for item in _items(node))


def moment(node: Node) -> datetime:
    """`2026-11-02 09:00` or `end of 2026-11-09`, in London time, as an instant."""
    written = text(node)
    is_end = written.startswith(END)
    day = written.removeprefix(END)
    try:
        return parse_instant(f"{day}T23:59:59" if is_end else written.replace(" ", "T", 1))
    except LocalTimeProblem as problem:
        words = A_MOMENT if not _has_shape(written) else str(problem)
        raise amiss(node, words) from None


def moments(node: Node) -> tuple[datetime, ...]:
    """One moment, or a list of them."""
    return tuple(moment(item) for item in _items(node))


def moment_or_none(node: Node) -> datetime | str:
    """A moment, or `no time`, or `cannot be worked out`."""
    written = text(node)
    if written in (NO_TIME, NO_SUM):
        return written
    try:
        return moment(node)
    except NotReadable as no:
        if no.faults[0].words != A_MOMENT:
            raise
        raise amiss(node, f"{A_MOMENT}, or '{NO_TIME}', or '{NO_SUM}'") from None


def day(node: Node) -> date:
    """`2026-11-20`."""
    try:
        return date.fromisoformat(text(node))
    except ValueError:
        raise amiss(node, "write a day like 2026-11-20") from None


def flag(node: Node) -> bool:
    """`true` or `false`; `yes` and `no` will do."""
    written = text(node).lower()
    if written not in ("true", "false", "yes", "no"):
        raise amiss(node, "write true or false")
    return written in ("true", "yes")


def number(node: Node) -> int:
    """A whole number."""
    written = text(node)
    if not (written.isascii() and written.isdigit() and len(written) < 5):
        raise amiss(node, "write a whole number")
    return int(written)


def one_of(*allowed: str) -> Reader:
    """One of a few words."""

    def read(node: Node) -> str:
        written = text(node)
        if written not in allowed:
            raise amiss(node, f"write one of these: {', '.join(allowed)}")
        return written

    return read


def role_at(node: Node) -> RoleAt:
    """`line-manager at school`."""
    role, at, body = text(node).partition(" at ")
    if not (role and at and body):
        raise amiss(node, "write a role and where, like 'line-manager at school'")
    return RoleAt(role.strip(), body.strip())


def roles_at(node: Node) -> tuple[RoleAt, ...]:
    """One role in one place, or a list of them."""
    return tuple(role_at(item) for item in _items(node))


def role_or_agency(node: Node) -> RoleOrAgency:
    """`line-manager at school`, or `school`."""
    role, at, body = text(node).partition(" at ")
    return RoleOrAgency(body.strip(), role.strip()) if at else RoleOrAgency(role.strip(), None)


def roles_or_agencies(node: Node) -> tuple[RoleOrAgency, ...]:
    """One, or a list of them."""
    return tuple(role_or_agency(item) for item in _items(node))


def actions(node: Node) -> dict[str, tuple[Agency, date]]:
    """`{new-plan: social-care by 2026-12-01}`: agreed actions, whose each is, and by which day."""
    found = {}
    for name, item in keys_of(node, "agreed actions").items():
        who, by, until = text(item).partition(" by ")
        if not by:
            raise amiss(item, "write whose it is and by when, like 'social-care by 2026-12-01'")
        found[name] = Agency(who), day(replace(item, value=until))
    return found


def moment_words(at: datetime) -> str:
    """`end of 9 November 2026`, or `9 November 2026 at 09:00`, London time."""
    local = in_london(at)
    clock = local.strftime("%H:%M:%S")
    if clock == "23:59:59":
        return f"end of {day_words(local.date())}"
    return f"{day_words(local.date())} at {clock.removesuffix(':00')}"


def _items(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else [node]


def _has_shape(written: str) -> bool:
    """Whether it is written as a moment is, so that only the day or the hour can be wrong."""
    digits = "".join("0" if c.isdigit() else c for c in written[:24]).replace("T", " ")
    return digits.startswith(("0000-00-00 00:00", f"{END}0000-00-00"))
