"""How a case begins: a practitioner raises a concern.

The case is pinned to the edition of the policy in force at that moment. The raiser acts by a
post of theirs in an agency of the partnership.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from counterpart.access.kinds import RAISER
from counterpart.access.visibility import is_visible
from counterpart.casework.actors import Acting, by_post
from counterpart.casework.casefile import CaseFile
from counterpart.casework.editions import current
from counterpart.casework.placing import misplaced, outside, unknown_in
from counterpart.casework.subjects import kept_from_the_start, past_the_subject, refused
from counterpart.casework.writing import KIND, Done, made_before, own_key, settle
from counterpart.engine import events as e
from counterpart.engine.deciding import raise_problem
from counterpart.engine.directory import PostRecord
from counterpart.engine.duties import candidates, owner, place
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal
from counterpart.journal.errors import Repeated
from counterpart.journal.reading import submission
from counterpart.journal.writing import refuse_repeated
from counterpart.lists.finding import DeskRow
from counterpart.lists.finding import same_child as find_same_child
from counterpart.people.directory import directory_as_of
from counterpart.people.finders import posts_of
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Policy
from counterpart.vault.index import blind_index

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseWritten:
    """A concern as somebody wrote it.

    `receiving` holds (agency, post or None, name as stated) and `children` (kind, reference).
    `checked` holds `CHECK:ANSWER`, the answer being `yes`, `no` or `not_needed`. `track` is the first
    where none is named. `has_asked_rationale` is `yes`, `no` or `not_yet`; `has_used_own_policy` `yes`, `no` or
    `none`. `subject` is the person with a post in one of the agencies whom it is about, if it is about one.
    """

    partnership: str
    raising_agency: str
    raising_post: str
    receiving: tuple[tuple[str, str | None, str], ...]
    children: tuple[tuple[str, str], ...]
    grounds: tuple[str, ...]
    dispute: str
    why_unsafe: str
    is_urgent: bool
    immediate_risk: str
    desired_outcome: str
    has_asked_rationale: str
    has_used_own_policy: str
    already_tried: str
    supporter: str | None = None
    track: str = ""
    checked: tuple[str, ...] = ()
    subject: str | None = None


def new_reference() -> str:
    """Eight characters that are hard to mistake for one another; about 10^12 of them."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(8))


def actor_for_raising(*, person: str, post: str, at: datetime) -> Acting:
    """The person raising a concern, by a post of theirs.

    Raises LookupError when the post is not one they hold or cover at `at`.
    """
    if post not in {held.post for held in posts_of(person, at)}:
        raise LookupError("not a post of this person")
    return by_post(person=person, post=post, capacity=RAISER)


def raise_concern(
    *, written: RaiseWritten, actor: Acting, now: datetime, key: str, reference: str | None = None
) -> Done | Refusal:
    """Begin a case. `reference` is given by generators that want the same one each time."""
    key = own_key(key, actor.person, KIND)
    if made := submission(key):
        return made_before(made)
    policy = current(written.partnership)
    if policy is None:
        return Refusal("no_policy", "This partnership has no policy in force yet.")
    raised = _event(past_the_subject(written, now), policy, reference or new_reference())
    refusal = raise_problem(policy, raised) or _unknown(written, now)
    if refusal := refusal or refused(written, actor, now):
        return refusal
    case = uuid4().hex
    agencies = [written.raising_agency, *(agency for agency, _, _ in written.receiving)]
    try:
        with transaction.atomic():
            refuse_repeated(key)
            made_now = settle(
                case,
                policy,
                (),
                [raised, *kept_from_the_start(written)],
                actor=actor,
                now=now,
                key=key,
                happened_at=now,
                was=None,
                before=(),
                directory=directory_as_of(now, agencies, written.partnership),
            )
    except Repeated as again:
        return made_before(again.submission)
    return Done(case, raised.reference, made_now)


def same_child(*, references: Sequence[str], person: str, at: datetime) -> tuple[DeskRow, ...]:
    """Open cases about the same child that this person may see."""
    indexes = [blind_index("child", reference) for reference in references]
    return find_same_child(indexes, is_visible(person, at, "case"))


def urgent_contacts(file: CaseFile) -> tuple[PostRecord, ...]:
    """Whom to telephone now: the posts the policy tells at once, in its order."""
    if file.policy.urgent is None:
        return ()
    found: dict[str, PostRecord] = {}
    for seat in file.policy.urgent.tells:
        if seat.side in ("outside", "raiser"):
            continue  # no posts: telling them is a step that somebody takes
        body, role = place(file.policy, file.state, seat, None)
        post, _ = owner(file.policy, file.state, file.directory, body, role)
        record = file.directory.post(Id(post)) if post else None
        posts = [record] if record else candidates(file.policy, file.directory, body, role)
        found |= {one.id: one for one in posts}
    return tuple(found.values())


def _event(written: RaiseWritten, policy: Policy, reference: str) -> e.ConcernRaised:
    return e.ConcernRaised(
        reference=Code(reference),
        partnership=Id(written.partnership),
        policy=Code(policy.id),
        edition=Code(policy.edition),
        track=Code(written.track or next(iter(policy.tracks))),
        raising=e.Party(agency=Id(written.raising_agency), post=Id(written.raising_post)),
        receiving=tuple(
            e.Party(agency=Id(agency), post=Id(post) if post else None)
            for agency, post, _ in written.receiving
        ),
        children=tuple(
            e.Child(id=Id(uuid4().hex), kind=Code(kind), index=Code(blind_index("child", text)))
            for kind, text in written.children
        ),
        grounds=tuple(map(Code, written.grounds)),
        is_urgent=written.is_urgent,
        has_asked_rationale=Code(written.has_asked_rationale),
        has_used_own_policy=Code(written.has_used_own_policy),
        supporter=Id(written.supporter) if written.supporter else None,
        checked=tuple(map(Code, written.checked)),
        calendar=Code(calendar_of(policy).edition),
        child_references=tuple(Words(text) for _, text in written.children),
        worker_names=tuple(Words(name) for _, _, name in written.receiving),
        dispute=Words(written.dispute),
        why_unsafe=Words(written.why_unsafe),
        immediate_risk=Words(written.immediate_risk),
        desired_outcome=Words(written.desired_outcome),
        already_tried=Words(written.already_tried),
    )


def _unknown(written: RaiseWritten, at: datetime) -> Refusal | None:
    """Agencies and posts that are not, or no longer, in the directory of the partnership."""
    agencies = [written.raising_agency, *(agency for agency, _, _ in written.receiving)]
    pairs = [(agency, post) for agency, post, _ in written.receiving]
    pairs.append((written.raising_agency, written.raising_post))
    return (
        outside(written.partnership, agencies, at)
        or misplaced(pairs)
        or unknown_in(written.partnership, [written.supporter])
    )
