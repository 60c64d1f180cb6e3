"""What must never be in a commit: an address of a package index, a path of one machine, a key.

Reads what git tracks or would track. It changes nothing.
"""

import re
import subprocess
from pathlib import Path

# Written in pieces, so that this file does not find itself.
_INDEXES = (
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "registry" + r"\.npmjs",
    "registry" + r"\.yarnpkg",
)
PATTERNS = {
    "the address of a package index": re.compile(
        "|".join(_INDEXES) + "|--(extra-)?index-" + "url[ =]"
    ),
    "a path of one machine": re.compile(r"(?<![\w.\-/])/(work|farm|root|home/\w+|Users/\w+)/"),
    "a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
}
_NOT_TEXT = {".png", ".jpg", ".ico", ".pdf", ".gz", ".woff2"}


def found_in(root: Path) -> list[str]:
    """One line for each find: file, line number and what it is."""
    found = []
    for path in _tracked(root):
        if path.suffix in _NOT_TEXT or not path.is_file():
            continue
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            found += [
                f"{path.relative_to(root)}:{number}: {what}"
                for what, pattern in PATTERNS.items()
                if pattern.search(line)
            ]
    return found


def _tracked(root: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        check=True,
        cwd=root,
        capture_output=True,
        text=True,
    )
    return [root / name for name in listed.stdout.split("\0") if name]
