"""Whether the written outcome is agreed, and whether a case may close on it.

An outcome that everybody who must has answered closes the case; where the policy forbids open actions,
only once every action is done.
"""

from __future__ import annotations

from typing import Any

from counterpart.engine import events as e
from counterpart.engine.events import Action
from counterpart.engine.kinds import Code, Id
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy


def must_answer(policy: Policy, state: CaseState) -> frozenset[Id]:
    """The agencies whose answer to the written outcome the policy asks for."""
    match policy.closing.confirmed_by.side:
        case "raising":
            return frozenset({state.raising.agency})
        case "receiving":
            return frozenset(state.receiving_agencies)
        case _:
            return frozenset(state.parties)


def is_agreed(policy: Policy, state: CaseState) -> bool:
    """Whether the text as it stands is agreed, so that what it says is to be done."""
    if state.status == "closed":
        return state.outcome is not None
    if policy.closing.allows_open_actions or not state.is_open:
        return False
    return _ending(policy, state, {}) is not None


def follows_from_answer(
    policy: Policy, state: CaseState, answer: e.OutcomeConfirmed | e.OutcomeDissented
) -> tuple[Any, ...]:
    """What follows at once from one agency's answer to the text. From what one person says for themselves, nothing."""
    if isinstance(answer, e.OutcomeDissented) and answer.is_own:
        return ()
    said = "dissented" if isinstance(answer, e.OutcomeDissented) else "confirmed"
    ending = _ending(policy, state, {answer.agency: said})
    if ending is None or (not policy.closing.allows_open_actions and still_to_do(state)):
        return ()
    return (e.CaseClosed(ending=ending),)


def follows_from_action(policy: Policy, state: CaseState, done: Id) -> tuple[Any, ...]:
    """An open case whose outcome is agreed closes with the last of its actions."""
    if not state.is_open or not is_agreed(policy, state) or still_to_do(state) - {done}:
        return ()
    ending = _ending(policy, state, {})
    return (e.CaseClosed(ending=ending),) if ending else ()


def action_of(state: CaseState, id: Id) -> tuple[Action, Id | None] | None:
    """An action of the text, or one kept from an earlier one, and who sees it through; None for no such action."""
    text = state.outcome
    here = [(action, text.lead) for action in text.actions] if text else []
    both = (*here, *((one.action, one.lead) for one in state.endings.kept))
    return next((found for found in both if found[0].id == id), None)


def still_to_do(state: CaseState) -> frozenset[Id]:
    """The actions of the text, and those kept from an earlier one, that are not done."""
    actions = state.outcome.actions if state.outcome else ()
    kept = (one.action for one in state.endings.kept)
    return frozenset(action.id for action in (*actions, *kept)) - state.actions_done


def _ending(policy: Policy, state: CaseState, new: dict[Id, str]) -> Code | None:
    """How a case would end on its text with these further answers; None while it would not."""
    outcome = state.outcome
    if outcome is None:
        return None
    answers = {**outcome.answers, **new}
    if must_answer(policy, state) - set(answers):
        return None
    if outcome.basis == "decision":
        # A binding decision stands; a side that does not agree has its reasons kept.
        return Code("decided")
    return None if "dissented" in answers.values() else Code("agreed")
