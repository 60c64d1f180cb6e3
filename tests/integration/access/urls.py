"""Pages for the tests of default deny: one of each rule, one without, one that forgets to ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from counterpart.access.admission import admit
from counterpart.access.routes import declared


def said(request: HttpRequest, case: str = "", **_: Any) -> HttpResponse:
    """A page with nothing to hide."""
    return HttpResponse(f"here {case}")


@declared("case:see_case")
def case_page(request: HttpRequest, case: str) -> HttpResponse:
    """A page of a case, as it should be."""
    admission = admit(request, case, request.now)  # type: ignore[attr-defined]  # set by the middleware
    return HttpResponse(f"here {case} {admission.basis}")


@declared("case:record", methods=("GET", "POST"))
def record(request: HttpRequest, case: str) -> HttpResponse:
    """An act on a case."""
    admit(request, case, request.now)  # type: ignore[attr-defined]  # as above
    return HttpResponse("recorded")


@declared("case:see_case")
def forgetful(request: HttpRequest, case: str) -> HttpResponse:
    """A page of a case that never asks."""
    return HttpResponse(f"everything about {case}")


urlpatterns = [
    path("public", declared("public")(said), name="public"),
    path("anyone", declared("anyone")(said), name="anyone"),
    path("signed-in", declared("signed_in")(said), name="signed_in"),
    path("post-only", declared("signed_in", methods=("POST",))(said), name="post_only"),
    path("desk", declared("desk")(said), name="desk"),
    path("system", declared("administrator")(said), name="system"),
    path("cases/<case>", case_page, name="case_page"),
    path("cases/<case>/record", record, name="record"),
    path("cases/<case>/forgetful", forgetful, name="forgetful"),
    path("undeclared", said, name="undeclared"),
    path("", include("counterpart.web.signin.urls")),
]
