"""A policy at a glance: a few short answers, in the order a person asks, to be held beside another's."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.explaining.panels import AUTHORITY
from counterpart.policy.model import LimitRule, Policy
from counterpart.policy.phrases import number_words, seat_words
from counterpart.worktime import AsSoonAsPossible, NotStated
from counterpart.worktime import in_words as limit_in_words

QUESTIONS = (
    "Numbered stages",
    "If a child is at risk of immediate harm",
    "Times it gives",
    "Who settles it in the end",
    "What a panel’s decision means",
    "Who confirms the outcome",
)


def at_a_glance(policy: Policy) -> tuple[str, ...]:
    """The answers to `QUESTIONS`, each a few words without a full stop, or a short sentence."""
    return (
        stages(policy),
        "It has steps of its own" if policy.urgent else "It says nothing of its own. Call 999",
        times(policy),
        _in_the_end(policy),
        authority(policy),
        seat_words(policy, policy.closing.confirmed_by),
    )


def stages(policy: Policy) -> str:
    """How many numbered stages there are, in words."""
    numbers = {stage.number for stage in policy.stages.values() if stage.number}
    return number_words(len(numbers)) if numbers else "none numbered"


def times(policy: Policy) -> str:
    """Every time the policy gives, once."""
    rules = [c.limit for c in policy.clocks.values()]
    rules += [c.urgent_limit for c in policy.clocks.values() if c.urgent_limit]
    return ", ".join(dict.fromkeys(t for rule in rules for t in _of_rule(rule))) or "none"


def authority(policy: Policy) -> str:
    """What the decision of its panels means."""
    said = dict.fromkeys(AUTHORITY[panel.authority] for panel in policy.panels.values())
    return " ".join(said) or "no panel"


def _of_rule(rule: LimitRule) -> Iterator[str]:
    for limit in (*rule.fixed, *rule.by_band.values()):
        if isinstance(limit, AsSoonAsPossible):
            yield "as soon as possible"
        elif not isinstance(limit, NotStated):
            yield limit_in_words(limit)
    if rule.protective:
        yield "what protects the child"


def _in_the_end(policy: Policy) -> str:
    """Who convenes its panels, or whoever in the partnership's office helps to settle it."""
    seats = [panel.convened_by for panel in policy.panels.values()]
    seats += [
        step.by
        for step in policy.steps.values()
        if step.settles and step.by.side == "partnership" and step.offered == "stage"
    ]
    said = dict.fromkeys(seat_words(policy, seat) for seat in seats)
    return ", or ".join(said) or "The agencies themselves"
