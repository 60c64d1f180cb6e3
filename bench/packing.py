"""Figures of the pack: a case of 200 entries from its words at rest to a tagged PDF, beside the limit and a peer.

The peer, WeasyPrint, is given the same content as HTML with the same headings and tables, and asked for PDF/UA as we
ask for it; what it does not do is read the case. It is measured in an installation on SQLite that is thrown away.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.figures import Figure, at_most, say
from tests import installation

if TYPE_CHECKING:
    from counterpart.pack.content import Content

ROOT = Path(__file__).parents[1]
ENTRIES, ROUNDS = 200, 5
WITHIN = 1.0
NAME, PEER = "pack", "pack-peer"
SAID = "The worker told me what the visit had found, and I said why I see it differently. " * 8


def figures(only: str) -> Iterator[Figure]:
    """The figures whose names begin with `only`."""
    if not any(name.startswith(only) for name in (NAME, PEER)):
        return
    say(f"Making the pack of a case with {ENTRIES} entries")
    found = _measured()
    ours, drawn, theirs = found["pack"], found["drawn"], found["peer"]
    both = (
        at_most(NAME, ours, "seconds", "the limit", WITHIN, 1),
        at_most(PEER, drawn, "seconds", "WeasyPrint on the same content", theirs, 1),
    )
    yield from (figure for figure in both if figure.name.startswith(only))


def _measured() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="counterpart-bench-") as folder:
        home = Path(folder)
        installation.make_keys(home)
        environment = installation.environment_for(home) | {
            "DJANGO_SETTINGS_MODULE": "counterpart.config.settings",
            "COUNTERPART_LOG_LEVEL": "ERROR",
        }
        for words in (("counterpart.cli", "migrate"), ("bench.packing",)):
            done = subprocess.run(
                [sys.executable, "-m", *words],
                check=True,
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
            )
        found: dict[str, float] = json.loads(done.stdout)
        return found


def _measure() -> dict[str, float]:
    """In the installation: play a case, make its pack, and have the peer draw the same content."""
    from counterpart.cli import installation as ours

    ours.start_django()
    from counterpart.access.answers import Allowed
    from counterpart.access.permission import can
    from counterpart.pack import pdf
    from counterpart.pack.asking import PackAsked
    from counterpart.pack.giving import PDF, content_for, give
    from tests.town import RAISER, Story, town

    story = Story(town()).raised().to_workers()
    while story.state.version < ENTRIES:
        story.records("workers-discuss", "not_agreed", said=SAID)
    person = story.town.people[RAISER]
    allowed = can(person, "see_case", story.case, story.now)
    if not isinstance(allowed, Allowed):
        raise AssertionError(allowed)
    by: dict[str, Any] = {
        "case": story.case,
        "person": person,
        "allowed": allowed,
        "now": story.now,
    }
    content = content_for(asked=PackAsked(), **by)
    return {
        "pack": _seconds(lambda: give(asked=PackAsked(), kind=PDF, **by)),
        "drawn": _seconds(lambda: pdf.draw(content)),
        "peer": _seconds(lambda: _by_peer(content)),
    }


def _seconds(act: Any) -> float:
    """The median of some rounds, after one that does not count."""
    act()
    rounds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        act()
        rounds.append(perf_counter() - began)
    return median(rounds)


def _by_peer(content: Content) -> bytes:
    from weasyprint import HTML

    drawn: bytes = HTML(string=as_html(content)).write_pdf(pdf_variant="pdf/ua-1")
    return drawn


def as_html(content: Content) -> str:
    """The same content under the same headings, plainly styled."""
    parts = [f"<h1>{escape(content.title)}</h1>", _table(content.facts)]
    parts += ["<h2>The concern</h2>", _table(content.concern), "<h2>The two sides</h2>"]
    for side in content.sides:
        lines = "".join(f"<p>{escape(line)}</p>" for line in side.lines)
        parts.append(f"<h3>{escape(side.title)}: {escape(side.agency)}</h3>{lines}")
    parts.append("<h2>What was still to do</h2>")
    parts.append(_table([(one.what, f"{one.who}. {one.by_when}") for one in content.duties]))
    parts.append("<h2>The record</h2>")
    for entry in content.entries:
        parts.append(f"<h3>{entry.number}. {escape(entry.title)}</h3>")
        parts.append(
            f"<p>{escape(entry.happened)}. {escape(entry.who)}. {escape(entry.written)}</p>"
        )
        parts.append(f"<p>{escape(entry.body)}</p>{_table(entry.facts)}")
    style = (
        "@page {size: A4; margin: 22mm; @bottom-right {content: 'Page ' counter(page) ' of '"
        " counter(pages)}} body {font: 10.5pt sans-serif} h2, h3 {color: #0b3c44}"
    )
    head = f"<title>{escape(content.title)}</title><style>{style}</style>"
    return f'<html lang="en-GB"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _table(rows: Any) -> str:
    cells = "".join(f"<tr><th>{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in rows)
    return f"<table>{cells}</table>" if cells else ""


if __name__ == "__main__":
    print(json.dumps(_measure()))
