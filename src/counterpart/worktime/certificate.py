"""The certificate of an answer: everything that it was worked out from, as plain data.

What a command prints as JSON, and what another program may rely on: its keys do not change their
meaning. It must not work anything out.
"""

from __future__ import annotations

from typing import TypedDict

from counterpart.worktime.answers import CannotCompute, Due, NoDeadline
from counterpart.worktime.asking import Answered, Problems
from counterpart.worktime.localtime import in_london


class DayShown(TypedDict):
    """One local day: `date` like 2026-12-25, whether it counted, and why, in words."""

    date: str
    counted: bool
    why: str


class _Part(TypedDict):
    part: str
    words: str
    suggestion: str | None


Certificate = TypedDict(
    "Certificate",
    {
        "due": str | None,  # with London's offset at that instant
        "why": str | None,  # where there is no due time
        "cannot": str | None,  # the code, where there is one that cannot be computed
        "from": str,
        "limit": str,
        "calendar": str | None,
        "edition": str | None,
        "reading": list[str],
        "days": list[DayShown],
    },
)


class Refusal(TypedDict):
    """A question that could not be asked: `problem` is everything wrong with it, in one line."""

    due: None
    problem: str
    problems: list[_Part]


def as_data(asked: Answered | Problems) -> Certificate | Refusal:
    """An answer, or what is wrong with the question, as plain data ready for JSON."""
    return certificate(asked) if isinstance(asked, Answered) else refusal(asked)


def certificate(asked: Answered) -> Certificate:
    """An answer as plain data."""
    answer = asked.answer
    return {
        "due": answer.local.isoformat() if isinstance(answer, Due) else None,
        "why": None if isinstance(answer, Due) else answer.words,
        "cannot": answer.code if isinstance(answer, CannotCompute) else None,
        "from": in_london(asked.start_at).isoformat(),
        "limit": str(asked.limit),
        "calendar": asked.calendar.name if asked.calendar else None,
        "edition": asked.calendar.edition if asked.calendar else None,
        "reading": list(reading(asked)),
        "days": _days(answer),
    }


def refusal(problems: Problems) -> Refusal:
    """What is wrong with a question, as plain data."""
    return {
        "due": None,
        "problem": " ".join(f"{each.part}: {each.words}" for each in problems.each),
        "problems": [
            {"part": each.part, "words": each.words, "suggestion": each.suggestion}
            for each in problems.each
        ],
    }


def reading(asked: Answered) -> tuple[str, ...]:
    """How the time was counted, in plain sentences; nothing where there is nothing to count."""
    return asked.answer.reading if isinstance(asked.answer, Due) else ()


def _days(answer: Due | NoDeadline | CannotCompute) -> list[DayShown]:
    if not isinstance(answer, Due):
        return []
    return [
        {"date": day.date.isoformat(), "counted": day.counted, "why": day.why}
        for day in answer.days
    ]
