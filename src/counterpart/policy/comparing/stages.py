"""The stages as they are compared: who speaks, what is done there, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.comparing.matching import View
from counterpart.policy.comparing.rules import LIMITS, STAGES, TELLING, URGENT, Rule
from counterpart.policy.comparing.telling import (
    seats_words,
    sentences,
    starts_words,
    time_rule,
)
from counterpart.policy.conditions import when_words
from counterpart.policy.explaining.rules import MAY_REQUIRE
from counterpart.policy.model import Clock, Seat, Stage, Step, Track, WayOn
from counterpart.policy.phrases import listed, number_words, seat_words, small
from counterpart.policy.triggers import required

PLACES = {
    "urgent": "in an emergency",
    "always": "at any stage",
    "afterwards": "after the end",
}
USUAL = {"urgent": ("urgent",), "always": ("raised",), "afterwards": ("closed",)}


def urgent_rules(view: View) -> Iterator[Rule]:
    """The urgent route: whether there is one, what is done, and who is told."""
    urgent = view.policy.urgent
    if urgent is None:
        return
    words = sentences(f"There is an urgent route beside the stages. It is for when: {urgent.when}")
    none = "there is no urgent route."
    value_when = view.text(urgent.when)
    yield Rule(URGENT, "urgent", value_when, words, urgent.clause, otherwise=none)
    for step in urgent.steps:
        yield from _step_rules(view, step, None, "urgent")
    told = f"In an emergency, these are told at once: {seats_words(view.policy, urgent.tells)}"
    value = view.seats(urgent.tells)
    yield Rule(URGENT, "urgent tells", value, sentences(told), urgent.clause, "urgent")


def stage_rules(view: View) -> Iterator[Rule]:
    """How many stages, each of them with what is done there, and what may be done beside them."""
    policy = view.policy
    if not view.is_kin:
        n = len({stage.number for stage in policy.stages.values() if stage.number}) or len(
            policy.stages
        )
        words = "There is one stage." if n == 1 else f"There are {number_words(n)} stages."
        yield Rule(STAGES, "number of stages", n, words, None)
    for stage in policy.stages.values():
        yield from _one(view, stage)
    for step in (*policy.offered("always"), *policy.offered("afterwards")):
        yield from _step_rules(view, step, None, None)
    for way in policy.jumps:
        yield from _way_rules(view, way, None)
    if view.is_kin or len(policy.tracks) > 1:
        yield from (_track(view, track) for track in policy.tracks.values())


def _track(view: View, track: Track) -> Rule:
    policy = view.policy
    order = tuple(key for s in track.stages if (key := view.stages[s]) in view.shared)
    names = listed(tuple(f"“{policy.stages[s].name}”" for s in track.stages))
    words = sentences(f"The stages go in this order: {names}")
    if len(policy.tracks) > 1:
        when = f" ({track.when.rstrip('.')})" if track.when else ""
        lead = f"The track “{track.title or track.id}”{when} has: {names}"
        words = sentences(lead, *_chosen_by(view, track))
    chosen = (track.grounds, track.challenged, track.opened_by)
    value = order, view.text(track.title, track.when, *chosen)
    return Rule(STAGES, f"tracks {track.id}", value, words, track.clause or policy.clause)


def _chosen_by(view: View, track: Track) -> Iterator[str]:
    titles = {ground.id: ground.title for ground in view.policy.grounds}
    roles = view.policy.roles
    for what, those in (
        ("It is for", tuple(titles.get(ground, ground) for ground in track.grounds)),
        ("The agency challenged is", tuple(kind.replace("_", " ") for kind in track.challenged)),
        ("It is opened by", tuple(roles[role].title for role in track.opened_by)),
    ):
        if those:
            yield f"{what}: {listed(those, 'or')}"


def _one(view: View, stage: Stage) -> Iterator[Rule]:
    name = f"stages {view.stages[stage.id]}"
    speaks = {side: view.seat(Seat(side, role)) for side, role in stage.speaks.items()}
    value = (
        tuple(sorted(speaks.items(), key=lambda item: item[0])),
        *(stage.inside, stage.band, stage.panel is not None),
        view.text(stage.number, stage.title),
    )
    none = "there is no stage like it."
    yield Rule(STAGES, name, value, _stage_words(view, stage), stage.clause, otherwise=none)
    if stage.tells:
        told = f"When a case comes to “{stage.name}”, these are told"
        words = sentences(f"{told}: {seats_words(view.policy, stage.tells, stage)}")
        value_told = view.seats(stage.tells, stage)
        yield Rule(TELLING, f"{name} tells", value_told, words, stage.clause, name)
    for step in stage.steps:
        yield from _step_rules(view, step, stage, name)
    for way in stage.ways_on:
        yield from _way_rules(view, way, name)


def _stage_words(view: View, stage: Stage) -> str:
    ours, theirs = (view.policy.roles[stage.speaks[s]].title for s in ("raising", "receiving"))
    who = f"{ours} speaks for each agency"
    if ours != theirs:
        who = f"{ours} speaks for the agency that raised the concern, {theirs} for the other"
    if stage.inside:
        who = f"{ours} speaks, inside the agency that raised the concern"
    return sentences(
        f"There is “{stage.name}”. {who}",
        f"It is {stage.band}" if stage.band else "",
        "A panel sits there" if stage.panel else "",
    )


# --- steps -----------------------------------------------------------------------------------------


def _step_rules(view: View, step: Step, stage: Stage | None, part_of: str | None) -> Iterator[Rule]:
    clock = view.policy.clocks[step.id]
    name = f"steps {view.steps[step.id]}"
    topic = URGENT if step.offered == "urgent" else STAGES
    value = (
        *(clock.force, step.settles, step.kind),
        *(view.seat(seat, stage) for seat in (step.by, step.counterpart, step.satisfies)),
        *(step.required_by, view.seat(step.arranged_by, stage)),
        view.text(step.what, step.purpose, step.letter),
    )
    yield Rule(topic, name, value, _step_words(view, step, stage), step.clause, part_of)
    what = f"“{step.what}”"
    yield time_rule(view, clock, f"limit of {name}", name, what)
    if odd := _odd_triggers(step, clock):
        words = sentences(f"For {what}, there is this. {starts_words(view, clock)}")
        value_odd = view.text(odd) or True
        yield Rule(LIMITS, f"times of {name}", value_odd, words, step.clause, name)


def _step_words(view: View, step: Step, stage: Stage | None) -> str:
    policy = view.policy
    place = f"at “{stage.name}”" if stage else PLACES[step.offered]
    force = policy.clocks[step.id].force
    other = "Who is told" if step.kind in ("notice", "letter") else "With whom"
    seats = {
        "Who does it": _worth_saying(view, step.by, "raising", stage),
        other: _worth_saying(view, step.counterpart, "receiving", stage),
        "It must satisfy": step.satisfies,
        "Who arranges it": step.arranged_by,
    }
    letter = step.letter
    return sentences(
        f"{place[:1].upper()}{place[1:]}, this {force} be done: “{step.what}”",
        *(f"{k}: {seat_words(policy, seat, stage)}" for k, seat in seats.items() if seat),
        f"Who may require it: {small(MAY_REQUIRE[step.required_by])}" if step.required_by else "",
        step.purpose if view.is_kin else "",
        f"It is marked: {letter.marked}" if letter and letter.marked else "",
        f"It goes to: {letter.to}" if letter and letter.to else "",
        f"It says: {listed(letter.says)}" if letter and letter.says else "",
        f"It is a {step.kind}" if view.is_kin else "",
        "It can settle the matter" if step.settles else "",
    )


def _worth_saying(view: View, seat: Seat | None, side: str, stage: Stage | None) -> Seat | None:
    """A seat, unless everybody would take it for granted: whoever speaks for that side there."""
    if view.is_kin or seat is None or stage is None or seat.side != side:
        return seat
    return None if seat.role in (None, stage.speaks[side]) else seat


def _odd_triggers(step: Step, clock: Clock) -> object:
    """What starts and ends a step, where its author wrote it and did not leave it as usual."""
    usual = (f"opened {step.stage}",) if step.stage else USUAL[step.offered]
    begins = tuple(t for t in clock.starts if t != required(step.id))
    starts = begins if begins not in ((), usual) else ()
    stops = clock.stops if not set(clock.stops) <= {f"done {step.id}", "settled"} else ()
    return (starts, stops) if starts or stops else None


# --- ways on ---------------------------------------------------------------------------------------


def _way_rules(view: View, way: WayOn, part_of: str | None) -> Iterator[Rule]:
    policy = view.policy
    clock = policy.clocks[f"way-{way.id}"]
    name = f"{'jumps' if way.is_jump else 'ways_on'} {view.ways[way.id]}"
    stage = None if way.is_jump else policy.stages[way.from_stage]
    value = (
        *(clock.force, way.unresolved, view.stages[way.to_stage]),
        *(view.seat(way.by, stage), view.seat(way.approval, stage)),
        frozenset(view.stages[s] for s in way.from_stages),
        view.text(way.title, way.when, way.after, way.tracks),
    )
    yield Rule(STAGES, name, value, _way_words(view, way, stage), way.clause, part_of)
    yield time_rule(view, clock, f"limit of {name}", name, f"“{way.title}”")


def _way_words(view: View, way: WayOn, stage: Stage | None) -> str:
    policy = view.policy
    place = f"From “{stage.name}”" if stage else "From any stage"
    if way.from_stages:
        names = tuple(f"“{policy.stages[name].name}”" for name in way.from_stages)
        place = f"From {listed(names, 'or')}"
    to = policy.stages[way.to_stage].name
    force = policy.clocks[f"way-{way.id}"].force
    steps = listed(tuple(f"“{policy.steps[s].what}”" for s in way.after))
    tracks = listed(tuple(policy.tracks[t].title or t for t in way.tracks))
    when = when_words(policy, way)
    by = _worth_saying(view, way.by, "raising", stage)
    return sentences(
        f"{place}, the case {force} go to “{to}”{f' if {when}' if when else ''}: “{way.title}”",
        f"Who does it: {seat_words(policy, by, stage)}" if by else "",
        f"It needs approval: {seat_words(policy, way.approval, stage)}" if way.approval else "",
        f"This must be tried first: {steps}" if steps and view.is_kin else "",
        f"It is for the track: {tracks}" if tracks else "",
    )
