"""Find a Chromium for the browser tests, or get one: the machine's own, Debian's by apt, Playwright's download.

Where none can be had the tests fail, and the message names the package to install. It is never a skip.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tools.environment import PYTHON, say

VARIABLE = "COUNTERPART_TEST_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE_TO_BE_HAD = (
    "There is no Chromium on this machine and it could not be installed.\n"
    "Install the package `chromium` (Debian, Ubuntu: apt-get install chromium), or set"
    f" {VARIABLE} to the path of one, and run `make test` again."
)


class NoBrowser(RuntimeError):
    """No Chromium, and none to be had. The message says what to install."""


def chromium() -> Path:
    """The path of a Chromium that starts; installs one where it may. Raises `NoBrowser`."""
    for get in (_already_there, _from_debian, _from_playwright):
        path = get()
        if path is not None and _starts(path):
            return path
    raise NoBrowser(NONE_TO_BE_HAD)


def _already_there() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else _playwright_path()


def _from_debian() -> Path | None:
    if not shutil.which("apt-get"):
        return None
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become_root and not (shutil.which("sudo") and _works([*become_root, "true"])):
        return None
    say("Installing Debian's chromium for the browser tests (a minute or two)")
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "--yes", "--no-install-recommends", "chromium"]
    if not (_works([*apt, "update"]) and _works(install)):
        return None
    found = shutil.which("chromium")
    return Path(found) if found else None


def _from_playwright() -> Path | None:
    say("Asking Playwright for a Chromium of its own")
    return (
        _playwright_path()
        if _works([str(PYTHON), "-m", "playwright", "install", "chromium"])
        else None
    )


def _playwright_path() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _starts(path: Path) -> bool:
    return _works([str(path), "--version"], quietly=True)


def _works(command: list[str], *, quietly: bool = False) -> bool:
    try:
        done = subprocess.run(
            command,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if quietly else None,
        )
    except OSError:
        return False
    return done.returncode == 0
