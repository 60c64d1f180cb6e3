"""What is learned from a case: points with an owner and a date, passed on, seen to; and talking it over.

Arguments common to all are those of `acts`. Who may is asked of `access` by the caller.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Unpack
from uuid import uuid4

from counterpart.casework.acts import By
from counterpart.casework.placing import misplaced
from counterpart.casework.writing import Done, Loaded, act
from counterpart.engine import events as e
from counterpart.engine.kinds import Id, Words
from counterpart.engine.rules import Refusal

NOTHING_SAID = Refusal("nothing_said", "Write what there is to learn.")
NOT_FOR_THEM = Refusal(
    "not_theirs", "An agency gives this to its own people, or to the partnership’s office."
)
NO_WHERE = Refusal("no_where", "Write to whom it is passed on.")


def record_point(
    *, body: str, owner: str, due_on: date, says: str, **by: Unpack[By]
) -> Done | Refusal:
    """Write down something to learn, with the post that sees to it and a day in London.

    `body` is the agency of that post, or the partnership. An agency gives it to its own people or to the
    office; the office to anybody in the case.
    """
    if not says:
        return NOTHING_SAID
    mine = by["actor"].agency
    event = e.LearningPointRecorded(
        point=Id(uuid4().hex), body=Id(body), owner=Id(owner), due_on=due_on, says=Words(says)
    )

    def propose(loaded: Loaded) -> Any:
        if mine is not None and body not in (mine, loaded.state.partnership):
            return NOT_FOR_THEM
        return misplaced([(body, owner)]) or event

    return act(propose, **by)


def finish_point(*, point: str, what: str, **by: Unpack[By]) -> Done | Refusal:
    """A learning point has been seen to. Only its owner's own agency, or the office, says so."""

    def propose(loaded: Loaded) -> Any:
        found = loaded.state.endings.point(point)
        mine = by["actor"].agency or loaded.state.partnership
        if found is not None and mine not in (found.body, loaded.state.partnership):
            return Refusal("not_theirs", "Only the agency that has this to see to can say that.")
        return e.LearningPointDone(point=Id(point), what=Words(what))

    return act(propose, **by)


def refer_point(*, point: str, to: str, **by: Unpack[By]) -> Done | Refusal:
    """A learning point is passed on: `to` is to whom, a subgroup of the partnership for example."""
    if not to:
        return NO_WHERE
    event = e.LearningPointReferred(point=Id(point), to=Words(to))
    return act(lambda _: event, **by)


def offer_debrief(*, body: str, to: str, how: str, **by: Unpack[By]) -> Done | Refusal:
    """Offer somebody, by their post in `body`, to talk the case over."""
    event = e.DebriefOffered(body=Id(body), to=Id(to), how=Words(how))
    return act(lambda _: misplaced([(body, to)]) or event, **by)


def answer_debrief(*, debrief: str, held: bool, note: str = "", **by: Unpack[By]) -> Done | Refusal:
    """Say whether it was talked over. `debrief` is the entry of the offer."""
    event = e.DebriefAnswered(debrief=Id(debrief), held=held, note=Words(note))
    return act(lambda _: event, **by)
