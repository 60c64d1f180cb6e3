"""The document itself, as it is compared: who fills each role, how it is read, when it is reviewed.

Words are compared only between editions and layers of one policy. Principles never are.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.comparing.matching import View
from counterpart.policy.comparing.rules import ITSELF, Rule
from counterpart.policy.comparing.telling import sentences
from counterpart.policy.conditions import KEPT_FROM
from counterpart.policy.model import OppositeNumber, Policy, Review
from counterpart.policy.phrases import day_words, listed, trigger_words


def rules_of_the_document(view: View) -> Iterator[Rule]:
    """Support, opposite numbers, whom it is about and its review; within a family, the rest."""
    policy = view.policy
    yield _about(policy)
    if policy.support:
        value = view.text(policy.support.text)
        words = sentences("There is help for the person who raises a concern", policy.support.text)
        yield Rule(ITSELF, "support", value, words, policy.support.clause)
    if policy.opposite_numbers and not view.is_kin:
        words = "There is a table of opposite numbers."
        clause = policy.opposite_numbers[0].clause
        yield Rule(ITSELF, "opposite_numbers", True, words, clause)
    if policy.review:
        words = sentences(f"The policy is reviewed: {_review_words(policy.review)}")
        value = policy.review.every, view.text(policy.review.due, policy.review.or_when)
        yield Rule(ITSELF, "review", value, words, policy.review.clause)
    if view.is_kin:
        yield from _within_the_family(policy)


def _about(policy: Policy) -> Rule:
    words = sentences(f"A concern may be about: {listed(policy.about, 'or')}")
    return Rule(ITSELF, "about", frozenset(policy.about), words, None)


def _review_words(review: Review) -> str:
    every = f"every {review.every}" if review.every else ""
    due = f"by {day_words(review.due)}" if review.due else ""
    events = f"when {listed(review.or_when, 'or')}" if review.or_when else ""
    return ", ".join(filter(None, (every, due, events))) or "at a time it does not state"


def _within_the_family(policy: Policy) -> Iterator[Rule]:
    for role in policy.roles.values():
        tiers = listed(tuple(tier.replace("_", " ") for tier in role.tiers), "or")
        words = f"“{role.title}”, at the {role.at}, is: {tiers}."
        filled = role.title, role.at, role.tiers
        yield Rule(ITSELF, f"roles {role.id}", filled, words, role.clause)
    for row in policy.opposite_numbers:
        value_row = row.of, row.ask, row.choice, row.advice
        yield Rule(ITSELF, f"opposite_numbers {row.id}", value_row, _row_words(row), row.clause)
    for reading in policy.readings.values():
        words = f"“{reading.question}” is read so: {reading.reading}"
        value_read = reading.question, reading.reading, reading.why
        words = sentences(words, f"Why: {reading.why}")
        yield Rule(ITSELF, f"readings {reading.id}", value_read, words, reading.clause)
    yield from _named(policy)
    for i, text in enumerate(policy.meanwhile, 1):
        words = sentences(f"This holds meanwhile: {text.text}")
        yield Rule(ITSELF, f"meanwhile {i}", text.text, words, text.clause)
    for silence in policy.silences:
        words = sentences(f"This is not said: {silence.about.rstrip('.')}. Why: {silence.why}")
        yield Rule(ITSELF, f"not_stated {silence.about}", silence.why, words, silence.clause)


def _row_words(row: OppositeNumber) -> str:
    asked = listed(tuple(one.title for one in row.ask))
    advice = f"They may take advice from: {row.advice}" if row.advice else ""
    return sentences(f"The opposite number of “{row.of}” is {row.choice}: {asked}", advice)


def _named(policy: Policy) -> Iterator[Rule]:
    for kind, title, things in (
        ("related", "Another procedure is named", policy.related),
        ("contacts", "An address is given", policy.contacts),
        ("outsiders", "Somebody outside is named", tuple(policy.outsiders.values())),
    ):
        for thing in things:
            words = sentences(f"{title}: {thing.title}", thing.where)
            value = thing.title, thing.where
            yield Rule(ITSELF, f"{kind} {thing.id}", value, words, thing.clause)
    for condition in policy.conditions.values():
        words = f"A way on may ask whether this is so: “{condition.title}”."
        name = f"conditions {condition.id}"
        words += f" {KEPT_FROM}" if condition.keeps_own_agency_out else ""
        same = condition.title, condition.keeps_own_agency_out
        yield Rule(ITSELF, name, same, words, condition.clause)
    if policy.invoked:
        words = f"The policy counts as begun when {trigger_words(policy, policy.invoked.at)}."
        yield Rule(ITSELF, "invoked", policy.invoked.at, words, policy.invoked.clause)
