"""What a check of an example may say, and in plain words where the engine says otherwise.

A check answers with one sentence for each thing that is not so. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.engine.duties import ACTION, Duty, candidates, owner
from counterpart.engine.endings_duties import LEARNING
from counterpart.engine.kinds import Id
from counterpart.policy.model import AT_THE_END, BETWEEN, RECORD
from counterpart.policy.phrases import listed
from counterpart.policy.problems import Problem
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.fields import NotReadable, Reader, fields, keys_of
from counterpart.rehearsal.naming import known
from counterpart.rehearsal.notation import NO_SUM, NO_TIME, RoleOrAgency
from counterpart.rehearsal.playing import Rehearsal
from counterpart.rehearsal.tree import Node

RAISER = "raiser"


@dataclass(frozen=True, slots=True)
class Expected:
    """One duty as an example expects it. What is None is not looked at."""

    clock: str
    who: RoleOrAgency
    by: datetime | str
    about: str | None = None
    nobody: str | None = None


Differences = Iterator[str]


def not_so(case: Rehearsal, then: Mapping[str, Any]) -> tuple[str, ...]:
    """Everything a check says that is not so. Raises `NotInPolicy` for a name it does not have."""
    return tuple(words for key, value in then.items() for words in CHECKS[key].hold(case, value))


def _stage(case: Rehearsal, expected: str) -> Differences:
    known(case.policy.stages, "stage", expected)
    if case.state.stage != expected:
        yield f'the example expects the stage "{expected}"; the case is at "{case.state.stage}"'


def _status(case: Rehearsal, expected: str) -> Differences:
    if case.state.status != expected:
        yield f"the example expects the case to be {expected}; it is {case.state.status}"


def _ending(case: Rehearsal, expected: str) -> Differences:
    ending = case.state.ending or "not ended"
    if ending != expected:
        yield f'the example expects the ending "{expected}"; it is "{ending}"'


def _due(case: Rehearsal, expected: Sequence[Expected]) -> Differences:
    """These are all the duties that the policy gives; what no clause asks for may be left out.

    So may the records to place: `to_place` is for those.
    """
    yield from _also_due(case, expected)
    named = {e.clock for e in expected}
    for duty in case.duties():
        if duty.clock not in named and duty.clause and not _of_record(case, duty):
            yield (
                f'the example does not expect "{duty.clock}"; the policy has it due from '
                f"{_who(duty)} ({_when(_by(duty))})"
            )


def _of_record(case: Rehearsal, duty: Duty) -> str:
    """The stage, or `end`, whose record a duty is to place; "" for any other duty."""
    clock = case.policy.clocks.get(duty.clock)
    return clock.target if clock is not None and clock.act == RECORD else ""


def _to_place(case: Rehearsal, expected: Mapping[str, tuple[str, ...]]) -> Differences:
    """These are all the records that wait to be placed: of which stage, by whom."""
    for stage in expected:
        known((*case.policy.stages, AT_THE_END), "stage", stage)
    found: dict[str, set[str]] = {}
    for duty in case.duties():
        if stage := _of_record(case, duty):
            found.setdefault(stage, set()).add(duty.body)
    for stage in dict.fromkeys((*expected, *found)):
        wanted, there = set(expected.get(stage, ())), found.get(stage, set())
        for body in sorted(wanted - there):
            yield f'the example expects {body} to place the record of "{stage}"; nothing asks it to'
        for body in sorted(there - wanted):
            yield f'the example does not expect {body} to place the record of "{stage}"; it has to'


def _also_due(case: Rehearsal, expected: Sequence[Expected]) -> Differences:
    """These are due, and others may be."""
    duties = case.duties()
    for one in expected:
        known((*case.policy.clocks, ACTION, LEARNING, *BETWEEN), "duty", one.clock)
        found = [d for d in duties if d.clock == one.clock and one.about in (None, d.about)]
        if not found:
            yield f'the example expects "{one.clock}" to be due; it is not. {_all_due(duties)}'
        for duty in found:
            yield from _unlike(one, duty)


def _unlike(one: Expected, duty: Duty) -> Differences:
    about = f" towards {duty.about}" if one.about else ""
    name = f'"{one.clock}"{about}'
    if not _is_from(one.who, duty):
        yield f"the example expects {name} from {one.who}; the policy has it from {_who(duty)}"
    if (one.nobody or "") != (duty.nobody or "").replace("_", " "):
        yield (
            f"the example expects {name} to have {_holder(one.nobody)}; "
            f"it has {_holder(duty.nobody)} ({_who(duty)})"
        )
    if one.by != _by(duty):
        expected = (
            f"by {_when(one.by)}" if isinstance(one.by, datetime) else f"with {_when(one.by)}"
        )
        yield f"the example expects {name} {expected}; the policy gives {_when(_by(duty))}"


def _told(case: Rehearsal, expected: Sequence[RoleOrAgency]) -> Differences:
    """These are told of the act just before, and others may be."""
    for one in expected:
        if not _is_told(case, one):
            yield f"the example expects {one} to be told; they are not"


def _not_told(case: Rehearsal, expected: Sequence[RoleOrAgency]) -> Differences:
    for one in expected:
        if _is_told(case, one):
            yield f"the example expects {one} not to be told; they are"


def _is_told(case: Rehearsal, one: RoleOrAgency) -> bool:
    notices = case.told()
    if str(one) == RAISER:
        return any(notice.person == case.state.raiser for notice in notices if notice.person)
    told = {notice.post for notice in notices if notice.post}
    if one.role is None:
        posts = [case.directory.post(post) for post in told]
        return any(post.body == one.body for post in posts if post)
    role = known(case.policy.roles, "role", one.role)
    post, _ = owner(case.policy, case.state, case.directory, Id(one.body), role)
    those = candidates(case.policy, case.directory, Id(one.body), role)
    return bool(told & {post, *(p.id for p in those)})


# --- words ----------------------------------------------------------------------------------------


def _is_from(who: RoleOrAgency, duty: Duty) -> bool:
    return who.body == duty.body and who.role in ((None,) if not duty.role else (duty.role,))


def _who(duty: Duty) -> str:
    return str(RoleOrAgency(duty.body, duty.role or None))


def _holder(nobody: str | None) -> str:
    return nobody.replace("_", " ") if nobody else "somebody"


def _by(duty: Duty) -> datetime | str:
    if duty.due.at is not None:
        return duty.due.at
    return NO_SUM if duty.due.cannot else NO_TIME


def _when(by: datetime | str) -> str:
    if isinstance(by, datetime):
        return n.moment_words(by)
    return NO_TIME if by == NO_TIME else "a time that cannot be worked out"


def _all_due(duties: Iterable[Duty]) -> str:
    names = tuple(dict.fromkeys(f'"{d.clock}"' for d in duties))
    if not names:
        return "Nothing is due."
    return f"What is due: {listed(names)}."


# --- how each is read -----------------------------------------------------------------------------

_DUTY: Mapping[str, Reader] = {
    "from": n.role_or_agency,
    "by": n.moment_or_none,
    "about": n.agency,
    "nobody": n.one_of("vacant", "no post", "not named"),
}


def _expected(node: Node) -> tuple[Expected, ...]:
    """`NAME: {from: …, by: …}` for each duty, or a list of those where it is owed to several."""
    found: list[Expected] = []
    faults: list[Problem] = []
    for name, value in keys_of(node, "what is due").items():
        for item in value.value if isinstance(value.value, list) else [value]:
            try:
                read = fields(item, _DUTY, ("from", "by"), "a duty")
            except NotReadable as no:
                faults += no.faults
                continue
            found.append(
                Expected(name, read["from"], read["by"], read.get("about"), read.get("nobody"))
            )
    if faults:
        raise NotReadable(*faults)
    return tuple(found)


def _stages(node: Node) -> dict[str, tuple[str, ...]]:
    """`STAGE: [school, social-care]` for each stage whose record is to be placed; `end` is one too."""
    return {
        name: n.agencies(value) for name, value in keys_of(node, "what is to be placed").items()
    }


@dataclass(frozen=True, slots=True)
class Check:
    """Something a check may say: how it is read, and how it is held against the case."""

    read: Reader
    hold: Callable[[Rehearsal, Any], Differences]


CHECKS: Mapping[str, Check] = {
    "stage": Check(n.text, _stage),
    "status": Check(n.one_of("open", "closed", "withdrawn", "left"), _status),
    "ending": Check(n.text, _ending),
    "due": Check(_expected, _due),
    "also_due": Check(_expected, _also_due),
    "to_place": Check(_stages, _to_place),
    "told": Check(n.roles_or_agencies, _told),
    "not_told": Check(n.roles_or_agencies, _not_told),
}
"""Everything `then` may say."""
