"""Build the wheel that people install: the package, its pages, the built front end and the policies.

`make wheel` runs it after `make env`, so the front end is there. It needs no Node at the other end.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tools.environment import BUILD, PYTHON, ROOT, say

DIST = ROOT / "dist"
MUST_HAVE = (
    "counterpart/web/static/staticfiles.json",
    "counterpart/web/templates/layout.jinja",
    "counterpart/policies/brent/policy.yaml",
    "counterpart/pack/fonts/covered.json",
    "counterpart/pack/page.typ",
)


def main() -> int:
    """Build it, and say whether everything that is not Python is in it."""
    say("Building the wheel")
    stage = staged()
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(DIST)]
    subprocess.run([PYTHON, "-m", "pip", "wheel", *options, str(stage)], check=True, cwd=BUILD)
    wheel = max(DIST.glob("counterpart-*.whl"), key=lambda path: path.stat().st_mtime)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    missing = [wanted for wanted in MUST_HAVE if not any(name.startswith(wanted) for name in names)]
    if missing:
        say("The wheel lacks: " + ", ".join(missing))
        return 1
    say(f"Built dist/{wheel.name}, {wheel.stat().st_size // 1024} KiB")
    return 0


def staged() -> Path:
    """A copy of what goes in, with the policies where an installed package finds them."""
    stage = BUILD / "wheel"
    shutil.rmtree(stage, ignore_errors=True)
    without = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("src", "requirements"):
        shutil.copytree(ROOT / folder, stage / folder, ignore=without)
    shutil.copytree(ROOT / "policies", stage / "src" / "counterpart" / "policies", ignore=without)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, stage)
    return stage


if __name__ == "__main__":
    sys.exit(main())
