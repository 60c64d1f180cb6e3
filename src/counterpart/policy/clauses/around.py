"""The places that stand beside the stages: what is asked, told and kept, other ways, regular duties."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.clauses.places import Cited, How, Place
from counterpart.policy.explaining.ending import EVERY, KEPT_ON, record_words
from counterpart.policy.explaining.ladder import rung_words
from counterpart.policy.model import Exit, Policy, RecordRule, Seat, Standing
from counterpart.policy.phrases import limit_words, listed, seat_words, sentence, small

KEEPS = "Each entry is written down when it is made, and cannot be changed afterwards."
THEY_GET_IT = "Those who get it are told of each entry, and can read it."
ON_ITS_PAGE = "Shown on the page of the policy."
ELSEWHERE = "What is done there is done by people outside Counterpart."
NO_WORDS = "Only that it was taken is on the record, and nothing of what it is about."
TAKEN = "That it was taken is on the record."
ASKED = "Asked before a concern is sent, and kept with it."
KINDS = {
    "report": "report",
    "return": "return",
    "audit": "audit",
    "review": "review",
    "training": "training",
    "terms": "look at terms of reference",
    "other": "duty",
}
OWED = ("A duty for", "Open to")
HOW_OFTEN = {
    "month": "monthly ",
    "quarter": "quarterly ",
    "half-year": "half-yearly ",
    "year": "yearly ",
}


def around(policy: Policy) -> Iterator[Cited]:
    """Every place beside the stages that asks something of somebody."""
    if policy.grounds:
        titles = listed(tuple(ground.title for ground in policy.grounds))
        words = f"What a disagreement may be about: {titles}."
        yield policy.grounds_clause, Place("What it may be about", words, How.ACT, ASKED)
    for check in policy.before_raising:
        yield check.clause, Place("Before raising", sentence(check.title), How.ACT, ASKED)
    if support := policy.support:
        done = "Whoever raises a concern is asked whether they would like somebody to support them."
        yield support.clause, Place("Support", sentence(support.text), How.ACT, done)
    for way in policy.exits.values():
        yield way.clause, _exit(way)
    for rule in policy.records:
        yield from _record(policy, rule)
    yield from _telling(policy)
    for duty in policy.standing:
        yield duty.clause, _standing(policy, duty)


def _exit(way: Exit) -> Place:
    when = f" When: {sentence(small(way.when))}" if way.when else ""
    where = (
        f" Where: {way.where if '://' in way.where else sentence(way.where)}" if way.where else ""
    )
    becomes = "The case ends here." if way.ends else "The case goes on here as well."
    meanwhile = sentence(way.meanwhile) if way.meanwhile else becomes
    kept = NO_WORDS if way.kind == "whistleblowing" else TAKEN
    done = f"Shown on each case as another way. {kept} {meanwhile} {ELSEWHERE}"
    return Place("Another way", f"{sentence(way.title)}{when}{where}", How.ACT, done)


def _record(policy: Policy, rule: RecordRule) -> Iterator[Cited]:
    done = f"{KEEPS} {THEY_GET_IT}" if rule.shared_with else KEEPS
    yield rule.clause, Place("Record", record_words(policy, rule), How.DONE, done)
    if rule.kept_on:
        yield rule.clause, _placing(policy, rule)


def _placing(policy: Policy, rule: RecordRule) -> Place:
    """Where a record is put: owed for each stage once it is left, or at the end."""
    where = listed(tuple(KEPT_ON[name] for name in rule.kept_on))
    when = "once the case has ended" if rule.at_end else "once each of its stages is left"
    says = f"The record is placed on {where}. This {rule.force} be done."
    owner = seat_words(policy, rule.by or Seat("each"))
    by_hand = "Placing it there is done by people outside Counterpart, and noted on the record."
    return Place(
        kind="Placing the record",
        says=says,
        how=How.ACT if rule.force == "may" else How.DUTY,
        counterpart=f"{OWED[rule.force == 'may']}: {owner}, {when}. {by_hand}",
        who=owner,
        by_when=limit_words(rule.limit, policy) if rule.limit and rule.force != "may" else "",
    )


def _telling(policy: Policy) -> Iterator[Cited]:
    if gaps := policy.gaps:
        told = seat_words(policy, gaps.tell)
        words = f"A gap in policies or procedures is brought to: {told}."
        done = f"Anybody on the case can report one. Told of it: {told}."
        yield gaps.clause, Place("Gap in policy", words, How.DONE, done)
    if rule := policy.extending:
        words = (
            "The agencies may agree to more time for something."
            if rule.is_allowed
            else "A time is not made longer, even if every agency agrees to it."
        )
        done = "Every case is held to this."
        yield rule.clause, Place("More time", words, How.DONE, done)
    for rung in policy.ladder:
        words = f"{rung_words(policy, rung)}."
        yield rung.clause, Place("If it is late", words, How.DONE, "They are told by mail, once.")


def _standing(policy: Policy, duty: Standing) -> Place:
    events = f" When: {'; or '.join(small(e.rstrip('.')) for e in duty.on)}." if duty.on else ""
    answers = " Every agency answers, with nothing to report too." if duty.from_each else ""
    every = "" if duty.every == "not stated" and duty.on else EVERY[duty.every]
    what = f"the {HOW_OFTEN.get(duty.every, 'regular ')}{KINDS[duty.kind]}"
    owner = seat_words(policy, duty.owner)
    return Place(
        kind="Regular duty",
        says=f"{sentence(duty.what)}{events}{answers}",
        how=How.DUTY,
        counterpart=f"A duty for: {owner}. {_kept(duty, what)}",
        who=owner,
        by_when=every,
    )


def _kept(duty: Standing, what: str) -> str:
    """Where it is written down. The policies give no day for it, so nothing is said of one."""
    if duty.from_each:
        return f"For {what} each agency answers on its own page, and the desk sees who has not."
    if duty.owner.side == "each":
        return f"Each agency writes down {what} on its own page, and the desk sees which have."
    return f"Whoever does it writes down {what} on the page of regular duties."
