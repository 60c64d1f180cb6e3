"""My page and the lists behind it. They are about whoever is signed in, and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.routes import declared
from counterpart.casework.watching import unwatched_by
from counterpart.web.lines import place_in_list
from counterpart.web.mypage import mine
from counterpart.web.pages import page, see_other


@declared("signed_in")
def my_page(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I wait for, my cases, my news."""
    account: Any = request.user
    person, now = person_of(request), _now(request)
    found = mine.mine(person, now)
    sees_to_it = account.is_administrator or found.watches_reads
    values = {
        "mine": found,
        "is_administrator": account.is_administrator,
        "unwatched": unwatched_by(person, now) if sees_to_it else (),
        "older": "",
        "now": now,
    }
    return page(request, "mypage/my_page.jinja", values)


@declared("signed_in")
def cases(request: HttpRequest, *, has_ended: bool = False) -> HttpResponse:
    """All my cases that are open, or those that have ended."""
    after = place_in_list(request.GET.get("after", ""))
    found = mine.cases_page(person_of(request), _now(request), is_open=not has_ended, after=after)
    here = reverse("mypage:ended" if has_ended else "mypage:cases")
    values = {
        "cases": found,
        "has_ended": has_ended,
        "older": _onwards(here, found.next),
        "newest": here if after else None,
        "now": _now(request),
    }
    return page(request, "mypage/cases.jinja", values)


@declared("signed_in")
def notices(request: HttpRequest) -> HttpResponse:
    """Everything I have been told, newest first."""
    after = request.GET.get("after", "")
    news = mine.news_page(person_of(request), _now(request), after=after)
    here = reverse("mypage:notices")
    values = {
        "news": news,
        "older": _onwards(here, news.next),
        "newest": here if after else None,
        "now": _now(request),
    }
    return page(request, "mypage/notices.jinja", values)


@declared("signed_in", methods=("POST",))
def mark_all_seen(request: HttpRequest) -> HttpResponse:
    """I have seen all that my page showed me."""
    mine.mark_all(person_of(request), request.POST.get("newest", ""), _now(request))
    messages.success(request, "Everything you have been told is marked as seen.")
    return see_other(reverse("mypage:notices"))


def _onwards(here: str, after: str) -> str | None:
    return f"{here}?{urlencode({'after': after})}" if after else None


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
