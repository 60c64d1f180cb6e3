"""`counterpart due`, as somebody at a terminal or another program meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from counterpart.cli.due_questions import LONGEST_LINE
from counterpart.cli.main import app

FIVE_DAYS = ("--from", "2026-12-18T15:00", "--limit", "5 working days")
EW = ("--calendar", "england-and-wales")


def due(*options: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["due", *options], input=given)


def answer(*options: str) -> dict[str, Any]:
    found = json.loads(due(*options, "--json").stdout)
    assert isinstance(found, dict)
    return found


def batch(text: str | bytes, *options: str) -> tuple[int, list[dict[str, Any]]]:
    result = due("--batch", "-", *options, given=text)
    assert result.stderr == ""
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


# --- one question -------------------------------------------------------------------------------


def test_the_certificate_shows_when_and_every_day_and_why() -> None:
    result = due("--from", "2026-12-24T15:00", "--limit", "1 working day", *EW)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Due: Tuesday 29 December 2026 at 23:59:59, London time (2026-12-29T23:59:59+00:00)",
        "",
        "Starts: Thursday 24 December 2026 at 15:00:00, London time (2026-12-24T15:00:00+00:00)",
        "Limit: 1 working day",
        "Bank holidays: England and Wales, edition 2026-11",
        "",
        "How the time is counted",
        "  The day it starts is day zero: the next day that counts is day one.",
        "  What starts on a weekend or bank holiday starts on that day.",
        "  It is due at the last second of the last day counted, London time.",
        "",
        "Each day",
        "  Thu 24 Dec 2026  not counted  the day it starts: day zero",
        "  Fri 25 Dec 2026  not counted  bank holiday: Christmas Day",
        "  Sat 26 Dec 2026  not counted  Saturday",
        "  Sun 27 Dec 2026  not counted  Sunday",
        "  Mon 28 Dec 2026  not counted  bank holiday: Boxing Day (substitute day)",
        "  Tue 29 Dec 2026  counted      working day 1 of 1",
    ]


def test_the_example_of_the_manual_in_json() -> None:
    found = answer(*FIVE_DAYS, *EW)

    assert (found["due"], found["edition"]) == ("2026-12-29T23:59:59+00:00", "2026-11")
    assert found["days"][0] == {
        "date": "2026-12-18",
        "counted": False,
        "why": "the day it starts: day zero",
    }
    assert [day["date"][-2:] for day in found["days"] if day["counted"]] == [
        "21",
        "22",
        "23",
        "24",
        "29",
    ]


@pytest.mark.parametrize(
    ("options", "at"),
    [
        (("--limit", "48 hours", "--from", "2026-03-28T12:00"), "2026-03-30T13:00:00+01:00"),
        (("--limit", "1 calendar day", "--from", "2026-06-01T10:00"), "2026-06-02T23:59:59+01:00"),
        (("--limit", "immediate", "--from", "2026-06-01T10:00+00:00"), "2026-06-01T11:00:00+01:00"),
        ((*FIVE_DAYS, *EW, "--counting", "day-one"), "2026-12-24T23:59:59+00:00"),
        ((*FIVE_DAYS, *EW, "--cut-off", "14:00"), "2026-12-30T23:59:59+00:00"),
        (
            (*FIVE_DAYS, *EW, "--cut-off", "14:00", "--day-ends", "17:00"),
            "2026-12-30T17:00:00+00:00",
        ),
        (
            ("--from", "2026-12-19T15:00", "--limit", "1 working day", *EW),
            "2026-12-21T23:59:59+00:00",
        ),
        (
            (
                *("--from", "2026-12-19T15:00", "--limit", "1 working day", *EW),
                *("--closed-days", "next-working-day"),
            ),
            "2026-12-22T23:59:59+00:00",
        ),
        (
            ("--from", "2026-06-12T10:00", "--limit", "1 working day", "--calendar", "scotland"),
            "2026-06-16T23:59:59+01:00",
        ),
        (
            (
                *("--from", "2026-06-12T10:00", "--limit", "1 working day"),
                *("--calendar", "scotland", "--edition", "2026-02"),
            ),
            "2026-06-15T23:59:59+01:00",
        ),
        (
            (
                *("--from", "2026-06-12T10:00", "--limit", "1 working day", *EW),
                *("--calendar", "scotland"),
            ),
            "2026-06-16T23:59:59+01:00",
        ),
        (
            (
                *("--from", "2026-06-12T10:00", "--limit", "1 working day", *EW),
                *("--calendar", "scotland", "--working-in", "any"),
            ),
            "2026-06-15T23:59:59+01:00",
        ),
        (
            (
                *("--from", "2026-06-12T16:00", "--limit", "2 service hours of front-door", *EW),
                *("--service", "front-door: Monday to Friday 09:00-17:00"),
            ),
            "2026-06-15T10:00:00+01:00",
        ),
    ],
)
def test_units_nations_editions_and_readings(options: tuple[str, ...], at: str) -> None:
    assert answer(*options)["due"] == at


@pytest.mark.parametrize("limit", ["as soon as possible", "not stated: source not held"])
def test_no_number_is_no_deadline_and_no_fault(limit: str) -> None:
    options = ("--from", "2026-12-18T15:00", "--limit", limit)
    found, result = answer(*options), due(*options)

    assert found["due"] is None
    assert "There is no deadline" in found["why"]
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, found["why"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--from", "2028-12-20T10:00", "--limit", "9 working days", *EW), "past_edition"),
        (("--from", "2011-12-20T10:00", "--limit", "9 working days", *EW), "before_edition"),
        (FIVE_DAYS, "no_calendar"),
    ],
)
def test_what_cannot_be_computed_says_why_and_leaves_with_1(
    options: tuple[str, ...], code: str
) -> None:
    found, result = answer(*options), due(*options)

    assert (found["due"], found["cannot"], found["days"]) == (None, code, [])
    assert "cannot be computed" in found["why"]
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, found["why"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--from", "2026-03-29T01:30", "--limit", "1 hour"),
            "--from: 01:30 on 29 March 2026 does",
        ),
        (("--from", "2026-10-25T01:30", "--limit", "1 hour"), "happens twice in London"),
        (("--from", "tomorrow", "--limit", "1 hour"), "--from: Give the date and time like"),
        (("--from", "2026-12-18T15:00", "--limit", "5 wrking days"), '"5 working days"?'),
        (("--from", "2026-12-18T15:00", "--limit", "5 days"), "working days or calendar days"),
        ((*FIVE_DAYS, "--calendar", "wales"), '--calendar: There is no calendar called "wales"'),
        ((*FIVE_DAYS, *EW, "--edition", "2020"), "--edition: There is no edition"),
        ((*FIVE_DAYS, *EW, "--counting", "day-two"), "--counting: "),
        ((*FIVE_DAYS, *EW, "--cut-off", "5pm"), "--cut-off: "),
        ((*FIVE_DAYS, *EW, "--closed-days", "skip"), "--closed-days: "),
        ((*FIVE_DAYS, *EW, "--service", "desk"), "--service: "),
        ((), "--from: Give the date and time like"),
    ],
)
def test_a_bad_question_is_refused_in_plain_words(options: tuple[str, ...], said: str) -> None:
    result = due(*options)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_a_bad_question_in_json_says_every_problem() -> None:
    found = answer("--from", "tomorrow", "--limit", "5 wrking days")

    assert found["due"] is None
    assert "Give the date and time" in found["problem"]
    assert [each["part"] for each in found["problems"]] == ["from", "limit"]


# --- a file of them -----------------------------------------------------------------------------

LINE = '{"from": "2026-12-18T15:00", "limit": "5 working days", "calendar": "england-and-wales"}'


def test_one_answer_a_line_in_order() -> None:
    code, found = batch(
        f"{LINE}\n"
        '{"from": "2026-06-12T10:00", "limit": "1 working day", "calendar": ["scotland"],'
        ' "edition": "2026-02"}\n'
        '{"from": "2026-12-18T15:00", "limit": "as soon as possible"}\n'
        '{"from": "2026-12-18T15:00", "limit": "1 working day", "calendar": "scotland",'
        ' "counting": "day-one"}'
    )

    assert code == 0
    assert [each["due"] for each in found] == [
        "2026-12-29T23:59:59+00:00",
        "2026-06-15T23:59:59+01:00",
        None,
        "2026-12-18T23:59:59+00:00",
    ]
    assert found[0] == answer(*FIVE_DAYS, *EW)


def test_a_line_takes_what_it_leaves_out_from_the_options() -> None:
    code, found = batch(
        '{"from": "2026-12-18T15:00"}\n'
        '{"from": "2026-12-18T15:00", "limit": null, "calendar": "scotland"}\n'
        '{"from": "2026-12-18T15:00", "counting": {"start_day": "day_zero"}}\n',
        *("--limit", "1 working day", "--counting", "day-one", *EW),
    )

    assert code == 0
    assert [(each["due"][:10], each["calendar"]) for each in found] == [
        ("2026-12-18", "england-and-wales"),
        ("2026-12-18", "scotland"),
        ("2026-12-21", "england-and-wales"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "not JSON"),
        ("tomorrow", "not JSON"),
        ("[1]", "A line is one question"),
        ("5", "A line is one question"),
        ('{"from": 5}', '"from" must be text.'),
        ('{"calendar": [5]}', '"calendar" must be text, or a list of texts.'),
        ('{"counting": 5}', '"counting" must be text, or texts by name.'),
        ('{"counting": {"cutoff": "17:00"}}', '"counting" has no "cutoff"'),
        ('{"limits": "5 working days"}', 'Did you mean "limit"?'),
        ('{"limit": "1 hour", "limit": "2 hours"}', "a key is there twice"),
        ("{}", "from: Give the date and time"),
        ('{"from": "2026-03-29T01:30", "limit": "1 hour"}', "does not exist"),
        (
            '{"from": "2026-12-18T15:00", "limit": "5 wrking days"}',
            'Did you mean "5 working days"?',
        ),
        ('{"from": "2026-12-18T15:00", "limit": "\\ud800 hours"}', "is not a limit"),
        ("[" * 20_000, "cannot be read"),
        ('{"from": ' + "9" * 5_000 + "}", "cannot be read"),
        ('"' + "x" * (2 * LONGEST_LINE) + '"', "A line has at most 65,536 bytes."),
    ],
    ids=lambda value: value[:30],
)
def test_a_bad_line_is_answered_in_its_place(line: str, said: str) -> None:
    code, found = batch(f"{LINE}\n{line}\n{LINE}\n")

    assert code == 1
    assert [each["due"] is None for each in found] == [False, True, False]
    assert said in found[1]["problem"]
    assert "problem" not in found[0]


def test_a_line_that_is_not_utf_8_is_answered_in_its_place() -> None:
    code, found = batch(b"\xff\xfe\n" + LINE.encode() + b"\r\n")

    assert code == 1
    assert [each["due"] is None for each in found] == [True, False]


def test_a_mark_of_byte_order_is_no_part_of_the_first_line() -> None:
    assert batch(b"\xef\xbb\xbf" + LINE.encode())[0] == 0


def test_a_line_that_cannot_be_computed_leaves_with_1() -> None:
    code, found = batch('{"from": "2026-12-18T15:00", "limit": "5 working days"}\n' + LINE)

    assert code == 1
    assert (found[0]["cannot"], found[1]["cannot"]) == ("no_calendar", None)


def test_a_file_with_nothing_in_it_has_no_answers() -> None:
    assert batch("") == (0, [])


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(f"{LINE}\n{LINE}\n")

    result = due("--batch", str(tmp_path / "questions.jsonl"))

    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_leaves_with_2(name: str, tmp_path: Path) -> None:
    result = due("--batch", str(tmp_path / name))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read: " in result.stderr


# --- the program --------------------------------------------------------------------------------

ASKED = """
import sys
from counterpart.cli.main import app
try:
    app(["due", "--from", "2026-12-18T15:00", "--limit", "5 working days",
         "--calendar", "england-and-wales"])
finally:
    print(sorted({"django", "cryptography", "yaml", "counterpart.policy"} & set(sys.modules)))
"""


def test_it_runs_without_settings_and_brings_in_no_framework() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, env={}, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Due: Tuesday 29 December 2026 at 23:59:59")
    assert ran.stdout.endswith("\n[]\n")


def test_it_is_a_command_of_the_program() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "counterpart.cli", "due", *FIVE_DAYS, *EW, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["due"] == "2026-12-29T23:59:59+00:00"
