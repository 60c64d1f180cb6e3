"""What differs between two policies, said in plain English and counted once."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpart.policy.comparing import Difference, are_kin, as_sections, compare
from counterpart.policy.comparing.rules import ITSELF, STAGES, TOPICS
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.policy.sections import as_markdown
from tests.casebook import BRENT_FILE, brent
from tests.unit.policy.drawing.everything import FILE, everything
from tests.unit.policy.drawing.pictured import NAMES, pictured
from tests.unit.policy.edits import EDITS, MORE_EDITS

TEXT = BRENT_FILE.read_text(encoding="utf-8")
AREAS = {"bexley": "Bexley", "somerset": "Somerset", "ready-steady-grow": "Bromley"}


def edited(*changes: tuple[str, str]) -> Policy:
    """Brent with pieces of its text replaced, each once."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return load_policy(text.encode())


def only(policy: Policy) -> Difference:
    """The one difference between Brent and an edited Brent."""
    found = compare(brent(), policy)
    assert [one.rule for one in found] == [one.rule for one in found[:1]]
    assert len(found) == 1
    return found[0]


def moved(a: str, b: str) -> dict[str, Difference]:
    return {one.rule: one for one in compare(in_its_area(a), in_its_area(b))}


def in_its_area(name: str) -> Policy:
    policy = pictured()[name]
    return replace(policy, area=AREAS.get(name, policy.area))


@pytest.mark.parametrize("name", EDITS)
def test_each_kind_of_edit_gives_its_one_difference(name: str) -> None:
    old, new, topic, rule = EDITS[name]
    one = only(edited((old, new)))
    assert (one.topic, one.rule) == (topic, rule)
    assert one.a != one.b
    assert one.a_clause or one.b_clause or rule in ("calendars", "counting")


@pytest.mark.parametrize("name", MORE_EDITS)
def test_each_kind_of_edit_of_the_rest_of_the_language_gives_one_difference(name: str) -> None:
    old, new, rule = MORE_EDITS[name]
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (one,) = compare(everything(), load_policy(text.replace(old, new, 1).encode()))
    assert one.rule == rule
    assert one.a != one.b


def test_a_jump_to_two_stages_is_two_ways_and_so_two_differences() -> None:
    by = "because of risk, by: "
    text = FILE.read_text(encoding="utf-8")
    other = text.replace(f"{by}partnership.coordinator", f"{by}raising.manager", 1)
    found = compare(everything(), load_policy(other.encode()))
    assert [one.rule for one in found] == ["jumps straight-panel", "jumps straight-managers"]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_taken_back_is_the_same_difference_the_other_way_round(name: str) -> None:
    old, new, _, _ = EDITS[name]
    policy = edited((old, new))
    (there,), (back,) = compare(brent(), policy), compare(policy, brent())
    assert (there.rule, there.a, there.b) == (back.rule, back.b, back.a)


def test_two_edits_are_two_differences_in_the_order_a_person_asks() -> None:
    edits = [EDITS[name] for name in ("it is reviewed later", "a stage has another title")]
    found = compare(brent(), edited(*((old, new) for old, new, _, _ in edits)))
    assert [one.topic for one in found] == [STAGES, ITSELF]


def test_only_a_new_label_or_date_is_no_difference_in_the_rules() -> None:
    label = ("edition: Version 2", "edition: Version 3")
    assert compare(brent(), edited(label, ("2014-12-03", "2026-12-03"))) == ()


def test_principles_are_not_compared_word_by_word() -> None:
    assert compare(brent(), edited(("A child's welfare comes first", "A child comes first"))) == ()


def test_an_edition_says_what_was_what_is_what_is_added_and_what_is_gone() -> None:
    old, new, _, _ = EDITS["a step has a time"]
    changed = only(edited((old, new))).words
    assert changed == (
        "Before: for “Speak to the manager at the same level in the other agency”, the policy "
        "gives no time. Now: for “Speak to the manager at the same level in the other agency”, "
        "the time is: within 2 working days."
    )
    old, new, _, _ = EDITS["a step is added"]
    policy = edited((old, new))
    assert only(policy).words.startswith("Added: at “Stage Three: Manager to manager”, this must")
    assert compare(policy, brent())[0].words.startswith("Removed: at “Stage Three")


def test_a_stage_that_is_gone_is_one_difference_and_not_one_for_each_thing_in_it() -> None:
    start, end = TEXT.index("  - id: own-manager"), TEXT.index("  - id: other-worker")
    text = (TEXT[:start] + TEXT[end:]).replace("over: [own-manager, ", "over: [", 1)
    found = compare(brent(), load_policy(text.encode()))
    assert [one.rule for one in found] == ["stages own-manager", "clocks one-working-week"]
    assert found[0].words.startswith("Removed: there is “Stage One: Talk to your own manager”.")


# --- two policies that have nothing to do with each other ------------------------------------------


def test_brents_panel_decides_and_bromleys_recommends() -> None:
    found = moved("brent", "ready-steady-grow")["panels 1 authority"]
    assert found.words == (
        "In Brent, the panel’s decision is binding. "
        "In Bromley, the panel recommends. The agencies decide."
    )
    assert (found.a_clause, found.b_clause) == ("2.6 decision", "BSCP panel")


def test_stages_are_matched_by_who_speaks_there() -> None:
    found = moved("brent", "ready-steady-grow").values()
    both = {(one.a[:40], one.b[:40]) for one in found if one.a and one.b and "There is “" in one.a}
    assert (
        "There is “Stage Three: Manager to manage",
        "There is “Stage 2: Manager to manager, o",
    ) in both
    assert any("Stage Four" in a and "Stage 3: Senior manager" in b for a, b in both)
    alone = [one.a for one in found if one.a and not one.b and one.a.startswith("There is “Stage")]
    assert [words.split(".")[0] for words in alone] == [
        "There is “Stage One: Talk to your own manager”"
    ]


def test_what_only_one_has_is_said_of_the_other() -> None:
    found = moved("brent", "bexley")
    assert found["urgent"].words.endswith("In Bexley, there is no urgent route.")
    assert found["number of stages"].words == (
        "In Brent, there are five stages. In Bexley, there are two stages."
    )
    assert "panels 1" in found
    assert not [rule for rule in found if rule.startswith("panels 1 ")]


def test_a_wording_is_no_difference_between_two_areas() -> None:
    reworded = replace(
        edited(("what: Speak to the manager at the same level", "what: Ring the manager")),
        id="elsewhere",
        area="Elsewhere",
    )
    assert compare(brent(), reworded) == ()


def test_a_role_of_another_name_that_the_same_posts_fill_is_no_difference() -> None:
    text = TEXT.replace("safeguarding-lead,", "dsl,").replace(".safeguarding-lead", ".dsl")
    renamed = load_policy(text.replace("id: brent\n", "id: elsewhere\n", 1).encode())
    assert not are_kin(brent(), renamed)
    assert compare(brent(), renamed) == ()


def test_layers_of_one_policy_are_matched_by_their_ids_and_called_by_their_areas() -> None:
    from counterpart.policy.model import Layer

    local = replace(
        edited(("authority: binding", "authority: mediation")),
        id="local",
        area="Kilburn",
        layers=(Layer("brent", "Inter-Agency Escalation Policy", "Version 2", "Brent"),),
    )
    assert are_kin(brent(), local)
    assert only(local).words == (
        "In Brent, the panel’s decision is binding. "
        "In Kilburn, the panel helps the agencies to agree. It does not decide."
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    policy = pictured()[name]
    assert compare(policy, policy) == ()
    assert compare(policy, replace(policy, id="elsewhere")) == ()


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_it_does_not_matter_which_is_named_first(one: str, other: str) -> None:
    a, b = in_its_area(one), in_its_area(other)
    there = {(d.rule, d.a, d.b) for d in compare(a, b)}
    back = {(d.rule, d.b, d.a) for d in compare(b, a)}
    assert {(a, b) for _, a, b in there} == {(a, b) for _, a, b in back}
    assert len(there) == len(compare(a, b)) == len(back)


@pytest.mark.parametrize(("one", "other"), list(product(NAMES[:5], NAMES[:5])))
def test_every_difference_can_be_told_from_its_words_and_cites_what_there_is(
    one: str, other: str
) -> None:
    a, b = in_its_area(one), in_its_area(other)
    for found in compare(a, b):
        assert found.a != found.b
        assert found.topic in TOPICS
        assert re.fullmatch(r"In .*[.!?]", found.words)
        assert not re.search(r"\.\.|  |None|\(\)", found.words)
        assert found.a_clause is None or found.a_clause in a.clauses
        assert found.b_clause is None or found.b_clause in b.clauses


@given(st.sets(st.sampled_from(sorted(EDITS)), max_size=6))
def test_any_edits_together_are_each_found_and_nothing_else(chosen: set[str]) -> None:
    text = TEXT
    for name in sorted(chosen):
        text = text.replace(EDITS[name][0], EDITS[name][1], 1)
    there = compare(brent(), load_policy(text.encode()))
    made = {EDITS[name][3] for name in chosen if EDITS[name][1] in text}
    assert {one.rule for one in there} >= made
    assert len(there) <= len(chosen)


# --- on a page -------------------------------------------------------------------------------------


def test_a_page_has_a_section_for_each_topic_that_differs() -> None:
    a, b = in_its_area("brent"), in_its_area("ready-steady-grow")
    found = compare(a, b)
    page = as_sections(a, b, found)
    assert page[0].heading == "Brent and Bromley"
    assert [s.heading for s in page[1:]] == [t for t in TOPICS if t in {d.topic for d in found}]
    text = as_markdown(page)
    assert "(Brent: 2.6 decision, Bromley: BSCP panel)" in text
    assert text.count("\n- ") == len(found)


def test_a_difference_can_be_written_as_json() -> None:
    for one in compare(in_its_area("brent"), in_its_area("everything")):
        assert json.loads(json.dumps(asdict(one))) == asdict(one)


def test_a_page_of_no_differences_says_that_the_rules_are_the_same() -> None:
    (section,) = as_sections(brent(), brent(), ())
    assert "The rules are the same." in as_markdown([section])
    assert section.heading == "Inter-Agency Escalation Policy: Version 2 and Version 2"
