"""Moments of the past for the demonstration: working days, at hours when people are at work."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from counterpart.worktime import Calendar, in_london


class Diary:
    """Hands out moments that go forwards, in working hours, and never past `now`.

    `now` is aware. `days_ago` is where it begins, moved back to a working day.
    """

    def __init__(self, *, now: datetime, days_ago: int, days: Calendar, chance: Random) -> None:
        self._now = now
        self._days = days
        self._chance = chance
        start = in_london(now) - timedelta(days=days_ago)
        morning = start.replace(hour=9, minute=chance.randrange(5, 55), second=0, microsecond=0)
        at = self._working(morning, timedelta(days=-1)).astimezone(now.tzinfo)
        self.at = at if at < now else now - timedelta(hours=2)

    def later(self, *, days: int = 0, hours: int = 1) -> datetime:
        """Go on by so many working days, or hours of the same day; returns the new moment."""
        there = in_london(self.at)
        for _ in range(days):
            there = self._working(there + timedelta(days=1), timedelta(days=1))
        if days:
            there = there.replace(hour=9 + self._chance.randrange(0, 6))
        else:
            there += timedelta(hours=hours)
        there = there.replace(minute=self._chance.randrange(0, 60), second=0, microsecond=0)
        moved = max(there.astimezone(self.at.tzinfo), self.at + timedelta(minutes=7))
        # Today's cases are squeezed in before the present moment, still in order.
        self.at = moved if moved < self._now else self.at + (self._now - self.at) / 3
        return self.at

    def meeting(self) -> datetime:
        """Ten in the morning, two working days from where the diary stands."""
        there = in_london(self.at)
        for _ in range(2):
            there = self._working(there + timedelta(days=1), timedelta(days=1))
        return there.replace(hour=10, minute=0, second=0, microsecond=0).astimezone(self.at.tzinfo)

    def _working(self, there: datetime, step: timedelta) -> datetime:
        while not self._days.is_working_day(there.date()):
            there += step
        return there
