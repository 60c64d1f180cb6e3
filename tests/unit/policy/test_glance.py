"""Two policies beside each other at a glance, before every rule of them."""

from counterpart.policy.comparing import as_sections, compare
from counterpart.policy.glance import QUESTIONS, at_a_glance
from counterpart.policy.sections import as_markdown
from tests.casebook import brent
from tests.kinds import a_policy, a_step, stages


def test_the_answers_are_those_of_the_policy() -> None:
    answers = dict(zip(QUESTIONS, at_a_glance(brent()), strict=True))
    assert answers["Numbered stages"] == "five"
    assert answers["Who settles it in the end"] == "Chair of the Board"
    assert "1 working week" in answers["Times it gives"]
    assert "binding" in answers["What a panel’s decision means"]


def test_a_policy_with_nothing_of_a_kind_says_so() -> None:
    talks = stages(steps=[a_step("talk", limit="not stated")])
    answers = dict(zip(QUESTIONS, at_a_glance(a_policy(stages=talks)), strict=True))
    assert answers["Numbered stages"] == "none numbered"
    assert answers["Who settles it in the end"] == "The agencies themselves"
    assert answers["What a panel’s decision means"] == "no panel"


def test_two_areas_are_shown_beside_each_other_and_two_editions_are_not() -> None:
    one, other = brent(), a_policy()
    areas = as_markdown(as_sections(one, other, compare(one, other)))
    assert "| Numbered stages | five | none numbered |" in areas
    later = a_policy(edition="Second")
    assert "At a glance" not in as_markdown(as_sections(other, later, compare(other, later)))
