"""The pages by which somebody is kept from a case or from a part of it, and the one view behind them.

It must not show anything of a case on the page of a tie but its reference and the agencies: somebody who
belongs to the family must be able to leave before they have read a word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import acts_of, person_of, visitor_of
from counterpart.access.answers import Allowed
from counterpart.access.permission import can
from counterpart.access.routes import declared
from counterpart.casework import conflicts, keeping, watching
from counterpart.casework.casefile import CaseFile, find, open_case
from counterpart.casework.seeing import seen_by, viewer_of
from counterpart.casework.writing import Done, was_sent
from counterpart.engine import events as e
from counterpart.engine.kinds import Id
from counterpart.journal.errors import Conflict
from counterpart.people.finders import people_by_id
from counterpart.people.searching import people_named
from counterpart.telling.describing_keeping import DETAILS, REASONS
from counterpart.web.cases import keeping_forms as forms
from counterpart.web.cases.acts import acting_in, admitted, lost_a_race
from counterpart.web.cases.addresses import case_url
from counterpart.web.cases.forms import ActForm
from counterpart.web.cases.performing import Answer, Sent
from counterpart.web.forms.form import key_sent
from counterpart.web.pages import page, see_other

OF_SUBJECT = (
    "They belong to the household or family of the subject of the concern, as the directory says"
)
OF_OWN_AGENCY = (
    "They work in the agency of the person who raised this, who did not feel safe raising it there"
)
LEFT = "You no longer see that case."


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """One page: the act of `access` it needs, its form, how it is carried out, and what is said then.

    `prepare` looks up what can be chosen, and raises Http404 where the page is about nothing. `says` gives what
    the page says before anything is done, for a person.
    """

    act: str
    title: str
    form: type[ActForm]
    perform: Callable[[Sent], Answer]
    done: str
    template: str = "cases/keep.jinja"
    button: str = "Save"
    prepare: Callable[[Any, CaseFile], None] | None = None
    says: Callable[[CaseFile, str], Mapping[str, object]] | None = None
    visitors: bool = False
    of_detail: bool = False


def keeping_view(one: KeepingPage) -> Callable[..., HttpResponse]:
    """The view of one of these pages."""

    @declared(f"case:{one.act}", methods=("GET", "POST"), visitors=one.visitors)
    def view(request: HttpRequest, reference: str, target: str = "") -> HttpResponse:
        if one.of_detail:
            _refuse_unless_seen(request, reference, target)
        file, allowed = admitted(request, reference)
        if _was_sent(request, file):
            return _done(request, one, file)
        sent = request.POST if request.method == "POST" else None
        form = one.form(sent, file=file, target=target, now=file.now)
        if one.prepare:
            one.prepare(form, file)
        if sent is not None and not getattr(form, "wants_more", False) and form.is_valid():
            try:
                answer = one.perform(_sent(form, request, file, allowed))
            except Conflict:
                return lost_a_race(request, file, form)
            if isinstance(answer, Done):
                return _done(request, one, file)
            form.refuse(answer.words)
        visits = visitor_of(request) is not None
        values = {"form": form, "file": file, "one": one, "visits": visits}
        if one.says:
            values |= one.says(file, person_of(request))
        return page(request, one.template, values)

    return view


def _sent(form: Any, request: HttpRequest, file: CaseFile, allowed: Allowed) -> Sent:
    actor = acting_in(request, file, allowed)
    return Sent(
        form, file, actor, {"case": file.id, "actor": actor, "now": file.now, "key": form.key}
    )


def _was_sent(request: HttpRequest, file: CaseFile) -> bool:
    key = key_sent(request.POST)
    return key is not None and was_sent(key=key, person=person_of(request), case=file.id)


def _done(request: HttpRequest, one: KeepingPage, file: CaseFile) -> HttpResponse:
    """Back to the case, for whoever may still see it; else home."""
    if isinstance(acts_of(request, file.id, file.now)["see_case"], Allowed):
        messages.success(request, one.done)
        return see_other(case_url(file.reference))
    if visitor_of(request):
        return page(request, "cases/left.jinja", {"said": LEFT})
    messages.success(request, LEFT)
    return see_other(reverse("mypage:my_page"))


# --- what can be chosen ---------------------------------------------------------------------------


def _find_people(form: forms.KeepOutForm, file: CaseFile) -> None:
    form.offer(people_named(file.state.partnership, form.looked_for, file.now))


def _find_kept_out(form: Any, file: CaseFile) -> None:
    """The person of the entry that kept them out, who still is; or of an agency that the case is kept from."""
    if form.target in conflicts.of_own_agency(file.state, file.now):
        form.person = form.target
        form.person_name = people_by_id([form.target]).get(form.target, "")
        return
    event = _entry(file, form.target, e.PersonKeptOut)
    if event.person not in file.state.keeping.kept_out:
        raise Http404
    form.person = event.person
    form.person_name = people_by_id([event.person]).get(event.person, "")


def _find_note(form: Any, file: CaseFile) -> None:
    form.note = _entry(file, form.target, e.NoteKept).note


def _find_detail(form: Any, file: CaseFile) -> None:
    form.detail = _detail(file, form.target)


def _entry(file: CaseFile, entry: str, kind: type) -> Any:
    found = (w.recorded.event for w in file.entries if w.recorded.id == entry)
    event = next(found, None)
    if type(event) is not kind:
        raise Http404
    return event


def _detail(file: CaseFile, entry: str) -> Any:
    """A protected detail that whoever asks may see. The file is already without those that they may not."""
    event = _entry(file, entry, e.ProtectedDetailKept)
    if not event.detail:
        raise Http404
    return event


def _refuse_unless_seen(request: HttpRequest, reference: str, target: str) -> None:
    """Http404 for a detail that is not for them, before the log of reads says that they opened it."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    case, person = find(reference), person_of(request)
    allowed = can(person, "see_case", case, now) if case else None
    if case and isinstance(allowed, Allowed):
        file = open_case(case, now)
        _detail(seen_by(file, viewer_of(person, allowed, file)), target)


# --- what is said before it is done ---------------------------------------------------------------


def _who_watches_next(file: CaseFile, person: str) -> Mapping[str, object]:
    """Who watches the case once they have left it: None where it is not they who do, () for nobody."""
    after = watching.next_after(file.state, file.directory, person)
    return {"after_me": after and [post.title for post in after]}


def _who_could_watch(file: CaseFile, _: str) -> Mapping[str, object]:
    """The posts of which one has to watch a restricted case, the first in turn first."""
    return {"could": [post.title for post in watching.could_watch(file.state, file.directory)]}


# --- the pages ------------------------------------------------------------------------------------

TIE = KeepingPage(
    "declare_tie", "Should you deal with this case?", forms.TieForm,
    lambda sent: keeping.declare_tie(
        reason=sent.said["reason"], why=sent.said["why"], **sent.by),
    LEFT, "cases/tie.jinja", "Leave this case", says=_who_watches_next, visitors=True,
)  # fmt: skip
KEEP_OUT = KeepingPage(
    "keep_out", "Keep somebody from this case", forms.KeepOutForm,
    lambda sent: keeping.keep_out(
        person=sent.said["person"], reason=sent.said["reason"], why=sent.said["why"], **sent.by),
    "They no longer see this case.", "cases/keep_out.jinja", prepare=_find_people,
)  # fmt: skip
LET_BACK = KeepingPage(
    "keep_out", "Let somebody see this case again", forms.WhyForm,
    lambda sent: keeping.let_back(person=sent.form.person, why=sent.said["why"], **sent.by),
    "They may see this case again, if they have to do with it.", "cases/let_back.jinja",
    "Let them see it again", prepare=_find_kept_out,
)  # fmt: skip
RESTRICT = KeepingPage(
    "restrict", "Restrict who sees this case", forms.RestrictForm,
    lambda sent: keeping.restrict(people=sent.said["people"], why=sent.said["why"], **sent.by),
    "The case is restricted.", "cases/restrict.jinja", "Restrict the case", says=_who_could_watch,
)  # fmt: skip
LIFT = KeepingPage(
    "restrict", "Lift the restriction", forms.WhyForm,
    lambda sent: keeping.lift_restriction(why=sent.said["why"], **sent.by),
    "The restriction is lifted.", button="Lift the restriction",
)  # fmt: skip
NOTE = KeepingPage(
    "keep_note", "A note that only your agency sees", forms.NoteForm,
    lambda sent: keeping.keep_note(note=sent.said["note"], **sent.by),
    "The note is kept. Only your agency sees it.", button="Keep the note",
)  # fmt: skip
SHARE = KeepingPage(
    "keep_note", "Share your agency’s note", forms.ShareForm,
    lambda sent: keeping.share_note(note=sent.form.target, **sent.by),
    "The note is shared. Everybody in the case sees it.", "cases/share_note.jinja",
    "Share the note", prepare=_find_note,
)  # fmt: skip
PROTECT = KeepingPage(
    "protect", "Something that only a few people may see", forms.ProtectForm,
    lambda sent: keeping.protect(
        kind=sent.said["kind"], posts=sent.said["posts"], detail=sent.said["detail"], **sent.by),
    "It is written down. Only those you chose can open it.",
)  # fmt: skip
OPEN_TO = KeepingPage(
    "see_case", "Who may see the protected detail", forms.OpenToForm,
    lambda sent: keeping.open_to(
        detail=sent.form.target, posts=sent.said["posts"], why=sent.said["why"], **sent.by),
    "It is changed.", prepare=_find_detail, of_detail=True,
)  # fmt: skip


@declared("case:see_case")
def detail(request: HttpRequest, reference: str, target: str) -> HttpResponse:
    """One protected detail. That it was opened is a row of the reads, by the name of this page."""
    _refuse_unless_seen(request, reference, target)
    file, _ = admitted(request, reference)
    event = _detail(file, target)
    posts = [file.post_words(post) for post in file.state.keeping.details[Id(target)].posts]
    values = {"file": file, "what": DETAILS[event.kind], "detail": event.detail, "posts": posts,
              "target": target}  # fmt: skip
    return page(request, "cases/detail.jinja", values)


@declared("case:keep_out")
def kept_out(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is kept from the case, why, and the way to let each back."""
    file, _ = admitted(request, reference)
    everybody = conflicts.kept_out(file.state, file.now)
    names = people_by_id(everybody)
    latest = {
        str(person): {"name": names.get(person, ""), "reason": OF_SUBJECT, "why": "", "entry": ""}
        for person in everybody
    }
    for person in conflicts.of_own_agency(file.state, file.now):
        latest[str(person)] |= {"entry": person, "reason": OF_OWN_AGENCY}
    for whole in file.entries:
        event = whole.recorded.event
        if isinstance(event, e.PersonKeptOut) and event.person in file.state.keeping.kept_out:
            latest[event.person] = {"name": names.get(event.person, ""), "entry": whole.recorded.id,
                                    "reason": REASONS[event.reason], "why": event.why}  # fmt: skip
    return page(request, "cases/kept_out.jinja", {"file": file, "people": list(latest.values())})
