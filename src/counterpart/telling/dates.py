"""Instants, days and numbers in plain British English, as a person would say them.

Every function takes what it needs as an argument; none reads a clock. Instants are aware; they are shown in the time
of the United Kingdom. Deadlines are worked out in `worktime`; nothing here counts a working day.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def day(value: date | datetime) -> str:
    """`Tuesday 24 November 2026`. An instant is shown as the day it falls on in the United Kingdom."""
    local = _local_day(value)
    return f"{local:%A} {local.day} {local:%B %Y}"


def day_short(value: date | datetime) -> str:
    """`24 November 2026`."""
    local = _local_day(value)
    return f"{local.day} {local:%B %Y}"


def day_before(value: date) -> date:
    """The last day of what lasts until (not including) a day."""
    return value - timedelta(days=1)


def clock(value: datetime) -> str:
    """`3:40pm`, `9am`, `midday`, `midnight`."""
    local = value.astimezone(UK)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    hour, half = (local.hour % 12 or 12), "am" if local.hour < 12 else "pm"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{half}"


def moment(value: datetime) -> str:
    """`Tuesday 24 November 2026 at 3:40pm`."""
    return f"{day(value)} at {clock(value)}"


def moment_short(value: datetime) -> str:
    """`24 Nov 2026, 3:40pm`, for tables and lists where the width is small."""
    local = value.astimezone(UK)
    return f"{local.day} {local:%b %Y}, {clock(value)}"


def ago(value: datetime, now: datetime) -> str:
    """How long before `now`: `just now`, `20 minutes ago`, `3 days ago`; a later instant is said with `until`."""
    if value > now:
        return until(value, now)
    seconds = int((now - value).total_seconds())
    return "just now" if seconds < _MINUTE else f"{_length(seconds, value, now)} ago"


def until(value: datetime, now: datetime) -> str:
    """How long after `now`: `in 3 days`; an earlier instant is said with `ago`."""
    if value < now:
        return ago(value, now)
    seconds = int((value - now).total_seconds())
    return "now" if seconds < _MINUTE else f"in {_length(seconds, now, value)}"


def days_between(earlier: datetime, later: datetime) -> str:
    """A length in days, counted as `ago` counts them: `less than a day`, `1 day`, `12 days`."""
    seconds = int((later - earlier).total_seconds())
    return _length(seconds, earlier, later) if seconds >= _DAY else "less than a day"


def working_days(number: int) -> str:
    """A count of working days from now, worked out elsewhere: `in 2 working days`, `today`, `1 working day ago`."""
    if number == 0:
        return "today"
    said = plural(abs(number), "working day")
    return f"in {said}" if number > 0 else f"{said} ago"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 case`, `3 cases`, `1,204 cases`; `many` where adding an s is not enough."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def reference(value: str) -> str:
    """A case reference as people read it out: `7F3K92MQ` becomes `7F3K-92MQ`."""
    plain = value.replace("-", "").upper()
    return f"{plain[:4]}-{plain[4:]}"


def _local_day(value: date | datetime) -> date:
    return value.astimezone(UK).date() if isinstance(value, datetime) else value


def _length(seconds: int, earlier: datetime, later: datetime) -> str:
    """The time between two instants in its largest whole unit; days are counted as nights between them."""
    if seconds < _HOUR:
        return plural(seconds // _MINUTE, "minute")
    if seconds < _DAY:
        return plural(seconds // _HOUR, "hour")
    return plural((_local_day(later) - _local_day(earlier)).days, "day")
