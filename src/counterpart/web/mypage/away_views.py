"""Saying that one is away and who stands in, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.routes import declared
from counterpart.casework.absence import come_back, go_away
from counterpart.journal.errors import Conflict
from counterpart.people.changes import DirectoryFault
from counterpart.people.colleagues import cover_about, own_posts, posts_in
from counterpart.people.days import day_of
from counterpart.people.directory import Snapshot
from counterpart.people.standing import HeldPost
from counterpart.web.errors import conflict
from counterpart.web.forms import Option
from counterpart.web.mypage.forms import AwayForm
from counterpart.web.pages import page, see_other

ARRANGED = "It is arranged. It begins and ends by itself on the days you gave."
ENDED = "Nobody stands in for you by this any more."
AT_ONCE = (
    "Somebody else was changing the directory at the same moment, so this was not saved. "
    "Send it again."
)


@declared("signed_in", methods=("GET", "POST"))
def away(request: HttpRequest) -> HttpResponse:
    """From when to when one is away, and who stands in."""
    person, now = person_of(request), _now(request)
    posts = own_posts(person, now)
    places = list(_places(posts, posts_in({post.body for post in posts}, now), person))
    sent = request.POST if places and request.method == "POST" else None
    form = AwayForm(sent, places=places, today=day_of(now))
    if form.is_valid() and _arranged(form, person, now):
        messages.success(request, ARRANGED)
        return see_other(reverse("mypage:away"))
    values = {"form": form, "posts": posts, "places": places, "cover": cover_about(person, now)}
    return page(request, "mypage/away.jinja", values)


@declared("signed_in", methods=("POST",))
def back(request: HttpRequest, cover: str) -> HttpResponse:
    """One is back, or not away after all: nobody stands in by this any more."""
    try:
        come_back(person=person_of(request), cover=cover, now=_now(request))
    except Conflict:
        return conflict(request, what=AT_ONCE, typed=[], link=("Go back", reverse("mypage:away")))
    # The same where there is no such cover of theirs: so it is with a second press.
    messages.success(request, ENDED)
    return see_other(reverse("mypage:away"))


def _arranged(form: AwayForm, person: str, now: datetime) -> bool:
    """Whether it could be; else why not stands on the form."""
    try:
        go_away(
            person=person,
            covering=form.covering,
            from_on=form.cleaned_data["from_on"],
            until_on=form.until_on,
            now=now,
            key=form.key,
        )
    except DirectoryFault as fault:
        form.refuse(fault.words)
    except Conflict:
        form.refuse(AT_ONCE)
    else:
        return True
    return False


def _places(
    posts: tuple[HeldPost, ...], directory: Snapshot, person: str
) -> Iterator[tuple[str, str, list[Option]]]:
    """Each agency or office one has a post in, with the colleagues there; none without any."""
    for body, name in {post.body: post.body_name for post in posts}.items():
        titles: dict[tuple[str, str], list[str]] = {}
        for post in directory.all_posts():
            for holder in post.holders if post.body == body else ():
                if holder.acting_for is None and holder.person != person:
                    titles.setdefault((holder.name, holder.person), []).append(post.title)
        colleagues = [
            Option(one, f"{said}, {' and '.join(dict.fromkeys(theirs))}")
            for (said, one), theirs in sorted(titles.items())
        ]
        if colleagues:
            yield body, name, colleagues


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
