"""Duties that come to a rung of their ladder: whoever it names is told, once.

Run by the worker. Each case is one transaction: what was told, and that it was. Safe to run twice,
and by two workers at once. It ends by itself: a duty that is done has no row here any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from counterpart.access.visibility import KeptOut
from counterpart.casework.ladders import the_usual_ladder
from counterpart.casework.one_by_one import IsOver, do_all, never
from counterpart.casework.upkeep import refresh_case, rewrite_relations_of
from counterpart.casework.writing import Loaded, directory_for, load
from counterpart.engine.directory import PostRecord
from counterpart.engine.duties import Duty
from counterpart.engine.ladder import RungDue, Step, next_at, next_step, rungs, told_by
from counterpart.engine.notices import DUE_SOON, JUST_MISSED, LATE, Notice
from counterpart.lists import finding
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.lists.writing import set_next_rung
from counterpart.messages import climbing
from counterpart.messages.kinds import NOBODY, OVERTAKEN, TOLD
from counterpart.messages.models import Rung
from counterpart.messages.owing import owe
from counterpart.people.directory import Snapshot
from counterpart.policy.model import AT

MOST_AT_ONCE = 500
JUST_NOW = timedelta(days=1)
"""A time missed within this is told to the owner at once; an older one can wait for the morning."""


def climb(now: datetime, is_over: IsOver = never) -> int:
    """Tell whom the ladders name, in every case where a duty has come to a rung. How many cases.

    One case that cannot be done does not hold the others up; its fault is raised at the end. Once
    `is_over`, what is left waits for the next call.
    """
    return do_all(
        lambda: finding.cases_with_rung_reached(now, MOST_AT_ONCE),
        lambda case: climb_case(case, now),
        is_over,
    )


def climb_case(case: str, now: datetime) -> int:
    """Tell of every duty of a case that has come to a rung, and say whether anything fired."""
    with transaction.atomic():
        # Held to commit: an act on the case, or another worker, waits and then finds this done.
        if not CaseRow.objects.select_for_update().filter(case=case).exists():
            return 0
        loaded = load(case)
        directory = directory_for(loaded.state, now)
        open_now = refresh_case(loaded, directory, now)
        fired = climbing.fired(case)
        climbed = [
            _climb(loaded, directory, duty, fired.get(duty.id, {}), now) for duty in open_now
        ]
        if any(climbed):
            # Once more, so that those who were told may see what they are told of.
            rewrite_relations_of(loaded, open_now, directory, now)
        return int(any(climbed))


def _climb(
    loaded: Loaded, directory: Snapshot, duty: Duty, fired: Collection[str], now: datetime
) -> bool:
    ladder = rungs(loaded.policy, loaded.state, duty, loaded.calendar, the_usual_ladder())
    step = next_step(ladder, fired, _tells(loaded, directory, duty, ladder), now)
    if step is None:
        set_next_rung(duty.id, next_at(ladder, fired))
        return False
    _tell(loaded, duty, step, now)
    told = [step.told[0]] if step.told else []
    outcomes = {TOLD: told, OVERTAKEN: step.overtaken, NOBODY: step.nobody}
    climbing.keep(loaded.case, duty, outcomes, now)
    done = {*fired, *(one.id for some in outcomes.values() for one in some)}
    set_next_rung(duty.id, next_at(ladder, done))
    return True


def _tells(
    loaded: Loaded, directory: Snapshot, duty: Duty, ladder: Iterable[RungDue]
) -> dict[str, tuple[PostRecord, ...]]:
    """For each rung the posts it tells, without those in which nobody may see the case."""
    usual = the_usual_ladder()
    found = {}
    for one in ladder:
        posts = told_by(loaded.policy, loaded.state, directory, duty, one.rung, usual)
        found[one.id] = tuple(post for post in posts if post.holders)
    return found


def _tell(loaded: Loaded, duty: Duty, step: Step, now: datetime) -> None:
    if step.told is None:
        return
    rung, posts = step.told
    owed = [Notice(_kind(duty, rung, post, now), duty.id, post=post.id) for post in posts]
    owe(loaded.case, loaded.state.reference, owed, [duty], now, occasion=rung.id)


def _kind(duty: Duty, rung: RungDue, post: PostRecord, now: datetime) -> str:
    due_at = duty.due.at
    if due_at is None or now < due_at:
        return DUE_SOON
    is_news = rung.rung.side == AT and now - due_at < JUST_NOW
    return JUST_MISSED if is_news and post.id == duty.post else LATE


# --- the desk -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unheard:
    """A duty that came to a rung where nobody could be told; `what` is the duty in its policy."""

    case: str
    reference: str
    edition: str
    clock: str
    due_at: datetime | None
    since_at: datetime


def unheard(partnership: str, kept_out: KeptOut, limit: int = 25) -> tuple[Unheard, ...]:
    """Open duties of a partnership's cases with a rung that had nobody to tell, the longest due first.

    Duties without an owner are left out: they have a list of their own, `finding.desk`'s `nobody`.
    `kept_out` is what `access.visibility.kept_from_desk` answered. One query.
    """
    return _unheard(_silent().filter(partnership=partnership).exclude(case__in=kept_out), limit)


def unheard_in(cases: Collection[str], limit: int = 25) -> tuple[Unheard, ...]:
    """The same of these cases, for whoever watches them. One query, and none for no cases."""
    return _unheard(_silent().filter(case__in=list(cases)), limit) if cases else ()


def _silent() -> QuerySet[DutyRow]:
    silent = Rung.objects.filter(outcome=NOBODY, case=OuterRef("case"), duty=OuterRef("id"))
    return DutyRow.objects.filter(Exists(silent), nobody="")


def _unheard(rows: QuerySet[DutyRow], limit: int) -> tuple[Unheard, ...]:
    rows = rows.select_related("case").order_by("due_at", "id")[:limit]
    return tuple(
        Unheard(
            row.case_id, row.case.reference, row.case.edition, row.clock, row.due_at, row.opened_at
        )
        for row in rows
    )
