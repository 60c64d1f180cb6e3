"""How a made-up case ends: its outcome, its panel, where its record is kept, and what is learned from it."""

from __future__ import annotations

from datetime import timedelta

from counterpart.casework import between, learning, outcomes, panels, recording
from counterpart.casework.demonstration.living import Living, done
from counterpart.casework.writing import load
from counterpart.engine.events import Member
from counterpart.engine.kinds import Code, Id
from counterpart.policy.model import AT_THE_END
from counterpart.worktime import in_london

OFFICE_MANAGER = "Helen Marsh"


class Endings(Living):
    """Each method is one act, at the diary's next moment."""

    # --- the outcome ------------------------------------------------------------------------------

    def write_outcome(self, *, days: int = 0) -> None:
        """What was agreed is put to both sides."""
        agency = self._receiving()[0]
        answer = outcomes.propose_outcome(
            agreed=self.s.settled,
            actions=[self._action(agency)],
            outstanding=["Whether this is enough for the child"],
            followed=["The two agencies look again together after four weeks."],
            **self._by(self._raising_speaker(), "raising_side", days=days),
        )
        done(answer)

    def confirm(self, side: str, *, days: int = 0) -> None:
        """`raising` or `receiving` confirms in writing; every agency of a side does."""
        for agency in self._agencies(side):
            answer = outcomes.confirm(
                number=self._number(),
                agency=agency,
                comment="",
                **self._by(self._answers_for(agency), f"{side}_side", days=days),
            )
            done(answer)

    def dissent(self, side: str, *, days: int = 1) -> None:
        """One agency of a side does not agree with the text."""
        agency = self._agencies(side)[0]
        answer = outcomes.dissent(
            number=self._number(),
            agency=agency,
            reason="The text leaves out when the child will be seen. We cannot confirm it without a date.",
            **self._by(self._answers_for(agency), f"{side}_side", days=days),
        )
        done(answer)

    def confirm_rest(self) -> None:
        """Every agency that has not answered yet confirms."""
        outcome = self._state().outcome
        answered = outcome.answers if outcome else {}
        for agency in self._receiving():
            if agency not in answered:
                number = self._number()
                by = self._by(self._answers_for(agency), "receiving_side")
                done(outcomes.confirm(number=number, agency=agency, **by))

    def is_safe_now(self) -> None:
        """Whoever raised the concern, where they are asked, no longer believes the child to be at risk."""
        for risk in self._state().between.risks:
            if risk.is_asked:
                by = self._by(self.s.raiser, "raiser", hours=2)
                done(between.state_risk(settled_by=risk.settled_by, is_at_risk=False, **by))

    def finish_action(self, *, days: int = 3) -> None:
        """The agreed action is carried out."""
        outcome = self._state().outcome
        if outcome is None:
            raise ValueError("there is no outcome with an action yet")
        action = outcome.actions[0]
        answer = outcomes.finish_action(
            action=action.id,
            what="Done as agreed.",
            **self._by(self._name_for(action.agency), "receiving_side", days=days),
        )
        done(answer)

    # --- the panel --------------------------------------------------------------------------------

    def convene(self, members: tuple[str, ...], *, days: int = 1) -> None:
        """The Chair calls a panel; the first member chairs it."""
        world = self.world
        sitting = [world.people[name] for name in members]
        parties = {*self._agencies("raising"), *self._receiving()}
        absent = parties - {known.body for known in sitting}
        by = self._by("Professor Ngozi Adeyemi", "chair", days=days)
        answer = panels.convene_panel(
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
        done(answer)

    def hear_everyone(self, *, days: int = 2) -> None:
        """The panel hears each agency."""
        for i, agency in enumerate([*self._agencies("raising"), *self._receiving()]):
            side = self.s.unsafe if i == 0 else self.s.theirs
            answer = panels.hear(
                agency=agency,
                how="in_person",
                said=side,
                **self._by("Professor Ngozi Adeyemi", "chair", days=days if i == 0 else 0),
            )
            done(answer)

    def panel_meets(self) -> None:
        """The panel's meeting is recorded: who came, what it looked at, and what was said."""
        panel = self._state().panel
        if panel is None:
            raise ValueError("no panel has been convened")
        by = self._by("Professor Ngozi Adeyemi", "chair")
        answer = panels.record_panel_meeting(
            came=[member.post for member in panel.members],
            evidence="The papers, and what each agency told the panel.",
            record="Each member spoke in turn. All agreed on what the child needs next.",
            happened_at=by["now"],
            **by,
        )
        done(answer)

    def decide(self, *, days: int = 0) -> None:
        """The panel records its decision."""
        answer = panels.decide_panel(
            decision=self.s.settled,
            reasons="The panel heard both sides. It finds that waiting longer is not safe for the child.",
            next_course=self.s.action,
            actions=[self._action(self._receiving()[0])],
            outstanding=["Whether this is enough for the child"],
            followed=["The managers of both agencies report to the Chair after four weeks."],
            **self._by("Professor Ngozi Adeyemi", "chair", days=days),
        )
        done(answer)

    # --- advice, the record, and what is learned ----------------------------------------------------

    def take_advice(self) -> None:
        """The raising side asks a designated professional, who is on neither side."""
        adviser = self.world.people["Catherine Doyle"]
        answer = recording.record_advice(
            asked="Is what we see enough to ask for this outcome?",
            said="Yes. Say what you have seen, on which days, and what may happen if nothing changes.",
            adviser=adviser.post,
            agency=adviser.body,
            **self._by(self._raising_speaker(), "raising_side"),
        )
        done(answer)

    def place(self, side: str, *, days: int = 1) -> None:
        """Every agency of a side puts the record of the end on the child's file."""
        for agency in self._agencies(side):
            by = self._by(self._name_for(agency), f"{side}_side", days=days)
            answer = recording.place_record(
                stage=AT_THE_END,
                on=("child",),
                placed_on=in_london(by["now"]).date(),
                where="The child’s safeguarding file, in our own system",
                **by,
            )
            done(answer)

    def learn(self) -> str:
        """The business manager writes down what the other agency takes from it; the point's id."""
        agency = self._receiving()[0]
        owner = self.world.post_at(agency, "line_manager", "practitioner") or ""
        says = "When something is not taken on, the reasons go to whoever asked, in writing, within two days."
        answer = learning.record_point(
            body=agency,
            owner=owner,
            due_on=(self.diary.at + timedelta(days=60)).date(),
            says=says,
            **self._by(OFFICE_MANAGER, "business_manager", days=2),
        )
        done(answer)
        return self._state().endings.points[-1].id

    def refer(self, point: str) -> None:
        """A learning point goes on to a subgroup."""
        to = "The learning and improvement subgroup"
        by = self._by(OFFICE_MANAGER, "business_manager", days=1)
        done(learning.refer_point(point=point, to=to, **by))

    def see_to(self, point: str) -> None:
        """A learning point is seen to."""
        what = "The standard letter has a place for the reasons, and every team has been told."
        by = self._by(OFFICE_MANAGER, "business_manager", days=6)
        done(learning.finish_point(point=point, what=what, **by))

    def talk_over(self) -> None:
        """Whoever raised the concern is offered to talk it over, and does."""
        answer = learning.offer_debrief(
            body=self.raiser.body,
            to=self.raiser.post,
            how="Half an hour with the business manager, by video.",
            **self._by(OFFICE_MANAGER, "business_manager"),
        )
        done(answer)
        entry = load(self.case).record[-1].id
        note = "It helped to hear that raising it was right."
        by = self._by(self.s.raiser, "raiser", days=3)
        done(learning.answer_debrief(debrief=entry, held=True, note=note, **by))
