"""A panel: convened, its composition checked; each side heard; its decision recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from counterpart.casework.acts import By
from counterpart.casework.outcomes import ActionWritten, outcome_text
from counterpart.casework.placing import misplaced, unknown_in
from counterpart.casework.writing import Done, Loaded, act
from counterpart.engine import events as e
from counterpart.engine.deciding import basis_of, next_number
from counterpart.engine.details import lead_is_named
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Asked, Refusal, actions_are_by_parties
from counterpart.people.finders import people_by_id


def convene_panel(
    *,
    members: Sequence[e.Member],
    meets_at: datetime,
    where: str,
    why_parties_absent: str = "",
    **by: Unpack[By],
) -> Done | Refusal:
    """Call the panel of this stage together."""

    def propose(loaded: Loaded) -> Any:
        panel = loaded.policy.stages[loaded.state.stage].panel
        if panel is None:
            return Refusal("no_panel_here", "The policy has no panel at this stage.")
        names = people_by_id([m.person for m in members if m.person])
        return e.PanelConvened(
            panel=Code(panel),
            members=tuple(members),
            meets_at=meets_at,
            where=Words(where),
            why_parties_absent=Words(why_parties_absent),
            member_names=tuple(Words(names.get(m.person or "", "")) for m in members),
        )

    return act(propose, **by)


def hear(*, agency: str, how: str, said: str, **by: Unpack[By]) -> Done | Refusal:
    """The panel heard an agency, in person or in writing, or the agency chose not to be heard."""
    event = e.RepresentationHeard(agency=Id(agency), how=Code(how), said=Words(said))
    return act(lambda _: event, **by)


def decide_panel(
    *,
    decision: str,
    reasons: str,
    next_course: str,
    actions: Sequence[ActionWritten] = (),
    outstanding: Sequence[str] = (),
    lead: str | None = None,
    **by: Unpack[By],
) -> Done | Refusal:
    """Record the panel's decision, and with it the text that every side then answers."""

    def propose(loaded: Loaded) -> Any:
        panel = loaded.policy.stages[loaded.state.stage].panel
        if panel is None:
            return Refusal("no_panel_here", "The policy has no panel at this stage.")
        if refusal := misplaced((action.agency, action.post) for action in actions):
            return refusal
        if refusal := unknown_in(loaded.state.partnership, [lead]):
            return refusal
        text = outcome_text(
            next_number(loaded.state),
            basis_of(loaded.policy, panel),
            decision,
            actions,
            outstanding,
            lead=lead,
        )
        asked = Asked(loaded.policy, loaded.state, text, by["now"], by["now"], loaded.calendar)
        if refusal := actions_are_by_parties(asked) or lead_is_named(asked):
            return refusal
        decided = e.PanelDecided(
            panel=Code(panel),
            authority=Code(loaded.policy.panels[panel].authority),
            decision=Words(decision),
            reasons=Words(reasons),
            next_course=Words(next_course),
        )
        return decided, text

    return act(propose, **by)
