"""Whose an act on a case is: the policy's seat for it and `access` together.

A page of its own kind is open to whoever takes part, because the policy of the case says whose it
is. This says it: for the page, before it draws the form, and for the case, before it draws a link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from counterpart.access.answers import Allowed, Answer, Denied
from counterpart.access.kinds import RAISER
from counterpart.casework.actors import Acting
from counterpart.casework.casefile import CaseFile
from counterpart.casework.ending_whose import (
    ANSWERS_FOR_IT,
    answers_for,
    not_their_answer,
    not_theirs_to_finish,
)
from counterpart.casework.seats import not_theirs, whose_it_is
from counterpart.engine import events as e
from counterpart.engine.deciding import Option
from counterpart.engine.kinds import Id
from counterpart.engine.rules import Refusal
from counterpart.policy.model import Seat
from counterpart.web.cases.addresses import ADDRESSES, BEHALF
from counterpart.web.cases.whose_between import ACTS, answer_between

OF_THE_OUTCOME = frozenset({e.OutcomeConfirmed, e.OutcomeDissented, e.ActionDone})
"""What an agency says by whoever speaks for it, or whoever had to do it."""
FOR_EITHER = "record_for_either"
FIXED = frozenset({e.ApprovalAnswered, e.AnswerGiven, e.BandSet, e.LimitSet})
"""What only whoever fills the very role may do, if the policy names one."""


def answer_for(file: CaseFile, option: Option, may: Mapping[str, Answer]) -> Answer:
    """Whether this person may do it themselves, by the first of their relations that opens it."""
    if option.event in ACTS:
        return answer_between(file, option, may, _actor)
    answers = [may[act] for act in acts_of(file, option)]
    allowed = next((a for a in answers if isinstance(a, Allowed)), None)
    if allowed is None:
        return _denied(file, option, answers[0])
    if option.event is e.LimitSet and file.policy.clocks[option.target].limit.protective:
        return allowed
    if option.event in OF_THE_OUTCOME:
        refusal = _of_the_outcome(file, option, _actor(file, allowed))
        return Denied(refusal.code, refusal.words) if refusal else allowed
    if option.event in FIXED:
        directory = file.directory
        actor = _actor(file, allowed)
        refusal = not_theirs(file.policy, file.state, directory, option.by, actor)
        if refusal is not None:
            return Denied(refusal.code, refusal.words)
    if option.event is e.LimitAgreed and _has_agreed(file, option.target, allowed):
        return Denied("already_agreed", "Your agency has agreed to this time already.")
    return allowed


def _of_the_outcome(file: CaseFile, option: Option, actor: Acting) -> Refusal | None:
    if option.event is e.ActionDone:
        return not_theirs_to_finish(file.state, option.target, actor)
    given = (file.policy, file.state, file.directory, actor.agency or "", actor)
    if option.event is e.OutcomeConfirmed:
        return not_their_answer(*given)
    return ANSWERS_FOR_IT if answers_for(*given) else None


def _denied(file: CaseFile, option: Option, answer: Answer) -> Answer:
    """Why not. Where it turns on the policy's seat, in the words of the policy."""
    is_by_seat = any(act.startswith("for_") for act in acts_of(file, option))
    if not isinstance(answer, Denied) or answer.reason != "other_relation" or not is_by_seat:
        return answer
    refusal = whose_it_is(file.policy, option.by)
    return Denied(refusal.code, refusal.words)


def acts_of(file: CaseFile, option: Option) -> tuple[str, ...]:
    """The acts of `access` of which any one opens this option."""
    address = ADDRESSES[option.event]
    if not address.is_by_seat:
        return (address.act,)
    own = f"for_{'each' if option.by.side == 'outside' else option.by.side}"
    if option.event is e.StepRecorded:
        step = file.policy.steps[option.target]
        if option.by.side != "partnership":
            return ("record",)
        # A talk that somebody in the partnership holds with the sides, either may write down.
        return (own, "record") if step.settles else (own,)
    if option.event in (e.MovedOn, e.ApprovalAsked):
        is_plain = (
            option.by.side != "partnership" and not file.policy.ways_on[option.target].is_jump
        )
        return ("escalate",) if is_plain else (own,)
    if option.event is e.LimitSet and file.policy.clocks[option.target].limit.protective:
        return ("set_limit",)
    return (own,)


def may_be_told(file: CaseFile, option: Option, may: Mapping[str, Answer]) -> bool:
    """Whether this person may write it down for somebody of an agency who telephoned.

    What only one role may do, such as approving, is written down by the office alone: nobody can
    say for a colleague that they approved.
    """
    address = ADDRESSES[option.event]
    is_one_roles = option.event in ACTS or (option.event in FIXED and option.by.role is not None)
    if option.event in OF_THE_OUTCOME:
        # Nobody says for their own speaker what these answer: whoever answers for the agency may as well do it.
        is_one_roles = not isinstance(answer_for(file, option, may), Allowed)
    needed = FOR_EITHER if is_one_roles else BEHALF
    if not address.has_behalf or not isinstance(may[needed], Allowed):
        return False
    if option.event is e.LimitAgreed and isinstance(may["for_each"], Allowed):
        return False  # an agency agrees for itself
    return option.by.side != "partnership" and acts_of(file, option) != ("set_limit",)


def body_of(file: CaseFile, allowed: Allowed) -> Id | None:
    """The agency an allowed person acts for; None for the partnership."""
    post = file.directory.post(Id(allowed.post)) if allowed.post else None
    if post is None:
        return file.state.raising.agency if allowed.basis.split(",")[0] == RAISER else None
    return None if post.body == file.state.partnership else post.body


def is_of(file: CaseFile, seat: Seat, allowed: Allowed) -> bool:
    """Whether an allowed person sits where a seat is."""
    return not_theirs(file.policy, file.state, file.directory, seat, _actor(file, allowed)) is None


def _actor(file: CaseFile, allowed: Allowed) -> Acting:
    """The person as far as whose seat it is goes; a raiser acts by the post they raised it in."""
    agency = body_of(file, allowed)
    post = allowed.post or (file.state.raising.post if agency else None)
    plain = Acting(person=None, post=post, agency=agency, capacity=allowed.basis.split(",")[0],
                   name="", post_title="")  # fmt: skip
    return replace(plain, person=file.state.raiser) if plain.capacity == RAISER else plain


def _has_agreed(file: CaseFile, clock: str, allowed: Allowed) -> bool:
    offer = file.state.offers.get(clock)
    return offer is not None and body_of(file, allowed) in offer.agreed
