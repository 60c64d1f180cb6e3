"""The pages that show regular duties: the desk's, each agency's answers, and one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from counterpart.access.admission import person_of
from counterpart.access.routes import declared
from counterpart.access.rules import MANAGES
from counterpart.casework.editions import policy_of
from counterpart.engine.regular import is_of_agencies, regular_duties
from counterpart.office.keeping import Regular, editions_had, load, with_editions
from counterpart.people.finders import (
    PartnershipRecord,
    partnerships_open_to,
    posts_of,
)
from counterpart.people.standing import asked_once
from counterpart.policy.model import Standing
from counterpart.web.desk.office import Office
from counterpart.web.desk.policies import of_one_office
from counterpart.web.pages import page
from counterpart.web.regular.places import desk_href, may, now_of
from counterpart.web.regular.showing import Shown
from counterpart.web.regular.wording import label, read_slug


@declared("desk")
@of_one_office
def desk(request: HttpRequest, office: Office) -> HttpResponse:
    """What the policy asks for regularly, of the office and of each agency, and what was written down of it."""
    regular = load(office.partnership.id, office.now)
    shown = Shown(office.partnership, regular) if regular else None
    values = {
        "office": office,
        "policy": regular.policy if regular else None,
        "duties": shown.duties(regular_duties(regular.policy)) if regular and shown else (),
        "entries": shown.entries() if shown else (),
        "now": office.now,
    }
    return page(request, "regular/desk.jinja", values)


@declared("desk")
@of_one_office
def answers(request: HttpRequest, office: Office, regular: str, period: str) -> HttpResponse:
    """What each agency has written down for one period, and which have not."""
    loaded = load(office.partnership.id, office.now)
    place = read_slug(period)
    some = [
        one
        for one in (loaded.owed() if loaded else ())
        if one.duty.id == regular
        and is_of_agencies(one.duty)
        and (one.period.code if one.period else "", one.occasion and one.occasion.event.occasion)
        == place
    ]
    if loaded is None or not some:
        raise Http404
    values = {
        "what": some[0].duty.what.rstrip("."),
        "label": label(some[0], loaded.policy),
        "is_return": some[0].is_return,
        "lines": Shown(office.partnership, loaded).agencies(some),
        "back": desk_href("desk", office.partnership),
        "now": office.now,
    }
    return page(request, "regular/answers.jinja", values)


@declared("signed_in")
def mine(request: HttpRequest) -> HttpResponse:
    """What the policy asks of the agencies and offices that somebody writes it down for."""
    person, now = person_of(request), now_of(request)
    with asked_once():
        bodies = list(_bodies(person, now))
    return page(request, "regular/mine.jinja", {"bodies": bodies, "now": now})


def _bodies(person: str, now: datetime) -> Iterator[dict[str, object]]:
    """Each of their agencies and offices of which something is asked that they may write down."""
    posts = posts_of(person, now)
    had = editions_had()
    for partnership in partnerships_open_to(person, now):
        if partnership.edition is None:
            continue
        regular = with_editions(partnership.id, policy_of(partnership.edition), had, now)
        here = {partnership.id, *(member.agency for member in regular.members)}
        for body in dict.fromkeys(held.body for held in posts if held.body in here):
            duties = _theirs(regular, body, person, now)
            if duties:
                yield _body(partnership, regular, body, duties, person, now)


def _theirs(regular: Regular, body: str, person: str, now: datetime) -> list[Standing]:
    """The duties of a body that somebody may write down for it as one of its own."""
    is_office = body == regular.partnership
    return [
        duty
        for duty in regular_duties(regular.policy)
        if is_office != is_of_agencies(duty) and may(regular, duty, body, person, now)
    ]


def _body(
    partnership: PartnershipRecord,
    regular: Regular,
    body: str,
    duties: list[Standing],
    person: str,
    now: datetime,
) -> dict[str, object]:
    shown = Shown(partnership, regular, body)
    rights = [may(regular, duty, body, person, now) for duty in duties]
    has_desk = any(right is not None and right.basis == MANAGES for right in rights)
    return {
        "name": shown.names.get(body, ""),
        "of": "" if body == partnership.id else partnership.name,
        "duties": shown.duties(duties),
        "entries": shown.entries(),
        "desk": desk_href("desk", partnership) if has_desk else "",
    }
