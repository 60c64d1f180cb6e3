"""Turn the entries of a record into what a timeline shows: a title, who, when, and their words.

What somebody wrote is handed on as text; whoever draws it escapes it. An entry written well after it
happened says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from counterpart.casework.casefile import CaseFile
from counterpart.casework.letters import headings
from counterpart.engine import events as e
from counterpart.engine.registry import Recorded
from counterpart.journal.reading import Whole
from counterpart.telling.authority import meaning
from counterpart.telling.dates import day, moment
from counterpart.telling.describing_between import BETWEEN, between_title
from counterpart.telling.describing_endings import ENDINGS, endings_title
from counterpart.telling.describing_gates import GATES, Body, Fact, gate_title
from counterpart.telling.describing_keeping import KEEPING, who_sees
from counterpart.telling.words import CAUSE, ENDING, HEARD, HOW, TITLE, result_words

LATE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later entry says is right, and why; shown before what it corrects."""

    text: str
    reason: str
    who: str
    at: datetime
    is_after_papers: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the timeline shows it. `is_after_papers`: it is not among the papers of a panel that the
    reader sits on, for it came later.
    """

    id: str
    title: str
    who: str
    at: datetime
    body: str
    facts: tuple[Fact, ...]
    written_late: str
    corrections: tuple[Correction, ...]
    is_after_papers: bool = False


def timeline(file: CaseFile, *, sits: bool = False) -> tuple[Line, ...]:
    """The record, newest first. A correction stands with the entry that it corrects.

    For whoever `sits` on the panel, what came after its papers were fixed says so.
    """
    shown = [w for w in file.entries if not isinstance(w.recorded.event, e.EntryCorrected)]
    since = file.after_papers if sits else frozenset()
    return tuple(describe(file, w, since) for w in reversed(shown))


def describe(file: CaseFile, whole: Whole, since: frozenset[str] = frozenset()) -> Line:
    """One entry in words. `since` are the entries that came after the papers of a panel were fixed."""
    recorded = whole.recorded
    event = recorded.event
    body, facts = _body(file, recorded)
    return Line(
        id=recorded.id,
        title=title_of(file, event),
        who=who(whole),
        at=recorded.happened_at,
        body=body,
        facts=tuple(fact for fact in (*facts, *who_sees(file, recorded)) if fact[1]),
        written_late=_late(whole),
        corrections=tuple(_correction(c, since) for c in file.corrections.get(recorded.id, ())),
        is_after_papers=recorded.id in since,
    )


def who(whole: Whole) -> str:
    """Who acted, as they were then; and for whom, where somebody telephoned."""
    names = whole.names
    actor = _named(names.get("actor_name", ""), names.get("actor_post", ""))
    behalf = _named(names.get("on_behalf_name", ""), names.get("on_behalf_post", ""))
    if behalf:
        return f"{behalf} (written down by {actor})"
    return actor or "Counterpart"


def _named(name: str, post: str) -> str:
    return ", ".join(part for part in (name, post) if part)


def _late(whole: Whole) -> str:
    recorded = whole.recorded
    if recorded.written_at - recorded.happened_at < LATE:
        return ""
    return f"Written later, on {moment(recorded.written_at)}"


def _correction(whole: Whole, since: frozenset[str]) -> Correction:
    recorded, event = whole.recorded, whole.recorded.event
    is_late = recorded.id in since
    return Correction(event.correction, event.reason, who(whole), recorded.written_at, is_late)


def title_of(file: CaseFile, event: Any) -> str:
    """What an entry is, in a few words of ours: none of them is somebody's."""
    if isinstance(event, e.StepRecorded):
        return file.policy.steps[event.step].what
    if isinstance(event, e.MovedOn):
        return f"Went on to {file.policy.stages[event.to_stage].name}"
    if isinstance(event, e.OutcomeDissented) and event.is_own:
        return "Somebody sees the outcome differently"
    if isinstance(event, e.RepresentationHeard):
        return f"The panel heard {file.body_name(event.agency)}"
    if isinstance(event, e.CaseClosed) and event.ending:
        return f"Case closed. {ENDING[event.ending]}"
    for titled in (gate_title, between_title, endings_title):
        if title := titled(file, event):
            return title
    return TITLE[type(event)]


def _raised(file: CaseFile, ev: e.ConcernRaised) -> Body:
    return ev.dispute, []


def _body(file: CaseFile, recorded: Recorded) -> Body:
    """What an entry says: the words of whoever wrote it, and its facts."""
    event = recorded.event
    if isinstance(event, e.StepRecorded):
        return _step(file, event, recorded.actor.agency)
    return _BODY.get(type(event), _nothing)(file, event)


def _step(file: CaseFile, ev: e.StepRecorded, own: str | None) -> Body:
    """A step, with all who took part but the agency that wrote it down."""
    settles = file.policy.steps[ev.step].settles
    took_part = dict.fromkeys((file.state.raising.agency, *ev.agencies) if settles else ev.agencies)
    others = ", ".join(file.body_name(a) for a in took_part if a != own)
    return _words_of(file, ev), [
        ("Sent by Counterpart to", file.post_words(ev.letter_to)),
        ("How", HOW.get(ev.how, ev.how)),
        ("With", others),
        ("Who took part", ev.present),
        ("What came of it", result_words(file.policy.steps[ev.step].kind, ev.result)),
        ("Agreed", ev.agreed),
        ("Next", ev.next_step),
    ]


def _words_of(file: CaseFile, ev: e.StepRecorded) -> str:
    """What was said; of a letter sent from here, each text under its heading."""
    if not ev.says:
        return ev.said
    asked = headings(file.policy.steps[ev.step])
    texts = zip_longest(asked[: len(ev.says)], ev.says, fillvalue="")
    return "\n\n".join(f"{heading}\n{text}".strip() for heading, text in texts)


def _moved(file: CaseFile, ev: e.MovedOn) -> Body:
    way = file.policy.ways_on[ev.way]
    so = [("Said to be so", file.policy.conditions[name].title) for name in ev.grounds]
    between = file.policy.left_out(file.state.track, ev.from_stage, ev.to_stage)
    left_out = ", ".join(file.policy.stages[stage].name for stage in between if way.is_jump)
    named = [
        (file.policy.roles[s.role].title, file.post_words(s.post) or "Nobody named then")
        for s in ev.seats
        if s.role in file.policy.roles
    ]
    return ev.reason, [*so, ("Left out", left_out), *named]


def _seat(file: CaseFile, ev: e.SeatNamed) -> Body:
    role = file.policy.roles.get(ev.seat.role)
    title = role.title if role else "Supporter"
    return ev.reason, [
        (title, file.post_words(ev.seat.post) or ev.stated_name),
        ("Why", CAUSE.get(ev.cause, "")),
    ]


def _redirected(file: CaseFile, ev: e.PartyRedirected) -> Body:
    return ev.reason, [
        ("From", file.body_name(ev.from_agency)),
        ("To", file.body_name(ev.to.agency)),
    ]


def _proposed(file: CaseFile, ev: e.OutcomeProposed) -> Body:
    actions = [
        (f"Action {i}", f"{text} ({file.body_name(a.agency)}, by {day(a.due_on)})")
        for i, (a, text) in enumerate(zip(ev.actions, ev.action_texts, strict=True), start=1)
    ]
    still: list[Fact] = []
    for text, followed in zip_longest(ev.outstanding, ev.followed, fillvalue=""):
        still += [("Still open", text), ("How it will be followed up", followed)]
    lead = ("Who sees it through", file.post_words(ev.lead))
    return ev.agreed, [*actions, lead, *still, ("Still disputed", ev.still_disputed)]


def _confirmed(file: CaseFile, ev: e.OutcomeConfirmed) -> Body:
    return ev.comment, [("For", file.body_name(ev.agency))]


def _dissented(file: CaseFile, ev: e.OutcomeDissented) -> Body:
    if ev.is_own:
        return ev.reason, [("For whom", "Themselves. It does not answer for their agency")]
    return ev.reason, [("For", file.body_name(ev.agency))]


def _convened(file: CaseFile, ev: e.PanelConvened) -> Body:
    members = [
        (
            "Chair" if m.part == "chair" else "Member",
            ", ".join(part for part in (name, file.body_name(m.agency)) if part),
        )
        for m, name in zip(ev.members, ev.member_names, strict=True)
    ]
    return "", [
        ("Meets", moment(ev.meets_at)),
        ("Where", ev.where),
        *members,
        ("Why an agency in the disagreement is not on it", ev.why_parties_absent),
        ("Why somebody of the agency of whoever raised it is on it", ev.why_own_agency),
        ("Conflicts of interest", "Each member said that they have none" if ev.are_clear else ""),
    ]


def _heard(file: CaseFile, ev: e.RepresentationHeard) -> Body:
    return ev.said, [("How", HEARD.get(ev.how, ev.how))]


def _decided(file: CaseFile, ev: e.PanelDecided) -> Body:
    met = ("When it met", moment(ev.met_at)) if ev.met_at else ("", "")
    return ev.decision, [
        ("What it means", meaning(ev)),
        ("Reasons", ev.reasons),
        ("Next course of action", ev.next_course),
        met,
        ("Why it decided without a meeting, or before the day", ev.why_early),
    ]


def _nothing(file: CaseFile, ev: Any) -> Body:
    return "", []


_BODY: dict[type, Callable[[CaseFile, Any], Body]] = {
    e.ConcernRaised: _raised,
    e.ImmediateRiskReported: lambda _, ev: (ev.why, []),
    e.MovedOn: _moved,
    e.SeatNamed: _seat,
    e.PartyRedirected: _redirected,
    e.OutcomeProposed: _proposed,
    e.OutcomeConfirmed: _confirmed,
    e.OutcomeDissented: _dissented,
    e.ActionDone: lambda _, ev: (ev.what, []),
    e.PanelConvened: _convened,
    e.RepresentationHeard: _heard,
    e.PanelDecided: _decided,
    e.PolicyGapReported: lambda _, ev: (ev.gap, []),
    e.CaseWithdrawn: lambda _, ev: (ev.reason, []),
    e.CaseReopened: lambda _, ev: (ev.reason, []),
    **GATES,
    **BETWEEN,
    **ENDINGS,
    **KEEPING,
}  # fmt: skip
