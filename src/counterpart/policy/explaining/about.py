"""What a policy says about itself: its head, what it adopts, its review, its silences, its clauses."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.model import Layer, LeftOut, Policy, Reading
from counterpart.policy.phrases import day_words, listed, sentence
from counterpart.policy.sections import Block, Bullets, Item, Paragraph, Row, Rows, Section

OURS = "This is the policy in plain words. The policy’s own text is what counts."
RULES = {
    "stages": "The stage",
    "steps": "The step",
    "ways_on": "The way on",
    "jumps": "The way straight to another stage",
    "exits": "The way out",
    "panels": "The panel",
    "clocks": "The time limit",
    "standing": "The regular duty",
    "roles": "The role",
    "grounds": "The ground",
    "clauses": "The clause",
    "readings": "The reading",
}
"""How a kind of rule is called; any other is called a rule."""
WHOM = {"child": "a child", "unborn child": "an unborn child", "adult": "an adult"}
"""Where a policy does not narrow this down, nothing is said of it."""
EVERY = {"year": "every year", "two years": "every two years", "three years": "every three years"}


def head(policy: Policy) -> Section:
    cover = (policy.clause,)
    rows = [
        Row("Policy", policy.title, cover),
        Row("Area", policy.area),
        Row("Published by", policy.published_by, cover),
        Row("Edition", policy.label, cover),
    ]
    if policy.in_force_from:
        rows.append(Row("In force from", day_words(policy.in_force_from), cover))
    if policy.review and policy.review.due:
        rows.append(Row("Due for review", day_words(policy.review.due), (policy.review.clause,)))
    if set(policy.about) != set(WHOM):
        rows.append(Row("Whom it may be about", sentence(_whom(policy))))
    return Section("About this policy", "about", (Paragraph(OURS), Rows(tuple(rows))))


def _whom(policy: Policy) -> str:
    words = listed(tuple(WHOM[who] for who in policy.about), "or")
    return words[:1].upper() + words[1:]


def layers(policy: Policy) -> Section:
    return Section("What this policy adopts", "layers", tuple(_layers(policy)))


def _layers(policy: Policy) -> Iterator[Block]:
    for i, layer in enumerate(policy.layers):
        yield Paragraph(f"{'That adopts' if i else 'This adopts'} {_layer(layer)}")
    if policy.layers:
        yield Paragraph("What is said there holds here too, except where this says otherwise.")
    if policy.leaves_out:
        yield Paragraph("This is left out:")
        yield Bullets(tuple(_left_out(rule) for rule in policy.leaves_out))


def _layer(layer: Layer) -> str:
    return f"“{layer.title}” ({layer.edition}), published by {layer.published_by}."


def _left_out(rule: LeftOut) -> Item:
    kind, _, name = rule.rule.partition(" ")
    words = f"{RULES.get(kind, 'The rule')} “{name.replace('-', ' ')}”. {sentence(rule.why)}"
    return Item(words, (rule.clause,) if rule.clause else ())


def principles(policy: Policy) -> Section:
    items = tuple(Item(p.text, (p.clause,)) for p in policy.principles)
    return Section("What matters most", "principles", _bullets(items))


def review(policy: Policy) -> Section:
    """How often the policy is reviewed, and what brings that forward. The day is in the head."""
    rule = policy.review
    blocks: list[Block] = []
    if rule and rule.every:
        blocks.append(Paragraph(f"It is reviewed {EVERY[rule.every]}.", (rule.clause,)))
    if rule and rule.or_when:
        sooner = "sooner " if rule.every or rule.due else ""
        blocks.append(Paragraph(f"It is reviewed {sooner}if this happens:", (rule.clause,)))
        blocks.append(Bullets(tuple(Item(sentence(event)) for event in rule.or_when)))
    return Section("When the policy is reviewed", "review", tuple(blocks))


def related(policy: Policy) -> Section:
    items = tuple(
        Item(f"{x.title}: {x.where}" if x.where else x.title, (x.clause,)) for x in policy.related
    )
    return Section("Other texts it speaks of", "related", _bullets(items))


def contacts(policy: Policy) -> Section:
    items = tuple(Item(f"{x.title}: {x.where}", (x.clause,)) for x in policy.contacts)
    return Section("Addresses it gives", "contacts", _bullets(items))


def silences(policy: Policy) -> Section:
    items = tuple(Item(f"{x.about}. {sentence(x.why)}", (x.clause,)) for x in policy.silences)
    return Section("What the policy does not say", "not-stated", _bullets(items))


def readings(policy: Policy) -> Section:
    if not policy.readings:
        return Section("", "readings", ())
    lead = "Where the policy leaves something open, this is the meaning we use, and why."
    blocks = tuple(_reading(reading) for reading in policy.readings.values())
    return Section("How we read the policy", "readings", (Paragraph(lead), *blocks))


def _reading(reading: Reading) -> Rows:
    return Rows(
        (
            Row("Question", reading.question, (reading.clause,)),
            Row("Our reading", reading.reading),
            Row("Why", reading.why),
        )
    )


def clauses(policy: Policy) -> Section:
    rows = tuple(Row(c.id, f"{c.title}: “{c.quote}”", (c.id,)) for c in policy.clauses.values())
    return Section("The clauses", "clauses", (Rows(rows),))


def _bullets(items: tuple[Item, ...]) -> tuple[Block, ...]:
    return (Bullets(items),) if items else ()
