"""Whatever people do to a case, in whatever order, under whatever policy: what always holds.

A machine proposes events, sensible and silly, under Brent's policy and three made-up ones, and
after each looks at everything. At the end somebody sensible must always be able to finish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import event as note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from counterpart.engine import events as e
from counterpart.engine.between import NOTHING
from counterpart.engine.deciding import options
from counterpart.engine.directory_events import PostAdded
from counterpart.engine.duties import ACTION, NO_POST, NOT_NAMED, VACANT, due_time
from counterpart.engine.endings_duties import LEARNING
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Code, Id
from counterpart.engine.notices import notices
from counterpart.engine.passing import passed
from counterpart.engine.state import CaseState
from counterpart.policy.model import BETWEEN, RECORD
from tests.casebook import DAYS, Case, acting, brent
from tests.fakes import SCHOOL, SOCIAL_CARE, a_directory
from tests.made_up import advice, one_talk, up_the_line
from tests.playing import (
    a_confirmation,
    a_decision,
    a_dissent,
    a_panel,
    a_representation,
    a_sensible_text,
    a_step_done,
    act_upwards,
    finish,
)
from tests.property import between, endings, gates
from tests.property.course import OTHERS, silly

POLICIES = {policy.id: policy for policy in (brent(), one_talk(), up_the_line(), advice())}
POLICIES |= gates.policies()
POLICIES |= {"sides": between.sides(), "endings": endings.endings()}
DIRECTORIES = {
    "whole": a_directory(),
    "no chair": a_directory().with_vacant("partnership-independent_chair"),
    "no manager": a_directory().without("school-line_manager"),
    "two workers": a_directory().with_second("social-care-practitioner"),
    "one agency": a_directory(SCHOOL),
}
LEADS_ON = (
    e.StepRecorded,
    e.MovedOn,
    e.OutcomeProposed,
    e.OutcomeConfirmed,
    e.PanelConvened,
    e.RepresentationHeard,
    e.PanelDecided,
    *gates.LEAD_ON,
)
SENSIBLE = (
    *LEADS_ON,
    *gates.BESIDE,
    *between.BESIDE,
    *endings.BESIDE,
    e.CaseReopened,
    e.OutcomeDissented,
    e.LimitSet,
    e.ImmediateRiskReported,
    e.PolicyGapReported,
    e.ActionDone,
)
ONLY_ONCE = (
    *gates.ONCE,
    *between.ONCE,
    *endings.ONCE,
    e.MovedOn,
    e.PartyRedirected,
    e.OutcomeProposed,
    e.OutcomeConfirmed,
    e.OutcomeDissented,
    e.ActionDone,
    e.CaseWithdrawn,
    e.CaseReopened,
)


def a_sensible_step(case: Case, target: Code, draw: Any) -> tuple[Any, ...]:
    settles = case.policy.steps[target].settles
    if case.policy.steps[target].kind == "consideration":
        return (a_step_done(case, case.policy.steps[target], "agreed"),)
    came = Code(draw(st.sampled_from(["agreed", "not_agreed", "not_held"])) if settles else "done")
    agencies = case.state.receiving_agencies if settles else ()
    step = e.StepRecorded(step=target, how=Code("video"), result=came, agencies=agencies)
    return between.with_who_came(case, step)


def a_sensible_limit(case: Case, target: Code, draw: Any) -> e.LimitSet:
    hours = draw(st.integers(2, 99))
    return e.LimitSet(clock=target, due_at=case.now + timedelta(hours=hours))


SENSIBLY: dict[type, Callable[[Case, Code, Any], Any]] = {
    e.StepRecorded: a_sensible_step,
    e.LimitSet: a_sensible_limit,
    e.OutcomeProposed: lambda case, *_: a_sensible_text(case),
    e.OutcomeConfirmed: lambda case, *_: a_confirmation(case),
    e.OutcomeDissented: lambda case, *_: a_dissent(case),
    e.PanelConvened: lambda case, target, _: a_panel(case, target),
    e.RepresentationHeard: lambda case, *_: a_representation(case),
    e.PanelDecided: lambda case, target, _: a_decision(case, target),
    e.CaseReopened: lambda case, *_: e.CaseReopened(stage=case.state.stage),
    e.ActionDone: lambda _case, target, _: e.ActionDone(action=Id(target)),
    e.ImmediateRiskReported: lambda *_: e.ImmediateRiskReported(),
    e.PolicyGapReported: lambda *_: e.PolicyGapReported(),
}
SENSIBLY |= gates.SENSIBLY | between.SENSIBLY | endings.SENSIBLY
MAY_NOT_SIT = ("party_on_panel", "chair_of_party", "party_decides", "party_missing")
"""Why a panel that was well made may not decide: somebody on it has become a party since."""


class AnyCase(RuleBasedStateMachine):
    case: Case
    remembered: list[tuple[int, CaseState]]

    @initialize(
        name=st.sampled_from(sorted(POLICIES)),
        others=st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3, unique=True),
        posts=st.sampled_from(sorted(DIRECTORIES)),
        is_urgent=st.booleans(),
        hour=st.integers(0, 24 * 400),
        far=st.integers(0, 14),
    )
    def begin(
        self, name: str, others: list[Id], posts: str, is_urgent: bool, hour: int, far: int
    ) -> None:
        policy = POLICIES[name]
        self.case = Case(
            policy,
            at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour),
            receiving=others,
            directory=DIRECTORIES[posts],
            is_urgent=is_urgent and policy.urgent is not None,
        )
        self.remembered = [(1, self.case.state)]
        for _ in range(far):
            self.propose(act_upwards(self.case))

    @rule(data=st.data(), hours=st.integers(0, 24 * 9))
    def the_matter_goes_on(self, data: st.DataObject, hours: int) -> None:
        self.somebody_takes_up(data, hours, (*LEADS_ON, e.CaseReopened))

    @rule(data=st.data(), hours=st.integers(0, 24 * 9))
    def the_matter_goes_further_on(self, data: st.DataObject, hours: int) -> None:
        self.somebody_takes_up(data, hours, (*LEADS_ON, e.CaseReopened))

    @rule(data=st.data(), hours=st.integers(0, 24))
    def somebody_does_something_sensible(self, data: st.DataObject, hours: int) -> None:
        self.somebody_takes_up(data, hours, SENSIBLE)

    @rule(data=st.data(), hours=st.integers(0, 24))
    def something_passes_between_the_sides(self, data: st.DataObject, hours: int) -> None:
        self.somebody_takes_up(data, hours, (*between.BESIDE, e.PolicyGapReported))

    @rule(data=st.data(), hours=st.integers(0, 24))
    def something_more_passes_between_them(self, data: st.DataObject, hours: int) -> None:
        open_now = (*between.ANSWERS, e.PolicyGapReported)
        self.somebody_takes_up(data, hours, open_now)

    @rule(data=st.data(), hours=st.integers(0, 24))
    def something_is_done_about_the_end(self, data: st.DataObject, hours: int) -> None:
        self.somebody_takes_up(data, hours, (*endings.BESIDE, e.ActionDone, e.PolicyGapReported))

    def somebody_takes_up(self, data: st.DataObject, hours: int, kinds: tuple[type, ...]) -> None:
        offered = options(self.case.policy, self.case.state, now=self.case.now, calendar=DAYS)
        option = data.draw(
            st.sampled_from([o for o in offered if o.is_allowed and o.event in kinds])
        )
        event = SENSIBLY[option.event](self.case, Code(option.target), data.draw)
        if event is None:
            return
        refusal = self.propose(event, after=timedelta(hours=hours))
        code = refusal.code if refusal else None
        if option.event is e.PanelDecided and code in MAY_NOT_SIT:
            return
        assert code in (None, "not_shorter", "limit_passed", "past_outer_limit"), (option, code)
        if option.event is e.PanelDecided:
            assert self.propose(a_sensible_text(self.case)) is None
            assert self.case.is_refused(event) == "panel_decided"

    @rule(data=st.data(), hours=st.integers(0, 30), late=st.integers(-2, 24 * 10))
    def somebody_does_anything(self, data: st.DataObject, hours: int, late: int) -> None:
        event = data.draw(silly(self.case.policy))
        if isinstance(event, e.PanelDecided) and not self.case.is_refused(event):
            self.propose(self.case.outcome(basis="decision"))
            self.propose(self.case.outcome())
            return
        self.propose(event, after=timedelta(hours=hours), happened=timedelta(hours=late))

    @rule(hours=st.integers(0, 24 * 9))
    def time_passes(self, hours: int) -> None:
        """The worker puts each time that passed on the record, once."""
        case = self.case
        case.now += timedelta(hours=hours)
        for _ in range(20):
            found = passed(case.policy, case.state, now=case.now, calendar=DAYS)
            if not found:
                return
            assert self.propose(found[0], after=timedelta(), by=gates.CLOCK) is None
        raise AssertionError("a time passes for ever")

    def propose(self, wanted: Any, **how: Any) -> Any:
        case = self.case
        event, *more = wanted if isinstance(wanted, tuple) else (wanted,)
        before, owed = case.state, case.duties()
        length = len(case.record)
        other = acting(SOCIAL_CARE, "social-worker")
        by = how.pop("by", other if len(case.record) % 3 else acting())
        refusal = case.tries(event, by=by, more=more, **how)
        if refusal is not None:
            assert refusal.code
            assert refusal.words.endswith((".", "?"))
            assert len(case.record) == length
            assert case.state == before
            return refusal
        told = notices(case.policy, case.state, case.newest, owed, case.duties(), case.directory)
        assert len(told) == len(set(told))
        assert not [n for n in told if n.post is None and n.person is None]
        protects = (
            isinstance(event, e.LimitSet) and case.policy.clocks[event.clock].limit.protective
        )
        if isinstance(event, ONLY_ONCE) or protects:
            assert case.tries(event, after=timedelta(0), by=by) is not None, event
        self.remembered.append((len(case.record), case.state))
        return None

    @invariant()
    def the_same_record_always_gives_the_same_state(self) -> None:
        if hasattr(self, "case"):
            record = self.case.record
            assert fold(self.case.policy, record) == fold(self.case.policy, iter(tuple(record)))

    @invariant()
    def times_do_not_go_backwards(self) -> None:
        if not hasattr(self, "case"):
            return
        state = self.case.state
        for clock in state.clocks:
            assert clock.stopped_at is None or clock.stopped_at >= clock.started_at
        for one, two in zip(state.visits, state.visits[1:], strict=False):
            assert one.left_at is not None
            assert one.opened_at <= one.left_at <= two.opened_at
        assert state.version == len(self.case.record)

    @invariant()
    def every_duty_is_one_thing_with_one_owner(self) -> None:
        if not hasattr(self, "case"):
            return
        found = self.case.duties()
        assert not [id for id, n in Counter(d.id for d in found).items() if n > 1]
        assert found == self.case.duties()
        for duty in found:
            assert (duty.nobody is None) <= (duty.post is not None)
            assert duty.nobody in (None, NO_POST, VACANT, NOT_NAMED)
            assert duty.clock in (ACTION, LEARNING) or duty.role in self.case.policy.roles
            assert duty.clause in self.case.policy.clauses or duty.clock in (LEARNING, *BETWEEN)

    @invariant()
    def a_record_is_owed_once_by_each_agency_and_stage(self) -> None:
        if not hasattr(self, "case"):
            return
        clocks = self.case.policy.clocks
        owed = [
            d for d in self.case.duties() if d.clock in clocks and clocks[d.clock].act == RECORD
        ]
        assert len({(d.clock, d.body) for d in owed}) == len(owed)
        visited = {visit.stage for visit in self.case.state.visits}
        assert {clocks[d.clock].target for d in owed} <= {*visited, "end"}

    @invariant()
    def more_time_never_makes_less_of_a_time(self) -> None:
        if not hasattr(self, "case"):
            return
        state, clocks = self.case.state, self.case.policy.clocks
        alone = replace(state, between=NOTHING)
        for running in state.clocks:
            due = due_time(state, clocks[running.clock], running, DAYS)
            without = due_time(alone, clocks[running.clock], running, DAYS)
            assert (due.at is None) is (without.at is None)
            assert due.at is None or without.at is None or due.at >= without.at
            assert (due.sums, due.outer_at) == (without.sums, without.outer_at)
            assert due.extended_at in (None, due.at)

    @invariant()
    def an_open_case_has_a_duty_and_a_next_act_and_a_closed_one_no_clock(self) -> None:
        if not hasattr(self, "case"):
            return
        state = self.case.state
        if not state.is_open:
            clocks = self.case.policy.clocks
            running = [clocks[c.clock] for c in state.clocks if c.is_running]
            assert all(clock.is_afterwards or clock.act == RECORD for clock in running)
            return
        offered = [
            o
            for o in options(self.case.policy, state, now=self.case.now, calendar=DAYS)
            if o.is_allowed
        ]
        assert [o for o in offered if o.event in (*LEADS_ON, e.ActionDone)]
        assert self.case.duties()

    def teardown(self) -> None:
        if not hasattr(self, "case"):
            return
        note(f"{self.case.policy.id}: {self.case.state.status} at {self.case.state.stage}")
        for length, state in self.remembered:
            assert fold(self.case.policy, self.case.record[:length]) == state
        finish(self.case)


def test_an_event_of_another_stream_is_never_decided_by_oversight() -> None:
    post = PostAdded(post=Id("p"), body=Id("b"), tier=Code("t"))
    with pytest.raises(KeyError):
        Case().tries(post)


TestAnyCase = AnyCase.TestCase
TestAnyCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
