"""What a post was told before somebody came to it: the duties and meetings that they have not heard of.

By what was mailed to them, what they have seen, and what was in a digest of theirs. It must not owe anything.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from counterpart.access.visibility import is_visible
from counterpart.engine.notices import MEETING, NEW_DUTY, ON_PANEL
from counterpart.messages.kinds import TO_POST
from counterpart.messages.models import Delivery, MeetingInvitation, Notice
from counterpart.messages.owing import key_of


def unheard_duties(person: str, post: str, duties: Collection[str]) -> set[str]:
    """Of these duties of a post, those of which `person` was told neither by mail nor in the app. Three
    queries.
    """
    told = Notice.objects.filter(to_kind=TO_POST, to=post, kind=NEW_DUTY, about__in=duties)
    seen = set(told.filter(seen__person=person).values_list("about", flat=True))
    mailed = _mailed(person, told)
    return set(duties) - seen - {notice.about for notice in told if notice.pk in mailed}


def unheard_meetings(person: str, posts: Collection[str], now: datetime) -> list[Notice]:
    """The word by which these posts were asked to what is still to come, at its present time, that `person`
    has not had and may see. The soonest first. Two queries.
    """
    asked = MeetingInvitation.objects.filter(
        to_kind=TO_POST,
        gathering=OuterRef("about"),
        to=OuterRef("to"),
        meets_at=OuterRef("due_at"),
        is_off=False,
    )
    told = Notice.objects.filter(
        Exists(asked),
        is_visible(person, now, "case"),
        kind__in=(MEETING, ON_PANEL),
        to_kind=TO_POST,
        to__in=posts,
        due_at__gt=now,
    )
    told = told.exclude(digested__to=person).exclude(seen__person=person)
    notices = list(told.order_by("due_at", "id"))
    mailed = _mailed(person, notices)
    return [notice for notice in notices if notice.pk not in mailed]


def _mailed(person: str, notices: Iterable[Notice]) -> set[int]:
    """Which of these a mail server took for this person."""
    keys = {key_of(notice): notice.pk for notice in notices}
    went = Delivery.objects.filter(row__key__in=keys, recipient=person)
    return {keys[key] for key in went.values_list("row__key", flat=True)}
