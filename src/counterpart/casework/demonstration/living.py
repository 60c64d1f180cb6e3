"""How an act of a made-up case is done: by whom, when, and as what; a refusal stops the demonstration."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from counterpart.casework import acts, outcomes
from counterpart.casework.actors import Acting, by_post
from counterpart.casework.demonstration.moments import Diary
from counterpart.casework.demonstration.situations import Situation
from counterpart.casework.demonstration.world import World
from counterpart.casework.writing import Done, directory_for, load
from counterpart.engine.events import SeatTaken
from counterpart.engine.kinds import Code, Id
from counterpart.engine.owners import candidates, owner, place
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState


class Living:
    """A case as it is lived: where it stands, and how its next act is done at the diary's next moment."""

    def __init__(self, world: World, situation: Situation, diary: Diary, chance: Random) -> None:
        self.world, self.s, self.diary, self.chance = world, situation, diary, chance
        self.raiser = world.people[situation.raiser]
        self.others = [world.agencies[key] for key, _ in situation.others]
        self.case = ""

    def _step(
        self, step: str, result: str, name: str, *, days: int = 0, hours: int = 1, said: str,
        agreed: str = "", late_by: int = 0, agencies: tuple[str, ...] = (),
        side: str = "raising_side",
    ) -> None:  # fmt: skip
        by = self._by(name, side, days=days, hours=hours)
        answer = acts.record_step(
            step=step,
            how="telephone" if self.chance.random() < 0.7 else "in_person",
            result=result,
            happened_at=max(by["now"] - timedelta(days=late_by), self._state().raised_at),
            agencies=agencies,
            said=said,
            agreed=agreed,
            next_step="We will say by tomorrow how we go on." if agencies and not agreed else "",
            **by,
        )
        done(answer)

    def _move(
        self, way: str, name: str, tiers: tuple[str, ...], roles: tuple[str, ...], days: int,
        reason: str,
    ) -> None:  # fmt: skip
        seats = [
            SeatTaken(body=Id(body), role=Code(role), post=Id(post) if post else None)
            for role in roles
            for body in (self.raiser.body, *self._receiving())
            for post in [self.world.post_at(body, *tiers)]
        ]
        by = self._by(name, "raising_side", days=days)
        done(acts.move_on(way=way, seats=seats, reason=reason, **by))

    def _action(self, agency: str) -> outcomes.ActionWritten:
        post = self.world.post_at(agency, "line_manager", "practitioner")
        due = (self.diary.at + timedelta(days=14)).date()
        return outcomes.ActionWritten(self.s.action, agency, post, due)

    def _settling_step(self) -> tuple[str, str]:
        role, step = {
            "other-worker": ("worker", "workers-discuss"),
            "managers": ("line-manager", "managers-discuss"),
            "seniors": ("senior", "seniors-discuss"),
        }[self._state().stage]
        return step, self._speaker(role)

    def _speaker(self, role: str) -> str:
        """The name of who speaks for the raising side by a role; the raiser where it is vacant."""
        post = self._state().seats.get((Id(self.raiser.body), role))
        names = [n for n, known in self.world.people.items() if known.post == post]
        return names[0] if names else self.s.raiser

    def _raising_speaker(self) -> str:
        state = self._state()
        role = load(self.case).policy.stages[state.stage].speaks["raising"]
        return self._speaker(role)

    def _name_for(self, agency: str) -> str:
        if agency == self.raiser.body:
            return self.s.raiser
        post: str | None = next(
            (
                p
                for (body, _), p in reversed(tuple(self._state().seats.items()))
                if body == agency and p
            ),
            None,
        )
        post = post or self.world.post_at(agency, "line_manager", "practitioner")
        return self.world.holder_of(post or "")

    def _answers_for(self, agency: str) -> str:
        """The name of who answers the written outcome for an agency where the case is."""
        loaded = load(self.case)
        policy, state = loaded.policy, loaded.state
        directory = directory_for(state, self.diary.at)
        body, role = place(policy, state, policy.closing.confirmed_by, Id(agency))
        post, nobody = owner(policy, state, directory, body, role)
        if post is None or nobody:
            held = candidates(policy, directory, body, role)
            post = held[0].id if held else post
        return self.world.holder_of(post or "")

    def _number(self) -> int:
        outcome = self._state().outcome
        return outcome.number if outcome else 0

    def _agencies(self, side: str) -> tuple[str, ...]:
        return (self.raiser.body,) if side == "raising" else self._receiving()

    def _receiving(self) -> tuple[str, ...]:
        return tuple(self._state().receiving_agencies)

    def _state(self) -> CaseState:
        return load(self.case).state

    def _as(self, name: str, capacity: str) -> Acting:
        known = self.world.people[name]
        return by_post(person=known.person, post=known.post, capacity=capacity)

    def _by(self, name: str, capacity: str, *, days: int = 0, hours: int = 1) -> Any:
        return {
            "case": self.case,
            "actor": self._as(name, capacity),
            "now": self._moment(days, hours),
            "key": self._key(),
        }

    def _moment(self, days: int, hours: int) -> datetime:
        return self.diary.later(days=days, hours=hours)

    def _key(self) -> str:
        return UUID(int=self.chance.getrandbits(128), version=4).hex


def done(answer: Done | Refusal) -> Done:
    if isinstance(answer, Refusal):
        raise ValueError(f"the demonstration was refused: {answer.code}: {answer.words}")
    return answer
