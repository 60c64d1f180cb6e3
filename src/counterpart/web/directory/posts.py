"""One post: what is kept of it, who holds it and held it, somebody who comes to it, somebody who goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.routes import declared
from counterpart.casework import directory as acts
from counterpart.casework import directory_upkeep as upkeep
from counterpart.people import overview
from counterpart.people.changes import DirectoryFault
from counterpart.people.days import day_of
from counterpart.people.finders import person_known_by
from counterpart.people.kinds import TIERS
from counterpart.people.overview import PostShown
from counterpart.people.stated import as_stated
from counterpart.people.upkeep import PostDetails
from counterpart.web.directory.doing import done
from counterpart.web.directory.forms import AppointForm, EndForm, PostForm
from counterpart.web.directory.scope import Kept, kept, now_of
from counterpart.web.forms import CounterpartForm
from counterpart.web.pages import page, see_other

ADDED = "The post has been added. Say who holds it next."
CHANGED = "What is kept of the post has been changed."
APPOINTED = "It has been written down who comes to the post."
ENDED = "It has been written down when they leave the post."
OTHERWISE = (
    "This address is known under another name. Check both. If both are right, ask whoever runs "
    "Counterpart for you."
)


@declared("signed_in")
def post(request: HttpRequest, post: str) -> HttpResponse:
    """A post, with everybody who holds it, did, or will."""
    here, shown = _kept_post(request, post)
    values = {
        "here": here,
        "post": shown,
        "tiers": TIERS,
        "tenures": overview.tenures_of_post(post, here.now),
        "today": day_of(here.now),
        "stated": as_stated(here.body),
        "is_agency_closed": overview.closed_on(here.body) is not None,
        "key": CounterpartForm(None).key,
    }
    return page(request, "directory/post.jinja", values)


@declared("signed_in", methods=("GET", "POST"))
def add(request: HttpRequest, body: str) -> HttpResponse:
    """A post comes into an agency or an office."""
    here, made = kept(request, body), uuid4().hex
    form = PostForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form,
        lambda key: acts.add_post(
            id=made, body=body, actor=here.acting, now=here.now, key=key, **form.cleaned_data
        ),
    ):
        messages.success(request, ADDED)
        return see_other(here.href)
    values = {"form": form, "title": "Add a post", "back": here.href, "button": "Add it"}
    return page(request, "directory/form.jinja", {**values, "caption": here.name})


@declared("signed_in", methods=("GET", "POST"))
def change(request: HttpRequest, post: str) -> HttpResponse:
    """What is kept of a post is put right."""
    here, shown = _kept_post(request, post)
    was = {"title": shown.title, "tier": shown.tier, "phone": shown.phone, "mail": shown.mail}
    form = PostForm(request.POST) if request.method == "POST" else PostForm(None, initial=was)
    if form.is_valid() and (
        form.cleaned_data == was
        or done(
            form,
            lambda key: upkeep.change_post(
                post=post, details=PostDetails(**form.cleaned_data), actor=here.acting,
                now=here.now, key=key,
            ),
        )
    ):  # fmt: skip
        messages.success(request, CHANGED)
        return see_other(_href(post))
    values = {"form": form, "title": "Change a post", "back": _href(post), "button": "Save it"}
    return page(request, "directory/form.jinja", {**values, "caption": here.name})


@declared("signed_in", methods=("GET", "POST"))
def appoint(request: HttpRequest, post: str) -> HttpResponse:
    """Somebody comes to a post, whom the directory may know by their address or not yet."""
    here, shown = _kept_post(request, post)
    initial = {"first_day": day_of(here.now)}
    form = (
        AppointForm(request.POST)
        if request.method == "POST"
        else AppointForm(None, initial=initial)
    )
    if form.is_valid() and done(form, lambda key: _appoint(here, post, form, key)):
        messages.success(request, APPOINTED)
        return see_other(_href(post))
    values = {"form": form, "title": f"Who comes to the post “{shown.title}”?", "back": _href(post)}
    values |= {"button": "Save it", "caption": here.name}
    return page(request, "directory/form.jinja", values)


def _appoint(here: Kept, post: str, form: AppointForm, key: str) -> None:
    said = form.cleaned_data
    by: dict[str, Any] = {"actor": here.acting, "now": here.now, "key": key}
    known = person_known_by(said["mail"])
    if known is None:
        acts.appoint_new(
            post=post, name=said["name"], mail=said["mail"], from_on=said["first_day"], **by
        )
        return
    if known.name.casefold() != said["name"].casefold():
        raise DirectoryFault("known_otherwise", OTHERWISE)
    acts.appoint(post=post, person=known.id, from_on=said["first_day"], **by)


@declared("signed_in", methods=("GET", "POST"))
def end(request: HttpRequest, holding: str) -> HttpResponse:
    """Somebody goes from one post, today or on a later day."""
    tenure = overview.tenure(holding, now_of(request))
    here = kept(request, tenure.body if tenure else None)
    if tenure is None:
        raise Http404
    initial = {"last_day": day_of(here.now)}
    form = EndForm(request.POST) if request.method == "POST" else EndForm(None, initial=initial)
    if form.is_valid() and done(
        form,
        lambda key: acts.end_holding(
            holding=holding, until_on=form.cleaned_data["last_day"] + timedelta(days=1),
            actor=here.acting, now=here.now, key=key,
        ),
    ):  # fmt: skip
        messages.success(request, ENDED)
        return see_other(_href(tenure.post))
    values = {"form": form, "back": _href(tenure.post), "tenure": tenure, "here": here}
    return page(request, "directory/end.jinja", values)


def _kept_post(request: HttpRequest, post: str) -> tuple[Kept, PostShown]:
    here = kept(request, overview.body_of_post(post))
    shown = overview.post_shown(post, here.now)
    if shown is None:
        raise Http404
    return here, shown


def _href(post: str) -> str:
    return reverse("directory:post", kwargs={"post": post})
