"""A duty in the words of a page: by when, from which clause, and whether time is short.

One way of saying it, for the case, the receipt, the desk and one's own page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from counterpart.casework.casefile import CaseFile
from counterpart.engine.directory import PostRecord
from counterpart.engine.duties import DueTime, Duty, candidates, owner, place
from counterpart.engine.kinds import Id
from counterpart.policy.model import Clock, Policy, Step
from counterpart.policy.phrases import seat_words
from counterpart.telling.dates import moment, until
from counterpart.worktime import AsSoonAsPossible

SOON = timedelta(days=1)
AS_SOON_AS_POSSIBLE = "As soon as possible. The policy gives no number of days."
NO_TIME = "The policy gives no time. As soon as you can."


def due_words(due: DueTime, now: datetime, waits: str = "") -> str:
    """When it is due, or in plain words why there is no time. No number is ever made up.

    `waits` says for whom the time waits, if it does (see `waits_words`).
    """
    if due.at is not None:
        said = f"{moment(due.at)} ({until(due.at, now)})"
        return f"{said}, at the latest. {waits}" if waits and due.awaits else said
    if due.cannot:
        return " ".join(one.words for one in due.cannot)
    if waits and due.awaits:
        return f"No time yet. {waits}"
    if any(isinstance(one.limit, AsSoonAsPossible) for one in due.without):
        return AS_SOON_AS_POSSIBLE
    return NO_TIME


def waits_words(policy: Policy, clock: Clock | None) -> str:
    """For whom the time of a clock may have to wait: who sets it, or says which band it is; else ""."""
    if clock is None:
        return ""
    if clock.limit.by_band and policy.bands:
        who = seat_words(policy, policy.bands.set_by)
        return f"Who says which it is ({policy.bands.title}): {who}."
    if clock.limit.is_agreed:
        return "The agencies agree it between them."
    if clock.limit.set_by:
        return f"Who sets it: {seat_words(policy, clock.limit.set_by)}."
    return ""


def duty_due_words(file: CaseFile, duty: Duty) -> str:
    """When a duty of a case is due, or why there is no time and for whom it waits."""
    waits = waits_words(file.policy, file.policy.clocks.get(duty.clock))
    return due_words(duty.due, file.now, waits)


def duty_words(file: CaseFile, duty: Duty) -> str:
    """What a duty of a case is, with the agency it is about, and where it goes on to."""
    # Between the sides a duty is about the agency that has it: its name stands there as the owner's.
    about = file.agency_names.get(duty.about or "", "") if duty.about != duty.body else ""
    what = f"{duty.what} ({about})" if about and duty.side != "each" else duty.what
    return way_words(file.policy, duty.way, what) if duty.way else what


def state_word(due_at: datetime | None, now: datetime) -> str:
    """`Late`, `Due soon`, or nothing while there is time or none is set."""
    if due_at is None:
        return ""
    if due_at < now:
        return "Late"
    return "Due soon" if due_at - now < SOON else ""


def clause_words(policy: Policy, clause: str) -> str:
    """`2.3: Stage Two`; "" for what no clause asks for, but an agency."""
    if not clause:
        return ""
    return f"{clause}: {policy.clauses[clause].title}"


def way_words(policy: Policy, way: str, title: str) -> str:
    """A way on in words. A step is often called the same, so it says that the case goes on."""
    there = policy.stages[policy.ways_on[way].to_stage]
    return f"{title} (goes on to {f'Stage {there.number}' if there.number else there.title})"


def with_whom(file: CaseFile, duty: Duty) -> tuple[PostRecord, ...]:
    """The post a discussion or a notice is with: the one named, else all that could be meant.

    What somebody outside the disagreement holds with the sides is with every agency in it.
    """
    step = file.policy.steps.get(duty.step or "")
    if step is None or step.counterpart is None:
        return ()
    is_of_all = step.counterpart.side == "each" and duty.body not in file.state.parties
    abouts = file.state.parties if is_of_all and duty.about is None else (duty.about,)
    return tuple(post for about in abouts for post in _counterparts(file, duty, step, about))


def _counterparts(
    file: CaseFile, duty: Duty, step: Step, about: Id | None
) -> tuple[PostRecord, ...]:
    """Who a step is with in one agency, each of whom could be meant."""
    if step.counterpart is None:
        return ()
    body, role = place(file.policy, file.state, step.counterpart, about)
    post, _ = owner(file.policy, file.state, file.directory, body, role)
    if post is not None and post == duty.post:
        return ()  # a meeting of all sides is with nobody in particular
    record = file.directory.post(Id(post)) if post else None
    return (record,) if record else candidates(file.policy, file.directory, body, role)


def in_order(policy: Policy, duties: Iterable[Duty]) -> list[Duty]:
    """Immediate risk first, then single things to do, then the time that covers several stages."""
    urgent = {step.id for step in policy.urgent.steps} if policy.urgent else set()

    def place(duty: Duty) -> tuple[bool, bool]:
        clock = policy.clocks.get(duty.clock)
        return duty.step not in urgent, bool(clock and clock.over)

    return sorted(duties, key=place)
