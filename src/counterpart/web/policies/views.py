"""Views about a policy for people who are signed in: have your say, and whom to speak to."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.answers import Allowed
from counterpart.access.permission import can_in
from counterpart.access.routes import declared
from counterpart.casework import editions, policycomments
from counterpart.casework.actors import acting
from counterpart.people.finders import PartnershipRecord, partnerships_open_to
from counterpart.web.pages import page, see_other
from counterpart.web.policies.forms import SayForm
from counterpart.web.policies.numbers import PostsForm, posts_page

ACT = "comment_on_policy"
SAID = "Thank you. The partnership’s office has been told, and can read what you wrote."


@declared("signed_in", methods=("GET", "POST"))
def have_your_say(request: HttpRequest, policy: str) -> HttpResponse:
    """Say what does not work in a policy that runs where one works."""
    person, now = person_of(request), _now(request)
    theirs = _may_speak(person, policy, now)
    if not theirs:
        raise Http404
    form = SayForm(request.POST if request.method == "POST" else None, partnerships=theirs)
    if form.is_valid():
        _say(person, form, now)
        messages.success(request, SAID)
        return see_other(reverse("policies:say", args=(policy,)))
    said = [
        comment
        for each in theirs
        for comment in policycomments.comments(each.id)
        if comment.person == person and comment.policy == policy
    ]
    values = {
        "form": form,
        "policy": editions.current(theirs[0].id),
        "said": said,
        "now": now,
    }
    return page(request, "policies/say.jinja", values)


@declared("signed_in")
def posts(request: HttpRequest) -> HttpResponse:
    """The posts in another agency to speak to, stage by stage, with their telephone numbers."""
    person, now = person_of(request), _now(request)
    form = PostsForm(request.GET or None, person=person, now=now)
    shown = posts_page(form, now) if form.is_valid() else None
    return page(request, "policies/posts.jinja", {"form": form, "asked": form, "shown": shown})


def _may_speak(person: str, policy: str, now: datetime) -> tuple[PartnershipRecord, ...]:
    """The partnerships where this policy is in force and the person may speak of it."""
    return tuple(
        each
        for each in partnerships_open_to(person, now)
        if each.policy == policy and isinstance(can_in(person, ACT, each.id, now), Allowed)
    )


def _say(person: str, form: SayForm, now: datetime) -> None:
    allowed, policy = can_in(person, ACT, form.chosen, now), editions.current(form.chosen)
    if not isinstance(allowed, Allowed) or policy is None:
        raise Http404
    policycomments.say(
        policy=policy,
        partnership=form.chosen,
        text=form.cleaned_data["comment"],
        actor=acting(person=person, allowed=allowed, at=now, home=""),
        now=now,
        key=form.key,
    )


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
