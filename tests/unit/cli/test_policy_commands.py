"""`counterpart policy explain`, `draw`, `compare` and `test`, as a person or a program meets them."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from counterpart.policy.schema import json_schema, reference
from tests.casebook import BRENT_FILE
from tests.unit.cli.terminal import Terminal

BRENT = BRENT_FILE.parent
EXAMPLES = BRENT / "examples.yaml"


# --- explain and compare --------------------------------------------------------------------------


def test_a_policy_is_explained_as_markdown(terminal: Terminal) -> None:
    answer = terminal.policy("explain", BRENT)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0] == "# Inter-Agency Escalation Policy"
    assert "‑" in answer.out or "“" in answer.out  # what only UTF-8 has came through
    assert terminal.policy("explain", BRENT_FILE).out == answer.out


def test_an_explanation_in_json_has_the_same_headings(terminal: Terminal) -> None:
    answer = terminal.policy("explain", BRENT, "--json").json
    headings = [
        line.lstrip("# ") for line in terminal.policy("explain", BRENT).lines if line[:1] == "#"
    ]
    assert answer["id"] == "brent"
    assert [answer["title"], *(s["heading"] for s in answer["sections"])] == headings
    kinds = {block["kind"] for section in answer["sections"] for block in section["blocks"]}
    assert kinds <= {"paragraph", "bullets", "rows"}


def test_a_policy_does_not_differ_from_itself(terminal: Terminal) -> None:
    answer = terminal.policy("compare", BRENT, BRENT_FILE, "--json")
    assert answer.code == 0
    assert answer.json["a"] == answer.json["b"]
    assert answer.json["differences"] == []


def test_what_differs_is_said_rule_by_rule(tmp_path: Path, terminal: Terminal) -> None:
    other = tmp_path / "policy.yaml"
    text = BRENT_FILE.read_text("utf-8").replace("authority: binding", "authority: recommendation")
    other.write_text(text, "utf-8")
    answer = terminal.policy("compare", BRENT, other, "--json")
    (difference,) = answer.json["differences"]
    assert set(difference) == {"topic", "rule", "a", "b", "words", "a_clause", "b_clause"}
    assert "resolution-panel" in difference["rule"]
    printed = terminal.policy("compare", BRENT, other)
    assert printed.code == 0
    assert "recommend" in printed.out


# --- clauses --------------------------------------------------------------------------------------


def test_a_policy_is_told_clause_by_clause(terminal: Terminal) -> None:
    answer = terminal.policy("clauses", BRENT)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0] == "# Inter-Agency Escalation Policy"
    assert "## 2.6 report: The yearly report" in answer.lines
    assert (
        "Whoever does it writes down the yearly report on the page of regular duties." in answer.out
    )
    assert terminal.policy("clauses", BRENT_FILE).out == answer.out


def test_the_clauses_in_json_have_their_places_and_whose_text_they_are(terminal: Terminal) -> None:
    answer = terminal.policy("clauses", BRENT.parent / "west-berkshire", "--json").json
    assert answer["id"] == "west-berkshire"
    texts = {clause["id"]: clause["text_of"] for clause in answer["clauses"]}
    assert (texts["page"], texts["challenge"]) == (None, "pan-berkshire")
    keys = {"kind", "says", "who", "by_when", "how", "counterpart"}
    places = [place for clause in answer["clauses"] for place in clause["places"]]
    assert {frozenset(place) for place in places} == {frozenset(keys)}
    assert {"duty", "act", "done", "shown", "read"} <= {place["how"] for place in places}


# --- draw -----------------------------------------------------------------------------------------


def test_a_picture_is_written_with_a_title_and_the_place_marked(
    tmp_path: Path, terminal: Terminal
) -> None:
    file = tmp_path / "brent.svg"
    answer = terminal.policy("draw", BRENT, "-o", file, "--here", "panel")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    picture = ET.fromstring(file.read_text("utf-8"))  # noqa: S314 - our own picture
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert picture.tag.endswith("}svg")
    assert {"title", "desc"} <= tags
    assert "The case is here" in file.read_text("utf-8")


def test_mermaid_text_is_written_by_its_ending(tmp_path: Path, terminal: Terminal) -> None:
    file = tmp_path / "brent.MMD"
    assert terminal.policy("draw", BRENT, "-o", file).code == 0
    assert "flowchart" in file.read_text("utf-8")


def test_with_no_file_the_picture_is_in_words(terminal: Terminal) -> None:
    answer = terminal.policy("draw", BRENT)
    assert answer.code == 0
    assert answer.lines[0].startswith("- ")
    lines = terminal.policy("draw", BRENT, "--json").json["lines"]
    assert [f"{'  ' * (one['level'] - 1)}- {one['words']}" for one in lines] == answer.lines


def test_json_says_where_a_picture_was_written(tmp_path: Path, terminal: Terminal) -> None:
    file = tmp_path / "brent.svg"
    assert terminal.policy("draw", BRENT, "-o", file, "--json").json["written"] == file.as_posix()
    assert file.exists()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("-o", "brent.png"), 2, "end the name in .svg for a picture, or in .mmd"),
        (("-o", "brent"), 2, "end the name in .svg"),
        (("--here", "pannel"), 2, "has no stage called “pannel”. Did you mean “panel”?"),
        (("-o", "no/such/folder/brent.svg"), 1, "brent.svg cannot be written: No such file"),
    ],
)
def test_a_picture_that_cannot_be_drawn_writes_nothing(
    options: tuple[str, ...],
    code: int,
    words: str,
    tmp_path: Path,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = terminal.policy("draw", BRENT, *options)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err
    assert list(tmp_path.iterdir()) == []


# --- test -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [BRENT, BRENT_FILE, EXAMPLES], ids=["folder", "policy", "examples"]
)
def test_every_example_is_played(path: Path, terminal: Terminal) -> None:
    answer = terminal.policy("test", path)
    count = EXAMPLES.read_text("utf-8").count("  - name:")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"{count} examples of 1 file: all hold.\n"


def changed_examples(folder: Path, old: str, new: str) -> Path:
    text = EXAMPLES.read_text("utf-8")
    assert old in text
    file = folder / "examples.yaml"
    file.write_text(text.replace(old, new), "utf-8")
    (folder / "policy.yaml").write_bytes(BRENT_FILE.read_bytes())
    return file


def test_an_example_that_does_not_hold_is_told_with_its_line(
    tmp_path: Path, terminal: Terminal
) -> None:
    file = changed_examples(tmp_path, "by: end of 2026-12-29", "by: end of 2026-12-28")
    answer = terminal.policy("test", tmp_path)
    assert answer.code == 1
    (line,) = answer.lines
    assert line.startswith(f"{file.as_posix()}:")
    assert line.endswith(
        'One week in all runs over Christmas: the example expects "one-working-week" by '
        "end of 28 December 2026; the policy gives end of 29 December 2026"
    )
    assert answer.err.endswith("1 of them does not hold.\n")


def test_examples_in_json(tmp_path: Path, terminal: Terminal) -> None:
    changed_examples(tmp_path, "by: end of 2026-12-29", "by: end of 2026-12-28")
    answer = terminal.policy("test", tmp_path, "--json")
    assert answer.code == 1
    assert set(answer.json) == {"files", "unreadable"}
    (file,) = answer.json["files"]
    assert set(file) == {"file", "examples", "problems"}
    failed = [one for one in file["examples"] if one["failure"]]
    assert [set(one) for one in failed] == [{"name", "held", "failure"}]
    assert set(failed[0]["failure"]) == {"line", "words"}


def test_examples_that_cannot_be_read_are_told_with_line_and_column(
    tmp_path: Path, terminal: Terminal
) -> None:
    file = changed_examples(tmp_path, "{withdrawn:", "{withdrawm:")
    answer = terminal.policy("test", tmp_path)
    assert answer.code == 1
    (line,) = answer.lines
    assert line.startswith(f"{file.as_posix()}:")
    assert line.endswith(
        ":10 unknown-key error 'withdrawm' is not a word a story has; did you mean 'withdrawn'?"
    )


def test_examples_of_a_policy_that_is_refused_say_what_is_wrong_with_it(
    tmp_path: Path, terminal: Terminal
) -> None:
    changed_examples(tmp_path, "format: 1", "format: 1")
    (tmp_path / "policy.yaml").write_text("format: 1\n", "utf-8")
    answer = terminal.policy("test", tmp_path)
    assert answer.code == 1
    assert f"{tmp_path.as_posix()}/policy.yaml:1:1 missing error" in answer.out


def test_examples_of_a_policy_that_is_not_there_leave_with_2(
    tmp_path: Path, terminal: Terminal
) -> None:
    changed_examples(tmp_path, "format: 1", "format: 1")
    (tmp_path / "policy.yaml").unlink()
    answer = terminal.policy("test", tmp_path)
    assert answer.code == 2
    assert "policy.yaml cannot be read: there is no such file or folder." in answer.err


# --- schema ---------------------------------------------------------------------------------------


def test_the_schema_is_that_of_the_language(terminal: Terminal) -> None:
    answer = terminal.policy("schema")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == json_schema()
    assert terminal.policy("schema", "--json") == answer


def test_the_reference_is_markdown(terminal: Terminal) -> None:
    answer = terminal.policy("schema", "--reference")
    assert answer.code == 0
    assert answer.out == f"{reference().rstrip()}\n"
    assert terminal.policy("schema", "--reference", "--json").json == {"reference": reference()}


# --- all of them ----------------------------------------------------------------------------------

COMMANDS: dict[str, tuple[str | Path, ...]] = {
    "check": (BRENT_FILE,),
    "test": (BRENT,),
    "explain": (BRENT,),
    "draw": (BRENT,),
    "compare": (BRENT, BRENT),
    "worst-case": (BRENT, "--raised", "2026-12-18T15:00"),
    "schema": (),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_needs_no_django_and_answers_in_utf8_at_any_terminal(command: str) -> None:
    code = (
        "import sys\n"
        "from counterpart.cli.main import run\n"
        "try:\n    run(sys.argv[1:])\n"
        "except SystemExit as left:\n    code = left.code\n"
        "heavy = {'django', 'rich', 'sqlite3', 'ruamel', 'cryptography'} & set(sys.modules)\n"
        "sys.exit(f'{heavy}' if heavy else code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "policy", command, *map(str, COMMANDS[command])],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert isinstance(done.stdout.decode(), str)


def test_help_is_plain_lines(terminal: Terminal) -> None:
    answer = terminal.policy("--help")
    assert answer.code == 0
    assert all(command in answer.out for command in COMMANDS)
    assert answer.out.isascii()
