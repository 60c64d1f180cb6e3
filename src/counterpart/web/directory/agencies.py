"""The list of agencies, one agency (or a partnership's office) with its posts, and putting it right."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.agencies import led_by
from counterpart.access.routes import declared
from counterpart.casework import directory as acts
from counterpart.casework import directory_upkeep as upkeep
from counterpart.messages.faults import invitations_unsent
from counterpart.people import overview
from counterpart.people.days import day_of
from counterpart.people.finders import people_by_id
from counterpart.people.kinds import AGENCY_KINDS, TIERS
from counterpart.people.stated import as_stated
from counterpart.people.upkeep import AgencyDetails, agency_details
from counterpart.web.desk.places import desks_of
from counterpart.web.directory.doing import done
from counterpart.web.directory.forms import AgencyForm, ReachForm
from counterpart.web.directory.scope import (
    Kept,
    Managed,
    kept,
    now_of,
    of_one_partnership,
    with_partnership,
)
from counterpart.web.forms import CounterpartForm
from counterpart.web.pages import page, see_other

ADDED = "The agency has been added. Add its posts next."
CHANGED = "What is kept of the agency has been changed."
CONFIRMED = "Thank you. Every post of it stands as confirmed today."


@declared("signed_in")
def directory(request: HttpRequest) -> HttpResponseBase:
    """A partnership's whole directory for its business manager, or the agencies somebody leads."""
    if desks_of(person_of(request), now_of(request)):
        return _whole(request)
    now = now_of(request)
    led = led_by(person_of(request), now)
    if not led:
        raise Http404
    if len(led) == 1:
        return see_other(reverse("directory:body", kwargs={"body": next(iter(led))}))
    shown, _ = overview.agencies_kept(overview.agencies_among(led), now)
    values = {"agencies": shown, "kinds": AGENCY_KINDS, "today": day_of(now)}
    return page(request, "directory/led.jinja", values)


@of_one_partnership
def _whole(request: HttpRequest, managed: Managed) -> HttpResponse:
    here, only = managed.partnership, request.GET.get("show", "")
    if only == "to-confirm":
        shown, after = overview.agencies_to_confirm(here.id, managed.now), ""
    else:
        agencies = overview.agencies_of(here.id)
        shown, after = overview.agencies_kept(agencies, managed.now, request.GET.get("after", ""))
    code = here.code if managed.many else ""
    start = with_partnership("directory", code)
    values = {
        "managed": managed,
        "agencies": shown,
        "kinds": AGENCY_KINDS,
        "today": day_of(managed.now),
        "is_to_confirm": only == "to-confirm",
        "to_confirm": overview.to_confirm_in(here.id, managed.now),
        "start": start,
        "older": f"{start}{'&' if '?' in start else '?'}after={after}" if after else None,
        "late": f"{start}{'&' if '?' in start else '?'}show=to-confirm",
    }
    return page(request, "directory/directory.jinja", values)


@declared("signed_in")
def body(request: HttpRequest, body: str) -> HttpResponse:
    """One agency, or a partnership's office: what is kept of it, its posts, who is in them."""
    here = kept(request, body)
    posts = overview.posts_in(body, here.now)
    unsent = invitations_unsent(body, here.now)
    names = people_by_id(row.person or "" for row in unsent)
    values = {
        "here": here,
        "details": None if here.is_office else agency_details(body),
        "kinds": AGENCY_KINDS,
        "tiers": TIERS,
        "posts": posts,
        "to_confirm": sum(post.is_to_confirm for post in posts),
        "covers": overview.covers_in(body, here.now),
        "key": CounterpartForm(None).key,
        "closed_on": overview.closed_on(body),
        "today": day_of(here.now),
        "is_shared": len(overview.partnerships_of(body)) > 1,
        "stated": as_stated(body),
        "not_invited": [(row.person, names[row.person or ""], row.words) for row in unsent],
    }
    return page(request, "directory/body.jinja", values)


@declared("signed_in", methods=("POST",))
def confirm(request: HttpRequest, body: str) -> HttpResponse:
    """Every post of an agency, and who holds it, is right today."""
    here, form = kept(request, body), CounterpartForm(request.POST)
    posts = [post.id for post in overview.posts_in(body, here.now) if not post.is_closed]
    is_done = not posts or done(
        form,
        lambda key: upkeep.confirm_posts(
            posts=posts, on=day_of(here.now), actor=here.acting, now=here.now, key=key
        ),
    )
    if is_done:
        messages.success(request, CONFIRMED)
    return see_other(here.href)


@declared("signed_in", methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponseBase:
    """An agency comes into the partnership."""
    return _add(request)


@of_one_partnership
def _add(request: HttpRequest, managed: Managed) -> HttpResponse:
    form = AgencyForm(request.POST if request.method == "POST" else None)
    agency = _id_for(managed.person, form.key)
    if form.is_valid() and done(
        form,
        lambda key: acts.add_agency(
            id=agency,
            partnerships=[managed.partnership.id],
            actor=managed.acting,
            now=managed.now,
            key=key,
            **_details(form),
        ),
    ):
        messages.success(request, ADDED)
        return see_other(managed.href("directory"))
    back = managed.href("directory")
    values = {"form": form, "title": "Add an agency", "back": back, "button": "Add it"}
    return page(request, "directory/form.jinja", values)


def _id_for(person: str, key: str) -> str:
    """The id of what one form adds: the same form again is about the same agency."""
    return hashlib.sha256(f"{person} {key}".encode()).hexdigest()[:32]


@declared("signed_in", methods=("GET", "POST"))
def change(request: HttpRequest, body: str) -> HttpResponse:
    """What is kept of an agency is put right: all of it, or by its own lead how it is reached."""
    here = kept(request, body)
    if here.is_office:
        raise Http404
    was = agency_details(body)
    form = _change_form(request, here, was)
    if form.is_valid():
        new = replace(was, **_details(form))
        if new == was or done(
            form,
            lambda key: upkeep.change_agency(
                agency=body, details=new, actor=here.acting, now=here.now, key=key
            ),
        ):
            messages.success(request, CHANGED)
            return see_other(here.href)
    values = {"form": form, "title": f"Change {here.name}", "back": here.href, "button": "Save it"}
    return page(request, "directory/form.jinja", values)


def _change_form(request: HttpRequest, here: Kept, was: AgencyDetails) -> ReachForm:
    kind = AgencyForm if here.may_settle else ReachForm
    if request.method == "POST":
        return kind(request.POST)
    initial = {name: getattr(was, name) for name in kind.base_fields}
    if "mail_domains" in initial:
        initial["mail_domains"] = " ".join(was.mail_domains)
    return kind(None, initial=initial)


def _details(form: CounterpartForm) -> dict[str, Any]:
    """What the form says of an agency, by the names of `AgencyDetails`."""
    said = dict(form.cleaned_data)
    if "mail_domains" in said:
        said["mail_domains"] = tuple(sorted(said["mail_domains"].split()))
    return said
