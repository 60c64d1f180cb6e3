"""What a policy may say of what passes between the sides: meetings, more time, risk that remains."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.policy.comparing import compare
from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.loading import PolicyRefused
from counterpart.policy.model import BETWEEN, Policy, Seat
from tests.kinds import ALL, a_policy, a_step, stages

MEETING = {"kind": "meeting", "by": "each", "with": "each", "required_by": "parties"}
RISK = {"tells": ["raising.manager", "partnership.coordinator"], **ALL}


def with_meeting(**keys: Any) -> Policy:
    return a_policy(any_stage={"steps": [a_step("meet", **(MEETING | keys))], **ALL})


def said(policy: Policy) -> str:
    return as_markdown(explain(policy))


def problems(**keys: Any) -> set[str]:
    with pytest.raises(PolicyRefused) as refused:
        a_policy(**keys)
    return {problem.code for problem in refused.value.problems}


# --- a meeting that may be required ---------------------------------------------------------------


def test_what_somebody_may_do_is_owed_once_it_is_required_and_until_it_is_held() -> None:
    clock = with_meeting(force="may").clocks["meet"]
    assert clock.starts == ("required meet",)
    assert clock.stops == ("done meet",)


def test_what_is_owed_anyway_starts_as_ever_and_when_it_is_required() -> None:
    clock = with_meeting(force="must").clocks["meet"]
    assert clock.starts == ("raised", "required meet")
    assert clock.stops == ("done meet", "settled")


def test_who_may_require_it_and_who_arranges_it_is_explained() -> None:
    words = said(with_meeting(required_by="statutory", arranged_by="partnership.coordinator"))
    assert "Each agency in the disagreement, and any other statutory agency." in words
    assert "**Who arranges it**: Coordinator" in words
    assert "Once it is required, it must be held." in words
    assert "The agency that requires it." in said(with_meeting())


def test_only_a_meeting_may_be_required_and_only_that_is_arranged_so() -> None:
    talk = a_step("talk", required_by="parties")
    assert problems(stages=stages(steps=[talk])) == {"not-a-meeting"}
    talk = a_step("talk", kind="meeting", arranged_by="raising")
    assert problems(stages=stages(steps=[talk])) == {"missing"}
    talk = a_step("talk", kind="meeting", required_by="parties", arranged_by="raising.nobody")
    assert problems(stages=stages(steps=[talk])) == {"no-such-role"}


def test_what_was_required_is_a_trigger_for_other_steps_too() -> None:
    notice = a_step("tell", kind="notice", settles=False, starts=["required meet"])
    policy = a_policy(any_stage={"steps": [a_step("meet", **MEETING), notice], **ALL})
    assert "an agency requires this meeting: “Do meet”" in said(policy).replace("An ", "an ")


@pytest.mark.parametrize("name", [name for name in BETWEEN if "_" not in name])
def test_no_step_is_called_like_a_duty_that_every_case_may_have(name: str) -> None:
    assert problems(stages=stages(steps=[a_step(name), a_step("talk")])) == {"same-id"}


# --- more time ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_allowed", "words"),
    [
        (True, "The agencies may agree to more time"),
        (False, "A time is not made longer, even if every agency agrees to it."),
    ],
)
def test_whether_more_time_may_be_agreed_is_explained(is_allowed: bool, words: str) -> None:
    policy = a_policy(extending={"allowed": is_allowed, **ALL})
    assert policy.extending is not None
    assert policy.extending.is_allowed is is_allowed
    assert words in said(policy)
    assert "## More time" not in said(a_policy())


# --- risk that remains ----------------------------------------------------------------------------


def test_the_first_who_is_told_says_what_will_be_done_unless_the_policy_names_another() -> None:
    first = a_policy(still_at_risk=RISK).still_at_risk
    other = a_policy(still_at_risk=RISK | {"by": "partnership.chair"}).still_at_risk
    assert first is not None
    assert other is not None
    assert (first.by, other.by) == (Seat("raising", "manager"), Seat("partnership", "chair"))
    assert other.tells == first.tells


def test_who_is_told_and_how_soon_they_answer_is_explained() -> None:
    words = said(a_policy(still_at_risk=RISK | {"limit": "1 working day"}))
    assert "believe that the child is at risk. If they do, these people are told at once:" in words
    assert "- Manager in the agency that raised the concern" in words
    assert "**By when**: Within 1 working day." in words


def test_nobody_sets_that_time_case_by_case() -> None:
    limit = {"set_by": "partnership.coordinator"}
    assert problems(still_at_risk=RISK | {"limit": limit}) == {"not-a-limit"}


# --- compared -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys",
    [
        {"extending": {"allowed": False, **ALL}},
        {"still_at_risk": RISK},
        {"any_stage": {"steps": [a_step("meet", **MEETING)], **ALL}},
    ],
)
def test_another_edition_that_says_so_differs(keys: dict[str, Any]) -> None:
    plain = {"any_stage": {"steps": [a_step("meet", **(MEETING | {"required_by": None}))], **ALL}}
    before = a_policy(**(plain if "any_stage" in keys else {}))
    found = compare(before, a_policy(**keys))
    assert found
    assert all(one.words for one in found)
