"""Make a new edition of the bank holidays, or check the newest one against a second source.

    python tools/bank_holidays.py edition 2027-03 > edition_2027_03.py
    python tools/bank_holidays.py check

Run by hand when the official feed changes, never by a build: an edition is reviewed like code.
`edition` reads the copy of the official feed inside the package govuk-bank-holidays; `check`
compares the newest edition with the package holidays, weekday by weekday. Neither package is
needed by anything else, so install them for the occasion.
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import UTC, date, datetime
from importlib import metadata, resources
from typing import Any

from counterpart.worktime import DIVISIONS, Edition, editions

LETTERS = {"england-and-wales": "E", "northern-ireland": "N", "scotland": "S"}
SUBDIVISIONS = {"england-and-wales": "ENG", "northern-ireland": "NIR", "scotland": "SCT"}

HEAD = '''"""Bank holidays as the official feed gave them, taken on {taken_on:%-d %B %Y}.

Source: the feed behind www.gov.uk/bank-holidays, as carried by the package govuk-bank-holidays
{version}. Made by tools/bank_holidays.py and reviewed; never edited afterwards. A correction is
a new edition. Each row: the date, what it is for, and the divisions that keep it (E for England
and Wales, N for Northern Ireland, S for Scotland).
"""

from __future__ import annotations

from datetime import date

from counterpart.worktime.edition import Edition, holidays

EDITION = Edition(
    name="{name}",
    taken_on=date({taken_on.year}, {taken_on.month}, {taken_on.day}),
    source="the official feed, as carried by govuk-bank-holidays {version}",
    first_day=date({first}, 1, 1),
    last_day=date({last}, 12, 31),
    days=holidays(
        (
'''
TAIL = """        )
    ),
)
"""


def main(words: list[str]) -> int:
    """Do what the command line asks; the answer is the exit status."""
    match words:
        case ["edition", name]:
            sys.stdout.write(edition_module(name, datetime.now(UTC).date()))
            return 0
        case ["edition", name, taken_on]:
            sys.stdout.write(edition_module(name, date.fromisoformat(taken_on)))
            return 0
        case ["check"]:
            return check(editions()[-1])
        case _:
            sys.stderr.write(__doc__ or "")
            return 2


def edition_module(name: str, taken_on: date) -> str:
    """The text of an edition module, from the feed's copy."""
    package = resources.files("govuk_bank_holidays")
    feed = json.loads((package / "bank-holidays.json").read_text("utf-8"))
    rows: dict[tuple[str, str], str] = {}
    for division, letter in LETTERS.items():
        for event in feed[division]["events"]:
            note = f" ({event['notes'].lower()})" if event["notes"] else ""
            row = (event["date"], event["title"] + note)
            rows[row] = rows.get(row, "") + letter
    days = sorted(rows)
    head = HEAD.format(
        name=name,
        taken_on=taken_on,
        version=metadata.version("govuk-bank-holidays"),
        first=days[0][0][:4],
        last=days[-1][0][:4],
    )
    lines = (f'            ("{day}", "{title}", "{rows[day, title]}"),\n' for day, title in days)
    return head + "".join(lines) + TAIL


def check(edition: Edition) -> int:
    """Print each weekday on which the two sources differ; 1 if there is any."""
    library: Any = importlib.import_module("holidays")
    years = range(edition.first_day.year, edition.last_day.year + 1)
    differences = 0
    for division in DIVISIONS:
        ours = set(edition.of(division))
        theirs = set(library.UK(subdiv=SUBDIVISIONS[division], years=years))
        for day in sorted(ours ^ theirs):
            if day.weekday() < 5:
                differences += 1
                print(f"{division} {day:%a %Y-%m-%d} only in {'ours' if day in ours else 'theirs'}")
    print(
        f"Edition {edition.name} beside holidays {library.__version__}: {differences} differences"
    )
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
