"""Findings about words that can be read in two ways, where no reading says which was chosen.

Only the short quotation of a clause is looked at, and only of a clause that something runs by.
The words are those that partnerships have argued about; the list is not every ambiguous word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.spans import unit
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import Clause, Clock
from counterpart.worktime import AsSoonAsPossible, Hours, Immediate, Limit

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
Answered = Callable[[Subject, Clause], bool]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Words, what they leave open, and what else than a reading shows how they were taken."""

    words: re.Pattern[str]
    question: str
    answered: Answered


def _by_limit(*kinds: type[Limit]) -> Answered:
    """A rule that cites the clause has such a limit, so how it was taken can be seen."""
    return lambda on, clause: any(
        isinstance(limit, kinds) for clock in _citing(on, clause) for limit in clock.limit.fixed
    )


def _by_table(on: Subject, clause: Clause) -> bool:
    return any(row.clause == clause.id for row in on.policy.opposite_numbers)


def _never(_on: Subject, _clause: Clause) -> bool:
    return False


def _no_working_days(on: Subject, _clause: Clause) -> bool:
    """Hours can be taken for working days only where a policy speaks of those."""
    limits = (x for c in on.policy.clocks.values() for x in c.limit.fixed)
    return not any(unit(limit) == "working days" for limit in limits)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


PHRASES = (
    Ambiguous(
        _words(r"working weeks?"),
        "Is it five working days, or until the same day next week; for each part, or for all?",
        _never,
    ),
    Ambiguous(
        _words(rf"(?:{_NUMBER} (?!working |calendar )(?:\w+ )?days|within (?:a|one|1) day)"),
        "Are these working days, or every day?",
        _never,
    ),
    Ambiguous(
        _words(r"(?<!working )(?:a|one|two|three|\d+) weeks?"),
        "Is it seven days, or five working days?",
        _never,
    ),
    Ambiguous(
        _words(r"\d+ hours"),
        "Are these hours as they pass, nights and weekends too, or a number of working days?",
        _no_working_days,
    ),
    Ambiguous(
        _words("immediately"), "Is it at once, or the same day?", _by_limit(Immediate, Hours)
    ),
    Ambiguous(
        _words(r"as soon as (?:possible|practicable)"),
        "How long is too long?",
        _by_limit(AsSoonAsPossible, Immediate),
    ),
    Ambiguous(_words("(?:normally|usually)"), "Who says when it need not be so?", _never),
    Ambiguous(_words("and/or"), "Is one of them enough, or are all to be asked?", _by_table),
)


def open_to_two_readings(on: Subject) -> Iterator[Finding]:
    """Words of a clause that can be taken in two ways, with no reading that says which."""
    run = {getattr(record, "clause", None) for record in _running(on)}
    read = {reading.clause for reading in on.policy.readings.values()}
    for clause in on.policy.clauses.values():
        if clause.id not in run or clause.id in read:
            continue
        if any(clock.readings for clock in _citing(on, clause)):
            continue
        for phrase in PHRASES:
            found = phrase.words.search(clause.quote)
            if found and not phrase.answered(on, clause):
                yield finding(
                    "two-readings",
                    ("clauses", clause.id),
                    clause.id,
                    _say(clause, found[0], phrase),
                )


def _say(clause: Clause, words: str, phrase: Ambiguous) -> str:
    return (
        f"Clause {clause.id}, “{clause.title}”, says “{words}”. {phrase.question} Two agencies could "
        f"each believe that they are right while a child waits. Add a reading of this clause that "
        f"says which meaning was chosen, and why."
    )


def _running(on: Subject) -> Iterator[object]:
    policy = on.policy
    yield from policy.clocks.values()
    yield from policy.stages.values()
    yield from policy.panels.values()
    yield from policy.ways_on.values()
    yield from policy.standing


def _citing(on: Subject, clause: Clause) -> Iterator[Clock]:
    return (clock for clock in on.policy.clocks.values() if clock.clause == clause.id)


RULES = (open_to_two_readings,)
