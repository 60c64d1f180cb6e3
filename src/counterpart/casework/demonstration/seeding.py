"""Fill an empty installation with the demonstration, and say how to sign in to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings

from counterpart.casework import directory, directory_upkeep, editions
from counterpart.casework.actors import the_clock
from counterpart.casework.demonstration.journeys import plan
from counterpart.casework.demonstration.moments import Diary
from counterpart.casework.demonstration.places import (
    AWAY,
    OFFICE,
    PARTNERSHIP,
    PLACES,
    WAYS_IN,
    Place,
)
from counterpart.casework.demonstration.situations import SITUATIONS
from counterpart.casework.demonstration.stories import Story
from counterpart.casework.demonstration.world import Known, World
from counterpart.casework.upkeep import refresh_duties
from counterpart.messages.owing import settle_history
from counterpart.worktime import calendar

SEED = 20141203
PASSWORD = "northmere-demonstration"  # noqa: S105  printed for whoever looks at the demonstration
ADMINISTRATOR = ("Administrator of this installation", "Sam Iqbal", "sam.iqbal@northmere.example")
UNCONFIRMED = ("probation", "acorns")
RECENT = timedelta(days=2)  # what was owed since then goes to the mailbox at the first start


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How to sign in as one kind of person."""

    kind: str
    name: str
    email: str
    password: str


def sign_ins() -> Sequence[SignIn]:
    """One for each kind of person, in the order to show them."""
    domains = {name: place.domain for place in PLACES for _, _, name in place.posts}
    found = [
        SignIn(kind=kind, name=name, email=address(name, domains.get(name, "")), password=PASSWORD)
        for kind, name in WAYS_IN
    ]
    kind, name, email = ADMINISTRATOR
    return (*found, SignIn(kind=kind, name=name, email=email, password=PASSWORD))


def seed(*, now: datetime) -> None:
    """Fill an empty, migrated database. `now` is aware; all dates are made relative to it."""
    chance = Random(SEED)  # noqa: S311  repeatable on purpose; nothing secret comes of it
    began = now - timedelta(days=400)
    world = _Maker(chance, began).world(now)
    days = calendar("england-and-wales")
    for days_ago, situation, journey in plan():
        diary = Diary(now=now, days_ago=days_ago, days=days, chance=chance)
        journey(Story(world, SITUATIONS[situation], diary, chance))
    refresh_duties(now)
    settle_history(now - RECENT)


def address(name: str, domain: str) -> str:
    """`amara.osei@oakfield.example`; the partnership's own people have no domain before the dot."""
    local = name.lower().removeprefix("dr ").removeprefix("professor ").replace(" ", ".")
    host = f"{domain}.northmere.example" if domain else "northmere.example"
    return f"{local}@{host}"


class _Maker:
    """Makes the partnership, its agencies and people, with ids from the fixed seed."""

    def __init__(self, chance: Random, began: datetime) -> None:
        self.chance = chance
        self.began = began
        self.actor = the_clock()
        self.people: dict[str, Known] = {}
        self.posts: dict[tuple[str, str], tuple[str, ...]] = {}

    def world(self, now: datetime) -> World:
        partnership = self._id()
        directory.form_partnership(
            id=partnership, code="northmere", name=PARTNERSHIP, area="Northmere",
            actor=self.actor, now=self.began,
        )  # fmt: skip
        content = (settings.POLICIES / "brent" / "policy.yaml").read_bytes()
        editions.publish(content=content, partnership=partnership, actor=self.actor, now=self.began)
        for tier, title, name in OFFICE:
            self._post(partnership, tier, title, name, "", "01632 960001")
        agencies = {place.key: self._agency(place, partnership) for place in PLACES}
        self._administrator()
        self._away(now)
        self._confirmed(agencies, now)
        return World(partnership, self.people, agencies, self.posts)

    def _agency(self, place: Place, partnership: str) -> str:
        agency = self._id()
        directory.add_agency(
            id=agency,
            partnerships=[partnership],
            name=place.name,
            kind=place.kind,
            area="Northmere",
            safeguarding_inbox=f"safeguarding@{place.domain}.northmere.example",
            mail_domains=[f"{place.domain}.northmere.example"],
            is_statutory=place.is_statutory,
            actor=self.actor,
            now=self.began,
        )
        for i, (tier, title, name) in enumerate(place.posts):
            phone = f"{place.phone[:-2]}{int(place.phone[-2:]) + i:02d}"
            self._post(agency, tier, title, name, place.domain, phone)
        return agency

    def _post(self, body: str, tier: str, title: str, name: str, domain: str, phone: str) -> None:
        post = self._id()
        directory.add_post(
            id=post, body=body, tier=tier, title=title, phone=phone, actor=self.actor,
            now=self.began, mail=address(name, domain) if name else "",
        )  # fmt: skip
        self.posts[body, tier] = (*self.posts.get((body, tier), ()), post)
        if not name:
            return
        person = self._id()
        directory.add_person(id=person, name=name)
        directory.appoint(
            id=self._id(), post=post, person=person, from_on=self._some_day(), actor=self.actor,
            now=self.began,
        )  # fmt: skip
        # Everybody else signs in by a code sent to the demonstration's mailbox.
        password = PASSWORD if name in dict(WAYS_IN).values() else None
        directory.open_account(person=person, email=address(name, domain), password=password)
        self.people[name] = Known(person, post, body, tier, title)

    def _administrator(self) -> None:
        _, name, email = ADMINISTRATOR
        person = self._id()
        directory.add_person(id=person, name=name)
        directory.open_account(person=person, email=email, password=PASSWORD, is_administrator=True)

    def _confirmed(self, agencies: Mapping[str, str], now: datetime) -> None:
        """All but a few agencies have said this autumn that their posts are right."""
        late = {agencies[key] for key in UNCONFIRMED}
        posts = [
            post for (body, _), some in self.posts.items() if body not in late for post in some
        ]
        then = now - timedelta(days=50)
        directory_upkeep.confirm_posts(posts=posts, on=then.date(), actor=self.actor, now=then)

    def _away(self, now: datetime) -> None:
        for away, covering in AWAY:
            directory.arrange_cover(
                person=self.people[away].person,
                covering=self.people[covering].person,
                from_on=(now - timedelta(days=3)).date(),
                until_on=(now + timedelta(days=11)).date(),
                actor=self.actor,
                now=now,
            )

    def _some_day(self) -> date:
        return (self.began - timedelta(days=self.chance.randrange(30, 2000))).date()

    def _id(self) -> str:
        return UUID(int=self.chance.getrandbits(128), version=4).hex
