"""Whose part of the directory a page is about, and by what right the person keeps it.

Asked anew at every request. What is not theirs to keep is not found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from counterpart.access.admission import page_of, person_of
from counterpart.access.agencies import can_keep, led_by
from counterpart.access.answers import Allowed
from counterpart.access.permission import can_in
from counterpart.access.reading import record_refusal
from counterpart.casework.actors import Acting, acting
from counterpart.people.finders import PartnershipRecord, body_names
from counterpart.people.overview import bodies_in
from counterpart.web.desk.places import desks_of
from counterpart.web.pages import page

KEEP, SETTLE, MANAGE = "keep_agency", "settle_agency", "manage_directory"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Kept:
    """One agency, or a partnership's office, and the person who keeps it."""

    body: str
    name: str
    person: str
    allowed: Allowed
    now: datetime
    may_settle: bool
    is_office: bool

    @property
    def acting(self) -> Acting:
        """The person, acting by the post by which they keep it."""
        return acting(person=self.person, allowed=self.allowed, at=self.now, home="")

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("directory:body", kwargs={"body": self.body})


@dataclass(frozen=True, slots=True)
class Managed:
    """A partnership's whole directory, and its business manager. `many`: they have several."""

    partnership: PartnershipRecord
    person: str
    allowed: Allowed
    now: datetime
    many: bool

    @property
    def acting(self) -> Acting:
        """The person, acting by the post by which the desk is theirs."""
        return acting(person=self.person, allowed=self.allowed, at=self.now, home="")

    def href(self, name: str, **kwargs: str) -> str:
        """The address of a page about this partnership."""
        return with_partnership(name, self.partnership.code if self.many else "", **kwargs)


def with_partnership(name: str, code: str, **kwargs: str) -> str:
    """An address that says which partnership is meant, "" where there is but one."""
    path = reverse(f"directory:{name}", kwargs=kwargs or None)
    return f"{path}?{urlencode({'partnership': code})}" if code else path


def now_of(request: HttpRequest) -> datetime:
    """The instant of the request."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now


def kept(request: HttpRequest, body: str | None, act: str = KEEP) -> Kept:
    """An agency or office that the person may keep now, or Http404."""
    person, now = person_of(request), now_of(request)
    allowed = can_keep(person, act, body, now) if body else None
    names = body_names([body]) if body else {}
    if body is None or body not in names or not isinstance(allowed, Allowed):
        raise _not_theirs(request)
    may_settle = isinstance(can_keep(person, SETTLE, body, now), Allowed)
    is_office = body in {desk.id for desk in desks_of(person, now)}
    return Kept(body, names[body], person, allowed, now, may_settle, is_office)


def _not_theirs(request: HttpRequest) -> Http404:
    """What is not theirs to keep is not found. That somebody tried to change it all the same is written down."""
    if request.method == "POST":
        person, now = person_of(request), now_of(request)
        record_refusal(person=person, at=now, page=page_of(request))
    return Http404()


def bodies_kept(person: str, now: datetime) -> frozenset[str]:
    """Every agency and office that is this person's to keep now."""
    managed = [bodies_in(desk.id) for desk in desks_of(person, now)]
    return frozenset(led_by(person, now)).union(*managed)


def of_one_partnership(view: View) -> View:
    """For pages about a whole directory: find whose it is first; ask which, where they have several."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        person, now = person_of(request), now_of(request)
        desks, code = desks_of(person, now), request.GET.get("partnership", "")
        if len(desks) > 1 and not code:
            links = [
                (d.name, f"{request.path}?{urlencode({'partnership': d.code})}") for d in desks
            ]
            return page(request, "desk/choose.jinja", {"desks": links})
        chosen = next((desk for desk in desks if code in ("", desk.code)), None)
        allowed = can_in(person, MANAGE, chosen.id, now) if chosen else None
        if chosen is None or not isinstance(allowed, Allowed):
            raise _not_theirs(request)
        return view(request, Managed(chosen, person, allowed, now, len(desks) > 1), **kwargs)

    return found
