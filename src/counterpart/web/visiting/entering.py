"""Typing the code that was sent, and saying who one is; then the visit begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.access.visitors import Visitor
from counterpart.casework import visiting
from counterpart.casework.visiting import Link
from counterpart.people import mailcodes
from counterpart.web.pages import page, see_other
from counterpart.web.visiting import visits
from counterpart.web.visiting.forms import WRONG_CODE, CodeForm, WhoForm
from counterpart.web.visiting.visits import Asked

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
        visiting.wrong_code(now)
        form.refuse(OVER if mailcodes.is_over(asked.code, now) else WRONG_CODE, "code")
    values = {"form": form, "is_answering": bool(asked.message)}
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
        if visiting.may_raise(asked.address, now)
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
        if visiting.is_known(link):
            return _begin(request, visiting.begin_answer(link, now=now), asked)
    elif visiting.may_raise(asked.address, now):
        visitor = visiting.begin_raising(asked.address, now)
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
        visitor = visiting.begin_answer(
            link, name=said["name"], stated_post=said["title"], now=_now(request)
        )
        return _begin(request, visitor, asked)
    return page(request, "visiting/who.jinja", {"form": form, "is_answering": True})


def _raises_as(request: HttpRequest, address: str) -> HttpResponse:
    agencies = visiting.agencies_at(address, _now(request))
    form = WhoForm(_sent(request), agencies=agencies)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        visitor = visiting.come_in(
            address=address,
            agency=said.get("agency") or agencies[0].id,
            name=said["name"],
            title=said["title"],
            now=_now(request),
        )
        return _begin(request, visitor, Asked("", address))
    return page(request, "visiting/who.jinja", {"form": form, "is_answering": False})


def _begin(request: HttpRequest, visitor: Visitor, asked: Asked) -> HttpResponse:
    visits.begin(request, visitor)
    if asked.may_be_tied:
        return see_other(reverse("cases:tie", kwargs={"reference": visitor.reference}))
    return see_other(reverse("visiting:duty" if visitor.is_answering else "raising:start"))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
