"""The shape of a policy file as its author writes it.

Strict models: an unknown key, a wrong type or a missing value is a problem, never a guess.
`loading` reads a file into these, `linking` resolves them into `model.Policy`. The JSON Schema
and the reference documentation come from here, so each `description` is written for an author.

Begin with `document` (the whole file). `written` has what everything shares, `limits` how long
something may take, `stages` the steps and ways on, `people` who is who, `panels` who decides,
`around` what stands beside the stages, `ladder` who is told when something is not done, and
`afterwards` the end and what is done regularly.
"""

from __future__ import annotations

from counterpart.policy.source.document import PolicySource

__all__ = ["PolicySource"]
