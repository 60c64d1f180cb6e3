"""The places that say how a case goes: its stages, their order, and what a way on turns on."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.clauses.places import Cited, How, Place, seats_words
from counterpart.policy.conditions import KEPT_FROM
from counterpart.policy.model import Policy, Stage, Track
from counterpart.policy.phrases import sentence, stages_words, trigger_words


def stages(policy: Policy) -> Iterator[Cited]:
    """The urgent route, the tracks, the stages, the conditions and the dates of a policy."""
    yield from _urgent(policy)
    for track in policy.tracks.values():
        if track.clause:
            yield track.clause, _track(policy, track)
    for stage in policy.stages.values():
        yield stage.clause, _stage(policy, stage)
    for condition in policy.conditions.values():
        done = "Asked of whoever moves the case on by it. What they say is on the record."
        done += f" {KEPT_FROM}" if condition.keeps_own_agency_out else ""
        place = Place("Condition", sentence(condition.title), How.ACT, done)
        yield condition.clause, place
    for date in policy.dates.values():
        done = "Entered for each case, and shown on it."
        yield date.clause, Place("Date from outside", sentence(date.title), How.ACT, done)
    if rule := policy.invoked:
        words = f"The policy counts as invoked when {trigger_words(policy, rule.at)}."
        shown = "Shown on the page of the policy."
        yield rule.clause, Place("From when it counts", words, How.SHOWN, shown)


def _urgent(policy: Policy) -> Iterator[Cited]:
    if urgent := policy.urgent:
        done = "Anybody on the case can report it, at whatever stage."
        if urgent.tells:
            told = seats_words(policy, urgent.tells)
            done = f"{done} Told at once: {told}."
        yield urgent.clause, Place("Immediate risk", sentence(urgent.when), How.DONE, done)


def _track(policy: Policy, track: Track) -> Place:
    words = f"{track.title or 'The order of the stages'}: {stages_words(policy, track.stages)}."
    done = "A case goes only by the ways of its own order."
    return Place("Order of the stages", words, How.DONE, done)


def _stage(policy: Policy, stage: Stage) -> Place:
    ours, theirs = (policy.roles[stage.speaks[side]].title for side in ("raising", "receiving"))
    speaks = ours if ours == theirs else f"{ours}, and in the other agency {theirs}"
    if stage.inside:
        speaks = f"{ours}, inside the agency that raised it"
    done = "A stage of the case, shown on its page with its duties."
    if stage.tells:
        told = seats_words(policy, stage.tells, stage)
        done = f"{done} Told when a case comes here: {told}."
    return Place("Stage", f"{sentence(stage.name)} Who speaks: {speaks}.", How.DONE, done)
