"""The catalogue as a page of Markdown, and what the checker says of some policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from counterpart.policy.checking.catalogue import CATALOGUE
from counterpart.policy.checking.checker import check
from counterpart.policy.checking.findings import SEVERITIES, Finding, Kind
from counterpart.policy.checking.kinds.little import LITTLE
from counterpart.policy.model import Policy
from counterpart.policy.phrases import day_words

HEAD = """\
# What the checker finds

`counterpart policy check` reads a policy over for its author. It never refuses one: whatever
loads can be run. An **error** is what cannot run safely, a **warning** what a partnership should
mend or decide, a **note** what is worth knowing. This page is made from the checker itself.

Each finding below stands with what has it and with the same thing mended. Both are laid over the
little policy at the foot of the page: key by key, items of a list by their `id`; `~` takes a key
away, and `[]` empties a list. The tests check every pair.
"""
TITLES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


def as_markdown(policies: Iterable[Policy] = (), *, today: date | None = None) -> str:
    """The page: every kind of finding; then those of `policies` as of `today`, if it is given."""
    parts = [HEAD]
    for severity in SEVERITIES:
        parts.append(f"## {TITLES[severity]}\n")
        parts += [_kind(kind) for kind in CATALOGUE.values() if kind.severity == severity]
    if today is not None:
        parts.append(_of_policies(policies, today))
    parts.append(f"## The little policy\n\n```yaml\n{LITTLE.strip()}\n```\n")
    return "\n".join(parts)


def _kind(kind: Kind) -> str:
    return (
        f"### {kind.title}\n\n`{kind.code}`. {kind.why}\n\n"
        f"Has it:\n\n```yaml\n{kind.triggers.strip()}\n```\n\n"
        f"Mended:\n\n```yaml\n{kind.mends.strip()}\n```\n"
    )


def _of_policies(policies: Iterable[Policy], today: date) -> str:
    head = (
        f"## What the checker says of the policies here\n\nAs of {day_words(today)}. Each file says "
        f"what its partnership wrote. A finding is a question to that partnership, not a mistake in "
        f"the file.\n"
    )
    return "\n".join([head, *(_of_policy(x, check(x, today=today)) for x in policies)])


def _of_policy(policy: Policy, found: Sequence[Finding]) -> str:
    name = policy.title if policy.area in policy.title else f"{policy.area}: {policy.title}"
    counts = _counted(Counter(x.severity for x in found))
    lines = [f"### {name}\n", f"`{policy.id}`, published by {policy.published_by}. {counts}\n"]
    for code in dict.fromkeys(x.code for x in found):
        kind = CATALOGUE[code]
        lines.append(f"- **{kind.title}** ({kind.severity}, `{code}`)")
        lines += [f"  - {_clause(x)}{x.words}" for x in found if x.code == code]
    return "\n".join(lines) + "\n"


def _clause(found: Finding) -> str:
    return f"Clause {found.clause}: " if found.clause else ""


def _counted(counts: Mapping[str, int]) -> str:
    said = [f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in SEVERITIES if counts[s]]
    return ", ".join(said) + "." if said else "Nothing to say."
