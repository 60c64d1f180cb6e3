"""What people do to a case, one function an act. All are keyword-only and answer Done or Refusal.

Common arguments: `case` (its id), `actor`, `now`, `key` (the submission's own, unguessable) and
`seen` (the version the page showed, for acts that turn the case another way). Who may act is
asked by the caller of `access`; whether the case is in a state for it is the engine's answer.
The panel's acts are in `panels`, the outcome's in `outcomes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from counterpart.access.rules import OFFICE
from counterpart.casework.actors import Acting
from counterpart.casework.placing import misplaced, outside, unknown_in
from counterpart.casework.writing import Done, Loaded, act
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState

SUPPORTER = "supporter"
NOT_YOUR_SUPPORTER = Refusal(
    "not_your_supporter",
    "Somebody supports the person who raised this. Only their own side can change who that is.",
)

NOT_YOURS_TO_NAME = Refusal(
    "not_your_supporter",
    "The person who raised this did not feel safe raising it in their own agency. Only they can say who "
    "supports them.",
)


class _Required(TypedDict):
    case: str
    actor: Acting
    now: datetime
    key: str


class By(_Required, total=False):
    """The arguments every act takes; see the module."""

    seen: int | None


def record_step(
    *,
    step: str,
    how: str,
    result: str,
    happened_at: datetime,
    agencies: Sequence[str] = (),
    posts: Sequence[str] = (),
    present: str = "",
    said: str = "",
    agreed: str = "",
    next_step: str = "",
    **by: Unpack[By],
) -> Done | Refusal:
    """A discussion, a meeting, a letter or a notice was had; perhaps some time ago."""
    event = step_event(
        step=step, how=how, result=result, agencies=agencies, posts=posts, present=present,
        said=said, agreed=agreed, next_step=next_step,
    )  # fmt: skip
    return act(lambda _: event, happened_at=happened_at, **by)


def step_event(
    *,
    step: str,
    how: str,
    result: str,
    agencies: Sequence[str] = (),
    posts: Sequence[str] = (),
    present: str = "",
    said: str = "",
    agreed: str = "",
    next_step: str = "",
) -> e.StepRecorded:
    """The entry of a step, from what a form gives."""
    return e.StepRecorded(
        step=Code(step),
        how=Code(how),
        result=Code(result),
        agencies=tuple(map(Id, agencies)),
        posts=tuple(map(Id, posts)),
        present=Words(present),
        said=Words(said),
        agreed=Words(agreed),
        next_step=Words(next_step),
    )


def report_risk(*, why: str, **by: Unpack[By]) -> Done | Refusal:
    """The child is now thought to be at risk of immediate harm."""
    return act(lambda _: e.ImmediateRiskReported(why=Words(why)), **by)


def set_limit(*, clock: str, due_at: datetime, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Set, or tighten, the time that protects this child."""
    event = e.LimitSet(clock=Code(clock), due_at=due_at, reason=Words(reason))
    return act(lambda _: event, **by)


def move_on(
    *,
    way: str,
    seats: Sequence[e.SeatTaken],
    reason: str,
    grounds: Sequence[str] = (),
    **by: Unpack[By],
) -> Done | Refusal:
    """Take the case to another stage by a way on of its policy; `seats` names who acts there."""

    def propose(loaded: Loaded) -> Any:
        there = loaded.policy.ways_on.get(way)
        if there is None:
            return Refusal("no_such_way", "The policy has no such way on.")
        if refusal := misplaced((seat.body, seat.post) for seat in seats):
            return refusal
        return e.MovedOn(
            way=Code(way),
            from_stage=loaded.state.stage,
            to_stage=Code(there.to_stage),
            grounds=tuple(map(Code, grounds)),
            seats=tuple(seats),
            reason=Words(reason),
        )

    return act(propose, **by)


def name_seat(
    *,
    body: str,
    role: str,
    post: str | None,
    cause: str = "named",
    stated_name: str = "",
    reason: str = "",
    **by: Unpack[By],
) -> Done | Refusal:
    """Say which post has a role in this case: found out, handed on or reassigned."""

    def propose(loaded: Loaded) -> Any:
        partnership = loaded.state.partnership
        supports = role == SUPPORTER
        if (
            supports
            and loaded.state.supporter
            and by["actor"].agency != loaded.state.raising.agency
        ):
            return NOT_YOUR_SUPPORTER
        if supports and not _may_choose_supporter(loaded.state, by["actor"]):
            return NOT_YOURS_TO_NAME
        if refusal := unknown_in(partnership, [post]) if supports else misplaced([(body, post)]):
            return refusal
        return e.SeatNamed(
            seat=e.SeatTaken(body=Id(body), role=Code(role), post=Id(post) if post else None),
            cause=Code(cause),
            stated_name=Words(stated_name),
            reason=Words(reason),
        )

    return act(propose, **by)


def _may_choose_supporter(state: CaseState, actor: Acting) -> bool:
    """Whoever went past their own agency alone says who supports them."""
    apart = state.keeping.apart
    return apart is None or (actor.on_behalf_post or actor.post) == apart.post


def redirect(
    *,
    from_agency: str,
    to_agency: str,
    to_post: str | None = None,
    reason: str,
    **by: Unpack[By],
) -> Done | Refusal:
    """The other side says "not us, it is …"."""

    def propose(loaded: Loaded) -> Any:
        there = outside(loaded.state.partnership, [to_agency], by["now"])
        if refusal := there or misplaced([(to_agency, to_post)]):
            return refusal
        to = e.Party(agency=Id(to_agency), post=Id(to_post) if to_post else None)
        return e.PartyRedirected(from_agency=Id(from_agency), to=to, reason=Words(reason))

    return act(propose, **by)


def report_gap(*, gap: str, **by: Unpack[By]) -> Done | Refusal:
    """The process showed a gap in policies or procedures; the policy says who is told."""
    return act(lambda _: e.PolicyGapReported(gap=Words(gap)), **by)


def correct(*, entry: str, correction: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Put an entry right by a later one. The first stays on the record.

    An entry is its writer's agency's to correct, and the business manager's: the correction is
    read first, and nobody may put words before those of the other side.
    """
    actor = by["actor"]

    def propose(loaded: Loaded) -> Any:
        written = next((r.actor for r in loaded.record if r.id == entry), None)
        if written and not may_correct(written.agency, actor.agency, actor.capacity):
            return Refusal(
                "not_your_entry",
                "Only the agency that wrote this entry can correct it. "
                "Record what you know as an entry of your own.",
            )
        return e.EntryCorrected(entry=Id(entry), correction=Words(correction), reason=Words(reason))

    return act(propose, **by)


def may_correct(written_by: str | None, agency: str | None, capacity: str) -> bool:
    """Whether somebody of `agency` may correct what somebody of `written_by` wrote."""
    return capacity in OFFICE or written_by == agency


def withdraw(*, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """The raising side no longer wants to take the concern further."""
    return act(lambda _: e.CaseWithdrawn(reason=Words(reason)), **by)


def reopen(*, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """A case that ended is taken up again at the stage where it ended."""
    return act(lambda loaded: e.CaseReopened(stage=loaded.state.stage, reason=Words(reason)), **by)
