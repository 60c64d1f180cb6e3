"""The lines of a policy's picture: how it begins, every way between stages, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.conditions import own_clocks, when_words
from counterpart.policy.drawing.saying import short_name, time_words
from counterpart.policy.drawing.shapes import Edge, EdgeKind
from counterpart.policy.model import FINAL, Policy, Stage, Track, WayOn
from counterpart.policy.phrases import listed, seat_words

START = "start"
END = "end"
ANY = "any"


def stage_node(stage: str) -> str:
    """The id of the box of a stage."""
    return f"stage-{stage}"


def edges(policy: Policy) -> Iterator[Edge]:
    """Every line, each after the box it leaves would have been written."""
    for clock in own_clocks(policy):
        place = f"limit-{clock.id}"
        for name in clock.over:
            yield Edge(f"{place}-{name}", "covers", place, stage_node(name), clause=clock.clause)
    for way in policy.jumps:
        yield _way(policy, way, None)
    for first in dict.fromkeys(track.first for track in policy.tracks.values()):
        yield _beginning(policy, first)
    for stage in policy.stages.values():
        yield from (_way(policy, way, stage) for way in stage.ways_on)
        yield from _settled(policy, stage)


def _beginning(policy: Policy, first: str) -> Edge:
    tracks = [track for track in policy.tracks.values() if track.first == first]
    words = ""
    if len(policy.tracks) > 1:
        words = f"Track: {listed(tuple(_track(track) for track in tracks), 'or')}"
    clause = tracks[0].clause if len(tracks) == 1 else None
    return Edge(f"start-{first}", "start", START, stage_node(first), words, clause=clause)


def _track(track: Track) -> str:
    when = f" ({track.when.rstrip('.')})" if track.when else ""
    return f"{track.title or track.id}{when}"


def _way(policy: Policy, way: WayOn, stage: Stage | None) -> Edge:
    clock = policy.clocks[f"way-{way.id}"]
    source = stage_node(stage.id) if stage else ANY
    by = "" if way.by.side == "raising" else seat_words(policy, way.by, stage)
    return Edge(
        f"way-{way.id}",
        _direction(policy, way),
        source,
        stage_node(way.to_stage),
        way.title.rstrip("."),
        when=_when(policy, way, stage),
        by=by,
        force=clock.force,
        limit=time_words(policy, clock),
        clause=way.clause,
    )


def _when(policy: Policy, way: WayOn, stage: Stage | None) -> str:
    found = []
    if way.is_jump:
        names = tuple(short_name(policy.stages[name]) for name in way.from_stages)
        found.append(f"from {listed(names, 'or')}" if names else "from any stage")
    if way.tracks:
        tracks = tuple(policy.tracks[name].title or name for name in way.tracks)
        found.append(f"on the track {listed(tracks, 'or')}")
    if words := when_words(policy, way):
        found.append(f"if {words}")
    if way.approval:
        found.append(f"with approval ({seat_words(policy, way.approval, stage)})")
    return ", ".join(found)


def _direction(policy: Policy, way: WayOn) -> EdgeKind:
    if way.is_jump:
        return "jump"
    order = list(policy.stages)
    here, there = order.index(way.from_stage), order.index(way.to_stage)
    if here == there:
        return "again"
    return "on" if here < there else "back"


def _settled(policy: Policy, stage: Stage) -> Iterator[Edge]:
    """The line from where the sides can agree, or a panel decides, to the outcome."""
    name, source = f"settled-{stage.id}", stage_node(stage.id)
    settling = next((step for step in stage.steps if step.settles), None)
    if stage.panel:
        panel = policy.panels[stage.panel]
        final = panel.authority in FINAL
        words = "When the panel has decided" if final else "If they agree after the panel"
        yield Edge(name, "settled", source, END, words, clause=panel.decision_clause)
    elif settling:
        yield Edge(name, "settled", source, END, "If they agree", clause=settling.clause)
