"""Two answers that come without a page get one: the wrong method, and a form sent after the sign-in ended.

It must not change an answer that has something to say, nor look at who is signed in.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from counterpart.access.middleware import SignInFirst
from counterpart.web import errors


class PlainPages:
    """Stands outside the access rules, and puts a page where they left a bare answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the page that says the same in plain words."""
        response = self.get_response(request)
        if isinstance(response, SignInFirst) and request.method == "POST":
            return errors.signed_out(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = errors.not_allowed(request)
            page["Allow"] = response["Allow"]
            return page
        return response
