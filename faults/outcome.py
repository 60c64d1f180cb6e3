"""What came of one fault: how often it was brought about, and what was lost or doubled. One JSON line each."""

import json
import sys
from dataclasses import asdict, dataclass

CONTROL = "control: marks before it sends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`runs` is how often the fault happened. `met`: nothing lost or doubled, and what else the fault asks for."""

    fault: str
    runs: int
    lost: int
    doubled: int
    met: bool

    def line(self, database: str) -> str:
        """The outcome as one line of JSON, with the kind of database it is of."""
        return json.dumps(asdict(self) | {"database": database})


def say(words: str) -> None:
    """What is being done, beside the outcomes and not among them."""
    print(f"- {words}", file=sys.stderr, flush=True)
