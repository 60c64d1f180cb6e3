"""What a pack says, as frozen records of plain text: made by `making`, drawn by `pdf` and `word`.

Every text is as people read it. Nothing here is mark-up, and nothing is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Row = tuple[str, str]
"""A label and its text."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the case's track; `state` is `done`, `here`, `left out` or `to come`."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its agency, and who speaks for it."""

    title: str
    agency: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An agreed action."""

    what: str
    who: str
    by_when: str
    state: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency said to the outcome: confirmed, does not agree and why, or nothing yet."""

    agency: str
    answer: str
    who: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome statement as it stood, and who had answered it. `outstanding`: a point, and how it is followed up."""

    title: str
    version: str
    agreed: str
    actions: tuple[ActionLine, ...]
    lead: str
    outstanding: tuple[Row, ...]
    still_disputed: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Something that was open: what, who, by when, and the clause that asks for it."""

    what: str
    who: str
    by_when: str
    clause: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later entry says is right, and why."""

    text: str
    reason: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record; `number` is its place in this document."""

    number: int
    title: str
    who: str
    happened: str
    written: str
    body: str
    facts: tuple[Row, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that somebody chose to leave out; `mark` stands in its place."""

    mark: str
    where: str


@dataclass(frozen=True, slots=True)
class Content:
    """A whole pack. `at` is the moment it shows the case at, to the second, and the date of the file."""

    title: str
    reference: str
    part: str
    at: datetime
    as_at: str
    facts: tuple[Row, ...]
    stages: tuple[Stage, ...]
    concern: tuple[Row, ...]
    sides: tuple[Side, ...]
    standing: tuple[Row, ...]
    outcome: Outcome | None
    panel: tuple[Row, ...]
    duties: tuple[DutyLine, ...]
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    left_out_by: str
    left_out_why: str
    never_here: tuple[str, ...]
