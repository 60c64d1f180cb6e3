"""The table of acts on a case as pages, and the one view that drives each of their forms.

A row says which form asks, which use case is called with what, and what is said when it is
done. The view finds the case, admits the person, asks, calls, and goes back to the case; a
refusal stands on the form with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import admit, person_of
from counterpart.access.answers import Allowed
from counterpart.access.permission import can
from counterpart.access.routes import declared
from counterpart.casework import acts, outcomes, panels
from counterpart.casework.actors import Acting, acting, on_behalf
from counterpart.casework.casefile import CaseFile, find, open_case
from counterpart.casework.writing import Done, was_sent
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Conflict
from counterpart.web.cases import forms, outcome_forms, preparing
from counterpart.web.cases.addresses import ADDRESSES, BEHALF
from counterpart.web.cases.showing import case_url, outcome
from counterpart.web.errors import conflict
from counterpart.web.forms.form import key_sent
from counterpart.web.pages import page, see_other

Answer = Done | Refusal

NOWHERE = "no case"
SENT_BEFORE = "This had already been sent. It is on the record once, as it was sent the first time."


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and is in shape: for which case, by whom, and the use case's `by`."""

    form: Any
    file: CaseFile
    actor: Acting
    by: dict[str, Any]

    @property
    def said(self) -> dict[str, Any]:
        """The cleaned answers."""
        answers: dict[str, Any] = self.form.cleaned_data
        return answers


Perform = Callable[[Sent], Answer]


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act: its event, its form, how it is carried out, and what is said when it is done.

    `prepare` fills in what can be chosen. `is_guarded` acts are refused where the record has
    changed since the page was drawn: they turn the case another way. An act that `leads_home` may
    end the person's own part in the case.
    """

    event: type
    form: type[forms.ActForm]
    perform: Perform
    done: str
    template: str = "cases/act.jinja"
    prepare: Callable[[Any, CaseFile], None] | None = None
    is_guarded: bool = False
    leads_home: bool = False


def act_view(act: ActPage, *, behalf: bool = False) -> Callable[..., HttpResponse]:
    """The view of one act; with `behalf`, for somebody who telephoned."""
    rule = BEHALF if behalf else ADDRESSES[act.event].act

    @declared(f"case:{rule}", methods=("GET", "POST"))
    def view(request: HttpRequest, reference: str, target: str = "") -> HttpResponse:
        file, allowed = admitted(request, reference)
        option = file.option(act.event, target)
        if option is None:
            return _gone(request, act, file)
        speaks_for = _speaks_for(request, file, allowed) if behalf else ()
        sent = request.POST if request.method == "POST" else None
        form = act.form(sent, file=file, target=target, behalf=speaks_for, now=file.now)
        if act.prepare:
            act.prepare(form, file)
        if request.method == "POST":
            if answer := _sent(act, form, request, file, allowed):
                return answer
        elif option.refusal is not None:
            return page(request, "cases/not_now.jinja", {"option": option, "file": file})
        return page(
            request,
            act.template,
            {"form": form, "option": option, "file": file, "outcome": outcome(file)},
            status=200 if getattr(form, "wants_more", False) else None,
        )

    return view


def _gone(request: HttpRequest, act: ActPage, file: CaseFile) -> HttpResponse:
    """The stage knows no such act; but it may have been this very form that took the case on."""
    if _was_sent(request, file):
        return _done(request, act, file, SENT_BEFORE)
    raise Http404


def _sent(
    act: ActPage, form: Any, request: HttpRequest, file: CaseFile, allowed: Allowed
) -> HttpResponse | None:
    """Carry out what was sent; None where the form is to be drawn again, with what is wrong on it."""
    if getattr(form, "wants_more", False):
        return None
    if not form.is_valid():
        return _done(request, act, file, SENT_BEFORE) if _was_sent(request, file) else None
    try:
        answer = _carry_out(act, form, request, file, allowed)
    except Conflict:
        return _lost_a_race(request, file, form)
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
    own = _acting(request, file, allowed).agency
    if own not in file.state.parties:
        raise Http404
    return (own,)


def _acting(request: HttpRequest, file: CaseFile, allowed: Allowed) -> Acting:
    home = file.state.raising.agency
    return acting(person=person_of(request), allowed=allowed, at=file.now, home=home)


def _was_sent(request: HttpRequest, file: CaseFile) -> bool:
    """A second press: what could be chosen the first time may be there no more."""
    key = key_sent(request.POST)
    return key is not None and was_sent(key=key, person=person_of(request), case=file.id)


def _done(request: HttpRequest, act: ActPage, file: CaseFile, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other(reverse("mypage:my_page") if act.leads_home else case_url(file.reference))


def admitted(request: HttpRequest, reference: str) -> tuple[CaseFile, Allowed]:
    """The case with this reference for a person who may, or the page for what is not there."""
    # What is not there is asked for all the same, so that its page takes as long as a hidden one's.
    case = find(reference) or NOWHERE
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    allowed = admit(request, case, now)
    return open_case(case, now), allowed


def _carry_out(
    act: ActPage, form: Any, request: HttpRequest, file: CaseFile, allowed: Allowed
) -> Answer:
    actor = _acting(request, file, allowed)
    if post := form.cleaned_data.get("for_post"):
        record = file.directory.post(post)
        name = record.holders[0].name if record and record.holders else ""
        actor = on_behalf(actor, post=post, name=name, at=file.now)
    by: dict[str, Any] = {"case": file.id, "actor": actor, "now": file.now, "key": form.key}
    if act.is_guarded:
        by["seen"] = form.seen
    return act.perform(Sent(form, file, actor, by))


def _lost_a_race(request: HttpRequest, file: CaseFile, form: Any) -> HttpResponse:
    return conflict(
        request,
        what="Other people were writing in this case at the same moment, so this was not saved.",
        typed=form.typed(),
        link=("Go to the case as it is now", case_url(file.reference)),
    )


# --- how each is carried out -------------------------------------------------------------------


def _step(sent: Sent) -> Answer:
    said = sent.said
    # A step of the receiving side alone is recorded for the agency that acted.
    own = [sent.actor.agency] if sent.actor.agency in sent.file.state.receiving_agencies else []
    step = sent.file.policy.steps[sent.form.target]
    return acts.record_step(
        step=sent.form.target,
        how=said["how"],
        result=said.get("result") or "done",
        happened_at=said["happened_at"],
        agencies=sent.form.took_part if step.settles else [a for a in own if a],
        present=said["present"],
        said=said["said"],
        agreed=said.get("agreed", ""),
        next_step=said["next_step"],
        **sent.by,
    )


def _move(sent: Sent) -> Answer:
    seats = [
        e.SeatTaken(body=Id(body), role=Code(role), post=Id(post))
        for name, (body, role) in sent.form.places().items()
        if (post := sent.said[name])
    ]
    return acts.move_on(way=sent.form.target, seats=seats, reason=sent.said["reason"], **sent.by)


def _outcome(sent: Sent) -> Answer:
    said = sent.said
    return outcomes.propose_outcome(
        agreed=said["agreed"],
        actions=sent.form.actions,
        outstanding=sent.form.points_open,
        still_disputed=said["still_disputed"],
        **sent.by,
    )


def _answer(sent: Sent) -> Answer:
    said = sent.said
    number, agency = int(said["number"]), sent.actor.agency or ""
    if said["answer"] == "confirm":
        return outcomes.confirm(number=number, agency=agency, comment=said["comment"], **sent.by)
    return outcomes.dissent(number=number, agency=agency, reason=said["comment"], **sent.by)


def _panel(sent: Sent) -> Answer:
    said = sent.said
    return panels.convene_panel(
        members=sent.form.chosen,
        meets_at=said["meets_at"],
        where=said["where"],
        why_parties_absent=said["why_parties_absent"],
        **sent.by,
    )


def _heard(sent: Sent) -> Answer:
    said = sent.said
    return panels.hear(agency=said["agency"], how=said["how"], said=said["said"], **sent.by)


def _decision(sent: Sent) -> Answer:
    said = sent.said
    return panels.decide_panel(
        decision=said["decision"],
        reasons=said["reasons"],
        next_course=said["next_course"],
        actions=sent.form.actions,
        outstanding=sent.form.points_open,
        **sent.by,
    )


def _redirect(sent: Sent) -> Answer:
    said = sent.said
    others = sent.file.state.receiving_agencies
    agency = sent.actor.agency if sent.actor.agency in others else others[0]
    return acts.redirect(
        from_agency=agency or "", to_agency=said["to_agency"], reason=said["reason"], **sent.by
    )


def _who(sent: Sent) -> Answer:
    said = sent.said
    return acts.name_seat(
        body=sent.actor.agency or "",
        role=said["role"],
        post=said["post"],
        cause="handed_on",
        reason=said["reason"],
        **sent.by,
    )


def _limit(sent: Sent) -> Answer:
    said = sent.said
    return acts.set_limit(
        clock=sent.form.target, due_at=said["due_at"], reason=said["reason"], **sent.by
    )


ACT_PAGES: tuple[ActPage, ...] = (
    ActPage(e.StepRecorded, forms.StepForm, _step, "Recorded.", "cases/step.jinja"),
    ActPage(e.MovedOn, forms.MoveForm, _move, "The case has moved on.", "cases/move.jinja",
            is_guarded=True),
    ActPage(e.OutcomeProposed, outcome_forms.OutcomeForm, _outcome,
            "Both sides are now asked to confirm the outcome.", "cases/outcome.jinja",
            is_guarded=True),
    ActPage(e.OutcomeConfirmed, outcome_forms.AnswerForm, _answer, "Your answer is recorded.",
            "cases/answer.jinja"),
    ActPage(e.PanelConvened, outcome_forms.PanelForm, _panel, "The panel is convened.",
            "cases/panel.jinja", prepare=preparing.offer_members, is_guarded=True),
    ActPage(e.RepresentationHeard, outcome_forms.HeardForm, _heard, "Recorded."),
    ActPage(e.PanelDecided, outcome_forms.DecisionForm, _decision,
            "The decision is recorded. Both sides are asked to confirm it in writing.",
            "cases/decision.jinja", is_guarded=True),
    ActPage(e.LimitSet, forms.LimitForm, _limit, "The earlier time now holds."),
    ActPage(e.ImmediateRiskReported, forms.RiskForm,
            lambda sent: acts.report_risk(why=sent.said["why"], **sent.by),
            "Immediate risk is on the record. Now telephone the people named below.",
            "cases/risk.jinja"),
    ActPage(e.PartyRedirected, forms.RedirectForm, _redirect, "The other agency is now asked.",
            prepare=preparing.offer_agencies, is_guarded=True, leads_home=True),
    ActPage(e.SeatNamed, forms.WhoForm, _who, "Recorded.", prepare=preparing.offer_roles,
            leads_home=True),
    ActPage(e.ActionDone, forms.DoneForm,
            lambda sent: outcomes.finish_action(
                action=sent.form.target, what=sent.said["what"], **sent.by),
            "Recorded.", "cases/action.jinja"),
    ActPage(e.PolicyGapReported, forms.GapForm,
            lambda sent: acts.report_gap(gap=sent.said["gap"], **sent.by),
            "The Chair will be told."),
    ActPage(e.EntryCorrected, forms.CorrectForm,
            lambda sent: acts.correct(
                entry=sent.form.target, correction=sent.said["correction"],
                reason=sent.said["reason"], **sent.by),
            "The correction now stands before the entry.", "cases/correct.jinja",
            prepare=preparing.find_entry),
    ActPage(e.CaseWithdrawn, forms.ReasonForm,
            lambda sent: acts.withdraw(reason=sent.said["reason"], **sent.by),
            "The concern is withdrawn.", is_guarded=True),
    ActPage(e.CaseReopened, forms.ReasonForm,
            lambda sent: acts.reopen(reason=sent.said["reason"], **sent.by),
            "The case is open again.", is_guarded=True),
)  # fmt: skip
