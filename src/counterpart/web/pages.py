"""Answering with a page. The one way a view turns a template and its values into what the browser gets.

It must not look anything up for a page but its frame, and must not catch errors: those have pages of their own.
"""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from counterpart.web.shell import Shell, public_shell, signed_in_shell


class SeeOther(HttpResponseRedirect):
    """303: what was sent is done; look there. A reload then repeats the look and never the act."""

    status_code = 303


def page(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int | None = None,
) -> HttpResponse:
    """A page in the frame of whoever is signed in. 422 where its `form` was refused, else 200."""
    return _answer(request, template, values or {}, signed_in_shell(request), status)


def public_page(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int | None = None,
) -> HttpResponse:
    """A page that asks nothing of the session or the database, and stands while they are down."""
    return _answer(request, template, values or {}, public_shell(request), status)


def see_other(url: str) -> SeeOther:
    """Where to go after an act."""
    return SeeOther(url)


def _answer(
    request: HttpRequest, template: str, values: Mapping[str, Any], shell: Shell, status: int | None
) -> HttpResponse:
    form = values.get("form")
    has_problem = isinstance(form, BaseForm) and bool(form.errors)
    drawn = render_to_string(
        template, {"form": None, **values, "shell": shell, "has_problem": has_problem}, request
    )
    return HttpResponse(drawn, status=status or (422 if has_problem else 200))
