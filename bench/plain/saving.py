"""Saving a discussion the plain way: the case alone, or with all that an act of ours leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from bench.plain.models import Case, Duty, Entry, Mail, Notice

STEP = {"step": "workers-discuss", "how": "telephone", "result": "not_agreed"}
WHAT = "Ask your manager to speak to their manager"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Follows:
    """How many rows of each kind one act of ours wrote, as counted in its tables: so many are saved here."""

    ended: int
    opened: int
    notices: int
    mails: int


def saves(case: Case, words: dict[str, str]) -> None:
    """The case's own row, with the discussion in it, in one transaction."""
    with transaction.atomic():
        _saves_case(case, words)


def saves_all(case: Case, duties: list[Duty], words: dict[str, str], follows: Follows) -> None:
    """The same change as ours, in one transaction; `duties` are those of the case that it ends."""
    with transaction.atomic():
        _saves_case(case, words)
        now = case.last_at
        Entry(
            case=case,
            happened_at=now,
            written_at=now,
            person=case.owner,
            post=case.owner,
            agency=case.raising,
            actor_name="Amara Bell",
            actor_post="Class teacher",
            **STEP,
            **words,
        ).save(force_insert=True)
        for duty in duties:
            duty.ended_at = now
            duty.save()
        for _ in range(follows.opened):
            opens(case)
        told: dict[str, Any] = {"case": case, "what": WHAT, "due_at": case.due_at, "to": case.owner}
        for _ in range(follows.notices):
            Notice(kind="new_duty", made_at=now, **told).save(force_insert=True)
        for _ in range(follows.mails):
            Mail(template="new_duty", made_at=now, **told).save(force_insert=True)


def opens(case: Case) -> Duty:
    """A duty of the case, kept."""
    duty = Duty(
        case=case,
        what=WHAT,
        post=case.owner,
        opened_at=case.last_at,
        due_at=case.due_at,
        clause="6.3",
    )
    duty.save(force_insert=True)
    return duty


def _saves_case(case: Case, words: dict[str, str]) -> None:
    now = datetime.now(UTC)
    for name, value in {**STEP, **words, "last_at": now, "due_at": now + DAY}.items():
        setattr(case, name, value)
    case.save()
