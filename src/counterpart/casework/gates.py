"""What people do at the gates of a policy: approvals, answers, exits, bands, dates, agreed times.

One function an act, with the common arguments of `acts`. Where the policy gives an act to a seat,
whoever acts must sit there (see `seats`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Unpack

from counterpart.casework.acts import By
from counterpart.casework.seats import not_theirs
from counterpart.casework.writing import Done, Loaded, act, directory_for
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal
from counterpart.policy.model import Policy, Seat


def ask_approval(*, way: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Ask for the approval that a way on needs."""
    event = e.ApprovalAsked(way=Code(way), reason=Words(reason))
    return act(lambda _: event, **by)


def answer_approval(*, way: str, is_given: bool, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Approve a way on, or refuse it with a reason."""
    if not is_given and not reason:
        return Refusal("no_reason", "Write why it is not approved.")
    event = e.ApprovalAnswered(way=Code(way), is_given=is_given, reason=Words(reason))
    return _by_seat(event, lambda policy: _way_approval(policy, way), by)


def say_whether_satisfied(
    *, step: str, is_satisfied: bool, reason: str, **by: Unpack[By]
) -> Done | Refusal:
    """Say whether what was agreed in a step settles it; if it does not, why."""
    if not is_satisfied and not reason:
        return Refusal("no_reason", "Write why it does not settle the matter.")
    event = e.AnswerGiven(step=Code(step), is_satisfied=is_satisfied, reason=Words(reason))
    return _by_seat(event, lambda policy: _satisfies(policy, step), by)


def take_exit(*, exit: str, what: str, **by: Unpack[By]) -> Done | Refusal:  # noqa: A002  the field's own name
    """Record that a way out of the policy was taken; it ends the case where the policy says so."""
    event = e.ExitTaken(exit=Code(exit), what=Words(what))
    return act(lambda _: event, **by)


def set_band(*, band: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Say which band of priority the case is in."""
    event = e.BandSet(band=Code(band), reason=Words(reason))
    return _by_seat(event, lambda policy: policy.bands.set_by if policy.bands else None, by)


def set_time(*, clock: str, due_at: datetime, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Set the time that the policy leaves to one seat, or put a time to the other sides to agree."""
    event = e.LimitSet(clock=Code(clock), due_at=due_at, reason=Words(reason))
    return _by_seat(event, lambda policy: _sets(policy, clock), by)


def give_date(*, which: str, on: date, source: str, **by: Unpack[By]) -> Done | Refusal:
    """Give, or change, a date from outside the policy."""
    event = e.OutsideDateGiven(which=Code(which), on=on, source=Words(source))
    return act(lambda _: event, **by)


def agree_time(*, clock: str, agency: str, **by: Unpack[By]) -> Done | Refusal:
    """One agency agrees to the time that was put forward."""
    event = e.LimitAgreed(clock=Code(clock), agency=Id(agency))
    return act(lambda _: event, **by)


def _by_seat(event: Any, whose: Callable[[Policy], Seat | None], by: By) -> Done | Refusal:
    """Carry out what only one seat of the policy may. Where it has no such thing, the engine says so."""

    def propose(loaded: Loaded) -> Any:
        seat = whose(loaded.policy)
        if seat is None:
            return event
        directory = directory_for(loaded.state, by["now"])
        refusal = not_theirs(loaded.policy, loaded.state, directory, seat, by["actor"])
        return refusal or event

    return act(propose, **by)


def _way_approval(policy: Policy, way: str) -> Seat | None:
    found = policy.ways_on.get(way)
    return found.approval if found else None


def _satisfies(policy: Policy, step: str) -> Seat | None:
    found = policy.steps.get(step)
    return found.satisfies if found else None


def _sets(policy: Policy, clock: str) -> Seat | None:
    """Whose it is to set a time; one that the sides agree, any of them puts forward."""
    found = policy.clocks.get(clock)
    if found is None:
        return None
    return Seat("each") if found.limit.is_agreed else found.limit.set_by
