"""The way a case goes: tracks, stages, what may be done at any of them, and what comes after the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterpart.policy.explaining.rules import quoted, step_rows, way_rows
from counterpart.policy.model import Policy, Stage, Track
from counterpart.policy.phrases import (
    listed,
    number_words,
    seat_words,
    sentence,
    small,
    stages_words,
)
from counterpart.policy.sections import Block, Bullets, Item, Paragraph, Row, Rows, Section

BESIDE_ONE = "Beside them there is this, which has no number:"
BESIDE = "Beside them there are these, which have no number:"
BANDS = {"informal": "It is informal.", "formal": "It is formal."}

# --- which way a disagreement takes ---------------------------------------------------------------


def tracks(policy: Policy) -> Section:
    """The ways through the stages, where there is a choice or the policy gives the one a name."""
    found = list(policy.tracks.values())
    if len(found) < 2 and not any(_has_words(track) for track in found):
        return Section("", "tracks", ())
    n = len(found)
    lead = (
        "There is one way." if n == 1 else f"There are {number_words(n)} ways through the stages."
    )
    blocks = (_track(policy, track) for track in found)
    return Section("Which way a disagreement takes", "tracks", (Paragraph(lead), *blocks))


def _has_words(track: Track) -> bool:
    return bool(track.title or track.when or track.grounds or track.challenged or track.opened_by)


def _track(policy: Policy, track: Track) -> Rows:
    grounds = {ground.id: ground.title for ground in policy.grounds}
    clauses = (track.clause,) if track.clause else ()
    rows = [Row("Which way", track.title or track.id.replace("-", " ").capitalize(), clauses)]
    if track.when:
        rows.append(Row("What it is for", sentence(track.when)))
    if track.grounds:
        rows.append(Row("What it may be about", _list(grounds[name] for name in track.grounds)))
    if track.challenged:
        kinds = _list(kind.replace("_", " ").replace("-", " ") for kind in track.challenged)
        rows.append(Row("Whose practice it is about", f"An agency of this kind: {kinds}"))
    if track.opened_by:
        titles = _list(policy.roles[name].title for name in track.opened_by)
        rows.append(Row("Who may begin it", titles))
    rows.append(Row("Its stages", f"{stages_words(policy, track.stages)}."))
    return Rows(tuple(rows))


def _list(texts: Iterator[str]) -> str:
    return f"{listed(tuple(texts), 'or')}."


# --- the stages -----------------------------------------------------------------------------------


def listing(policy: Policy) -> Section:
    """How many stages there are, as the policy's text numbers them, and what they are called."""
    every = tuple(policy.stages.values())
    numbered = _by_number(every)
    only = next(iter(policy.tracks.values())) if len(policy.tracks) == 1 else None
    because = (only.clause,) if only and only.clause else ()
    if not numbered:
        lead = "The policy has no numbered stages. This is how it goes."
        names = Bullets(tuple(Item(stage.title, (stage.clause,)) for stage in every))
        return Section("The stages", "stages", (Paragraph(lead, because), names))
    n = len(numbered)
    lead = "There is one stage." if n == 1 else f"There are {number_words(n)} stages."
    blocks: list[Block] = [Paragraph(lead, because), Bullets(tuple(map(_numbered, numbered)))]
    if others := [stage for stage in every if not stage.number]:
        blocks.append(Paragraph(BESIDE_ONE if len(others) == 1 else BESIDE))
        blocks.append(Bullets(tuple(Item(stage.title, (stage.clause,)) for stage in others)))
    return Section("The stages", "stages", tuple(blocks))


def _by_number(every: Sequence[Stage]) -> tuple[tuple[Stage, ...], ...]:
    """The stages that have a number, those that share one together, in order."""
    numbers = dict.fromkeys(stage.number for stage in every if stage.number)
    return tuple(tuple(s for s in every if s.number == number) for number in numbers)


def _numbered(parts: tuple[Stage, ...]) -> Item:
    if len(parts) == 1:
        return Item(parts[0].name, (parts[0].clause,))
    titles = quoted(tuple(stage.title for stage in parts))
    words = f"Stage {parts[0].number}, which has {number_words(len(parts))} parts: {titles}"
    return Item(words, tuple(dict.fromkeys(stage.clause for stage in parts)))


def stage(policy: Policy, stage: Stage) -> Section:
    blocks: list[Block] = [*_inside(stage), Rows(tuple(_speaking(policy, stage)))]
    blocks += [step_rows(policy, step, stage) for step in stage.steps]
    if stage.panel:
        panel = policy.panels[stage.panel]
        blocks.append(Paragraph(f"The {small(panel.title)} sits at this stage.", (panel.clause,)))
    blocks += [way_rows(policy, way, stage) for way in stage.ways_on]
    if not any(way.leaves(stage.id) for way in policy.ways_on.values()):
        blocks.append(Paragraph("No stage comes after this one."))
    return Section(stage.name, f"stage-{stage.id}", tuple(blocks), level=3)


def _inside(stage: Stage) -> Iterator[Paragraph]:
    words = []
    if stage.inside == "raising":
        words.append("This happens inside the agency that raised the concern.")
    if stage.band:
        words.append(BANDS[stage.band])
    if words:
        yield Paragraph(" ".join(words), (stage.clause,))


def _speaking(policy: Policy, stage: Stage) -> Iterator[Row]:
    because = (stage.clause,)
    ours, theirs = (policy.roles[stage.speaks[side]].title for side in ("raising", "receiving"))
    if ours == theirs and not stage.inside:
        yield Row("Who speaks for each agency", ours, because)
    else:
        yield Row("Who speaks for the agency that raised it", ours, because)
        if not stage.inside:
            yield Row("Who speaks for the other agency", theirs, because)
    if stage.tells:
        seats = listed(tuple(seat_words(policy, seat, stage) for seat in stage.tells))
        yield Row("Who is told when it comes here", seats, because)
    on = [t for t in policy.tracks.values() if stage.id in t.stages]
    if len(policy.tracks) > 1 and len(on) < len(policy.tracks):
        titles = tuple(t.title or t.id.replace("-", " ").capitalize() for t in on)
        yield Row("For which disagreements", f"Only for: {listed(titles)}." if titles else "")


# --- beside the stages, and after -----------------------------------------------------------------


def any_stage(policy: Policy) -> Section:
    blocks = tuple(step_rows(policy, step, None) for step in policy.offered("always"))
    return Section("What may be done at any stage", "any-stage", blocks)


def jumps(policy: Policy) -> Section:
    if not policy.jumps:
        return Section("", "jumps", ())
    lead = Paragraph("The reason is always written down, and so are the stages that are left out.")
    ways = (way_rows(policy, way, None) for way in policy.jumps)
    return Section("Straight to another stage", "jumps", (lead, *ways))


def afterwards(policy: Policy) -> Section:
    blocks = tuple(step_rows(policy, step, None) for step in policy.offered("afterwards"))
    return Section("After the case has ended", "afterwards", blocks)
