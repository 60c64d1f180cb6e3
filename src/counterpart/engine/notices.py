"""Who is owed word of what has just happened, by post or by person.

Worked out from the state before and after, never sent from here. A notice says that there is
something to see and what kind it is; it never carries names or narrative. Who is asked to come to a
meeting or a panel is in `gatherings`: that depends on what each was told before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterpart.engine import contact, keeping
from counterpart.engine import events as e
from counterpart.engine.between_duties import RISK_ANSWER, seat_of, told_of_risk
from counterpart.engine.directory import Directory
from counterpart.engine.duties import Duty, candidates, owner, place
from counterpart.engine.kinds import Id
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState
from counterpart.policy.model import RECORD, Policy, RecordRule, Seat

URGENT = "urgent"
NEW_DUTY = "new_duty"
NEW_ENTRY = "new_entry"
ON_PANEL = "on_panel"
PANEL_OFF = "panel_off"
MEETING = "meeting"
MEETING_OFF = "meeting_off"
POLICY_GAP = "policy_gap"
ENDED = "ended"
CAME_HERE = "came_here"
TIME_PASSED = "time_passed"
DUE_SOON = "due_soon"
JUST_MISSED = "just_missed"
LEFT = "left"
LATE = "late"
STILL_AT_RISK = "still_at_risk"
WATCH = "watch"
"""A case that whoever has the desk may not see is for somebody else of the office to watch."""
UNWATCHED = "unwatched"
"""There is nobody in the office who may watch a case. It is about no case: it says a reference, and no more."""
LETTER = "letter"
TO_PLACE = "to_place"
"""A record waits to be placed. It is told in the morning, and not by an e-mail at once."""
LEARNING = "learning"
"""Something that was to be learned from a case has been seen to."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Word owed to one post or one person. `about` is the entry or the duty it is about.

    A letter is `marked`, and goes to the `addressee` at the `address`, as the policy asks: all in the
    policy's words, "" where it asks for none.
    """

    kind: str
    about: str
    post: Id | None = None
    person: Id | None = None
    clock: str = ""
    marked: str = ""
    addressee: str = ""
    address: str = ""


def notices(
    policy: Policy,
    state: CaseState,
    new: Sequence[Recorded],
    before: Sequence[Duty],
    after: Sequence[Duty],
    directory: Directory,
) -> tuple[Notice, ...]:
    """Every notice owed for the new entries, each once, urgent ones first."""
    found: list[Notice] = []
    entry = new[0].id
    if state.urgent_by in {r.id for r in new} and policy.urgent:
        for seat in policy.urgent.tells:
            found += _to_seat(policy, state, directory, seat, Notice(URGENT, entry))
    had = {(d.id, d.post) for d in before}
    found += [
        Notice(_kind_of(policy, d), d.id, post=d.post, clock=d.clock)
        for d in after
        if d.post is not None and (d.id, d.post) not in had
    ]
    for recorded in new:
        if isinstance(recorded.event, e.PolicyGapReported) and policy.gaps:
            seat = policy.gaps.tell
            found += _to_seat(policy, state, directory, seat, Notice(POLICY_GAP, recorded.id))
        if isinstance(recorded.event, e.StepRecorded) and recorded.event.letter_to:
            found.append(letter(policy, recorded.event.step, recorded.id, recorded.event.letter_to))
        found += _of_the_stage(policy, state, directory, recorded)
        found += _of_a_missed_time(policy, state, directory, recorded)
        found += _of_remaining_risk(policy, state, directory, recorded)
        found += _of_the_other_side(policy, state, directory, recorded)
        found += _of_who_left(recorded, after)
        found += _of_its_end(state, recorded)
        found += _of_a_report(policy, state, directory, recorded)
    if all(type(recorded.event) in keeping.HOW for recorded in new):
        return tuple(dict.fromkeys(found))  # who is kept from what is not news
    kind = ENDED if not state.is_open else NEW_ENTRY
    for rule in policy.records:
        if not _is_for_now(rule, state):
            continue
        for seat in rule.shared_with:
            found += _to_seat(policy, state, directory, seat, Notice(kind, entry))
    actor = new[0].actor
    return tuple(
        n
        for n in told_once(tuple(dict.fromkeys(found)), after)
        if n.kind in (URGENT, STILL_AT_RISK, NEW_DUTY, TO_PLACE, CAME_HERE, TIME_PASSED, LETTER)
        or (n.person != actor.person if n.person else n.post != actor.post)
    )


def _kind_of(policy: Policy, duty: Duty) -> str:
    """What kind of word a new duty is: the record of a stage waits, and nobody is called to it."""
    clock = policy.clocks.get(duty.clock)
    return TO_PLACE if clock is not None and clock.act == RECORD else NEW_DUTY


def _of_its_end(state: CaseState, recorded: Recorded) -> list[Notice]:
    """Word to whoever raised it of what was decided or learned, or that another withdrew it, and to whom
    a talk is offered.
    """
    event, told = recorded.event, Notice(NEW_ENTRY, recorded.id)
    match event:
        case e.PanelDecided() if state.raiser is not None:
            return [replace(told, person=state.raiser)]
        case e.CaseWithdrawn() if state.between.risk_of(recorded.id):
            return [replace(told, kind=ENDED, person=state.raiser)]
        case e.LearningPointDone() if state.raiser is not None:
            return [replace(told, kind=LEARNING, person=state.raiser)]
        case e.DebriefOffered(to=post):
            return [replace(told, post=post)]
        case _:
            return []


def _of_a_report(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word of a panel’s report to those it is for."""
    if not isinstance(recorded.event, e.StepRecorded):
        return []
    step = policy.steps[recorded.event.step]
    if step.offered != "panel" or step.counterpart is None:
        return []
    return _to_seat(policy, state, directory, step.counterpart, Notice(NEW_ENTRY, recorded.id))


def letter(policy: Policy, step: str, entry: str, post: Id) -> Notice:
    """The word that a letter, which a step of the policy asks for, waits for a post."""
    asked = policy.steps[step]
    to = policy.roles.get(asked.counterpart.role or "") if asked.counterpart else None
    return Notice(
        LETTER,
        entry,
        post=post,
        marked=asked.letter.marked if asked.letter else "",
        addressee=to.title if to else "",
        address=asked.letter.to if asked.letter else "",
    )


def untold(policy: Policy, state: CaseState, directory: Directory) -> bool:
    """Whether somebody the policy tells of immediate risk cannot be: no post, or nobody in it.

    The caller then tells the partnership's own office instead.
    """
    if policy.urgent is None:
        return False
    for seat in policy.urgent.tells:
        if seat.side in ("outside", "raiser"):
            continue
        body, role = place(policy, state, seat, None)
        _, nobody = owner(policy, state, directory, body, role)
        if nobody is not None and not candidates(policy, directory, body, role):
            return True
    return False


def is_unheard(
    policy: Policy, state: CaseState, directory: Directory, new: Sequence[Recorded]
) -> bool:
    """Whether somebody has just said that risk remains, and nobody can be told of it.

    The caller then tells the partnership's own office instead.
    """
    said = [r for r in new if isinstance(r.event, e.RemainingRiskStated) and r.event.is_at_risk]
    return bool(said) and not any(_of_remaining_risk(policy, state, directory, r) for r in said)


def _is_for_now(rule: RecordRule, state: CaseState) -> bool:
    if rule.at_end:
        return not state.is_open
    return not rule.stages or state.stage in rule.stages


def _of_the_stage(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word to those whom the policy tells when a case comes to a stage."""
    if not isinstance(recorded.event, e.ConcernRaised | e.MovedOn | e.CaseReopened):
        return []
    seats = policy.stages[state.stage].tells
    told = Notice(CAME_HERE, recorded.id)
    return [n for seat in seats for n in _to_seat(policy, state, directory, seat, told)]


def _of_a_missed_time(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word to those whom the policy tells when a time has passed."""
    if not isinstance(recorded.event, e.LimitPassed):
        return []
    rule = policy.clocks[recorded.event.clock].if_missed
    told = Notice(TIME_PASSED, recorded.id, clock=recorded.event.clock)
    seats = rule.tells if rule else ()
    return [n for seat in seats for n in _to_seat(policy, state, directory, seat, told)]


def _of_remaining_risk(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word at once that whoever raised it still believes the child to be at risk."""
    if not isinstance(recorded.event, e.RemainingRiskStated) or not recorded.event.is_at_risk:
        return []
    told = Notice(STILL_AT_RISK, recorded.id)
    risk = state.between.risk_of(recorded.event.settled_by)
    seats = told_of_risk(policy, state, directory, risk) if risk else ()
    return [n for seat in seats for n in _to_seat(policy, state, directory, seat, told)]


def told_once(owed: Sequence[Notice], duties: Sequence[Duty]) -> tuple[Notice, ...]:
    """One word to a post that is told of risk and has to answer for it, and not two.

    What tells it of the risk says what there is to do.
    """
    told_of = {(n.about, n.post) for n in owed if n.kind == STILL_AT_RISK}
    both = {
        d.id: (d.opened_by, d.post)
        for d in duties
        if d.clock == RISK_ANSWER and (d.opened_by, d.post) in told_of
    }
    answers = set(both.values())
    return tuple(
        replace(n, clock=RISK_ANSWER) if (n.about, n.post) in answers else n
        for n in owed
        if n.kind != NEW_DUTY or n.about not in both
    )


def has_left(recorded: Recorded) -> bool:
    """Whether somebody said of themselves that they should not deal with the case."""
    event, person = recorded.event, recorded.actor.person
    return isinstance(event, e.PersonKeptOut) and event.person == person


def _of_who_left(recorded: Recorded, after: Sequence[Duty]) -> list[Notice]:
    """Word anew to the post of somebody who has left: whoever else holds or covers it has it to do now."""
    post = recorded.actor.post
    if post is None or not has_left(recorded):
        return []
    return [
        Notice(NEW_DUTY, duty.id, post=post, clock=duty.clock)
        for duty in after
        if duty.post == post and duty.nobody is None
    ]


def _of_the_other_side(
    policy: Policy, state: CaseState, directory: Directory, recorded: Recorded
) -> list[Notice]:
    """Word to the agencies that wait for what has been said, or were asked to come."""
    told = Notice(NEW_ENTRY, recorded.id)
    found = []
    for agency in _who_waited(state, recorded.event):
        body, role = place(policy, state, seat_of(state, agency), agency)
        post, _ = owner(policy, state, directory, body, role)
        if post is not None:
            found.append(replace(told, post=post))
    return found


def _who_waited(state: CaseState, event: object) -> tuple[Id, ...]:
    between = state.between
    match event:
        case e.InformationAcknowledged(asked=asked) | e.InformationAnswered(asked=asked):
            question = between.question(asked)
            return (question.by,) if question else ()
        case e.MeetingRequired(agencies=agencies):
            return agencies
        case e.MeetingCalledOff(meeting=id):
            meeting = between.meeting(id)
            return meeting.agencies if meeting else ()
        case e.ExtensionAnswered(proposed=proposed):
            extension = between.extension(proposed)
            if extension is None or extension.waits_for(state.parties):
                return ()
            return state.parties if all(extension.answers.values()) else (extension.by,)
        case _:
            return ()


def _to_seat(
    policy: Policy, state: CaseState, directory: Directory, seat: Seat, notice: Notice
) -> list[Notice]:
    if seat.side == "outside":
        return []  # they are no users: telling them is a step that somebody takes
    if seat.side == "raiser":
        if state.raiser is None:
            return []
        return [replace(notice, person=state.raiser)]
    if seat.side == "receiving" and not contact.has_begun(policy, state):
        return []
    abouts = state.receiving_agencies if seat.side == "receiving" else (None,)
    if seat.side == "each":
        abouts = state.parties
    found = []
    for about in abouts:
        body, role = place(policy, state, seat, about)
        post, _ = owner(policy, state, directory, body, role)
        posts = [post] if post else [p.id for p in candidates(policy, directory, body, role)]
        if notice.kind in (URGENT, STILL_AT_RISK) or len(posts) == 1:
            found += [replace(notice, post=p) for p in posts]
    return found
