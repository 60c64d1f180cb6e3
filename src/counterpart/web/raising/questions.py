"""The journey: which questions there are, in which order, when each is asked, and what comes next.

This is the whole of it in one table. A *step* is a question put once, or once for each agency. It
must not know how a question looks or what its answer is checked for: that is in `forms`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from counterpart.web.raising import forms, policy_forms, subject_forms
from counterpart.web.raising.choosing import UNKNOWN
from counterpart.web.raising.drafting import NOBODY, Drafting

CHECK = "check"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the journey.

    `name` is in its address. `is_asked` says whether this draft needs it, `is_answered` whether
    it still has to be, for the agency it is about where it is put once for each.
    """

    name: str
    form: type[forms.QuestionForm]
    is_answered: Callable[[Drafting, str], bool]
    is_asked: Callable[[Drafting], bool] = lambda _: True
    template: str = "raising/question.jinja"
    for_each_agency: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A question as it is put: to a draft as a whole, or `about` one agency or child."""

    question: Question
    about: str = ""


def _has(name: str) -> Callable[[Drafting, str], bool]:
    return lambda drafting, _: name in drafting.answers


def _has_open_grounds(drafting: Drafting, _: str) -> bool:
    known = {ground.id for ground in drafting.policy.grounds} | {"other"}
    return bool(known.intersection(drafting.answers.get("grounds", ())))


def _supporter_holds(drafting: Drafting, _: str) -> bool:
    answer = drafting.answers.get("supporter")
    return answer == NOBODY or (answer is not None and drafting.supporter is not None)


def _subject_holds(drafting: Drafting, _: str) -> bool:
    return drafting.answers.get("subject") == UNKNOWN or drafting.subject is not None


def _same_child_was_seen(drafting: Drafting, _: str) -> bool:
    seen = drafting.answers.get("cases_seen", ())
    return all(row.reference in seen for row in drafting.same_child)


CHILD = Question(
    "child",
    forms.ChildForm,
    is_answered=lambda drafting, _: bool(drafting.children),
    is_asked=lambda drafting: not drafting.children,
    template="raising/child.jinja",
)
CHILDREN = Question(
    "children",
    forms.ChildrenForm,
    is_answered=lambda drafting, _: "is_everyone" in drafting.answers,
    is_asked=lambda drafting: bool(drafting.children),
    template="raising/children.jinja",
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "post",
        forms.PostForm,
        is_answered=lambda drafting, _: drafting.standpoint is not None,
        is_asked=lambda drafting: len(drafting.standpoints) > 1,
    ),
    Question(
        "check-first",
        policy_forms.CheckFirstForm,
        is_answered=lambda drafting, _: all(
            check.id in drafting.checked for check in drafting.policy.before_raising
        ),
        is_asked=lambda drafting: bool(drafting.policy.before_raising),
        template="raising/check_first.jinja",
    ),
    CHILD,
    CHILDREN,
    Question(
        "open-case",
        forms.SameChildForm,
        is_answered=_same_child_was_seen,
        is_asked=lambda drafting: bool(drafting.same_child),
        template="raising/same_child.jinja",
    ),
    Question(
        "grounds",
        forms.GroundsForm,
        is_answered=_has_open_grounds,
        is_asked=lambda drafting: bool(drafting.policy.grounds),
    ),
    Question("dispute", forms.DisputeForm, is_answered=_has("dispute")),
    Question("why-unsafe", forms.WhyUnsafeForm, is_answered=_has("why_unsafe")),
    Question(
        "immediate-risk",
        forms.UrgentForm,
        is_answered=_has("is_urgent"),
        is_asked=lambda drafting: drafting.policy.urgent is not None,
        template="raising/immediate_risk.jinja",
    ),
    Question("outcome", forms.OutcomeForm, is_answered=_has("desired_outcome")),
    Question("reasons", forms.RationaleForm, is_answered=_has("asked_rationale")),
    Question("own-policy", forms.OwnPolicyForm, is_answered=_has("used_own_policy")),
    Question("tried", forms.TriedForm, is_answered=_has("already_tried")),
    Question(
        "agencies",
        forms.AgenciesForm,
        is_answered=lambda drafting, _: bool(drafting.chosen_agencies),
        template="raising/agencies.jinja",
    ),
    Question(
        "worker",
        forms.WorkerForm,
        is_answered=lambda drafting, agency: drafting.worker(agency) is not None,
        template="raising/worker.jinja",
        for_each_agency=True,
    ),
    Question(
        "about-a-person",
        subject_forms.AboutWorkerForm,
        is_answered=lambda _, __: True,  # left out, it is no
        template="raising/about_worker.jinja",
    ),
    Question(
        "which-person",
        subject_forms.SubjectForm,
        is_answered=_subject_holds,
        is_asked=lambda drafting: bool(drafting.answers.get("is_about_worker")),
        template="raising/subject.jinja",
    ),
    Question(
        "track",
        policy_forms.TrackForm,
        is_answered=lambda drafting, _: drafting.track is not None,
        is_asked=lambda drafting: len(drafting.tracks) > 1,
    ),
    Question(
        "supporter",
        forms.SupporterForm,
        is_answered=_supporter_holds,
        is_asked=lambda drafting: drafting.policy.support is not None,
        template="raising/supporter.jinja",
    ),
)


def steps(drafting: Drafting) -> list[Step]:
    """Every step of this draft as it stands, in order; none beyond the post while that is open."""
    found: list[Step] = []
    for question in QUESTIONS:
        if drafting.standpoint is None and question.name != "post":
            break
        if question.is_asked(drafting):
            agencies = (
                [a.id for a in drafting.chosen_agencies] if question.for_each_agency else [""]
            )
            found += [Step(question, about) for about in agencies]
    return found


def first_open(drafting: Drafting) -> Step | None:
    """The first step that still has to be answered; None when everything has been."""
    return next((step for step in steps(drafting) if not _is_done(step, drafting)), None)


def find(drafting: Drafting, name: str, about: str) -> Step | None:
    """The step at an address: one of this draft's, or a child being added or changed."""
    if name == CHILD.name and (not about or about in drafting.children):
        return Step(CHILD, about) if drafting.standpoint else None
    wanted = (step for step in steps(drafting) if step.question.name == name)
    return next((step for step in wanted if step.about == about), None)


def is_too_early(step: Step, drafting: Drafting) -> bool:
    """Whether something before this step has still to be answered."""
    order = [question.name for question in QUESTIONS]
    open_step = first_open(drafting)
    if open_step is None or open_step == step:
        return False
    here, there = order.index(step.question.name), order.index(open_step.question.name)
    return there < here and step.question is not CHILD


def after(step: Step, drafting: Drafting, is_checking: bool) -> str:
    """Where to go when a step has been answered. `is_checking`: it was changed from the answers.

    Whoever changes an answer goes back to check, by way of anything that is open because of it.
    """
    if step.question is CHILD:
        return address(drafting, Step(CHILDREN), is_checking)
    if step.question is CHILDREN and "is_everyone" not in drafting.answers:
        return address(drafting, Step(CHILD), is_checking)
    following = first_open(drafting) if is_checking else _next(step, drafting)
    if following is None:
        return address(drafting)
    return address(drafting, following, is_checking)


def before(step: Step, drafting: Drafting, is_checking: bool) -> str:
    """Where “Back” leads: the step before, or the answers where one came from there."""
    if step.question is CHILD and drafting.children:
        return address(drafting, Step(CHILDREN), is_checking)
    if is_checking:
        return address(drafting)
    order = steps(drafting)
    place = order.index(step) if step in order else 0
    return address(drafting, order[place - 1]) if place else reverse("raising:start")


def address(drafting: Drafting, step: Step | None = None, is_checking: bool = False) -> str:
    """The address of a step of this draft, or of the answers to check."""
    if step is None:
        return reverse("raising:check", kwargs={"draft": drafting.draft})
    parts: dict[str, Any] = {"draft": drafting.draft, "question": step.question.name}
    if step.about:
        parts["about"] = step.about
    return reverse("raising:question", kwargs=parts) + ("?from=check" if is_checking else "")


def _next(step: Step, drafting: Drafting) -> Step | None:
    order = steps(drafting)
    place = order.index(step) if step in order else -1
    return order[place + 1] if place + 1 < len(order) else None


def _is_done(step: Step, drafting: Drafting) -> bool:
    return step.question.is_answered(drafting, step.about)
