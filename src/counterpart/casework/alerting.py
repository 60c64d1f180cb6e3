"""Noticing what is unusual about who looks at cases, and telling those who are to look into it.

Run by the worker each minute. It counts rows of the log of reads and of refusals, and stops nobody: a person who
has a right to a case keeps it. Whoever is told finds out why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from counterpart.access.alerts import make_alert
from counterpart.access.kinds import ALERT_WORDS, EVERYWHERE, MANY_READ, MANY_REFUSED
from counterpart.access.models import Read, RefusedTry
from counterpart.lists.models import CaseRow
from counterpart.messages.alerting import owe_alert
from counterpart.people.directory import directory_as_of
from counterpart.people.finders import (
    partnerships,
    partnerships_managed_by,
    partnerships_open_to,
    posts_of,
)
from counterpart.people.kinds import DATA_PROTECTION_LEAD

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAY_IS = 4
"""How many hours' worth of cases are unusual in one day."""
DESK_IS = 5
"""How many times as many a business manager may open: all the partnership's cases are theirs to watch."""
REFUSALS_AN_HOUR = 10
"""How many cases that are not there for them one person may ask for in an hour: links grow old, fingers slip."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A length of time that is looked at, when the one under way began, and how many cases are unusual."""

    since: datetime
    began_at: datetime
    limit: int


def look_for_the_unusual(now: datetime) -> int:
    """Make an alert of each person who read unusually much or was refused again and again, and count them.

    Safe to run again: one alert for a person, partnership and hour (or day). Two queries where there is nothing.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    a_day = settings.READS_AN_HOUR * DAY_IS
    spans = (
        _Span(now - HOUR, hour, settings.READS_AN_HOUR),
        _Span(now - DAY, hour.replace(hour=0), a_day),
    )
    found = sum(_read(span, now) for span in spans)
    return found + _refused(now - HOUR, hour, now)


def raise_alert(
    *, kind: str, partnership: str, since_at: datetime, n: int, now: datetime, person: str = ""
) -> bool:
    """Make one alert and owe word of it to the data protection leads; False where it had been made.

    `since_at` is when the period began that `n` was counted in.
    """
    with transaction.atomic():
        alert = make_alert(kind, partnership, since_at=since_at, n=n, now=now, person=person)
        if alert is not None:
            owe_alert(alert, _leads(partnership, person, now), ALERT_WORDS[kind], now)
    return alert is not None


def _read(span: _Span, now: datetime) -> int:
    rows = Read.objects.filter(at__gt=span.since, at__lte=now).values_list("person")
    counted = rows.annotate(n=Count("case", distinct=True)).filter(n__gt=span.limit)
    made = 0
    for person, n in counted.order_by("person"):
        if n > span.limit * DESK_IS or not partnerships_managed_by(person, now):
            cases = Read.objects.filter(person=person, at__gt=span.since, at__lte=now)
            here = CaseRow.objects.filter(case__in=cases.values("case"))
            made += sum(
                raise_alert(kind=MANY_READ, partnership=one, since_at=span.began_at, n=n, now=now,
                            person=person)
                for one in here.values_list("partnership", flat=True).distinct()
            )  # fmt: skip
    return made


def _refused(since: datetime, hour: datetime, now: datetime) -> int:
    rows = RefusedTry.objects.filter(at__gt=since, at__lte=now).values_list("person")
    counted = rows.annotate(n=Count("id")).filter(n__gt=REFUSALS_AN_HOUR)
    return sum(
        raise_alert(kind=MANY_REFUSED, partnership=one, since_at=hour, n=n, now=now, person=person)
        for person, n in counted.order_by("person")
        for one in _where(person, now)
    )


def _where(person: str, now: datetime) -> list[str]:
    """The partnerships somebody is in; all of them for somebody who is in none."""
    return [one.id for one in partnerships_open_to(person, now) or partnerships()]


def _leads(partnership: str, person: str, now: datetime) -> Iterable[str]:
    """The data protection leads of the office, and of the agencies of whoever it is about."""
    agencies = {post.body for post in posts_of(person, now)} if person else set()
    if partnership == EVERYWHERE:
        return [lead for one in partnerships() for lead in _leads(one.id, person, now)]
    directory = directory_as_of(now, agencies, partnership)
    bodies = (partnership, *sorted(agencies - {partnership}))
    return [post.id for body in bodies for post in directory.posts(body, [DATA_PROTECTION_LEAD])]  # type: ignore[arg-type]  # ids
