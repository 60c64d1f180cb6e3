"""A whole policy: one edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counterpart.policy.model.clocks import Bands, Clock, Hearing, OutsideDate
from counterpart.policy.model.ends import (
    Closing,
    Exit,
    Extending,
    Gaps,
    Ground,
    Panel,
    Placing,
    RecordRule,
    Standing,
    StillAtRisk,
    Urgent,
)
from counterpart.policy.model.ladder import Rung
from counterpart.policy.model.people import OppositeNumber, Role
from counterpart.policy.model.stages import NamedCondition, Offered, Stage, Step, Track, WayOn
from counterpart.policy.model.text import (
    Clause,
    Invoked,
    Layer,
    LeftOut,
    Named,
    Principle,
    Reading,
    Review,
    Silence,
)
from counterpart.worktime import Counting, Service


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of a policy. `edition` is the hash of its content; `label` is its printed one.

    `hearing` is what follows from each trigger. `talks` are, for each stage at which the sides can
    settle it, the steps that must be tried before the stage counts as tried. `placing` is where the record
    is put of each stage once it is left, and `placing_at_end` of each stage at which a case may end.
    """

    id: str
    edition: str
    label: str
    title: str
    area: str
    published_by: str
    in_force_from: date | None
    calendars: tuple[str, ...]
    counting: Counting
    clause: str
    review: Review | None
    layers: tuple[Layer, ...]
    leaves_out: tuple[LeftOut, ...]
    clauses: Mapping[str, Clause]
    cited: frozenset[str]
    readings: Mapping[str, Reading]
    silences: tuple[Silence, ...]
    principles: tuple[Principle, ...]
    related: tuple[Named, ...]
    contacts: tuple[Named, ...]
    about: tuple[str, ...]
    roles: Mapping[str, Role]
    opposite_numbers: tuple[OppositeNumber, ...]
    outsiders: Mapping[str, Named]
    grounds: tuple[Ground, ...]
    are_grounds_open: bool
    grounds_clause: str
    before_raising: tuple[Named, ...]
    meanwhile: tuple[Principle, ...]
    invoked: Invoked | None
    exits: Mapping[str, Exit]
    services: Mapping[str, Service]
    bands: Bands | None
    dates: Mapping[str, OutsideDate]
    conditions: Mapping[str, NamedCondition]
    tracks: Mapping[str, Track]
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]
    ways_on: Mapping[str, WayOn]
    panels: Mapping[str, Panel]
    clocks: Mapping[str, Clock]
    ladder: tuple[Rung, ...]
    urgent: Urgent | None
    closing: Closing
    records: tuple[RecordRule, ...]
    support: Principle | None
    gaps: Gaps | None
    extending: Extending | None
    still_at_risk: StillAtRisk | None
    standing: tuple[Standing, ...]
    hearing: Mapping[str, Hearing]
    talks: Mapping[str, tuple[str, ...]]
    placing: Mapping[str, Placing]
    placing_at_end: Mapping[str, Placing]

    @property
    def jumps(self) -> tuple[WayOn, ...]:
        """The ways that are not written in a stage."""
        return tuple(way for way in self.ways_on.values() if way.is_jump)

    @property
    def reviewing(self) -> Standing | None:
        """The regular duty that is the review of the policy itself: as often, and on as many events."""
        review = self.review
        if review is None:
            return None
        same = (review.every, len(review.or_when))
        reviews = (duty for duty in self.standing if duty.kind == "review")
        return next((duty for duty in reviews if (duty.every, len(duty.on)) == same), None)

    def offered(self, when: Offered) -> tuple[Step, ...]:
        """The steps that stand beside the stages."""
        return tuple(step for step in self.steps.values() if step.offered == when)

    def left_out(self, track: str, here: str, there: str) -> tuple[str, ...]:
        """The stages of the ordinary way that going straight from one to another leaves out.

        Not one that can come after, nor one to which no ordinary way leads.
        """
        ahead = self._ahead(here)
        return tuple(
            stage
            for stage in self.tracks[track].between(here, there)
            if stage in ahead and not self.comes_after(stage, there)
        )

    def comes_after(self, stage: str, here: str) -> bool:
        """Whether an ordinary way leads from one stage to another, and none back."""
        return stage in self._ahead(here) and here not in self._ahead(stage)

    def _ahead(self, stage: str) -> frozenset[str]:
        """Every stage that the ways on written in stages lead to from one."""
        found, edge = frozenset[str](), {stage}
        while edge:
            ways = (way for one in edge for way in self.stages[one].ways_on)
            edge = {way.to_stage for way in ways} - found
            found |= edge
        return found

    def stage_of_panel(self, panel: str) -> Stage:
        """The stage at which a panel sits."""
        return next(s for s in self.stages.values() if s.panel == panel)
