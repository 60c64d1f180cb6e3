"""What a dissent brings back to life, and what it does not."""

from __future__ import annotations

from typing import Any

from tests.casebook import Case
from tests.fakes import SCHOOL, SOCIAL_CARE
from tests.kinds import a_policy, a_stage, a_step, a_way


def dissented(*steps: dict[str, Any], **keys: Any) -> Case:
    """Settled in the first talk; then the other agency does not confirm what was written."""
    policy = a_policy(
        stages=[a_stage("one", steps=list(steps), **keys), a_stage("two", steps=[a_step("end")])]
    )
    case = Case(policy, grounds=()).records("talk", "agreed", SOCIAL_CARE).proposes()
    return case.confirms(SCHOOL).dissents(SOCIAL_CARE)


def test_what_one_may_do_is_not_owed_after_a_dissent() -> None:
    mediate = a_step("mediate", kind="meeting", force="may", limit="not stated")
    assert dissented(a_step("talk"), mediate).owed() == ["talk"]


def test_a_talk_that_waits_for_something_is_not_owed_before_it_has_happened() -> None:
    second = a_step("second", starts=["done letter"], limit="not stated")
    letter = a_step("letter", kind="letter", settles=False, force="may", limit="not stated")
    assert dissented(a_step("talk"), letter, second).owed() == ["talk"]


def test_moving_on_is_owed_after_a_dissent_though_the_first_talk_had_settled_it() -> None:
    assert dissented(a_step("talk"), ways_on=[a_way("up", "two")]).owed() == ["way-up"]
