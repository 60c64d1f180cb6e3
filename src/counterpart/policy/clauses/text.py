"""The places where a policy speaks of itself: its head, principles, names, readings and silences."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.clauses.around import ON_ITS_PAGE
from counterpart.policy.clauses.places import Cited, How, Place
from counterpart.policy.explaining.about import EVERY, RULES
from counterpart.policy.model import OppositeNumber, Policy, Role
from counterpart.policy.phrases import day_words, listed, seat_words, sentence, small

ON_THE_CASE = "Shown on each case, and on the page of the policy."
READ_SO = "This is the meaning used here."
OFFICE = "The partnership’s office"
SILENT = "Nothing is made up in its place."


def text(policy: Policy) -> Iterator[Cited]:
    """What a policy says of itself, its principles, and whom and what it names."""
    head = f"“{policy.title}”, {policy.label}, published by {policy.published_by}."
    done = "Not a rule: it says which text this is. Shown on the page of the policy."
    yield policy.clause, Place("Head of the policy", head, How.NO_RULE, done)
    yield from _review(policy)
    for principle in policy.principles:
        place = Place("Principle", sentence(principle.text), How.SHOWN, ON_ITS_PAGE)
        yield principle.clause, place
    for holds in policy.meanwhile:
        yield holds.clause, Place("Meanwhile", sentence(holds.text), How.SHOWN, ON_THE_CASE)
    for contact in policy.contacts:
        words = f"{contact.title}: {contact.where}"
        yield contact.clause, Place("Address", words, How.SHOWN, ON_THE_CASE)
    for other in policy.related:
        words = f"{other.title}: {other.where}" if other.where else sentence(other.title)
        yield other.clause, Place("Another text", words, How.SHOWN, ON_ITS_PAGE)


def people(policy: Policy) -> Iterator[Cited]:
    """Whom a policy speaks of."""
    for role in policy.roles.values():
        done = "Whoever holds the post is found in the directory."
        yield role.clause, Place("Role", _role(role), How.DONE, done)
    for one in policy.outsiders.values():
        done = "Somebody outside Counterpart. What they said is on the record."
        yield one.clause, Place("From outside", sentence(one.title), How.PEOPLE, done)
    for row in policy.opposite_numbers:
        done = "Shown to whoever looks for their opposite number, with the posts in the directory."
        yield row.clause, Place("Opposite number", _row(row), How.SHOWN, done)


def meanings(policy: Policy) -> Iterator[Cited]:
    """How a policy is read, what it does not say, and what of the text below does not hold."""
    for reading in policy.readings.values():
        words = f"{reading.question} {reading.reading} Why: {small(reading.why)}"
        yield reading.clause, Place("Reading", words, How.READ, READ_SO)
    for silence in policy.silences:
        words = f"{sentence(silence.about)} {sentence(silence.why)}"
        yield silence.clause, Place("Not said", words, How.READ, SILENT)
    for rule in policy.leaves_out:
        if rule.clause:
            kind, _, name = rule.rule.partition(" ")
            what = f"{RULES.get(kind, 'The rule')} “{name.replace('-', ' ')}”"
            done = f"Not a rule here: {small(what)} of the text below."
            yield rule.clause, Place("Left out", f"{what}. {sentence(rule.why)}", How.NO_RULE, done)


def _review(policy: Policy) -> Iterator[Cited]:
    rule = policy.review
    if rule is None:
        return
    parts = [f"It is due on {day_words(rule.due)}."] if rule.due else []
    parts += [f"It is made {EVERY[rule.every]}."] if rule.every else []
    parts += (
        [f"Or sooner, if: {'; or '.join(small(e) for e in rule.or_when)}."] if rule.or_when else []
    )
    words = f"A review of the policy. {' '.join(parts)}".rstrip()
    yield rule.clause, _reviewed(policy, words)


def _reviewed(policy: Policy, words: str) -> Place:
    """Whose the review is, and where it is written down."""
    duty = policy.reviewing
    who = seat_words(policy, duty.owner) if duty else OFFICE
    where = "its own page" if duty and duty.owner.side == "each" else "the page of regular duties"
    done = f"A duty for: {who}. It is written down on {where}."
    if policy.review and policy.review.due:
        done = f"{done} The desk shows the day, and says so once it has passed."
    return Place("Review of the policy", words, How.DUTY, done, who=who)


def _role(role: Role) -> str:
    where = "in each agency" if role.at == "agency" else "in the partnership"
    posts = listed(tuple(tier.replace("_", " ") for tier in role.tiers), "or")
    return f"{role.title}, {where}: {posts}."


def _row(row: OppositeNumber) -> str:
    asked = "; ".join(one.title for one in row.ask)
    choice = f"{row.choice.capitalize()}: " if len(row.ask) > 1 else ""
    advice = f" {sentence(row.advice)}" if row.advice else ""
    return f"For: {row.of}. Ask: {small(choice)}{asked}.{advice}"
