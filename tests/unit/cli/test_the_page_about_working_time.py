"""docs/working-time.md shows what the command says. It is held to it here."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterpart.cli.main import app

PAGE = (Path(__file__).parents[3] / "docs" / "working-time.md").read_text()
COMMAND, CERTIFICATE, QUESTIONS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
ROWS = re.findall(
    r"^\| `([^-`][^`]*)` \| [^|]+ \| \w+ (\d+ \w+ 2026), (\d\d:\d\d) \| (.*) \|$",
    PAGE,
    re.MULTILINE,
)
MONTHS = {"March": "03", "December": "12"}


def test_the_certificate_is_the_one_the_command_makes() -> None:
    _, *arguments = shlex.split(COMMAND)

    assert CliRunner().invoke(app, arguments).stdout == CERTIFICATE


@pytest.mark.parametrize(("limit", "day", "clock", "due"), ROWS, ids=lambda value: value[:20])
def test_each_unit_is_due_when_the_table_says(limit: str, day: str, clock: str, due: str) -> None:
    number, month, year = day.split()
    result = CliRunner().invoke(
        app,
        [
            "due",
            *("--from", f"{year}-{MONTHS[month]}-{number}T{clock}", "--limit", limit),
            *("--calendar", "england-and-wales", "--json"),
            *("--service", "front-door: Monday to Friday 09:00-17:00"),
        ],
    )

    at = json.loads(result.stdout)["due"]
    shown = re.search(r"(\d+) (\w+), (\d\d:\d\d)", due)
    same = clock if due == "the same moment" else "23:59:59"
    expected = (
        f"2026-{MONTHS[shown[2]]}-{shown[1]}T{shown[3]}"
        if shown
        else f"{year}-{MONTHS[month]}-{number}T{same}"
    )
    assert at.startswith(expected)


def test_the_table_has_a_row_for_each_unit() -> None:
    assert len(ROWS) == 7


def test_each_line_of_the_file_shown_is_answered() -> None:
    result = CliRunner().invoke(app, ["due", "--batch", "-"], input=QUESTIONS)

    assert result.exit_code == 0
    assert all(json.loads(line)["due"] for line in result.stdout.splitlines())
    assert len(result.stdout.splitlines()) == 4
