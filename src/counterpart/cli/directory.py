"""`counterpart directory import` and `export`: a partnership's directory from files, and to files.

It must not decide what is wrong in a file: `people.importing` does. Names of people are printed to
whoever runs the command, who has the files already; nothing is logged.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from counterpart.cli import installation
from counterpart.cli.faults import CannotGoOn
from counterpart.cli.policies.files import named, readable, write
from counterpart.cli.policies.saying import counted, say, say_beside
from counterpart.config import startup

if TYPE_CHECKING:
    from counterpart.people.importing.plan import Plan
    from counterpart.people.importing.problems import Problem
    from counterpart.people.importing.reading import Sheet

SHOWN = 200
"""Changes printed one by one. There may be many thousands; all of them are counted."""


def bring_in(files: Sequence[Path], *, partnership: str, is_dry_run: bool) -> int:
    """Import the files together, or say what that would do. Returns 0, or 1 where anything is wrong."""
    _refuse_large(files)
    _start()
    from counterpart.casework import importing
    from counterpart.casework.actors import by_command
    from counterpart.journal.errors import Conflict

    here, now = _partnership(partnership), datetime.now(UTC)
    sheets = [_read(path) for path in files]
    if is_dry_run:
        plan = importing.dry_run(sheets=sheets, partnership=here, now=now)
    else:
        try:
            plan = importing.bring_in(
                sheets=sheets, partnership=here, actor=by_command(), now=now, said=_progress
            )
        except Conflict:
            raise CannotGoOn(
                "Somebody else changed the directory at the same moment, so nothing was done. Run it again."
            ) from None
    _say_plan(plan, is_dry_run=is_dry_run)
    return 1 if plan.problems else 0


def write_out(output: Path, *, partnership: str) -> None:
    """Write the directory to a folder as three CSV files, to one .csv (by its name), or to one .xlsx."""
    _start()
    from counterpart.people.importing import exporting
    from counterpart.people.importing.columns import KINDS
    from counterpart.worktime import in_london

    here, today = _partnership(partnership), in_london(datetime.now(UTC)).date()
    if output.suffix.lower() == ".xlsx":
        write(output, exporting.as_spreadsheet(here, today))
        say(f"Wrote {named(output)}")
        return
    kind = output.stem.lower()
    if output.suffix.lower() == ".csv" and kind not in KINDS:
        raise CannotGoOn(
            f"A CSV file holds one of three: call it {', '.join(f'{one}.csv' for one in KINDS)}, "
            "or give a folder for all three."
        )
    if output.suffix.lower() == ".csv":
        chosen = {kind: output}
    else:
        with readable(output):
            output.mkdir(parents=True, exist_ok=True)
        chosen = {one: output / f"{one}.csv" for one in KINDS}
    for one, path in chosen.items():
        write(path, exporting.as_csv(one, here, today))
        say(f"Wrote {named(path)}")


def _start() -> None:
    startup.require_ready()
    installation.start_django()
    installation.require_guarded()


def _refuse_large(files: Sequence[Path]) -> None:
    """Before anything is started or read: a file that is too large, or is not there."""
    from counterpart.people.importing.limits import MOST_BYTES, too_large

    for path in files:
        with readable(path):
            if not path.is_file():
                why = "it is no ordinary file" if path.exists() else "there is no such file"
                raise CannotGoOn(f"{named(path)} cannot be read: {why}.")
            if (size := path.stat().st_size) > MOST_BYTES:
                raise CannotGoOn(f"{named(path)}: {too_large(size)}")


def _partnership(code: str) -> str:
    """The partnership meant: by its code, or the only one there is."""
    from counterpart.people.finders import partnerships

    known = {each.code: each.id for each in partnerships()}
    if code in known:
        return known[code]
    codes = ", ".join(sorted(known)) or "none"
    if code:
        raise CannotGoOn(f"There is no partnership with the code {code}. There are: {codes}.")
    if len(known) == 1:
        return next(iter(known.values()))
    if not known:
        raise CannotGoOn(
            "There is no partnership yet. Make one first: counterpart partnership add."
        )
    raise CannotGoOn(f"Say which partnership with --partnership. There are: {codes}.")


def _read(path: Path) -> Sheet:
    from counterpart.people.importing.limits import MOST_BYTES
    from counterpart.people.importing.reading import read_sheet

    with readable(path), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    sheet = read_sheet(path.name, content)
    say_beside(f"Read {path.name}: {counted(sheet.count, 'row')}")
    return sheet


def _progress(what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= of else ""
        typer.echo(f"\r{what}: {done:,} of {of:,}{end}", nl=False, err=True)
    elif done >= of or done % 1000 == 0:
        say_beside(f"{what}: {done:,} of {of:,}")


def _say_plan(plan: Plan, *, is_dry_run: bool) -> None:
    for note in plan.notes:
        say(_line("Note", note))
    for problem in plan.problems:
        say(_line("Wrong", problem))
    if plan.problems:
        say(f"\n{counted(len(plan.problems), 'problem')}. Nothing was changed.")
    for n, change in enumerate(plan.changes()):
        if n == SHOWN:
            say(f"… and more: the first {SHOWN} are shown")
            break
        detail = f" ({change.detail})" if change.detail else ""
        say(f"{change.what.capitalize()}: {change.kind} {change.name}{detail}")
    say("")
    for words, count in plan.counts():
        say(f"{count:>8,} {words}")
    if plan.problems:
        return
    if plan.is_empty:
        say("The directory says all of this already. Nothing was changed.")
    elif is_dry_run:
        say("This was a dry run. Nothing was changed.")
    else:
        say("Done.")


def _line(what: str, problem: Problem) -> str:
    return f"{what}: {problem.where}: {problem.words}"


def share(agency: str, *, partnership: str, also_in: str) -> None:
    """Make an agency part of one more partnership. Raises `CannotGoOn`."""
    _start()
    from counterpart.casework.actors import by_command
    from counterpart.casework.directory_upkeep import share_agency
    from counterpart.people.changes import DirectoryFault
    from counterpart.people.importing.known import agencies_known

    here, there = _partnership(partnership), _partnership(also_in)
    known = agencies_known(here).get(agency.lower())
    if known is None:
        raise CannotGoOn(f"That partnership has no agency called {agency}.")
    try:
        share_agency(agency=known.id, partnership=there, actor=by_command(), now=datetime.now(UTC))
    except DirectoryFault as fault:
        raise CannotGoOn(fault.words) from None
    say(f"{known.name} is in both partnerships now, with its posts and people.")
