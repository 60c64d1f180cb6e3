"""What may be put on the record beside the course of a case: gaps and corrections."""

from __future__ import annotations

from dataclasses import dataclass

from counterpart.engine.kinds import SEALED, Id, Words
from counterpart.engine.registry import event


@event("policy_gap_reported", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyGapReported:
    """The process showed a gap in policies or procedures."""

    gap: Words = SEALED


@event("entry_corrected", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected:
    """A later entry puts an earlier one right; both stay on the record."""

    entry: Id
    correction: Words = SEALED
    reason: Words = SEALED
