"""Letting a request into one case, and writing down that it was.

A view of a case calls `admit` once, before it loads anything of the case. It must not answer in
any way that tells an outsider that the case exists: every refusal is the same 404.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest

from counterpart.access.answers import Allowed, Answer
from counterpart.access.permission import acts_allowed, can
from counterpart.access.reading import record_read, record_refusal
from counterpart.access.routes import rule_of
from counterpart.access.visitors import Visitor

SAFE_METHODS = ("GET", "HEAD")


class Undeclared(RuntimeError):
    """A view asked for admission to a case without declaring a `case:` rule."""


def admit(request: HttpRequest, case: str, at: datetime) -> Allowed:
    """Let the signed-in person into `case` for the act the route declares, or raise Http404.

    On GET one row is added to the log of reads, and for a refusal one to that of refusals. What was
    answered stays on `request.admission`.
    """
    act = _declared_act(request)
    visitor = visitor_of(request)
    answer = visitor.may(act, case, at) if visitor else can(person_of(request), act, case, at)
    request.admission = answer  # type: ignore[attr-defined]  # ours, for the page and the middleware
    if not isinstance(answer, Allowed):
        # In a case that is there and in one that is not: the answer is the same, and takes as long.
        record_refusal(person=person_of(request), at=at, page=page_of(request))
        raise Http404
    if request.method in SAFE_METHODS:
        record_read(
            case=case,
            person=person_of(request),
            post=answer.post,
            at=at,
            basis=answer.basis,
            page=page_of(request),
        )
    return answer


def acts_of(request: HttpRequest, case: str, at: datetime) -> Mapping[str, Answer]:
    """The answer for every act in the table, for whoever is there."""
    visitor = visitor_of(request)
    return visitor.acts_allowed(case, at) if visitor else acts_allowed(person_of(request), case, at)


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Whoever came by a code and has no account; None where an account is signed in."""
    found: Any = request.user
    return found if isinstance(found, Visitor) else None


def person_of(request: HttpRequest) -> str:
    """The id of the person signed in. Only behind a rule that demands it."""
    account: Any = request.user
    return str(account.person_id)


def bearer_of(request: HttpRequest) -> str:
    """The id of the person whose secret address was asked for. Only behind a `capability:` rule."""
    return str(request.bearer)  # type: ignore[attr-defined]  # set by the middleware


def page_of(request: HttpRequest) -> str:
    """The name of the route asked for: it holds no reference and no id."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _declared_act(request: HttpRequest) -> str:
    match = request.resolver_match
    rule = rule_of(match.func) if match else None
    if rule is None or rule.act is None:
        raise Undeclared("this page has no `case:` rule; see counterpart.access.routes")
    return rule.act
