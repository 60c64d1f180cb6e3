"""`counterpart due`: when a limit is due, and the certificate that proves it; one question, or a file of them.

It must not count days or read dates: `worktime` does. A line of a file that cannot be answered gets an answer that
says why, in its place, and the lines after it are answered all the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import typer

from counterpart.cli.due_questions import BadLine, Question, questions
from counterpart.worktime import (
    Answered,
    CannotCompute,
    Day,
    Due,
    Problems,
    ask,
    in_full,
    in_london,
    in_words,
)
from counterpart.worktime.certificate import as_data

ANSWERED, NOT_ANSWERED, NOT_READ = 0, 1, 2
"""Exit codes: every question was answered; one could not be; the file could not be read."""

_OPTIONS = {"start_day": "counting"}


def one(question: Question, *, as_json: bool) -> int:
    """Answer one question on standard output. Returns the exit code."""
    asked = _ask(question)
    if as_json:
        _say(json.dumps(as_data(asked), ensure_ascii=False, indent=2))
    elif isinstance(asked, Problems):
        for problem in asked.each:
            option = _OPTIONS.get(problem.part, problem.part).replace("_", "-")
            typer.echo(f"--{option}: {problem.words}", err=True)
    else:
        _say("\n".join(_in_words(asked)))
    return _code(asked)


def batch(name: str, usual: Question) -> int:
    """Answer a file of questions, `-` for standard input: for each line one line of JSON, in order.

    What a line leaves out is taken from `usual`. Returns the exit code.
    """
    if name == "-":
        return _answer_each(sys.stdin.buffer, usual)
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; only opening it may fail here
    except OSError as fault:
        typer.echo(f"{name} cannot be read: {fault.strerror}.", err=True)
        return NOT_READ
    with file:
        return _answer_each(file, usual)


def _answer_each(file: BinaryIO, usual: Question) -> int:
    write = json.JSONEncoder(ensure_ascii=False).encode
    code = ANSWERED
    for asked in questions(file, usual):
        if isinstance(asked, BadLine):
            _say(write({"due": None, "problem": asked.words}))
            code = NOT_ANSWERED
            continue
        answered = _ask(asked)
        _say(write(as_data(answered)))
        code = max(code, _code(answered))
    return code


def _ask(question: Question) -> Answered | Problems:
    return ask(
        question.start,
        question.limit,
        question.calendars,
        edition=question.edition,
        working_in=question.working_in,
        reading=question.reading,
        services=question.services,
    )


def _say(text: str) -> None:
    """Print in UTF-8 whatever the terminal is set to: what reads JSON expects it."""
    sys.stdout.buffer.write(f"{text}\n".encode())


def _code(asked: Answered | Problems) -> int:
    if isinstance(asked, Problems) or isinstance(asked.answer, CannotCompute):
        return NOT_ANSWERED
    return ANSWERED


def _in_words(asked: Answered) -> Iterator[str]:
    """The certificate, to be read and printed."""
    answer = asked.answer
    if isinstance(answer, Due):
        yield f"Due: {_moment(answer.at)}"
    else:
        yield answer.words
    yield ""
    yield f"Starts: {_moment(asked.start_at)}"
    yield f"Limit: {in_words(asked.limit)}"
    if not isinstance(answer, Due):
        return
    if asked.calendar and answer.needs_calendar:
        yield f"Bank holidays: {asked.calendar.title}, edition {asked.calendar.edition}"
    yield ""
    yield "How the time is counted"
    yield from (f"  {sentence}" for sentence in answer.reading)
    yield ""
    yield "Each day"
    yield from map(_day, answer.days)


def _moment(at: datetime) -> str:
    local = in_london(at)
    return (
        f"{local:%A} {in_full(local.date())} at {local:%H:%M:%S}, London time ({local.isoformat()})"
    )


def _day(day: Day) -> str:
    counted = "counted" if day.counted else "not counted"
    return f"  {day.date:%a} {day.date.day:>2} {day.date:%b %Y}  {counted:<11}  {day.why}"
