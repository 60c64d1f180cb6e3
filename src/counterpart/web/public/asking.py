"""Views of the public pages that answer a question: a deadline, an opposite number, a clause, what changes.

Each asks by its address alone. None may touch `request.user`, `request.session` or a model.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.routes import declared
from counterpart.policy.clauses import clause_by_clause
from counterpart.policy.comparing import as_sections, compare
from counterpart.policy.drawing import as_svg, diagram
from counterpart.policy.explaining import clause_anchor
from counterpart.policy.model import Policy
from counterpart.web.opposite import opposite
from counterpart.web.pages import public_page, see_other
from counterpart.web.public import deadlines
from counterpart.web.public.deadline_form import DeadlineForm
from counterpart.web.public.opposite_form import WhoAreYouForm
from counterpart.web.public.policies import shown_policies
from counterpart.worktime.asking import Problems


@declared("public")
def deadline(request: HttpRequest) -> HttpResponse:
    """When a limit is due, with every day of it."""
    policies = shown_policies().every
    is_asked = "limit" in request.GET or "rule" in request.GET
    form = DeadlineForm(request.GET if is_asked else None, policies=tuple(policies.values()))
    worked = None
    if form.is_valid():
        answer = deadlines.answer(form.cleaned_data, policies)
        if isinstance(answer, Problems):
            for field, words in deadlines.said_of(answer):
                form.refuse(words, field)
        else:
            worked = answer
    return public_page(
        request, "public/deadline.jinja", {"form": form, "asked": form, "worked": worked}
    )


@declared("public")
def opposites(request: HttpRequest) -> HttpResponse:
    """The policies in which to look for an opposite number; straight to the one where there is one."""
    shown = shown_policies()
    if len(shown.every) == 1:
        return see_other(reverse("public:opposite_of", args=tuple(shown.every)))
    return public_page(request, "public/opposites.jinja", {"shown": shown})


@declared("public")
def opposite_of(request: HttpRequest, policy: str) -> HttpResponse:
    """Whom to speak to in the other agency, by role, at each stage of a policy."""
    asked = one_policy(policy)
    form = WhoAreYouForm(request.GET if "you" in request.GET else None, policy=asked)
    found = opposite(asked, form.cleaned_data["you"]) if form.is_valid() else None
    values = {"form": form, "asked": form, "policy": asked, "found": found}
    return public_page(request, "public/opposite.jinja", values)


@declared("public")
def picture(_request: HttpRequest, policy: str) -> HttpResponse:
    """The diagram of a policy, as a picture of its own."""
    drawn = as_svg(diagram(one_policy(policy)))
    return HttpResponse(drawn, content_type="image/svg+xml")


@declared("public")
def clauses(request: HttpRequest, policy: str) -> HttpResponse:
    """Clause by clause, where a policy is met and what Counterpart does there."""
    asked = one_policy(policy)
    found = clause_by_clause(asked)
    values = {
        "policy": asked,
        "clauses": found,
        "not_all_here": tuple(met for met in found if met.not_by_counterpart),
        "clause_anchor": clause_anchor,
    }
    return public_page(request, "public/clauses.jinja", values)


@declared("public")
def changes(request: HttpRequest, policy: str, other: str) -> HttpResponse:
    """What another policy says otherwise, rule by rule."""
    here, there = one_policy(policy), one_policy(other)
    found = compare(here, there)
    opening, *_ = as_sections(here, there, found)
    values = {
        "policy": here,
        "other": there,
        "opening": opening,
        "clause_anchor": clause_anchor,
        "differences": found,
    }
    return public_page(request, "public/changes.jinja", values)


def one_policy(policy: str) -> Policy:
    """A policy that runs here, or the page for what is not there."""
    found = shown_policies().every.get(policy)
    if found is None:
        raise Http404
    return found
