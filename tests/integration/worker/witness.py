"""Somebody who saw it all and judges by the house rules alone: who may hear of a case, and who has to have.

It keeps its own list of who holds which post, who stands in for whom, and who is kept from a case, and reads the
roles of a policy from the file as it is written. It asks nothing of `access`, `people`, `engine` or `messages`: what
those say is what it judges.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from counterpart.casework import ladders
from counterpart.policy.yaml_text import read_yaml

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
OFFICE = "office"
LINKS = 3
"""How far a chain of people who stand in for each other is followed."""
PANEL_KEEPS = timedelta(days=15)
"""Ten working days after the end, with a day for luck, and no public holiday counted: see `_keeps_until`."""

CONFIRM = re.compile(r"The directory: [0-9]+ posts? waits? to be confirmed")
REGULAR = re.compile(r"Regular duties: [0-9]+ regular dut(y waits|ies wait) to be written down")
TAKEN_UP = re.compile(r"Your posts: A post that you hold or stand in for now has something to do")
KEEPERS = {
    "business_manager",
    "designated_safeguarding_lead",
    "named_professional",
    "head_of_safeguarding",
}
"""The tiers that keep the directory: the office's whole, an agency's lead its own."""
WRITERS = KEEPERS | {"coordinator", "senior_manager", "operations_manager"}
"""The tiers to which one of the policies gives something regular; what is every agency's own is its lead's."""


def day_of(at: datetime) -> date:
    """The day in London."""
    return at.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Roles:
    """The tiers that a policy, or the ladder for those that have none, names: of agencies, and of the office."""

    agency: frozenset[str]
    office: frozenset[str]
    inside: frozenset[str]
    is_for_risk: bool

    @classmethod
    def written_in(cls, content: bytes) -> Roles:
        """As the file says; `inside` are the stages within the raiser's own agency, `is_for_risk` whether it has an
        urgent route.
        """
        policy: dict[str, Any] = read_yaml(content, file="policy.yaml")
        usual: dict[str, Any] = read_yaml(ladders.FILE.read_bytes(), file=ladders.FILE.name)
        found: dict[str, set[str]] = {"agency": set(), "partnership": {"business_manager"}}
        for role in (*policy["roles"], *usual["roles"]):
            found[role["at"]] |= set(role["tiers"])
        for tiers in usual["above"].values():
            found["agency"] |= set(tiers)
        inside = {stage["id"] for stage in policy["stages"] if stage.get("inside")}
        agency, office = (frozenset(found[at]) for at in ("agency", "partnership"))
        return cls(agency, office, frozenset(inside), bool(policy.get("urgent")))


@dataclass
class Seen:
    """What the witness knows of one case. Keys of agencies are those of the town."""

    roles: Roles
    raiser: str
    raising: str
    receiving: tuple[str, ...]
    has_met: bool = False
    """Whether it ever came to a stage at which the sides speak to each other."""
    panel: set[str] = field(default_factory=set)
    ended_at: datetime | None = None
    kept_out: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail that arrived: with whom, when, and the cases it names."""

    person: str
    at: datetime
    subject: str
    text: str
    references: frozenset[str]

    @property
    def is_digest(self) -> bool:
        """Whether it is the letter of a morning."""
        return self.subject == "Counterpart: what waits for you"


@dataclass
class Witness:
    """Sees who comes and goes, and what arrives; keeps a list of what should not have been."""

    cases: dict[str, Seen] = field(default_factory=dict)
    """By reference, as letters have it."""
    letters: list[Letter] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _held: list[tuple[str, str, date, date | None]] = field(default_factory=list)
    _covers: list[tuple[str, str, date, date]] = field(default_factory=list)
    _told: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _heard_of: dict[str, datetime] = field(default_factory=dict)

    # --- who comes and goes -----------------------------------------------------------------------

    def comes(self, person: str, post: str, on: date) -> None:
        """A person holds a post (`care.line_manager`) from a day on."""
        self._held.append((person, post, on, None))

    def goes(self, person: str, post: str, on: date) -> None:
        """And no longer, from a day on."""
        at = next(
            i for i, held in enumerate(self._held) if held[:2] == (person, post) and not held[3]
        )
        self._held[at] = (person, post, self._held[at][2], on)

    def covers(self, covering: str, covered: str, since: date, until: date) -> None:
        """Somebody stands in for another."""
        self._covers.append((covering, covered, since, until))

    def is_away(self, person: str, since: date, until: date) -> bool:
        """Whether somebody stands in for a person on one of these days."""
        return any(covered == person and since < to and begins < until
                   for _, covered, begins, to in self._covers)  # fmt: skip

    def posts_of(self, person: str, day: date) -> set[str]:
        """What a person holds themselves on a day."""
        return {
            post for who, post, since, until in self._held
            if who == person and since <= day and (until is None or day < until)
        }  # fmt: skip

    def chains(self, person: str, day: date) -> Iterator[tuple[str, ...]]:
        """The person, and each chain of people they stand in for on a day."""
        edge: list[tuple[str, ...]] = [(person,)]
        for _ in range(LINKS + 1):
            yield from edge
            edge = [
                (*chain, covered) for chain in edge for covering, covered, since, until in self._covers
                if covering == chain[-1] and covered not in chain and since <= day < until
            ]  # fmt: skip

    def acts_in(self, post: str, at: datetime) -> bool:
        """Whether somebody holds this post at a moment."""
        day = day_of(at)
        return any(post in self.posts_of(who, day) for who in {held[0] for held in self._held})

    # --- who may hear -----------------------------------------------------------------------------

    def may_hear(self, person: str, reference: str, at: datetime) -> bool:
        """Whether a person has to do with a case at a moment, themselves or for somebody they stand in for."""
        case, day = self.cases[reference], day_of(at)
        return any(
            self._has_to_do(chain[-1], case, day, at)
            for chain in self.chains(person, day)
            if not any(case.kept_out.get(one, at + DAY) <= at for one in chain)
        )

    def _has_to_do(self, person: str, case: Seen, day: date, at: datetime) -> bool:
        posts = self.posts_of(person, day)
        bodies = {post.split(".")[0] for post in posts}
        if person == case.raiser and case.raising in bodies:
            return True
        if person in case.panel and bodies and at <= _keeps_until(case.ended_at, at):
            return True
        return any(_has_to_do(post, case) for post in posts)

    def _is_of_no_case(self, letter: Letter) -> bool:
        """Whether it reminds of posts to confirm, or of regular duties, somebody who sees to those; or tells
        somebody of what waits in a post of theirs.
        """
        tiers = self._tiers(letter.person, day_of(letter.at))
        reminds = {CONFIRM: KEEPERS, REGULAR: WRITERS, TAKEN_UP: tiers}
        return any(tiers & known and said.search(letter.text) for said, known in reminds.items())

    def _tiers(self, person: str, day: date) -> set[str]:
        """The tiers of the posts that somebody has, or stands in for."""
        chains = self.chains(person, day)
        return {post.split(".")[1] for one in chains for post in self.posts_of(one[-1], day)}

    # --- what arrives -----------------------------------------------------------------------------

    def gets(self, letter: Letter) -> None:
        """An e-mail has arrived."""
        self.letters.append(letter)
        if not letter.references and not self._is_of_no_case(letter):
            self.wrong.append(f"{letter} is about nothing")
        for reference in letter.references:
            self._told[reference].append(letter.at)
            if not self.may_hear(letter.person, reference, letter.at):
                self.wrong.append(
                    f"{letter} went to somebody who has nothing to do with {reference}"
                )

    def is_shown(self, person: str, reference: str, at: datetime) -> None:
        """Somebody is shown a notice in the app. One that names no case ("") tells nothing of any."""
        if reference and not self.may_hear(person, reference, at):
            self.wrong.append(f"{person} was shown a notice of {reference} at {at}")

    def has_heard(self, duty: str, reference: str, due_at: datetime) -> bool:
        """Whether somebody has had a letter that names the case of a duty that is late, within a day of its time."""
        if duty not in self._heard_of and (
            told := [at for at in self._told[reference] if at >= due_at]
        ):
            self._heard_of[duty] = min(told)
            if min(told) > due_at + DAY:
                self.wrong.append(
                    f"{duty} of {reference}, due {due_at}: nobody had heard a day later"
                )
        return duty in self._heard_of

    def late(
        self, duty: str, reference: str, due_at: datetime, now: datetime, *, is_on_desk: bool
    ) -> None:
        """A duty is late, and no letter has said so. Within a day the desk shows it, to somebody in post."""
        if is_on_desk and self.acts_in("office.business_manager", now):
            self._heard_of[duty] = now
        if now > due_at + DAY:
            self.wrong.append(
                f"{duty} of {reference}, due {due_at}: nobody had heard a day later, at {now}"
            )

    @property
    def lates(self) -> int:
        """How many duties were late, and seen by somebody."""
        return len(self._heard_of)

    def told_of_being_late(self) -> Mapping[tuple[str, str, str], int]:
        """How often each person was written to that one thing has been missed, by its case and all that is said."""
        letters = [
            one for one in self.letters if one.subject.endswith("the time for something has passed")
        ]
        return Counter((one.person, one.subject, one.text) for one in letters)

    def digests_a_day(self) -> Mapping[tuple[str, date], int]:
        """How many digests each person had on each day."""
        return Counter((one.person, day_of(one.at)) for one in self.letters if one.is_digest)


def _has_to_do(post: str, case: Seen) -> bool:
    body, tier = post.split(".")
    if body == OFFICE:
        return tier in case.roles.office
    is_party = body == case.raising or (case.has_met and body in case.receiving)
    return is_party and tier in case.roles.agency


def _keeps_until(ended_at: datetime | None, now: datetime) -> datetime:
    """A panel keeps its papers for ten working days: two weeks, and longer over Christmas and Easter."""
    if ended_at is None:
        return now
    is_long = any(day_of(ended_at + n * DAY).month in (12, 1, 3, 4, 5, 8) for n in range(14))
    return ended_at + PANEL_KEEPS + (6 * DAY if is_long else timedelta())
