"""The outcome statement and the panel, as a pack tells them: who confirmed and when, who did not and why."""

from __future__ import annotations

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.journal.reading import Whole
from counterpart.pack import content as c
from counterpart.telling import parts
from counterpart.telling.dates import moment
from counterpart.telling.describing import describe, who


def outcome(file: CaseFile) -> c.Outcome | None:
    """The present text, or None where none is written down."""
    told, written = parts.outcome(file), file.latest(e.OutcomeProposed)
    if told is None or written is None:
        return None
    given = parts.answers_of(file, told.number)
    return c.Outcome(
        title=told.title,
        version=f"Version {told.number}, written down by {who(written)} on "
        f"{moment(written.recorded.written_at)}",
        agreed=told.agreed,
        actions=tuple(
            c.ActionLine(what, whose, by_when, state)
            for what, whose, by_when, state, _ in told.actions
        ),
        lead=told.lead,
        outstanding=tuple(zip(told.outstanding, told.followed, strict=True)),
        still_disputed=told.still_disputed,
        answers=tuple(
            _answer(file, agency, answer, given.get(agency))
            for agency, (_, answer) in zip(file.state.parties, told.answers, strict=True)
        ),
    )


def panel(file: CaseFile) -> tuple[c.Row, ...]:
    """The panel as it was last convened, and what it decided; () for none."""
    convened, decided = file.latest(e.PanelConvened), file.latest(e.PanelDecided)
    if convened is None:
        return ()
    rows = list(describe(file, convened).facts)
    if decided is not None and decided.recorded.version > convened.recorded.version:
        line = describe(file, decided)
        rows += [("Decided", moment(line.at)), ("Decision", line.body)]
        rows += line.facts
    return tuple(rows)


def _answer(file: CaseFile, agency: str, answer: str, given: Whole | None) -> c.Answer:
    if given is None:
        return c.Answer(file.body_name(agency), answer, "", "", "")
    line = describe(file, given)
    return c.Answer(file.body_name(agency), answer, line.who, moment(line.at), line.body)
