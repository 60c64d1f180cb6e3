"""Reading a limit from the words a policy is written in: "5 working days", "same working day".

It takes what it knows and refuses the rest, saying where and what would do instead. It does not
guess: "5 days" is refused, because working days and calendar days are different promises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from counterpart.worktime.limits import (
    MOST,
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
)
from counterpart.worktime.services import Service
from counterpart.worktime.spelling import nearest, shown

_LONGEST = 500
_NO_SERVICES: Mapping[str, Service] = {}

_PHRASES: dict[str, Limit] = {
    "same working day": SameWorkingDay(),
    "immediate": Immediate(),
    "immediately": Immediate(),
    "as soon as possible": AsSoonAsPossible(),
    "not stated": NotStated(),
    "not_stated": NotStated(),
}
_UNITS: dict[str, Callable[[int], Limit]] = {
    "working day": WorkingDays,
    "working days": WorkingDays,
    "working week": WorkingWeeks,
    "working weeks": WorkingWeeks,
    "calendar day": CalendarDays,
    "calendar days": CalendarDays,
    "hour": Hours,
    "hours": Hours,
}
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
# What people do write and we do not take: why, and the unit they may have meant.
_UNCLEAR: dict[str, tuple[str, str | None]] = {
    "day": ("Say whether they are working days or calendar days.", "working days"),
    "week": ("Say working weeks, or count in calendar days.", "working weeks"),
    "business day": ("Policies here say working days.", "working days"),
    "month": ("Months differ in length: count in working days or calendar days.", None),
    "minute": ("The shortest unit is the hour.", None),
}
_EXAMPLES = "Write a limit like 5 working days, 48 hours or as soon as possible."


class LimitProblem(ValueError):
    """Words that are not a limit. `position` is where in `text` they stop being one, from 0;
    `words` says what is wrong; `suggestion`, if any, is a limit that would be read.
    """

    def __init__(self, text: str, position: int, words: str, suggestion: str | None = None) -> None:
        did_you_mean = f' Did you mean "{suggestion}"?' if suggestion else ""
        self.text = text
        self.position = position
        self.words = f'"{shown(text)}" is not a limit. {words}{did_you_mean}'
        self.suggestion = suggestion
        super().__init__(self.words)


class _Token(NamedTuple):
    """A word of the text, in small letters, and where it stands."""

    word: str
    position: int


def parse_limit(text: str, services: Mapping[str, Service] = _NO_SERVICES) -> Limit:
    """The limit that `text` says. `services` are those it may name, by name.

    Capitals and extra spaces do not matter. Raises LimitProblem.
    """
    return _parsed(text, services) if services else _parsed_before(text)


@lru_cache(maxsize=256)
def _parsed_before(text: str) -> Limit:
    """Policies and files say the same few limits over and over."""
    return _parsed(text, _NO_SERVICES)


def _parsed(text: str, services: Mapping[str, Service]) -> Limit:
    if len(text) > _LONGEST:
        raise LimitProblem(text, _LONGEST, f"It has more than {_LONGEST} characters.")
    tokens = [_Token(found[0].lower(), found.start()) for found in re.finditer(r"\S+", text)]
    phrase = _joined(tokens)
    if phrase in _PHRASES:
        return _PHRASES[phrase]
    if phrase.startswith(("not stated:", "not_stated:")):
        return _not_stated(text)
    if not tokens or not (tokens[0].word[0].isdigit() or tokens[0].word in _NUMBERS):
        raise _phrase_problem(text, tokens)
    number, unit = _number(text, tokens), _joined(tokens[1:])
    if unit in _UNITS:
        return _UNITS[unit](number)
    if unit.startswith("service "):
        return _service_hours(text, tokens, number, services)
    raise _unit_problem(text, tokens, number)


def _joined(tokens: list[_Token]) -> str:
    return " ".join(token.word for token in tokens)


def _not_stated(text: str) -> NotStated:
    colon = text.index(":") + 1
    try:
        return NotStated(" ".join(text[colon:].split()))
    except ValueError as problem:
        raise LimitProblem(text, colon, str(problem)) from None


def _number(text: str, tokens: list[_Token]) -> int:
    word, position = tokens[0]
    if word in _NUMBERS:
        return _NUMBERS[word]
    if not re.fullmatch(r"[0-9]{1,9}", word):
        raise _number_problem(text, tokens)
    number = int(word)
    if not 1 <= number <= MOST:
        instead = None if number else "immediate"
        raise LimitProblem(text, position, f"A limit counts from 1 to {MOST:,}.", instead)
    return number


def _service_hours(
    text: str, tokens: list[_Token], number: int, services: Mapping[str, Service]
) -> ServiceHours:
    words = [token.word for token in tokens]
    if len(words) < 5 or words[2] not in ("hour", "hours") or words[3] != "of":
        example = f"Write it as {number} service hours of the service, by name."
        raise LimitProblem(text, tokens[1].position, example)
    name = " ".join(words[4:])
    known = {" ".join(each.lower().split()): service for each, service in services.items()}
    if name in known:
        return ServiceHours(number, known[name])
    near = nearest(name, known)
    instead = str(ServiceHours(number, known[near])) if near else None
    problem = f'No service called "{shown(name)}" is known here.'
    raise LimitProblem(text, tokens[4].position, problem, instead)


def _phrase_problem(text: str, tokens: list[_Token]) -> LimitProblem:
    """What to say of words that do not begin with a number."""
    if not tokens:
        return LimitProblem(text, 0, f"There is nothing there. {_EXAMPLES}")
    word, position = tokens[0]
    phrase = _joined(tokens)
    if re.match(r"[-+.]+[0-9]", word):
        return LimitProblem(text, position, f"A limit counts whole units, from 1 to {MOST:,}.")
    if phrase in _UNITS or phrase in _UNCLEAR or phrase.removesuffix("s") in _UNCLEAR:
        return LimitProblem(text, position, f"Say how many. {_EXAMPLES}")
    if phrase == "next working day":
        return LimitProblem(text, position, "Count it in working days.", "1 working day")
    near = nearest(phrase, _PHRASES)
    problem = f'"{shown(phrase)}" has no meaning here.'
    if near is None:
        return LimitProblem(text, position, f"{problem} {_EXAMPLES}")
    return LimitProblem(text, position, problem, str(_PHRASES[near]))


def _number_problem(text: str, tokens: list[_Token]) -> LimitProblem:
    """What to say of a first word that begins with a figure and is not a whole number."""
    word, position = tokens[0]
    joined = re.fullmatch(r"([1-9][0-9]{0,3})([a-z].*)", word)
    if joined:  # 5working days
        number, rest = int(joined[1]), f"{joined[2]} {_joined(tokens[1:])}".strip()
        near = nearest(rest, _UNITS)
        instead = str(_UNITS[near](number)) if near else None
        return LimitProblem(text, position, f"Leave a space after {number}.", instead)
    return LimitProblem(text, position, f'"{shown(word, 20)}" is not a whole number.')


def _unit_problem(text: str, tokens: list[_Token], number: int) -> LimitProblem:
    """What to say of a number with no unit that we know after it."""
    if len(tokens) == 1:
        return LimitProblem(text, len(text.rstrip()), f"{number} of what? {_EXAMPLES}")
    unit = _joined(tokens[1:])
    if unit.removesuffix("s") in _UNCLEAR:
        words, meant = _UNCLEAR[unit.removesuffix("s")]
        instead = str(_UNITS[meant](number)) if meant else None
        return LimitProblem(text, tokens[1].position, words, instead)
    near = nearest(unit, _UNITS)
    if near is None:
        return LimitProblem(
            text, tokens[1].position, f'"{shown(unit)}" is not a unit of time. {_EXAMPLES}'
        )
    instead = str(_UNITS[near](number))
    for token, meant in zip_longest(tokens[1:], near.split()):
        if token is None:
            break
        if token.word != meant:
            problem = f'"{shown(token.word)}" does not belong there.'
            return LimitProblem(text, token.position, problem, instead)
    return LimitProblem(text, len(text.rstrip()), "The end is missing.", instead)
