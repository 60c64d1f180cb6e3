"""Figures of the core, which needs no database: folding a record, working out duties, and when something is due.

The case is played by the engine's own rules, as the tests play one. A figure and its peer are measured turn about,
and the medians compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from workalendar.europe import UnitedKingdom

from bench import handwritten, ladder
from bench.figures import Figure, at_least, at_most
from counterpart.engine import events as e
from counterpart.engine.duties import duties
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Id, Words
from counterpart.policy.checking import check
from counterpart.policy.loading import read_policy
from counterpart.worktime import (
    Answer,
    Day,
    Due,
    WorkingDays,
    calendar,
    due,
    due_at,
    editions,
)
from tests.casebook import POLICIES, Case, an_action, at_stage_four, members
from tests.fakes import SCHOOL, SOCIAL_CARE

ROUNDS = 15
WITHIN = 0.02
"""Seconds that a round goes on for at least."""

EVENTS = 23
FORTY = 40
LONGEST_FOLD, LONGEST_LOAD = 200, 150
"""Microseconds to know where a case is; milliseconds to load and check a policy."""

IN_FIVE_DAYS = WorkingDays(5)
OF_A_FOLD = 1 / 3
"""The engine's fold also runs every clock of the policy, which the one written by hand does not."""


def figures(only: str) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    for name, measure in FIGURES.items():
        if name.startswith(only):
            yield measure(name)


def folding(name: str) -> Figure:
    """Folds a second of a case of twenty-three entries."""
    case = a_long_case()
    record = tuple(case.record)
    if len(record) != EVENTS:
        raise ValueError(f"the case has {len(record)} entries")
    mine, peer = turn_about(lambda: fold(case.policy, record), lambda: handwritten.fold(record))
    return at_least(name, 1 / mine, "cases a second", "a fold written by hand, without clocks",
                    1 / peer, OF_A_FOLD)  # fmt: skip


def being_due(name: str) -> Figure:
    """Sums a second of when something is due in five working days, one at a time."""
    days = calendar("england-and-wales")
    began = _starts()
    dates = [np.datetime64(at.date()) for at in began]
    known = np.busdaycalendar(holidays=list(editions()[-1].of("england-and-wales")))
    mine, peer = turn_about(
        lambda: [due_at(IN_FIVE_DAYS, at, days) for at in began],
        lambda: [np.busday_offset(on, 5, roll="forward", busdaycal=known) for on in dates],
    )
    return at_least(name, len(began) / mine, "sums a second", "numpy.busday_offset, one at a time",
                    len(dates) / peer, 1)  # fmt: skip


def being_due_with_the_working(name: str) -> Figure:
    """The same sums, each with the list of the days counted and not. The peer gives the last day alone."""
    days = calendar("england-and-wales")
    began = _starts()
    known = UnitedKingdom()
    mine, peer = turn_about(
        lambda: [_working(due(IN_FIVE_DAYS, at, days)) for at in began],
        lambda: [known.add_working_days(at.date(), 5) for at in began],
    )
    return at_least(name, len(began) / mine, "sums a second", "workalendar, one at a time, no working",
                    len(began) / peer, 1)  # fmt: skip


def _working(answer: Answer) -> tuple[Day, ...]:
    if not isinstance(answer, Due):
        raise TypeError(f"{answer} has no working")
    return answer.days


def _starts() -> list[datetime]:
    return [datetime(2026, 1, 5, 9, 30, tzinfo=UTC) + timedelta(days=n) for n in range(300)]


def stepping(name: str) -> Figure:
    """Cases a second taken through Brent's five stages, beside a workflow engine running the same ladder."""
    case, spec = ladder.the_case(), ladder.the_process()
    record = tuple(case.record)
    mine, peer = turn_about(lambda: fold(case.policy, record), lambda: ladder.step_through(spec))
    return at_least(
        name, 1 / mine, "cases a second", "SpiffWorkflow, the same ladder as BPMN", 1 / peer, 100
    )


def knowing_where_a_case_is(name: str) -> Figure:
    """Microseconds to fold a case of forty entries and work out its duties."""
    case = a_case_of(FORTY)
    record, days = tuple(case.record), calendar("england-and-wales")

    def work_out() -> object:
        return duties(case.policy, fold(case.policy, record), case.directory, days)

    mine, _ = turn_about(work_out, work_out)
    return at_most(name, mine * 1e6, "microseconds", "a limit", LONGEST_FOLD, 1)


def loading_a_policy(name: str) -> Figure:
    """Milliseconds to load and check the largest policy there is here."""
    files = sorted(POLICIES.glob("*/policy.yaml"), key=lambda file: file.stat().st_size)
    content, today = files[-1].read_bytes(), date(2026, 11, 21)

    def load_and_check() -> object:
        loaded = read_policy(content, name="policy.yaml", read=beside(files[-1]))
        return check(loaded.policy, today=today)

    mine, _ = turn_about(load_and_check, load_and_check)
    return at_most(name, mine * 1e3, "milliseconds", "a limit", LONGEST_LOAD, 1)


def beside(file: Path) -> Callable[[str], bytes]:
    """Reads the files that a layered policy is laid over."""
    return lambda path: (file.parent / path).read_bytes()


def a_case_of(entries: int) -> Case:
    """A case that tries again and again to speak to the other side, up to a number of entries."""
    case = at_stage_four()
    while len(case.record) < entries:
        case.records("seniors-discuss", "not_held", SOCIAL_CARE)
    return case


FIGURES: dict[str, Callable[[str], Figure]] = {
    "fold": folding,
    "ladder": stepping,
    "forty": knowing_where_a_case_is,
    "policy": loading_a_policy,
    "due": being_due,
    "due-working": being_due_with_the_working,
}


def a_long_case() -> Case:
    """From the own manager to a panel's decision, confirmed and carried out."""
    case = Case().records("consult-manager").moves("to-other-worker")
    case.records("workers-discuss", "not_held", SOCIAL_CARE)
    case.records("workers-discuss", "partly", SOCIAL_CARE).moves("to-managers")
    case.records("managers-discuss", "not_held", SOCIAL_CARE)
    case.records("managers-discuss", "not_agreed", SOCIAL_CARE).moves("to-seniors")
    case.records("receiving-manager-reports")
    case.records("seniors-discuss", "not_held", SOCIAL_CARE)
    case.records("seniors-discuss", "not_agreed", SOCIAL_CARE).moves("to-panel")
    sitting = members((SCHOOL, "member"), (SOCIAL_CARE, "member"), ("health", "chair"))
    case.does(e.PanelConvened(panel=Code("resolution-panel"), members=sitting,
                              meets_at=case.now + timedelta(days=2)))  # fmt: skip
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    case.does(
        e.PanelDecided(
            panel=Code("resolution-panel"), authority=Code("binding"), why_early=Words("W.")
        )
    )
    case.does(case.outcome(an_action(), basis="decision"))
    case.confirms(SCHOOL).confirms(SOCIAL_CARE)
    case.does(e.ActionDone(action=Id("action")))
    return case.does(e.PolicyGapReported())


def turn_about(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Seconds that one call of each takes: the medians of rounds, turn about."""
    times = [_times(one), _times(other)]
    rounds = [(_round(one, times[0]), _round(other, times[1])) for _ in range(ROUNDS)]
    return median(first for first, _ in rounds), median(second for _, second in rounds)


def _times(call: Callable[[], object]) -> int:
    """How many calls fill a round."""
    times = 1
    while _round(call, times) * times < WITHIN:
        times *= 2
    return times


def _round(call: Callable[[], object], times: int) -> float:
    began = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - began) / times
