"""The desk's pages about what people say of the policy: read it, deal with it, say what was done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from counterpart.access.routes import declared
from counterpart.casework import policycomments
from counterpart.casework.policycomments import AlreadyAnswered, Comment
from counterpart.web.desk.office import Office
from counterpart.web.desk.policies import of_one_office
from counterpart.web.desk.policy_forms import AnswerForm
from counterpart.web.errors import conflict
from counterpart.web.pages import page, see_other

DONE = "It is marked as dealt with. Whoever said it can read your answer."
OVERTAKEN = "Somebody else of your office dealt with this while you were writing."


@declared("desk")
@of_one_office
def comments(request: HttpRequest, office: Office) -> HttpResponse:
    """Everything people have said of the policy, what is not dealt with first."""
    found = policycomments.comments(office.partnership.id)
    values = {"comments": found, "office": office, "now": office.now}
    return page(request, "desk/comments.jinja", values)


@declared("desk", methods=("GET", "POST"))
@of_one_office
def answer(request: HttpRequest, office: Office, comment: str) -> HttpResponse:
    """Mark something that was said as dealt with, with a short answer."""
    said = _said(office, comment)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if said.answer is not None:
        return _overtaken(request, office, form)
    if form.is_valid():
        try:
            policycomments.answer(
                comment=said,
                partnership=office.partnership.id,
                text=form.cleaned_data["answer"],
                actor=office.acting,
                now=office.now,
                key=form.key,
            )
        except AlreadyAnswered:
            return _overtaken(request, office, form)
        messages.success(request, DONE)
        return see_other(office.href("comments"))
    values = {"form": form, "said": said, "office": office, "now": office.now}
    return page(request, "desk/answer_comment.jinja", values)


def _said(office: Office, comment: str) -> Comment:
    found = policycomments.comments(office.partnership.id)
    said = next((one for one in found if one.id == comment), None)
    if said is None:
        raise Http404
    return said


def _overtaken(request: HttpRequest, office: Office, form: AnswerForm) -> HttpResponse:
    """It has an answer already: a second press of the button, or somebody else's."""
    if request.method != "POST":
        return see_other(office.href("comments"))
    link = ("See what people have said", office.href("comments"))
    return conflict(request, what=OVERTAKEN, typed=form.typed(), link=link)
