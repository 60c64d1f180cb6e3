"""Handing on what one has to do: one part of a case, or everything at once; and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.routes import declared
from counterpart.casework.casefile import CaseFile, find
from counterpart.casework.handing import (
    Handed,
    Part,
    hand_on,
    hand_on_each,
    parts_of,
    was_handed,
)
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.lists.finding import duties_of_cases
from counterpart.people.directory import posts_as_of
from counterpart.people.finders import body_names, posts_of
from counterpart.web.cases.acts import NOWHERE, admitted, lost_a_race
from counterpart.web.desk.forms import ReassignForm
from counterpart.web.desk.reassigning import work_of
from counterpart.web.forms.form import key_sent
from counterpart.web.lines import Names
from counterpart.web.mypage.forms import HandAllForm
from counterpart.web.mypage.handing import Piece, chosen, my_work
from counterpart.web.pages import page, see_other

KEPT = "handed_on"
"""Where the session keeps what became of it, for the page that says so: references, posts, our own words."""
GIVEN = "It is handed on. Whoever you chose has it now, and is told at once."


@declared("signed_in", methods=("GET", "POST"))
def hand_all(request: HttpRequest) -> HttpResponse:
    """Hand on all that one's own posts have to do, or some of it."""
    person, now = person_of(request), _now(request)
    sent = request.POST if request.method == "POST" else None
    work = my_work(person, now, sent=sent, key=key_sent(request.POST))
    form = HandAllForm(sent, work=work)
    if form.asked and form.is_valid():
        done = hand_on_each(
            parts=chosen(form, work),
            reason=form.cleaned_data["reason"],
            person=person,
            now=now,
            key=form.key,
        )
        request.session[KEPT] = [_kept(each, work.pieces[each.part]) for each in done]
        return see_other(reverse("mypage:handed"))
    return page(request, "mypage/hand_all.jinja", {"form": form, "work": work})


@declared("signed_in")
def handed(request: HttpRequest) -> HttpResponse:
    """What was handed on to whom, and what could not be and why."""
    kept = request.session.get(KEPT)
    if not kept:
        return see_other(reverse("mypage:hand_all"))
    names = _names([each["to"] for each in kept], _now(request))
    values = {
        "done": [{**each, "to": names.post(each["to"])} for each in kept if not each["why"]],
        "stayed": [each for each in kept if each["why"]],
    }
    return page(request, "mypage/handed.jinja", values)


@declared("case:hand_on", methods=("GET", "POST"))
def hand_one(request: HttpRequest, reference: str, body: str, role: str) -> HttpResponse:
    """Hand on what one role of one's own has to do in a case."""
    if request.method == "POST" and _was_sent_before(request, reference, body, role):
        return _given(request)
    part = _part(request, reference, body, role)
    if part is None:
        raise Http404
    file, _ = admitted(request, reference)
    work = work_of(file, body, role)
    if work is None:
        raise Http404
    option = file.option(e.SeatNamed)
    if option is not None and option.refusal is not None:
        return page(request, "cases/not_now.jinja", {"option": option, "file": file})
    sent = request.POST if request.method == "POST" else None
    form = ReassignForm(sent, work=work, version=file.state.version)
    if form.is_valid():
        try:
            answer = _hand_on(request, file, part, form)
        except Conflict:
            return lost_a_race(request, file, form)
        if isinstance(answer, Done):
            return _given(request)
        form = form.again(work, file.state.version, answer.words)
    return page(request, "mypage/hand_one.jinja", {"form": form, "file": file, "work": work})


def _hand_on(
    request: HttpRequest, file: CaseFile, part: Part, form: ReassignForm
) -> Done | Refusal:
    return hand_on(
        part=part,
        to=form.cleaned_data["chosen"],
        reason=form.cleaned_data["reason"],
        person=person_of(request),
        now=file.now,
        key=form.key,
        seen=form.seen,
    )


def _part(request: HttpRequest, reference: str, body: str, role: str) -> Part | None:
    """The part, where a post that this person holds or covers has it now; found before the case is opened."""
    case = find(reference) or NOWHERE
    mine = {held.post for held in posts_of(person_of(request), _now(request))}
    parts = parts_of(duties_of_cases([case])[case])
    wanted = (p for p in parts if (p.body, p.role) == (body, role) and p.post in mine)
    return next(wanted, None)


def _was_sent_before(request: HttpRequest, reference: str, body: str, role: str) -> bool:
    """A second press: it is theirs no more, and perhaps they may not see the case any more."""
    key, case = key_sent(request.POST), find(reference)
    part = Part(case or "", body, role, "")
    return bool(key and case) and was_handed(part=part, person=person_of(request), key=key or "")


def _given(request: HttpRequest) -> HttpResponse:
    messages.success(request, GIVEN)
    return see_other(reverse("mypage:my_page"))


def _kept(each: Handed, piece: Piece) -> dict[str, str]:
    why = each.refusal.words if each.refusal else ""
    return {"reference": piece.reference, "what": piece.what, "to": each.to, "why": why}


def _names(posts: Iterable[str], at: datetime) -> Names:
    found = posts_as_of(at, {post for post in posts if post})
    return Names(found, body_names({post.body for post in found.all_posts()}))


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
