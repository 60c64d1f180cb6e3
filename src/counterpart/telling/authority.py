"""What a written outcome is called, what a panel's decision means, and what a "no" to it means: one wording for all.

Nothing is called agreed before every agency that must has said that it agrees.
"""

from __future__ import annotations

from types import MappingProxyType

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.agreeing import must_answer
from counterpart.journal.reading import Whole
from counterpart.policy.explaining.panels import AUTHORITY

DECIDED, AGREED = "What the panel decided", "What was agreed"
ASKED = "What each agency is asked to confirm"
STANDS = "The decision stands even if an agency does not agree. A “no” is kept with its reasons, and undoes nothing."
NOT_AGREED = "A “no” keeps the case open. Whoever has it now says what comes next."
HOLDS_IF_ALL = f"This holds only if every agency confirms it. {NOT_AGREED}"
NO_MEANS = MappingProxyType(
    {
        "": NOT_AGREED,
        "binding": STANDS,
        "arbitration": STANDS,
        "recommendation": HOLDS_IF_ALL,
        "mediation": HOLDS_IF_ALL,
        "not stated": HOLDS_IF_ALL,
    }
)
"""What a "no" means, by the authority of the panel whose text it is; "" for a text that no panel made."""


def called(file: CaseFile) -> str:
    """What the present text of the outcome is called."""
    text = file.state.outcome
    if text is None:
        return ""
    if text.basis == "decision":
        return DECIDED
    asked = must_answer(file.policy, file.state)
    return AGREED if all(text.answers.get(a) == "confirmed" for a in asked) else ASKED


def decision(file: CaseFile) -> Whole | None:
    """The decision of a panel that the present text came with; None where the sides wrote it."""
    decided, text = file.latest(e.PanelDecided), file.latest(e.OutcomeProposed)
    if decided is None or text is None:
        return None
    return decided if decided.recorded.version == text.recorded.version - 1 else None


def meaning(decided: e.PanelDecided) -> str:
    """What a panel's decision means."""
    return AUTHORITY[decided.authority]
