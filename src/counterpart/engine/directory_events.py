"""What can happen to an agency's directory and to a policy's editions, as events.

These go to streams of their own. The fold of a case never sees them: a directory reaches the
engine as an argument, as it stood on a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import event


@event("partnership_formed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipFormed:
    partnership: Id
    name: Words = SEALED


@event("agency_added", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAdded:
    agency: Id
    partnership: Id
    kind: Code
    is_statutory: bool
    name: Words = SEALED


@event("post_added", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PostAdded:
    """A post in an agency, or (`body` a partnership) in the partnership's own office."""

    post: Id
    body: Id
    tier: Code
    title: Words = SEALED


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


@event("cover_arranged", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class CoverArranged:
    cover: Id
    covered: Id
    covering: Id
    from_on: date
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
