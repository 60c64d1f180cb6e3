"""What a policy says about itself: clauses, readings, silences, layers, and sentences people are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the policy's text, with a short quotation that finds it.

    `layer` is the id of the text below that it stands in, and empty for the policy's own.
    """

    id: str
    title: str
    quote: str
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Which meaning was chosen where the text is silent or ambiguous, and why."""

    id: str
    clause: str
    question: str
    reading: str
    why: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Something the policy does not say, or says in a text that is not held."""

    about: str
    why: str
    clause: str


@dataclass(frozen=True, slots=True)
class Principle:
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something the policy names, with a sentence and where it stands or leads."""

    id: str
    title: str
    clause: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A text that this one was laid over."""

    id: str
    title: str
    edition: str
    published_by: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule of the text below that does not hold here, and why."""

    rule: str
    why: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """When the policy itself is reviewed."""

    due: date | None
    every: str | None
    or_when: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Invoked:
    """The trigger from which the policy counts as invoked."""

    at: str
    clause: str
