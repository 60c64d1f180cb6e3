"""The written outcome: put to both sides, confirmed or not by each, and its actions carried out.

The text is one, for both sides. A new version needs new confirmations; an answer is to the
version that was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Unpack
from uuid import uuid4

from counterpart.casework.acts import By
from counterpart.casework.ending_whose import (
    ANSWERS_FOR_IT,
    answers_for,
    not_their_answer,
    not_theirs_to_finish,
)
from counterpart.casework.placing import lead_is_kept_out, misplaced, unknown_in
from counterpart.casework.writing import Done, Loaded, act, directory_for
from counterpart.engine import events as e
from counterpart.engine.deciding import next_number
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal

NOT_YOURS = Refusal("not_your_agency", "You can answer only for your own agency.")


@dataclass(frozen=True, slots=True)
class ActionWritten:
    """An action as somebody wrote it: what, by which agency and post, and by when."""

    text: str
    agency: str
    post: str | None
    due_on: date


def propose_outcome(
    *,
    agreed: str,
    actions: Sequence[ActionWritten] = (),
    outstanding: Sequence[str] = (),
    followed: Sequence[str] = (),
    still_disputed: str = "",
    lead: str | None = None,
    **by: Unpack[By],
) -> Done | Refusal:
    """Write down what was agreed and put it to every side to confirm.

    `followed` says at the same place how each issue that is `outstanding` will be followed up. `lead` is
    the post that sees it through, where the policy asks for one.
    """

    def propose(loaded: Loaded) -> e.OutcomeProposed | Refusal:
        if refusal := misplaced((action.agency, action.post) for action in actions):
            return refusal
        if refusal := unknown_in(loaded.state.partnership, [lead]):
            return refusal
        if refusal := lead_is_kept_out(loaded.state, lead):
            return refusal
        return outcome_text(
            next_number(loaded.state),
            "agreement",
            agreed,
            actions,
            outstanding,
            still_disputed,
            lead,
            followed=followed,
        )

    return act(propose, **by)


def confirm(*, number: int, agency: str, comment: str = "", **by: Unpack[By]) -> Done | Refusal:
    """One agency confirms a text of the outcome in writing, by whoever speaks for it."""
    event = e.OutcomeConfirmed(number=number, agency=Id(agency), comment=Words(comment))
    return act(lambda loaded: _of_its_own(loaded, event, by), **by)


def dissent(*, number: int, agency: str, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """One agency does not agree with a text of the outcome; its reasons are kept."""
    event = e.OutcomeDissented(number=number, agency=Id(agency), reason=Words(reason))
    return act(lambda loaded: _of_its_own(loaded, event, by), **by)


def differ(*, number: int, reason: str, **by: Unpack[By]) -> Done | Refusal:
    """Somebody of an agency sees the outcome differently. It is kept as theirs, and answers for nobody."""
    actor = by["actor"]
    event = e.OutcomeDissented(
        number=number, agency=Id(actor.agency or ""), is_own=True, reason=Words(reason)
    )

    def propose(loaded: Loaded) -> e.OutcomeDissented | Refusal:
        directory = directory_for(loaded.state, by["now"])
        speaks = answers_for(loaded.policy, loaded.state, directory, event.agency, actor)
        return ANSWERS_FOR_IT if speaks else event

    return act(propose, **by)


def _of_its_own(
    loaded: Loaded, answer: e.OutcomeConfirmed | e.OutcomeDissented, by: By
) -> e.OutcomeConfirmed | e.OutcomeDissented | Refusal:
    """The answer, if whoever gives it speaks for the agency it is given for."""
    if by["actor"].agency != answer.agency:
        return NOT_YOURS
    if answer.agency not in loaded.state.parties:
        return answer
    directory = directory_for(loaded.state, by["now"])
    refusal = not_their_answer(loaded.policy, loaded.state, directory, answer.agency, by["actor"])
    return refusal or answer


def finish_action(*, action: str, what: str, **by: Unpack[By]) -> Done | Refusal:
    """An agreed action has been carried out, says whoever had to do it, or who sees it through."""

    def propose(loaded: Loaded) -> e.ActionDone | Refusal:
        refusal = not_theirs_to_finish(loaded.state, action, by["actor"])
        return refusal or e.ActionDone(action=Id(action), what=Words(what))

    return act(propose, **by)


def outcome_text(
    number: int,
    basis: str,
    agreed: str,
    actions: Sequence[ActionWritten],
    outstanding: Sequence[str],
    still_disputed: str = "",
    lead: str | None = None,
    *,
    followed: Sequence[str] = (),
) -> e.OutcomeProposed:
    """The event that puts a text to the sides. Each action gets an id of its own."""
    return e.OutcomeProposed(
        number=number,
        basis=Code(basis),
        actions=tuple(
            e.Action(
                id=Id(uuid4().hex),
                agency=Id(action.agency),
                post=Id(action.post) if action.post else None,
                due_on=action.due_on,
            )
            for action in actions
        ),
        lead=Id(lead) if lead else None,
        agreed=Words(agreed),
        action_texts=tuple(Words(action.text) for action in actions),
        outstanding=tuple(map(Words, outstanding)),
        followed=tuple(map(Words, followed)),
        still_disputed=Words(still_disputed),
    )
