"""The parts of a case that stand still: the concern, the sides, the stages, the outcome.

Words made once from a case file, drawn by whoever shows them. Nothing here knows who reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.kinds import Id
from counterpart.engine.owners import place
from counterpart.journal.reading import Whole
from counterpart.policy.model import Seat
from counterpart.telling import authority
from counterpart.telling.dates import day, days_between
from counterpart.telling.describing import who
from counterpart.telling.words import CHECKED, CHILD, YES_NO


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side: its agency, and who speaks for it now."""

    title: str
    agency: str
    lines: tuple[str, ...]


NOT_ANSWERED = "No answer yet"


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """The written outcome as it stands, and who has answered it.

    `title` is what it is called. Where it came with a panel's decision, `means` says what that means, with its
    `reasons` and its `next_course`. `no_means` is what an agency's "no" means.
    `followed` says of each point of `outstanding` how it will be followed up; "" where that was not said.
    `said` are the reasons or the comment of each answer, at the same place as in `answers`; `differing` whoever
    sees it differently without answering for an agency, each with why.
    `waits_for_actions`: the case does not close before all the actions are done.
    """

    number: int
    title: str
    means: str
    no_means: str
    reasons: str
    next_course: str
    agreed: str
    actions: tuple[tuple[str, str, str, str, str], ...]
    outstanding: tuple[str, ...]
    followed: tuple[str, ...]
    still_disputed: str
    lead: str
    answers: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    differing: tuple[tuple[str, str], ...]
    waits_for_actions: bool

    @property
    def nobody_answered(self) -> bool:
        """Whether no agency has answered it yet."""
        return all(answer == NOT_ANSWERED for _, answer in self.answers)


def waiting(file: CaseFile) -> str:
    """How long this child has waited, over all stages, until now or until the case ended."""
    began = file.state.raised_at
    return days_between(began, began + file.waiting)


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
        *_checked(file, raised),
        ("Supporter", file.post_words(file.state.supporter)),
    ]
    return [row for row in rows if row[1]]


def _checked(file: CaseFile, raised: e.ConcernRaised) -> list[tuple[str, str]]:
    """What the policy asks to check first, and what was answered."""
    answers = dict(part.partition(":")[::2] for part in raised.checked)
    return [
        (check.title, CHECKED.get(answers[check.id] or "yes", ""))
        for check in file.policy.before_raising
        if check.id in answers
    ]


def outcome(file: CaseFile) -> OutcomeShown | None:
    """The present text of the outcome, or None."""
    state = file.state
    written = file.latest(e.OutcomeProposed)
    if state.outcome is None or written is None:
        return None
    event: e.OutcomeProposed = written.recorded.event
    said = {"confirmed": "Confirmed in writing", "dissented": "Does not agree"}
    found = authority.decision(file)
    decided: e.PanelDecided | None = found.recorded.event if found else None
    answered = answers_of(file, event.number)
    return OutcomeShown(
        number=event.number,
        title=authority.called(file),
        means=authority.meaning(decided) if decided else "",
        no_means=authority.NO_MEANS[decided.authority if decided else ""],
        reasons=decided.reasons if decided else "",
        next_course=decided.next_course if decided else "",
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
        followed=tuple(event.followed or ("",) * len(event.outstanding)),
        still_disputed=event.still_disputed,
        lead=file.post_words(event.lead),
        answers=tuple(
            (
                file.body_name(agency),
                said.get(state.outcome.answers.get(agency, ""), NOT_ANSWERED),
            )
            for agency in state.parties
        ),
        said=tuple(_why(answered.get(agency)) for agency in state.parties),
        differing=tuple(
            (who(one), one.recorded.event.reason) for one in _differing(file, event.number)
        ),
        waits_for_actions=state.is_open and not file.policy.closing.allows_open_actions,
    )


def answers_of(file: CaseFile, number: int) -> dict[str, Whole]:
    """Each agency's answer to a version of the text."""
    return {
        one.recorded.event.agency: one
        for one in _answers(file, number)
        if not getattr(one.recorded.event, "is_own", False)
    }


def _differing(file: CaseFile, number: int) -> Iterator[Whole]:
    return (one for one in _answers(file, number) if getattr(one.recorded.event, "is_own", False))


def _answers(file: CaseFile, number: int) -> Iterator[Whole]:
    answers = (e.OutcomeConfirmed, e.OutcomeDissented)
    made = (one for one in file.entries if isinstance(one.recorded.event, answers))
    return (one for one in made if one.recorded.event.number == number)


def _why(answer: Whole | None) -> str:
    """What was written with an answer."""
    match answer.recorded.event if answer else None:
        case e.OutcomeConfirmed(comment=comment):
            return comment
        case e.OutcomeDissented(reason=reason):
            return reason
        case _:
            return ""


def side(file: CaseFile, title: str, agency: str, side: str) -> SideShown:
    """An agency and its people in the case: who speaks for it now, then the others."""
    _, now = place(file.policy, file.state, Seat(side), Id(agency))
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


def stages(file: CaseFile) -> list[tuple[str, str]]:
    """Each stage of the case's track with where it stands: `done`, `here`, `ended here`, `left out` or `to come`.

    A stage beside the track that the case has come to stands at the end.
    """
    state = file.state
    visited = [visit.stage for visit in state.visits]
    track = file.policy.tracks[state.track].stages
    others = [name for name in dict.fromkeys(visited) if name not in track]
    shown = [*track, *others]
    here = "here" if state.is_open else "ended here"
    furthest = max(shown.index(name) for name in visited)
    found = []
    for position, name in enumerate(shown):
        may_come = position > furthest or file.policy.comes_after(name, state.stage)
        after = "to come" if may_come else "left out"
        where = here if name == state.stage else "done" if name in visited else after
        found.append((file.policy.stages[name].name, where))
    return found
