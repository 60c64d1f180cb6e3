"""Build the front end once: Sass to one style sheet, script, images, each also under a name that carries its hash.

Run by `make env` with the project's own Python. The result is in src/counterpart/web/static, is not kept in git,
and goes into the wheel, so that whoever installs Counterpart needs no Node. Unchanged sources build nothing.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tools.environment import BUILD, ROOT, VENV, digest, install_node, one_at_a_time, say

SOURCES = ROOT / "frontend"
PACKAGES = ROOT / "node_modules"
GOVUK = PACKAGES / "govuk-frontend" / "dist"
STAGE = BUILD / "frontend"
STATIC = ROOT / "src" / "counterpart" / "web" / "static"
AXE = PACKAGES / "axe-core" / "axe.min.js"


def main() -> None:
    """Bring the built front end up to date; say what is being done."""
    with one_at_a_time("frontend"):
        stamp = BUILD / "frontend.stamp"
        wanted = digest(*_inputs())
        built = (STATIC / "staticfiles.json").exists() and AXE.exists()
        if built and stamp.exists() and stamp.read_text() == wanted:
            say("The front end is up to date")
            return
        install_npm_packages()
        say("Building the style sheet and script")
        build()
        stamp.write_text(wanted)


def install_npm_packages() -> None:
    """What package-lock.json names, checked against the hashes in it; install scripts are not run."""
    stamp = PACKAGES / "packages.stamp"
    wanted = digest(ROOT / "package.json", ROOT / "package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not _find("npm"):
        install_node()
    say("Installing GOV.UK Frontend and Sass, each checked against its hash")
    quiet = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([_program("npm"), "ci", *quiet])
    stamp.write_text(wanted)


def build() -> None:
    """Make the whole of STATIC anew from the sources and the packages."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(SOURCES / "images", STAGE / "images")
    sass = [_program("node"), str(PACKAGES / "sass" / "sass.js"), f"--load-path={GOVUK}"]
    style = [str(SOURCES / "counterpart.scss"), str(STAGE / "counterpart.css")]
    _run([*sass, "--no-source-map", "--style=compressed", *style])
    for script in SOURCES.glob("*.js"):
        shutil.copy(script, STAGE)
    # The map it points at is not shipped, so neither is the pointer.
    bundle = (GOVUK / "govuk" / "govuk-frontend.min.js").read_text(encoding="utf-8")
    kept = bundle.partition("//# sourceMappingURL=")[0] + "\n"
    (STAGE / "govuk-frontend.min.js").write_text(kept, encoding="utf-8")
    _give_names_that_carry_hashes()


def _give_names_that_carry_hashes() -> None:
    """Copy STAGE into STATIC as Django's manifest storage has it: hashed names, the manifest, compressed copies."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    shutil.rmtree(STATIC, ignore_errors=True)
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATIC_URL="/static/",
        STATIC_ROOT=STATIC,
        STATICFILES_DIRS=[STAGE],
        STORAGES={"staticfiles": {"BACKEND": "tools.static_names.HashedNames"}},
    )
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def _inputs() -> list[Path]:
    made_by = [
        ROOT / "package.json",
        ROOT / "package-lock.json",
        Path(__file__),
        ROOT / "tools" / "static_names.py",
    ]
    return made_by + [path for path in SOURCES.rglob("*") if path.is_file()]


def _program(name: str) -> str:
    found = _find(name)
    if found is None:
        raise FileNotFoundError(f"{name} is neither on this machine nor in .venv")
    return found


def _find(name: str) -> str | None:
    """The machine's own program of this name, or the one that a Python package brought into .venv."""
    return shutil.which(name) or shutil.which(name, path=str(VENV / "bin"))


def _run(command: list[str]) -> None:
    path = os.pathsep.join([os.environ.get("PATH", ""), str(VENV / "bin")])
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PATH": path})


if __name__ == "__main__":
    main()
