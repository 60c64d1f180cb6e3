"""Agreed actions: what becomes of them when a case is opened again, where none may be open, and when they are late."""

from __future__ import annotations

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.ladder import ladder_of, rungs, told_by
from tests.casebook import DAYS, Case, an_action, settled
from tests.fakes import SCHOOL, SOCIAL_CARE
from tests.property.endings import endings
from tests.unit.engine.test_ladder import USUAL

LEAD = Id("social-care-operations_manager")


def agreed(*actions: e.Action) -> Case:
    """Everybody has confirmed, under a policy that forbids closing with an action open."""
    case = Case(endings(), grounds=("plan",)).moves("up").records("talk", "agreed", SOCIAL_CARE)
    return case.proposes(*actions).confirms(SCHOOL).confirms(SOCIAL_CARE)


def done(id: str) -> e.ActionDone:
    return e.ActionDone(action=Id(id))


def closed() -> Case:
    """Closed, with an action still to do and somebody to see it through."""
    case = settled()
    case.does(case.outcome(an_action(), lead=LEAD))
    return case.confirms(SCHOOL).confirms(SOCIAL_CARE)


def test_where_no_action_may_be_open_the_case_closes_with_the_last_of_them() -> None:
    case = agreed(an_action("one"), an_action("two"))
    assert case.state.is_open
    assert [d.action for d in case.duties() if d.action] == ["one", "two"]
    assert case.does(done("one")).state.is_open
    case.does(done("two"))
    assert (case.state.status, case.state.ending) == ("closed", "agreed")


def test_without_an_action_it_closes_at_once() -> None:
    assert agreed().state.status == "closed"


def test_until_everybody_has_confirmed_no_action_is_done() -> None:
    case = Case(endings(), grounds=("plan",)).moves("up").records("talk", "agreed", SOCIAL_CARE)
    case.proposes(an_action("one")).confirms(SCHOOL)
    assert case.is_refused(done("one")) == "not_yet_agreed"
    assert not [d for d in case.duties() if d.action]


def test_where_the_policy_allows_open_actions_it_closes_all_the_same() -> None:
    assert closed().state.status == "closed"


def test_opened_again_what_was_agreed_is_owed_until_it_is_done() -> None:
    case = closed()
    before = case.duty("action")
    case.does(e.CaseReopened(stage=case.state.stage))
    after = case.duty("action")
    assert (after.id, after.due, after.lead) == (before.id, before.due, LEAD)
    case.does(done("action"))
    assert not [d for d in case.duties() if d.action]
    assert case.is_refused(done("action")) == "action_done"


def test_what_was_done_before_is_not_owed_again() -> None:
    case = closed().does(done("action"))
    case.does(e.CaseReopened(stage=case.state.stage))
    assert case.state.endings.kept == ()


def test_a_text_that_nobody_agreed_leaves_nothing_to_do_when_a_withdrawn_case_is_reopened() -> None:
    case = settled().proposes(an_action()).does(e.CaseWithdrawn())
    case.does(e.CaseReopened(stage=case.state.stage))
    assert case.state.endings.kept == ()


def test_a_late_action_comes_back_to_whoever_sees_it_through() -> None:
    case = closed()
    duty = case.duty("action")
    late = next(
        r for r in rungs(case.policy, case.state, duty, DAYS, USUAL) if r.id == "late-action"
    )
    posts = told_by(case.policy, case.state, case.directory, duty, late.rung, USUAL)
    assert [post.id for post in posts] == [LEAD]


def test_where_nobody_sees_it_through_there_is_no_such_rung() -> None:
    case = settled().proposes(an_action()).confirms(SCHOOL).confirms(SOCIAL_CARE)
    ladder = ladder_of(case.policy, case.duty("action"), USUAL)
    assert "late-action" not in {rung.id for rung in ladder}


@pytest.mark.parametrize(
    ("outstanding", "followed", "reason"),
    [
        (("One",), (), None),
        (("One",), ("How",), None),
        (("One", "Two"), ("How",), "not_followed"),
        (("One",), ("",), "not_followed"),
        ((), ("How",), "not_followed"),
    ],
)
def test_how_open_issues_are_followed_up_is_said_of_each_or_of_none(
    outstanding: tuple[str, ...], followed: tuple[str, ...], reason: str | None
) -> None:
    text = e.OutcomeProposed(
        number=1,
        basis=Code("agreement"),
        outstanding=tuple(map(Words, outstanding)),
        followed=tuple(map(Words, followed)),
    )
    assert settled().is_refused(text) == reason
