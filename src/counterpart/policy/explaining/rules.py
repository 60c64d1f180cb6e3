"""The rows of one step and of one way on: who, with whom, when, how soon, and what follows if it is late."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.conditions import KEPT_FROM, affirmed, condition_words
from counterpart.policy.linking.clockwork import USUAL_START
from counterpart.policy.model import (
    Clock,
    IfMissed,
    Letter,
    LimitRule,
    Policy,
    RefusedWay,
    Stage,
    Step,
    WayOn,
)
from counterpart.policy.phrases import (
    limit_words,
    listed,
    seat_words,
    sentence,
    small,
    stages_words,
    trigger_words,
)
from counterpart.policy.sections import Row, Rows
from counterpart.policy.triggers import done, opened, required
from counterpart.worktime import NotStated

OTHER = {"notice": "Who is told", "letter": "Who it goes to", "referral": "To whom"}
ONCE_REQUIRED = "Once it is required, it must be held."
MAY_REQUIRE = {
    "parties": "Each agency in the disagreement.",
    "statutory": "Each agency in the disagreement, and any other statutory agency.",
}
WHO_ARRANGES = (
    "The agency that requires it. If that agency is not in the disagreement, the one that raised "
    "the concern."
)
NO_STAGE = "The case stays at this stage."


def force_words(clock: Clock) -> str:
    return f"This {clock.force} be done."


def quoted(names: tuple[str, ...], last: str = "and") -> str:
    """`“A”, “B” and “C”`."""
    return listed(tuple(f"“{name}”" for name in names), last)


# --- a step ----------------------------------------------------------------------------------------


def step_rows(policy: Policy, step: Step, stage: Stage | None) -> Rows:
    return Rows(tuple(_step(policy, step, stage)))


def _step(policy: Policy, step: Step, stage: Stage | None) -> Iterator[Row]:
    clock = policy.clocks[step.id]
    by = seat_words(policy, step.by, stage)
    together = step.counterpart == step.by
    owed = f"{force_words(clock)} {ONCE_REQUIRED}" if step.required_by else force_words(clock)
    yield Row("What to do", f"{sentence(step.what)} {owed}", (step.clause,))
    yield Row("Who does it", f"{by}, together" if together else by)
    if step.counterpart and not together:
        label = OTHER.get(step.kind, "With whom")
        yield Row(label, seat_words(policy, step.counterpart, stage))
    if step.required_by:
        yield Row("Who may require it", MAY_REQUIRE[step.required_by])
        arranges = step.arranged_by
        yield Row("Who arranges it", seat_words(policy, arranges) if arranges else WHO_ARRANGES)
    if step.letter:
        yield from _letter(step.letter)
    if clock.starts and set(clock.starts) - {*_usual_start(step, stage), required(step.id)}:
        yield Row("When it starts", triggers_words(policy, clock.starts))
    if set(clock.stops) - {done(step.id), "settled"}:
        yield Row("When it ends", triggers_words(policy, clock.stops))
    yield from time_rows(policy, clock)
    if step.purpose:
        yield Row("What it is for", sentence(step.purpose))
    if step.satisfies:
        who = seat_words(policy, step.satisfies, stage)
        yield Row("Whom it must satisfy", f"{who}. It is settled only if they say so.")
    elif step.settles:
        yield Row("If they agree", "That settles it.")


def _usual_start(step: Step, stage: Stage | None) -> tuple[str, ...]:
    return (opened(stage.id),) if stage else USUAL_START[step.offered]


def _letter(letter: Letter) -> Iterator[Row]:
    if letter.to:
        yield Row("Where it is sent", letter.to)
    if letter.marked:
        yield Row("How it is marked", letter.marked)
    if letter.says:
        says = "; ".join(
            text.rstrip(".") if i == 0 else small(text.rstrip("."))
            for i, text in enumerate(letter.says)
        )
        yield Row("What it must say", sentence(says))


# --- a way on --------------------------------------------------------------------------------------


def way_rows(policy: Policy, way: WayOn, stage: Stage | None) -> Rows:
    return Rows(tuple(_way(policy, way, stage)))


def _way(policy: Policy, way: WayOn, stage: Stage | None) -> Iterator[Row]:
    clock = policy.clocks[f"way-{way.id}"]
    yield Row("What may come next", _leads_to(policy, way), (way.clause,))
    yield Row("How", " ".join(_how(policy, way, clock)))
    yield Row("Who does it", seat_words(policy, way.by, stage))
    if way.is_jump:
        names = stages_words(policy, way.from_stages, "or")
        yield Row("From where", f"Only from {names}." if names else "From any stage.")
    if way.tracks:
        titles = tuple(policy.tracks[name].title or name for name in way.tracks)
        yield Row("For which disagreements", f"Only for: {listed(titles)}.")
    if way.when:
        yield Row("When it is open", " ".join(_conditions(policy, way)), _clauses(policy, way))
    if any(policy.conditions[name].keeps_own_agency_out for name in affirmed(way)):
        yield Row("Whom it keeps out", KEPT_FROM)
    if way.after:
        steps = quoted(tuple(policy.steps[name].what for name in way.after))
        yield Row("What must be tried first", f"{steps}.")
    if way.approval:
        yield Row("Who must approve it first", seat_words(policy, way.approval, stage))
        yield Row("If approval is refused", _refused(policy, way))
    yield from time_rows(policy, clock)


def _how(policy: Policy, way: WayOn, clock: Clock) -> Iterator[str]:
    """What to do, unless the stage it leads to is called just that, and how strongly."""
    if way.title != policy.stages[way.to_stage].title:
        yield sentence(way.title)
    yield force_words(clock)


def _leads_to(policy: Policy, way: WayOn) -> str:
    name = policy.stages[way.to_stage].name
    if way.to_stage == way.from_stage:
        return f"{name}, again. Each time it is the next person"
    return f"Back to: {name}" if _is_back(policy, way) else name


def _is_back(policy: Policy, way: WayOn) -> bool:
    """Whether it leads back. Between parts of one stage, or to one without a number, nothing does."""
    if way.is_jump:
        return False
    here, there = policy.stages[way.from_stage], policy.stages[way.to_stage]
    order = list(policy.stages)
    if bool(here.number) != bool(there.number) or (here.number and here.number == there.number):
        return False
    return order.index(there.id) < order.index(here.id)


def _conditions(policy: Policy, way: WayOn) -> Iterator[str]:
    """Each thing that must be so, as a sentence; of several choices, any is enough."""
    for i, group in enumerate(way.when):
        words = ", or if ".join(
            condition_words(policy, condition, unresolved="the sides do not agree")
            for condition in group
        )
        yield f"{'And only if' if i else 'If'} {words}."


def _clauses(policy: Policy, way: WayOn) -> tuple[str, ...]:
    """The clauses of what somebody has to say is so."""
    return tuple(dict.fromkeys(policy.conditions[name].clause for name in affirmed(way)))


def _refused(policy: Policy, way: WayOn) -> str:
    others = tuple(
        other.title
        for other in policy.ways_on.values()
        if any(RefusedWay(way.id) in group for group in other.when)
    )
    return f"Then there is another way: {quoted(others, 'or')}." if others else NO_STAGE


# --- how soon --------------------------------------------------------------------------------------


def time_rows(policy: Policy, clock: Clock) -> Iterator[Row]:
    """How long, how it is counted where that is unusual, and what follows when the time has passed.

    What somebody may do is never owed, so that it has no time is not said of it.
    """
    if clock.force != "may" or not is_silent(clock.limit):
        yield Row("By when", limit_words(clock.limit, policy))
    if clock.urgent_limit:
        yield Row("In an urgent case", limit_words(clock.urgent_limit, policy))
    if clock.limit.counting != policy.counting:
        yield Row("How its days are counted", " ".join(clock.limit.counting.words))
    if clock.if_missed:
        words = " ".join(_missed(policy, clock.if_missed))
        yield Row("If that time passes", words, (clock.if_missed.clause,))


def is_silent(rule: LimitRule) -> bool:
    """Whether the policy gives no time, and nobody sets one either."""
    silent = all(isinstance(limit, NotStated) for limit in (*rule.fixed, *rule.by_band.values()))
    return silent and not rule.is_for_people


def _missed(policy: Policy, missed: IfMissed) -> Iterator[str]:
    way = policy.ways_on[missed.way].title if missed.way else ""
    match missed.then:
        case "tell":
            if not missed.tells:
                yield "It is shown."
        case "fail":
            yield "It counts as not agreed."
        case "move":
            yield f"The case goes on by itself: “{way}”."
        case "choose":
            who = f" Who chooses: {seat_words(policy, missed.by)}." if missed.by else ""
            yield f"Somebody must choose what comes next.{who}"
        case "bar":
            yield f"This is no longer open: “{way}”."
    if missed.tells:
        seats = tuple(seat_words(policy, seat) for seat in missed.tells)
        yield f"Who is told: {listed(seats)}."


def triggers_words(policy: Policy, triggers: tuple[str, ...]) -> str:
    """What starts or ends a time, as a sentence."""
    words = listed(tuple(trigger_words(policy, trigger) for trigger in triggers), "or")
    return f"{words[:1].upper()}{words[1:]}."
