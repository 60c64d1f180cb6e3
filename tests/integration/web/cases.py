"""Concerns raised in the small partnership of `northmere`, for pages that list cases. No assertions."""

from datetime import datetime, timedelta
from typing import Any

from counterpart.casework import acts, raising, upkeep
from counterpart.casework.casefile import find
from counterpart.casework.writing import Done
from counterpart.people import changes
from counterpart.people.models import Holding
from tests import directory as d
from tests.integration.web.northmere import Northmere


def a_case(
    place: Northmere,
    at: datetime,
    *,
    is_urgent: bool = False,
    child: str = "",
    supporter: str | None = None,
) -> str:
    """The teacher raised a concern at that moment; the case's reference."""
    written = raising.RaiseWritten(
        partnership=place.partnership,
        raising_agency=place.school,
        raising_post=place.teacher_post,
        receiving=((place.care, place.worker_post, ""),),
        children=(("child", child or d.new_id()),),
        grounds=("thresholds",),
        dispute="Closed without a visit.",
        why_unsafe="Two new bruises.",
        is_urgent=is_urgent,
        immediate_risk="He goes home to the same flat." if is_urgent else "",
        desired_outcome="A visit.",
        has_asked_rationale="yes",
        has_used_own_policy="yes",
        already_tried="",
        supporter=supporter,
    )
    actor = raising.actor_for_raising(person=place.teacher, post=place.teacher_post, at=at)
    done = raising.raise_concern(written=written, actor=actor, now=at, key=d.new_id())
    if not isinstance(done, Done):
        raise AssertionError(done)
    return done.reference


def goes_to_the_workers(place: Northmere, reference: str, at: datetime) -> None:
    """The teacher has talked to their manager, and the case has come to the other side."""
    actor = raising.actor_for_raising(person=place.teacher, post=place.teacher_post, at=at)
    by: Any = {"case": case_of(reference), "actor": actor, "now": at}
    talked = acts.record_step(
        step="consult-manager", how="telephone", result="done", happened_at=at, said="S.",
        key=d.new_id(), **by,
    )  # fmt: skip
    moved = acts.move_on(way="to-other-worker", seats=(), reason="R.", key=d.new_id(), **by)
    if not isinstance(talked, Done) or not isinstance(moved, Done):
        raise AssertionError((talked, moved))


def case_of(reference: str) -> str:
    """The id of the case with this reference."""
    case = find(reference)
    if case is None:
        raise LookupError(reference)
    return case


def holder_of(post: str) -> str:
    """The person who holds a post, or held it last."""
    return Holding.objects.filter(post=post).latest("from_on").person_id


def manager_of(place: Northmere) -> str:
    """The partnership's business manager."""
    return Holding.objects.get(
        post__partnership=place.partnership, post__tier="business_manager"
    ).person_id


def leaves(post: str, now: datetime) -> None:
    """Whoever holds the post has left it, and the duties have been worked out anew."""
    holding = Holding.objects.get(post=post, until_on=None)
    changes.end_holding(holding=holding.id, until_on=(now - timedelta(days=1)).date())
    upkeep.refresh_duties(now)
