"""How a case ends, what is written and who is told, and the rest, as they are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from counterpart.policy.comparing.matching import View
from counterpart.policy.comparing.rules import (
    CONFIRMING,
    EXITS,
    GROUNDS,
    LIMITS,
    RECORDS,
    STANDING,
    TELLING,
    Rule,
)
from counterpart.policy.comparing.telling import seats_words, sentences, time_rule
from counterpart.policy.explaining.ladder import rung_words
from counterpart.policy.explaining.rules import is_silent
from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    WRITE_OUTCOME,
    Exit,
    Policy,
    RecordRule,
    Standing,
)
from counterpart.policy.phrases import limit_words, listed, seat_words, small


def closing_rules(view: View) -> Iterator[Rule]:
    """What is put in writing at the end, who confirms it, how soon, and who sees it through."""
    policy, closing = view.policy, view.policy.closing
    write, confirm = policy.clocks[WRITE_OUTCOME], policy.clocks[CONFIRM_OUTCOME]
    words = f"This is put in writing at the end: “{closing.outcome}”."
    yield Rule(CONFIRMING, "closing", view.text(closing.outcome), words, write.clause)
    who = seat_words(policy, closing.confirmed_by)
    words = sentences(f"“{closing.confirm.rstrip('.')}” is for: {who}")
    value = view.seat(closing.confirmed_by), view.text(closing.confirm)
    yield Rule(CONFIRMING, "closing confirmed by", value, words, closing.clause)
    for clock, what in ((write, "writing the outcome"), (confirm, "confirming the outcome")):
        yield time_rule(view, clock, f"limit of {clock.id}", "closing", what)
    words = "A case may close while an agreed action is still to be done."
    if not closing.allows_open_actions:
        words = "A case closes only once every agreed action is done."
    yield Rule(
        CONFIRMING, "closing open_actions", closing.allows_open_actions, words, closing.clause
    )
    if lead := closing.lead:
        words = sentences(f"There is a {lead.title.lower()}: {seat_words(policy, lead.of)}")
        value = view.seat(lead.of), view.text(lead.title)
        yield Rule(CONFIRMING, "closing lead", value, words, lead.clause)


def ladder_rules(view: View) -> Iterator[Rule]:
    """Who is reminded before something is due, and who is told when it is not done in time."""
    policy = view.policy
    for i, rung in enumerate(policy.ladder, 1):
        value = rung.side, str(rung.gap), view.seats(rung.tells), len(rung.clocks)
        clocks = frozenset(rung.clocks) if view.is_kin else None
        words = f"This is told of a duty: {rung_words(policy, rung)}."
        name = f"ladder {rung.id if view.is_kin else i}"
        yield Rule(TELLING, name, (*value, clocks), words, rung.clause)


def record_rules(view: View) -> Iterator[Rule]:
    """What must be written down, when, on whose file, and with whom it is shared."""
    seen: Counter[str] = Counter()
    for rule in view.policy.records:
        when = "" if view.is_kin else "end " if rule.at_end else "stages " if rule.stages else ""
        seen[when] += 1
        value = (
            *(rule.force, view.seats(rule.shared_with), rule.at_end),
            *(frozenset(view.stages[s] for s in rule.stages), frozenset(rule.kept_on)),
            *(view.text(rule.what), view.seat(rule.by)),
            view.limit(rule.limit) if _is_timed(rule) else None,
        )
        words = _record_words(view.policy, rule)
        yield Rule(RECORDS, f"records {when}{seen[when]}", value, words, rule.clause)


def _record_words(policy: Policy, rule: RecordRule) -> str:
    names = listed(tuple(f"“{policy.stages[s].name}”" for s in rule.stages))
    at = f"At {names}" if names else "At the end" if rule.at_end else "At every stage"
    shared = seats_words(policy, rule.shared_with)
    return sentences(
        f"{at}, this {rule.force} be written down: “{rule.what}”",
        f"It is kept on the records of: {listed(rule.kept_on)}" if rule.kept_on else "",
        f"Who places it there: {seat_words(policy, rule.by)}" if rule.by else "",
        f"Its time: {small(_time_words(policy, rule))}" if _is_timed(rule) else "",
        f"It is shared with: {shared}" if rule.shared_with else "",
    )


def _time_words(policy: Policy, rule: RecordRule) -> str:
    return limit_words(rule.limit, policy) if rule.limit else ""


def _is_timed(rule: RecordRule) -> bool:
    return bool(rule.kept_on and rule.limit and not is_silent(rule.limit))


def telling_rules(view: View) -> Iterator[Rule]:
    """To whom a gap in policies is brought, and who is told that risk remains."""
    if gaps := view.policy.gaps:
        words = sentences(f"A gap in policies is brought to: {seat_words(view.policy, gaps.tell)}")
        yield Rule(TELLING, "gaps", view.seat(gaps.tell), words, gaps.clause)
    if rule := view.policy.still_at_risk:
        words = sentences(
            "Where the child is still believed to be at risk once it is settled, these are told: "
            f"{seats_words(view.policy, rule.tells)}",
            f"Who says what will be done: {seat_words(view.policy, rule.by)}",
            f"Its time: {small(limit_words(rule.answer.limit, view.policy))}",
        )
        value = view.seats(rule.tells), view.seat(rule.by), view.limit(rule.answer.limit)
        yield Rule(TELLING, "still_at_risk", value, words, rule.clause)


def extending_rules(view: View) -> Iterator[Rule]:
    """Whether more time may be agreed, where a policy says something of it."""
    if rule := view.policy.extending:
        words = "More time may be agreed." if rule.is_allowed else "No time is made longer."
        none = "nothing is said of more time."
        yield Rule(LIMITS, "extending", rule.is_allowed, words, rule.clause, otherwise=none)


def ground_rules(view: View) -> Iterator[Rule]:
    """What a disagreement may be about, and what is looked at before one is raised."""
    policy, clause = view.policy, view.policy.grounds_clause
    words = "A disagreement may also be about something that is not listed."
    if not policy.are_grounds_open:
        words = "A disagreement may be only about what is listed."
    yield Rule(GROUNDS, "grounds open", policy.are_grounds_open, words, clause)
    yield from _grounds_one_by_one(view) if view.is_kin else _grounds_together(view)
    for check in policy.before_raising if view.is_kin else ():
        words = f"This is checked before a concern is raised: “{check.title}”."
        yield Rule(GROUNDS, f"before_raising {check.id}", check.title, words, check.clause)


def _grounds_one_by_one(view: View) -> Iterator[Rule]:
    for ground in view.policy.grounds:
        hint = f"It means: “{ground.hint}”" if ground.hint else ""
        words = sentences(f"A disagreement may be about this: “{ground.title}”", hint)
        value = ground.title, ground.hint
        yield Rule(GROUNDS, f"grounds {ground.id}", value, words, view.policy.grounds_clause)


def _grounds_together(view: View) -> Iterator[Rule]:
    titles = tuple(ground.title for ground in view.policy.grounds)
    words = "The policy does not list what a disagreement may be about."
    if titles:
        words = f"What a disagreement may be about is listed: {listed(titles)}."
    value = frozenset(title.casefold() for title in titles)
    yield Rule(GROUNDS, "grounds listed", value, words, view.policy.grounds_clause)


def standing_rules(view: View) -> Iterator[Rule]:
    """What is done regularly, with no case."""
    seen: Counter[str] = Counter()
    for duty in view.policy.standing:
        seen[duty.kind] += 1
        name = duty.id if view.is_kin else f"{duty.kind} {seen[duty.kind]}"
        value = (
            *(duty.every, view.seat(duty.owner), duty.kind, duty.from_each),
            view.text(duty.what, duty.on),
        )
        words = _standing_words(view, duty)
        yield Rule(STANDING, f"standing {name}", value, words, duty.clause)


def _standing_words(view: View, duty: Standing) -> str:
    policy = view.policy
    often = {"now and then": "Now and then", "not stated": "At times the policy does not state"}
    return sentences(
        f"{often.get(duty.every, f'Every {duty.every}')}, this is done: “{duty.what}”",
        f"Who does it: {seat_words(policy, duty.owner)}",
        f"It is of this kind: {duty.kind}" if view.is_kin else "",
        "Every agency answers" if duty.from_each else "",
        f"It is done as well when: {listed(duty.on, 'or')}" if duty.on else "",
    )


def exit_rules(view: View) -> Iterator[Rule]:
    """The ways out of the policy to something else."""
    seen: Counter[str] = Counter()
    for way in view.policy.exits.values():
        seen[way.kind] += 1
        name = way.id if view.is_kin else f"{way.kind} {seen[way.kind]}"
        value = (
            *(way.kind, way.ends, frozenset(view.stages[s] for s in way.from_stages)),
            view.text(way.title, way.when, way.where, way.stage, way.meanwhile),
        )
        yield Rule(EXITS, f"exits {name}", value, _exit_words(view, way), way.clause)


def _exit_words(view: View, way: Exit) -> str:
    policy = view.policy
    names = listed(tuple(f"“{policy.stages[s].name}”" for s in way.from_stages), "or")
    stage = f", at its stage “{way.stage}”" if way.stage else ""
    return sentences(
        f"There is this way out: “{way.title}”. It is for when: {way.when}",
        f"It leads to: {way.where.rstrip('.')}{stage}",
        f"It leaves only from {names}" if names else "",
        f"It is of this kind: {way.kind}" if view.is_kin else "",
        "The case ends there" if way.ends else "",
        f"Meanwhile: {way.meanwhile}" if way.meanwhile else "",
    )
