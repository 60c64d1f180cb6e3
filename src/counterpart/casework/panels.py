"""A panel: convened, its composition checked; each side heard; its meetings and its decision recorded.

Whether it may sit is asked when it is convened and again when it decides: people leave their posts, and
declare ties, in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from counterpart.access.judging import barred_from_judging
from counterpart.access.kinds import OWN_AGENCY
from counterpart.casework.acts import By
from counterpart.casework.conflicts import kept_out
from counterpart.casework.outcomes import ActionWritten, outcome_text
from counterpart.casework.placing import lead_is_kept_out, misplaced, unknown_in
from counterpart.casework.writing import Done, Loaded, act
from counterpart.engine import events as e
from counterpart.engine.apart import gives_nothing_to_own_agency
from counterpart.engine.deciding import basis_of, next_number
from counterpart.engine.details import lead_is_named
from counterpart.engine.directory import Directory
from counterpart.engine.endings_rules import issues_are_followed
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.panels import Weighed, named_anew, panel_reasons, posts_that_speak
from counterpart.engine.rules import Asked, Refusal, actions_are_by_parties
from counterpart.engine.state import CaseState
from counterpart.people.directory import posts_as_of
from counterpart.people.finders import people_by_id
from counterpart.policy.model import Policy

NO_PANEL = Refusal("no_panel_here", "The policy has no panel at this stage.")


def convene_panel(
    *,
    members: Sequence[e.Member],
    meets_at: datetime,
    where: str,
    why_parties_absent: str = "",
    why_own_agency: str = "",
    are_clear: bool = False,
    **by: Unpack[By],
) -> Done | Refusal:
    """Call the panel of this stage together. `are_clear`: each member said they have no conflict of interest.

    `why_own_agency` is why somebody of an agency that the case is kept from sits on it all the same. That opens
    nothing to them: the office lets them in by name, or they hear only what is read to them.
    """

    def propose(loaded: Loaded) -> Any:
        panel = loaded.policy.stages[loaded.state.stage].panel
        if panel is None:
            return NO_PANEL
        weighed = weigh(
            *(by["case"], loaded.policy, loaded.state, panel, members, by["now"]),
            why_parties_absent=why_parties_absent,
            why_own_agency=why_own_agency,
            are_clear=are_clear,
        )
        if weighed.first is not None:
            return weighed.first
        names = people_by_id([m.person for m in members if m.person])
        return e.PanelConvened(
            panel=Code(panel),
            members=tuple(members),
            meets_at=meets_at,
            papers_at=loaded.state.version,
            are_clear=are_clear,
            where=Words(where),
            why_parties_absent=Words(why_parties_absent),
            why_own_agency=Words(why_own_agency),
            member_names=tuple(Words(names.get(m.person or "", "")) for m in members),
        )

    return act(propose, **by)


def hear(*, agency: str, how: str, said: str, **by: Unpack[By]) -> Done | Refusal:
    """The panel heard an agency, in person or in writing, or the agency chose not to be heard."""
    event = e.RepresentationHeard(agency=Id(agency), how=Code(how), said=Words(said))
    return act(lambda _: event, **by)


def record_panel_meeting(
    *, came: Sequence[str], evidence: str, record: str, happened_at: datetime, **by: Unpack[By]
) -> Done | Refusal:
    """The panel met, as is written down then or later. `came` are the posts of its members who came, `evidence`
    what it looked at.
    """

    def propose(loaded: Loaded) -> e.PanelMet | Refusal:
        panel = loaded.state.panel
        if panel is None:
            return NO_PANEL
        return e.PanelMet(
            panel=panel.panel,
            came=tuple(map(Id, came)),
            evidence=Words(evidence),
            record=Words(record),
        )

    return act(propose, happened_at=happened_at, **by)


def decide_panel(
    *,
    decision: str,
    reasons: str,
    next_course: str,
    actions: Sequence[ActionWritten] = (),
    outstanding: Sequence[str] = (),
    followed: Sequence[str] = (),
    lead: str | None = None,
    met_at: datetime | None = None,
    why_early: str = "",
    **by: Unpack[By],
) -> Done | Refusal:
    """Record the panel's decision, and with it the text that every side then answers.

    `met_at` is when it met, where no meeting is on the record; `why_early` why it decides without one, or before
    the day that it was convened for.
    """

    def propose(loaded: Loaded) -> Any:
        panel = loaded.policy.stages[loaded.state.stage].panel
        if panel is None:
            return NO_PANEL
        if refusal := _no_longer_sits(loaded, panel, by["now"]):
            return refusal
        if refusal := misplaced((action.agency, action.post) for action in actions):
            return refusal
        if refusal := unknown_in(loaded.state.partnership, [lead]):
            return refusal
        if refusal := lead_is_kept_out(loaded.state, lead):
            return refusal
        text = outcome_text(
            next_number(loaded.state),
            basis_of(loaded.policy, panel),
            decision,
            actions,
            outstanding,
            lead=lead,
            followed=followed,
        )
        asked = Asked(loaded.policy, loaded.state, text, by["now"], by["now"], loaded.calendar)
        if refusal := refused_text(asked):
            return refusal
        decided = e.PanelDecided(
            panel=Code(panel),
            authority=Code(loaded.policy.panels[panel].authority),
            decision=Words(decision),
            reasons=Words(reasons),
            next_course=Words(next_course),
            met_at=met_at,
            why_early=Words(why_early),
        )
        return decided, text

    return act(propose, **by)


# --- who may sit ----------------------------------------------------------------------------------


def weigh(
    case: str,
    policy: Policy,
    state: CaseState,
    panel: str,
    members: Sequence[e.Member],
    now: datetime,
    *,
    why_parties_absent: str = "",
    why_own_agency: str = "",
    are_clear: bool = False,
) -> Weighed:
    """Why these may not sit as this panel: each of them, and the whole. For the act, and for its form.

    A member who holds their post no more, who is kept from the case, or who is too close to a side to judge
    is found here: the record alone does not know. As many queries as `posts_as_of` and
    `barred_from_judging`, and what `kept_out` asks.
    """
    people = [member.person for member in members if member.person]
    bars = barred_from_judging(people, case, now)
    return panel_reasons(
        policy,
        state,
        panel,
        members,
        why_parties_absent=why_parties_absent,
        why_own_agency=why_own_agency,
        are_clear=are_clear,
        directory=_posts(state, members, now),
        # Of an agency that the case is kept from somebody may sit, for a reason that is written down.
        kept_out={one for one, why in kept_out(state, now).items() if why != OWN_AGENCY},
        barred={person: Refusal(bar.code, bar.words) for person, bar in bars.items()},
    )


def _posts(state: CaseState, members: Sequence[e.Member], now: datetime) -> Directory:
    """The posts of the members, and those that speak for a side, as they stand now."""
    speak = posts_that_speak(state)
    return posts_as_of(now, [*(member.post for member in members), *speak])


def _no_longer_sits(loaded: Loaded, panel: str, now: datetime) -> Refusal | None:
    """Why the panel that was convened may not decide, in its first reason, or None."""
    convened = loaded.state.panel
    if convened is None or convened.panel != panel:
        return None
    weighed = weigh(
        *(loaded.case, loaded.policy, loaded.state, panel, convened.members, now),
        why_parties_absent="said when it was convened",
        why_own_agency="said when it was convened",
        are_clear=True,
    )
    return named_anew(weighed.first) if weighed.first is not None else None


def refused_text(asked: Asked) -> Refusal | None:
    """What is wrong with the text that goes with a decision, or None."""
    checks = (
        actions_are_by_parties,
        lead_is_named,
        issues_are_followed,
        gives_nothing_to_own_agency,
    )
    return next((refusal for check in checks if (refusal := check(asked))), None)
