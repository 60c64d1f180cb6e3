"""Times that no single step has: limits over stages, bands, outside dates, opening hours, counting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from counterpart.policy.conditions import own_clocks
from counterpart.policy.explaining.rules import force_words, time_rows, triggers_words
from counterpart.policy.model import Clock, LimitRule, Policy
from counterpart.policy.phrases import listed, seat_words, sentence, service_words, stages_words
from counterpart.policy.sections import Bullets, Item, Paragraph, Row, Rows, Section
from counterpart.policy.triggers import opened
from counterpart.worktime import (
    CalendarDays,
    SameWorkingDay,
    Service,
    WorkingDays,
    WorkingWeeks,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NATIONS = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}


def limits(policy: Policy) -> Section:
    own = own_clocks(policy)
    is_over = all(clock.over for clock in own)
    heading = "Time limits over the stages" if is_over else "Further duties and their times"
    return Section(heading, "limits", tuple(Rows(tuple(_limit(policy, c))) for c in own))


def _limit(policy: Policy, clock: Clock) -> Iterator[Row]:
    yield Row("What is to be done", f"{sentence(clock.what)} {force_words(clock)}", (clock.clause,))
    yield Row("Who does it", seat_words(policy, clock.owner))
    yield from time_rows(policy, clock)
    yield Row("It starts when", triggers_words(policy, clock.starts))
    if len(clock.over) > 1:
        yield Row("It covers", f"{stages_words(policy, clock.over)}, all together.")
    elif clock.over and clock.starts != (opened(clock.over[0]),):
        yield Row("It covers", f"{stages_words(policy, clock.over)}.")
    if clock.stops:
        yield Row("It ends when", triggers_words(policy, clock.stops))
    if clock.resumes:
        yield Row("It goes on when", triggers_words(policy, clock.resumes))


def bands(policy: Policy) -> Section:
    if policy.bands is None:
        return Section("", "bands", ())
    names = listed(tuple(f"“{band.title}”" for band in policy.bands.bands), "or")
    who = seat_words(policy, policy.bands.set_by)
    words = f"A case may be given one of these: {names}. Who says which: {who}."
    return Section(policy.bands.title, "bands", (Paragraph(words, (policy.bands.clause,)),))


def dates(policy: Policy) -> Section:
    items = tuple(
        Item(f"{sentence(d.title)}{' The law sets it.' if d.is_statutory else ''}", (d.clause,))
        for d in policy.dates.values()
    )
    lead = Paragraph("These are set elsewhere and entered for each case. They are shown beside it.")
    blocks = (lead, Bullets(items)) if items else ()
    return Section("Dates from outside the policy", "dates", blocks)


def services(policy: Policy) -> Section:
    rows = tuple(
        Row(service_words(name), _hours(service)) for name, service in policy.services.items()
    )
    return Section("When services are open", "services", (Rows(rows),) if rows else ())


def _hours(service: Service) -> str:
    """`Monday to Friday: 09:00 to 17:00. Saturday and Sunday: closed.`"""
    week = zip(WEEKDAYS, service.hours, strict=True)
    found = []
    for hours, days in groupby(week, key=lambda pair: pair[1]):
        names = [day for day, _ in days]
        when = f"{names[0]} to {names[-1]}" if len(names) > 2 else listed(tuple(names))
        found.append(f"{when}: {listed(tuple(map(str, hours))) or 'closed'}.")
    closed = "" if service.open_on_bank_holidays else "not "
    return f"{' '.join(found)} It is {closed}open on bank holidays."


def counting(policy: Policy) -> Section:
    """How days are counted, where any limit counts them."""
    rules = (clock.limit for clock in policy.clocks.values())
    urgent = (clock.urgent_limit for clock in policy.clocks.values() if clock.urgent_limit)
    if not any(_counts_days(rule) for rule in (*rules, *urgent)):
        return Section("", "counting", ())
    items = tuple(map(Item, (*policy.counting.words, _bank_holidays(policy))))
    return Section("How days are counted", "counting", (Bullets(items),))


def _counts_days(rule: LimitRule) -> bool:
    days = (WorkingDays, WorkingWeeks, CalendarDays, SameWorkingDay)
    return any(isinstance(limit, days) for limit in (*rule.fixed, *rule.by_band.values()))


def _bank_holidays(policy: Policy) -> str:
    nations = tuple(NATIONS[name] for name in policy.calendars)
    if len(nations) == 1:
        return f"The bank holidays of {nations[0]} are not working days."
    return f"A day is a working day only where it is one in all of these: {listed(nations)}."
