"""Findings about time: rules that give none, and times that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.naming import (
    clock_at,
    is_made,
    listed,
    rule_name,
    stage_at,
    stage_name,
)
from counterpart.policy.checking.spans import (
    has_time,
    is_longer,
    is_never_shorter,
    is_open_ended,
    may_be_missed,
    unit,
)
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import CONFIRM_OUTCOME, WRITE_OUTCOME, Clock, LimitRule, Policy
from counterpart.worktime import AsSoonAsPossible, NotStated, in_words

NOT_HELD = "not held"
WRITE_ONE = "Agree a time and write it: for example “limit: 5 working days”."


def no_time(on: Subject) -> Iterator[Finding]:
    """A duty without a time, where no limit over its stage says how long it may take."""
    for clock in _without_time(on):
        if not _is_elsewhere(clock) and next(_bounds_with_time(on, clock), None) is None:
            at = clock_at(on.policy, clock, "limit")
            yield finding("no-time", at, clock.clause, _endless(on.policy, clock))


def time_not_held(on: Subject) -> Iterator[Finding]:
    """Duties whose time is in a text that is not held, said once for all of them."""
    found = [clock for clock in _without_time(on) if _is_elsewhere(clock)]
    if not found:
        return
    names = list(dict.fromkeys(clock.what for clock in found))
    words = (
        f"The time for {listed(names)} is in a text that is not held here. Until it is, nobody can be "
        f"late with {'it' if len(names) == 1 else 'them'}. Get that text, and write what it gives."
    )
    yield finding("time-not-held", clock_at(on.policy, found[0], "limit"), found[0].clause, words)


def no_time_of_its_own(on: Subject) -> Iterator[Finding]:
    """Duties without a time, under one limit for all of them."""
    shared: dict[str, list[str]] = {}
    for clock in _without_time(on):
        for cap in _bounds_with_time(on, clock):
            shared.setdefault(cap.id, []).append(clock.what)
    for name, duties in shared.items():
        cap = on.policy.clocks[name]
        words = (
            f"{listed(duties)} {'has' if len(set(duties)) == 1 else 'have'} no time of "
            f"{'its' if len(set(duties)) == 1 else 'their'} own. “{cap.what}” allows "
            f"{spelt(cap.limit)} for all that is done there, so the child does not wait without "
            f"anybody being late; but one slow part can use up the time of the others."
        )
        yield finding("no-time-of-its-own", clock_at(on.policy, cap, "limit"), cap.clause, words)


def _is_elsewhere(clock: Clock) -> bool:
    return any(isinstance(x, NotStated) and NOT_HELD in x.reason for x in clock.limit.fixed)


def _without_time(on: Subject) -> Iterator[Clock]:
    for clock in on.in_order:
        is_owed = clock.force != "may" and bool(clock.starts)
        if is_owed and not may_be_missed(clock.limit) and not is_made(clock):
            yield clock


def _bounds_with_time(on: Subject, clock: Clock) -> Iterator[Clock]:
    return (cap for cap in on.bounds(clock) if has_time(cap.limit))


def _endless(policy: Policy, clock: Clock) -> str:
    """What it means for a child that this rule, of its kind, has no time."""
    name = rule_name(policy, clock)
    verb = "should" if clock.force == "should" else "must"
    step = policy.steps.get(clock.step or "")
    if step is not None and step.offered == "urgent":
        return (
            f"{name} is for a child at risk of immediate harm, and no time is given. If it were put "
            f"off, nobody would be shown as late. If it is meant at once, write “limit: immediate”."
        )
    if any(isinstance(limit, AsSoonAsPossible) for limit in clock.limit.fixed):
        return (
            f"{name} {verb} be done as soon as possible. That is no date: a child could wait and "
            f"nobody would be late. {WRITE_ONE}"
        )
    if clock.is_afterwards:
        return (
            f"{name} {verb} be done once the case has ended, and nothing says by when. By then nobody "
            f"is waiting for it, so it is easily forgotten. {WRITE_ONE}"
        )
    if clock.way is not None:
        return (
            f"Nothing says how soon the case {verb} go on by {name}. A disagreement that talk has not "
            f"settled could rest there, and nobody would be late. {WRITE_ONE}"
        )
    if clock.id in (WRITE_OUTCOME, CONFIRM_OUTCOME):
        return (
            f"{name} has no time. The case stays open, and what was agreed for the child stays "
            f"unwritten or unconfirmed, for as long as people leave it. {WRITE_ONE}"
        )
    return (
        f"{name} {verb} be done, and nothing says by when. A child could wait and nobody would be "
        f"late. {WRITE_ONE}"
    )


def no_outer_limit(on: Subject) -> Iterator[Finding]:
    """A time that people set for each case, with nothing said if they never do."""
    for clock in on.policy.clocks.values():
        rule = clock.limit
        if clock.force == "may" or has_time(rule) or not rule.is_for_people:
            continue
        who = "both sides agree it" if rule.is_agreed else "somebody sets it"
        words = (
            f"The time for {rule_name(on.policy, clock)} is whatever is settled for each case. Until "
            f"{who}, there is none, and no longest time is given. Add an outer limit, such as "
            f"“at_most: 10 working days”."
        )
        at = clock_at(on.policy, clock, "limit")
        yield finding("no-outer-limit", at, clock.clause, words)


def missed_without_a_time(on: Subject) -> Iterator[Finding]:
    """Something follows from a time passing, and no time can pass."""
    for clock in on.policy.clocks.values():
        if clock.if_missed is None or may_be_missed(clock.limit):
            continue
        words = (
            f"The policy says what happens when the time of {rule_name(on.policy, clock)} has "
            f"passed, and gives it no time. So it never happens: the child’s case would stay where "
            f"it is while people think it goes on. Write a limit, or take “if_missed” away."
        )
        at = clock_at(on.policy, clock, "if_missed")
        yield finding("missed-without-a-time", at, clock.if_missed.clause, words)


def longer_than_its_cap(on: Subject) -> Iterator[Finding]:
    """A limit inside a range that ends after the limit over the whole range."""
    for clock in on.policy.clocks.values():
        for cap in on.caps(clock.stage or "") if clock.force != "may" else ():
            if not _outlasts(clock.limit, cap.limit):
                continue
            words = (
                f"{rule_name(on.policy, clock)} may take {spelt(clock.limit)}, and "
                f"“{cap.what}” allows {spelt(cap.limit)} for everything. People will not know which "
                f"holds, and the longer one is likely to be taken. Make the one inside the shorter."
            )
            at = clock_at(on.policy, clock, "limit")
            yield finding("longer-than-its-cap", at, clock.clause, words)


def _outlasts(rule: LimitRule, cap: LimitRule) -> bool:
    is_alike = rule.counting == cap.counting and bool(rule.fixed)
    return is_alike and all(
        any(is_longer(limit, most) for most in cap.fixed) for limit in rule.fixed
    )


def spelt(rule: LimitRule) -> str:
    """The times of a limit, in words."""
    given = [in_words(limit) for limit in rule.fixed if not is_open_ended(limit)]
    return " or ".join(given) or "a time"


def never_the_shorter(on: Subject) -> Iterator[Finding]:
    """Of several limits, one that is never the shortest."""
    for clock in on.policy.clocks.values():
        for i, limit in enumerate(clock.limit.fixed):
            others = [x for j, x in enumerate(clock.limit.fixed) if j != i]
            first = next((x for x in others if is_never_shorter(limit, x)), None)
            if first is None:
                continue
            words = (
                f"{rule_name(on.policy, clock)} is to take the shortest of several times, but "
                f"{in_words(limit)} is never shorter than {in_words(first)}, so it changes nothing. "
                f"Check that each time is written as the policy means it."
            )
            at = clock_at(on.policy, clock, "limit")
            yield finding("never-the-shorter", at, clock.clause, words)
            break


def mixed_units(on: Subject) -> Iterator[Finding]:
    """Two duties that begin together at a stage, one in hours and one in working days, say."""
    for stage in on.policy.stages:
        timed = [c for c in on.owed(stage) if not c.readings and _single_unit(c.limit)]
        for one, other in combinations(timed, 2):
            units = (_single_unit(one.limit), _single_unit(other.limit))
            if units[0] == units[1] or not set(one.starts) & set(other.starts):
                continue
            words = (
                f"At {stage_name(on.policy, stage)}, “{one.what}” is counted in {units[0]} and "
                f"“{other.what}” in {units[1]}, from the same moment. Over a weekend or Christmas "
                f"the one that looks longer may end first. If that is meant, say so in a reading."
            )
            yield finding("mixed-units", clock_at(on.policy, other, "limit"), other.clause, words)
            break


def _single_unit(rule: LimitRule) -> str:
    units = {unit(limit) for limit in rule.fixed}
    return units.pop() if len(units) == 1 else ""


def nobody_owes_anything(on: Subject) -> Iterator[Finding]:
    """A stage at which everything is only what somebody may do."""
    for stage in on.stages:
        if any(on.owed(stage.id)):
            continue
        words = (
            f"At {stage_name(on.policy, stage.id)} everything is something that people may do. "
            f"Nobody owes anything, so a case could rest there with nobody’s name beside it. Make at "
            f"least one step, or the way on, something that somebody should or must do."
        )
        yield finding("nobody-owes-anything", stage_at(stage.id), stage.clause, words)


RULES = (
    missed_without_a_time,
    no_time,
    time_not_held,
    no_time_of_its_own,
    no_outer_limit,
    longer_than_its_cap,
    never_the_shorter,
    mixed_units,
    nobody_owes_anything,
)
