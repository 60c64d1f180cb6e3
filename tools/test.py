"""Run every test: all of them on SQLite, then those of storage and use cases again on PostgreSQL.

It sets up what they need first (a Chromium, a PostgreSQL of their own) and fails where that cannot be had. Two
workers, because the tests are written for a machine of two cores. Ends with the counts of both runs together.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

from tests import installation, postgresql
from tools import browser
from tools.environment import PYTHON, ROOT, say

WORKERS = "2"
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


def main() -> int:
    """Run both suites. Returns 0 when every test passed and none was skipped."""
    try:
        chromium = browser.chromium()
    except browser.NoBrowser as fault:
        say(str(fault))
        return 1
    os.environ[browser.VARIABLE] = str(chromium)
    say(f"Browser: {chromium}")
    say("Running every test on SQLite, with a browser")
    codes, counts = [], Counter[str]()
    for code, counted in (on_sqlite(), on_postgresql()):
        codes.append(code)
        counts += counted
    failed = counts["failed"] + counts["error"]
    print(f"\n{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped")
    return 0 if not any(codes) and not failed and not counts["skipped"] else 1


def on_sqlite() -> tuple[int, Counter[str]]:
    """The whole suite."""
    return run_pytest(["tests"])


def on_postgresql() -> tuple[int, Counter[str]]:
    """The storage and use-case suites, on a PostgreSQL started for them."""
    with postgresql.running() as address:
        say("Running the storage and use-case tests on PostgreSQL")
        # The long walk over every address × every person asks no more of one database than of the other.
        tests = ["tests/integration", "--ignore=tests/integration/web/test_routes.py"]
        return run_pytest(tests, {installation.POSTGRESQL_VARIABLE: address})


def run_pytest(
    paths: Sequence[str], more: dict[str, str] | None = None
) -> tuple[int, Counter[str]]:
    """Run pytest, showing what it prints as it comes. Returns its exit code and its counts."""
    command = [str(PYTHON), "-m", "pytest", "-n", WORKERS, "--dist", "worksteal", "-q", *paths]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(more or {})}, stdout=subprocess.PIPE, text=True
    ) as tests:
        last = _show(tests)
    counts = Counter({_singular(what): int(number) for number, what in _COUNT.findall(last)})
    return tests.returncode, counts


def _show(tests: "subprocess.Popen[str]") -> str:
    """Pass the output on and give the last line that holds counts."""
    assert tests.stdout is not None  # noqa: S101 - we asked for a pipe
    last = ""
    for line in tests.stdout:
        print(line, end="", flush=True)
        if _COUNT.search(line) and " in " in line:
            last = line
    return last


def _singular(what: str) -> str:
    return "error" if what.startswith("error") else what


if __name__ == "__main__":
    sys.exit(main())
