"""What YAML text says: few kinds of value, no surprises, and a place for everything that is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from counterpart.policy.problems import Problem
from counterpart.policy.yaml_text import DEEPEST, FAST_PARSER, Items, Keys, YamlRefused, read_yaml

PARSERS = [
    pytest.param(FAST_PARSER, id="fast"),
    pytest.param(yaml.SafeLoader, id="slow"),
]


def read(text: str, parser: Any = FAST_PARSER) -> Any:
    return read_yaml(text.encode(), file="a.yaml", parser=parser)


def wrong(text: str | bytes, parser: Any = FAST_PARSER) -> tuple[Problem, ...]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(YamlRefused) as refused:
        read_yaml(content, file="a.yaml", parser=parser)
    return refused.value.problems


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("42", 42),
        ("-3", -3),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19),
        ("2026-11-21", date(2026, 11, 21)),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("007", "007"),
        ("01632 960100", "01632 960100"),
        ("-0", "-0"),
        ("+1", "+1"),
        ("1.4", "1.4"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        (".nan", ".nan"),
        ("2026-11-21 09:00", "2026-11-21 09:00"),
        ("2026-1-2", "2026-1-2"),
        ("\u0661", "\u0661"),
        ("'true'", "true"),
        ('"2026-11-21"', "2026-11-21"),
        ("'42'", "42"),
        ("''", ""),
        ("|-\n  42", "42"),
        (">-\n  true\n  blue", "true blue"),
        ("[]", []),
        ("{}", {}),
        ("[a, 1, {b: }]", ["a", 1, {"b": None}]),
        ("a # note", "a"),
        ("=", "="),
        ("'it''s'", "it's"),
    ],
)
def test_only_what_is_plainly_a_number_a_date_or_a_constant_is_no_text(
    written: str, value: Any, parser: Any
) -> None:
    found = read(f"key: {written}", parser)["key"]
    assert found == value
    assert isinstance(found, type(value))


def test_a_key_is_always_text() -> None:
    assert read("on: a\n2: b\n~: c\n2026-11-21: d\n<<: e\n") == {
        "on": "a",
        "2": "b",
        "~": "c",
        "2026-11-21": "d",
        "<<": "e",
    }


def test_every_key_and_item_knows_its_place() -> None:
    tree = read("one: 1\ntwo:\n  - a\n  - {b: 2,  c: 3}\n")
    assert isinstance(tree, Keys)
    assert tree.places == {"one": ("a.yaml", 1, 1), "two": ("a.yaml", 2, 1)}
    items = tree["two"]
    assert isinstance(items, Items)
    assert items.places == [("a.yaml", 3, 5), ("a.yaml", 4, 5)]
    assert items[1].places == {"b": ("a.yaml", 4, 6), "c": ("a.yaml", 4, 13)}


def test_a_mark_of_the_encoding_and_the_line_ends_of_any_system_make_no_difference() -> None:
    tree = read("\ufeffa: 1\r\nb: 2\rc: 3\n")
    assert tree == {"a": 1, "b": 2, "c": 3}
    assert [place.line for place in tree.places.values()] == [1, 2, 3]
    assert tree.places["a"].column == 1


def test_nothing_at_all_is_nothing() -> None:
    assert read("") is None
    assert read("# only a note\n") is None
    assert read("just words") == "just words"


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "line", "column", "code", "words"),
    [
        ("a: Stage 1: talk", 1, 11, "not-yaml", "a colon in it in quotation marks"),
        ("a: 1\nb: 'open\nc: 2\n", 2, 4, "not-yaml", "quotation mark is opened here"),
        ('a: 1\nb: "open\n', 2, 4, "not-yaml", "quotation mark is opened here"),
        ("a: 'x\n---\n", 1, 4, "not-yaml", "quotation mark is opened here"),
        ("a: [1, 2\nb: 3\n", 1, 4, "not-yaml", "square bracket is opened here"),
        ("a: {b: 1\n", 1, 4, "not-yaml", "curly bracket is opened here"),
        ("a:\n  b: 1\n c: 2", 3, 2, "not-yaml", "do not line up"),
        ("a: 'it's'", 1, 8, "not-yaml", "quotation mark in the middle"),
        ("a: 1\nkey\nb: 2", 2, 1, "not-yaml", "no colon follows"),
        ("a: @home", 1, 4, "not-yaml", "cannot begin with this character"),
        ("a: - b", 1, 4, "not-yaml", "a line of its own"),
        ("a: | x\n y", 1, 6, "not-yaml", "begins on the next line"),
        ("a: ]", 1, 4, "not-yaml", "something is missing"),
        ("[", 1, 2, "not-yaml", "something is missing"),
        ("  a: b\nc: d", 2, 1, "not-yaml", "in line with the first key"),
        ("%YAML 1.2\n---\na: 1", 1, 1, "not-yaml", "begins with '%'"),
        ("a: 1\n---\nb: 2", 2, 1, "not-yaml", "second document"),
        ("? [1]\n: 2", 1, 3, "not-yaml", "a key is a word"),
        ("? \n: 2", 1, 2, "not-yaml", "a key is missing"),
        ("k" * 101 + ": 2", 1, 1, "not-yaml", "at most 100 characters"),
        ("a: 2014-02-31", 1, 4, "not-yaml", "2014-02-31"),
        ("a: b\n\tc: d", 2, 1, "not-yaml", "tab"),
        ("a: b\tc", 1, 5, "not-yaml", "tab"),
        ("a: b\u2028c", 1, 5, "not-yaml", "U+2028"),
        ("a: b\x00c", 1, 5, "not-yaml", "U+0000"),
        ('a: "\\0"', 1, 4, "not-yaml", "cannot be seen"),
        ("b: *x", 1, 4, "no-references", "not used here"),
        ("*x : b", 1, 1, "no-references", "not used here"),
        ("a: &x 1", 1, 4, "no-references", "not used here"),
        ("a: &x [1]", 1, 4, "no-references", "not used here"),
        ("!!str a: 1", 1, 1, "no-references", "not used here"),
        ("a: ! 12", 1, 4, "no-references", "not used here"),
        ("a: !!python/object:os.system 1", 1, 4, "no-references", "not used here"),
        ("a: !e!x y", 1, 4, "no-references", "not used here"),
        ("[" * (DEEPEST + 1), 1, DEEPEST + 1, "too-deep", "50"),
        ("a: 1\nb: 2\na: 3", 3, 1, "not-yaml", "line 1 has it already"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words_where_it_stands(
    text: str, line: int, column: int, code: str, words: str, parser: Any
) -> None:
    (problem,) = wrong(text, parser)
    assert (problem.file, problem.line, problem.column) == ("a.yaml", line, column)
    assert problem.code == code
    assert words in problem.words


def test_as_deep_as_is_allowed_is_read() -> None:
    assert read("[" * DEEPEST + "]" * DEEPEST)


def test_bytes_that_are_no_text_are_shown_by_line_and_column() -> None:
    (problem,) = wrong("a: é\nb: caf".encode() + b"\xe9\n")
    assert (problem.line, problem.column, problem.code) == (2, 7, "not-utf8")


def test_what_is_wrong_is_told_all_at_once() -> None:
    found = wrong("a: &x 1\nb: 2014-13-01\na: !t 2\n")
    assert [(p.line, p.code) for p in found] == [
        (1, "no-references"),
        (2, "not-yaml"),
        (3, "not-yaml"),
        (3, "no-references"),
    ]
    assert str(YamlRefused(found)).startswith("line 1: ")
    assert len(wrong("a:\t1\nb:\t2\n")) == 2


def test_no_words_of_the_parser_reach_anybody() -> None:
    parsers_own = ("while parsing", "while scanning", "did not find", "<block", "token")
    for text in ("a: [", "a: {", "'", '"', "- a\nb", "a: `", "a: !<", "%", "a: &", "? ]", "a: >x"):
        for problem in wrong(text):
            assert not any(part in problem.words for part in parsers_own), problem.words
