"""What stands before and beside the stages: grounds, checks, immediate risk, exits, what holds meanwhile."""

from __future__ import annotations

from counterpart.policy.explaining.rules import step_rows
from counterpart.policy.model import Exit, Policy
from counterpart.policy.phrases import (
    limit_words,
    seat_words,
    sentence,
    small,
    stages_words,
    trigger_words,
)
from counterpart.policy.sections import Block, Bullets, Item, Paragraph, Row, Rows, Section

DANGER = "If a child is in danger now, call 999. Do not wait for this process."


def grounds(policy: Policy) -> Section:
    items = tuple(
        Item(f"{g.title}: {small(g.hint)}" if g.hint else g.title, (policy.grounds_clause,))
        for g in policy.grounds
    )
    more = (
        "It may also be about something that is not listed here."
        if policy.are_grounds_open
        else "It may not be about anything else."
    )
    if not items:
        more = "The policy does not list what a disagreement may be about."
    listing = (Bullets(items),) if items else ()
    return Section("What a disagreement may be about", "grounds", (*listing, Paragraph(more)))


def before_raising(policy: Policy) -> Section:
    items = tuple(Item(x.title, (x.clause,)) for x in policy.before_raising)
    blocks = (Bullets(items),) if items else ()
    return Section("Before you raise a concern", "before-raising", blocks)


def immediate_risk(policy: Policy) -> Section:
    heading, anchor = "If a child is at risk of immediate harm", "immediate-risk"
    urgent = policy.urgent
    if urgent is None:
        silent = Paragraph("The policy has no steps of its own for this.")
        return Section(heading, anchor, (Paragraph(DANGER), silent))
    when = Paragraph(
        f"This is for when {small(urgent.when)}. It goes on beside the stages, whichever of them "
        "the case is at.",
        (urgent.clause,),
    )
    steps = (step_rows(policy, step, None) for step in urgent.steps)
    blocks: list[Block] = [Paragraph(DANGER), when, *steps]
    if urgent.tells:
        told = tuple(Item(seat_words(policy, seat), (urgent.clause,)) for seat in urgent.tells)
        blocks += [Paragraph("Counterpart tells these people at once as well:"), Bullets(told)]
    return Section(heading, anchor, (*blocks, *_second_timetable(policy, urgent.clause)))


def _second_timetable(policy: Policy, clause: str) -> tuple[Block, ...]:
    items = tuple(
        Item(f"{clock.what}: {small(limit_words(clock.urgent_limit, policy))}", (clause,))
        for clock in policy.clocks.values()
        if clock.urgent_limit
    )
    return (Paragraph("These times are shorter then:"), Bullets(items)) if items else ()


def meanwhile(policy: Policy) -> Section:
    items = tuple(Item(x.text, (x.clause,)) for x in policy.meanwhile)
    return Section("While it goes on", "meanwhile", (Bullets(items),) if items else ())


def exits(policy: Policy) -> Section:
    if not policy.exits:
        return Section("", "exits", ())
    lead = Paragraph("For some things there is another way than this policy, or one beside it.")
    blocks = (_exit(policy, way) for way in policy.exits.values())
    return Section("When there is another way", "exits", (lead, *blocks))


def _exit(policy: Policy, way: Exit) -> Rows:
    rows = [
        Row("What to do", sentence(way.title), (way.clause,)),
        Row("When", sentence(way.when)),
        Row("Where it leads", way.where if "://" in way.where else sentence(way.where)),
    ]
    if way.stage:
        rows.append(Row("Which part of it", sentence(way.stage)))
    if way.from_stages:
        names = stages_words(policy, way.from_stages, "or")
        rows.append(Row("From where", f"Only from {names}."))
    ends = "The case ends here." if way.ends else "The case stays open and goes on here as well."
    rows.append(Row("What happens to the case", ends))
    if way.meanwhile:
        rows.append(Row("Meanwhile", sentence(way.meanwhile)))
    return Rows(tuple(rows))


def invoked(policy: Policy) -> Section:
    rule = policy.invoked
    if rule is None:
        return Section("", "invoked", ())
    when = f"The policy counts as invoked when {trigger_words(policy, rule.at)}."
    before = "What is done before that is kept on the record all the same."
    blocks = (Paragraph(when, (rule.clause,)), Paragraph(before))
    return Section("From when it counts", "invoked", blocks)
