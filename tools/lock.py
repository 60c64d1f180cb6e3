"""Pin every package anew: requirements/*.txt from *.in, and package-lock.json, with hashes and without addresses.

Where a package comes from is the affair of whoever installs it; what it must be is ours, and is in the hash.
"""

import json
import subprocess

from tools.environment import ROOT, UV, say

ORDER = ("uv", "node", "run", "dev")  # dev is held to the versions in run
NPM = [
    "npm",
    "install",
    "--package-lock-only",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
]


def main() -> None:
    """Lock the Python packages and then the npm packages."""
    for name in ORDER:
        say(f"Locking requirements/{name}.txt")
        lock_python(name)
    say("Locking package-lock.json")
    lock_npm()


def lock_python(name: str) -> None:
    """Write requirements/NAME.txt from NAME.in: for Python 3.11 and later, on any platform."""
    options = [
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
    ]
    quiet = ["--no-emit-index-url", "--no-emit-find-links", "--upgrade"]
    subprocess.run(
        [UV, "pip", "compile", *options, *quiet, f"{name}.in", "-o", f"{name}.txt"],
        check=True,
        cwd=ROOT / "requirements",
    )


def lock_npm() -> None:
    """Write package-lock.json anew and take out addresses and advertisements; the hashes stay."""
    path = ROOT / "package-lock.json"
    subprocess.run(NPM, check=True, cwd=ROOT)
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
