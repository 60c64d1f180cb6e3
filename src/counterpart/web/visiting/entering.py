"""Typing the code that was sent, and saying who one is; then the visit begins."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.access.visitors import Visitor
from counterpart.casework import coming_in, guessing, visiting
from counterpart.casework.visiting import Link
from counterpart.people import mailcodes
from counterpart.people.mailboxes import is_shared
from counterpart.web.pages import page, see_other
from counterpart.web.visiting import visits
from counterpart.web.visiting.forms import WRONG_CODE, CodeForm, WhoForm
from counterpart.web.visiting.sending import remember
from counterpart.web.visiting.visits import Asked

NOT_THEIRS = (
    "This was sent to somebody else who reads this mailbox. Ask them to answer it, or ask your safeguarding"
    " lead who should."
)
NOT_AS_THEY = {
    coming_in.HasLeft: (
        "Somebody of this name had a post here and has left it. Ask your safeguarding lead to put that right."
    ),
    coming_in.HasAccount: "Somebody of this name has an account now. If that is you, sign in with it.",
}
OVER = "That code can no longer be used: it was used, is too old, or was typed wrongly too often. Ask for a new one."


@declared("anyone", methods=("GET", "POST"))
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Type the code. Five tries, then a new one has to be asked for."""
    asked, now = visits.asked_of(request), _now(request)
    if asked is None:
        return over(request)
    form = CodeForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        if mailcodes.use_code(asked.code, form.cleaned_data["code"], now):
            is_tied = bool(asked.message) and "tie" in request.POST
            shown = replace(asked, proved_at=now.isoformat(), may_be_tied=is_tied)
            return _go_on(request, shown)
        guessing.wrong_code(asked.code, get_ip(request), now)
        form.refuse(OVER if mailcodes.is_over(asked.code, now) else WRONG_CODE, "code")
    sent = mailcodes.sent(asked.code) if asked.is_repeated else None
    values = {"form": form, "is_answering": bool(asked.message), "sent": sent}
    return page(request, "visiting/code.jinja", values)


@declared("anyone", methods=("GET", "POST"))
@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """Say one's name and post, where the mailbox alone does not tell."""
    asked, now = visits.asked_of(request), _now(request)
    if asked is None or not asked.is_proved(now):
        return over(request)
    if asked.message:
        link = visiting.asked_for(asked.message, asked.address, now)
        return _answers_as(request, asked, link) if link and link.is_good else over(request)
    return (
        _raises_as(request, asked.address)
        if coming_in.may_raise(asked.address, now)
        else over(request)
    )


def over(request: HttpRequest) -> HttpResponse:
    """410: nothing is to be had here any more, or ever was; and whom to ask."""
    return page(request, "visiting/over.jinja", {"link": None}, status=410)


def _go_on(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The code was right: straight in where the directory says who reads the mailbox, else to say so."""
    now = _now(request)
    if asked.message:
        link = visiting.asked_for(asked.message, asked.address, now)
        if link is None or not link.is_good:
            return over(request)
        if visiting.is_known(link, now):
            return _begin(request, visiting.begin_answer(link, now=now), asked)
    elif coming_in.may_raise(asked.address, now):
        visitor = coming_in.begin_raising(asked.address, now)
        if visitor:
            return _begin(request, visitor, asked)
    request.session.cycle_key()
    visits.note_asked(request, asked)
    return see_other(reverse("visiting:who"))


def _answers_as(request: HttpRequest, asked: Asked, link: Link) -> HttpResponse:
    name, title = visiting.known_as(link)
    form = WhoForm(_sent(request), initial={"name": name, "title": title})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            visitor = visiting.begin_answer(
                link, name=said["name"], stated_post=said["title"], now=_now(request)
            )
        except visiting.NotTheirs:
            form.refuse(NOT_THEIRS, "name")
        else:
            return _begin(request, visitor, asked)
    return page(request, "visiting/who.jinja", {"form": form, "is_answering": True})


def _raises_as(request: HttpRequest, address: str) -> HttpResponse:
    now = _now(request)
    agencies, before = coming_in.agencies_at(address, now), coming_in.stated_before(address, now)
    form = WhoForm(_sent(request), agencies=agencies, initial=asdict(before) if before else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        agency = said.get("agency") or (agencies[0].id if agencies else "")
        agency = agency or (before.agency if before else "")
        who = {"agency": agency, "name": said["name"], "title": said["title"]}
        try:
            visitor = coming_in.come_in(address=address, now=now, **who)
        except (coming_in.HasLeft, coming_in.HasAccount) as no:
            form.refuse(NOT_AS_THEY[type(no)], "name")
        else:
            return _begin(request, visitor, Asked("", address))
    values = {
        "form": form,
        "is_answering": False,
        "is_again": before is not None,
        "is_shared": is_shared(address, now),
    }
    return page(request, "visiting/who.jinja", values)


def _begin(request: HttpRequest, visitor: Visitor, asked: Asked) -> HttpResponse:
    visits.begin(request, visitor)
    if asked.may_be_tied:
        answer = see_other(reverse("cases:tie", kwargs={"reference": visitor.reference}))
    else:
        answer = see_other(reverse("visiting:duty" if visitor.is_answering else "raising:start"))
    remember(answer, visitor.address)
    return answer


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
