"""Handing on what one's own post has to do: one part in a case, or many at once, each for itself.

A part is all that one role of one post has to do in one case: it goes to another post of the same
agency or office, and the times stay as they are. What cannot be handed on stays with its owner,
and the partnership's business manager is told of it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from counterpart.access.answers import Allowed
from counterpart.access.permission import can_by
from counterpart.casework.actors import acting
from counterpart.casework.one_by_one import do_each
from counterpart.casework.watching import office
from counterpart.casework.writing import (
    Done,
    Loaded,
    act,
    directory_for,
    load,
    made_before,
    own_key,
    was_sent,
)
from counterpart.engine import events as e
from counterpart.engine.directory import Directory
from counterpart.engine.duties import Duty, duties
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.notices import Notice
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.journal.reading import submission
from counterpart.lists.finding import DeskRow
from counterpart.messages.kinds import NOT_HANDED
from counterpart.messages.owing import owe

log = logging.getLogger(__name__)

GONE = Refusal("not_there", "There is nothing left to hand on: it has been done or handed on.")
NOT_YOURS = Refusal("not_yours", "This is not for you to hand on.")
AN_ACTION = Refusal(
    "agreed_action",
    "An agreed action, and something to learn, stay with the post that the record names for them.",
)
ENDED = Refusal("case_ended", "The case has ended. What is left to do stays with the post.")
HAS_IT = Refusal("has_it", "They have it already. Choose somebody else.")
ELSEWHERE = Refusal("not_their_agency", "They are not in the agency that has to do this.")
VACANT = Refusal("vacant", "Nobody holds that post at the moment. Choose somebody else.")
CANNOT_TAKE = Refusal("cannot_take", "They cannot be given this case. Choose somebody else.")
BUSY = Refusal("busy", "Other people were writing in this case at the same moment. Try again.")
FAULT = Refusal("fault", "Something went wrong on our side. Try again.")


@dataclass(frozen=True, slots=True)
class Part:
    """What one role of one post has to do in one case. `role` is "" for agreed actions."""

    case: str
    body: str
    role: str
    post: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one part: the post that has it now, or why it stays where it was."""

    part: Part
    to: str
    refusal: Refusal | None = None


def hand_on(
    *,
    part: Part,
    to: str,
    reason: str,
    person: str,
    now: datetime,
    key: str,
    seen: int | None = None,
) -> Done | Refusal:
    """Hand one part to another post of the same body, by the right of the post that has it.

    The same `key` again returns what the first made. Raises `journal.errors.Conflict`.
    """
    key = key_of(key, part)
    if made := submission(own_key(key, person, part.case)):
        return made_before(made)
    allowed = can_by(person, "hand_on", part.case, now, post=part.post)
    if not isinstance(allowed, Allowed):
        return NOT_YOURS

    def propose(loaded: Loaded) -> Any:
        directory = directory_for(loaded.state, now)
        if not _owed(loaded, directory, part):
            return GONE
        if not part.role:
            return AN_ACTION
        if not loaded.state.is_open:
            return ENDED
        if refusal := _cannot_take(directory, part, to):
            return refusal
        return e.SeatNamed(
            seat=e.SeatTaken(body=Id(part.body), role=Code(part.role), post=Id(to)),
            cause=Code("handed_on"),
            reason=Words(reason),
        )

    actor = acting(person=person, allowed=allowed, at=now, home="")
    return act(propose, case=part.case, actor=actor, now=now, key=key, seen=seen)


def hand_on_each(
    *, parts: Mapping[Part, str], reason: str, person: str, now: datetime, key: str
) -> tuple[Handed, ...]:
    """Hand each part to the post named for it, whatever becomes of the others; in the order given.

    The business manager is told of what stays where it was. The same `key` again does nothing twice.
    """
    found = {part: Handed(part, to, FAULT) for part, to in parts.items()}

    def one(part: Part) -> int:
        to = parts[part]
        found[part] = _tried(part, to, reason, person, now, key)
        return found[part].refusal is None

    _each(parts, one)
    stayed = [each.part for each in found.values() if each.refusal not in (None, GONE)]
    _each(stayed, lambda part: _tell_the_office(part, now, key))
    return tuple(found.values())


def _each(parts: Iterable[Part], do: Callable[[Part], int]) -> None:
    """Do it for each. What went wrong is in the log; whoever handed it on is shown that it stayed."""
    try:
        do_each(parts, do)
    except ExceptionGroup:
        log.exception("something could not be handed on")


def was_handed(*, part: Part, person: str, key: str) -> bool:
    """Whether this form has already handed on this part."""
    return was_sent(key=key_of(key, part), person=person, case=part.case)


def key_of(key: str, part: Part) -> str:
    """The form's key for one part: two parts of one case are two submissions."""
    return f"{key} {part.body} {part.role}"


def _tried(part: Part, to: str, reason: str, person: str, now: datetime, key: str) -> Handed:
    try:
        answer = hand_on(part=part, to=to, reason=reason, person=person, now=now, key=key)
    except Conflict:
        return Handed(part, to, BUSY)
    if isinstance(answer, Refusal):
        return Handed(part, to, answer)
    named: e.SeatNamed = answer.entries[0].event
    return Handed(part, named.seat.post or to)


def _owed(loaded: Loaded, directory: Directory, part: Part) -> list[Duty]:
    found = duties(loaded.policy, loaded.state, directory, loaded.calendar)
    wanted = (part.body, part.role, part.post)
    return [duty for duty in found if (duty.body, duty.role, duty.post) == wanted]


def _cannot_take(directory: Directory, part: Part, to: str) -> Refusal | None:
    """Why a post cannot be given a part. Why somebody is kept from a case is never said."""
    record = directory.post(Id(to))
    if record is None or record.body != part.body:
        return ELSEWHERE
    if to == part.post:
        return HAS_IT
    if record.holders:
        return None
    return CANNOT_TAKE if record.is_kept_out else VACANT


def _tell_the_office(part: Part, now: datetime, key: str) -> int:
    """Word to whoever watches the case of what stayed where it was; once for each time it was tried."""
    occasion = hashlib.sha256(key_of(key, part).encode()).hexdigest()
    with transaction.atomic():
        loaded = load(part.case)
        directory = directory_for(loaded.state, now)
        there = _owed(loaded, directory, part)
        told = office(loaded.state, directory)
        word = [Notice(NOT_HANDED, duty.id, post=post.id) for duty in there for post in told]
        owe(part.case, loaded.state.reference, word, there, now, occasion=occasion)
    return len(word)


def parts_of(rows: Iterable[DeskRow]) -> dict[Part, list[DeskRow]]:
    """The rows of duties by the part that each belongs to, in the order of the rows."""
    found: dict[Part, list[DeskRow]] = {}
    for row in rows:
        found.setdefault(Part(row.case, row.body, row.role, row.post), []).append(row)
    return found
