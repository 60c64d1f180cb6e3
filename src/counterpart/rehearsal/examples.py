"""Reads the examples that stand beside a policy, and plays them.

An example is a story of acts and checks, written by whoever writes the policy. Reading is
strict and says everything that is amiss at once; playing stops at the first line that does not
hold, and says what was expected and what the engine says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from counterpart.engine.deciding import raise_problem
from counterpart.engine.kinds import Id
from counterpart.engine.registry import Actor
from counterpart.engine.rules import Refusal
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Policy, Seat
from counterpart.policy.problems import MOST_PROBLEMS, Problem
from counterpart.policy.yaml_text import YamlRefused
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.act import ITSELF
from counterpart.rehearsal.acts import ACTS
from counterpart.rehearsal.beginning import concern, who_raises
from counterpart.rehearsal.checks import not_so
from counterpart.rehearsal.directory import PARTNERSHIP, made_up_directory
from counterpart.rehearsal.fields import NotReadable, fields, list_of
from counterpart.rehearsal.naming import NotInPolicy, known
from counterpart.rehearsal.playing import Rehearsal
from counterpart.rehearsal.stories import THEN, Example, Line, an_example
from counterpart.rehearsal.tree import read_tree

__all__ = [
    "Example",
    "Examples",
    "ExamplesRefused",
    "Failure",
    "Played",
    "play",
    "read_examples",
]

FORMAT = "1"
A_WHILE = timedelta(hours=1)
"""How long after the line before an act happens, unless it says when."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of one file, and the policy file they are of, relative to theirs."""

    policy: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """The line that does not hold, and why, in plain words."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Played:
    """An example that was played: how many of its checks and refusals held, and what did not."""

    name: str
    held: int
    failure: Failure | None


class ExamplesRefused(Exception):
    """Examples could not be read. `problems` holds everything that is amiss, in order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.line}:{p.column} {p.code} {p.words}" for p in problems))
        self.problems = problems


# --- reading --------------------------------------------------------------------------------------


def read_examples(content: bytes, *, name: str = "examples.yaml") -> Examples:
    """The examples in the bytes of a file called `name`. Raises `ExamplesRefused`."""
    try:
        root = read_tree(content, file=name)
        readers = {
            "format": n.one_of(FORMAT),
            "policy": n.text,
            "examples": list_of(an_example, "'examples'"),
        }
        read = fields(root, readers, tuple(readers), "a file of examples")
    except YamlRefused as no:
        raise ExamplesRefused(no.problems) from None
    except NotReadable as no:
        raise ExamplesRefused(tuple(sorted(set(no.faults)))[:MOST_PROBLEMS]) from None
    return Examples(read["policy"], read["examples"])


# --- playing --------------------------------------------------------------------------------------


class NotSo(Exception):
    """A line of the story does not hold. The message says why, in plain words."""


def play(example: Example, policy: Policy) -> Played:
    """Play an example under a policy, as far as it holds."""
    held = 0
    line = example.story[0]
    try:
        case = _begin(example, policy)
        held += "refused" in line.read
        for line in example.story[1:]:
            if case is None:
                raise NotSo("the concern was refused, so nothing comes after it")
            if line.act == THEN:
                _check(case, line)
            else:
                _happen(case, line)
            held += line.act == THEN or "refused" in line.read
    except (NotSo, NotInPolicy) as why:
        return Played(example.name, held, Failure(line.line, str(why)))
    return Played(example.name, held, None)


def _begin(example: Example, policy: Policy) -> Rehearsal | None:
    """The case as the first line raises it, or None where it is refused as the line says."""
    read = example.story[0].read
    for role_at in example.unusual.all:
        known(policy.roles, "role", role_at.role)
    directory = made_up_directory(policy, example.agencies, example.unusual)
    raised = concern(policy, directory, read)
    refusal = raise_problem(policy, raised)
    _as_told(refusal, read.get("refused"))
    if refusal:
        return None
    return Rehearsal(
        policy,
        raised,
        at=read[ITSELF],
        by=who_raises(raised, directory),
        directory=directory,
        calendar=calendar_of(policy),
    )


def _check(case: Rehearsal, line: Line) -> None:
    found = not_so(case, line.read[ITSELF])
    if found:
        raise NotSo("; ".join(found))


def _happen(case: Rehearsal, line: Line) -> None:
    """One act, accepted or refused as the line says, with whatever comes with it."""
    act, read = ACTS[line.act], line.read
    at = read.get("at", read[ITSELF] if act.value is n.moment else None)
    now = read.get("written", at or case.now + A_WHILE)
    if now < case.now:
        raise NotSo(
            f"this is before the line above, which is {n.moment_words(case.now)}; if it was "
            "written down later, add when: 'written: …'"
        )
    case.begin_line()
    case.wait_until(now)
    by = _who(case, read, act.who(case, read))
    refusal = None
    for event in act.make(case, read):
        first, *more = event if isinstance(event, tuple) else (event,)
        refusal = case.propose(first, now=now, by=by, happened_at=at, more=more)
        if refusal:
            break
    _as_told(refusal, read.get("refused"))
    if refusal is None:
        case.now = now


def _who(case: Rehearsal, read: Mapping[str, Any], usual: Seat | str) -> Actor:
    """Who acts: as the line says, or whoever usually does."""
    said: n.RoleOrAgency | None = read.get("by")
    if said is not None and said.role is not None:
        return case.actor_at(said.body, known(case.policy.roles, "role", said.role))
    if said is None and isinstance(usual, Seat):
        return case.actor(usual)
    body = Id(said.body if said else str(usual))
    if body == PARTNERSHIP:
        raise NotSo("say who in the partnership: 'by: ROLE at partnership'")
    side = case.state.side_of(body) or "receiving"
    return case.actor(Seat(side), body)


def _as_told(refusal: Refusal | None, expected: str | None) -> None:
    """Refused for the reason the line gives, or not refused where it gives none."""
    if refusal is None and expected is not None:
        raise NotSo(f'the example expects this to be refused with "{expected}"; it is allowed')
    if refusal is not None and refusal.code != expected:
        wanted = (
            f'the example expects "{expected}"' if expected else "the example expects it to happen"
        )
        raise NotSo(f'{wanted}; it is refused with "{refusal.code}": {refusal.words}')
