"""Whose desk a page of the policy is about, and by what right the person is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from counterpart.access.admission import person_of
from counterpart.access.answers import Allowed
from counterpart.access.permission import can_in
from counterpart.access.visibility import KeptOut, kept_from_desk
from counterpart.casework.actors import Acting, acting
from counterpart.people.finders import PartnershipRecord
from counterpart.web.desk.places import chosen_desk, desks_of, read_place

ACT = "publish_policy"


@dataclass(frozen=True, slots=True)
class Office:
    """A partnership's office, the person in it, and the cases to leave out of what they see."""

    partnership: PartnershipRecord
    person: str
    allowed: Allowed
    kept_out: KeptOut
    now: datetime
    many: bool

    @property
    def acting(self) -> Acting:
        """The person, acting by the post that this desk is theirs by."""
        return acting(person=self.person, allowed=self.allowed, at=self.now, home="")

    def href(self, name: str, **kwargs: str) -> str:
        """The address of another page of this desk."""
        path = reverse(f"desk:{name}", kwargs=kwargs or None)
        return f"{path}?{urlencode({'partnership': self.partnership.code})}" if self.many else path


def office_of(request: HttpRequest) -> Office:
    """The office asked for, or the only one. Raises `Several` or Http404."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    person, place = person_of(request), read_place(request.GET)
    desks = desks_of(person, now)
    chosen = chosen_desk(desks, place)
    if chosen is None and not place.partnership:
        raise Several(tuple(desks))
    allowed = can_in(person, ACT, chosen.id, now) if chosen else None
    kept_out = kept_from_desk(person, chosen.id, now) if chosen else None
    if chosen is None or kept_out is None or not isinstance(allowed, Allowed):
        raise Http404
    return Office(chosen, person, allowed, kept_out, now, len(desks) > 1)


class Several(Exception):
    """The person has several desks and has not said which."""

    def __init__(self, desks: tuple[PartnershipRecord, ...]) -> None:
        super().__init__("several desks")
        self.desks = desks
