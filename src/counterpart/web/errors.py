"""The pages for when something is wrong: each says what happened and what to do, and hands back what was typed.

None touches the session or the database, and none shows personal data but what the person had just sent themselves.
A page that hands text back does so only where the browser vouches that it came from one of our own pages.
"""

import logging
import secrets
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from counterpart.web.pages import public_page

log = logging.getLogger(__name__)

Kept = list[tuple[str, str]]
_NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "code", "secret", "credential"})
_NEVER_SHOWN = frozenset({"carried"})  # a whole file that goes along unseen
_WROTE = "What you wrote"
_WRITTEN = 40  # characters without a space that are still more likely words than a code of ours


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """400: what was sent cannot be understood."""
    return public_page(request, "errors/400.jinja", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """403 for all but a refused form, which `csrf_failure` answers."""
    return public_page(request, "errors/403.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404: not there, or not for this person. The page says the same for both, and hands back what was typed."""
    is_sent = request.method == "POST"
    typed = written(request) if is_sent and _came_from_us(request) else []
    return public_page(
        request, "errors/404.jinja", {"is_sent": is_sent, "typed": typed}, status=404
    )


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: an address was used in a way it is not made for."""
    return public_page(request, "errors/405.jinja", status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Drawn without the layout, which may be what broke. The reference is in the log too.

    503 where the database could not be reached or could not write: locked, down, or its disk full.
    """
    reference = secrets.token_hex(4).upper()
    log.error("fault shown to a person as %s", reference)
    shown = f"{reference[:4]}-{reference[4:]}"
    if isinstance(sys.exc_info()[1], OperationalError):
        return _records_away(request, shown)
    return HttpResponse(render_to_string("errors/500.jinja", {"reference": shown}), status=500)


def _records_away(request: HttpRequest, reference: str) -> HttpResponse:
    is_sent = request.method == "POST"
    values = {
        "kept": kept(request) if is_sent and _came_from_us(request) else [],
        "is_sent": is_sent,
        "action": request.path,
        "reference": reference,
    }
    return public_page(request, "errors/503.jinja", values, status=503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """403: the page was open too long, or somebody signed in or out meanwhile. What was typed is kept."""
    values = {"kept": kept(request) if _came_from_us(request) else [], "action": request.path}
    return public_page(request, "errors/expired.jinja", values, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """403: a form was sent after the sign-in ended. It passed the check of where it came from; all of it is kept."""
    values = {"kept": kept(request), "action": request.path}
    return public_page(request, "errors/signed_out.jinja", values, status=403)


def step_again(request: HttpRequest) -> HttpResponse:
    """403: a weighty form was sent long after the second step. It passed the check of where it came from."""
    values = {"kept": kept(request), "action": request.get_full_path()}
    return public_page(request, "errors/step_again.jinja", values, status=403)


def conflict(
    request: HttpRequest, *, what: str, typed: Kept, link: tuple[str, str]
) -> HttpResponse:
    """409: somebody else acted meanwhile. `what` says so; `typed` is (label, text); `link` is (words, href)."""
    values = {"what": what, "typed": typed, "link": link}
    return public_page(request, "errors/409.jinja", values, status=409)


def kept(request: HttpRequest) -> list[dict[str, str | bool]]:
    """Every value of a form as it was sent, to be sent again; passwords and codes are not kept.

    Only what somebody wrote `is_shown`: the codes of answers chosen would mean nothing to them.
    """
    return [
        {
            "name": name,
            "value": str(value),
            "is_shown": name not in _NEVER_SHOWN and _is_written(str(value)),
        }
        for name, values in request.POST.lists()
        if name not in _NEVER_KEPT
        for value in values
    ]


def written(request: HttpRequest) -> Kept:
    """What somebody wrote in a form, each under its question, where the view says what it asks (`asks`)."""
    view = request.resolver_match.func if request.resolver_match else None
    fields = getattr(getattr(view, "asks", None), "base_fields", {})
    labels = {name: str(field.label) for name, field in fields.items() if field.label}
    return [
        (labels.get(str(one["name"]), _WROTE), str(one["value"]))
        for one in kept(request)
        if one["is_shown"]
    ]


def _is_written(value: str) -> bool:
    return len(value.split()) > 1 or len(value) > _WRITTEN


def _came_from_us(request: HttpRequest) -> bool:
    """Whether the browser says the form stood on one of our pages. A page of somebody else cannot make it say so."""
    own = f"{request.scheme}://{request.get_host()}"
    return (
        request.headers.get("Origin") == own
        or request.headers.get("Sec-Fetch-Site") == "same-origin"
    )
