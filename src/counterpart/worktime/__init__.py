"""Working time: when a limit is due, and the working that proves it.

A limit is what a policy gives ("5 working days", "48 hours", "as soon as possible"). Started at
an instant, under a calendar and a reading of how days are counted, it is due at another instant,
or it has no deadline, or it cannot be computed; and each answer says why in plain words.

This room is pure: no clock, no files, no database, nothing but the standard library. It never
turns one unit into another, never invents a number, and never takes a day it knows nothing about
for a day without a bank holiday.

Begin with `limits` (the units), then `deadlines` (one short rule for each). `counting` holds what
the words of a policy leave open; `calendars` lays the `editions` of the bank holidays out for
counting; `explaining` shows each day counted or skipped; `localtime` minds the clock changes.
`asking` takes all of it as words, for a page or a command.
"""

from __future__ import annotations

from counterpart.worktime.answers import (
    Answer,
    CannotCode,
    CannotCompute,
    Due,
    NoDeadline,
    ShorterOf,
    shorter_of,
)
from counterpart.worktime.asking import Answered, Problem, Problems, ask
from counterpart.worktime.calendars import (
    Calendar,
    CalendarProblem,
    WorkingIn,
    calendar,
    combined,
    edition_ends,
    edition_named,
    editions,
    in_full,
    renew_from,
    renewal_warning,
    under,
)
from counterpart.worktime.counting import DAY_ZERO, ClosedDays, Counting, StartDay
from counterpart.worktime.day import Day
from counterpart.worktime.deadlines import due, due_at
from counterpart.worktime.edition import DIVISIONS, BankHoliday, Edition
from counterpart.worktime.limits import (
    AsSoonAsPossible,
    CalendarDays,
    Hours,
    Immediate,
    Limit,
    NotStated,
    SameWorkingDay,
    ServiceHours,
    WorkingDays,
    WorkingWeeks,
    in_words,
)
from counterpart.worktime.localtime import (
    LONDON,
    LocalTimeProblem,
    in_london,
    london,
    parse_instant,
)
from counterpart.worktime.opening_hours import ServiceProblem, parse_service
from counterpart.worktime.parsing import LimitProblem, parse_limit
from counterpart.worktime.services import Opening, Service, parse_opening

__all__ = [
    "DAY_ZERO",
    "DIVISIONS",
    "LONDON",
    "Answer",
    "Answered",
    "AsSoonAsPossible",
    "BankHoliday",
    "Calendar",
    "CalendarDays",
    "CalendarProblem",
    "CannotCode",
    "CannotCompute",
    "ClosedDays",
    "Counting",
    "Day",
    "Due",
    "Edition",
    "Hours",
    "Immediate",
    "Limit",
    "LimitProblem",
    "LocalTimeProblem",
    "NoDeadline",
    "NotStated",
    "Opening",
    "Problem",
    "Problems",
    "SameWorkingDay",
    "Service",
    "ServiceHours",
    "ServiceProblem",
    "ShorterOf",
    "StartDay",
    "WorkingDays",
    "WorkingIn",
    "WorkingWeeks",
    "ask",
    "calendar",
    "combined",
    "due",
    "due_at",
    "edition_ends",
    "edition_named",
    "editions",
    "in_full",
    "in_london",
    "in_words",
    "london",
    "parse_instant",
    "parse_limit",
    "parse_opening",
    "parse_service",
    "renew_from",
    "renewal_warning",
    "shorter_of",
    "under",
]
