"""Who belongs to one household or family, as the partnership's office has been told."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from counterpart.access.routes import declared
from counterpart.casework import directory_upkeep as upkeep
from counterpart.people import overview
from counterpart.people.changes import DirectoryFault
from counterpart.people.days import day_of
from counterpart.people.finders import person_known_by
from counterpart.web.directory.doing import done
from counterpart.web.directory.forms import TieForm
from counterpart.web.directory.scope import Managed, of_one_partnership
from counterpart.web.forms import CounterpartForm
from counterpart.web.pages import page, see_other

DECLARED = "It has been written down that they belong together."
ENDED = "It has been written down that they no longer belong together."
UNKNOWN = "Nobody with a post in this partnership has the address {mail}. Check it."


@declared("signed_in", methods=("GET", "POST"))
def ties(request: HttpRequest) -> HttpResponseBase:
    """Those that are known, and one more."""
    return _ties(request)


@of_one_partnership
def _ties(request: HttpRequest, managed: Managed) -> HttpResponse:
    form = TieForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, lambda key: _declare(managed, form, key)):
        messages.success(request, DECLARED)
        return see_other(managed.href("ties"))
    here = overview.bodies_in(managed.partnership.id)
    values = {"form": form, "managed": managed, "ties": overview.ties_among(here, managed.now)}
    return page(request, "directory/ties.jinja", values)


def _declare(managed: Managed, form: TieForm, key: str) -> None:
    here = overview.bodies_in(managed.partnership.id)
    people = []
    for mail in (form.cleaned_data["one"], form.cleaned_data["other"]):
        known = person_known_by(mail)
        if known is None or not overview.bodies_of_person(known.id) & here:
            raise DirectoryFault("unknown_person", UNKNOWN.format(mail=mail))
        people.append(known.id)
    upkeep.declare_tie(
        people=people,
        partnership=managed.partnership.id,
        from_on=day_of(managed.now),
        actor=managed.acting,
        now=managed.now,
        key=key,
    )


@declared("signed_in", methods=("POST",))
def end(request: HttpRequest, tie: str) -> HttpResponseBase:
    """Two people no longer belong together."""
    return _end(request, tie=tie)


@of_one_partnership
def _end(request: HttpRequest, managed: Managed, tie: str) -> HttpResponse:
    here = overview.bodies_in(managed.partnership.id)
    if tie not in {each.id for each in overview.ties_among(here, managed.now)}:
        raise Http404
    form = CounterpartForm(request.POST)
    if done(
        form,
        lambda key: upkeep.end_tie(
            tie=tie, partnership=managed.partnership.id, until_on=day_of(managed.now),
            actor=managed.acting, now=managed.now, key=key,
        ),
    ):  # fmt: skip
        messages.success(request, ENDED)
    return see_other(managed.href("ties"))
