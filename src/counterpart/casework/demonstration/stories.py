"""One case of the demonstration, lived through by its people, one act at a time.

A story only calls the use cases that the web calls. A refusal is a mistake in the
demonstration, and stops it.
"""

from __future__ import annotations

from datetime import timedelta

from counterpart.casework import acts
from counterpart.casework.demonstration.endings import Endings
from counterpart.casework.demonstration.living import done
from counterpart.casework.raising import CROCKFORD, RaiseWritten, raise_concern
from counterpart.casework.writing import load
from counterpart.engine.kinds import Id

LINE = ("line_manager",)
SENIOR = (
    "operations_manager", "named_professional", "designated_professional",
    "designated_safeguarding_lead", "senior_manager",
)  # fmt: skip


class Story(Endings):
    """A case as it is lived. Each method is one act, at the diary's next moment."""

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
        answer = raise_concern(
            written=written,
            actor=self._as(s.raiser, "raiser"),
            now=self.diary.at,
            key=self._key(),
            reference=reference,
        )
        self.case = done(answer).case

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

    # --- what else may happen -----------------------------------------------------------------------

    def tell_lead(self) -> None:
        """The designated lead is told at once, and tells the Head of Safeguarding."""
        self._step("tell-safeguarding-lead", "done", self.s.raiser, hours=0,
                   said="Told in person at once.")  # fmt: skip

    def protect_by(self, *, hours: int) -> None:
        """A shorter time is set to protect this child."""
        by = self._by("Helen Marsh", "business_manager")
        answer = acts.set_limit(
            clock="one-working-week",
            due_at=by["now"] + timedelta(hours=hours),
            reason="The next contact is before the week is over.",
            **by,
        )
        done(answer)

    def redirect(self, to: str) -> None:
        """The other side says that it is for another agency."""
        name = self.s.others[0][1]
        answer = acts.redirect(
            from_agency=self.others[0],
            to_agency=self.world.agencies[to],
            to_post=self.world.post_at(self.world.agencies[to], "practitioner"),
            reason="The family is known to them, and they hold the plan.",
            **self._by(name, "receiving_side", hours=4),
        )
        done(answer)

    def withdraw(self) -> None:
        """The raiser withdraws."""
        reason = "New information came in. The child has been seen, and we no longer disagree."
        done(acts.withdraw(reason=reason, **self._by(self.s.raiser, "raiser", days=1)))

    def reopen(self, *, days: int = 5) -> None:
        """The case is taken up again."""
        reason = "The agreed action has not happened, and the concern is the same."
        done(acts.reopen(reason=reason, **self._by(self.s.raiser, "raiser", days=days)))

    def report_gap(self) -> None:
        """A gap in policy comes to light."""
        gap = "No procedure says who tells the nursery when a safety plan changes."
        done(acts.report_gap(gap=gap, **self._by(self.s.raiser, "raiser")))

    def correct_last(self) -> None:
        """The newest entry is put right."""
        entry = load(self.case).record[-1].id
        answer = acts.correct(
            entry=entry,
            correction="The call was on the direct line, not through the switchboard.",
            reason="I wrote down the wrong number.",
            **self._by(self.s.raiser, "raiser"),
        )
        done(answer)
