"""`counterpart policy worst-case`: in words and in JSON, for a moment and for a year."""

from pathlib import Path

import pytest

from tests.casebook import BRENT_FILE
from tests.made_up import ONE_TALK
from tests.unit.cli.terminal import Terminal

CHRISTMAS = ("--raised", "2026-12-18T15:00")


@pytest.fixture
def one_talk(tmp_path: Path) -> Path:
    """One stage, and 24 hours for its one talk."""
    file = tmp_path / "policy.yaml"
    file.write_text(ONE_TALK, "utf-8")
    return file


def test_the_way_there_is_told_stage_by_stage(one_talk: Path, terminal: Terminal) -> None:
    answer = terminal.policy("worst-case", one_talk, *CHRISTMAS)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        "Raised: Friday 18 December 2026 at 15:00",
        "Undecided until Saturday 19 December 2026 at 15:00, at the latest",
        "",
        "The way there",
        "- Talk (1)",
        "  from Friday 18 December 2026 at 15:00",
        "  to Saturday 19 December 2026 at 15:00",
        "  bounded by “Speak to each other”: within 24 hours (1)",
    ]


def test_where_there_is_no_bound_the_rules_that_leave_it_open_are_named(
    terminal: Terminal,
) -> None:
    answer = terminal.policy("worst-case", BRENT_FILE, *CHRISTMAS)
    assert answer.code == 0
    assert answer.lines[1].startswith("No bound: ")
    assert "  to the end of Tuesday 29 December 2026" in answer.lines
    assert "  to no time that the policy gives" in answer.lines
    left_open = answer.lines[answer.lines.index("What leaves it open") :]
    assert "- “Convene the resolution panel”: its time is not stated (2.6)" in left_open


def test_the_same_in_json(one_talk: Path, terminal: Terminal) -> None:
    found = terminal.policy("worst-case", one_talk, *CHRISTMAS, "--json").json
    assert list(found) == [
        "id",
        "title",
        "raised",
        "undecided_until",
        "cannot",
        "track",
        "path",
        "left_open",
    ]
    assert found["undecided_until"] == "2026-12-19T15:00:00+00:00"
    (visit,) = found["path"]
    assert (visit["stage"], visit["bound"]["rule"]) == ("talk", "speak")
    assert visit["to"] == found["undecided_until"]
    brent = terminal.policy("worst-case", BRENT_FILE, *CHRISTMAS, "--json").json
    assert brent["undecided_until"] is None
    assert set(brent["left_open"][0]) == {"rule", "what", "why", "clause"}


def test_the_worst_day_of_a_year(one_talk: Path, terminal: Terminal) -> None:
    answer = terminal.policy("worst-case", one_talk, "--year", "2026")
    assert answer.code == 0
    assert answer.lines[0].startswith("The worst day of 2026 to raise it: ")
    found = terminal.policy("worst-case", one_talk, "--year", "2026", "--json").json
    assert list(found)[2:] == ["year", "day", "days_not_computed", "case"]
    assert found["case"]["raised"].startswith(found["day"])
    no_bound = terminal.policy("worst-case", BRENT_FILE, "--year", "2026")
    assert no_bound.lines[0] == "No day of 2026 is the worst: there is no bound on any."


def test_past_the_bank_holidays_it_cannot_be_worked_out(terminal: Terminal) -> None:
    answer = terminal.policy("worst-case", BRENT_FILE, "--raised", "2040-01-02T10:00")
    assert answer.code == 1
    assert answer.lines[1].startswith("It cannot be worked out. ")
    later = terminal.policy("worst-case", BRENT_FILE, "--raised", "2040-01-02T10:00", "--json")
    assert (later.code, later.json["path"]) == (1, [])
    assert "bank holidays" in later.json["cannot"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "say when it is raised, or which year to look through"),
        ((*CHRISTMAS, "--year", "2026"), "say when it is raised, or which year to look through"),
        (("--raised", "tomorrow"), "Give the date and time like 2026-12-18T15:00"),
        (("--raised", "2026-03-29T01:30"), "does not exist in London"),
        (("--year", "3"), "write a year like 2026"),
        (("--year", "²026"), "write a year like 2026"),
    ],
)
def test_what_is_not_asked_right_is_refused(
    options: tuple[str, ...], words: str, terminal: Terminal
) -> None:
    answer = terminal.policy("worst-case", BRENT_FILE, *options)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
