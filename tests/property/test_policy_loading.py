"""Whatever is done to a policy file, it loads or is refused with its problems; nothing else."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.loading import DEEPEST, MOST_BYTES, PolicyRefused, Problem, load_policy
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
    "partnership.", "x" * 5000, "é" * 300, "\U0001f600", "id: id: id", "stages: []", "{}", "[]",
)  # fmt: skip

settled = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=False
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
@settings(settled, max_examples=25)
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
@settings(settled, max_examples=40)
def test_depth_is_bounded_however_it_is_written(depth: int, opening: str) -> None:
    is_block = opening.endswith("\n")
    text = "".join((" " * i if is_block else "") + opening for i in range(depth))
    load_or_refuse(text.encode())


def test_the_size_is_bounded_before_anything_is_read() -> None:
    load_or_refuse(b"\xff" * (MOST_BYTES + 1))
    load_or_refuse(b"a: " + b"b" * (MOST_BYTES - 3))
