"""Play a case through the engine as an installation would, without a database.

A `Case` proposes events to `decide`, keeps what is accepted, and folds. Each act happens an hour
after the one before unless a test says when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.deciding import Option, options
from counterpart.engine.duties import Duty
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.notices import Notice
from counterpart.engine.registry import Actor
from counterpart.engine.rules import Refusal
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.rehearsal.playing import Rehearsal
from counterpart.worktime import calendar
from tests.fakes import PARTNERSHIP, SCHOOL, SOCIAL_CARE, FakeDirectory, a_directory

POLICIES = Path(__file__).parents[1] / "policies"
BRENT_FILE = POLICIES / "brent" / "policy.yaml"
DAYS = calendar("england-and-wales", "2026-11")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@cache
def brent() -> Policy:
    """Brent's policy, read once: a policy is only values."""
    return load_policy(BRENT_FILE.read_bytes())


def a_concern(
    policy: Policy,
    *,
    receiving: Sequence[str] = (SOCIAL_CARE,),
    post: str | None = "school-practitioner",
    is_urgent: bool = False,
    grounds: Sequence[str] = ("thresholds",),
    track: str | None = None,
) -> e.ConcernRaised:
    """A teacher raised a concern about one child."""
    return e.ConcernRaised(
        reference=Code("7F3K92MQ"),
        partnership=PARTNERSHIP,
        policy=Code(policy.id),
        edition=Code(policy.edition),
        track=Code(track or next(iter(policy.tracks))),
        raising=e.Party(agency=SCHOOL, post=Id(post) if post else None),
        receiving=tuple(e.Party(agency=Id(agency)) for agency in receiving),
        children=(e.Child(id=Id("child"), kind=Code("child"), index=Code("index")),),
        grounds=tuple(map(Code, grounds)),
        is_urgent=is_urgent,
        has_asked_rationale=Code("yes"),
        has_used_own_policy=Code("none"),
    )


def acting(agency: str | None = SCHOOL, person: str = "teacher") -> Actor:
    return Actor(
        person=Id(person),
        post=Id(f"{agency}-practitioner") if agency else None,
        agency=Id(agency) if agency else None,
        capacity=Code("raiser"),
    )


class Case(Rehearsal):
    """A case being played: its record so far, and the hour it has come to."""

    directory: FakeDirectory

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        at: datetime = MONDAY,
        directory: FakeDirectory | None = None,
        **concern: Any,
    ) -> None:
        chosen = policy or brent()
        super().__init__(
            chosen,
            a_concern(chosen, **concern),
            at=at,
            by=acting(),
            directory=directory or a_directory(),
            calendar=DAYS,
        )

    def tries(
        self,
        event: Any,
        *,
        after: timedelta = HOUR,
        happened: timedelta = timedelta(),
        by: Actor | None = None,
        more: Sequence[Any] = (),
    ) -> Refusal | None:
        """Propose an event; it is kept if accepted. `happened` is how long before it is written."""
        self.now += after
        happened_at = self.now - happened
        by = by or acting()
        if isinstance(event, e.PanelConvened) and not event.papers_at:
            # As casework does it: the papers are the record as it stands now.
            event = replace(event, papers_at=self.state.version)
        return self.propose(event, now=self.now, happened_at=happened_at, by=by, more=more)

    def does(self, event: Any, **how: Any) -> Case:
        """Propose an event that must be accepted."""
        refusal = self.tries(event, **how)
        assert refusal is None, refusal
        return self

    def is_refused(self, event: Any, **how: Any) -> str | None:
        """The reason code why an event is refused, or None. The case stays as it was."""
        before = self.state
        refusal = self.tries(event, **how)
        assert refusal is None or self.state == before
        return refusal.code if refusal else None

    # --- acts ---------------------------------------------------------------------------------

    def records(self, step: str, result: str = "done", *agencies: str, **how: Any) -> Case:
        return self.does(a_step(step, result, *agencies), **how)

    def moves(self, way: str, **how: Any) -> Case:
        return self.does(self.move(way), **how)

    def proposes(self, *actions: e.Action) -> Case:
        return self.does(self.outcome(*actions))

    def confirms(self, agency: str) -> Case:
        return self.does(self.confirmation(agency))

    def dissents(self, agency: str) -> Case:
        return self.does(e.OutcomeDissented(number=self.state.texts, agency=Id(agency)))

    def decides(self, panel: str = "resolution-panel") -> Case:
        """The panel decides, and the text the sides answer is put to them, as casework does it."""
        authority = self.policy.panels[panel].authority
        self.does(
            e.PanelDecided(panel=Code(panel), authority=Code(authority), why_early=Words("W."))
        )
        basis = "decision" if authority in ("binding", "arbitration") else "agreement"
        return self.does(self.outcome(basis=basis))

    # --- what is true now ----------------------------------------------------------------------

    def duty(self, clock: str, about: str | None = None) -> Duty:
        """The one open duty of a clock."""
        (found,) = (d for d in self.duties() if d.clock == clock and about in (None, d.about))
        return found

    def owed(self) -> list[str]:
        """The clocks of the duties open now, in order of their names."""
        return sorted(d.clock for d in self.duties())

    def every_option(self) -> tuple[Option, ...]:
        """Everything the policy knows of for this case, allowed or not."""
        return options(self.policy, self.state, now=self.now, calendar=DAYS)

    def option(self, event: type, target: str = "") -> Option:
        return next(o for o in self.every_option() if o.event is event and target in ("", o.target))

    def notices_of(self, event: Any, **how: Any) -> tuple[Notice, ...]:
        """The notices owed for an event that must be accepted."""
        return self.does(event, **how).told()


def a_step(step: str, result: str = "done", *agencies: str) -> e.StepRecorded:
    return e.StepRecorded(
        step=Code(step),
        how=Code("telephone"),
        result=Code(result),
        agencies=tuple(map(Id, agencies)),
    )


def an_action(id: str = "action", agency: str = SOCIAL_CARE, due: date | None = None) -> e.Action:
    return e.Action(
        id=Id(id),
        agency=Id(agency),
        post=Id(f"{agency}-line_manager"),
        due_on=due or date(2026, 12, 1),
    )


def members(*seats: tuple[str, str]) -> tuple[e.Member, ...]:
    """Panel members from (agency, part); each sits by the agency's board post."""
    return tuple(
        e.Member(
            post=Id(f"{agency}-board_representative-{i}"),
            agency=Id(agency),
            person=Id(f"{agency}-person-{i}"),
            part=Code(part),
        )
        for i, (agency, part) in enumerate(seats)
    )


# --- Brent's ladder, as far as a stage -----------------------------------------------------------


def at_stage_two(**how: Any) -> Case:
    return Case(**how).records("consult-manager").moves("to-other-worker")


def at_stage_three(**how: Any) -> Case:
    case = at_stage_two(**how)
    others = case.state.receiving_agencies
    return case.records("workers-discuss", "not_agreed", *others).moves("to-managers")


def at_stage_four(**how: Any) -> Case:
    case = at_stage_three(**how)
    others = case.state.receiving_agencies
    return case.records("managers-discuss", "not_agreed", *others).moves("to-seniors")


def at_panel(**how: Any) -> Case:
    case = at_stage_four(**how)
    others = case.state.receiving_agencies
    return case.records("seniors-discuss", "not_held", *others).moves("to-panel")


def settled(**how: Any) -> Case:
    """Agreed between the workers at Stage Two, nothing written down yet."""
    case = at_stage_two(**how)
    return case.records("workers-discuss", "agreed", *case.state.receiving_agencies)
