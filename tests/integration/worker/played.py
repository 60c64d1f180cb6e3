"""A case of the year: played as `tests.live` does, between any two agencies, by whoever is in post that day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from counterpart.casework import panels
from counterpart.casework.actors import Acting
from counterpart.casework.writing import Loaded, load
from counterpart.engine import events as e
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy, Seat
from tests.directory import new_id
from tests.live import Live


class Vacant(Exception):
    """Whose turn it is cannot act today: the post is vacant, or its holder is kept from the case."""


@dataclass
class Played(Live):
    """One case; `acts_up` is how many acts go up before anybody gives way, `rests_at` after which it is left alone."""

    raising: str = ""
    acts_up: int = 0
    rests_at: int | None = None
    done: int = 0
    sitting: set[str] = field(default_factory=set)
    _read: Loaded | None = None

    def is_read_anew(self) -> None:
        """Others may have written meanwhile. Until an act it is then read once, however often it is asked about."""
        self._read = None

    def _loaded(self) -> Loaded:
        self._read = self._read or load(self.case)
        return self._read

    @property
    def state(self) -> CaseState:
        """The case as it stands."""
        return self._loaded().state

    @property
    def policy(self) -> Policy:
        """The policy it is under."""
        return self._loaded().policy

    def goes_on(self, event: Any, *, kept_out: Collection[str]) -> None:
        """What is proposed is done by whose turn it is. Raises `Vacant`."""
        try:
            actor = self.actor_of(event)
        except (KeyError, StopIteration):
            raise Vacant from None
        if actor.person in kept_out:
            raise Vacant
        self.acts(event)
        self.done += 1
        self.is_read_anew()

    def seated(self, seat: Seat) -> Acting:
        """Whoever fills a seat; for the raiser, the practitioner of the agency that raised it."""
        if seat.side in ("raiser", "outside"):
            return self.town.acting(f"{self.raising}.practitioner", "raiser")
        return super().seated(seat)

    def by(self, who: str, **changed: Any) -> dict[str, Any]:  # noqa: ARG002 - it may be vacant
        """What every use case is given: always with an actor of its own, for the usual one may have left."""
        self.now += self.step
        return {"case": self.case, "now": self.now, "key": new_id()} | changed

    def outcome(self, *, basis: str = "agreement", lead: Id | None = None) -> e.OutcomeProposed:
        """The text of an outcome, with a lead of the raising side where the policy asks for one."""
        found = super().outcome(basis=basis)
        return replace(found, lead=Id(self._lead())) if lead else found

    def panel_members(self) -> tuple[e.Member, ...]:
        """A panel of the town; who sits on it is noted. Where one may not, somebody else of their agency does."""
        found = tuple(self._who_may_sit(member) for member in super().panel_members())
        self.sitting |= {str(member.person) for member in found if member.person}
        return found

    def _who_may_sit(self, member: e.Member) -> e.Member:
        panel = self.policy.stages[self.state.stage].panel or ""
        body = next(key for key, known in self.town.agencies.items() if known == member.agency)
        others = (
            replace(member, post=Id(post), person=Id(self.town.people[who]))
            for who, post in self.town.posts.items()
            if who.startswith(f"{body}.") and who in self.town.people
        )
        for one in (member, *others):
            weighed = panels.weigh(self.case, self.policy, self.state, panel, [one], self.now)
            if not weighed.members[0]:
                return one
        raise Vacant

    def _decides(self, given: dict[str, Any]) -> Any:
        lead = self._lead() if self.policy.closing.lead else None
        return panels.decide_panel(
            decision="D.", reasons="R.", next_course="N.", lead=lead, why_early="W.", **given
        )

    def _lead(self) -> str:
        return self.town.posts[f"{self.raising}.line_manager"]
