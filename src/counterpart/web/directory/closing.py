"""Closing a post or an agency, and an agency that leaves a partnership: what hangs on it, and from which day on.

What was closed can be opened again, from its own page.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from counterpart.access.routes import declared
from counterpart.access.visibility import visible
from counterpart.casework import closing
from counterpart.lists.finding import duties_of_posts
from counterpart.people import overview
from counterpart.people.days import day_of
from counterpart.people.finders import PartnershipRecord
from counterpart.people.overview import PostShown
from counterpart.web.desk.places import desks_of
from counterpart.web.directory.doing import done
from counterpart.web.directory.forms import CloseForm, PartForm
from counterpart.web.directory.scope import SETTLE, Kept, kept
from counterpart.web.forms import CounterpartForm
from counterpart.web.lines import line, names_of
from counterpart.web.pages import page, see_other
from counterpart.web.signin.stepping_up import fresh

POST_CLOSED = "The post is closed. What it did keeps its name."
AGENCY_CLOSED = "The agency is closed, with all its posts. What it did keeps its name."
POST_OPENED = "The post is open again. Say who holds it, and until when."
AGENCY_OPENED = (
    "The agency is open again, with the posts that were closed with it. Say who holds each of them."
)
PARTED = "The agency is not of this partnership any more. What it did here keeps its name."


@declared("signed_in", methods=("GET", "POST"))
def post(request: HttpRequest, post: str) -> HttpResponseBase:
    """A post is there no more: what it has to do now, and from which day on."""
    here = kept(request, overview.body_of_post(post))
    shown = overview.post_shown(post, here.now)
    if shown is None or shown.closed_on is not None:
        raise Http404
    return _post(request, here, shown)


@fresh
def _post(request: HttpRequest, here: Kept, shown: PostShown) -> HttpResponse:
    back = reverse("directory:post", kwargs={"post": shown.id})
    form = _form(request, here)
    if form.is_valid() and done(
        form,
        lambda key: closing.close_post(
            post=shown.id, closed_on=form.cleaned_data["closed_on"], actor=here.acting,
            now=here.now, key=key,
        ),
    ):  # fmt: skip
        messages.success(request, POST_CLOSED)
        return see_other(back)
    rows = duties_of_posts([shown.id], visible(here.person, here.now))
    names = names_of(rows, here.now)
    values = {
        "form": form,
        "here": here,
        "post": shown,
        "duties": [line(row, names, here.now) for row in rows],
        "back": back,
    }
    return page(request, "directory/close_post.jinja", values)


@declared("signed_in", methods=("GET", "POST"))
def agency(request: HttpRequest, body: str) -> HttpResponseBase:
    """An agency is there no more; or one that others have too is not of this partnership any more."""
    here = kept(request, body, SETTLE)
    if here.is_office or overview.closed_on(body) is not None:
        raise Http404
    shared = overview.partnerships_of(body)
    if len(shared) > 1:
        mine = [desk for desk in desks_of(here.person, here.now) if desk.id in shared]
        return _part(request, here, mine)
    return _agency(request, here)


@fresh
def _agency(request: HttpRequest, here: Kept) -> HttpResponse:
    form = _form(request, here)
    if form.is_valid() and done(
        form,
        lambda key: closing.close_agency(
            agency=here.body, closed_on=form.cleaned_data["closed_on"], actor=here.acting,
            now=here.now, key=key,
        ),
    ):  # fmt: skip
        messages.success(request, AGENCY_CLOSED)
        return see_other(here.href)
    posts = [each for each in overview.posts_in(here.body, here.now) if not each.is_closed]
    rows = duties_of_posts([each.id for each in posts], visible(here.person, here.now))
    names = names_of(rows, here.now)
    duties = [line(row, names, here.now) for row in rows]
    values = {"form": form, "here": here, "posts": posts, "duties": duties, "back": here.href}
    return page(request, "directory/close_agency.jinja", values)


@declared("signed_in", methods=("POST",))
def open_post(request: HttpRequest, post: str) -> HttpResponse:
    """A post that was closed is there as before."""
    here = kept(request, overview.body_of_post(post))
    if done(
        CounterpartForm(request.POST),
        lambda key: closing.open_post_again(post=post, actor=here.acting, now=here.now, key=key),
    ):
        messages.success(request, POST_OPENED)
    return see_other(reverse("directory:post", kwargs={"post": post}))


@declared("signed_in", methods=("POST",))
def open_agency(request: HttpRequest, body: str) -> HttpResponse:
    """An agency that was closed is there as before."""
    here = kept(request, body, SETTLE)
    if here.is_office:
        raise Http404
    if done(
        CounterpartForm(request.POST),
        lambda key: closing.open_agency_again(
            agency=body, actor=here.acting, now=here.now, key=key
        ),
    ):
        messages.success(request, AGENCY_OPENED)
    return see_other(here.href)


@fresh
def _part(request: HttpRequest, here: Kept, mine: list[PartnershipRecord]) -> HttpResponse:
    form = PartForm(request.POST if request.method == "POST" else None, partnerships=mine)
    if form.is_valid() and done(
        form,
        lambda key: closing.leave_partnership(
            agency=here.body, partnership=form.chosen, actor=here.acting, now=here.now, key=key
        ),
    ):
        messages.success(request, PARTED)
        return see_other(reverse("directory:directory"))
    values = {"form": form, "here": here, "back": here.href}
    return page(request, "directory/leave_partnership.jinja", values)


def _form(request: HttpRequest, here: Kept) -> CloseForm:
    if request.method == "POST":
        return CloseForm(request.POST)
    return CloseForm(None, initial={"closed_on": day_of(here.now)})
