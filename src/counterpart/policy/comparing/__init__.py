"""Hold two policies side by side: what changes when a child moves, or with a new edition.

`compare` gives the differences, in the order a person asks about them; `as_sections` makes a page
of them. It compares what the rules do and not how they are worded, unless both are editions or
layers of one policy. Principles are never weighed against each other.
"""

from counterpart.policy.comparing.differences import (
    Difference,
    are_kin,
    as_sections,
    compare,
)

__all__ = ["Difference", "are_kin", "as_sections", "compare"]
