"""What people of a partnership say of its policy, and what its office answers.

Both are entries in the policy's own stream, their words sealed like any other. Who may say
something is asked of `access` by the caller. A comment is about the policy, never about a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counterpart.casework import policystream
from counterpart.casework.actors import Acting
from counterpart.casework.editions import policy_of
from counterpart.engine.directory_events import PolicyCommentAnswered, PolicyCommentMade
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import Recorded
from counterpart.journal.reading import Whole
from counterpart.messages.owing import owe_of_policy
from counterpart.people.directory import directory_as_of
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.policy.model import Policy

MADE, ANSWERED = "policy_comment_made", "policy_comment_answered"


class AlreadyAnswered(Exception):
    """Somebody else of the office has dealt with it meanwhile. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office did about a comment, in short."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a policy, under which edition of it; `answer` once it is dealt with."""

    id: str
    policy: str
    label: str
    person: str | None
    by: str
    post: str
    at: datetime
    text: str
    answer: Answer | None


def say(
    *, policy: Policy, partnership: str, text: str, actor: Acting, now: datetime, key: str
) -> None:
    """Write down what somebody says of the policy in force, and tell the partnership's office.

    The same `key` a second time does nothing more.
    """
    event = PolicyCommentMade(
        policy=Code(policy.id),
        edition=Code(policy.edition),
        partnership=Id(partnership),
        comment=Words(text),
    )
    office = directory_as_of(now, (), partnership).posts(Id(partnership), [BUSINESS_MANAGER])

    def tell(made: Recorded) -> None:
        owe_of_policy([post.id for post in office], made.id, now)

    policystream.write(policy.id, event, actor=actor, now=now, key=key, then=tell)


def answer(
    *, comment: Comment, partnership: str, text: str, actor: Acting, now: datetime, key: str
) -> None:
    """Write down that a comment has been dealt with, and how. Raises `AlreadyAnswered`."""
    event = PolicyCommentAnswered(
        comment=Id(comment.id), partnership=Id(partnership), answer=Words(text)
    )

    def only_once(made: Recorded) -> None:
        for whole in policystream.entries(ANSWERED):
            other = whole.recorded
            if other.event.comment == comment.id and other.id != made.id:
                raise AlreadyAnswered

    policystream.write(comment.policy, event, actor=actor, now=now, key=key, then=only_once)


def comments(partnership: str) -> tuple[Comment, ...]:
    """Everything said of the policies of a partnership, what is not dealt with first, then the newest."""
    here = [
        whole
        for whole in policystream.entries(MADE, ANSWERED)
        if whole.recorded.event.partnership == partnership
    ]
    answers: dict[str, Answer] = {
        whole.recorded.event.comment: _answer(whole)
        for whole in here
        if isinstance(whole.recorded.event, PolicyCommentAnswered)
    }
    found = [
        _comment(whole, answers)
        for whole in here
        if isinstance(whole.recorded.event, PolicyCommentMade)
    ]
    found.sort(key=lambda one: one.at, reverse=True)
    return tuple(sorted(found, key=lambda one: one.answer is not None))


def waiting(partnership: str) -> int:
    """How many comments nobody has dealt with."""
    return sum(comment.answer is None for comment in comments(partnership))


def _answer(whole: Whole) -> Answer:
    recorded = whole.recorded
    return Answer(recorded.event.answer, whole.names.get("actor_name", ""), recorded.happened_at)


def _comment(whole: Whole, answers: Mapping[str, Answer]) -> Comment:
    recorded = whole.recorded
    event: PolicyCommentMade = recorded.event
    return Comment(
        id=recorded.id,
        policy=event.policy,
        label=policy_of(event.edition).label,
        person=recorded.actor.person,
        by=whole.names.get("actor_name", ""),
        post=whole.names.get("actor_post", ""),
        at=recorded.happened_at,
        text=event.comment,
        answer=answers.get(recorded.id),
    )
