"""Writing regular duties down: that one was done, an agency's answer, something that happened; putting it right.

Each page finds whose it is first (`places`), checks the shape, calls one use case, and goes back to where it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from counterpart.access.routes import declared
from counterpart.engine.regular import Owed
from counterpart.engine.regular_events import (
    AgencyReturnGiven,
    RegularDutyDone,
    RegularDutyFellDue,
)
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.journal.reading import Whole
from counterpart.office import regular as office_acts
from counterpart.office.regular import Written
from counterpart.office.sources import cases_of_panels
from counterpart.web.forms import CounterpartForm
from counterpart.web.pages import page, see_other
from counterpart.web.regular.forms import DoneForm, HappenedForm, ReturnForm, WithdrawForm
from counterpart.web.regular.places import Here, here, noted_for, owed_here, written_here
from counterpart.web.regular.showing import Shown
from counterpart.web.regular.wording import event_words, label
from counterpart.worktime import london

SAVED = "It is written down, with your name and post."
NOTED = "It is noted. What the policy asks for because of it stays on this page until it is written down."
PUT_RIGHT = "It is put right. The entry before stays on the record."
WITHDRAWN = "The entry is withdrawn. It stays on the record with your reason."
AT_ONCE = (
    "Somebody else wrote something down at the same moment, so this was not saved. Send it again."
)
WRITTEN_FROM = ("report", "review")
"""The kinds of duty beside which it is said what they are written from."""
EVENTS = (RegularDutyDone, AgencyReturnGiven, RegularDutyFellDue)


@declared("signed_in", methods=("GET", "POST"))
def do(request: HttpRequest, office: str, regular: str, period: str, whose: str) -> HttpResponse:
    """A regular duty was done, or an agency answers what it is asked, for a period or an occasion."""
    place = here(request, office, regular, whose)
    owed = owed_here(place, period)
    form = _form(request, place, owed)
    if form.is_valid() and _done(form, lambda: _write(place, owed, form)):
        messages.success(request, SAVED)
        return see_other(place.back)
    if request.method != "POST" and owed.entry is not None and owed.because != "any_time":
        return see_other(place.back)
    return page(request, "regular/do.jinja", _values(place, owed, form))


@declared("signed_in", methods=("GET", "POST"))
def happened(request: HttpRequest, office: str, regular: str, whose: str) -> HttpResponse:
    """Something happened on which a duty falls due."""
    place = here(request, office, regular, whose)
    texts = place.duty.on
    if not texts or not noted_for(place):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = HappenedForm(sent, now=place.now, texts=texts)
    if form.is_valid() and _done(form, lambda: _note(place, form)):
        messages.success(request, NOTED)
        return see_other(place.back)
    return page(request, "regular/happened.jinja", {"form": form, "here": place})


@declared("signed_in", methods=("GET", "POST"))
def correct(request: HttpRequest, office: str, written: str) -> HttpResponse:
    """An entry is put right by a newer one in its place."""
    place, whole = written_here(request, office, written)
    event = whole.recorded.event
    form = _form_again(request, place, whole)
    if form.is_valid() and _done(form, lambda: _again(place, whole, form)):
        messages.success(request, PUT_RIGHT)
        return see_other(place.back)
    values = {"form": form, "here": place, "is_event": isinstance(event, RegularDutyFellDue)}
    values["entry"] = Shown(place.partnership, place.regular).entry(whole)
    return page(request, "regular/correct.jinja", values)


@declared("signed_in", methods=("GET", "POST"))
def withdraw(request: HttpRequest, office: str, written: str) -> HttpResponse:
    """An entry was made by mistake, and counts for nothing from now on."""
    place, whole = written_here(request, office, written)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(
        form,
        lambda: office_acts.withdraw(
            entry=whole.recorded.id, why=form.cleaned_data["why"], **place.by(form.key)
        ),
    ):
        messages.success(request, WITHDRAWN)
        return see_other(place.back)
    entry = Shown(place.partnership, place.regular).entry(whole)
    return page(request, "regular/withdraw.jinja", {"form": form, "here": place, "entry": entry})


def _done(form: CounterpartForm, act: Callable[[], Written | Refusal]) -> bool:
    """Carry it out. False where it was refused: the form then says why, with all that was typed."""
    try:
        answer = act()
    except Conflict:
        form.refuse(AT_ONCE)
        return False
    if isinstance(answer, Refusal):
        form.refuse(answer.words)
    return isinstance(answer, Written)


def _form(request: HttpRequest, place: Here, owed: Owed) -> DoneForm | ReturnForm:
    sent = request.POST if request.method == "POST" else None
    kind = ReturnForm if owed.is_return else DoneForm
    return kind(sent, now=place.now, for_agency=place.for_agency)


def _form_again(request: HttpRequest, place: Here, whole: Whole) -> CounterpartForm:
    """The form an entry was written by, with what stands in it."""
    sent, event = request.POST if request.method == "POST" else None, whole.recorded.event
    said = {"what": event.what}
    if isinstance(event, RegularDutyFellDue):
        said |= {"which": str(event.which), "happened_on": event.happened_on}
        return HappenedForm(sent, now=place.now, texts=place.duty.on, initial=said)
    said |= {"told_by": event.told_by}
    given: dict[str, Any] = {"now": place.now, "for_agency": place.for_agency}
    if isinstance(event, AgencyReturnGiven):
        return ReturnForm(sent, initial=said | {"has_any": not event.has_nothing}, **given)
    return DoneForm(sent, initial=said | {"done_on": event.done_on}, **given)


def _write(
    place: Here, owed: Owed, form: CounterpartForm, corrects: str | None = None
) -> Written | Refusal:
    return _entry(
        place,
        form,
        period=owed.period.code if owed.period else "",
        occasion=owed.occasion.event.occasion if owed.occasion else None,
        corrects=corrects,
    )


def _entry(place: Here, form: CounterpartForm, **of: Any) -> Written | Refusal:
    said = form.cleaned_data
    given = {
        "duty": place.duty.id,
        "agency": place.agency,
        "what": said["what"],
        "told_by": said.get("told_by", ""),
        **of,
        **place.by(form.key),
    }
    if isinstance(form, ReturnForm):
        return office_acts.give_return(has_nothing=not said["has_any"], **given)
    return office_acts.record_done(done_on=said["done_on"], **given)


def _note(place: Here, form: CounterpartForm, corrects: str | None = None) -> Written | Refusal:
    said = form.cleaned_data
    return office_acts.note_event(
        duty=place.duty.id,
        agency=place.agency,
        which=int(said["which"]),
        happened_on=said["happened_on"],
        what=said["what"],
        corrects=corrects,
        **place.by(form.key),
    )


def _again(place: Here, whole: Whole, form: CounterpartForm) -> Written | Refusal:
    entry = whole.recorded
    if isinstance(entry.event, RegularDutyFellDue):
        return _note(place, form, entry.id)
    return _entry(
        place, form, period=entry.event.period, occasion=entry.event.occasion, corrects=entry.id
    )


def _values(place: Here, owed: Owed, form: CounterpartForm) -> dict[str, Any]:
    """What the page shows beside the form: what it is for, and what it is to be written from."""
    policy = place.regular.policy
    values: dict[str, Any] = {
        "form": form,
        "here": place,
        "owed": owed,
        "label": label(owed, policy) if owed.period or owed.occasion else "",
        "happened": event_words(owed.occasion, policy) if owed.occasion else "",
        "cases": None,
        "returns": (),
        "now": place.now,
    }
    if owed.period and place.agency is None and owed.duty.kind in WRITTEN_FROM:
        since, until = _midnight(owed.period.begins_on), _midnight(owed.period.until_on)
        values["cases"] = cases_of_panels(
            place.person, place.partnership.id, since, until, place.now
        )
        given = [
            one
            for one in place.regular.owed()
            if one.is_return and one.period == owed.period and one.entry
        ]
        values["returns"] = Shown(place.partnership, place.regular).agencies(given)
    return values


def _midnight(day: date) -> datetime:
    return london(datetime.combine(day, time()))
