"""One row about a person in a post, held against the appointments there are.

Without a first day the appointment that is running is meant; with one, that which began then.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from counterpart.people.importing.known import Known, KnownHolding, KnownPerson, KnownPost
from counterpart.people.importing.limits import MOST_TIMES
from counterpart.people.importing.plan import AppointStep, EndStep, Plan
from counterpart.people.importing.reading import Line


def appoint_or_end(
    plan: Plan, known: Known, line: Line, post: KnownPost, person: KnownPerson, today: date
) -> bool:
    """Add what the row asks for to the plan; False where it asks for nothing new, or is wrong."""
    first: date | None = line.cells.get("first_day")
    last: date | None = line.cells.get("last_day")
    until = last + timedelta(days=1) if last else None
    if until and until <= (first or date.min):
        return _wrong(plan, line, "last_day", "The last day is before the first. Check both.")
    held = known.holdings.setdefault((post.id, person.id), [])
    meant = _meant(held, first, until, today)
    if meant is not None:
        return _ended(plan, line, post, person, held, meant, until)
    if first is None and until and until <= today:
        words = "They are not in this post. To write down an earlier time in it, give the first day too."
        return _wrong(plan, line, "last_day", words)
    if len(held) >= MOST_TIMES:
        words = f"They have come to this post {MOST_TIMES} times already. It cannot be meant."
        return _wrong(plan, line, "first_day", words)
    begins = first or today
    if overlap := next((h for h in held if _overlap(h, begins, until)), None):
        words = (
            f"They are in this post from {overlap.from_on} already. "
            "Give that as the first day, or end that time first."
        )
        return _wrong(plan, line, "first_day", words)
    holding = uuid4().hex
    held.append(KnownHolding(holding, begins, until))
    plan.appointed.append(
        AppointStep(
            holding, post.id, post.body, person.id, person.name, post.details.title, begins, until
        )
    )
    return True


def _meant(
    held: list[KnownHolding], first: date | None, until: date | None, today: date
) -> KnownHolding | None:
    """The appointment that a row is about, where there is one."""
    if first is not None:
        return next((h for h in held if h.from_on == first), None)
    running = (h for h in held if h.until_on is None or h.until_on > today)
    ended_so = (h for h in held if until is not None and h.until_on == until)
    return next(ended_so, None) or next(running, None)


def _ended(
    plan: Plan, line: Line, post: KnownPost, person: KnownPerson, held: list[KnownHolding],
    meant: KnownHolding, until: date | None,
) -> bool:  # fmt: skip
    if until is None or until == meant.until_on:
        return False
    if until < meant.from_on:
        words = f"They are in this post from {meant.from_on}. The last day cannot be before it."
        return _wrong(plan, line, "last_day", words)
    others = [h for h in held if h is not meant]
    if any(_overlap(h, meant.from_on, until) for h in others):
        words = "They are in this post again before that day. Check the last day."
        return _wrong(plan, line, "last_day", words)
    held[held.index(meant)] = KnownHolding(meant.id, meant.from_on, until)
    plan.ended.append(
        EndStep(meant.id, post.id, post.body, person.id, person.name, post.details.title, until)
    )
    return True


def _overlap(held: KnownHolding, from_on: date, until: date | None) -> bool:
    begins_before_end = until is None or held.from_on < until
    return begins_before_end and (held.until_on is None or from_on < held.until_on)


def _wrong(plan: Plan, line: Line, column: str, words: str) -> bool:
    plan.problems.append(line.problem(column, words))
    return False
