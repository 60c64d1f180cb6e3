"""Each kind of rule in plain words: the document, what is beside the stages, stages and ways on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kinds import ALL, a_stage, a_step, a_way, stages
from tests.unit.policy.explained import first_stage, said, section
from tests.unit.policy.written_policies import written

COORDINATOR = "partnership.coordinator"


# --- the document ---------------------------------------------------------------------------------


def test_layers_are_named_with_what_is_left_out_and_why() -> None:
    words = section(written("ready-steady-grow"), "layers")
    assert "This adopts “Procedures and safeguarding policies on escalation”" in words
    assert "published by Bromley Safeguarding Children Partnership." in words
    assert "That adopts “London Child Protection Procedures" in words
    assert "The way on “to management”. The pre-school has a stage of its own" in words
    assert words.rstrip().endswith("(stage 2)")


def test_what_the_policy_does_not_say_has_its_reason() -> None:
    silent = [{"about": "How long the managers have", "why": "The text is silent.", **ALL}]
    words = said("not-stated", not_stated=silent)
    assert "- How long the managers have. The text is silent. (1)" in words


def test_related_texts_and_addresses() -> None:
    one = {"id": "x", "title": "The manual", **ALL}
    assert "- The manual (1)" in said("related", related=[one])
    assert "- The manual: page 7 (1)" in said("related", related=[one | {"where": "page 7"}])
    assert "- The manual: by post (1)" in said("contacts", contacts=[one | {"address": "by post"}])


def test_whom_it_may_be_about_is_said_where_the_policy_narrows_it() -> None:
    assert "A child or an unborn child." in said("about", about=["child", "unborn child"])
    assert "Whom" not in said("about")


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ({"every": "two years"}, ["It is reviewed every two years. (1)"]),
        ({"or_when": ["The law changes"]}, ["It is reviewed if this happens: (1)", "- The law"]),
        (
            {"every": "year", "or_when": ["The law changes"]},
            ["It is reviewed every year.", "It is reviewed sooner if this happens:"],
        ),
    ],
)
def test_when_the_policy_is_reviewed(review: dict[str, Any], words: list[str]) -> None:
    assert all(part in said("review", review=review | ALL) for part in words)


# --- before and beside the stages -----------------------------------------------------------------


def test_what_to_check_first_and_what_holds_meanwhile() -> None:
    checks = [{"id": "x", "text": "Have you written the referral?", **ALL}]
    assert "- Have you written the referral? (1)" in said("before-raising", before_raising=checks)
    holds = [{"text": "The plan holds.", **ALL}]
    assert "- The plan holds. (1)" in said("meanwhile", meanwhile=holds)


def test_from_when_the_policy_counts_as_invoked() -> None:
    words = said("invoked", invoked={"at": "opened two", **ALL})
    assert "counts as invoked when the case comes to “Stage two”. (1)" in words


def test_in_an_urgent_case_other_times_hold() -> None:
    urgent = {"when": "A child is in danger", "limits": {"talk": "4 hours"}, **ALL}
    words = said("immediate-risk", urgent=urgent)
    assert "These times are shorter then:\n\n- Do talk: within 4 hours. (1)" in words
    assert "In an urgent case: Within 4 hours." in said("stage-one", urgent=urgent)


def test_an_exit_says_when_where_to_and_what_happens_to_the_case() -> None:
    one: dict[str, Any] = {
        "id": "x",
        "title": "Complain",
        "kind": "complaint",
        "when": "It is about conduct",
        **ALL,
    }
    one |= {"where": "The procedure", "stage": "Stage 2", "from": ["one"]}
    words = said("exits", exits=[one | {"ends": True}])
    assert "- What to do: Complain. (1)\n- When: It is about conduct." in words
    assert "- Where it leads: The procedure.\n- Which part of it: Stage 2." in words
    assert "- From where: Only from “Stage one”." in words
    assert "The case ends here." in words
    assert "The case stays open and goes on here as well." in said("exits", exits=[one])


# --- stages ---------------------------------------------------------------------------------------


def tracks_of(**keys: Any) -> list[dict[str, Any]]:
    return [
        {"id": "plans", "title": "About a plan", "stages": ["one", "two"], **ALL} | keys,
        {"id": "the-rest", "stages": ["two"], **ALL},
    ]


def test_tracks_say_which_disagreements_take_which_way() -> None:
    about = {"grounds": ["plan"], "challenged": ["youth-justice"], "opened_by": ["worker"]}
    words = said("tracks", tracks=tracks_of(when="It is about a plan", **about))
    assert "There are two ways through the stages." in words
    assert "- Which way: About a plan (1)\n- What it is for: It is about a plan." in words
    assert "- What it may be about: The plan." in words
    assert "- Whose practice it is about: An agency of this kind: youth justice." in words
    assert "- Who may begin it: Worker." in words
    assert "- Which way: The rest (1)\n- Its stages: “Stage two”." in words
    one = said("stage-one", tracks=tracks_of())
    assert "- For which disagreements: Only for: About a plan." in one
    assert "For which" not in said("stage-two", tracks=tracks_of())


def test_one_way_through_all_the_stages_needs_no_words() -> None:
    assert said("tracks") == ""
    assert "There is one way." in said("tracks", tracks=tracks_of()[:1])


def test_stages_are_counted_as_the_text_numbers_them() -> None:
    words = section(written("ready-steady-grow"), "stages")
    assert "There are four stages." in words
    assert "Stage 4, which has three parts: “Bromley Safeguarding Children Partnership”" in words
    assert "Beside them there are these, which have no number:" in words
    assert "There are five stages." in section(written("brent"), "stages")
    assert "no numbered stages" in section(written("bexley"), "stages")
    one = [a_stage("one", number="1", ways_on=[a_way("up", "two")], steps=[a_step("talk")])]
    words = said("stages", stages=[*one, a_stage("two", steps=[a_step("later")])])
    assert "There is one stage.\n\n- Stage 1: Stage one (1)" in words
    assert "Beside them there is this, which has no number:\n\n- Stage two (1)" in words


def test_a_stage_says_how_formal_it_is_who_speaks_and_who_is_told() -> None:
    speaks = {"raising": "worker", "receiving": "manager"}
    keys: dict[str, Any] = {
        "band": "formal",
        "tells": [COORDINATOR],
        "speaks": speaks,
        "inside": "raising",
    }
    words = said("stage-two", stages=[stages()[0], a_stage("two", steps=[a_step("b")], **keys)])
    assert "This happens inside the agency that raised the concern. It is formal. (1)" in words
    assert "- Who speaks for the agency that raised it: Worker (1)" in words
    assert "Who speaks for the other agency" not in words
    assert "- Who is told when it comes here: Coordinator (1)" in words
    del keys["inside"]
    words = said("stage-two", stages=[stages()[0], a_stage("two", steps=[a_step("b")], **keys)])
    assert "- Who speaks for the other agency: Manager (1)" in words
    assert "- Who speaks for each agency: Worker (1)" in said("stage-one")


def test_a_letter_has_its_address_its_marking_and_what_it_must_say() -> None:
    letter = a_step("write", kind="letter", settles=False, to="The office", marked="For the Chair")
    words = first_stage(steps=[letter | {"says": ["The reasons", "What was tried."]}])
    assert "- Who it goes to: Worker in the other agency" in words
    assert "- Where it is sent: The office\n- How it is marked: For the Chair" in words
    assert "- What it must say: The reasons; what was tried." in words


def test_who_must_be_satisfied_is_said_instead_of_that_agreement_settles_it() -> None:
    assert "- If they agree: That settles it." in first_stage()
    words = first_stage(steps=[a_step("talk", satisfies="raising.worker")])
    assert "- Whom it must satisfy: Worker in the agency that raised the concern. It is" in words
    assert "If they agree" not in words


def test_when_a_step_starts_and_ends_is_said_where_it_is_unusual() -> None:
    assert "When it starts" not in first_stage()
    second = a_step("second", starts=["not agreed talk"], stops=["left one"])
    words = first_stage(steps=[a_step("talk"), second])
    assert "- When it starts: They do not agree at this: “Do talk”." in words
    assert "- When it ends: The case leaves “Stage one”." in words


def test_what_both_do_together_is_said_once() -> None:
    words = first_stage(steps=[a_step("talk", by="each", **{"with": "each"})])
    assert "- Who does it: Worker in each agency, together" in words
    assert "With whom" not in words


def test_what_may_be_done_has_no_time_unless_it_has_one() -> None:
    assert "By when" not in first_stage(
        steps=[a_step("talk", force="may", limit="not stated")], ways_on=[]
    )
    assert "By when: Within 2" in first_stage(steps=[a_step("talk", force="may")])


def test_steps_at_any_stage_and_after_the_end() -> None:
    steps = {"steps": [a_step("refer", kind="referral", settles=False)], **ALL}
    assert "- What to do: Do refer. This must be done. (1)" in said("any-stage", any_stage=steps)
    after = said("afterwards", afterwards=steps)
    assert after.startswith("## After the case has ended")
    assert "- To whom: Whoever speaks for the other agency" in after


# --- ways on --------------------------------------------------------------------------------------


def test_all_conditions_are_said_each_in_a_sentence() -> None:
    conditions = [{"id": "risk", "title": "The child is at risk", **ALL}]
    any_of = {"any": ["risk", "missed talk"]}
    waited = {"passed": "10 working days", "since": "opened one"}
    way = a_way("up", "two", when=["unresolved", any_of, waited])
    words = said("stage-one", stages=stages(way), conditions=conditions)
    assert (
        "- When it is open: If the sides do not agree. And only if this is so: “The child is at "
        "risk”, or if the time for this has passed: “Do talk”. And only if this much time has "
        "passed, 10 working days, from when the case comes to “Stage one”."
    ) in words


def test_approval_says_who_gives_it_and_what_follows_if_it_is_refused() -> None:
    up = a_way("up", "two", approval="raising.manager", after=["talk"])
    words = first_stage(ways_on=[up])
    assert "- Who must approve it first: Manager in the agency that raised the concern" in words
    assert "- If approval is refused: The case stays at this stage." in words
    assert "- What must be tried first: “Do talk”." in words
    words = first_stage(ways_on=[up, a_way("around", "two", when=["refused up"])])
    assert "- If approval is refused: Then there is another way: “Go on to two”." in words
    assert "- When it is open: If approval for this was refused: “Go on to two”." in words


def test_a_way_to_its_own_stage_and_one_back() -> None:
    again = a_way("again", "one")
    assert "Stage one, again. Each time it is the next person (1)" in first_stage(ways_on=[again])
    back = [stages()[0], a_stage("two", steps=[a_step("b")], ways_on=[a_way("down", "one")])]
    assert "- What may come next: Back to: Stage one (1)" in said("stage-two", stages=back)
    assert "Back to" not in section(written("ready-steady-grow"), "stage-liaison")


def test_a_way_called_as_the_stage_it_leads_to_is_said_once() -> None:
    words = first_stage(ways_on=[a_way("up", "two", title="Stage two")])
    assert "- What may come next: Stage two (1)\n- How: This should be done." in words


def test_a_way_for_some_tracks_says_which() -> None:
    way = a_way("up", "two", tracks=["plans"])
    words = said("stage-one", stages=stages(way), tracks=tracks_of())
    assert "- For which disagreements: Only for: About a plan." in words


def test_a_jump_says_from_where_and_by_whom() -> None:
    jump = {"id": "jump", "to": ["two"], "title": "Go there", "by": "partnership.chair", **ALL}
    words = said("jumps", jumps=[jump])
    assert "The reason is always written down" in words
    assert "- Who does it: Chair\n- From where: From any stage." in words
    assert "- From where: Only from “Stage one”." in said("jumps", jumps=[jump | {"from": ["one"]}])
    back = jump | {"to": ["one"]}
    assert "No stage comes after this one." in said("stage-two")
    assert "No stage comes after this one." not in said("stage-two", jumps=[back])
