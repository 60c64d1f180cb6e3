"""A policy's limits, seats and triggers as a person would say them.

`explaining` builds its sentences from these, and a page may use them by themselves. They add
nothing to what the policy says: where it gives no time, the words say that it gives none.
"""

from __future__ import annotations

from datetime import date

from counterpart.policy import triggers
from counterpart.policy.model import LimitRule, Policy, Seat, Stage
from counterpart.worktime import (
    AsSoonAsPossible,
    Immediate,
    Limit,
    NotStated,
    SameWorkingDay,
    ServiceHours,
    in_words,
)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HAPPENINGS = {
    "raised": "the concern is raised",
    "urgent": "someone reports that the child is at risk of immediate harm",
    "settled": "the sides say that they agree",
    "unsettled": "the sides no longer agree",
    "panel convened": "the panel is convened",
    "panel heard": "the panel has heard every agency",
    "panel decided": "the panel decides",
    "outcome proposed": "the outcome is written down",
    "confirmed": "the outcome is confirmed",
    "dissented": "an agency says that it does not agree with the written outcome",
    "gap reported": "a gap in policies or procedures is reported",
    "band set": "somebody says which band of priority it is in",
    "closed": "the case is closed",
    "withdrawn": "the concern is withdrawn",
    "exited": "the case leaves for something else",
    "reopened": "the case is opened again",
}
OF_A_STEP = {
    "done": "this is on the record",
    "required": "an agency requires this meeting",
    "agreed": "they agree at this",
    "not agreed": "they do not agree at this",
    "answered": "it is said whether this settles it",
}
OF_A_DUTY = {
    "owner": "Whoever has to do it",
    "above": "The next person up from them, in their own agency",
    "lead": "Whoever sees the agreed outcome through",
}
OF_A_WAY = {
    "asked": "approval is asked for this",
    "approved": "this is approved",
    "refused": "approval for this is refused",
}


def number_words(n: int) -> str:
    """`three`, or the figures from eleven on."""
    return NUMBERS[n] if n < len(NUMBERS) else str(n)


def day_words(day: date) -> str:
    """`3 December 2014`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def listed(parts: tuple[str, ...], last: str = "and") -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def small(text: str) -> str:
    """The text to follow a colon: its first letter small, unless it begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence already."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def limit_words(rule: LimitRule, policy: Policy | None = None) -> str:
    """A limit as one or a few whole sentences. `policy` has the names of its bands and roles."""
    if rule.by_band:
        return _banded(rule, policy)
    if rule.is_agreed:
        return f"In a time that every agency agrees to, case by case.{_outer(rule)}"
    if rule.set_by:
        who = f" Who sets it: {seat_words(policy, rule.set_by)}." if policy else ""
        return f"In a time that is set for each case.{who}{_outer(rule)}"
    if len(rule.fixed) == 1:
        return _one_limit(rule.fixed[0], protective=rule.protective)
    if not rule.fixed:
        return "Within a time that protects the child. The policy gives no other limit."
    words = listed(tuple(_amount(limit) for limit in rule.fixed), "or")
    sooner = " It may be sooner, if that is what protects the child." if rule.protective else ""
    return f"Within {words}, whichever is shorter.{sooner}"


def _banded(rule: LimitRule, policy: Policy | None) -> str:
    bands = policy.bands.bands if policy and policy.bands else ()
    titles = {band.id: band.title for band in bands}
    return " ".join(
        f"{titles.get(name, name)}: {small(_one_limit(limit, protective=False))}"
        for name, limit in rule.by_band.items()
    )


def _outer(rule: LimitRule) -> str:
    """The outer limit of a time that people set, as a sentence to follow another."""
    match rule.fixed:
        case ():
            return ""
        case (NotStated(),):
            return " The policy gives no outer limit."
        case (Immediate() | AsSoonAsPossible() | SameWorkingDay() as limit,):
            return f" Whatever is set: {small(_one_limit(limit, protective=False))}"
        case limits:
            return f" At the most: {listed(tuple(_amount(limit) for limit in limits), 'or')}."


def _one_limit(limit: Limit, *, protective: bool) -> str:
    sooner = ", or sooner if that is what protects the child" if protective else ""
    match limit:
        case Immediate():
            return "At once."
        case AsSoonAsPossible():
            return f"As soon as possible{sooner}. The policy gives no deadline."
        case NotStated(reason=reason):
            why = f" ({reason})" if reason else ""
            if protective:
                return f"In a time that protects the child. The policy gives no other limit{why}."
            return f"The policy gives no time{why}."
        case SameWorkingDay():
            return f"By {_amount(limit)}{sooner}."
        case _:
            return f"Within {_amount(limit)}{sooner}."


def _amount(limit: Limit) -> str:
    """So much time, to follow "within"."""
    if isinstance(limit, ServiceHours):
        hours = "1 hour" if limit.n == 1 else f"{limit.n} hours"
        return f"{hours} in which this service is open: {service_words(limit.service.name)}"
    return in_words(limit)


def service_words(name: str) -> str:
    """A service as people read it: `front-door` is “front door”."""
    return f"“{name.replace('-', ' ')}”"


def seat_words(policy: Policy, seat: Seat, stage: Stage | None = None) -> str:
    """Whose place a seat is, beginning with a capital letter and without a full stop.

    A seat without a role is whoever speaks for its side; at a known `stage` that is a role.
    """
    if seat.side == "raiser":
        return "The person who raised the concern"
    if seat.side == "outside":
        return policy.outsiders[seat.role].title if seat.role else "Somebody from outside"
    if seat.side in OF_A_DUTY and not seat.role:
        return OF_A_DUTY[seat.side]
    role = seat.role or (_speaker(stage, seat.side) if stage else None)
    title = policy.roles[role].title if role else "Whoever speaks"
    if seat.side == "partnership":
        return title if role else "Whoever speaks for the partnership"
    of = "in" if role else "for"
    bodies = {
        "raising": "the agency that raised the concern",
        "receiving": "the other agency",
        "each": "each agency",
        "owner": "the agency whose duty it is",
    }
    return f"{title} {of} {bodies[seat.side]}"


def stages_words(policy: Policy, names: tuple[str, ...], last: str = "and") -> str:
    """Stages in short: `Stage 1 and Stage 4`, or the title in quotation marks without a number.

    Of a number that several stages share, the title is said too, unless all of them are meant.
    """
    parts = (_short(policy, policy.stages[name], names) for name in names)
    return listed(tuple(dict.fromkeys(parts)), last)


def _short(policy: Policy, stage: Stage, names: tuple[str, ...]) -> str:
    if not stage.number:
        return f"“{stage.title}”"
    sharing = {other.id for other in policy.stages.values() if other.number == stage.number}
    return f"Stage {stage.number}" + ("" if sharing <= set(names) else f" (“{stage.title}”)")


def _speaker(stage: Stage, side: str) -> str | None:
    """The role that speaks for a side at a stage; for each side, where it is the same."""
    if side == "each":
        roles = set(stage.speaks.values())
        return roles.pop() if len(roles) == 1 else None
    return stage.speaks.get(side)


OF_A_TIME = {
    "time set": "a time was set for this",
    "time offered": "a time was put forward for this",
    "time agreed": "an agency agreed to the time for this",
}


def trigger_words(policy: Policy, trigger: str) -> str:
    """When a clock starts or stops, to follow "when"."""
    if trigger in HAPPENINGS:
        return HAPPENINGS[trigger]
    word, name = triggers.parts(trigger)
    match word:
        case "opened":
            return f"the case comes to “{policy.stages[name].name}”"
        case "left":
            return f"the case leaves “{policy.stages[name].name}”"
        case "tried":
            return f"“{policy.stages[name].name}” was tried and did not settle it"
        case "time set" | "time offered" | "time agreed":
            return f"{OF_A_TIME[word]}: “{policy.clocks[name].what}”"
        case "missed":
            return f"the time for this passes: “{policy.clocks[name].what}”"
        case "date":
            return f"the day of this comes: “{policy.dates[name].title}”"
        case "asked" | "approved" | "refused":
            return f"{OF_A_WAY[word]}: “{policy.ways_on[name].title}”"
        case _:
            return f"{OF_A_STEP[word]}: “{policy.steps[name].what}”"
