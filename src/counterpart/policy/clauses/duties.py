"""The places that give somebody a duty: steps, ways on, time limits, panels and the end of a case.

Each is found by its clock, so that what is said here to be owed is what the engine owes.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.clauses.places import Cited, How, Place, seats_words
from counterpart.policy.conditions import missed_words, when_words
from counterpart.policy.explaining.panels import AUTHORITY, members_words
from counterpart.policy.explaining.rules import force_words, is_silent
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    RECORD,
    WRITE_OUTCOME,
    Clock,
    Composition,
    Panel,
    Policy,
    Stage,
)
from counterpart.policy.phrases import limit_words, seat_words, sentence, small

BY_ITSELF = "It follows by itself."
CHECKED = "The agencies and the chair are checked, and a panel that does not fit is refused."
ASKED = "So is that each member said first that they have no conflict of interest."
LEFT_TO_THEM = "Choosing them in this way is for whoever convenes it."
NO_DUTY = "Nobody owes it."
NOT_BY_ITSELF = "It turns on what a person says or on what happens, so no duty is opened for it."
KINDS = {
    "approve": "Approval",
    "satisfied": "Whom it must satisfy",
    "choose": "Choice of what comes next",
    "set": "Setting a time",
    "offer": "Putting forward a time",
    "agree": "Agreeing to a time",
    "band": "Priority",
    "convene": "Panel",
    "decide": "Panel",
}
"""What a duty that was made from a rule is called, by what it asks."""


def duties(policy: Policy) -> Iterator[Cited]:
    """Every clock, what follows where its time is missed, and what the policy says of each panel."""
    for clock in policy.clocks.values():
        if clock.act == RECORD:
            continue  # told with the rule that it is made from
        yield clock.clause, _clock(policy, clock)
        if clock.if_missed:
            yield clock.if_missed.clause, _missed(policy, clock)
    for panel in policy.panels.values():
        yield from _panel(policy, panel)
    if lead := policy.closing.lead:
        who = seat_words(policy, lead.of)
        words = f"A {small(lead.title)} is named to see the outcome through."
        done = "Asked for with the outcome, which is not taken without it."
        yield lead.clause, Place("Lead manager", words, How.DONE, done, who=who)
    if rule := policy.still_at_risk:
        told = seats_words(policy, rule.tells)
        asked = "Asked of whoever raised it, once others call it settled."
        words = "Whoever raised it may say that they still believe the child at risk."
        yield (
            rule.clause,
            Place("Risk that remains", words, How.DONE, f"{asked} Told at once: {told}."),
        )
        yield rule.clause, _clock(policy, rule.answer)


def _clock(policy: Policy, clock: Clock) -> Place:
    stage = policy.stages.get(clock.stage or "")
    owner = seat_words(policy, clock.owner, stage)
    how, done = _here(policy, clock, owner)
    return Place(
        kind=_kind(policy, clock),
        says=_says(policy, clock, stage),
        how=how,
        counterpart=done,
        who=owner,
        by_when="" if clock.force == "may" and is_silent(clock.limit) else _by_when(policy, clock),
    )


def _kind(policy: Policy, clock: Clock) -> str:
    if clock.step:
        return {
            "stage": "Step",
            "urgent": "Step at immediate risk",
            "always": "Step at any stage",
            "afterwards": "Step after the end",
            "panel": "The panel’s report",
        }[policy.steps[clock.step].offered]
    if clock.way:
        return "Way straight there" if policy.ways_on[clock.way].is_jump else "Way on"
    if clock.id in (WRITE_OUTCOME, CONFIRM_OUTCOME):
        return "Outcome"
    return KINDS.get(clock.act, "Time limit" if clock.over else "Duty")


def _says(policy: Policy, clock: Clock, stage: Stage | None) -> str:
    where = f"{_at(stage)}: " if stage else ""
    if clock.way:
        way = policy.ways_on[clock.way]
        open_if = f" It is open if {words}." if (words := when_words(policy, way)) else ""
        to = policy.stages[way.to_stage].name
        return f"{where}{sentence(clock.what)} It leads to “{to}”.{open_if} {force_words(clock)}"
    purpose = policy.steps[clock.step].purpose if clock.step else ""
    parts = (sentence(clock.what), sentence(purpose) if purpose else "", force_words(clock))
    return where + " ".join(filter(None, parts))


def _at(stage: Stage) -> str:
    return f"Stage {stage.number}" if stage.number else f"“{stage.title}”"


def _by_when(policy: Policy, clock: Clock) -> str:
    words = limit_words(clock.limit, policy)
    if clock.urgent_limit is None:
        return words
    return f"{words} In an urgent case: {small(limit_words(clock.urgent_limit, policy))}"


def _here(policy: Policy, clock: Clock, owner: str) -> tuple[How, str]:
    """What Counterpart does about a clock: only what something starts is ever owed."""
    is_answer = policy.still_at_risk is not None and clock is policy.still_at_risk.answer
    if clock.force != "may" and (clock.starts or is_answer):
        return How.DUTY, f"A duty for: {owner}."
    if clock.step and policy.steps[clock.step].required_by:
        return How.DUTY, f"Open to: {owner}. Once it is required, a duty for those who arrange it."
    why = NO_DUTY if clock.force == "may" else NOT_BY_ITSELF
    return How.ACT, f"Open to: {owner}. {why}"


def _missed(policy: Policy, clock: Clock) -> Place:
    words = missed_words(policy, clock.if_missed) if clock.if_missed else ""
    says = f"{sentence(clock.what)} {words}"
    return Place("If a time passes", says, How.DONE, BY_ITSELF)


def _composed(rule: Composition) -> str:
    asked = ASKED if rule.declares_conflicts else ""
    return " ".join(filter(None, (CHECKED, asked, LEFT_TO_THEM if rule.drawn else "")))


def _panel(policy: Policy, panel: Panel) -> Iterator[Cited]:
    if panel.composition.is_stated:
        words = members_words(policy, panel.composition)
        yield (
            panel.composition.clause,
            Place("Who sits on the panel", words, How.DONE, _composed(panel.composition)),
        )
    heard = small(seat_words(policy, panel.hears))
    evidence = f" It looks at this: {sentence(small(panel.evidence))}" if panel.evidence else ""
    says = f"The panel hears {heard}.{evidence} {AUTHORITY[panel.authority]}"
    must = " It may not leave the matter open." if panel.must_decide else ""
    done = "What each side put to it and its decision are on the record, with this authority."
    yield panel.decision_clause, Place("What the panel does", says + must, How.DONE, done)
