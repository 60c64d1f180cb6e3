"""The pages of raising a concern. Each finds the draft, takes one answer, and says where to go next.

Looking changes nothing: a draft is written only by what is sent. Somebody else's draft is not
there at all, and a draft that has been sent leads to its receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import admit, person_of, visitor_of
from counterpart.access.routes import declared
from counterpart.casework import casefile, drafts, raising
from counterpart.casework.writing import Done
from counterpart.engine.rules import Refusal
from counterpart.web.pages import page, see_other
from counterpart.web.raising import checking, questions, receipts
from counterpart.web.raising.drafting import CHILD, Drafting, Standpoint, standpoints
from counterpart.web.raising.forms import QuestionForm, SendForm

MOST_DRAFTS = 10
NOWHERE = "no case"  # asked for all the same: what is not there takes as long as what is hidden
TOO_MANY = (
    f"You have {MOST_DRAFTS} concerns that you have not sent. Send or delete one of them first."
)
KEPT = "Your answers have been kept. You can carry on when you are ready."

DraftView = Callable[..., HttpResponse]


def of_own_draft(view: DraftView) -> DraftView:
    """Give a view the draft at its address: the person's own and not yet sent, or no page."""

    @wraps(view)
    def find(request: HttpRequest, draft: str, **rest: str) -> HttpResponse:
        person, visit = person_of(request), _visit(request)
        answers = drafts.load(draft=draft, person=person, visit=visit)
        if answers is not None:
            places = _places(request)
            if not places:
                return see_other(reverse("raising:start"))
            drafting = Drafting(draft, person, _now(request), places, answers, visit)
            return view(request, drafting, **rest)
        reference = drafts.sent_as(draft=draft, person=person)
        if reference is None:
            raise Http404
        return see_other(_receipt(reference))

    return find


@declared("signed_in", methods=("GET", "POST"), visitors=True)
def start(request: HttpRequest) -> HttpResponse:
    """What this is for, what is needed, 999 first; and the beginning of a draft."""
    person, visit = person_of(request), _visit(request)
    places, begun = _places(request), drafts.drafts_of(person, visit)
    form = _sending(request)
    if request.method == "POST" and form.is_valid() and places:
        if len(begun) < MOST_DRAFTS:
            draft = drafts.start(person=person, now=_now(request), key=form.key, visit=visit)
            return see_other(reverse("raising:resume", kwargs={"draft": draft}))
        form.refuse(TOO_MANY)
    values = {"form": form, "places": places, "begun": begun, "visitor": visitor_of(request)}
    return page(request, "raising/start.jinja", values)


@declared("signed_in", visitors=True)
def drafts_page(request: HttpRequest) -> HttpResponse:
    """What the person has begun and not sent."""
    person, visit = person_of(request), _visit(request)
    begun = [
        (each, _about(drafts.load(draft=each.id, person=person, visit=visit) or {}))
        for each in drafts.drafts_of(person, visit)
    ]
    values = {"begun": begun, "now": _now(request), "visitor": visitor_of(request)}
    return page(request, "raising/drafts.jinja", values)


@declared("signed_in", visitors=True)
@of_own_draft
def resume(_request: HttpRequest, drafting: Drafting) -> HttpResponse:
    """To the first question that is open, or to the answers."""
    return see_other(_where_to_go_on(drafting))


@declared("signed_in", methods=("GET", "POST"), visitors=True)
@of_own_draft
def question_page(
    request: HttpRequest, drafting: Drafting, question: str, about: str = ""
) -> HttpResponse:
    """One question. An answer is kept and leads on; anything wrong is said, with all that was typed."""
    if question not in {each.name for each in questions.QUESTIONS}:
        raise Http404
    step = questions.find(drafting, question, about)
    if step is None or questions.is_too_early(step, drafting):
        return see_other(_where_to_go_on(drafting))
    form = _form(request, step, drafting)
    is_checking = request.GET.get("from") == questions.CHECK
    if "later" in request.POST and not form.typed():
        return see_other(reverse("raising:drafts"))
    if form.is_bound and form.is_valid():
        return see_other(_keep(request, drafting, step, form, is_checking))
    values = {
        "form": form,
        "drafting": drafting,
        "step": step,
        "back": questions.before(step, drafting, is_checking),
        "query": "?from=check" if is_checking else "",
        "send": SendForm(),
    }
    return page(request, step.question.template, values)


@declared("signed_in", methods=("POST",), visitors=True)
@of_own_draft
def remove(_request: HttpRequest, drafting: Drafting, child: str) -> HttpResponse:
    """Take away one of those the concern is about."""
    drafts.save(
        draft=drafting.draft,
        person=drafting.person,
        answers={f"{CHILD}{child}": None},
        now=drafting.now,
        visit=drafting.visit,
    )
    return see_other(reverse("raising:question", args=[drafting.draft, "children"]))


@declared("signed_in", methods=("GET", "POST"), visitors=True)
@of_own_draft
def check(request: HttpRequest, drafting: Drafting) -> HttpResponse:
    """Everything that was answered, each with a way to change it; and sending it."""
    if questions.first_open(drafting):
        return see_other(_where_to_go_on(drafting))
    form = _sending(request)
    if request.method == "POST" and form.is_valid():
        outcome = _send(drafting)
        if isinstance(outcome, Done):
            return see_other(_receipt(outcome.reference))
        form.refuse(outcome.words)
    values = {
        "form": form,
        "parts": checking.parts(drafting),
        "drafting": drafting,
        "back": questions.address(drafting, questions.steps(drafting)[-1]),
    }
    return page(request, "raising/check.jinja", values)


@declared("signed_in", methods=("GET", "POST"), visitors=True)
@of_own_draft
def delete(request: HttpRequest, drafting: Drafting) -> HttpResponse:
    """Ask once, then throw the draft away."""
    form = _sending(request)
    if request.method == "POST" and form.is_valid():
        drafts.drop(draft=drafting.draft, person=drafting.person, visit=drafting.visit)
        messages.success(request, "The concern you had not sent has been deleted.")
        return see_other(reverse("raising:start"))
    values = {"form": form, "drafting": drafting, "about": _about(drafting.answers)}
    return page(request, "raising/delete.jinja", values)


@declared("case:see_receipt", visitors=True)
def receipt_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt, for the person who raised the concern, as often as they want to see it."""
    case = casefile.find(reference) or NOWHERE
    admit(request, case, _now(request))
    file = casefile.open_case(case, _now(request))
    return page(request, "raising/receipt.jinja", {"receipt": receipts.receipt(file)})


def _sending(request: HttpRequest) -> SendForm:
    return SendForm(request.POST if request.method == "POST" else None)


def _form(request: HttpRequest, step: questions.Step, drafting: Drafting) -> QuestionForm:
    """The form of a step. Looking somebody up in the directory hands back what was typed, unjudged."""
    form, about = step.question.form, step.about
    if request.method != "POST":
        return form(drafting=drafting, about=about)
    if "looking" in request.POST:
        return form(drafting=drafting, about=about, typed=request.POST)
    return form(request.POST, drafting=drafting, about=about)


def _keep(
    request: HttpRequest,
    drafting: Drafting,
    step: questions.Step,
    form: QuestionForm,
    is_checking: bool,
) -> str:
    """Keep an answer in the draft; where to go then."""
    draft, person, visit = drafting.draft, drafting.person, drafting.visit
    drafts.save(draft=draft, person=person, answers=form.answers(), now=drafting.now, visit=visit)
    if "later" in request.POST:
        messages.success(request, KEPT)
        return reverse("raising:drafts")
    kept = drafts.load(draft=draft, person=person, visit=visit) or {}
    return questions.after(step, replace(drafting, answers=kept), is_checking)


def _send(drafting: Drafting) -> Done | Refusal:
    """Raise the concern, once for a draft however often it is sent."""
    actor = raising.actor_for_raising(
        person=drafting.person, post=drafting.place.post.post, at=drafting.now
    )
    outcome = raising.raise_concern(
        written=checking.written(drafting),
        actor=actor,
        now=drafting.now,
        key=f"draft {drafting.draft}",
    )
    if isinstance(outcome, Done):
        drafts.mark_sent(draft=drafting.draft, person=drafting.person, reference=outcome.reference)
    return outcome


def _where_to_go_on(drafting: Drafting) -> str:
    return questions.address(drafting, questions.first_open(drafting))


def _receipt(reference: str) -> str:
    return reverse("raising:receipt", kwargs={"reference": reference})


def _places(request: HttpRequest) -> tuple[Standpoint, ...]:
    """Where the person may raise a concern from. Whoever runs the system sees no case, so nowhere."""
    account: Any = request.user
    return () if account.is_administrator else standpoints(person_of(request), _now(request))


def _visit(request: HttpRequest) -> drafts.Visit | None:
    """The visit that drafts are kept to, where several read the mailbox somebody came in by."""
    visitor = visitor_of(request)
    if visitor is None or not visitor.is_among_several:
        return None
    return drafts.Visit(visitor.visit, _now(request))


def _about(answers: Mapping[str, Any]) -> list[str]:
    """Whom a draft is about, so that its writer can tell it from another."""
    return [checking.child_words(said) for name, said in answers.items() if name.startswith(CHILD)]


def _now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
