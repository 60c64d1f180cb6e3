"""What somebody has begun to write and not sent: kept sealed on the server, for them alone.

A draft is no part of any record and may be thrown away. Everything asks for the person too:
somebody else's draft is as good as none. Where only a name that was stated says who somebody is, it asks for
their `Visit` as well. It must not know what the answers mean: that is for the
pages that ask and for `raising`, which reads them once they are sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from counterpart.casework.models import Draft
from counterpart.vault.notes import open_note, seal_note

LEFT_ALONE = timedelta(minutes=30)


class DraftRecord(NamedTuple):
    """A draft not yet sent."""

    id: str
    started_at: datetime
    saved_at: datetime


class Visit(NamedTuple):
    """A visit by a mailbox that several read: what another one wrote in lately is not there for it.

    Left alone for half an hour it is, for whoever states the same name.
    """

    id: str
    at: datetime


def start(*, person: str, now: datetime, key: str, visit: Visit | None = None) -> str:
    """Begin a draft and return its id. The same `key` of the same person begins it only once."""
    draft = hashlib.sha256(f"draft {person} {key}".encode()).hexdigest()[:32]
    Draft.objects.get_or_create(
        id=draft,
        defaults={
            "person": person,
            "visit": visit.id if visit else "",
            "started_at": now,
            "saved_at": now,
            "sealed": _seal(draft, {}),
        },
    )
    return draft


def load(*, draft: str, person: str, visit: Visit | None = None) -> dict[str, Any] | None:
    """The answers so far, or None for a draft that is not this person's, gone or sent."""
    row = _unsent(person, visit).filter(id=draft).first()
    return _open(row) if row else None


def save(
    *,
    draft: str,
    person: str,
    answers: Mapping[str, Any],
    now: datetime,
    visit: Visit | None = None,
) -> None:
    """Keep these answers beside those already given; None takes an answer away.

    Only what is named changes, so that two tabs do not undo each other. Nothing happens to a
    draft that is not this person's, gone or sent.
    """
    with transaction.atomic():
        row = _unsent(person, visit).select_for_update().filter(id=draft).first()
        if row is None:
            return
        kept = {**_open(row), **answers}
        row.sealed = _seal(draft, {name: said for name, said in kept.items() if said is not None})
        row.saved_at, row.visit = now, visit.id if visit else ""
        row.save(update_fields=["sealed", "saved_at", "visit"])


def drop(*, draft: str, person: str, visit: Visit | None = None) -> None:
    """Throw a draft away. One that has been sent leaves nothing to throw away."""
    _unsent(person, visit).filter(id=draft).delete()


def mark_sent(*, draft: str, person: str, reference: str) -> None:
    """The draft has become a case. Its answers are in the record now, and nowhere else."""
    _unsent(person).filter(id=draft).update(sealed=None, sent_as=reference)


def sent_as(*, draft: str, person: str) -> str | None:
    """The reference of the case this person's draft became, or None."""
    sent = Draft.objects.filter(id=draft, person=person, sent_as__isnull=False)
    return sent.values_list("sent_as", flat=True).first()


def drafts_of(person: str, visit: Visit | None = None) -> tuple[DraftRecord, ...]:
    """What this person has begun and not sent, the last saved first."""
    rows = _unsent(person, visit).order_by("-saved_at", "id")
    return tuple(DraftRecord(*row) for row in rows.values_list("id", "started_at", "saved_at"))


def _unsent(person: str, visit: Visit | None = None) -> Any:
    rows = Draft.objects.filter(person=person, sent_as__isnull=True)
    if visit is None:
        return rows
    alone = Q(saved_at__lt=visit.at - LEFT_ALONE)
    return rows.filter(alone | Q(visit=visit.id))


def _seal(draft: str, answers: Mapping[str, Any]) -> bytes:
    return seal_note(draft, json.dumps(answers, ensure_ascii=False))


def _open(row: Draft) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(open_note(row.id, bytes(row.sealed or b"")))
    return answers
