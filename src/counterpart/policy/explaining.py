"""A policy in plain British English, in the order a person asks about it.

The public page, the case page and the command all read this. It says only what the policy says,
each sentence with the clauses it rests on; sentences of our own carry none. It knows no mark-up:
a page or `as_markdown` gives it one.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.model import (
    CONFIRM_OUTCOME,
    WRITE_OUTCOME,
    Clock,
    Panel,
    Policy,
    Reading,
    Stage,
    Step,
    WayOn,
)
from counterpart.policy.phrases import (
    day_words,
    limit_words,
    listed,
    number_words,
    seat_words,
    small,
    trigger_words,
)
from counterpart.policy.sections import (
    Block,
    Bullets,
    Item,
    Paragraph,
    Row,
    Rows,
    Section,
    as_markdown,
    clause_anchor,
)

__all__ = [
    "Block",
    "Bullets",
    "Item",
    "Paragraph",
    "Row",
    "Rows",
    "Section",
    "as_markdown",
    "clause_anchor",
    "explain",
    "limit_words",
    "seat_words",
]


def explain(policy: Policy) -> tuple[Section, ...]:
    """The whole policy in sections, in reading order. Those with nothing in them are left out."""
    sections = (
        _about(policy),
        _principles(policy),
        _grounds(policy),
        _immediate_risk(policy),
        _stages(policy),
        *(_stage(policy, stage) for stage in policy.stages.values()),
        _limits(policy),
        *_panels(policy),
        _records(policy),
        _confirmation(policy),
        _gaps(policy),
        _support(policy),
        _standing(policy),
        _readings(policy),
        _clauses(policy),
    )
    return tuple(section for section in sections if section.blocks)


# --- the sections, in their order ------------------------------------------------------------------


def _about(policy: Policy) -> Section:
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
    nations = " and ".join(policy.calendars).replace("-and-", " and ").replace("-", " ").title()
    nations = nations.replace(" And ", " and ")
    rows.append(Row("Bank holidays", f"Those of {nations} are not working days."))
    ours = "This is the policy in plain words. The policy’s own text is what counts."
    return Section("About this policy", "about", (Paragraph(ours), Rows(tuple(rows))))


def _principles(policy: Policy) -> Section:
    items = tuple(Item(p.text, (p.clause,)) for p in policy.principles)
    return Section("What matters most", "principles", (Bullets(items),) if items else ())


def _grounds(policy: Policy) -> Section:
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


def _immediate_risk(policy: Policy) -> Section:
    heading, anchor = "If a child is at risk of immediate harm", "immediate-risk"
    urgent = policy.urgent
    danger = Paragraph("If a child is in danger now, call 999. Do not wait for this process.")
    if urgent is None:
        return Section(heading, anchor, (danger, Paragraph("The policy says nothing more.")))
    when = Paragraph(
        f"This is for when {small(urgent.when)}. It goes on beside the stages, whichever of them "
        "the case is at.",
        (urgent.clause,),
    )
    blocks: list[Block] = [danger, when, *(_step(policy, step, None) for step in urgent.steps)]
    if urgent.tells:
        told = tuple(Item(seat_words(policy, seat), (urgent.clause,)) for seat in urgent.tells)
        blocks += [Paragraph("Counterpart tells these people at once as well:"), Bullets(told)]
    return Section(heading, anchor, tuple(blocks))


def _stages(policy: Policy) -> Section:
    n = len(policy.stages)
    names = tuple(Item(stage.name, (stage.clause,)) for stage in policy.stages.values())
    lead = "There is one stage." if n == 1 else f"There are {number_words(n)} stages."
    if not any(stage.number for stage in policy.stages.values()):
        lead = "The policy has no numbered stages. This is how it goes."
    return Section("The stages", "stages", (Paragraph(lead), Bullets(names)))


def _stage(policy: Policy, stage: Stage) -> Section:
    blocks: list[Block] = []
    if stage.inside == "raising":
        words = "This happens inside the agency that raised the concern."
        blocks.append(Paragraph(words, (stage.clause,)))
    blocks += [_step(policy, step, stage) for step in stage.steps]
    if stage.panel:
        panel = policy.panels[stage.panel]
        blocks.append(Paragraph(f"The {small(panel.title)} sits at this stage.", (panel.clause,)))
    blocks += [_way(policy, way, stage) for way in stage.ways_on]
    if not stage.ways_on:
        blocks.append(Paragraph("No stage comes after this one."))
    return Section(stage.name, f"stage-{stage.id}", tuple(blocks), level=3)


def _step(policy: Policy, step: Step, stage: Stage | None) -> Rows:
    clock = policy.clocks[step.id]
    rows = [
        Row("What to do", f"{step.what}. {_force(clock)}", (step.clause,)),
        Row("Who does it", seat_words(policy, step.by, stage)),
    ]
    if step.counterpart:
        label = "Who is told" if step.kind in ("notice", "letter") else "With whom"
        rows.append(Row(label, seat_words(policy, step.counterpart, stage)))
    rows.append(Row("By when", limit_words(clock.limit)))
    if step.purpose:
        rows.append(Row("What it is for", step.purpose))
    return Rows(tuple(rows))


def _way(policy: Policy, way: WayOn, stage: Stage) -> Rows:
    rows = [
        Row("What may come next", policy.stages[way.to_stage].name, (way.clause,)),
        Row("How", f"{way.title}. {_force(policy.clocks[f'way-{way.id}'])}"),
        Row("Who does it", seat_words(policy, way.by, stage)),
    ]
    if way.unresolved:
        rows.append(Row("When", "When the sides do not agree."))
    if way.after:
        steps = listed(tuple(f"“{policy.steps[name].what}”" for name in way.after))
        rows.append(Row("What must be tried first", f"{steps}."))
    rows.append(Row("By when", limit_words(policy.clocks[f"way-{way.id}"].limit)))
    return Rows(tuple(rows))


def _limits(policy: Policy) -> Section:
    own = [clock for clock in policy.clocks.values() if _is_own(clock)]
    blocks: list[Block] = []
    for clock in own:
        rows = [
            Row("What is to be done", f"{clock.what}. {_force(clock)}", (clock.clause,)),
            Row("By when", limit_words(clock.limit)),
            Row("It starts when", _triggers(policy, clock.starts)),
        ]
        if clock.over:
            names = listed(tuple(f"“{policy.stages[s].name}”" for s in clock.over))
            rows.append(Row("It covers", f"{names}, all together."))
        if clock.stops:
            rows.append(Row("It ends when", _triggers(policy, clock.stops)))
        if clock.resumes:
            rows.append(Row("It goes on when", _triggers(policy, clock.resumes)))
        blocks.append(Rows(tuple(rows)))
    return Section("Time limits over the stages", "limits", tuple(blocks))


def _is_own(clock: Clock) -> bool:
    """Whether a clock was written as one, and not made from a step, a panel or the closing."""
    made = clock.step or clock.way or clock.stage or clock.id in (WRITE_OUTCOME, CONFIRM_OUTCOME)
    return not made


def _panels(policy: Policy) -> Iterator[Section]:
    if policy.panels:
        n = len(policy.panels)
        lead = "There is one panel." if n == 1 else f"There are {number_words(n)} panels."
        yield Section("Panels", "panels", (Paragraph(lead),))
    for panel in policy.panels.values():
        yield _panel(policy, panel)


AUTHORITY = {
    "binding": "Its decision is binding on every agency concerned.",
    "recommendation": "It recommends. The agencies decide.",
    "mediation": "It helps the agencies to agree. It does not decide.",
    "arbitration": "It decides between the agencies.",
}
PARTIES = {
    "required": "They include every agency in the disagreement.",
    "where possible": "They include the agencies in the disagreement, where possible.",
    "excluded": "None of them is from an agency in the disagreement.",
    "not stated": "The policy does not say whether the agencies in the disagreement take part.",
}


def _panel(policy: Policy, panel: Panel) -> Section:
    rule = panel.composition
    seats = [f"People from at least {number_words(rule.at_least_agencies)} agencies."]
    if rule.drawn_from:
        seats.append(f"Each is drawn from: {policy.roles[rule.drawn_from].title}.")
    seats.append(PARTIES[rule.parties])
    if rule.is_chair_independent:
        seats.append("Its chair is independent.")
    convene, decide = policy.clocks[f"convene-{panel.id}"], policy.clocks[f"decide-{panel.id}"]
    rows = (
        Row("Who convenes it", seat_words(policy, panel.convened_by), (panel.clause,)),
        Row("When it is convened", limit_words(convene.limit), (convene.clause,)),
        Row("Who sits on it", " ".join(seats), (rule.clause,)),
        Row("Whom it hears", seat_words(policy, panel.hears), (panel.decision_clause,)),
        Row("When it decides", limit_words(decide.limit), (decide.clause,)),
        Row("What its decision means", AUTHORITY[panel.authority], (panel.decision_clause,)),
    )
    return Section(panel.title, f"panel-{panel.id}", (Rows(rows),), level=3)


def _records(policy: Policy) -> Section:
    blocks: list[Block] = []
    for rule in policy.records:
        because = (rule.clause,)
        blocks.append(
            Paragraph(
                f"At every stage, this {rule.force} be written down: {small(rule.what)}.", because
            )
        )
        if rule.shared_with:
            seats = tuple(Item(seat_words(policy, seat)) for seat in rule.shared_with)
            blocks += [Paragraph("It is shared with:"), Bullets(seats)]
    return Section("What must be written down", "records", tuple(blocks))


def _confirmation(policy: Policy) -> Section:
    closing = policy.closing
    write, confirm = policy.clocks[WRITE_OUTCOME], policy.clocks[CONFIRM_OUTCOME]
    rows = (
        Row("First", f"{closing.outcome}.", (write.clause,)),
        Row("Then", f"{closing.confirm}.", (closing.clause,)),
        Row("Who confirms", seat_words(policy, closing.confirmed_by), (closing.clause,)),
        Row("By when", limit_words(confirm.limit), (closing.clause,)),
    )
    return Section("Confirming the outcome", "confirmation", (Rows(rows),))


def _gaps(policy: Policy) -> Section:
    if policy.gaps is None:
        return Section("", "gaps", ())
    told = seat_words(policy, policy.gaps.tell)
    text = f"If this shows a gap in policies or procedures, it must be brought to: {told}."
    return Section("Gaps in policy", "gaps", (Paragraph(text, (policy.gaps.clause,)),))


def _support(policy: Policy) -> Section:
    if policy.support is None:
        return Section("", "support", ())
    block = Paragraph(policy.support.text, (policy.support.clause,))
    return Section("Help for the person who raises it", "support", (block,))


def _standing(policy: Policy) -> Section:
    items = tuple(
        Item(
            f"Every {d.every}: {small(d.what)}. Who does it: {seat_words(policy, d.owner)}.",
            (d.clause,),
        )
        for d in policy.standing
    )
    blocks = (Bullets(items),) if items else ()
    return Section("What is done regularly", "standing", blocks)


def _readings(policy: Policy) -> Section:
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


def _clauses(policy: Policy) -> Section:
    rows = tuple(Row(c.id, f"{c.title}: “{c.quote}”", (c.id,)) for c in policy.clauses.values())
    return Section("The clauses", "clauses", (Rows(rows),))


def _force(clock: Clock) -> str:
    return f"This {clock.force} be done."


def _triggers(policy: Policy, triggers: tuple[str, ...]) -> str:
    words = listed(tuple(trigger_words(policy, trigger) for trigger in triggers), "or")
    return f"{words[:1].upper()}{words[1:]}."
