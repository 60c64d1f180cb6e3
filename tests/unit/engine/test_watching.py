"""Who of the office watches a case, and to whom word goes that was for a desk which may not see it. Values alone."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from counterpart.casework.ladders import the_usual_ladder
from counterpart.engine.keeping import Keeping
from counterpart.engine.kinds import Code, Id
from counterpart.engine.ladder import told_by
from counterpart.engine.notices import LEFT, NEW_DUTY, Notice
from counterpart.engine.state import CaseState
from counterpart.engine.watching import instead, is_in_their_place, watchers
from tests.casebook import Case
from tests.fakes import FakeDirectory, a_directory
from tests.kinds import ALL, a_policy, a_step, stages

USUAL = the_usual_ladder()
ORDER = USUAL.watches
MANAGER, CHAIR, HEAD = (
    f"partnership-{tier}"
    for tier in ("business_manager", "independent_chair", "head_of_safeguarding")
)
HER_OWN = Id(f"holder-of-{MANAGER}")


@pytest.fixture
def case() -> Case:
    return Case(a_policy(stages=stages(steps=[a_step("talk")])), grounds=["plan"])


def kept_out(state: CaseState) -> CaseState:
    """The business manager is kept from the case."""
    kept = MappingProxyType({HER_OWN: Code("family_tie")})
    return replace(state, keeping=Keeping(kept_out=kept))


def restricted(state: CaseState, *posts: str) -> CaseState:
    """Of the office, only the holders of these posts are named."""
    named = tuple(Id(f"holder-of-{post}") for post in posts)
    return replace(state, keeping=Keeping(restricted_to=named))


def watching(state: CaseState, directory: FakeDirectory) -> list[str]:
    return [post.id for post in watchers(state, directory, ORDER)]


def test_a_case_that_nobody_is_kept_from_is_the_desks_even_while_that_is_vacant(case: Case) -> None:
    assert watching(case.state, a_directory()) == [MANAGER]
    assert watching(case.state, a_directory().with_vacant(MANAGER)) == [MANAGER]


def test_one_that_she_is_kept_from_is_the_next_ones_in_order_and_at_last_nobodys(
    case: Case,
) -> None:
    state, there = kept_out(case.state), a_directory().with_vacant(MANAGER)
    assert watching(state, there) == [CHAIR]
    there = there.with_vacant(CHAIR)
    assert watching(state, there) == [HEAD]
    assert watching(state, there.with_vacant(HEAD)) == []


def test_of_a_restricted_case_it_is_the_first_in_order_of_those_named(case: Case) -> None:
    directory = a_directory()
    assert watching(restricted(case.state, HEAD, MANAGER), directory) == [MANAGER]
    assert watching(restricted(case.state, HEAD), directory) == [HEAD]
    found = watchers(restricted(case.state, HEAD), directory, ORDER)
    assert is_in_their_place(found, ORDER)
    assert watching(restricted(case.state, "school-practitioner"), directory) == []


def test_word_for_her_goes_to_whoever_watches_once_and_all_other_word_where_it_was_going(
    case: Case,
) -> None:
    owed = (
        Notice(LEFT, "e", post=Id(MANAGER)),
        Notice(LEFT, "e", post=Id(CHAIR)),
        Notice(NEW_DUTY, "d", post=Id("school-practitioner")),
        Notice(LEFT, "e", person=Id("p")),
    )
    there = a_directory().with_vacant(MANAGER)
    assert instead(owed, kept_out(case.state), there, ORDER) == owed[1:]
    assert instead(owed, case.state, a_directory(), ORDER) == owed


@pytest.mark.parametrize("seat", ["partnership.coordinator", "partnership.chair"])
def test_a_policys_own_rung_for_her_is_told_to_whoever_watches(case: Case, seat: str) -> None:
    rung = {"id": "one", "when": "at", "tells": [seat], **ALL}
    (asked,) = a_policy(ladder=[rung]).ladder
    there, state = a_directory().with_vacant(MANAGER), kept_out(case.state)
    (duty,) = (d for d in case.duties(there) if d.clock == "talk")
    found = told_by(case.policy, state, there, duty, asked, USUAL)
    assert [post.id for post in found] == [CHAIR]
    # while nobody is kept from it, a vacant post is passed over as it always was
    found = told_by(case.policy, case.state, there, duty, asked, USUAL)
    assert [post.id for post in found] == ([] if seat == "partnership.coordinator" else [CHAIR])


def test_of_a_restricted_case_no_rung_tells_anybody_of_the_office_who_is_not_named(
    case: Case,
) -> None:
    last, state = USUAL.rungs[-1], restricted(case.state, CHAIR)
    (duty,) = (d for d in case.duties(a_directory()) if d.clock == "talk")
    found = told_by(case.policy, state, a_directory(), duty, last, USUAL)
    assert [post.id for post in found] == [CHAIR]
