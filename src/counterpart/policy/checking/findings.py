"""What the checker answers with, and what is known of each kind of finding.

Shapes only: nothing here looks at a policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The gravest first."""

Where = tuple[str | int, ...]
"""A place in the file: its keys from the top; an item of a list is named by its id or number."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: what it is, where it stands, its clause, and plain words about it."""

    code: str
    severity: Severity
    where: Where
    clause: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding, and a pair of examples.

    `triggers` and `mends` are YAML to lay over the little policy in `kinds.little`: the first has
    the finding, the second does not.
    """

    code: str
    title: str
    severity: Severity
    why: str
    triggers: str
    mends: str
