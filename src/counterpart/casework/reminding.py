"""A line of the morning's digest that says how much waits for somebody, of no case: now and then, and not each day.

It must not know what waits: the caller brings the words for each person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from counterpart.messages.digests import Line, lines_told
from counterpart.worktime import in_london

AGAIN_AFTER = timedelta(days=7)
"""A digest for this alone is not made again sooner, nor a line that says the same."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """The line for one person's digest. `is_alone`: it is worth a digest where nothing else is new."""

    line: Line
    is_alone: bool


Remind = Callable[[datetime], Mapping[str, Reminder]]
"""Who (by id) is to be reminded of something this morning."""


def gathered(ways: Iterable[Remind], now: datetime) -> Mapping[str, Sequence[Reminder]]:
    """All that each person is to be reminded of this morning, in the order of `ways`."""
    found: defaultdict[str, list[Reminder]] = defaultdict(list)
    for way in ways:
        for person, reminder in way(now).items():
            found[person].append(reminder)
    return dict(found)


def weekly(kind: str, words: Mapping[str, str], now: datetime) -> Mapping[str, Reminder]:
    """The line for each person (id) who is to have it this morning, of what waits for them in `words`.

    A query for each hundred of them.
    """
    today = in_london(now).date()
    since = today - AGAIN_AFTER + timedelta(days=1)
    told = lines_told(kind, list(words), since, today) if words else {}
    return {
        person: Reminder(Line(kind, "", "", what, None), is_alone=person not in told)
        for person, what in words.items()
        if told.get(person) != what
    }
