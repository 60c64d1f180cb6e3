"""What is written and shared, how an outcome is confirmed, and what is done with no case."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.explaining.rules import is_silent, time_rows
from counterpart.policy.model import CONFIRM_OUTCOME, WRITE_OUTCOME, Policy, RecordRule, Standing
from counterpart.policy.phrases import (
    limit_words,
    listed,
    seat_words,
    sentence,
    small,
    stages_words,
)
from counterpart.policy.sections import Bullets, Item, Paragraph, Row, Rows, Section

KEPT_ON = {
    "child": "the child’s own file",
    "each agency": "the records of each agency",
    "partnership": "the records of the partnership",
}
EVERY = {
    "month": "Every month.",
    "quarter": "Every quarter.",
    "half-year": "Every half-year.",
    "year": "Every year.",
    "now and then": "From time to time. The policy does not say how often.",
    "not stated": "The policy does not say how often.",
}


def records(policy: Policy) -> Section:
    items = tuple(Item(record_words(policy, rule), (rule.clause,)) for rule in policy.records)
    blocks = (Bullets(items),) if items else ()
    return Section("What must be written down", "records", blocks)


def record_words(policy: Policy, rule: RecordRule) -> str:
    """What is written down, where it is kept and who gets it, as whole sentences."""
    return " ".join(_record(policy, rule))


def _record(policy: Policy, rule: RecordRule) -> Iterator[str]:
    yield f"{_when(policy, rule)}, this {rule.force} be written down: {sentence(small(rule.what))}"
    if rule.kept_on:
        yield f"It is kept on {listed(tuple(KEPT_ON[where] for where in rule.kept_on))}."
        if rule.by:
            yield f"Who places it there: {seat_words(policy, rule.by)}."
        if rule.limit and not is_silent(rule.limit):
            yield f"By when it is there: {small(limit_words(rule.limit, policy))}"
    if rule.shared_with:
        yield f"Who gets it: {_seats(policy, rule)}."


def _when(policy: Policy, rule: RecordRule) -> str:
    if rule.at_end:
        return "At the end"
    if not rule.stages:
        return "At every stage"
    return f"At {stages_words(policy, rule.stages)}"


def _seats(policy: Policy, rule: RecordRule) -> str:
    stage = policy.stages[rule.stages[0]] if len(rule.stages) == 1 else None
    seats = tuple(seat_words(policy, seat, stage) for seat in rule.shared_with)
    return listed((seats[0], *map(small, seats[1:])))


def confirmation(policy: Policy) -> Section:
    return Section("Confirming the outcome", "confirmation", (Rows(tuple(_closing(policy))),))


def _closing(policy: Policy) -> Iterator[Row]:
    closing = policy.closing
    write, confirm = policy.clocks[WRITE_OUTCOME], policy.clocks[CONFIRM_OUTCOME]
    yield Row("First", sentence(closing.outcome), (write.clause,))
    if write.urgent_limit or not is_silent(write.limit):
        yield from time_rows(policy, write)
    yield Row("Then", sentence(closing.confirm), (closing.clause,))
    yield Row("Who confirms", seat_words(policy, closing.confirmed_by), (closing.clause,))
    yield Row("By when", limit_words(confirm.limit, policy), (closing.clause,))
    if not closing.allows_open_actions:
        yield Row(
            "When it closes", "Once the last of the agreed actions is done.", (closing.clause,)
        )
    if lead := closing.lead:
        who = seat_words(policy, lead.of)
        yield Row(
            "Who sees it through", f"A {small(lead.title)}. Who may be it: {who}.", (lead.clause,)
        )


def gaps(policy: Policy) -> Section:
    if policy.gaps is None:
        return Section("", "gaps", ())
    told = seat_words(policy, policy.gaps.tell)
    text = f"If this shows a gap in policies or procedures, it must be brought to: {told}."
    return Section("Gaps in policy", "gaps", (Paragraph(text, (policy.gaps.clause,)),))


def more_time(policy: Policy) -> Section:
    heading, anchor, rule = "More time", "more-time", policy.extending
    if rule is None:
        return Section("", anchor, ())
    text = (
        "The agencies may agree to more time for something, until a stated end and with a reason. "
        "It holds once every one of them has agreed."
        if rule.is_allowed
        else "A time is not made longer, even if every agency agrees to it."
    )
    return Section(heading, anchor, (Paragraph(text, (rule.clause,)),))


def still_at_risk(policy: Policy) -> Section:
    heading, anchor, rule = (
        "If it is settled and the risk remains",
        "still-at-risk",
        policy.still_at_risk,
    )
    if rule is None:
        return Section("", anchor, ())
    because = (rule.clause,)
    asked = Paragraph(
        "When others call it settled, the person who raised the concern says whether they still "
        "believe that the child is at risk. If they do, these people are told at once:",
        because,
    )
    told = tuple(Item(seat_words(policy, seat), because) for seat in rule.tells)
    rows = [Row("Who says what will be done", seat_words(policy, rule.by), because)]
    rows.append(Row("By when", limit_words(rule.answer.limit, policy), because))
    return Section(heading, anchor, (asked, Bullets(told), Rows(tuple(rows))))


def support(policy: Policy) -> Section:
    if policy.support is None:
        return Section("", "support", ())
    block = Paragraph(policy.support.text, (policy.support.clause,))
    return Section("Help for the person who raises it", "support", (block,))


def standing(policy: Policy) -> Section:
    blocks = tuple(Rows(tuple(_duty(policy, duty))) for duty in policy.standing)
    return Section("What is done regularly", "standing", blocks)


def _duty(policy: Policy, duty: Standing) -> Iterator[Row]:
    yield Row("What is done", sentence(duty.what), (duty.clause,))
    yield Row("Who does it", seat_words(policy, duty.owner))
    if duty.every != "not stated" or not duty.on:
        yield Row("How often", EVERY[duty.every])
    if duty.on:
        label = "When" if duty.every == "not stated" else "Also when this happens"
        events = "; or ".join(
            text.rstrip(".") if i == 0 else small(text.rstrip("."))
            for i, text in enumerate(duty.on)
        )
        yield Row(label, sentence(events))
    if duty.from_each:
        yield Row("Who answers", "Every agency. One with nothing to report says so.")
