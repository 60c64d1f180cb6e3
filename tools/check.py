"""Every check that reads the code rather than runs it. `--mend` puts right what can be put right by itself.

All checks run, whatever the first ones find; the exit code is 1 when any has found something.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import forbidden
from tools.environment import BUILD, ROOT, VENV, say

BIN = VENV / "bin"
TEMPLATES = "src/counterpart/web"
CODE = ("src", "tests", "tools", "bench", "faults")


def main(arguments: Sequence[str]) -> int:
    """Run the checks, or mend. Returns the exit code."""
    if "--mend" in arguments:
        return mend()
    failed = [name for name, check in CHECKS.items() if not _passes(name, check)]
    if failed:
        say("Not yet: " + "; ".join(failed))
        return 1
    say("Every check passed")
    return 0


def mend() -> int:
    """Format, and mend the lint that mends itself."""
    say("Formatting")
    code = _there(CODE)
    fixed = _run("ruff", "check", "--fix", "--quiet", *code)
    return 0 if _run("ruff", "format", *code) and fixed else 1


def formatting() -> bool:
    """The code is as `make format` would write it."""
    return _run("ruff", "format", "--check", "--quiet", *_there(CODE))


def lint() -> bool:
    """Ruff's rules, as chosen in pyproject.toml."""
    return _run("ruff", "check", "--quiet", *_there(CODE))


def types() -> bool:
    """Strict types everywhere."""
    return _run("mypy", "--no-error-summary")


def imports() -> bool:
    """Imports go one way, the core is pure, and one room writes the journal."""
    return _run("lint-imports", "--config", ".importlinter", "--no-logo")


def templates() -> bool:
    """The pages' mark-up."""
    return _run("djlint", TEMPLATES, "--lint", "--quiet", "--extension=jinja")


def migrations() -> bool:
    """No model has changed without a migration."""
    return _run("python", "-m", "tools.manage", "makemigrations", "--check", "--dry-run")


def made_pages() -> bool:
    """The pages made from the policies are as `make docs` would write them."""
    return _run("python", "-m", "tools.policy_docs", "--check")


def nothing_forbidden() -> bool:
    """No address of a package index, no path of one machine, no secret in what git tracks."""
    found = forbidden.found_in(ROOT)
    for line in found:
        print(f"  {line}")
    return not found


CHECKS: dict[str, Callable[[], bool]] = {
    "Formatting": formatting,
    "Lint": lint,
    "Types": types,
    "Imports": imports,
    "Templates": templates,
    "Migrations": migrations,
    "Pages made from the policies": made_pages,
    "What must not be in a commit": nothing_forbidden,
}


def _passes(name: str, check: Callable[[], bool]) -> bool:
    say(f"Checking: {name}")
    return check()


def _there(names: Sequence[str]) -> list[str]:
    return [name for name in names if (ROOT / name).is_dir()]


def _run(program: str, *arguments: str) -> bool:
    """Run one of the environment's programs with an installation of its own. True when it found nothing."""
    home = {"COUNTERPART_HOME": str(BUILD / "dev"), "COUNTERPART_DEMO": "1"}
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    command: list[str | Path] = [BIN / program, *arguments]
    return (
        subprocess.run(
            command, check=False, cwd=ROOT, env={**os.environ, **home, "PATH": path}
        ).returncode
        == 0
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
