"""What an import would do, step by step, ready to be shown, and to be done if nothing is wrong.

Values only. `planning` makes a plan, `applying` and `casework.importing` carry it out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from counterpart.people.importing.problems import Problem
from counterpart.people.upkeep import AgencyDetails, PostDetails

ADDED, CHANGED, APPOINTED, ENDED = "added", "changed", "appointed", "ended"


@dataclass(frozen=True, slots=True)
class AgencyStep:
    """An agency to add (`was` None) or to change."""

    id: str
    code: str
    was: AgencyDetails | None
    details: AgencyDetails


@dataclass(frozen=True, slots=True)
class PostStep:
    """A post to add (`was` None), to change, or only to confirm (`was` is `details`)."""

    id: str
    body: str
    body_name: str
    code: str
    was: PostDetails | None
    details: PostDetails
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class PersonStep:
    """A person to add (`was` "") or to call by another name. `body` is where it is recorded."""

    id: str
    body: str
    was: str
    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class AppointStep:
    """A person comes to hold a post; `until_on` where it is known when that ends."""

    holding: str
    post: str
    body: str
    person: str
    name: str
    title: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class EndStep:
    """From `until_on` on, a person no longer holds a post."""

    holding: str
    post: str
    body: str
    person: str
    name: str
    title: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change, for a page or a terminal."""

    what: str
    kind: str
    name: str
    detail: str = ""


@dataclass(slots=True)
class Plan:
    """Everything an import would do, what it would leave, and everything that is wrong."""

    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    agencies: list[AgencyStep] = field(default_factory=list)
    posts: list[PostStep] = field(default_factory=list)
    people: list[PersonStep] = field(default_factory=list)
    appointed: list[AppointStep] = field(default_factory=list)
    ended: list[EndStep] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not any((self.agencies, self.posts, self.people, self.appointed, self.ended))

    @property
    def bodies(self) -> list[str]:
        """Every agency, and the partnership itself, in whose record something would be written."""
        found = [agency.id for agency in self.agencies]
        found += [step.body for step in self.posts] + [step.body for step in self.people]
        found += [step.body for step in self.appointed] + [step.body for step in self.ended]
        return list(dict.fromkeys(found))

    @property
    def mark(self) -> str:
        """The same for two plans that would do the same, whatever ids they would give."""
        said = "\n".join(f"{c.what} {c.kind} {c.name!r} {c.detail!r}" for c in self.changes())
        return hashlib.sha256(said.encode()).hexdigest()

    def changes(self) -> Iterator[Change]:
        """Each change in words: agencies, posts, people, appointments, ends."""
        for agency in self.agencies:
            yield _agency(agency)
        for post in self.posts:
            yield _post(post)
        for person in self.people:
            if person.was:
                yield Change(CHANGED, "person", person.was, f"now {person.name}")
            else:
                yield Change(ADDED, "person", person.name, person.mail)
        for one in self.appointed:
            until = f" to {_last_day(one.until_on)}" if one.until_on else ""
            detail = f"{one.title}, from {one.from_on:%Y-%m-%d}{until}"
            yield Change(APPOINTED, "person", one.name, detail)
        for end in self.ended:
            detail = f"{end.title}, last day {_last_day(end.until_on)}"
            yield Change(ENDED, "person", end.name, detail)

    def counts(self) -> list[tuple[str, int]]:
        """How many of each, in words, for what there is."""
        found: dict[str, int] = {}
        for change in self.changes():
            words = f"{_MANY[change.kind]} {change.what}"
            found[words] = found.get(words, 0) + 1
        return [*found.items(), ("rows unchanged", self.unchanged)]


_MANY = {"agency": "agencies", "post": "posts", "person": "people"}
_WORDS = {"is_statutory": "statutory", "safeguarding_inbox": "safeguarding inbox",
          "mail_domains": "email domains", "phone": "telephone", "mail": "email"}  # fmt: skip


def _agency(step: AgencyStep) -> Change:
    if step.was is None:
        return Change(ADDED, "agency", step.details.name)
    return Change(CHANGED, "agency", step.was.name, _differs(step.was, step.details))


def _post(step: PostStep) -> Change:
    where = f"{(step.was or step.details).title}, {step.body_name}"
    if step.was is None:
        return Change(ADDED, "post", where)
    said = _differs(step.was, step.details)
    confirmed = f"confirmed on {step.confirmed_on:%Y-%m-%d}" if step.confirmed_on else ""
    return Change(CHANGED, "post", where, "; ".join(part for part in (said, confirmed) if part))


def _differs(was: AgencyDetails | PostDetails, now: AgencyDetails | PostDetails) -> str:
    changed = [
        f"{_WORDS.get(name, name)}: {_said(getattr(was, name))} → {_said(getattr(now, name))}"
        for name in was.__slots__
        if getattr(was, name) != getattr(now, name)
    ]
    return "; ".join(changed)


def _last_day(until_on: date) -> str:
    return f"{until_on - timedelta(days=1):%Y-%m-%d}"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value) or "nothing"
    return str(value) or "nothing"
