"""Check a policy: every rule over it, the gravest findings first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counterpart.policy.checking import (
    declared,
    panels,
    people,
    safety,
    times,
    tracks,
    ways,
    wording,
)
from counterpart.policy.checking.findings import SEVERITIES, Finding
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import RECORD, Policy

THEMES = (safety, ways, tracks, people, panels, times, declared, wording)


def check(policy: Policy, *, today: date) -> tuple[Finding, ...]:
    """What an author should look at, errors first, then warnings, then notes.

    `today` is only for whether the policy's own review is overdue. The same policy on the same
    day has the same findings in the same order.
    """
    on = Subject(_without_placing(policy), today)
    found = [x for theme in THEMES for rule in theme.RULES for x in rule(on)]
    return tuple(sorted(found, key=lambda x: SEVERITIES.index(x.severity)))


def _without_placing(policy: Policy) -> Policy:
    """The policy but for the duties to place a record: no child waits for those.

    The rules they are made of are looked at as `records`.
    """
    clocks = {name: clock for name, clock in policy.clocks.items() if clock.act != RECORD}
    return replace(policy, clocks=clocks)
