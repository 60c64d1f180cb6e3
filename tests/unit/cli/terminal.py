"""Runs a command as a person at a terminal would, in this process, faults in plain words included."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counterpart.cli.main import run


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left with, and what it printed, which is always UTF-8."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Terminal:
    """Calls commands of `counterpart policy`, and keeps what each printed apart."""

    def __init__(self, printed: pytest.CaptureFixture[bytes]) -> None:
        self._printed = printed

    def policy(self, *words: str | Path) -> Answer:
        with pytest.raises(SystemExit) as left:
            run(["policy", *map(str, words)])
        out, err = self._printed.readouterr()
        assert b"Traceback" not in err
        code = left.value.code
        assert isinstance(code, int)
        return Answer(code, out.decode(), err.decode())
