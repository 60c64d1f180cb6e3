"""The one view that drives the form of every act on a case.

It finds the case, admits the person, asks, calls, and goes back to the case; a refusal stands on
the form with everything that was typed. Which acts there are is in `table`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import acts_of, admit, person_of, visitor_of
from counterpart.access.answers import Allowed, Answer, Denied
from counterpart.access.permission import can
from counterpart.access.routes import declared
from counterpart.access.visitors import Visitor
from counterpart.casework.actors import Acting, acting, on_behalf
from counterpart.casework.casefile import CaseFile, find, open_case
from counterpart.casework.seeing import seen_by, viewer_of
from counterpart.casework.visiting import as_stated, is_still_good
from counterpart.casework.writing import Done, was_sent
from counterpart.engine.deciding import Option
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.telling.parts import outcome
from counterpart.web.cases.act_page import ActPage
from counterpart.web.cases.addresses import ADDRESSES, BEHALF, case_url
from counterpart.web.cases.by_link import duty_by_link, is_open_by_link
from counterpart.web.cases.performing import Sent
from counterpart.web.cases.whose import OF_THE_OUTCOME, answer_for, body_of, may_be_told
from counterpart.web.errors import conflict, written
from counterpart.web.forms.form import key_sent
from counterpart.web.pages import page, see_other

log = logging.getLogger(__name__)

NOWHERE = "no case"
NOT_BY_TELEPHONE = Denied("not_by_telephone", "Whoever it is for does this themselves.")
DONE_MEANWHILE = (
    "What your message asked for has been done meanwhile, or is with somebody else now. This was not"
    " saved."
)
SENT_BEFORE = "This had already been sent. It is on the record once, as it was sent the first time."


def act_view(act: ActPage, *, behalf: bool = False) -> Callable[..., HttpResponse]:
    """The view of one act; with `behalf`, for somebody who telephoned."""
    rule = BEHALF if behalf else ADDRESSES[act.event].act

    @declared(f"case:{rule}", methods=("GET", "POST"), visitors=not behalf)
    def view(request: HttpRequest, reference: str, target: str = "") -> HttpResponse:
        file, allowed = admitted(request, reference)
        visitor = visitor_of(request)
        if visitor and not is_open_by_link(visitor, file, act.event, target):
            return _not_by_link(request, act, file, visitor)
        option = file.option(act.event, target)
        if option is None:
            return _gone(request, act, file)
        whose = _whose(request, file, allowed, option, behalf=behalf)
        speaks_for = _speaks_for(request, file, allowed) if behalf else ()
        sent = request.POST if request.method == "POST" else None
        own = body_of(file, whose) if isinstance(whose, Allowed) and not behalf else None
        form = act.form(sent, file=file, target=target, behalf=speaks_for, own=own, now=file.now)
        if act.prepare:
            act.prepare(form, file)
        if request.method == "POST":
            if answer := _sent(act, form, request, file, whose):
                return answer
        elif why := _why_not(option, whose):
            return page(
                request, "cases/not_now.jinja", {"option": option, "file": file, "why": why}
            )
        values = {"form": form, "option": option, "file": file, "outcome": outcome(file)}
        beside = None if behalf or visitor else act.beside
        values["beside"] = beside(file, acts_of(request, file.id, file.now)) if beside else None
        return page(
            request,
            act.template,
            values,
            status=200 if getattr(form, "wants_more", False) else None,
        )

    view.asks = act.form  # type: ignore[attr-defined]  # for `errors.written`
    return view


def _whose(
    request: HttpRequest, file: CaseFile, allowed: Allowed, option: Option, *, behalf: bool
) -> Answer:
    """Whose act it is, where the policy of the case says so: this person's, or why it is not."""
    if not ADDRESSES[option.event].is_by_seat and option.event not in OF_THE_OUTCOME:
        return allowed
    may = acts_of(request, file.id, file.now)
    if not behalf:
        return answer_for(file, option, may)
    return allowed if may_be_told(file, option, may) else NOT_BY_TELEPHONE


def _why_not(option: Option, whose: Answer) -> str:
    if option.refusal is not None:
        return option.refusal.words
    return whose.words if isinstance(whose, Denied) else ""


def _gone(request: HttpRequest, act: ActPage, file: CaseFile) -> HttpResponse:
    """The stage knows no such act; but it may have been this very form that took the case on."""
    if _was_sent(request, file):
        return _done(request, act, file, SENT_BEFORE)
    raise Http404


def _not_by_link(
    request: HttpRequest, act: ActPage, file: CaseFile, visitor: Visitor
) -> HttpResponse:
    """What a message asked for may have been done meanwhile, perhaps by this very form; else no page."""
    if _was_sent(request, file):
        return _done(request, act, file, SENT_BEFORE)
    if duty_by_link(visitor, file) is not None:
        raise Http404
    if request.method != "POST":
        return see_other(case_url(file.reference))
    log.warning("a visitor's form was refused: what it answers is done, or with somebody else")
    typed = written(request)
    link = ("See where it stands", case_url(file.reference))
    return conflict(request, what=DONE_MEANWHILE, typed=typed, link=link)


def _sent(
    act: ActPage, form: Any, request: HttpRequest, file: CaseFile, whose: Answer
) -> HttpResponse | None:
    """Carry out what was sent; None where the form is to be drawn again, with what is wrong on it."""
    if getattr(form, "wants_more", False):
        return None
    if isinstance(whose, Denied):
        form.refuse(whose.words)
        return None
    if not form.is_valid():
        return _done(request, act, file, SENT_BEFORE) if _was_sent(request, file) else None
    try:
        answer = _carry_out(act, form, request, file, whose)
    except Conflict:
        return lost_a_race(request, file, form)
    if isinstance(answer, Done):
        return _done(request, act, file, SENT_BEFORE if answer.repeated else act.done)
    form.refuse(answer.words)
    form.stands_on_the_record_as_it_is()
    return None


def _speaks_for(request: HttpRequest, file: CaseFile, allowed: Allowed) -> tuple[str, ...]:
    """The agencies for whose people this person may write down what they said by telephone.

    One's own: no side can put words, or a confirmation, into the other's mouth. Both sides' only
    for the business manager, and not for one who is a party. Http404 for whoever speaks for none.
    """
    if isinstance(can(person_of(request), "record_for_either", file.id, file.now), Allowed):
        return file.state.parties
    own = acting_in(request, file, allowed).agency
    if own not in file.state.parties:
        raise Http404
    return (own,)


def acting_in(request: HttpRequest, file: CaseFile, allowed: Allowed) -> Acting:
    """The person who was let into the case of `file`, as they act in it."""
    home = file.state.raising.agency
    actor = acting(person=person_of(request), allowed=allowed, at=file.now, home=home)
    visitor = visitor_of(request)
    return as_stated(actor, visitor) if visitor else actor


def _was_sent(request: HttpRequest, file: CaseFile) -> bool:
    """A second press: what could be chosen the first time may be there no more."""
    key = key_sent(request.POST)
    return key is not None and was_sent(key=key, person=person_of(request), case=file.id)


def _done(request: HttpRequest, act: ActPage, file: CaseFile, said: str) -> HttpResponse:
    visitor = visitor_of(request)
    if visitor and (act.leads_home or not _still_visits(request, file, visitor)):
        return see_other(reverse("visiting:passed_on"))
    messages.success(request, said)
    leads_home = act.leads_home or not _still_sees(request, file)
    return see_other(reverse("mypage:my_page") if leads_home else case_url(file.reference))


def _still_sees(request: HttpRequest, file: CaseFile) -> bool:
    """Whether the case is still theirs to see: what they did may have been the last that bound them to it."""
    return isinstance(acts_of(request, file.id, file.now)["see_case"], Allowed)


def _still_visits(request: HttpRequest, file: CaseFile, visitor: Visitor) -> bool:
    """Whether they may still see the page they came from: what they did may have been their last part in it."""
    return is_still_good(visitor, file.now) and _still_sees(request, file)


def admitted(request: HttpRequest, reference: str) -> tuple[CaseFile, Allowed]:
    """The case with this reference for a person who may, or the page for what is not there."""
    # What is not there is asked for all the same, so that its page takes as long as a hidden one's.
    case = find(reference) or NOWHERE
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    allowed = admit(request, case, now)
    file = open_case(case, now)
    return seen_by(file, viewer_of(person_of(request), allowed, file)), allowed


def _carry_out(
    act: ActPage, form: Any, request: HttpRequest, file: CaseFile, allowed: Allowed
) -> Done | Refusal:
    actor = acting_in(request, file, allowed)
    if post := form.cleaned_data.get("for_post"):
        record = file.directory.post(post)
        name = record.holders[0].name if record and record.holders else ""
        actor = on_behalf(actor, post=post, name=name, at=file.now)
    by: dict[str, Any] = {"case": file.id, "actor": actor, "now": file.now, "key": form.key}
    if act.is_guarded:
        by["seen"] = form.seen
    return act.perform(Sent(form, file, actor, by))


def lost_a_race(request: HttpRequest, file: CaseFile, form: Any) -> HttpResponse:
    """What somebody typed, when others were writing in the case again and again at that moment."""
    return conflict(
        request,
        what="Other people were writing in this case at the same moment, so this was not saved.",
        typed=form.typed(),
        link=("Go to the case as it is now", case_url(file.reference)),
    )
