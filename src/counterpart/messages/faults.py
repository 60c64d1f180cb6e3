"""E-mail that did not go, for the person whose it is to see to it: the partnership's business manager, or whoever
watches a case that they may not see.

A row is here because it failed, or because it was accepted and has not left: both are asked of what
is due and not sent, never of a window of time. It must not change anything.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from counterpart.access.kinds import BUSINESS_MANAGER, BY_PARTNERSHIP
from counterpart.access.models import Relation
from counterpart.access.visibility import is_visible
from counterpart.engine.notices import UNWATCHED
from counterpart.messages.kinds import (
    ACCOUNT,
    ALERT,
    DIGEST,
    INVITATION,
    REASON_WORDS,
    TO_PERSON,
    TO_POST,
    WAITING,
)
from counterpart.messages.models import DigestLine, OutboxRow
from counterpart.people.days import day_of
from counterpart.people.models import AccountInvitation, Holding, Post

TOO_LONG = timedelta(hours=1)
"""An e-mail not gone after this long is shown, whatever the reason."""

OF_NO_ONE_CASE = frozenset({ACCOUNT, ALERT, DIGEST, INVITATION, UNWATCHED})
"""Messages about several cases, or about none; all others are about the one case they name."""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One e-mail that did not go. Exactly one of `post` and `person` is given.

    A digest is about several cases; an invitation, an alert and word of somebody's sign-in are about none:
    `case` and `reference` are "". `person` of an invitation is who is invited.
    """

    id: str
    case: str
    reference: str
    kind: str
    post: str | None
    person: str | None
    reason: str
    words: str
    since_at: datetime
    is_urgent: bool


def faults(partnership: str, person: str, at: datetime, limit: int = 25) -> tuple[FaultRow, ...]:
    """The e-mails of a partnership's cases that `person` should know did not go, urgent ones first.

    Only of cases `person` may see at `at`; and the alerts, invitations, and word of their sign-in, to
    people of the partnership. At most `limit`. One query where nothing is stuck, three at most.
    """
    found = _rows(partnership, person, at).order_by("-is_urgent", "made_at", "id")[:limit]
    return _faults(list(found))


def faults_of(cases: Collection[str], at: datetime, limit: int = 25) -> tuple[FaultRow, ...]:
    """The e-mails of these cases that did not go, urgent ones first. Whose the cases are was asked before.

    At most `limit`. Two queries at most, and none for no cases.
    """
    if not cases:
        return ()
    return _faults(list(_of_cases(cases, at).order_by("-is_urgent", "made_at", "id")[:limit]))


def is_fault_of(row: str, cases: Collection[str], at: datetime) -> bool:
    """Whether this e-mail is among `faults_of` these cases, however many there are."""
    return _of_cases(cases, at).filter(id=row).exists()


def invitations_unsent(body: str, at: datetime) -> tuple[FaultRow, ...]:
    """The invitations to people of one agency or office that did not go. Two queries at most."""
    posts = Post.objects.filter(Q(agency=body) | Q(partnership=body))
    rows = _unsent(at).filter(_invitations(posts, at))
    return _faults(list(rows.order_by("made_at", "id")))


def is_fault_in(row: str, partnership: str, person: str, at: datetime) -> bool:
    """Whether this e-mail is among `faults`, however many there are."""
    return _rows(partnership, person, at).filter(id=row).exists()


def _here(partnership: str) -> QuerySet[Relation]:
    """The cases of a partnership's desk, and the restricted ones in which people of its office are named."""
    desk = Q(subject_kind=BY_PARTNERSHIP, subject=partnership)
    return Relation.objects.filter(desk | Q(kind=BUSINESS_MANAGER, within=partnership))


def _of_cases(cases: Collection[str], at: datetime) -> QuerySet[OutboxRow]:
    """What did not go of these cases, and the digests that have a line about one of them."""
    lines = DigestLine.objects.filter(row=OuterRef("pk"), case__in=list(cases))
    return _unsent(at).filter(Q(case__in=list(cases)) | Q(Exists(lines), template=DIGEST))


def _unsent(at: datetime) -> QuerySet[OutboxRow]:
    is_late = Q(failed_at__isnull=False) | Q(made_at__lte=at - TOO_LONG)
    return OutboxRow.objects.filter(is_late, sent_at__isnull=True)


def _rows(partnership: str, person: str, at: datetime) -> QuerySet[OutboxRow]:
    """What did not go here. Only of the kinds that are stuck anywhere is it asked whose they are: mostly none."""
    late = _unsent(at)
    stuck = set(late.values_list("template", flat=True).distinct())
    if not stuck:
        return late.none()
    return late.filter(_is_of(partnership, person, at, stuck))


def _is_of(partnership: str, person: str, at: datetime, stuck: Collection[str]) -> Q:
    """Which messages of the kinds that are stuck are for this person of this partnership to see to."""
    here = _here(partnership)
    posts = Post.objects.filter(
        Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    )
    is_of = Q(pk__in=[])
    if not OF_NO_ONE_CASE.issuperset(stuck):
        of_case = Exists(here.filter(case=OuterRef("case")))
        is_of |= Q(of_case, is_visible(person, at, "case"))
    if DIGEST in stuck:
        is_of |= Q(Exists(_lines(here, person, at)), template=DIGEST)
    if ALERT in stuck:
        is_of |= Q(Exists(posts.filter(id=OuterRef("to"))), template=ALERT)
    if not {ACCOUNT, DIGEST}.isdisjoint(stuck):
        is_of |= Q(Exists(_held(posts, at).filter(person=OuterRef("to"))), _of_no_case())
    if INVITATION in stuck:
        is_of |= _invitations(posts, at)
    return is_of


def _of_no_case() -> Q:
    """Word to a person of their sign-in; and a digest in which there is nothing of a case."""
    of_cases = DigestLine.objects.filter(row=OuterRef("pk")).exclude(case="")
    return Q(template=ACCOUNT) | Q(~Exists(of_cases), template=DIGEST, to_kind=TO_PERSON)


def _held(posts: QuerySet[Post], at: datetime) -> QuerySet[Holding]:
    """Who holds one of these posts, or will."""
    runs = Q(until_on__isnull=True) | Q(until_on__gt=day_of(at))
    return Holding.objects.filter(runs, post__in=posts.values("id"))


def _invitations(posts: QuerySet[Post], at: datetime) -> Q:
    """Invitations to whoever holds one of these posts, or will, that were not used nor overtaken.

    One that has grown too old meanwhile is still here: nobody has been invited.
    """
    held = _held(posts, at).filter(person=OuterRef("person"))
    waiting = AccountInvitation.objects.filter(
        Exists(held), id=OuterRef("to"), used_at__isnull=True, withdrawn_at__isnull=True
    )
    return Q(Exists(waiting), template=INVITATION)


def _lines(here: QuerySet[Relation], person: str, at: datetime) -> QuerySet[DigestLine]:
    """The lines of a digest about cases of a partnership that a person may see."""
    lines = DigestLine.objects.filter(row=OuterRef("pk"))
    return lines.filter(Exists(here.filter(case=OuterRef("case"))), is_visible(person, at, "case"))


def _faults(rows: Iterable[OutboxRow]) -> tuple[FaultRow, ...]:
    invitations = [row.to for row in rows if row.template == INVITATION]
    found = AccountInvitation.objects.filter(id__in=invitations).values_list("id", "person")
    invited = dict(found) if invitations else {}
    return tuple(_fault(row, invited.get(row.to, row.to)) for row in rows)


def _fault(row: OutboxRow, to: str) -> FaultRow:
    reason = row.reason or WAITING
    return FaultRow(
        id=row.id,
        case=row.case,
        reference=row.reference,
        kind=row.template,
        post=to if row.to_kind == TO_POST else None,
        person=None if row.to_kind == TO_POST else to,
        reason=reason,
        words=REASON_WORDS[reason],
        since_at=row.failed_at or row.made_at,
        is_urgent=row.is_urgent,
    )
