"""One person, as those see them who keep an agency of theirs: put right, away, or gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.routes import declared
from counterpart.access.visibility import visible
from counterpart.casework import directory as acts
from counterpart.casework import directory_upkeep as upkeep
from counterpart.casework import leaving
from counterpart.lists.finding import duties_of_posts
from counterpart.people import overview
from counterpart.people.days import day_of
from counterpart.people.overview import PersonShown
from counterpart.people.stated import as_stated
from counterpart.web.directory.doing import done
from counterpart.web.directory.forms import CoverForm, LeaveForm, PersonForm
from counterpart.web.directory.scope import Kept, bodies_kept, kept, now_of
from counterpart.web.forms import CounterpartForm, Option
from counterpart.web.lines import line, names_of
from counterpart.web.pages import page, see_other
from counterpart.web.signin.stepping_up import fresh

CHANGED = (
    "What is kept of the person has been changed. What they did before keeps the name they had."
)
LEFT = "They have left. Nothing of ours opens for them any more."
LEFT_HERE = "They have left here. They still have a post elsewhere, and can sign in for that."
VACANT = " A post of theirs has nobody now, and what it has to do is on the desk as that."
COVERED = "It has been written down who stands in."
COVER_ENDED = "Nobody stands in by that any more."


@declared("signed_in")
def person(request: HttpRequest, person: str) -> HttpResponse:
    """A person, their posts here, and who stands in for them."""
    shown, _ = _kept_person(request, person)
    is_stated = all(person in as_stated(body) for body in {t.body for t in shown.tenures})
    return page(request, "directory/person.jinja", {"person": shown, "is_stated": is_stated})


@declared("signed_in", methods=("GET", "POST"))
def change(request: HttpRequest, person: str) -> HttpResponse:
    """Another name or address for somebody who has no post elsewhere."""
    shown, here = _kept_person(request, person)
    if not shown.is_wholly_here:
        raise Http404
    was = {"name": shown.name, "mail": shown.mail}
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm(None, initial=was)
    if form.is_valid() and done(
        form,
        lambda key: upkeep.change_person(
            person=person, actor=here.acting, now=here.now, key=key, **form.cleaned_data
        ),
    ):
        messages.success(request, CHANGED)
        return see_other(_href(person))
    values = {"form": form, "title": "Change a name or address", "back": _href(person)}
    return page(request, "directory/form.jinja", {**values, "button": "Save it"})


@declared("signed_in", methods=("GET", "POST"))
def leave(request: HttpRequest, person: str) -> HttpResponseBase:
    """Somebody leaves: what they have to do, and who takes it on."""
    return _leave(request, *_kept_person(request, person))


@fresh
def _leave(request: HttpRequest, shown: PersonShown, here: Kept) -> HttpResponse:
    person = shown.id
    mine = bodies_kept(here.person, here.now)
    if not shown.is_here:
        return see_other(_href(person))
    held = [tenure for tenure in shown.tenures if tenure.is_now]
    alone = [t for t in held if _is_alone(t.post, person, here)]
    choices = [(t.post, t.title, _others(t.body, person, here)) for t in alone]
    form = LeaveForm(request.POST if request.method == "POST" else None, posts=choices)
    if form.is_valid():
        came: list[leaving.Left] = []
        if done(
            form,
            lambda key: came.append(
                leaving.leave(
                    person=person, bodies=mine, takes_on=form.takes_on(), actor=here.acting,
                    now=here.now, key=key,
                )
            ),
        ):  # fmt: skip
            messages.success(request, _left(came))
            return see_other(_href(person))
    rows = duties_of_posts([t.post for t in held], visible(here.person, here.now))
    names = names_of(rows, here.now)
    values = {
        "form": form,
        "person": shown,
        "held": held,
        "alone": {tenure.post for tenure in alone},
        "duties": [line(row, names, here.now) for row in rows],
        "back": _href(person),
    }
    return page(request, "directory/leave.jinja", values)


def _left(came: Sequence[leaving.Left]) -> str:
    if not came:  # the same form again
        return LEFT
    said = LEFT if came[0].is_closed else LEFT_HERE
    return said + (VACANT if came[0].vacant else "")


def _is_alone(post: str, person: str, here: Kept) -> bool:
    shown = overview.post_shown(post, here.now)
    return shown is not None and {who for who, _ in shown.holders} <= {person}


@declared("signed_in", methods=("GET", "POST"))
def cover(request: HttpRequest, person: str) -> HttpResponse:
    """Somebody stands in for a person who is away: here, and only here."""
    shown, here = _kept_person(request, person)
    held = [tenure for tenure in shown.tenures if tenure.is_now]
    if not held:
        raise Http404
    people = [
        o for body in dict.fromkeys(t.body for t in held) for o in _others(body, person, here)
    ]
    form = CoverForm(
        request.POST if request.method == "POST" else None,
        people=list(dict.fromkeys(people)),
        first=day_of(here.now),
    )
    if form.is_valid() and done(form, lambda key: _cover(here, shown, form, key)):
        messages.success(request, COVERED)
        return see_other(_href(person))
    values = {"form": form, "title": f"Who stands in for {shown.name}?", "back": _href(person)}
    return page(request, "directory/form.jinja", {**values, "button": "Save it"})


def _cover(here: Kept, shown: PersonShown, form: CoverForm, key: str) -> None:
    """For all they have where it is all here; else post by post, so that nothing elsewhere is touched."""
    said = form.cleaned_data
    posts = [t.post for t in shown.tenures if t.is_now]
    for n, post in enumerate([None] if shown.is_wholly_here else posts):
        acts.arrange_cover(
            person=shown.id,
            post=post,
            covering=said["by"],
            from_on=said["first_day"],
            until_on=said["last_day"] + timedelta(days=1),
            actor=here.acting,
            now=here.now,
            key="" if n else key,
        )


@declared("signed_in", methods=("POST",))
def end_cover(request: HttpRequest, cover: str) -> HttpResponse:
    """Nobody stands in by this cover any more."""
    mine = bodies_kept(person_of(request), now_of(request))
    bodies = overview.bodies_of_cover(cover)
    if not bodies or not bodies <= mine:
        raise Http404
    here, form = kept(request, min(bodies)), CounterpartForm(request.POST)
    if done(
        form,
        lambda key: acts.end_cover(
            cover=cover, until_on=day_of(here.now), actor=here.acting, now=here.now, key=key
        ),
    ):
        messages.success(request, COVER_ENDED)
    return see_other(here.href)


def _kept_person(request: HttpRequest, person: str) -> tuple[PersonShown, Kept]:
    """A person with a post in what is theirs to keep, and one agency of that; else Http404."""
    now = now_of(request)
    shown = overview.person_shown(person, bodies_kept(person_of(request), now), now)
    if shown is None:
        raise Http404
    return shown, kept(request, shown.tenures[0].body)


def _others(body: str, person: str, here: Kept) -> list[Option]:
    people = overview.people_in(body, here.now)
    return [Option(id, name) for id, name in people if id != person]


def _href(person: str) -> str:
    return reverse("directory:person", kwargs={"person": person})
