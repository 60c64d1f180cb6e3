"""What people do at the gates of a policy: approvals, answers, exits, bands, dates, agreed times.

One function an act, with the common arguments of `acts`.
"""

from __future__ import annotations

from datetime import date
from typing import Unpack

from counterpart.casework.acts import By
from counterpart.casework.writing import Done, act
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal


def ask_approval(*, way: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Ask for the approval that a way on needs."""
    event = e.ApprovalAsked(way=Code(way), reason=Words(reason))
    return act(lambda _: event, **by)


def answer_approval(*, way: str, is_given: bool, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Approve a way on, or refuse it with a reason."""
    event = e.ApprovalAnswered(way=Code(way), is_given=is_given, reason=Words(reason))
    return act(lambda _: event, **by)


def say_whether_satisfied(
    *, step: str, is_satisfied: bool, reason: str, **by: Unpack[By]
) -> Done | Refusal:
    """Say whether what was agreed in a step settles it."""
    event = e.AnswerGiven(step=Code(step), is_satisfied=is_satisfied, reason=Words(reason))
    return act(lambda _: event, **by)


def take_exit(*, exit: str, what: str, **by: Unpack[By]) -> Done | Refusal:  # noqa: A002  the field's own name
    """Record that a way out of the policy was taken; it ends the case where the policy says so."""
    event = e.ExitTaken(exit=Code(exit), what=Words(what))
    return act(lambda _: event, **by)


def set_band(*, band: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Say which band of priority the case is in."""
    event = e.BandSet(band=Code(band), reason=Words(reason))
    return act(lambda _: event, **by)


def give_date(*, which: str, on: date, source: str, **by: Unpack[By]) -> Done | Refusal:
    """Give, or change, a date from outside the policy."""
    event = e.OutsideDateGiven(which=Code(which), on=on, source=Words(source))
    return act(lambda _: event, **by)


def agree_time(*, clock: str, agency: str, **by: Unpack[By]) -> Done | Refusal:
    """One agency agrees to the time that was put forward."""
    event = e.LimitAgreed(clock=Code(clock), agency=Id(agency))
    return act(lambda _: event, **by)
