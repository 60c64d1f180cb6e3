"""The page about the commands names every one that needs no installation, and every option of it."""

import re

import pytest
import typer

from counterpart.cli.policies.commands import policy
from tests.casebook import POLICIES

PAGE = (POLICIES.parent / "docs" / "command-line.md").read_text("utf-8")
GROUP = typer.main.get_command(policy)
OPTIONS = [
    (name, option)
    for name, command in getattr(GROUP, "commands", {}).items()
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("--")
]


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_on_the_page_under_its_command(command: str, option: str) -> None:
    parts = re.split(rf"\n## `counterpart policy {command}[ `]", PAGE)
    assert len(parts) == 2
    assert option in parts[1].split("\n## ")[0] or option == "--json"


def test_there_are_commands_to_look_for() -> None:
    assert len({command for command, _ in OPTIONS}) >= 7
