"""The pages of the business manager's desk. Each finds whose desk it is before it looks at anything."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.alerts import open_alerts
from counterpart.access.answers import Allowed
from counterpart.access.kinds import EVERYWHERE
from counterpart.access.permission import can
from counterpart.access.routes import declared
from counterpart.access.visibility import kept_from_desk
from counterpart.casework import casefile, editions, policycomments
from counterpart.casework.actors import acting
from counterpart.casework.acts import name_seat
from counterpart.casework.casefile import CaseFile
from counterpart.casework.writing import Done, was_sent
from counterpart.engine import events as e
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.lists.finding import View
from counterpart.messages import outbox
from counterpart.messages.faults import is_fault_in
from counterpart.people.overview import to_confirm_in
from counterpart.web.cases.acts import admitted, lost_a_race
from counterpart.web.cases.addresses import case_url
from counterpart.web.desk import watching
from counterpart.web.desk.board import Asked, board
from counterpart.web.desk.forms import FindForm, ReassignForm
from counterpart.web.desk.places import Place, chosen_desk, desks_of, read_place
from counterpart.web.desk.reassigning import Work, work_of
from counterpart.web.directory.scope import with_partnership
from counterpart.web.lines import count_words
from counterpart.web.pages import page, see_other
from counterpart.web.regular.places import desk_href

NOT_FOUND = (
    "No case that you can see has this reference. Check each letter and number, or ask whoever gave "
    "it to you to read it out again."
)
GIVEN = "The work has been given to the post you chose. They are told about it."
NOBODY: View = "nobody"
WATCH = "watch"


@declared("desk")
def desk(request: HttpRequest) -> HttpResponse:
    """One view of a partnership's desk; which partnership, where there are several."""
    person, now, place = person_of(request), _now(request), read_place(request.GET)
    desks = desks_of(person, now)
    chosen = chosen_desk(desks, place)
    if chosen is None and not place.partnership:
        links = [(each.name, Place(each.code).href) for each in desks]
        return page(request, "desk/choose.jinja", {"desks": links})
    kept_out = kept_from_desk(person, chosen.id, now) if chosen else None
    if chosen is None or kept_out is None:
        raise Http404
    policy = editions.current(chosen.id)
    made = board(Asked(chosen.id, place, kept_out, policy, now))
    unsent, count = watching.unsent(chosen.id, person, now) if made.is_landing else ((), None)
    values = {
        "board": made,
        "partnership": chosen.name if len(desks) > 1 else "",
        "find": FindForm(),
        "alerts": watching.alerts(policy, now),
        "unusual": open_alerts([chosen.id, EVERYWHERE]) if made.is_landing else (),
        "unsent": unsent,
        "not_heard": watching.not_heard(chosen.id, kept_out) if made.is_landing else (),
        "unsent_count": count_words(count) if count else "",
        "policy": watching.policy_dates(policy, now) if policy and made.is_landing else None,
        "policy_href": _policy_href(chosen.code if len(desks) > 1 else "")
        if made.is_landing
        else "",
        "regular_href": desk_href("desk", chosen),
        "directory_href": with_partnership("directory", chosen.code if len(desks) > 1 else ""),
        "to_confirm": to_confirm_in(chosen.id, now) if made.is_landing else 0,
        "waiting": policycomments.waiting(chosen.id) if made.is_landing else 0,
        "now": now,
    }
    return page(request, "desk/desk.jinja", values)


def _policy_href(partnership: str) -> str:
    path = reverse("desk:policy")
    return f"{path}?{urlencode({'partnership': partnership})}" if partnership else path


@declared("desk", methods=("GET", "POST"))
def find_case(request: HttpRequest) -> HttpResponse:
    """To the case with this reference, if the person may see it. It is never in an address."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        case = casefile.find(reference)
        if case and isinstance(can(person_of(request), "see_case", case, _now(request)), Allowed):
            return see_other(case_url(reference))
        form.refuse(NOT_FOUND, "reference")
    return page(request, "desk/find.jinja", {"form": form})


@declared("desk", methods=("POST",))
def try_again(request: HttpRequest, message: str) -> HttpResponse:
    """Try once more to send a message that did not go."""
    person, now = person_of(request), _now(request)
    desks = desks_of(person, now)
    whose = next((each for each in desks if is_fault_in(message, each.id, person, now)), None)
    if whose is None:
        raise Http404
    outbox.try_again(message, now)
    messages.success(request, watching.AGAIN)
    return see_other(Place(whose.code if len(desks) > 1 else "").href)


@declared("case:reassign", methods=("GET", "POST"))
def reassign(request: HttpRequest, reference: str, body: str, role: str) -> HttpResponse:
    """Give the work of a role in a case to another post."""
    file, allowed = admitted(request, reference)
    work = work_of(file, body, role)
    if work is None:
        raise Http404
    option = file.option(e.SeatNamed)
    if option is not None and option.refusal is not None:
        return page(request, "cases/not_now.jinja", {"option": option, "file": file})
    back = _back(request, file)
    form = _reassign_form(request, file, work)
    if _was_sent_before(request, form, file):
        return see_other(back)
    if form.is_valid():
        try:
            answer = _give(request, file, work, form, allowed)
        except Conflict:
            return lost_a_race(request, file, form)
        if isinstance(answer, Done):
            messages.success(request, GIVEN)
            return see_other(back)
        form = form.again(work, file.state.version, answer.words)
    return page(
        request, "desk/reassign.jinja", {"form": form, "file": file, "work": work, "back": back}
    )


def _reassign_form(request: HttpRequest, file: CaseFile, work: Work) -> ReassignForm:
    sent = request.POST if request.method == "POST" else None
    return ReassignForm(sent, work=work, version=file.state.version)


def _was_sent_before(request: HttpRequest, form: ReassignForm, file: CaseFile) -> bool:
    """A second press of the button: the post chosen has the work by now and is offered no more."""
    return form.is_bound and was_sent(key=form.key, person=person_of(request), case=file.id)


def _give(
    request: HttpRequest, file: CaseFile, work: Work, form: ReassignForm, allowed: Allowed
) -> Done | Refusal:
    return name_seat(
        case=file.id,
        actor=acting(
            person=person_of(request), allowed=allowed, at=file.now, home=file.state.raising.agency
        ),
        now=file.now,
        key=form.key,
        seen=form.seen,
        body=work.body,
        role=work.role,
        post=form.cleaned_data["chosen"],
        cause="reassigned",
        reason=form.cleaned_data["reason"],
    )


def _back(request: HttpRequest, file: CaseFile) -> str:
    """Where one came from: the list of what has nobody, the page of who watches in its place, or the case."""
    if request.GET.get("from") == WATCH:
        return reverse("referred:cases")
    if request.GET.get("from") == NOBODY:
        return Place(file.partnership.code, NOBODY).href
    return case_url(file.reference)


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
