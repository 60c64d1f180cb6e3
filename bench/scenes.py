"""What is measured of the web: a request to a real page, and the one to the bare view beside it.

Each scene hands out pairs. A page that only shows is asked for the same few cases again and again; an act is done
once on each case.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle
from zoneinfo import ZoneInfo

from bench.requests import Asked, signed_in
from counterpart.access.kinds import RAISER
from counterpart.access.models import Relation
from counterpart.lists.models import CaseRow, PartyRow
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Account

SHOWN = 12
"""How many cases the case page is asked for in turn."""

FIRST_DISCUSSION = 3
"""The version of a record in which the workers have not spoken yet."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A page and the bare view that makes the same statements."""

    page: Asked
    bare: Asked


def case_pages() -> Iterator[Pair]:
    """Open cases with a history, each looked at by whoever raised it."""
    rows = list(CaseRow.objects.filter(status="open").order_by("-version", "case")[:SHOWN])
    pairs = []
    for row in rows:
        page = Asked(_raiser(row.case), f"/cases/{row.reference}")
        pairs.append(Pair(page, replace(page, path=f"/bare{page.path}")))
    return cycle(pairs)


def desks() -> Iterator[Pair]:
    """The business manager's desk, as one comes to it."""
    manager = Account.objects.get(person__holdings__post__tier=BUSINESS_MANAGER)
    page = Asked(signed_in(manager), "/desk")
    return cycle([Pair(page, replace(page, path="/bare/desk"))])


def discussions() -> Iterator[Pair]:
    """The workers' first discussion, written down by whoever raised the case; two cases a pair."""
    fresh = CaseRow.objects.filter(status="open", stage="other-worker", version=FIRST_DISCUSSION)
    rows = iter(fresh.order_by("raised_at", "case"))
    for row, other in zip(rows, rows, strict=False):
        page = _discussion(row, f"/cases/{row.reference}/step/workers-discuss")
        yield Pair(page, _discussion(other, f"/bare/cases/{other.reference}/record"))


SCENES: dict[str, Callable[[], Iterator[Pair]]] = {
    "case-page": case_pages,
    "desk": desks,
    "record-discussion": discussions,
}


def _discussion(row: CaseRow, path: str) -> Asked:
    at = (datetime.now(UTC) - timedelta(minutes=10)).astimezone(ZoneInfo("Europe/London"))
    token = secrets.token_hex(16)
    others = PartyRow.objects.filter(case=row.case, side="receiving")
    sent = {
        "csrfmiddlewaretoken": token,
        "idempotency_key": uuid.uuid4().hex,
        "version": str(FIRST_DISCUSSION),
        "happened_at-day": str(at.day),
        "happened_at-month": str(at.month),
        "happened_at-year": str(at.year),
        "happened_at-time": f"{at:%H:%M}",
        "how": "telephone",
        "agencies": list(others.values_list("agency", flat=True)),
        "present": "The two of us.",
        "said": "We went through it again. We still see the risk differently, and say so here.",
        "result": "not_agreed",
        "agreed": "",
        "next_step": "I will say by tomorrow how we go on.",
    }
    return Asked(f"{_raiser(row.case)}; csrf={token}", path, 303, sent)


def _raiser(case: str) -> str:
    """The cookies of whoever raised this case."""
    return _cookies(Relation.objects.get(case=case, kind=RAISER).subject)


@cache
def _cookies(person: str) -> str:
    return signed_in(Account.objects.get(person=person))
