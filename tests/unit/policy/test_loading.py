"""A policy file that cannot be loaded says everything that is wrong, and where."""

from __future__ import annotations

import re

import pytest

from counterpart.policy.loading import (
    MOST_BYTES,
    PolicyRefused,
    Problem,
    load_policy,
    read_policy,
)
from counterpart.policy.problems import MOST_PROBLEMS
from tests.made_up import ADVICE, ONE_TALK, UP_THE_LINE


def problems(content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(PolicyRefused) as refused:
        load_policy(content if isinstance(content, bytes) else content.encode())
    return refused.value.problems


def changed(old: str, new: str, text: str = ONE_TALK) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return next(i for i, line in enumerate(text.split("\n"), 1) if part in line)


def test_a_good_file_is_loaded_and_the_same_bytes_are_the_same_edition() -> None:
    one, two = load_policy(ONE_TALK.encode()), load_policy(ONE_TALK.encode())
    assert one == two
    assert load_policy((ONE_TALK + "\n").encode()).edition != one.edition


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-policy"),
        (b"- one\n- two\n", "not-a-policy"),
        (b"just words", "not-a-policy"),
        (b"\xff\xfe\x00", "not-utf8"),
        (b"id: caf\xe9", "not-utf8"),
        (b"id: [", "not-yaml"),
        (b"id: 'open", "not-yaml"),
        (b"id: a\n\tb: c", "not-yaml"),
        (b"id: a\nid: b", "not-yaml"),
        (b"id: a\x00b", "not-yaml"),
        (b"a: 1\n---\nb: 2", "not-yaml"),
        (b"a: &x 1\nb: *x", "no-references"),
        (b"a: !!python/object:os.system 1", "no-references"),
        (b"a: !tag 1", "no-references"),
        (b"in_force_from: 2014-13-45", "not-yaml"),
        (b"in_force_from: " + b"9" * 5000, "wrong-value"),
        (b"x" * (MOST_BYTES + 1), "too-large"),
        (b"[" * 60 + b"]" * 60, "too-deep"),
        (b"\n".join(b"  " * i + b"a:" for i in range(60)), "too-deep"),
        (b"? [1, 2]\n: 3", "not-yaml"),
        (b"1: 2", "unknown-key"),
    ],
)
def test_what_is_no_policy_is_refused_by_one_plain_problem(content: bytes, code: str) -> None:
    found = problems(content)
    assert code in {p.code for p in found}
    assert all(p.line >= 1 and p.column >= 1 and p.words for p in found)
    assert {p.file for p in found} == {"policy.yaml"}


def test_an_impossible_date_is_shown_where_it_stands() -> None:
    (problem,) = problems(changed("edition: First", "edition: First\nin_force_from: 2014-13-45"))
    assert (problem.line, problem.column) == (line_of(ONE_TALK, "edition: First") + 1, 16)
    assert "2014-13-45" in problem.words


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("area: Nowhere", "area: Nowhere\naera: No", "unknown-key", "did you mean 'area'"),
        ("area: Nowhere", "", "missing", "'area'"),
        ("calendar: england-and-wales", "calendar: france", "wrong-value", "england-and-wales"),
        ("settles: true", "settles: yes", "wrong-value", "true or false"),
        ("format: 1", "format: 2", "wrong-value", "1"),
        ("limit: 24 hours", "limit: 5 workng days", "not-a-limit", "working"),
        ("limit: 24 hours", "limit: [1 day, 2 days]", "not-a-limit", "shorter_of"),
        ("limit: 24 hours", "limit: 24", "not-a-limit", "5 working days"),
        ("limit: 24 hours", "limit:", "not-a-limit", "not stated"),
        ("limit: 24 hours", "limit: {shorter_off: [a, b]}", "not-a-limit", "'shorter_of'?"),
        ("limit: 24 hours", "limit: {soon: 1}", "not-a-limit", "'set_by'"),
        ("limit: 24 hours", "limit: {agreed_by: each, by: each}", "unknown-key", "'agreed_by'"),
        ("limit: 24 hours", "limit: {agreed_by: both}", "wrong-value", "must be 'each'"),
        ("calendar: england-and-wales", "calendar: {a: b}", "wrong-value", "scotland"),
        ("calendar: england-and-wales", "calendar: [wales]", "wrong-value", "one of: england"),
        ("edition: First", "edition: 2", "wrong-value", "put it in quotation marks"),
        ("edition: First", "edition:", "wrong-value", "nothing is written"),
        ("edition: First", "edition: ''", "wrong-value", "nothing is written"),
        ("edition: First", "edition: {a: b}", "wrong-value", "must be text"),
        ("edition: First", "edition: First\nin_force_from: soon", "wrong-value", "2026-11-21"),
        ("tiers: [practitioner]", "tiers: practitioner", "wrong-value", "must be a list"),
        ("tiers: [practitioner]", "tiers: []", "wrong-value", "at least 1"),
        ("kind: discussion", "kind: discusion", "wrong-value", "did you mean discussion?"),
        ("kind: discussion", "kind: discussion\n        tels: 1", "unknown-key", "'tells', which"),
        ("kind: discussion", "kind: discussion\n        quote: x", "unknown-key", "another place"),
        ("{raising: worker, receiving: worker}", "worker", "wrong-value", "raising, receiving"),
        ("id: talk", "id: Talk here", "wrong-value", "small letters"),
        ("title: Talk", "title: " + "long " * 500, "wrong-value", "at most 2,000 characters"),
        ("area: Nowhere", "area: Nowhere\ncounting: {cut_off: 5pm}", "wrong-value", "17:00"),
        ("by: raising\n", "by: teacher\n", "wrong-value", "raising, receiving, each"),
        ("by: raising\n", "by: raising.teacher\n", "no-such-role", "'teacher'"),
        ("by: raising\n", "by: raising.coordinator\n", "wrong-body", "'coordinator'"),
        ("by: raising\n", "by: partnership\n", "no-role", "needs a role"),
        ("by: raising\n", "by: partnership.worker\n", "wrong-body", "'worker'"),
        ("raising: worker", "raising: nobody", "no-such-role", "'nobody'"),
        ("raising: worker", "raising: coordinator", "wrong-body", "'coordinator'"),
        ("receiving: worker}", "}", "missing", "'receiving'"),
        ("settles: true", "settles: false", "dead-end", "leads nowhere"),
        ("confirmed_by: each", "confirmed_by: partnership.coordinator", "wrong-value", ""),
        ('write_clause: "1"', 'write_clause: "2"', "no-such-clause", "'2'"),
        (
            "kind: discussion",
            "kind: discussion\n        stops: [done sing]",
            "no-such-trigger",
            "'sing'",
        ),
        (
            "kind: discussion",
            "kind: discussion\n        starts: [weather]",
            "no-such-trigger",
            "weather",
        ),
        (
            "kind: discussion",
            "kind: discussion\n        reading: none",
            "no-such-reading",
            "'none'",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(old: str, new: str, code: str, words: str) -> None:
    text = changed(old, new)
    (problem,) = problems(text)
    assert problem.code == code
    assert words in problem.words
    lines = text.split("\n")
    assert 1 <= problem.line <= len(lines)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("to: line, title: Go up at once", "to: nowhere, title: Go", "no-such-stage"),
        ("after: [first-talk]", "after: [a-talk]", "no-such-step"),
        ("over: [workers, line]", "over: [workers, panel]", "no-such-stage"),
        ("id: managers-talk", "id: first-talk", "same-id"),
        ("id: line\n", "id: workers\n", "same-id"),
        ("id: at-once", "id: up", "same-id"),
        ("starts: [raised, reopened]", "starts: []", "wrong-value"),
        ("owner: each", "owner: raiser", "wrong-value"),
        ("2 working days, protects", "2 working dogs, protects", "not-a-limit"),
        ("when: [unresolved]", "when: [tired]", "no-such-condition"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(old: str, new: str, code: str) -> None:
    assert code in {p.code for p in problems(changed(old, new, UP_THE_LINE))}


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed("limit: 24 hours", "limit: soon")
    text = changed("by: raising\n", "by: raising.teacher\n", text)
    text = changed("raising: worker", "raising: nobody", text)
    found = problems(text)
    assert [p.code for p in found] == ["no-such-role", "no-such-role", "not-a-limit"]
    assert list(found) == sorted(found)


def test_the_place_of_a_problem_is_its_line_and_column() -> None:
    text = changed("limit: 24 hours", "limit: soon")
    (problem,) = problems(text)
    assert problem.line == line_of(text, "limit: soon")
    assert problem.column == text.split("\n")[problem.line - 1].index("limit") + 1


def test_a_misspelt_key_is_held_against_the_keys_of_its_place_first() -> None:
    (problem,) = problems(changed("    title: Talk", "    titel: Talk\n    title: Talk"))
    assert "did you mean 'title'?" in problem.words
    (problem,) = problems(changed("settles: true", "settles: true\n        ways_onn: []"))
    assert "'ways_on', which stands in another place" in problem.words


def test_a_panel_may_be_not_stated_and_else_says_what_it_lacks() -> None:
    found = problems(re.sub(r"members: \{[^}]*\}", "members: {parties: excluded}", ADVICE))
    assert {p.words for p in found} == {"'at_least_agencies' is missing", "'clause' is missing"}
    (problem,) = problems(re.sub(r"members: \{[^}]*\}", "members: anybody", ADVICE))
    assert "not stated" in problem.words


def test_a_hostile_file_has_no_more_problems_than_anybody_reads() -> None:
    keys = "".join(f"key{i}: 1\n" for i in range(5000))
    assert len(problems(keys)) == MOST_PROBLEMS


def test_the_place_of_every_part_can_be_asked_for_by_number_or_by_id() -> None:
    loaded = read_policy(UP_THE_LINE.encode(), name="line.yaml")
    assert loaded.sources == ("line.yaml",)
    for where in (
        ("stages", 0, "steps", 1, "limit"),
        ("stages", "workers", "steps", "first-talk", "limit"),
    ):
        place = loaded.places.at(where)
        line = UP_THE_LINE.split("\n")[place.line - 1]
        assert line.startswith("limit:", place.column - 1)
        assert place.line > line_of(UP_THE_LINE, "id: first-talk")
        assert place.file == "line.yaml"
    at_step = loaded.places.at(("stages", "workers", "steps", "first-talk"))
    assert loaded.places.at(("stages", "workers", "steps", "first-talk", "no", "such")) == at_step
    assert loaded.places.at(()) == ("line.yaml", 1, 1)
    assert loaded.places.at(("stages", 99)) == loaded.places.at(("stages",))


def test_a_panel_sits_at_one_stage() -> None:
    unused = ADVICE.replace("    panel: advisers\n", "")
    assert "panel-unplaced" in {p.code for p in problems(unused)}
    twice = ADVICE.replace('    number: "1"\n', '    number: "1"\n    panel: advisers\n')
    assert "panel-unplaced" in {p.code for p in problems(twice)}
