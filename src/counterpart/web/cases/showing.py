"""A case file as the case page shows it: small records of words, made once, drawn by a template.

What may be done is the engine's answer and `access`'s together: a link is there only where both
say yes, and where one says no its reason stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from counterpart.access.answers import Allowed, Answer
from counterpart.access.kinds import RAISER
from counterpart.casework.acts import may_correct
from counterpart.casework.casefile import CaseFile, working
from counterpart.engine import events as e
from counterpart.engine.deciding import Option
from counterpart.engine.duties import Duty
from counterpart.engine.kinds import Id
from counterpart.journal.reading import Whole
from counterpart.policy.model import CONFIRM_OUTCOME, WRITE_OUTCOME
from counterpart.web.cases.addresses import ADDRESSES, Address
from counterpart.web.cases.describing import Line, timeline
from counterpart.web.cases.words import CHILD, ENDING, STATUS, YES_NO
from counterpart.web.dates import day
from counterpart.web.duties import (
    clause_words,
    due_words,
    in_order,
    state_word,
    way_words,
    with_whom,
)
from counterpart.web.raising.telephone import Call, calls


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A duty on the page; `link` leads to recording it, where this person may."""

    what: str
    owner: str
    with_whom: tuple[Call, ...]
    due: str
    clause: str
    working: tuple[str, ...]
    state: str
    nobody: bool
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side: its agency, and who speaks for it now."""

    title: str
    agency: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doable:
    """Something that could be done: with a link where it may, else with the reason why not."""

    title: str
    href: str
    why_not: str


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """The written outcome as it stands, and who has answered it."""

    number: int
    is_decision: bool
    agreed: str
    actions: tuple[tuple[str, str, str, str, str], ...]
    outstanding: tuple[str, ...]
    still_disputed: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page draws."""

    reference: str
    version: int
    status: str
    stage: str
    clause: str
    ending: str
    waiting: str
    raised_at: datetime
    is_urgent: bool
    stages: tuple[tuple[str, str], ...]
    duties: tuple[DutyShown, ...]
    raising: SideShown
    receiving: tuple[SideShown, ...]
    concern: tuple[tuple[str, str], ...]
    can_do: tuple[Doable, ...]
    cannot_do: tuple[Doable, ...]
    outcome: OutcomeShown | None
    timeline: tuple[Line, ...]
    policy: str
    policy_id: str


def case_page(file: CaseFile, may: Mapping[str, Answer]) -> CasePage:
    """The page of a case for somebody who has been admitted and may do what `may` says."""
    state = file.state
    stage = file.policy.stages[state.stage]
    doable = tuple(_doable(file, may))
    return CasePage(
        reference=file.reference,
        version=state.version,
        status=STATUS[state.status],
        stage=stage.name,
        clause=clause_words(file.policy, stage.clause),
        ending=ENDING.get(state.ending or "", ""),
        waiting=waiting(file),
        raised_at=state.raised_at,
        is_urgent=state.urgent_since is not None,
        stages=tuple(_stages(file)),
        duties=tuple(_duty(file, duty, may) for duty in in_order(file.policy, file.duties)),
        raising=_side(file, "Raising side", state.raising.agency, "raising"),
        receiving=tuple(
            _side(file, "Receiving side", agency, "receiving")
            for agency in state.receiving_agencies
        ),
        concern=tuple(concern(file)),
        can_do=(*(d for d in doable if d.href), *_reassignable(file, may), *_movable(file, may)),
        cannot_do=tuple(d for d in doable if not d.href),
        outcome=outcome(file),
        timeline=timeline(file, _corrects(file, may["correct"])),
        policy=f"{file.policy.title}, {file.policy.label}",
        policy_id=file.policy.id,
    )


def _corrects(file: CaseFile, answer: Answer) -> Callable[[Whole], bool]:
    """Which entries the person who was given `answer` may correct: those of their own agency."""
    if not isinstance(answer, Allowed):
        return lambda _: False
    capacity = answer.basis.split(",")[0]
    post = file.directory.post(Id(answer.post)) if answer.post else None
    own: str | None = post.body if post else None
    if capacity == RAISER:
        own = file.state.raising.agency
    elif own == file.state.partnership:
        own = None  # those who act for the partnership act for no agency
    return lambda whole: may_correct(whole.recorded.actor.agency, own, capacity)


def waiting(file: CaseFile) -> str:
    """How long this child has waited, in whole days."""
    days = file.waiting.days
    if days < 1:
        return "less than a day"
    return "1 day" if days == 1 else f"{days} days"


def concern(file: CaseFile) -> list[tuple[str, str]]:
    """What was raised, as label and text."""
    raised = file.raised
    titles = {g.id: g.title for g in file.policy.grounds} | {"other": "Something else"}
    children = [
        f"{CHILD[child.kind]}: {reference}"
        for child, reference in zip(raised.children, raised.child_references, strict=True)
    ]
    rows = [
        ("Who it is about", "\n".join(children)),
        ("What it is about", ", ".join(titles[g] for g in raised.grounds)),
        ("What is in dispute", raised.dispute),
        ("Why it leaves the child unsafe", raised.why_unsafe),
        ("Immediate risk", raised.immediate_risk),
        ("Outcome wanted", raised.desired_outcome),
        ("Asked for their reasons", YES_NO.get(raised.has_asked_rationale, "")),
        ("Used own agency’s policy", YES_NO.get(raised.has_used_own_policy, "")),
        ("What has been tried", raised.already_tried),
        ("Supporter", file.post_words(file.state.supporter)),
    ]
    return [row for row in rows if row[1]]


def outcome(file: CaseFile) -> OutcomeShown | None:
    """The present text of the outcome, or None."""
    state = file.state
    written = file.latest(e.OutcomeProposed)
    if state.outcome is None or written is None:
        return None
    event: e.OutcomeProposed = written.recorded.event
    said = {"confirmed": "Confirmed in writing", "dissented": "Does not agree"}
    return OutcomeShown(
        number=event.number,
        is_decision=event.basis == "decision",
        agreed=event.agreed,
        actions=tuple(
            (
                text,
                file.post_words(action.post) or file.body_name(action.agency),
                day(action.due_on),
                "Done" if action.id in state.actions_done else "To do",
                action.id,
            )
            for action, text in zip(event.actions, event.action_texts, strict=True)
        ),
        outstanding=tuple(event.outstanding),
        still_disputed=event.still_disputed,
        answers=tuple(
            (
                file.body_name(agency),
                said.get(state.outcome.answers.get(agency, ""), "No answer yet"),
            )
            for agency in state.parties
        ),
    )


def _duty(file: CaseFile, duty: Duty, may: Mapping[str, Answer]) -> DutyShown:
    about = file.agency_names.get(duty.about or "", "")
    what = f"{duty.what} ({about})" if about and duty.side != "each" else duty.what
    if duty.way:
        what = way_words(file.policy, duty.way, what)
    return DutyShown(
        what=what,
        owner=file.owner_words(duty),
        with_whom=calls(with_whom(file, duty), file.body_name),
        due=due_words(duty.due, file.now),
        clause=clause_words(file.policy, duty.clause),
        working=working(duty, file),
        state=state_word(duty.due.at, file.now),
        nobody=duty.nobody is not None,
        link=_duty_link(file, duty, may),
    )


def _duty_link(file: CaseFile, duty: Duty, may: Mapping[str, Answer]) -> tuple[str, str] | None:
    """Where this person does what the duty asks, if it is theirs to do; else nothing."""
    for event, target, words in _acts_of(file, duty):
        option, address = file.option(event, target), ADDRESSES[event]
        answer = may[address.act]
        if option and option.is_allowed and isinstance(answer, Allowed):
            if _is_theirs(file, duty, answer):
                return words, address.href(file.reference, target)
            return None
    return None


def _acts_of(file: CaseFile, duty: Duty) -> Iterator[tuple[type, str, str]]:
    """The acts that carry a duty out, the last one first: event, target, what the button says."""
    if duty.step:
        yield e.StepRecorded, duty.step, "Record this"
    elif duty.way:
        yield e.MovedOn, duty.way, "Go on to this stage"
    elif duty.action:
        yield e.ActionDone, duty.action, "Record this"
    elif duty.clock == WRITE_OUTCOME:
        yield e.OutcomeProposed, "", "Write it down"
    elif duty.clock == CONFIRM_OUTCOME:
        yield e.OutcomeConfirmed, "", "Read it and answer"
    elif panel := file.policy.stages[file.state.stage].panel:
        if file.state.panel is None:
            yield e.PanelConvened, panel, "Convene the panel"
        yield e.PanelDecided, panel, "Record the decision"
        yield e.RepresentationHeard, "", "Record what an agency told the panel"


def _is_theirs(file: CaseFile, duty: Duty, allowed: Allowed) -> bool:
    """A talk between the sides either may record; what one agency must do, that agency."""
    step = file.policy.steps.get(duty.step or "")
    if duty.body not in file.state.parties or (step and step.settles):
        return True
    post = file.directory.post(Id(allowed.post)) if allowed.post else None
    return duty.body == (post.body if post else file.state.raising.agency)


def _doable(file: CaseFile, may: Mapping[str, Answer]) -> list[Doable]:
    return [
        _one(file, option, ADDRESSES[option.event], may)
        for option in file.options
        # An entry is corrected from where it stands in the record.
        if option.event in ADDRESSES and option.event is not e.EntryCorrected
    ]


def _one(file: CaseFile, option: Option, address: Address, may: Mapping[str, Answer]) -> Doable:
    answer, title = may[address.act], option.title
    if option.event is e.MovedOn:
        title = way_words(file.policy, option.target, title)
    if option.refusal is not None:
        return Doable(title, "", option.refusal.words)
    if not isinstance(answer, Allowed):
        if isinstance(may["record_on_behalf"], Allowed) and address.has_behalf:
            title = f"{title} (for somebody who telephoned)"
            return Doable(title, address.href(file.reference, option.target, behalf=True), "")
        return Doable(title, "", answer.words)
    return Doable(title, address.href(file.reference, option.target), "")


def _reassignable(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """Giving what somebody has to do to another post: the desk's own page, for whoever may."""
    if not file.state.is_open or not isinstance(may["reassign"], Allowed):
        return
    for body, role in dict.fromkeys((duty.body, duty.role) for duty in file.duties if duty.role):
        whose = f"{file.policy.roles[role].title}, {file.body_name(body)}"
        address = {"reference": file.reference, "body": body, "role": role}
        href = reverse("desk:reassign", kwargs=address)
        yield Doable(f"Give to someone else what is to be done by: {whose}", href, "")


def _movable(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """Moving the case to the edition in force, where that is another: the desk's own page."""
    in_force = file.partnership.edition
    is_other = in_force is not None and in_force != file.policy.edition
    if is_other and file.state.is_open and isinstance(may["move_edition"], Allowed):
        href = reverse("desk:move", kwargs={"reference": file.reference})
        yield Doable("Move this case to the edition of the policy in force", href, "")


def _side(file: CaseFile, title: str, agency: str, side: str) -> SideShown:
    """An agency and its people in the case: who speaks for it now, then the others."""
    now = file.policy.stages[file.state.stage].speaks[side]
    seats = {role: post for (body, role), post in file.state.seats.items() if body == agency}
    speaks = _person(file, seats.get(now)) or "nobody named yet"
    others = [
        f"{_person(file, post)} ({_role(file, role)})"
        for role, post in seats.items()
        if post and role != now
    ]
    lines = (f"Speaks now: {speaks} ({_role(file, now)})", *others)
    return SideShown(title, file.body_name(agency), lines)


def _role(file: CaseFile, role: str) -> str:
    title = file.policy.roles[role].title if role in file.policy.roles else role
    return title[:1].lower() + title[1:]


def _person(file: CaseFile, post: str | None) -> str:
    """Who holds a post, and its title, without the agency, under whose name it stands."""
    record = file.directory.post(Id(post)) if post else None
    if record is None:
        return ""
    return ", ".join([" or ".join(h.name for h in record.holders) or "nobody", record.title])


def _stages(file: CaseFile) -> list[tuple[str, str]]:
    """Each stage of the case's track with where it stands: `done`, `here` or `to come`."""
    track = file.policy.tracks[file.state.track].stages
    visited = {visit.stage for visit in file.state.visits}
    return [
        (
            file.policy.stages[name].name,
            "here" if name == file.state.stage else "done" if name in visited else "to come",
        )
        for name in track
    ]


def case_url(reference: str) -> str:
    """Where a case is."""
    return reverse("cases:case", kwargs={"reference": reference})
