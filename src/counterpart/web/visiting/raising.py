"""Raising a concern without an account: the work address that a code is sent to.

The page is the same whether or not an address is known.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.casework import coming_in
from counterpart.web.pages import page, see_other
from counterpart.web.visiting.forms import AddressForm
from counterpart.web.visiting.sending import send_code


@declared("anyone", methods=("GET", "POST"))
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code. Whoever is signed in goes on as they are."""
    if request.user.is_authenticated:
        return see_other(reverse("raising:start"))
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in's middleware
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        problem = send_code(
            request,
            address=address,
            message="",
            is_known=coming_in.may_raise(address, now),
            has_account=coming_in.has_account(address),
        )
        if not problem:
            return see_other(reverse("visiting:code"))
        form.refuse(problem)
    return page(request, "visiting/ask.jinja", {"form": form})
