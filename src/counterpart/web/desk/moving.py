"""Moving one case to the edition of the policy that is in force: each time before and after, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from counterpart.access.admission import person_of
from counterpart.access.answers import Allowed
from counterpart.access.routes import declared
from counterpart.casework.actors import acting
from counterpart.casework.casefile import CaseFile
from counterpart.casework.moving import Move, look_ahead, move_edition
from counterpart.casework.writing import Done, was_sent
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.policy.comparing import compare
from counterpart.telling.dates import moment
from counterpart.web.cases.acts import admitted
from counterpart.web.cases.addresses import case_url
from counterpart.web.errors import conflict
from counterpart.web.forms import CarriedField, CounterpartForm, WordsField
from counterpart.web.pages import page, see_other
from counterpart.web.signin.stepping_up import fresh

MOVED = "The case is under the edition in force. Its times have been worked out anew."
NO_TIME = "No time"
OVERTAKEN = Refusal(
    "overtaken", "Another edition has come into force since you opened this page. Look again."
)
NONE_IN_FORCE = Refusal("no_policy", "This partnership has no policy in force.")
IS_THERE = Refusal("same_edition", "The case is under the edition in force already.")


class MoveForm(CounterpartForm):
    """Why the case is moved. `version` is the record's and `edition` the one in force, as shown."""

    version = CarriedField()
    edition = CarriedField()
    reason = WordsField(
        "Why are you moving the case?",
        missing="Write why you are moving the case",
        hint="Both sides can read this in the record.",
        limit=2_000,
        rows=4,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, file: CaseFile) -> None:
        in_force = file.partnership.edition or ""
        super().__init__(data, initial={"version": str(file.state.version), "edition": in_force})

    @property
    def seen(self) -> int | None:
        """The version of the record that the page showed."""
        text = self.cleaned_data.get("version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


@declared("case:move_edition", methods=("GET", "POST"))
def move(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put a case under the edition in force."""
    return _move(request, *admitted(request, reference))


@fresh
def _move(request: HttpRequest, file: CaseFile, allowed: Allowed) -> HttpResponse:
    form = MoveForm(request.POST if request.method == "POST" else None, file=file)
    if form.is_bound and was_sent(key=form.key, person=person_of(request), case=file.id):
        return see_other(case_url(file.reference))
    ahead = _ahead(file)
    if isinstance(ahead, Refusal):
        return page(request, "desk/not_moved.jinja", {"file": file, "refusal": ahead})
    if form.is_valid():
        try:
            answer = _carry_out(request, file, form, allowed)
        except Conflict:
            return _lost_a_race(request, file, form)
        if isinstance(answer, Done):
            messages.success(request, MOVED)
            return see_other(case_url(file.reference))
        form = _again(request, file, form, answer)
    values = {
        "form": form,
        "file": file,
        "ahead": ahead,
        "deadlines": tuple(_rows(file, ahead)),
        "differences": compare(ahead.before, ahead.after),
    }
    return page(request, "desk/move.jinja", values)


def _ahead(file: CaseFile) -> Move | Refusal:
    in_force = file.partnership.edition
    if not in_force:
        return NONE_IN_FORCE
    if in_force == file.policy.edition:
        return IS_THERE
    return look_ahead(case=file.id, edition=in_force, now=file.now)


def _carry_out(
    request: HttpRequest, file: CaseFile, form: MoveForm, allowed: Allowed
) -> Done | Refusal:
    edition = form.cleaned_data["edition"]
    if edition != file.partnership.edition:
        return OVERTAKEN
    home = file.state.raising.agency
    return move_edition(
        case=file.id,
        edition=edition,
        reason=form.cleaned_data["reason"],
        actor=acting(person=person_of(request), allowed=allowed, at=file.now, home=home),
        now=file.now,
        key=form.key,
        seen=form.seen,
    )


def _again(request: HttpRequest, file: CaseFile, form: MoveForm, refusal: Refusal) -> MoveForm:
    """The form with why not. It now stands on the record and the edition as they are."""
    sent = request.POST.copy()
    sent["version"], sent["edition"] = str(file.state.version), file.partnership.edition or ""
    again = MoveForm(sent, file=file)
    again.key = form.key
    again.refuse(refusal.words)
    return again


def _rows(file: CaseFile, ahead: Move) -> Iterator[tuple[str, ...]]:
    """Each deadline: what and for which agency, before, after, and whether it changes."""
    for each in ahead.deadlines:
        about = f" ({file.body_name(each.agency)})" if each.agency else ""
        before, after = (moment(at) if at else NO_TIME for at in (each.before_at, each.after_at))
        changes = "It stays" if before == after else "It changes"
        yield f"{ahead.what(each)}{about}", before, after, changes


def _lost_a_race(request: HttpRequest, file: CaseFile, form: MoveForm) -> HttpResponse:
    return conflict(
        request,
        what="Other people were writing in this case at the same moment, so it was not moved.",
        typed=form.typed(),
        link=("Go to the case as it is now", case_url(file.reference)),
    )
