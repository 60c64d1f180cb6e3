"""The recipe every act on a case follows: load, decide, append, lists, notices; one transaction.

An act is a function from the case as it stands to the event it proposes. Nothing here knows
which act it is. What somebody typed is never lost: a refusal is a value the page shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from counterpart.access.relations import rewrite_denials, rewrite_relations
from counterpart.casework.actors import CLOCK, Acting
from counterpart.casework.conflicts import kept_out
from counterpart.casework.editions import policy_of
from counterpart.casework.ladders import the_usual_ladder
from counterpart.casework.relating import denials, relations
from counterpart.casework.told_by_ladder import told_by_ladder
from counterpart.casework.watching import comes_to, office, tell
from counterpart.engine.deciding import decide
from counterpart.engine.duties import Duty, duties
from counterpart.engine.events import ConcernRaised
from counterpart.engine.fold import fold
from counterpart.engine.gatherings import gatherings
from counterpart.engine.kinds import Id
from counterpart.engine.ladder import climbs
from counterpart.engine.moving import edition_of
from counterpart.engine.notices import (
    LEFT,
    STILL_AT_RISK,
    URGENT,
    Notice,
    has_left,
    is_unheard,
    notices,
    told_once,
    untold,
)
from counterpart.engine.registry import Recorded
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.engine.watching import instead, is_kept_from_somebody
from counterpart.journal.errors import Conflict, Repeated
from counterpart.journal.models import Submission
from counterpart.journal.reading import made_by, read_facts, submission
from counterpart.journal.writing import New, append, refuse_repeated
from counterpart.lists.writing import rewrite
from counterpart.messages.climbing import fired
from counterpart.messages.inviting import owe_invitations
from counterpart.messages.owing import owe
from counterpart.people.directory import Snapshot, directory_as_of
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Policy
from counterpart.worktime import Calendar

KIND = "case"
TRIES = 3


@dataclass(frozen=True, slots=True)
class Done:
    """An act that happened. `repeated` where the same submission had already made it."""

    case: str
    reference: str
    entries: tuple[Recorded, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case as an act finds it: what is true, and what it is judged by."""

    case: str
    policy: Policy
    state: CaseState
    record: tuple[Recorded, ...]
    calendar: Calendar


Propose = Callable[[Loaded], Any]


def load(case: str) -> Loaded:
    """The case with this id, folded. One query. Raises ValueError if there is none."""
    record = read_facts(case)
    if not record or not isinstance(record[0].event, ConcernRaised):
        raise ValueError("no such case")
    policy = policy_of(edition_of(record))
    return Loaded(case, policy, fold(policy, record), record, calendar_of(policy))


def directory_for(state: CaseState, at: datetime) -> Snapshot:
    """The posts of every agency in the case and of the partnership, as of a moment.

    Nobody who is kept from the case is among their holders.
    """
    return seen_from(state, directory_as_of(at, state.parties, state.partnership), at)


def seen_from(state: CaseState, directory: Snapshot, at: datetime) -> Snapshot:
    """The directory as this case sees it: without those who are kept from it."""
    people = kept_out(state, at)
    return directory.without(people) if people else directory


def act(
    propose: Propose,
    *,
    case: str,
    actor: Acting,
    now: datetime,
    key: str,
    seen: int | None = None,
    happened_at: datetime | None = None,
) -> Done | Refusal:
    """Carry out one act on a case.

    `propose` is given the case as it stands and answers with the event wanted, or with a tuple
    of events of which the first is judged. `seen` is the version the page showed: where given,
    a record that has changed since is refused. A second call with the same `key`, by the same
    person on the same case, returns what the first made. A race lost to somebody else is tried
    again on the case as it then stands.
    """
    key = own_key(key, actor.person, case)
    for left in range(TRIES, 0, -1):
        try:
            with transaction.atomic():
                refuse_repeated(key)
                return _once(propose, case, actor, now, key, seen, happened_at or now)
        except Repeated as again:
            return made_before(again.submission)
        except Conflict:
            if left == 1:
                raise
    raise AssertionError("unreachable")


def settle(
    case: str,
    policy: Policy,
    record: tuple[Recorded, ...],
    wanted: Sequence[Any],
    *,
    actor: Acting,
    now: datetime,
    key: str | None,
    happened_at: datetime,
    was: CaseState | None,
    before: Sequence[Duty],
    directory: Snapshot,
) -> tuple[Recorded, ...]:
    """Append the events and make everything that follows from them: lists, relations, notices.

    Called inside a transaction, in which `refuse_repeated` was asked of the `key`: by `act`, and by the
    raising of a concern (an empty `record`, and no state that it `was` in).
    """
    expected = record[-1].version if record else 0
    days = calendar_of(policy)
    new = [
        New(
            id=Id(uuid4().hex),
            # What follows from an act happens when it is written, not when the act happened.
            happened_at=happened_at if i == 0 else now,
            actor=actor.facts,
            names=actor.names,
            event=event,
        )
        for i, event in enumerate(wanted)
    ]
    made = append(case, KIND, expected, new, key=key, has_looked=True, written_at=now)
    state = fold(policy, (*record, *made))
    directory = seen_from(state, directory, now)
    after = duties(policy, state, directory, days)
    rewrite(
        case,
        state,
        after,
        climbs(policy, state, after, days, the_usual_ladder()),
        was=was,
    )
    # A duty that opens with this very act has not climbed.
    has_climbed = {duty.opened_by for duty in after} - {entry.id for entry in made}
    climbed = told_by_ladder(policy, state, directory, after, fired(case) if has_climbed else {})
    related = relations(policy, state, after, directory, days, climbed)
    come = comes_to(case, related)
    rewrite_relations(case, related, is_open=state.is_open)
    if is_kept_from_somebody(state) or (was and is_kept_from_somebody(was)):
        rewrite_denials(case, denials(state, kept_out(state, now)))
    owed = notices(policy, state, made, before, after, directory)
    if state.urgent_by in {entry.id for entry in made} and untold(policy, state, directory):
        owed += _to_office(URGENT, made[0], state, directory)
    if is_unheard(policy, state, directory, made):
        heard = _to_office(STILL_AT_RISK, made[0], state, directory)
        owed = told_once((*owed, *heard), after)
    if any(has_left(entry) for entry in made) and not come:
        owed += _to_office(LEFT, made[0], state, directory)
    if is_kept_from_somebody(state):
        owed = instead(owed, state, directory, the_usual_ladder().watches)
        tell(case, state, directory, come, now)
    owe(case, state.reference, owed, (*before, *after), now, occasion=made[0].id)
    asked = gatherings(policy, state, (*record, *made), directory)
    owe_invitations(case, state.reference, asked, now, occasion=made[0].id)
    return made


def _to_office(
    kind: str, entry: Recorded, state: CaseState, directory: Snapshot
) -> tuple[Notice, ...]:
    return tuple(Notice(kind, entry.id, post=post.id) for post in office(state, directory))


def _once(
    propose: Propose,
    case: str,
    actor: Acting,
    now: datetime,
    key: str,
    seen: int | None,
    happened_at: datetime,
) -> Done | Refusal:
    loaded = load(case)
    if seen is not None and seen != loaded.state.version:
        return Refusal(
            "changed_since",
            "The record has changed since you opened this page. What you wrote is still here. "
            "Look at the newest entries, then send it again.",
        )
    proposed = propose(loaded)
    if isinstance(proposed, Refusal):
        return proposed
    first, *more = proposed if isinstance(proposed, tuple) else (proposed,)
    decided = decide(
        loaded.policy,
        loaded.state,
        first,
        happened_at=happened_at,
        now=now,
        calendar=loaded.calendar,
        more=more,
    )
    if isinstance(decided, Refusal):
        return decided
    directory = directory_for(loaded.state, now)
    made = settle(
        case,
        loaded.policy,
        loaded.record,
        [decided[0], *more, *decided[1:]],
        actor=actor,
        now=now,
        key=key,
        happened_at=happened_at,
        was=loaded.state,
        before=duties(loaded.policy, loaded.state, directory, loaded.calendar),
        directory=directory,
    )
    return Done(case, loaded.state.reference, made)


def own_key(key: str, person: str | None, case: str) -> str:
    """A submission's key as the journal keeps it: good for one person and one case.

    A key that somebody else has seen, or that was used elsewhere, neither shows nor does anything.
    """
    return hashlib.sha256(f"{person or CLOCK} {case} {key}".encode()).hexdigest()


def was_sent(*, key: str, person: str, case: str) -> bool:
    """Whether this person has already sent this form of this case, and it was accepted."""
    return submission(own_key(key, person, case)) is not None


def made_before(made: Submission) -> Done:
    """What an earlier sending of the same form made."""
    record = read_facts(made.stream)
    return Done(made.stream, record[0].event.reference, made_by(made), repeated=True)
