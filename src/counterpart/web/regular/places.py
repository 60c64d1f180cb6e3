"""Whose duty, answer or entry an address is about, and by what right the person writes it down.

Asked anew at every request. What is not theirs is not found, and neither is what is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from counterpart.access.admission import page_of, person_of
from counterpart.access.answers import Allowed
from counterpart.access.reading import record_refusal
from counterpart.access.regular import can_regular
from counterpart.access.rules import MANAGES
from counterpart.casework.actors import Acting, acting
from counterpart.engine.kinds import Id
from counterpart.engine.regular import (
    Owed,
    is_of_agencies,
    owed_at,
    regular_duties,
    tiers_of,
)
from counterpart.engine.regular_events import RegularEntryWithdrawn
from counterpart.journal.reading import Whole
from counterpart.office.keeping import Regular, load, words_of
from counterpart.people.finders import PartnershipRecord, body_names, partnerships
from counterpart.policy.model import Standing
from counterpart.web.regular.wording import read_slug


@dataclass(frozen=True, slots=True)
class Here:
    """A regular duty of one body (an agency, or the partnership's office), and the person who may write it down."""

    partnership: PartnershipRecord
    regular: Regular
    duty: Standing
    agency: Id | None
    name: str
    person: str
    allowed: Allowed
    now: datetime

    @property
    def acting(self) -> Acting:
        """The person, acting by the post that they may do it by."""
        return acting(person=self.person, allowed=self.allowed, at=self.now, home="")

    @property
    def is_desk(self) -> bool:
        """Whether they are there by the partnership's desk."""
        return self.allowed.basis == MANAGES

    @property
    def for_agency(self) -> str:
        """The agency that the desk writes for, "" where somebody writes for their own."""
        return self.name if self.is_desk and self.agency else ""

    @property
    def back(self) -> str:
        """The page they come from."""
        if self.is_desk:
            return desk_href("desk", self.partnership)
        return reverse("regular:mine")

    def by(self, key: str) -> dict[str, Any]:
        """What every act is given."""
        return {
            "partnership": self.partnership.id,
            "actor": self.acting,
            "now": self.now,
            "key": key,
        }


def desk_href(name: str, partnership: PartnershipRecord, **kwargs: str) -> str:
    """The address of a page of a desk, which says whose."""
    path = reverse(f"regular:{name}", kwargs=kwargs or None)
    return f"{path}?{urlencode({'partnership': partnership.code})}"


def act_of(duty: Standing, agency: str | None) -> str:
    """The act of `access.rules.REGULAR_ACTS` that writing it down is."""
    if agency is None:
        return "do_for_office"
    return "give_return" if duty.from_each else "do_for_agency"


def may(regular: Regular, duty: Standing, body: str, person: str, now: datetime) -> Allowed | None:
    """By what right somebody writes down a duty of an agency, or of the office; None for none."""
    agency = None if body == regular.partnership else body
    tiers = tiers_of(regular.policy, duty, agency)
    answer = can_regular(person, act_of(duty, agency), regular.partnership, body, tiers, now)
    return answer if isinstance(answer, Allowed) else None


def here(request: HttpRequest, office: str, regular: str, whose: str) -> Here:
    """The duty and the body that an address names, or Http404."""
    partnership, loaded = _loaded(request, office)
    duty = next((d for d in regular_duties(loaded.policy) if d.id == regular), None)
    if duty is None:
        raise not_theirs(request)
    return _here(request, partnership, loaded, duty, whose)


def owed_here(here: Here, period: str) -> Owed:
    """What an address says is to be written down, or Http404."""
    code, occasion = read_slug(period)
    found = owed_at(here.regular.owed(), here.duty.id, here.agency, code, occasion)
    if found is None:
        raise Http404
    return found


def written_here(request: HttpRequest, office: str, written: str) -> tuple[Here, Whole]:
    """An entry that stands, of a duty that the policy still asks for, or Http404."""
    partnership, loaded = _loaded(request, office)
    entry = loaded.book.entry(written)
    whole = next((w for w in words_of(partnership.id) if w.recorded.id == written), None)
    if entry is None or whole is None or isinstance(entry.event, RegularEntryWithdrawn):
        raise not_theirs(request)
    duty = next((d for d in regular_duties(loaded.policy) if d.id == entry.event.duty), None)
    if duty is None:
        raise not_theirs(request)
    body = entry.event.agency or partnership.id
    return _here(request, partnership, loaded, duty, body), whole


def noted_for(here: Here) -> bool:
    """Whether something that happened may be noted here: for the body that has the duty, or by the desk for all."""
    return here.agency is None or (is_of_agencies(here.duty) and not here.duty.from_each)


def _loaded(request: HttpRequest, office: str) -> tuple[PartnershipRecord, Regular]:
    partnership = next((one for one in partnerships() if one.code == office), None)
    loaded = load(partnership.id, now_of(request)) if partnership else None
    if partnership is None or loaded is None:
        raise not_theirs(request)
    return partnership, loaded


def _here(
    request: HttpRequest,
    partnership: PartnershipRecord,
    loaded: Regular,
    duty: Standing,
    body: str,
) -> Here:
    person, now = person_of(request), now_of(request)
    allowed = may(loaded, duty, body, person, now)
    names = body_names([body])
    if allowed is None or body not in names:
        raise not_theirs(request)
    agency = None if body == partnership.id else Id(body)
    return Here(partnership, loaded, duty, agency, names[body], person, allowed, now)


def not_theirs(request: HttpRequest) -> Http404:
    """What is not theirs is not found. That somebody tried to write it down all the same is kept."""
    if request.method == "POST":
        record_refusal(person=person_of(request), at=now_of(request), page=page_of(request))
    return Http404()


def now_of(request: HttpRequest) -> datetime:
    """The instant of the request."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
