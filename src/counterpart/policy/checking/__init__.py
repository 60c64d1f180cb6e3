"""Read a policy over for its author: what could leave a child waiting, and what to write instead.

A finding is never a refusal: whatever loads can be run. An *error* is what cannot run safely, a
*warning* what a partnership should mend or decide, a *note* what is worth knowing. Each kind is
in `CATALOGUE` with a small example that has it and the same example mended; the documentation
and the tests are made from those.

This room is pure. It looks at the policy alone: it knows no directory and no case, and `today` is
an argument. Begin with `checker`; each theme has a module of short rules.
"""

from __future__ import annotations

from counterpart.policy.checking.catalogue import CATALOGUE
from counterpart.policy.checking.checker import check
from counterpart.policy.checking.findings import Finding, Kind, Severity
from counterpart.policy.checking.listing import as_markdown

__all__ = ["CATALOGUE", "Finding", "Kind", "Severity", "as_markdown", "check"]
