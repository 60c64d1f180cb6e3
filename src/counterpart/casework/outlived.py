"""News that has outlived what it tells of: the case went to others, or what was to be done has been done.

It is told to nobody, and is no fault where it could not be told. It must not decide who may see a case:
`access` does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from counterpart.access.visibility import open_to_post
from counterpart.engine.notices import DUE_SOON, JUST_MISSED, LATE, NEW_DUTY, TO_PLACE
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages import outbox
from counterpart.messages.digests import stuck_at_posts, will_not_be_told
from counterpart.messages.kinds import TO_DO, TO_POST
from counterpart.messages.models import DigestLine, Notice, OutboxRow
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Post

TO_ITS_OWNER = (NEW_DUTY, TO_PLACE, JUST_MISSED)
"""Word that whoever has a duty is to do something: of no use to anybody who has it no more."""
OF_WHAT_IS_OPEN = (*TO_ITS_OWNER, DUE_SOON)
OF_A_DUTY = (*OF_WHAT_IS_OPEN, LATE)


@dataclass(frozen=True, slots=True)
class Sifted:
    """News as it stands now: what is still `news`, and which of it (by id) tells of what is `past`."""

    news: list[Notice]
    past: frozenset[int] = frozenset()


def sifted(news: Sequence[Notice], to: str) -> Sifted:
    """The news for a person or post (`to`) without what is over: that is not told to them any more.

    One query, and one where something is over.
    """
    about = {notice.about for notice in news if notice.kind in OF_A_DUTY}
    duties = DutyRow.objects.filter(id__in=about)
    owners = dict(duties.values_list("id", "post")) if about else {}
    over = [notice for notice in news if _is_over(notice, owners)]
    will_not_be_told(over, to)
    past = (notice.pk for notice in news if notice.kind == LATE and notice.about not in owners)
    return Sifted([notice for notice in news if notice not in over], frozenset(past))


def _is_over(notice: Notice, owners: dict[str, str]) -> bool:
    if notice.kind not in OF_WHAT_IS_OPEN:
        return False
    is_with_others = notice.to_kind == TO_POST and owners.get(notice.about) != notice.to
    return notice.about not in owners or (notice.kind in TO_ITS_OWNER and is_with_others)


def still_for(post: str, news: Sequence[Notice], now: datetime) -> list[Notice]:
    """The news for a post without that of cases which it has nothing to do with any more: nobody is told that."""
    theirs = _still_theirs(post, {notice.case for notice in news if notice.case}, now)
    gone = [notice for notice in news if notice.case and notice.case not in theirs]
    will_not_be_told(gone, post)
    return [notice for notice in news if notice not in gone]


def _still_theirs(post: str, cases: Collection[str], now: datetime) -> set[str]:
    """The cases that a post has to do with, whoever holds it: it may see them, has something to do in them,
    or has the desk that they are on. Three queries, and none for no cases.
    """
    if not cases:
        return set()
    duties = DutyRow.objects.filter(post=post, case__in=cases)
    desk = Post.objects.filter(id=post, tier=BUSINESS_MANAGER).values("partnership")
    on_it = CaseRow.objects.filter(case__in=cases, partnership__in=desk)
    return {
        *open_to_post(post, now).filter(case__in=cases),
        *duties.values_list("case_id", flat=True),
        *on_it.values_list("case", flat=True),
    }


def settle_stuck(now: datetime) -> int:
    """Let go of the e-mails that could not go to a post and are over, and say how many they are. What is over
    is taken out of digests first. An immediate risk is never let go of.

    Run by the worker. Two queries where nothing is stuck.
    """
    n = sum(_is_settled(row, now) for row in stuck_at_posts(now))
    for row in outbox.kept_from_posts(now):
        if row.case not in _still_theirs(row.to, [row.case], now):
            n += outbox.let_go(row.id, now)
    return n


def _is_settled(row: str, now: datetime) -> bool:
    with transaction.atomic():
        stuck = OutboxRow.objects.select_for_update().get(pk=row)
        lines = list(stuck.lines.all())
        over = [line.pk for line in _over(stuck.to, lines, now)]
        if not over:
            return False
        DigestLine.objects.filter(pk__in=over).delete()
        if len(over) == len(lines):
            return outbox.let_go(row, now)
        outbox.try_again(row, now)
        return False


def _over(post: str, lines: Sequence[DigestLine], now: datetime) -> Iterable[DigestLine]:
    theirs = _still_theirs(post, {line.case for line in lines if line.case}, now)
    wanted = Q(id__in={line.duty for line in lines if line.kind == TO_DO}, post=post)
    to_do = set(DutyRow.objects.filter(wanted).values_list("id", flat=True))
    for line in lines:
        if (line.case and line.case not in theirs) or (
            line.kind == TO_DO and line.duty not in to_do
        ):
            yield line
