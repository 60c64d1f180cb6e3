"""One case of the demonstration, lived through by its people, one act at a time.

A story only calls the use cases that the web calls. A refusal is a mistake in the
demonstration, and stops it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from counterpart.casework import acts, outcomes, panels
from counterpart.casework.actors import Acting, by_post
from counterpart.casework.demonstration.moments import Diary
from counterpart.casework.demonstration.situations import Situation
from counterpart.casework.demonstration.world import World
from counterpart.casework.raising import CROCKFORD, RaiseWritten, raise_concern
from counterpart.casework.writing import Done, load
from counterpart.engine.events import Member, SeatTaken
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState

LINE = ("line_manager",)
SENIOR = (
    "operations_manager", "named_professional", "designated_professional",
    "designated_safeguarding_lead", "senior_manager",
)  # fmt: skip


class Story:
    """A case as it is lived. Each method is one act, at the diary's next moment."""

    def __init__(self, world: World, situation: Situation, diary: Diary, chance: Random) -> None:
        self.world, self.s, self.diary, self.chance = world, situation, diary, chance
        self.raiser = world.people[situation.raiser]
        self.others = [world.agencies[key] for key, _ in situation.others]
        self.case = ""

    # --- raising, and the stages ---------------------------------------------------------------

    def raise_(self, *, urgent: str = "") -> None:
        """The concern is raised."""
        s, world = self.s, self.world
        written = RaiseWritten(
            partnership=world.partnership,
            raising_agency=self.raiser.body,
            raising_post=self.raiser.post,
            receiving=tuple(
                (world.agencies[key], world.people[name].post if name else None, "")
                for key, name in s.others
            ),
            children=((s.kind, s.child),),
            grounds=(s.ground,),
            dispute=s.dispute,
            why_unsafe=s.unsafe,
            is_urgent=bool(urgent),
            immediate_risk=urgent,
            desired_outcome=s.wanted,
            has_asked_rationale="yes",
            has_used_own_policy="yes",
            already_tried=s.tried,
        )
        reference = "".join(self.chance.choice(CROCKFORD) for _ in range(8))
        done = raise_concern(
            written=written,
            actor=self._as(s.raiser, "raiser"),
            now=self.diary.at,
            key=self._key(),
            reference=reference,
        )
        self.case = _done(done).case

    def consult(self, *, days: int = 0) -> None:
        """The raiser talks to their own manager."""
        self._step("consult-manager", "done", self.s.raiser, days=days, hours=2,
                   said="We went through what has happened and what we want. We agreed to speak to "
                        "them directly.")  # fmt: skip

    def to_workers(self, *, days: int = 0) -> None:
        """On to Stage Two."""
        self._move(
            "to-other-worker",
            self.s.raiser,
            (),
            (),
            days,
            "We are clear about what we disagree on.",
        )

    def discuss(self, result: str, *, days: int = 1, late_by: int = 0) -> None:
        """The two sides speak at the stage where the case is."""
        step, by = self._settling_step()
        said = {
            "agreed": f"{self.s.theirs} We talked it through.",
            "partly": f"{self.s.theirs} We agree on some of it.",
            "not_agreed": f"{self.s.theirs} We still see the risk differently.",
            "not_held": "I called three times and left messages. Nobody was free to speak.",
        }[result]
        agreed = self.s.settled if result == "agreed" else ""
        self._step(step, result, by, days=days, said=said, agreed=agreed, late_by=late_by,
                   agencies=self._receiving())  # fmt: skip

    def to_managers(self, *, days: int = 0) -> None:
        """On to Stage Three."""
        self._move("to-managers", self.s.raiser, LINE, ("line-manager",), days,
                   "We could not settle it between us.")  # fmt: skip

    def to_seniors(self, *, days: int = 0) -> None:
        """On to Stage Four; each manager tells their own senior."""
        by = self._speaker("line-manager")
        self._move(
            "to-seniors", by, SENIOR, ("senior",), days, "Two discussions have not settled it."
        )
        agency = self._receiving()[0]
        post = self._state().seats.get((Id(agency), "line-manager"))
        if post and self.chance.random() < 0.8:
            name = self.world.holder_of(post)
            self._step("receiving-manager-reports", "done", name, hours=3, side="receiving_side",
                       said="I have told my senior manager about the disagreement.")  # fmt: skip

    def to_panel(self, *, days: int = 0) -> None:
        """On to Stage Five."""
        self._move("to-panel", self._speaker("senior"), (), (), days,
                   "The seniors could not settle it. We ask the Chair to convene a panel.")  # fmt: skip

    # --- the outcome ------------------------------------------------------------------------------

    def write_outcome(self, *, days: int = 0) -> None:
        """What was agreed is put to both sides."""
        agency = self._receiving()[0]
        done = outcomes.propose_outcome(
            agreed=self.s.settled,
            actions=[self._action(agency)],
            outstanding=["Both agencies will look again in four weeks."],
            **self._by(self._raising_speaker(), "raising_side", days=days),
        )
        _done(done)

    def confirm(self, side: str, *, days: int = 0) -> None:
        """`raising` or `receiving` confirms in writing; every agency of a side does."""
        for agency in self._agencies(side):
            done = outcomes.confirm(
                number=self._number(),
                agency=agency,
                comment="",
                **self._by(self._name_for(agency), f"{side}_side", days=days),
            )
            _done(done)

    def dissent(self, side: str, *, days: int = 1) -> None:
        """One agency of a side does not agree with the text."""
        agency = self._agencies(side)[0]
        done = outcomes.dissent(
            number=self._number(),
            agency=agency,
            reason="The text leaves out when the child will be seen. We cannot confirm it without a date.",
            **self._by(self._name_for(agency), f"{side}_side", days=days),
        )
        _done(done)

    def confirm_rest(self) -> None:
        """Every agency that has not answered yet confirms."""
        outcome = self._state().outcome
        answered = outcome.answers if outcome else {}
        for agency in self._receiving():
            if agency not in answered:
                number = self._number()
                by = self._by(self._name_for(agency), "receiving_side")
                _done(outcomes.confirm(number=number, agency=agency, **by))

    def finish_action(self, *, days: int = 3) -> None:
        """The agreed action is carried out."""
        outcome = self._state().outcome
        if outcome is None:
            raise ValueError("there is no outcome with an action yet")
        action = outcome.actions[0]
        done = outcomes.finish_action(
            action=action.id,
            what="Done as agreed.",
            **self._by(self._name_for(action.agency), "receiving_side", days=days),
        )
        _done(done)

    # --- the panel --------------------------------------------------------------------------------

    def convene(self, members: tuple[str, ...], *, days: int = 1) -> None:
        """The Chair calls a panel; the first member chairs it."""
        world = self.world
        sitting = [world.people[name] for name in members]
        parties = {*self._agencies("raising"), *self._receiving()}
        absent = parties - {known.body for known in sitting}
        by = self._by("Professor Ngozi Adeyemi", "chair", days=days)
        done = panels.convene_panel(
            members=[
                Member(
                    post=Id(known.post),
                    agency=Id(known.body),
                    person=Id(known.person),
                    part=Code("chair" if i == 0 else "member"),
                )
                for i, known in enumerate(sitting)
            ],
            meets_at=self.diary.meeting(),
            where="Committee room 2, Northmere Civic Centre, and by video",
            why_parties_absent="It has no representative on the Board." if absent else "",
            **by,
        )
        _done(done)

    def hear_everyone(self, *, days: int = 2) -> None:
        """The panel hears each agency."""
        for i, agency in enumerate([*self._agencies("raising"), *self._receiving()]):
            side = self.s.unsafe if i == 0 else self.s.theirs
            done = panels.hear(
                agency=agency,
                how="in_person",
                said=side,
                **self._by("Professor Ngozi Adeyemi", "chair", days=days if i == 0 else 0),
            )
            _done(done)

    def decide(self, *, days: int = 0) -> None:
        """The panel records its decision."""
        done = panels.decide_panel(
            decision=self.s.settled,
            reasons="The panel heard both sides. It finds that waiting longer is not safe for the child.",
            next_course=self.s.action,
            actions=[self._action(self._receiving()[0])],
            outstanding=["The lead managers report back to the Chair in four weeks."],
            **self._by("Professor Ngozi Adeyemi", "chair", days=days),
        )
        _done(done)

    # --- what else may happen -----------------------------------------------------------------------

    def tell_lead(self) -> None:
        """The designated lead is told at once, and tells the Head of Safeguarding."""
        self._step("tell-safeguarding-lead", "done", self.s.raiser, hours=0,
                   said="Told in person at once.")  # fmt: skip

    def protect_by(self, *, hours: int) -> None:
        """A shorter time is set to protect this child."""
        by = self._by("Helen Marsh", "business_manager")
        done = acts.set_limit(
            clock="one-working-week",
            due_at=by["now"] + timedelta(hours=hours),
            reason="The next contact is before the week is over.",
            **by,
        )
        _done(done)

    def redirect(self, to: str) -> None:
        """The other side says that it is for another agency."""
        name = self.s.others[0][1]
        done = acts.redirect(
            from_agency=self.others[0],
            to_agency=self.world.agencies[to],
            to_post=self.world.post_at(self.world.agencies[to], "practitioner"),
            reason="The family is known to them, and they hold the plan.",
            **self._by(name, "receiving_side", hours=4),
        )
        _done(done)

    def withdraw(self) -> None:
        """The raiser withdraws."""
        reason = "New information came in. The child has been seen, and we no longer disagree."
        _done(acts.withdraw(reason=reason, **self._by(self.s.raiser, "raiser", days=1)))

    def reopen(self, *, days: int = 5) -> None:
        """The case is taken up again."""
        reason = "The agreed action has not happened, and the concern is the same."
        _done(acts.reopen(reason=reason, **self._by(self.s.raiser, "raiser", days=days)))

    def report_gap(self) -> None:
        """A gap in policy comes to light."""
        gap = "No procedure says who tells the nursery when a safety plan changes."
        _done(acts.report_gap(gap=gap, **self._by(self.s.raiser, "raiser")))

    def correct_last(self) -> None:
        """The newest entry is put right."""
        entry = load(self.case).record[-1].id
        done = acts.correct(
            entry=entry,
            correction="The call was on the direct line, not through the switchboard.",
            reason="I wrote down the wrong number.",
            **self._by(self.s.raiser, "raiser"),
        )
        _done(done)

    # --- how ---------------------------------------------------------------------------------------

    def _step(
        self, step: str, result: str, name: str, *, days: int = 0, hours: int = 1, said: str,
        agreed: str = "", late_by: int = 0, agencies: tuple[str, ...] = (),
        side: str = "raising_side",
    ) -> None:  # fmt: skip
        by = self._by(name, side, days=days, hours=hours)
        done = acts.record_step(
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
        _done(done)

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
        _done(acts.move_on(way=way, seats=seats, reason=reason, **by))

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


def _done(answer: Done | Refusal) -> Done:
    if isinstance(answer, Refusal):
        raise ValueError(f"the demonstration was refused: {answer.code}: {answer.words}")
    return answer
