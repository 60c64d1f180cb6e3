"""Who is acting, as a use case needs to know it: facts for the journal, and the names to freeze.

The name and the post title are copied into the record as they are now, so that it still says who
acted when people have moved on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from counterpart.access.answers import Allowed
from counterpart.access.kinds import RAISER
from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import Actor
from counterpart.people.finders import holders, people_by_id, posts_of
from counterpart.people.models import Person, Post
from counterpart.people.stated import AS_STATED

CLOCK = "clock"
COMMAND = "command"
STATED = "stated"
"""The capacity of whoever a mailbox alone vouches for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person acting by a post, in a capacity (their relation to the case).

    `agency` is None for somebody who acts for the partnership. Where somebody telephoned, the
    `on_behalf` fields say for whom the entry is written, and `agency` is theirs.
    """

    person: str | None
    post: str | None
    agency: str | None
    capacity: str
    name: str
    post_title: str
    on_behalf_of: str | None = None
    on_behalf_post: str | None = None
    on_behalf_name: str = ""
    on_behalf_title: str = ""
    acting_for: str | None = None

    @property
    def facts(self) -> Actor:
        """What the journal keeps as facts."""
        return Actor(
            person=Id(self.person) if self.person else None,
            post=Id(self.post) if self.post else None,
            agency=Id(self.agency) if self.agency else None,
            capacity=Code(self.capacity),
            on_behalf_of=Id(self.on_behalf_of) if self.on_behalf_of else None,
            on_behalf_post=Id(self.on_behalf_post) if self.on_behalf_post else None,
            acting_for=Id(self.acting_for) if self.acting_for else None,
        )

    @property
    def names(self) -> dict[str, str]:
        """What the journal freezes as words."""
        names = {
            "actor_name": self.name,
            "actor_post": self.post_title,
            "on_behalf_name": self.on_behalf_name,
            "on_behalf_post": self.on_behalf_title,
        }
        return {field: text for field, text in names.items() if text}


def acting(*, person: str, allowed: Allowed, at: datetime, home: str) -> Acting:
    """The person who was admitted, with the post their right came by. At most three queries.

    Somebody whose right is their own (the person who raised the concern, a member of a panel)
    acts by a post of theirs: a raiser by one in `home`, the raising agency, and by no other.
    """
    post = allowed.post or _own_post(person, at, home if _is_raiser(allowed) else None)
    actor = by_post(person=person, post=post, capacity=allowed.basis)
    if allowed.acting_for is None:
        return actor
    covered = people_by_id([allowed.acting_for]).get(allowed.acting_for, "")
    title = f"{actor.post_title}, standing in for {covered}"
    return replace(actor, acting_for=allowed.acting_for, post_title=title)


def by_post(*, person: str, post: str | None, capacity: str) -> Acting:
    """A person acting by a named post. Two queries."""
    row = Post.objects.select_related("agency", "partnership").filter(id=post).first()
    name = Person.objects.values_list("name", flat=True).get(id=person)
    return Acting(
        person=person,
        post=row.id if row else None,
        agency=row.agency_id if row else None,
        capacity=capacity.split(",")[0],
        name=name,
        post_title=_title(row),
    )


def on_behalf(actor: Acting, *, post: str, name: str, at: datetime) -> Acting:
    """`actor` writes down what the holder of `post` said by telephone; `name` is as they stated.

    Raises Post.DoesNotExist for an unknown post.
    """
    row = Post.objects.select_related("agency", "partnership").get(id=post)
    return replace(
        actor,
        agency=row.agency_id,
        on_behalf_of=_only_holder(row.id, at),
        on_behalf_post=row.id,
        on_behalf_name=name,
        on_behalf_title=_title(row),
    )


def the_clock() -> Acting:
    """Nobody: the clock itself."""
    return Acting(person=None, post=None, agency=None, capacity=CLOCK, name="", post_title="")


def by_command() -> Acting:
    """Whoever has the command line of the installation: which person, it cannot know."""
    return Acting(person=None, post=None, agency=None, capacity=COMMAND, name="", post_title="")


def _is_raiser(allowed: Allowed) -> bool:
    return allowed.basis.split(",")[0] == RAISER


def _own_post(person: str, at: datetime, agency: str | None) -> str | None:
    held = [post for post in posts_of(person, at) if not post.body_is_partnership]
    return next((post.post for post in held if agency in (None, post.body)), None)


def _only_holder(post: str, at: datetime) -> str | None:
    found = holders(post, at)
    return found[0].person if len(found) == 1 else None


def _title(post: Post | None) -> str:
    if post is None:
        return ""
    body = post.agency or post.partnership
    title = f"{post.title}, {body.name}" if body else post.title
    return f"{title}{AS_STATED}" if post.is_stated else title
