"""Every kind of finding by its code, and the making of a finding from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from counterpart.policy.checking.findings import Finding, Kind, Where
from counterpart.policy.checking.kinds import declared, panels, people, safety, times, tracks, ways

CATALOGUE: Mapping[str, Kind] = MappingProxyType(
    {
        kind.code: kind
        for theme in (times, people, ways, tracks, panels, safety, declared)
        for kind in theme.KINDS
    }
)


def finding(code: str, where: Where, clause: str | None, words: str) -> Finding:
    """A finding of a kind that is in the catalogue."""
    return Finding(code, CATALOGUE[code].severity, where, clause, words)
