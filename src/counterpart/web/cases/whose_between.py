"""Whose an act between the sides is, for the page: a part of `whose`. Each agency answers for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counterpart.access.answers import Allowed, Answer, Denied
from counterpart.casework.actors import Acting
from counterpart.casework.between_whose import NOT_THE_RAISER, NOT_THEIRS, TARGET, not_whose
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.deciding import Option

FOR_EACH, FOR_OFFICE = ("for_each",), ("for_each", "for_partnership")
ACTS = {
    **dict.fromkeys(TARGET, FOR_OFFICE),
    e.InformationAsked: FOR_EACH,
    e.ExtensionProposed: FOR_EACH,
    e.MeetingRequired: FOR_OFFICE,
    e.RemainingRiskStated: ("for_raiser", "for_raising"),
}
"""Acts between the sides, and the acts of `access` of which any one opens them."""

ANSWERED = Denied("answered", "Your agency has answered already.")


def answer_between(
    file: CaseFile,
    option: Option,
    may: Mapping[str, Answer],
    acting: Callable[[CaseFile, Allowed], Acting],
) -> Answer:
    """Whether this person may do it themselves: by a relation that is of an agency whose it is."""
    event, target = option.event, option.target
    answers = [may[act] for act in ACTS[event]]
    allowed = [(a, acting(file, a)) for a in answers if isinstance(a, Allowed)]
    if not allowed:
        return _not_theirs(event) if _has_no_relation(answers[0]) else answers[0]
    if event not in TARGET:
        return allowed[0][0]
    whose = (file.policy, file.state, file.directory, event, target)
    refused = [(a, who, not_whose(*whose, who)) for a, who in allowed]
    theirs = [(a, who) for a, who, refusal in refused if refusal is None]
    if not theirs:
        refusal = refused[0][2] or NOT_THEIRS
        return Denied(refusal.code, refusal.words)
    found, who = theirs[0]
    return ANSWERED if _has_answered(file, event, target, who) else found


def _has_no_relation(answer: Answer) -> bool:
    return isinstance(answer, Denied) and answer.reason == "other_relation"


def _not_theirs(event: type) -> Denied:
    refusal = NOT_THE_RAISER if event is e.RemainingRiskStated else NOT_THEIRS
    return Denied(refusal.code, refusal.words)


def _has_answered(file: CaseFile, event: type, target: str, who: Acting) -> bool:
    """Whether an agency has answered what it is asked once. When it can come, it may say again."""
    asked = file.state.between.extension(target) if event is e.ExtensionAnswered else None
    return asked is not None and who.agency in asked.answers
