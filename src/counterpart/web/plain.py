"""The plain cases, before and after the views: what nobody can have meant, what must not be kept, bare answers.

It must not change an answer that has something to say, nor look at who is signed in.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from counterpart.access.middleware import SignInFirst
from counterpart.access.routes import PUBLIC, rule_of
from counterpart.web import errors

Respond = Callable[[HttpRequest], HttpResponse]
NUL = "\0"


class NoNul:
    """Refuses a query or a cookie with NUL in it: no page of ours makes one, and PostgreSQL takes none."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the page for what cannot be understood."""
        asked = (*request.GET.values(), *request.COOKIES.values())
        if any(NUL in text for text in asked):
            return errors.bad_request(request)
        return self.get_response(request)


class PlainPages:
    """Stands outside the access rules, and puts a page where they left a bare answer."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the page that says the same in plain words. No browser keeps what is not public."""
        response = self._answer(request)
        if not _is_public(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, SignInFirst) and request.method == "POST":
            return errors.signed_out(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = errors.not_allowed(request)
            page["Allow"] = response["Allow"]
            return page
        return response


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    rule = rule_of(match.func) if match else None
    return rule is not None and rule.kind == PUBLIC
