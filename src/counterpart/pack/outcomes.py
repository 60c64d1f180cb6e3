"""The outcome statement and the panel, as a pack tells them: who confirmed and when, who did not and why."""

from __future__ import annotations

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.journal.reading import Whole
from counterpart.pack import content as c
from counterpart.policy.explaining.panels import AUTHORITY
from counterpart.telling import parts
from counterpart.telling.dates import moment
from counterpart.telling.describing import describe, who


def outcome(file: CaseFile) -> c.Outcome | None:
    """The present text, or None where none is written down."""
    told, written = parts.outcome(file), file.latest(e.OutcomeProposed)
    if told is None or written is None:
        return None
    given = _answers(file, told.number)
    return c.Outcome(
        title=_title(file, is_decision=told.is_decision),
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


def _title(file: CaseFile, *, is_decision: bool) -> str:
    """What the text is: nothing is called agreed before every agency has said that it agrees."""
    if is_decision:
        return "What the panel decided"
    answers = file.state.outcome.answers if file.state.outcome else {}
    if all(answers.get(agency) == "confirmed" for agency in file.state.parties):
        return "What was agreed"
    return "What each agency is asked to confirm"


def panel(file: CaseFile) -> tuple[c.Row, ...]:
    """The panel as it was last convened, and what it decided; () for none."""
    convened, decided = file.latest(e.PanelConvened), file.latest(e.PanelDecided)
    if convened is None:
        return ()
    rows = list(describe(file, convened).facts)
    if decided is not None and decided.recorded.version > convened.recorded.version:
        line, means = describe(file, decided), AUTHORITY[decided.recorded.event.authority]
        rows += [("Decided", moment(line.at)), ("Decision", line.body), ("What it means", means)]
        rows += line.facts
    return tuple(rows)


def _answers(file: CaseFile, number: int) -> dict[str, Whole]:
    """Each agency's last answer to a version of the text."""
    return {
        whole.recorded.event.agency: whole
        for whole in file.entries
        if isinstance(whole.recorded.event, (e.OutcomeConfirmed, e.OutcomeDissented))
        and whole.recorded.event.number == number
    }


def _answer(file: CaseFile, agency: str, answer: str, given: Whole | None) -> c.Answer:
    if given is None:
        return c.Answer(file.body_name(agency), answer, "", "", "")
    line = describe(file, given)
    return c.Answer(file.body_name(agency), answer, line.who, moment(line.at), line.body)
