"""Put a pack together: from a case file that somebody may see to what the document says.

It says what is left out and what never stands here, and takes its words from `telling`, as the pages do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.duties import Duty
from counterpart.journal.reading import Whole
from counterpart.pack import content as c
from counterpart.pack.asking import (
    OUTCOME,
    PAPERS,
    PARTS,
    STAGE,
    SUMMARY,
    CannotMake,
    PackAsked,
    entries_of,
)
from counterpart.pack.outcomes import outcome, panel
from counterpart.telling import parts, standing
from counterpart.telling.dates import UK, day, moment
from counterpart.telling.dates import reference as shown
from counterpart.telling.describing import describe
from counterpart.telling.duties import clause_words, duty_due_words, duty_words, in_order
from counterpart.telling.words import STATUS

LATER = "What came on the record after the panel was convened is not among its papers."
PRIVATE = "The notes that one agency keeps for itself are not among the papers of a panel."
NEVER = (
    (
        "Details that only a few people may see, such as who reported a concern or where somebody lives, are never"
        " part of this document. They are opened one at a time, on their own page."
    ),
    "What is kept from whoever made this document is not in it.",
)


@dataclass(frozen=True, slots=True)
class MadeFor:
    """Who asked: their name, the post or the relation they asked by, and when."""

    name: str
    by: str
    on: datetime


def make(
    file: CaseFile,
    asked: PackAsked,
    made_for: MadeFor,
    left_out: tuple[c.LeftOut, ...],
) -> c.Content:
    """The content of the pack. `file` is as it is to be shown: seen, as it stood at its `now`, and redacted.

    Raises CannotMake where the case has no such part.
    """
    is_outcome, is_short = asked.part == OUTCOME, asked.part in (OUTCOME, SUMMARY)
    written = outcome(file)
    if is_outcome and written is None:
        raise CannotMake("No outcome has been written down yet, so there is no outcome statement.")
    part = PARTS[asked.part]
    if asked.part == STAGE:
        part = file.policy.stages[asked.stage].name if asked.stage in file.policy.stages else ""
    told = entries_of(file, asked)
    entries = tuple(_entry(file, one, n) for n, one in enumerate(told, start=1))
    if asked.part == STAGE:
        written = written if _is_among(told, file.latest(e.OutcomeProposed)) else None
    is_elsewhere = asked.part == STAGE and asked.stage != file.state.stage
    return c.Content(
        title=f"Case {shown(file.reference)}: {part}",
        reference=shown(file.reference),
        part=part,
        at=file.now.replace(microsecond=0),
        as_at=moment(file.now),
        facts=tuple(_facts(file, asked, made_for)),
        stages=() if is_outcome else tuple(c.Stage(*one) for one in parts.stages(file)),
        concern=_about(file) if is_outcome else tuple(parts.concern(file)),
        sides=_sides(file),
        standing=() if is_short else tuple(standing.standing(file)),
        outcome=written,
        panel=()
        if asked.part == STAGE and not _is_among(told, file.latest(e.PanelConvened))
        else panel(file),
        duties=()
        if is_outcome or is_elsewhere
        else tuple(_duty(file, one) for one in in_order(file.policy, file.duties)),
        entries=entries,
        left_out=left_out,
        left_out_by=f"{made_for.name}, {made_for.by}, on {day(made_for.on)}" if left_out else "",
        left_out_why=asked.why if left_out else "",
        never_here=((LATER, PRIVATE, *NEVER) if asked.part == PAPERS else NEVER),
    )


def _is_among(entries: tuple[Whole, ...], one: Whole | None) -> bool:
    """Whether an entry is one of those that are told: what came later is not of the stage."""
    return one is not None and any(one.recorded.id == other.recorded.id for other in entries)


def _facts(file: CaseFile, asked: PackAsked, made_for: MadeFor) -> list[c.Row]:
    """What stands on the title page."""
    state, policy = file.state, file.policy
    ended = standing.ending(file)
    status = f"{STATUS[state.status]}. {ended}" if ended else STATUS[state.status]
    fixed = ", when the panel was convened" if asked.part == PAPERS else ""
    rows = [
        ("Partnership", file.partnership.name),
        ("Shown as it stood", f"{moment(file.now)}{fixed}"),
        ("Concern raised", day(state.raised_at)),
        ("Ended", day(state.ended_at) if state.ended_at else ""),
        ("Status", status),
        ("Stage", policy.stages[state.stage].name),
        ("Policy", f"{policy.title}, {policy.label}"),
        ("Entries on the record", f"{state.version:,}"),
        ("Made for", f"{made_for.name}, {made_for.by}"),
    ]
    return [row for row in rows if row[1]]


def _about(file: CaseFile) -> tuple[c.Row, ...]:
    """Who and what it is about, for a document that tells no more of the concern."""
    return tuple(row for row in parts.concern(file) if row[0].endswith(" about"))


def _sides(file: CaseFile) -> tuple[c.Side, ...]:
    raising = parts.side(file, "Raising side", file.state.raising.agency, "raising")
    receiving = (
        parts.side(file, "Receiving side", agency, "receiving")
        for agency in file.state.receiving_agencies
    )
    return tuple(c.Side(one.title, one.agency, one.lines) for one in (raising, *receiving))


def _duty(file: CaseFile, duty: Duty) -> c.DutyLine:
    due = moment(duty.due.at) if duty.due.at else duty_due_words(file, duty)
    if duty.due.at and duty.due.at < file.now:
        due = f"{due}. It is late."
    return c.DutyLine(
        what=duty_words(file, duty),
        who=file.owner_words(duty),
        by_when=due,
        clause=clause_words(file.policy, duty.clause),
    )


def _entry(file: CaseFile, whole: Whole, number: int) -> c.Entry:
    line, recorded = describe(file, whole), whole.recorded
    return c.Entry(
        number=number,
        title=line.title,
        who=line.who,
        happened=moment(recorded.happened_at),
        written=_written(recorded.happened_at, recorded.written_at),
        body=line.body,
        facts=tuple(line.facts),
        corrections=tuple(
            c.Correction(one.text, one.reason, one.who, moment(one.at)) for one in line.corrections
        ),
    )


def _written(happened_at: datetime, written_at: datetime) -> str:
    """When it was written down; the hour alone, on the day that it happened."""
    if moment(happened_at) == moment(written_at):
        return "down at once"
    return f"down on {moment(written_at)}"


def file_name(reference: str, part: str, at: datetime, suffix: str) -> str:
    """`7F3K-92MQ-outcome-2026-11-24.pdf`: the reference, the part and the date, and nobody's name."""
    return f"{shown(reference)}-{part}-{at.astimezone(UK):%Y-%m-%d}.{suffix}"
