"""`make bench`, or `python -m bench [ONLY]`: print every figure, or those whose names begin with ONLY.

With DATABASE_URL the pages are measured on that PostgreSQL server, in databases of the bench's own; else on SQLite.
"""

import os
import sys
from itertools import chain

from bench import acts, by_link, commands, core, importing, outbox, packing, pages, reading
from bench.figures import say, show


def main(arguments: list[str]) -> int:
    """Measure and print. Returns 0 whatever the figures are, 2 where ONLY is no figure's name."""
    only = arguments[0] if arguments else ""
    server = os.environ.get("DATABASE_URL") or None
    if server and not server.startswith("postgres"):
        say(
            "DATABASE_URL: the bench makes databases of its own; give it a PostgreSQL server, or nothing"
        )
        return 2
    count = 0
    for figure in chain(
        core.figures(only),
        commands.figures(only),
        acts.figures(only, server),
        outbox.figures(only, server),
        importing.figures(only, server),
        packing.figures(only),
        by_link.figures(only),
        pages.figures(only, server),
        reading.figures(only, server),
    ):
        show(figure)
        count += 1
    if not count:
        say(f"No figure's name begins with {only}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
