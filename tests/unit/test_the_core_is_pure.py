"""The rooms that are values in, values out: they read no clock, open no file and throw no dice.

The import contract keeps out the libraries; this keeps out what needs no import of its own.
"""

import ast
from pathlib import Path

import pytest

import counterpart

PURE = ("worktime", "policy", "engine", "rehearsal")
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "localtime"}
ACTS = {"open", "input", "print", "eval", "exec", "__import__"}
MODULES = sorted(
    path for room in PURE for path in (Path(counterpart.__file__).parent / room).rglob("*.py")
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_a_pure_module_reads_no_clock_and_does_nothing_to_the_world(path: Path) -> None:
    called = [
        node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    ]
    clocks = [
        call.lineno
        for call in called
        if isinstance(call, ast.Attribute)
        and call.attr in CLOCKS
        and ast.unparse(call.value).rpartition(".")[2] in {"datetime", "date", "time"}
    ]
    acts = [call.lineno for call in called if isinstance(call, ast.Name) and call.id in ACTS]
    assert (clocks, acts) == ([], [])
