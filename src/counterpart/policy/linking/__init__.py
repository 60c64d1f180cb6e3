"""From a policy as written to the records the engine runs: every name resolved, every rule a clock.

Begin with `whole`. `references` holds names against what the file declares, `durations` reads
limits, `stages` makes steps, ways on and stages, `beside` what stands beside them, and
`clockwork` says how each kind of rule becomes a clock.
"""

from __future__ import annotations

from counterpart.policy.linking.whole import LinkProblem, link

__all__ = ["LinkProblem", "link"]
