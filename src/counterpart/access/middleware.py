"""Default deny: no page without a declared rule, and no page of a case without having asked.

It must not touch the session or the database for a `public` page, so that those stay up when the
database is down. It comes last in MIDDLEWARE, after the session's own limits.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from counterpart.access import routes
from counterpart.access.admission import SAFE_METHODS, page_of, person_of, visitor_of
from counterpart.access.answers import Allowed
from counterpart.access.capabilities import bearer
from counterpart.access.reading import record_refusal
from counterpart.access.routes import RouteRule, rule_of
from counterpart.people.finders import partnerships_managed_by, person_of_closed

log = logging.getLogger(__name__)

SIGN_IN = "account_login"


class SeeOther(HttpResponseRedirect):
    """303: go there, with GET, whatever was asked before."""

    status_code = 303


class SignInFirst(SeeOther):
    """To the sign-in page. A kind of its own, so that the web room can hand back a form that was sent."""


class DefaultDeny:
    """Refuses what no rule allows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refuse the answer of a case's page that never asked `admit`."""
        response = self.get_response(request)
        match = request.resolver_match
        rule = rule_of(match.func) if match else None
        if (
            rule
            and rule.kind == routes.CASE
            and response.status_code < 300
            and not _admitted(request)
        ):
            log.error("a page of a case answered without asking: %s", match and match.view_name)
            return HttpResponse(
                "This page could not be shown.", status=500, content_type="text/plain"
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Hold the request to the rule its view declares. Raises Http404, or asks to sign in."""
        rule = rule_of(view)
        if rule is None:
            log.error("a page without a rule was asked for and refused")
            raise Http404
        if rule.kind in (routes.PUBLIC, routes.ANYONE):
            return None
        if rule.kind == routes.CAPABILITY:
            request.bearer = _bearer(request, rule, kwargs)  # type: ignore[attr-defined]  # ours, for the view
            return None
        if not request.user.is_authenticated:
            _note_closed(request)
            return _sign_in_first(request, rule)
        if not _right_kind(request, rule) or not _is_for_visitor(request, rule):
            raise Http404
        return None


def _bearer(request: HttpRequest, rule: RouteRule, kwargs: Mapping[str, str]) -> str:
    """Whose address it is. Every other is one and the same 404, and nobody signed in gets further."""
    at: datetime = request.now  # type: ignore[attr-defined]  # set by the web room for each request
    found = bearer(kwargs["token"], rule.act or "", at)
    if found is None:
        raise Http404
    return found


def _admitted(request: HttpRequest) -> bool:
    return isinstance(getattr(request, "admission", None), Allowed)


def _right_kind(request: HttpRequest, rule: RouteRule) -> bool:
    if rule.kind == routes.ADMINISTRATOR:
        return bool(getattr(request.user, "is_administrator", False))
    if rule.kind == routes.DESK:
        at: datetime = request.now  # type: ignore[attr-defined]  # set by the web room for each request
        return bool(partnerships_managed_by(person_of(request), at))
    return True


def _is_for_visitor(request: HttpRequest, rule: RouteRule) -> bool:
    """Whether the page is for whoever is there, should they be a visitor: one who answers is let into
    their case alone.
    """
    visitor = visitor_of(request)
    if visitor is None:
        return True
    return rule.visitors and (rule.kind == routes.CASE or not visitor.is_answering)


def _note_closed(request: HttpRequest) -> None:
    """Write down that somebody whose account was closed meanwhile sent a form. Which, is all that is kept of it."""
    account = request.session.get(SESSION_KEY) if request.method not in SAFE_METHODS else None
    person = person_of_closed(str(account)) if account else None
    if person:
        at: datetime = request.now  # type: ignore[attr-defined]  # set by the web room for each request
        record_refusal(person=person, at=at, page=page_of(request))


def _sign_in_first(request: HttpRequest, rule: RouteRule) -> HttpResponse:
    """To the sign-in page, and back here afterwards. The path alone: nothing that was typed."""
    asked = {"next": request.path} if "GET" in rule.methods else {}
    why = getattr(request, "signed_out_because", "")
    query = urlencode({**asked, **({"why": why} if why else {})})
    return SignInFirst(f"{reverse(SIGN_IN)}?{query}" if query else reverse(SIGN_IN))
