"""`make faults`, or `python -m faults [--kills N] [--seed N] [--on sqlite|postgresql] [--only NAME]`.

Each kind of database has a process of its own. Leaves with 1 where an outcome is not met.
"""

import argparse
import secrets
import subprocess
import sys
import time
from pathlib import Path

from faults.outcome import say

ROOT = Path(__file__).parents[1]
DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str]) -> int:
    """Run every fault on every database, the databases beside each other."""
    parser = argparse.ArgumentParser(prog="faults")
    parser.add_argument(
        "--kills", type=int, default=80, help="random kills, on all databases together"
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--on", choices=DATABASES, action="append")
    parser.add_argument("--only", default="", help="only the faults whose names begin like this")
    chosen = parser.parse_args(arguments)
    databases = chosen.on or list(DATABASES)
    say(f"The seed is {chosen.seed}; --seed {chosen.seed} does the same again")
    began = time.monotonic()
    each = -(-chosen.kills // len(databases))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "faults.on", database, str(each), str(chosen.seed), chosen.only],
            cwd=ROOT,
        )
        for database in databases
    ]
    codes = [process.wait() for process in running]
    say(f"Done in {time.monotonic() - began:.0f} seconds")
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
