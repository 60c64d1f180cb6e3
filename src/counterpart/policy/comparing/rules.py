"""One rule of a policy as it is compared: what it is called in both, what it says, and its clause.

Each module beside this one turns a part of a policy into such rules. Two policies differ in a
rule where its `value` differs, or where only one of them has it.
"""

from __future__ import annotations

from dataclasses import dataclass

URGENT = "If a child is at risk of immediate harm"
STAGES = "The stages"
LIMITS = "Time limits"
PANELS = "Panels"
CONFIRMING = "Confirming the outcome"
RECORDS = "What must be written down"
TELLING = "Who is told"
GROUNDS = "What a disagreement may be about"
STANDING = "What is done regularly"
EXITS = "Ways out of the policy"
ITSELF = "The policy itself"
TOPICS = (
    *(URGENT, STAGES, LIMITS, PANELS, CONFIRMING, RECORDS),
    *(TELLING, GROUNDS, STANDING, EXITS, ITSELF),
)
"""What a person asks about, in that order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule under a name that is the same in both policies.

    `words` are whole sentences that may follow "In Brent, ". `part_of` names the rule without
    which this one has no meaning: where that is missing from one policy, this is not counted too.
    `otherwise` is what is said of the policy that does not have it.
    """

    topic: str
    name: str
    value: object
    words: str
    clause: str | None
    part_of: str | None = None
    otherwise: str = "there is no such rule."
