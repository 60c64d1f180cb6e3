"""The acts on a partnership's regular duties: done, answered, fell due, put right, withdrawn.

Every act: load, judge, append; one transaction, at the end of the partnership's own stream. The same form twice is
done once. Who may is asked of `access.regular` by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, TypeGuard, Unpack
from uuid import uuid4

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.casework.policystream import own_key
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import Recorded
from counterpart.engine.regular_events import (
    AgencyReturnGiven,
    RegularDutyDone,
    RegularDutyFellDue,
    RegularEntryWithdrawn,
)
from counterpart.engine.regular_rules import NOT_ASKED, refused
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict, Repeated
from counterpart.journal.reading import made_by
from counterpart.journal.writing import New, append, refuse_repeated
from counterpart.office.keeping import KIND, Regular, load, stream_of

TRIES = 3


class By(TypedDict):
    """What every act is given: where, who, when, and the key of the form that was sent."""

    partnership: str
    actor: Acting
    now: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that was made. `repeated` where the same form had made it already."""

    entry: Recorded
    repeated: bool = False


Propose = Callable[[Regular], Any]


def record_done(
    *,
    duty: str,
    agency: str | None,
    period: str,
    occasion: str | None,
    done_on: date,
    what: str,
    told_by: str = "",
    corrects: str | None = None,
    **by: Unpack[By],
) -> Written | Refusal:
    """A regular duty was done, by an agency or (None) by the office, for a period ("") or an occasion (None).

    `corrects` is the entry that stands there now, where this one puts it right.
    """

    def propose(regular: Regular) -> Any:
        return RegularDutyDone(
            partnership=Id(regular.partnership), edition=Code(regular.policy.edition),
            duty=Code(duty), period=Code(period), agency=Id(agency) if agency else None,
            occasion=Id(occasion) if occasion else None, done_on=done_on,
            corrects=Id(corrects) if corrects else None, what=Words(what), told_by=Words(told_by),
        )  # fmt: skip

    return _write(propose, **by)


def give_return(
    *,
    duty: str,
    agency: str,
    period: str,
    occasion: str | None,
    has_nothing: bool,
    what: str,
    told_by: str = "",
    corrects: str | None = None,
    **by: Unpack[By],
) -> Written | Refusal:
    """An agency answers what every agency is asked: what there was, or that there was nothing."""

    def propose(regular: Regular) -> Any:
        return AgencyReturnGiven(
            partnership=Id(regular.partnership), edition=Code(regular.policy.edition),
            duty=Code(duty), period=Code(period), agency=Id(agency),
            occasion=Id(occasion) if occasion else None, has_nothing=has_nothing,
            corrects=Id(corrects) if corrects else None, what=Words(what), told_by=Words(told_by),
        )  # fmt: skip

    return _write(propose, **by)


def note_event(
    *,
    duty: str,
    agency: str | None,
    which: int,
    happened_on: date,
    what: str,
    corrects: str | None = None,
    **by: Unpack[By],
) -> Written | Refusal:
    """Something happened on which a duty falls due: `which` of the texts the policy has for it, from 0.

    `agency` is the one it is for, None for the office or for every agency that has the duty.
    """

    def propose(regular: Regular) -> Any:
        was = regular.book.entry(corrects) if corrects else None
        return RegularDutyFellDue(
            partnership=Id(regular.partnership), edition=Code(regular.policy.edition),
            duty=Code(duty), agency=Id(agency) if agency else None, which=which,
            occasion=was.event.occasion if _has_fallen_due(was) else Id(uuid4().hex),
            happened_on=happened_on, corrects=Id(corrects) if corrects else None,
            what=Words(what),
        )  # fmt: skip

    return _write(propose, **by)


def withdraw(*, entry: str, why: str, **by: Unpack[By]) -> Written | Refusal:
    """An entry was made by mistake. It stays on the record, and counts for nothing."""

    def propose(regular: Regular) -> Any:
        return RegularEntryWithdrawn(
            partnership=Id(regular.partnership), entry=Id(entry), why=Words(why)
        )

    return _write(propose, **by)


def _has_fallen_due(entry: Recorded | None) -> TypeGuard[Recorded]:
    return entry is not None and isinstance(entry.event, RegularDutyFellDue)


def _write(
    propose: Propose, *, partnership: str, actor: Acting, now: datetime, key: str
) -> Written | Refusal:
    key = own_key(key, actor.person, stream_of(partnership))
    for left in range(TRIES, 0, -1):
        try:
            with transaction.atomic():
                refuse_repeated(key)
                return _once(propose, partnership, actor, now, key)
        except Repeated as again:
            return Written(made_by(again.submission)[0], repeated=True)
        except Conflict:
            if left == 1:
                raise
    raise AssertionError("unreachable")


def _once(
    propose: Propose, partnership: str, actor: Acting, now: datetime, key: str
) -> Written | Refusal:
    regular = load(partnership, now)
    if regular is None:
        return NOT_ASKED
    event = propose(regular)
    why_not = refused(event, regular.policy, regular.owed(), regular.book, regular.today)
    if why_not is not None:
        return why_not
    entries = regular.entries
    made = append(
        stream_of(partnership),
        KIND,
        entries[-1].version if entries else 0,
        [
            New(
                id=Id(uuid4().hex),
                happened_at=now,
                actor=actor.facts,
                names=actor.names,
                event=event,
            )
        ],
        key=key,
        has_looked=True,
        written_at=now,
    )
    return Written(made[0])
