"""Whatever is done to a policy file, it loads or is refused with its problems; nothing else."""

from __future__ import annotations

import re
from typing import Any

import hypothesis
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counterpart.policy.emitting import as_yaml
from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.loading import (
    DEEPEST,
    MOST_BYTES,
    PolicyRefused,
    Problem,
    bundle,
    load_policy,
    read_policy,
)
from counterpart.policy.yaml_text import read_yaml
from tests.casebook import BRENT_FILE
from tests.made_up import ADVICE, ONE_TALK, UP_THE_LINE

GOOD = {
    "one-talk": ONE_TALK,
    "up-the-line": UP_THE_LINE,
    "advice": ADVICE,
    "brent": BRENT_FILE.read_text(encoding="utf-8"),
}
NASTY = (
    "", "null", "~", "yes", "no", "12:30", "1e999", "0x", "0o9", ".nan", "-", "- - -", "? ", ": ",
    "{", "}", "[", "]", "[[[[", "{a: {b: {c: d}}}", "&a", "*a", "!!str", "<<: {id: x}", "---", "...",
    "|", ">-", "'", '"', "\t", "\x00", "\x85", "\ufeff", "\u2028", "%YAML 1.1", "# note", "2014-02-31",
    "2014-01-01T25:00:00Z", "9" * 400, "1_000", "raised", "done nothing", "5 workng days", "each.each",
    "partnership.", "extends: a.yaml", "leaves_out: [{rule: stages x}]", "layers: []", "after_id: x",
    "x" * 5000, "é" * 300, "\U0001f600", "id: id: id", "stages: []", "{}", "[]",
)  # fmt: skip

SCALARS = (
    "true", "false", "null", "~", "yes", "No", "ON", "y", "12:30", "1_000", "007", "-1", "3.5", "1e3", "0x1f",
    "2026-11-21", "2026-11-21 09:00", "- a", "a: b", "a #b", "#", "&a", "*a", "!a", "|", ">", "%", "@", "`", "?",
    " a", "a ", "'", '"', "\\", "a\nb", "\n", "", "=", "<<", "...", "---", "[", "{", ",", "é", "\U0001f600",
)  # fmt: skip
TEXT = st.sampled_from(SCALARS) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"),
    max_size=30,
)  # fmt: skip

settled = settings(
    max_examples=80000, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=False
)


def load_or_refuse(content: bytes) -> None:
    """Load it, explain it; or be refused with problems that have a place and words."""
    try:
        policy = load_policy(content)
    except PolicyRefused as refused:
        check_problems(content, refused.problems)
    else:
        assert as_markdown(explain(policy))


def check_problems(content: bytes, problems: tuple[Problem, ...]) -> None:
    last = len(re.split("\r\n|[\r\n\x85\u2028\u2029]", content.decode("utf-8", "replace"))) + 1
    assert problems
    assert list(problems) == sorted(problems)
    for problem in problems:
        assert 1 <= problem.line <= last
        assert problem.column >= 1
        assert re.fullmatch(r"[a-z0-9-]+", problem.code)
        assert problem.words
        assert "Traceback" not in problem.words


def check_problems_of(contents: dict[str, bytes], problems: tuple[Problem, ...]) -> None:
    """Each problem stands in one of the files."""
    assert {problem.file for problem in problems} <= set(contents)
    assert list(problems) == sorted(problems)
    for name, content in contents.items():
        if its_own := tuple(problem for problem in problems if problem.file == name):
            check_problems(content, its_own)


@st.composite
def mutated(draw: st.DrawFn, source: str) -> bytes:
    """A good file with a few lines dropped, doubled, swapped, or with something nasty put in."""
    lines = GOOD[source].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        i, j = (draw(st.integers(0, len(lines) - 1)) for _ in "ij")
        nasty = draw(st.sampled_from(NASTY) | st.text(max_size=20))
        match draw(st.integers(0, 5)):
            case 0:
                lines[i : i + 1] = []
            case 1:
                lines.insert(j, lines[i])
            case 2:
                lines[i], lines[j] = lines[j], lines[i]
            case 3:
                key, colon, _ = lines[i].partition(":")
                lines[i] = f"{key}{colon} {nasty}"
            case 4:
                at = draw(st.integers(0, len(lines[i])))
                lines[i] = lines[i][:at] + nasty + lines[i][at:]
            case _:
                lines[i] = " " * draw(st.integers(0, 8)) + lines[i].lstrip()
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@given(st.sampled_from(["one-talk", "up-the-line", "advice"]).flatmap(mutated))
@settled
def test_a_mutated_small_policy_loads_or_is_refused(content: bytes) -> None:
    load_or_refuse(content)


@given(mutated("brent"))
@settings(settled, max_examples=800)
def test_brents_policy_mutated_loads_or_is_refused(content: bytes) -> None:
    load_or_refuse(content)


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbfid: x")
@example("﻿---\nid: x\n".encode())
@settled
def test_any_bytes_at_all_are_refused(content: bytes) -> None:
    load_or_refuse(content)


@given(st.text(alphabet="ab:-[]{}&*!|>'\"\n\t #?,%@`1.", max_size=120))
@settled
def test_anything_that_looks_like_yaml_is_refused(text: str) -> None:
    load_or_refuse(text.encode())


@given(st.integers(DEEPEST - 2, DEEPEST + 400), st.sampled_from(["[", "{a: ", "- ", "a:\n"]))
@settings(settled, max_examples=800)
def test_depth_is_bounded_however_it_is_written(depth: int, opening: str) -> None:
    is_block = opening.endswith("\n")
    text = "".join((" " * i if is_block else "") + opening for i in range(depth))
    load_or_refuse(text.encode())


@given(
    st.sampled_from(
        [
            "a: 1\n",
            "- b\n",
            "[],",
            "{},",
            "a,",
            "- {a: 1}\n",
            "? a\n",
            "a: &a\n",
            "'a' ",
            "stages:\n",
        ]
    ),
    st.sampled_from(["", "[", "stages: [", "stages:\n", "{", "clauses:\n- "]),
    st.integers(1, 3000),
)
@settings(settled, max_examples=800)
def test_a_long_flat_file_is_refused(part: str, opening: str, times: int) -> None:
    load_or_refuse((opening + part * times).encode())


@given(
    st.recursive(
        TEXT | st.integers(-(10**18) + 1, 10**18 - 1) | st.booleans() | st.none() | st.dates(),
        lambda inside: (
            st.lists(inside, max_size=4) | st.dictionaries(TEXT.filter(bool), inside, max_size=4)
        ),
        max_leaves=20,
    )
)
@settled
def test_what_is_written_out_reads_back_the_same_with_any_reader(tree: Any) -> None:
    written = as_yaml({"top": tree}).encode()
    assert read_yaml(written, file="a.yaml") == {"top": tree}
    assert read_yaml(written, file="a.yaml", parser=yaml.SafeLoader) == {"top": tree}
    assert yaml.safe_load(written) == {"top": tree}


@st.composite
def layered(draw: st.DrawFn) -> tuple[bytes, dict[str, bytes]]:
    """A layer over a good policy, with a few things changed, added and left out, or gone wrong."""
    tree = read_yaml(GOOD[draw(st.sampled_from(list(GOOD)))].encode(), file="a.yaml")
    base = as_yaml(tree)
    layer: dict[str, Any] = {"extends": "../base/policy.yaml", **draw(HEADS)}
    others = [key for key in tree if key not in OWN]
    for key in draw(st.lists(st.sampled_from(others), max_size=4, unique=True)):
        layer[key] = draw(changed(tree[key]))
    ids = re.findall(r"(?m)id: (\S+)$", base)
    kinds = st.sampled_from([*tree, "steps", "ways_on"])
    rules = st.builds("{} {}".format, kinds, st.sampled_from(ids))
    left = [{"rule": rule, "why": "Not so here."} for rule in draw(st.lists(rules, max_size=2))]
    if left:
        layer["leaves_out"] = left
    return as_yaml(layer).encode(), {"../base/policy.yaml": base.encode()}


OWN = {"id": "layer", "title": "A layer", "area": "yes", "edition": "1.4", "published_by": "no: 1"}
HEADS = st.sampled_from([None] * 9 + list(OWN)).map(
    lambda left: {key: value for key, value in OWN.items() if key != left}
)
ODDITIES: list[Any] = [None, 3, [], {}, ["a"], [{"id": "a"}], {"id": ["a"]}, [[[]]]]
ODD = TEXT | st.sampled_from(ODDITIES)


@st.composite
def changed(draw: st.DrawFn, value: Any) -> Any:
    """A value of a policy with some of it taken away, or something else in its place."""
    if draw(st.integers(0, 40)) == 40:
        return draw(ODD)
    if isinstance(value, dict):
        kept = draw(st.sets(st.sampled_from(list(value)))) | ({"id"} & set(value))
        extra = {"after_id": draw(ODD)} if draw(st.integers(0, 40)) == 40 else {}
        return {key: draw(changed(value[key])) for key in sorted(kept)} | extra
    if isinstance(value, list) and value:
        chosen = draw(st.lists(st.integers(0, len(value) - 1), max_size=3, unique=True))
        return [draw(changed(value[number])) for number in chosen]
    return value


@given(layered())
@settled
def test_a_layered_policy_loads_or_is_refused_and_is_kept_saying_the_same(
    files: tuple[bytes, dict[str, bytes]],
) -> None:
    first, others = files

    def read(path: str) -> bytes:
        if path not in others:
            raise FileNotFoundError(path)
        return others[path]

    try:
        loaded = read_policy(first, name="here/policy.yaml", read=read)
    except PolicyRefused as refused:
        contents = {"here/policy.yaml": first, "base/policy.yaml": next(iter(others.values()))}
        check_problems_of(contents, refused.problems)
    else:
        hypothesis.event("loaded")
        kept = bundle(first, name="here/policy.yaml", read=read)
        assert load_policy(kept) == loaded.policy
        assert bundle(kept) == kept


def test_the_size_is_bounded_before_anything_is_read() -> None:
    load_or_refuse(b"\xff" * (MOST_BYTES + 1))
    load_or_refuse(b"a: " + b"b" * (MOST_BYTES - 3))
