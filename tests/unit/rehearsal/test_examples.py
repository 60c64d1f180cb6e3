"""Examples are read strictly, with every problem at once, and a line that does not hold says why."""

import pytest

from counterpart.policy.problems import MOST_PROBLEMS
from counterpart.rehearsal.examples import ExamplesRefused, play, read_examples
from tests.casebook import brent
from tests.unit.rehearsal.kinds import failure, kinds, played

RAISED = "- {raised: 2026-11-02 09:00, by: school, with: [social-care]}\n"
CONSULT = "consult-manager: {from: worker at school, by: no time}"
WEEK = "one-working-week: {from: worker at school, by: end of 2026-11-09}"


def problems(text: str) -> list[str]:
    with pytest.raises(ExamplesRefused) as refused:
        read_examples(text.encode(), name="e.yaml")
    return [f"{p.line}:{p.column} {p.code} {p.words}" for p in refused.value.problems]


def problems_of(story: str) -> list[str]:
    """The problems of a story whose first line is line 4 of the file."""
    head = "format: 1\npolicy: p.yaml\nexamples:\n- {name: A story, story: ["
    return problems(f"{head}{story}]}}\n")


# --- reading --------------------------------------------------------------------------------------


def test_every_problem_is_told_at_once_each_with_its_place() -> None:
    text = """format: 1
policy: policy.yaml
examples:
  - name: A
    story:
      - {raised: 2026-11-02 09:00, by: school, wth: [social-care]}
      - {recordd: consult-manager}
      - {recorded: consult-manager, result: agred, at: tomorrow}
      - {moved on: x, confirmed by: school}
      - then: {stge: x, due: {a: {from: x at y}, b: {from: x, by: 2026-02-31 09:00}, c: 3}}
  - nme: B
    story: []
  - 3
"""
    assert problems(text) == [
        "6:9 missing 'raised' needs 'with'",
        "6:48 unknown-key 'wth' is not a word 'raised' has; did you mean 'with'?",
        "7:10 unknown-key 'recordd' is not a word a story has; did you mean 'recorded'?",
        "8:37 wrong-value write one of these: done, agreed, partly, not_agreed, not_held, needed, not_needed",
        "8:52 wrong-value write a time like 2026-11-02 09:00, or 'end of 2026-11-09'",
        "9:9 wrong-value 'moved on' and 'confirmed by' are two lines, not one",
        "10:16 unknown-key 'stge' is not a word 'then' has; did you mean 'stage'?",
        "10:31 missing a duty needs 'by'",
        "10:63 wrong-value There is no such date and time. Check each part of it.",
        "10:86 wrong-value a duty is written with keys, like 'key: value'",
        "11:5 missing an example needs 'name'",
        "11:5 unknown-key 'nme' is not a word an example has; did you mean 'name'?",
        "13:5 wrong-value an example is written with keys, like 'key: value'",
    ]


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ("", "a story begins with 'raised'"),
        ("{withdrawn: 2026-11-02 09:00}", "a story begins with 'raised'"),
        ("{raised: 2026-11-02 09:00, by: a, with: b}", "a story says at least once what follows"),
        (
            "{raised: 2026-11-02 09:00, by: a, with: b}, {raised: 2026-11-02 09:00, by: a, with: b}",
            "'raised' is the first line of a story",
        ),
        ("{raised: 2026-11-02 09:00, by: a, with: b}, {then: {}}", "'then' says what is so now"),
        ("{raised: 2026-11-02, by: a, with: b}", "write a time like"),
        ("{raised: 2026-03-29 01:30, by: a, with: b}", "does not exist in London"),
        ("{raised: 2026-11-02 09:00, by: , with: b}", "something is missing here"),
        ("{raised: 2026-11-02 09:00, by: [a], with: b}", "one word or name belongs here"),
        ("{raised: 2026-11-02 09:00, by: a, with: b, urgent: maybe}", "write true or false"),
        ("{date given: conference, on: soon}", "write a day like 2026-11-20"),
        ("{named: manager}", "write a role and where, like 'line-manager at school'"),
        ("{outcome written: 2026-11-02 09:00, actions: {x: health}}", "write whose it is"),
        ("{then: {due: {x: {from: a, by: never}}}}", "or 'no time', or 'cannot be worked out'"),
        ("{}", "'' is not a word a story has"),
        ("recorded", "a line of a story is written with keys"),
    ],
)
def test_what_does_not_belong_is_said_in_plain_words(story: str, words: str) -> None:
    found = problems_of(story)
    assert any(words in problem for problem in found), found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1:1 wrong-value a file of examples is written with keys, like 'key: value'"),
        ("format: 2\npolicy: p\nexamples: []\n", "1:1 wrong-value write one of these: 1"),
        ("format: 1\nexamples: []\n", "1:1 missing a file of examples needs 'policy'"),
        ("format: 1\npolicy: p\nexamples: {}\n", "3:1 wrong-value 'examples' is a list, each"),
        ("format: 1\npolicy: &a p\nexamples: []\n", "no-references"),
        ("format: 1\nformat: 1\n", "2:1 not-yaml 'format' is written twice"),
        ("format: [1\n", "not-yaml"),
    ],
)
def test_a_file_that_is_none_of_examples_is_refused(text: str, words: str) -> None:
    found = problems(text)
    assert any(words in problem for problem in found), found


def test_a_story_too_long_to_follow_is_refused_and_problems_have_an_end() -> None:
    raised = "{raised: 2026-11-02 09:00, by: a, with: b}, {then: {status: open}}"
    (too_long,) = problems_of(raised + ", {recorded: a}" * 99)
    assert too_long == "4:3 too-long a story has 100 lines at most; tell it in two"
    lines = "".join("  - {sang: a}\n" for _ in range(1000))
    head = "format: 1\npolicy: p.yaml\nexamples:\n- name: A\n  story:\n"
    assert len(problems(head + lines)) == MOST_PROBLEMS


# --- playing --------------------------------------------------------------------------------------


def test_what_holds_is_counted() -> None:
    story = f"- then: {{stage: own-manager, status: open, due: {{{CONSULT}, {WEEK}}}}}"
    refusal = "- {moved on: to-other-worker, refused: not_tried}"
    assert played(f"{RAISED}{story}\n{refusal}").held == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            f"- then: {{due: {{{CONSULT}, {WEEK.replace('09', '10')}}}}}",
            ('the example expects "one-working-week" by end of 10 November 2026; '
             "the policy gives end of 9 November 2026"),
        ),
        (
            f"- then: {{also_due: {{{WEEK.replace('end of 2026-11-09', 'no time')}}}}}",
            ('the example expects "one-working-week" with no time; '
             "the policy gives end of 9 November 2026"),
        ),
        (
            f"- then: {{also_due: {{{CONSULT.replace('no time', '2026-11-03 17:00')}}}}}",
            ('the example expects "consult-manager" by 3 November 2026 at 17:00; '
             "the policy gives no time"),
        ),
        (
            f"- then: {{due: {{{WEEK}}}}}",
            ('the example does not expect "consult-manager"; '
             "the policy has it due from worker at school (no time)"),
        ),
        (
            "- then: {also_due: {workers-discuss: {from: worker at school, by: no time}}}",
            ('the example expects "workers-discuss" to be due; it is not. '
             'What is due: "one-working-week" and "consult-manager".'),
        ),
        (
            f"- then: {{also_due: {{{CONSULT.replace('worker', 'senior')}}}}}",
            ('the example expects "consult-manager" from senior at school; '
             "the policy has it from worker at school"),
        ),
        (
            f"- then: {{also_due: {{{CONSULT.replace('}', ', nobody: vacant}')}}}}}",
            ('the example expects "consult-manager" to have vacant; '
             "it has somebody (worker at school)"),
        ),
        ("- then: {stage: panel}", 'the example expects the stage "panel"; the case is at "own-manager"'),
        ("- then: {status: closed}", "the example expects the case to be closed; it is open"),
        ("- then: {ending: agreed}", 'the example expects the ending "agreed"; it is "not ended"'),
        ("- then: {stage: pannel}", 'the policy has no stage called "pannel"; did you mean "panel"?'),
        ("- {recorded: consult-manger}", 'no step called "consult-manger"; did you mean "consult-manager"?'),
        ("- {moved on: to-mangers}", 'no way on called "to-mangers"; did you mean "to-managers"?'),
        ("- {band set: red}", 'the policy has no band called "red"'),
        ("- {left by: door}", 'the policy has no way out called "door"'),
        (
            "- {moved on: to-other-worker}",
            'the example expects it to happen; it is refused with "not_tried": First record',
        ),
        (
            "- {moved on: to-other-worker, refused: settled}",
            'the example expects "settled"; it is refused with "not_tried"',
        ),
        (
            "- {recorded: consult-manager, refused: not_tried}",
            'the example expects this to be refused with "not_tried"; it is allowed',
        ),
        ("- {recorded: consult-manager, at: 2026-11-01 09:00}", "this is before the line above"),
        ("- {recorded: consult-manager, by: partnership}", "say who in the partnership"),
        ("- {recorded: consult-manager, by: boss at school}", 'no role called "boss"'),
        ("- then: {told: [worker at school]}", ""),
        ("- then: {told: [senior at school]}", "the example expects senior at school to be told"),
        ("- then: {not_told: [school]}", "the example expects school not to be told; they are"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_hold_says_what_was_expected_and_what_is_so(
    line: str, words: str
) -> None:
    found = played(f"{RAISED}{line}\n- then: {{status: open}}")
    assert words in (found.failure.words if found.failure else "")
    assert bool(words) == bool(found.failure)


def test_the_line_that_does_not_hold_is_given_by_its_number() -> None:
    found = played(f"{RAISED}- then: {{stage: own-manager}}\n- then: {{stage: panel}}")
    assert (found.held, found.failure and found.failure.line) == (1, 9)


def test_all_that_is_not_so_in_one_check_is_told() -> None:
    words = failure(f"{RAISED}- then: {{stage: panel, status: closed}}")
    assert words.count("; the case is at") == 1
    assert "it is open" in words


def test_a_concern_may_itself_be_refused_and_then_nothing_follows() -> None:
    raised = "- {raised: 2026-11-02 09:00, by: school, with: [school], refused: own_agency}"
    assert played(raised).held == 1
    assert failure(f"{raised}\n- then: {{status: open}}") == (
        "the concern was refused, so nothing comes after it"
    )


def test_who_is_told_of_immediate_risk() -> None:
    urgent = RAISED.replace("}", ", urgent: true}")
    told = "[safeguarding-lead at school, head-of-safeguarding at partnership]"
    assert failure(f"{urgent}- then: {{told: {told}, not_told: [social-care]}}") == ""


def test_the_person_who_raised_it_is_told_of_what_others_do() -> None:
    story = "- {recorded: consult-manager, by: line-manager at school}\n- then: {told: [raiser]}"
    assert failure(RAISED + story) == ""


def test_a_post_that_nobody_holds_and_one_that_is_not_there() -> None:
    check = "- then: {{also_due: {{consult-manager: {{from: worker at school, by: no time, nobody: {}}}}}}}"
    for how, nobody in (("vacant", "vacant"), ("missing", "no post")):
        assert failure(RAISED + check.format(nobody), posts=f"{{{how}: [worker at school]}}") == ""
    assert 'no role called "boss"' in failure(
        RAISED + check.format("vacant"), posts="{vacant: [boss at school]}"
    )


def test_a_stand_in_takes_the_place_of_a_post_that_is_not_there() -> None:
    story = """
- {recorded: consult-manager}
- {moved on: to-other-worker}
- {recorded: workers-discuss, with: social-care, result: not_agreed}
- {moved on: to-managers}
- {recorded: managers-discuss, with: social-care, result: not_agreed}
- {moved on: to-seniors}
- then: {also_due: {seniors-discuss: {from: senior at school, by: no time}}}
"""
    assert failure(RAISED + story.strip(), posts="{missing: [senior at school]}") == ""


def test_a_duty_towards_each_of_several_agencies_is_told_apart() -> None:
    raised = "- {raised: 2026-11-02 09:00, by: school, with: [social-care, health]}\n"
    story = """
- {recorded: consult-manager}
- {moved on: to-other-worker}
- then:
    also_due:
      workers-discuss:
        - {from: worker at school, about: health, by: no time}
        - {from: worker at school, about: social-care, by: no time}
"""
    assert failure(raised + story.strip()) == ""
    wrong = story.replace("about: health", "about: police")
    assert 'expects "workers-discuss" to be due; it is not' in failure(raised + wrong.strip())


def test_past_the_bank_holidays_a_time_cannot_be_worked_out() -> None:
    story = RAISED.replace("2026", "2031") + (
        "- then: {also_due: {one-working-week: {from: worker at school, by: cannot be worked out}}}"
    )
    assert failure(story) == ""


def test_an_example_may_be_played_under_another_policy() -> None:
    text = f"format: 1\npolicy: p\nexamples:\n- name: A\n  story:\n  {RAISED.strip()}\n  - then: {{stage: talk}}\n"
    (example,) = read_examples(text.encode()).examples
    assert play(example, kinds()).failure is None
    assert play(example, brent()).failure is not None
