"""What stands in a person's calendar feed at this moment: what is due, and the meetings they are asked to.

Worked out anew each time it is fetched, through `access.visible`, so that what somebody may no longer
see is gone at the next look. It must not say more than the morning's digest: a reference, a duty, a time.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from counterpart.access.visibility import visible
from counterpart.casework.digesting import MOST_LINES, what_is_due
from counterpart.lists.finding import DeskRow, duties_of_posts
from counterpart.messages.calendars import Entry, duty, meeting
from counterpart.messages.inviting import Asked, asked_to
from counterpart.people.finders import posts_of


def feed_of(person: str, now: datetime) -> tuple[Entry, ...]:
    """The meetings a person is asked to, and the open duties of the posts they act in that have a time.

    A fixed number of queries.
    """
    posts = [held.post for held in posts_of(person, now)]
    owed = duties_of_posts(posts, visible(person, now), limit=MOST_LINES)
    due = (_duty(row, row.due_at) for row in owed if row.due_at is not None)
    return (*map(_meeting, asked_to(person, now)), *due)


def _duty(row: DeskRow, due_at: datetime) -> Entry:
    since = row.since or row.raised_at
    return duty(row.duty_id, row.reference, what_is_due(row), due_at, since, settings.ADDRESS)


def _meeting(asked: Asked) -> Entry:
    return meeting(
        asked.key,
        asked.reference,
        asked.meets_at,
        asked.told_at,
        settings.ADDRESS,
        is_panel=asked.is_panel,
        sequence=asked.sequence,
    )
