"""The order of an explanation: what is asked first comes first.

A section with nothing in it is left out here, so that none of the others has to think of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.explaining import (
    about,
    beside,
    ending,
    ladder,
    panels,
    people,
    stages,
    times,
)
from counterpart.policy.model import Policy
from counterpart.policy.sections import Section


def explain(policy: Policy) -> tuple[Section, ...]:
    """The whole policy in sections, in reading order. Those with nothing in them are left out."""
    return tuple(section for section in _sections(policy) if section.blocks)


def _sections(policy: Policy) -> Iterator[Section]:
    yield about.head(policy)
    yield about.layers(policy)
    yield about.principles(policy)
    yield beside.grounds(policy)
    yield beside.before_raising(policy)
    yield beside.immediate_risk(policy)
    yield beside.meanwhile(policy)
    yield beside.exits(policy)
    yield stages.tracks(policy)
    yield beside.invoked(policy)
    yield times.bands(policy)
    yield stages.listing(policy)
    yield from (stages.stage(policy, stage) for stage in policy.stages.values())
    yield stages.any_stage(policy)
    yield stages.jumps(policy)
    yield times.limits(policy)
    yield times.dates(policy)
    yield times.services(policy)
    yield times.counting(policy)
    yield ending.more_time(policy)
    yield ladder.ladder(policy)
    yield from panels.panels(policy)
    yield ending.records(policy)
    yield ending.confirmation(policy)
    yield ending.still_at_risk(policy)
    yield stages.afterwards(policy)
    yield ending.gaps(policy)
    yield ending.support(policy)
    yield ending.standing(policy)
    yield about.review(policy)
    yield people.opposite_numbers(policy)
    yield people.roles(policy)
    yield about.related(policy)
    yield about.contacts(policy)
    yield about.silences(policy)
    yield about.readings(policy)
    yield about.clauses(policy)
