"""A concern about somebody who works in one of the agencies: named as it is raised, they never see it.

Nobody through whom it would reach them is asked either. It must not decide who else is kept out: that
follows from the directory (`conflicts`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from counterpart.access.kinds import SUBJECT_OF_CONCERN
from counterpart.casework.actors import Acting
from counterpart.casework.conflicts import household_of
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from counterpart.people.directory import Snapshot, posts_as_of
from counterpart.people.searching import person_at

if TYPE_CHECKING:
    from counterpart.casework.raising import RaiseWritten

NOT_HERE = Refusal(
    "subject_not_here",
    "Choose somebody with a post in one of the agencies in the disagreement, or nobody.",
)
TOO_NEAR = Refusal(
    "too_near_to_subject",
    "The directory says that you are the person this is about, or belong to their household. Ask your"
    " safeguarding lead, or somebody else in your agency, to raise it.",
)
IN_THEIR_NAME = Refusal(
    "in_the_subjects_name",
    "You would raise this in the post of the person it is about. Choose a post of your own, or ask somebody"
    " else in your agency to raise it.",
)
SUPPORTED_BY_THEM = Refusal(
    "subject_supports",
    "The person you chose to support you would not see this. Choose somebody else, or nobody.",
)


def kept_from_the_start(written: RaiseWritten) -> tuple[e.PersonKeptOut, ...]:
    """What is written down with the raising, so that the subject never sees the case."""
    if written.subject is None:
        return ()
    reason = Code(SUBJECT_OF_CONCERN)
    return (e.PersonKeptOut(person=Id(written.subject), reason=reason),)


def refused(written: RaiseWritten, actor: Acting, now: datetime) -> Refusal | None:
    """Why this person cannot raise this about the one whom they name. Three queries at most."""
    if written.subject is None:
        return None
    agencies = [written.raising_agency, *(agency for agency, _, _ in written.receiving)]
    if person_at(agencies, written.subject, now) is None:
        return NOT_HERE
    kept = _kept(written.subject, now)
    if actor.person in kept:
        return TOO_NEAR
    posts = [post for post in (written.raising_post, written.supporter) if post]
    directory = posts_as_of(now, posts)
    if _is_left_empty(directory, written.raising_post, kept):
        return IN_THEIR_NAME
    if written.supporter and _is_left_empty(directory, written.supporter, kept):
        return SUPPORTED_BY_THEM
    return None


def past_the_subject(written: RaiseWritten, now: datetime) -> RaiseWritten:
    """The same concern, without a worker whose post the subject alone holds: whose it then is, the policy
    and the directory say, and where they do not it is on the desk.
    """
    if written.subject is None:
        return written
    kept = _kept(written.subject, now)
    directory = posts_as_of(now, [post for _, post, _ in written.receiving if post])
    receiving = tuple(
        (agency, None if post and _is_left_empty(directory, post, kept) else post, name)
        for agency, post, name in written.receiving
    )
    return replace(written, receiving=receiving)


def _kept(subject: str, now: datetime) -> set[str]:
    return {subject, *household_of([subject], now)}


def _is_left_empty(directory: Snapshot, post: str, kept: set[str]) -> bool:
    """Whether somebody holds a post, and all who do are kept from the case."""
    held, left = directory.post(Id(post)), directory.without(kept).post(Id(post))
    return bool(held and held.holders and left and not left.holders)
