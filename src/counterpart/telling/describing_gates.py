"""How the entries at the gates of a policy read: approvals, answers, exits, bands, dates, and times that pass.

What the clock writes is told in whole sentences: what time passed, and what the policy says of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from counterpart.casework.casefile import CaseFile
from counterpart.casework.editions import label_of
from counterpart.engine import events as e
from counterpart.policy.model import IfMissed, Policy
from counterpart.policy.phrases import listed, seat_words
from counterpart.telling.dates import day, moment

Fact = tuple[str, str]
Body = tuple[str, list[Fact]]

NOT_HERE = "Something that this edition does not ask for"


def gate_title(file: CaseFile, event: Any) -> str:
    """The title of an entry that says more than its kind, or ""."""
    match event:
        case e.ApprovalAnswered():
            return "Approval given" if event.is_given else "Approval refused"
        case e.AnswerGiven():
            return (
                "What was agreed settles it"
                if event.is_satisfied
                else "What was agreed is not enough"
            )
        case e.LimitSet():
            return _time_set(file, event.clock)
        case e.ExitTaken():
            return f"Another way was taken: {file.policy.exits[event.exit].title}"
    return ""


def _time_set(file: CaseFile, clock: str) -> str:
    known = file.policy.clocks.get(clock)
    if known is not None and known.limit.is_agreed:
        return "A time was put forward"
    return "A time was set" if known is not None and known.limit.set_by else ""


def what(file: CaseFile, clock: str) -> str:
    """What has to be done by a time of the policy, in its words."""
    known = file.policy.clocks.get(clock)
    return known.what if known else NOT_HERE


def _limit(file: CaseFile, ev: e.LimitSet) -> Body:
    return ev.reason, [("For", what(file, ev.clock)), ("By", moment(ev.due_at))]


def _passed(file: CaseFile, ev: e.LimitPassed) -> Body:
    """The time that passed, and what the policy says then."""
    about = f" ({file.body_name(ev.agency)})" if ev.agency else ""
    passed = f"The time for “{what(file, ev.clock)}”{about} passed on {moment(ev.due_at)}."
    clock = file.policy.clocks.get(ev.clock)
    rule = clock.if_missed if clock else None
    said = _follows(file.policy, rule) if rule else "something else follows from it"
    clause = rule.clause if rule else clock.clause if clock else ""
    return f"{passed} The policy says that {said}.", [("Clause", clause)]


def _follows(policy: Policy, rule: IfMissed) -> str:
    """What follows from a missed time, to stand after "The policy says that"."""
    way = f"“{policy.ways_on[rule.way].title}”" if rule.way else ""
    who = seat_words(policy, rule.by) if rule.by else "whoever has to do it"
    then = {
        "tell": "",
        "fail": "it then counts as not agreed",
        "move": f"the case goes on by itself: {way}",
        "choose": f"somebody chooses what comes next: {who}",
        "bar": f"this can then no longer be done: {way}",
    }[rule.then]
    told = listed(tuple(seat_words(policy, seat) for seat in rule.tells))
    tells = f"these are told: {told}" if told else ""
    return "; ".join(part for part in (then, tells) if part) or "it is put on the record"


def _deadlines(file: CaseFile, ev: e.EditionMoved | e.CalendarMoved) -> list[Fact]:
    """Each deadline that was open then, before and after."""
    return [
        (
            f"{what(file, one.clock)}{f' ({file.body_name(one.agency)})' if one.agency else ''}",
            _before_and_after(one),
        )
        for one in ev.deadlines
    ]


def _before_and_after(one: e.DeadlineMoved) -> str:
    if one.before_at == one.after_at:
        return f"{_time(one.after_at)}, as before"
    return f"{_time(one.before_at)} before, {_time(one.after_at)} after"


def _time(at: datetime | None) -> str:
    return moment(at) if at else "no time"


def _edition(file: CaseFile, ev: e.EditionMoved) -> Body:
    labels = [
        ("From", label_of(ev.from_edition) or "An edition not kept here"),
        ("To", label_of(ev.to_edition) or "An edition not kept here"),
    ]
    return ev.reason, [*labels, *_deadlines(file, ev)]


def _calendar(file: CaseFile, ev: e.CalendarMoved) -> Body:
    said = (
        "The bank holidays that the times are counted by have changed. "
        "A time that had passed already stays as it was."
    )
    editions = [("From", f"Edition {ev.from_edition}"), ("To", f"Edition {ev.to_edition}")]
    return said, [*editions, *_deadlines(file, ev)]


def _way(file: CaseFile, way: str) -> Fact:
    known = file.policy.ways_on.get(way)
    return "For", known.title if known else NOT_HERE


def _answer(file: CaseFile, ev: e.AnswerGiven) -> Body:
    return ev.reason, [("About", file.policy.steps[ev.step].what)]


def _exit(file: CaseFile, ev: e.ExitTaken) -> Body:
    way_out = file.policy.exits[ev.exit]
    leads_to = ", ".join(part for part in (way_out.where, way_out.stage) if part)
    ends = "The case ended here." if way_out.ends else "The case stayed open here as well."
    return ev.what, [("Where it leads", leads_to), ("Here", ends), ("Clause", way_out.clause)]


def _band(file: CaseFile, ev: e.BandSet) -> Body:
    bands = file.policy.bands.bands if file.policy.bands else ()
    title = file.policy.bands.title if file.policy.bands else "Priority"
    return ev.reason, [(title, next((b.title for b in bands if b.id == ev.band), ev.band))]


def _date(file: CaseFile, ev: e.OutsideDateGiven) -> Body:
    known = file.policy.dates.get(ev.which)
    return "", [(known.title if known else NOT_HERE, day(ev.on)), ("How it is known", ev.source)]


GATES: dict[type, Callable[[CaseFile, Any], Body]] = {
    e.LimitSet: _limit,
    e.ApprovalAsked: lambda file, ev: (ev.reason, [_way(file, ev.way)]),
    e.ApprovalAnswered: lambda file, ev: (ev.reason, [_way(file, ev.way)]),
    e.AnswerGiven: _answer,
    e.ExitTaken: _exit,
    e.EditionMoved: _edition,
    e.CalendarMoved: _calendar,
    e.LimitAgreed: lambda file, ev: (
        "", [("For", what(file, ev.clock)), ("Agency", file.body_name(ev.agency))]),
    e.LimitPassed: _passed,
    e.BandSet: _band,
    e.OutsideDateGiven: _date,
}  # fmt: skip
