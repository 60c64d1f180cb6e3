"""Build everything this project needs, in the project folder: the Python environment, the front end, the fonts.

Run by `make env` with the machine's own Python, so it uses only the standard library. A second run with nothing
changed does nothing. Every package is checked against the hash in its lock file.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
BUILD = ROOT / "build"
OLDEST = (3, 11)


def main() -> None:
    """Make or refresh the environment; say what is being done."""
    if sys.version_info < OLDEST:
        sys.exit(f"Counterpart needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    with one_at_a_time("environment"):
        make_venv()
        install_packages()
        install_counterpart()
        subprocess.run([PYTHON, "-m", "compileall", "-q", ROOT / "src"], check=True, cwd=ROOT)
        subprocess.run([PYTHON, "-m", "tools.frontend"], check=True, cwd=ROOT)
        subprocess.run([PYTHON, "-m", "tools.fonts"], check=True, cwd=ROOT)


def say(words: str) -> None:
    """Tell the person who is waiting what happens now."""
    print(f"- {words}", flush=True)


@contextlib.contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold off a second run of the same work until this one is done."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(*paths: Path) -> str:
    """One hash over the names and contents of these files."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def make_venv() -> None:
    """A virtual environment in .venv, with pip in it."""
    if (VENV / "bin" / "pip").exists() and _answers(PYTHON):
        return
    say("Making a Python environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)


def install_packages() -> None:
    """Everything in requirements/dev.txt, by the hashes written there."""
    wanted = ROOT / "requirements" / "dev.txt"
    stamp = VENV / "packages.stamp"
    if stamp.exists() and stamp.read_text() == digest(wanted):
        say("Python packages are up to date")
        return
    say("Installing Python packages, each checked against its hash (about a minute the first time)")
    if not (_has_uv() and _install_with_uv(wanted)):
        _pip("--require-hashes", "-r", str(wanted))
    stamp.write_text(digest(wanted))


def install_counterpart() -> None:
    """The `counterpart` command in .venv, running from this folder's source."""
    wanted = digest(ROOT / "pyproject.toml", ROOT / "requirements" / "run.in")
    stamp = VENV / "counterpart.stamp"
    if stamp.exists() and stamp.read_text() == wanted and (VENV / "bin" / "counterpart").exists():
        return
    say("Installing the counterpart command")
    _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(wanted)


def install_node() -> None:
    """Node.js from a Python package, for a machine that has none of its own."""
    say("This machine has no Node.js: taking it from a Python package")
    wanted = ROOT / "requirements" / "node.txt"
    if not (UV.exists() and _install_with_uv(wanted)):
        _pip("--require-hashes", "-r", str(wanted))


def _answers(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0


def _has_uv() -> bool:
    """Put the fast installer into .venv; where that cannot be had, pip does the work."""
    if not UV.exists():
        asked = subprocess.run(
            [*_pip_install(), "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")],
            check=False,
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        if asked.returncode != 0:
            say("The fast installer cannot be had here; pip takes a few minutes instead")
    return UV.exists()


def _install_with_uv(wanted: Path) -> bool:
    """Whether uv could. It does not read pip's own settings, so pip may succeed where it fails."""
    command = [str(UV), "pip", "install", "--quiet", "--require-hashes", "-r", str(wanted)]
    environment = {
        **os.environ,
        "VIRTUAL_ENV": str(VENV),
        "UV_LINK_MODE": "copy",
        "UV_COMPILE_BYTECODE": "1",  # as pip does: the command starts in half the time
    }
    if subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode == 0:
        return True
    say("The fast installer did not manage; trying pip, which takes a few minutes")
    return False


def _pip(*arguments: str) -> None:
    subprocess.run([*_pip_install(), *arguments], check=True, cwd=ROOT)


def _pip_install() -> list[str]:
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


if __name__ == "__main__":
    main()
