"""The page of a data protection lead: enter a reference to see who looked, and see to what was unusual.

It must not show, or lead to, anything of what is in a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.alerts import AlertRow, looked_at, open_alerts
from counterpart.access.answers import Allowed
from counterpart.access.kinds import EVERYWHERE
from counterpart.access.permission import can, partnerships_watched_by
from counterpart.access.reading import record_refusal
from counterpart.access.routes import declared
from counterpart.casework.casefile import find
from counterpart.people.finders import people_by_id, posts_of
from counterpart.people.kinds import DATA_PROTECTION_LEAD
from counterpart.web.desk.forms import FindForm
from counterpart.web.pages import page, see_other

NOT_FOUND = (
    "There is no case with this reference whose readers you may see. Check each letter and number, or ask "
    "whoever gave it to you to read it out again."
)
SEEN_TO = "It is written down that you have looked into it."


@dataclass(frozen=True, slots=True)
class Unusual:
    """An alert in words. `who` is "" where nobody is known."""

    id: int
    words: str
    who: str
    n: int
    since_at: datetime


@declared("signed_in", methods=("GET", "POST"))
def who_looked(request: HttpRequest) -> HttpResponse:
    """For whoever is or covers a data protection lead, or has the desk."""
    person, now = person_of(request), _now(request)
    watched = _watched(person, now)
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        case = find(reference)
        if case and isinstance(can(person, "see_reads", case, now), Allowed):
            return see_other(reverse("cases:reads", kwargs={"reference": reference}))
        record_refusal(person=person, at=now, page="reading:who_looked")
        form.refuse(NOT_FOUND, "reference")
    values = {"form": form, "alerts": _unusual(open_alerts(watched)), "watches": bool(watched)}
    return page(request, "reading/who_looked.jinja", values)


@declared("signed_in", methods=("POST",))
def seen_to(request: HttpRequest, alert: int) -> HttpResponse:
    """Somebody has looked into an alert: it goes from the desk and from this page."""
    person, now = person_of(request), _now(request)
    watched = _watched(person, now)
    if looked_at(alert, watched, by=person, now=now):
        messages.success(request, SEEN_TO)
    return see_other(reverse("reading:who_looked"))


def _watched(person: str, now: datetime) -> tuple[str, ...]:
    """The partnerships whose alerts they see, with what is of no one partnership.

    Http404 for whoever is neither lead nor has a desk.
    """
    watched = partnerships_watched_by(person, now)
    is_lead = any(post.tier == DATA_PROTECTION_LEAD for post in posts_of(person, now))
    if not watched and not is_lead:
        raise Http404
    return (*watched, EVERYWHERE) if watched else ()


def _unusual(rows: tuple[AlertRow, ...]) -> list[Unusual]:
    names = people_by_id({row.person for row in rows if row.person})
    return [
        Unusual(row.id, row.words, names.get(row.person, ""), row.n, row.since_at) for row in rows
    ]


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    return now
