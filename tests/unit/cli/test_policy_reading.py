"""What a policy command is given that is no policy: each is said in plain words, with its place."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.casebook import BRENT_FILE
from tests.unit.cli.terminal import Terminal

BRENT = BRENT_FILE.read_text("utf-8")


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "policy.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def changed(old: str, new: str) -> str:
    assert old in BRENT
    return BRENT.replace(old, new, 1)


WRONG: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "an unknown key": (
        lambda: changed("published_by:", "publised_by:"),
        "policy.yaml:7:1 unknown-key error 'publised_by' is not a key",
    ),
    "a wrong type": (
        lambda: changed("are_open" if "are_open" in BRENT else "  open: true", "  open: perhaps"),
        "wrong-value error",
    ),
    "a limit that is none": (
        lambda: changed("limit: as soon as possible", "limit: 5 workng days"),
        "not-a-limit error",
    ),
    "two stages with one id": (
        lambda: changed("- id: managers\n", "- id: other-worker\n"),
        "error",
    ),
    "a tab": (
        lambda: changed("  - id: own-manager\n", "\t- id: own-manager\n"),
        "a tab stands here",
    ),
    "a key twice": (lambda: f"{BRENT}\nid: brent\n", "'id' is written twice here; line 4 has it"),
    "an anchor": (lambda: changed("title: Cover", "title: &a Cover"), "no-references error"),
    "a tag": (lambda: changed("title: Cover", "title: !!str Cover"), "no-references error"),
    "a cycle": (lambda: f"extends: policy.yaml\n{BRENT}", "cycle error"),
    "a missing base": (
        lambda: f"extends: ../base/policy.yaml\n{BRENT}",
        "no-such-file error there is no file",
    ),
    "nesting over 50 deep": (lambda: "a: " + "[" * 60 + "]" * 60, "too-deep error"),
    "nothing": (lambda: "", "policy.yaml:1:1 not-a-policy error"),
    "a list": (lambda: "- a\n", "not-a-policy error"),
    "an unclosed bracket": (lambda: "a: [1\n", "not-yaml error"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_policy_leaves_with_1_and_its_place(
    wrong: str, tmp_path: Path, terminal: Terminal
) -> None:
    content, words = WRONG[wrong]
    answer = terminal.policy("check", written(tmp_path, content()))
    assert answer.code == 1
    assert words in answer.out
    assert all(line.startswith(f"{tmp_path.as_posix()}/policy.yaml:") for line in answer.lines)
    assert answer.err.startswith("1 policy: ")


@pytest.mark.parametrize("command", ["explain", "draw"])
def test_the_other_commands_refuse_it_in_the_same_lines(
    command: str, tmp_path: Path, terminal: Terminal
) -> None:
    file = written(tmp_path, changed("published_by:", "publised_by:"))
    answer = terminal.policy(command, file)
    assert (answer.code, answer.out) == (1, "")
    assert "policy.yaml:7:1 unknown-key error 'publised_by' is not a key" in answer.err


def not_text(folder: Path) -> Path:
    return written(folder, b"format: 1\nid: caf\xe9\n")


def too_large(folder: Path) -> Path:
    return written(folder, BRENT.encode() + b"# " + b"x" * 256 * 1024)


def not_there(folder: Path) -> Path:
    return folder / "nowhere.yaml"


def no_policies(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "policy.yaml")
    return folder / "policy.yaml"


def of_a_strange_name(folder: Path) -> Path:
    return folder / ("x" * 300 + ".yaml")


UNREADABLE: dict[Callable[[Path], Path], str] = {
    not_text: ":2:8 not-utf8 error the file is not UTF-8 text",
    too_large: "policy.yaml:1:1 too-large error the file is over 256 KB",
    not_there: "nowhere.yaml cannot be read: there is no such file or folder.",
    a_pipe: "policy.yaml cannot be read: it is no ordinary file.",
    of_a_strange_name: "cannot be read: File name too long.",
}


@pytest.mark.parametrize("make", UNREADABLE, ids=lambda make: make.__name__)
@pytest.mark.parametrize("command", ["check", "explain", "draw", "test"])
def test_what_cannot_be_read_leaves_with_2_and_says_why(
    command: str, make: Callable[[Path], Path], tmp_path: Path, terminal: Terminal
) -> None:
    path = make(tmp_path)
    if command == "test" and path.name == "policy.yaml":
        path.rename(tmp_path / "examples.yaml")
    answer = terminal.policy(command, path)
    assert (answer.code, answer.out) == (2, "")
    assert UNREADABLE[make].replace("policy.yaml", "") in answer.err.replace(
        "policy.yaml", ""
    ).replace("examples.yaml", "")


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_folder_with_nothing_in_it_to_read_leaves_with_2(
    command: str, tmp_path: Path, terminal: Terminal
) -> None:
    answer = terminal.policy(command, no_policies(tmp_path))
    assert answer.code == 2
    name = "policy.yaml" if command == "check" else "examples.yaml"
    assert f"There is no {name} in " in answer.err


def test_a_name_that_cannot_be_seen_is_spelt_out(tmp_path: Path, terminal: Terminal) -> None:
    answer = terminal.policy("check", tmp_path / "a\x1b[31mb")
    assert answer.code == 2
    assert "\x1b" not in answer.err
    assert "a\\x1b[31mb cannot be read" in answer.err


def test_what_can_be_read_is_checked_all_the_same(tmp_path: Path, terminal: Terminal) -> None:
    file = written(tmp_path, changed("published_by:", "publised_by:"))
    answer = terminal.policy("check", not_there(tmp_path), file)
    assert answer.code == 2
    assert "unknown-key" in answer.out
    assert "nowhere.yaml cannot be read" in answer.err
