"""What can happen to an agency's directory and to a policy's editions, as events.

These go to streams of their own. The fold of a case never sees them: a directory reaches the
engine as an argument, as it stood on a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


def _more_words(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 only keeps more words; the facts are as they were."""
    return facts


@event("partnership_formed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipFormed:
    partnership: Id
    name: Words = SEALED


@event("agency_added", version=2, upgrades={1: _more_words})
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAdded:
    """An agency is of a partnership. `called` is its short name in that partnership's files."""

    agency: Id
    partnership: Id
    kind: Code
    is_statutory: bool
    name: Words = SEALED
    called: Words = SEALED
    area: Words = SEALED
    safeguarding_inbox: Words = SEALED
    mail_domains: tuple[Words, ...] = ()


@event("agency_changed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyChanged:
    """How an agency stands from now on: all of it, not only what is new."""

    agency: Id
    kind: Code
    is_statutory: bool
    name: Words = SEALED
    area: Words = SEALED
    safeguarding_inbox: Words = SEALED
    mail_domains: tuple[Words, ...] = ()


@event("post_added", version=2, upgrades={1: _more_words})
@dataclass(frozen=True, slots=True, kw_only=True)
class PostAdded:
    """A post in an agency, or (`body` a partnership) in the partnership's own office."""

    post: Id
    body: Id
    tier: Code
    title: Words = SEALED
    called: Words = SEALED
    phone: Words = SEALED
    mail: Words = SEALED


@event("post_changed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PostChanged:
    """How a post stands from now on: all of it, not only what is new."""

    post: Id
    body: Id
    tier: Code
    title: Words = SEALED
    phone: Words = SEALED
    mail: Words = SEALED


@event("post_confirmed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PostConfirmed:
    """Somebody said that a post's details, and who holds it, are right."""

    post: Id
    on: date


@event("post_closed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PostClosed:
    """From a day on the post is there no more."""

    post: Id
    closed_on: date


@event("agency_closed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyClosed:
    """From a day on the agency is there no more. Each post of it says the same for itself."""

    agency: Id
    closed_on: date


@event("post_opened_again", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PostOpenedAgain:
    """A post that was closed, or was to close, is there as before. Who holds it is said anew."""

    post: Id


@event("agency_opened_again", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyOpenedAgain:
    """An agency that was closed, or was to close, is there as before. Each post that is says so for itself."""

    agency: Id


@event("agency_left_partnership", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLeftPartnership:
    """An agency of several partnerships is of this one no more."""

    agency: Id
    partnership: Id


@event("person_added", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded:
    """A person came into the directory, in the record of the body they first had a post in."""

    person: Id
    name: Words = SEALED
    mail: Words = SEALED


@event("person_changed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged:
    """What a person is called from now on, and the address of their work."""

    person: Id
    name: Words = SEALED
    mail: Words = SEALED


@event("holder_appointed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class HolderAppointed:
    holding: Id
    post: Id
    person: Id
    from_on: date
    name: Words = SEALED


@event("holder_left", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class HolderLeft:
    holding: Id
    post: Id
    person: Id
    until_on: date


def _in_every_post(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knows cover in one post as well; before, it was always in all of them."""
    return {**facts, "post": None}


@event("cover_arranged", version=2, upgrades={1: _in_every_post})
@dataclass(frozen=True, slots=True, kw_only=True)
class CoverArranged:
    """Somebody stands in between two days: for a person in all their posts (`post` None), or in one post.

    `covered` is the person; None where it is one post, whoever holds it.
    """

    cover: Id
    covered: Id | None
    covering: Id
    from_on: date
    until_on: date
    post: Id | None = None


@event("cover_ended", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CoverEnded:
    """From `until_on` on, nobody stands in by this cover; that may be before it began."""

    cover: Id
    until_on: date


@event("person_left", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft:
    """A person left every post they had in this body. `is_closed`: their sign-in went with it."""

    person: Id
    until_on: date
    is_closed: bool


@event("administrator_named", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AdministratorNamed:
    """A person runs the installation from now on, and sees no case."""

    person: Id


@event("tie_declared", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class TieDeclared:
    """Two people belong to one household or family: neither judges what the other is a party to."""

    tie: Id
    one: Id
    other: Id
    from_on: date


@event("tie_ended", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class TieEnded:
    tie: Id
    until_on: date


@event("edition_published", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPublished:
    """An edition of a policy, named by the hash of its content, came into force."""

    policy: Code
    edition: Code
    partnership: Id


@event("policy_comment_made", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCommentMade:
    """Somebody of a partnership said what they make of its policy, under this edition of it."""

    policy: Code
    edition: Code
    partnership: Id
    comment: Words = SEALED


@event("policy_comment_answered", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCommentAnswered:
    """The partnership's office has dealt with what somebody said: `comment` is that entry."""

    comment: Id
    partnership: Id
    answer: Words = SEALED
