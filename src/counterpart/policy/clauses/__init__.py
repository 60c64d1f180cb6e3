"""Clause by clause: each clause of a policy, every place that rests on it, and what Counterpart does there.

For whoever holds a policy's text beside what runs: the public page, the command and the tests. It
must not promise what Counterpart does not do: what is not run, or is done by people outside, is
said so. It knows no mark-up.

Begin with `whole`, which puts the places in the order of the text. `duties` has the places that
somebody owes something by, `stages` those a case goes through, `around` what stands beside them,
and `text` what the policy says of itself.
"""

from __future__ import annotations

from counterpart.policy.clauses.places import How, Met, Place
from counterpart.policy.clauses.whole import as_sections, clause_by_clause

__all__ = ["How", "Met", "Place", "as_sections", "clause_by_clause"]
