"""When a record may be placed, advice written down, a panel's meeting recorded, and learning kept.

State rules and detail rules like those of `rules` and `details`.
"""

from __future__ import annotations

from datetime import date, datetime

from counterpart.engine import events as e
from counterpart.engine.agreeing import is_agreed
from counterpart.engine.asking import Asked, Refusal
from counterpart.engine.details import LONGEST_AHEAD, LONGEST_BEFORE_RAISING
from counterpart.engine.state import CaseState, PanelState
from counterpart.policy.model import AT_THE_END, Policy
from counterpart.worktime import in_london

PLACES = ("child", "agency", "partnership")
TALKS = ("meeting", "discussion")
LOOKS_BACK = ("review", "consideration")
NO_REASON = Refusal("no_reason", "Write why.")

# --- records ---------------------------------------------------------------------------------------


def record_is_of_here(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """There is something to place: of a stage the case has been at, or of its end."""
    if target == AT_THE_END:
        if state.is_open:
            return Refusal("not_ended", "This is for when the case has ended.")
        return None
    if target not in {visit.stage for visit in state.visits}:
        return Refusal("not_been_there", "The case has not been at this stage.")
    return None


def placing_is_whole(asked: Asked) -> Refusal | None:
    ev: e.RecordPlaced = asked.proposed
    bodies = (*asked.state.parties, asked.state.partnership)
    if ev.agency not in bodies:
        return Refusal("not_a_party", "That agency is not part of this disagreement.")
    if not ev.on or set(ev.on) - set(PLACES) or len(set(ev.on)) != len(ev.on):
        return Refusal("no_such_record", "Say on which records it was placed.")
    return _day_was(asked, ev.placed_on)


def _day_was(asked: Asked, day: date) -> Refusal | None:
    if day > in_london(asked.now).date():
        return Refusal("in_the_future", "The day must not be in the future.")
    if day < in_london(asked.state.raised_at - LONGEST_BEFORE_RAISING).date():
        return Refusal(
            "too_long_ago",
            "That is more than a year before the concern was raised. Check the date.",
        )
    return None


# --- the outcome and its actions -------------------------------------------------------------------


def action_is_open(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    actions = state.outcome.actions if state.outcome else ()
    kept = {one.action.id for one in state.endings.kept}
    if target and target not in kept and not any(a.id == target for a in actions):
        return Refusal("no_such_action", "There is no such agreed action.")
    if target in state.actions_done:
        return Refusal("action_done", "This action is already recorded as done.")
    if target not in kept and not is_agreed(policy, state):
        return Refusal("not_yet_agreed", "The outcome is not confirmed by everyone yet.")
    return None


def issues_are_followed(asked: Asked) -> Refusal | None:
    """Where it is said how open issues are followed up, it is said of each of them."""
    ev: e.OutcomeProposed = asked.proposed
    if not ev.followed or (len(ev.followed) == len(ev.outstanding) and all(ev.followed)):
        return None
    return Refusal("not_followed", "Say of each issue still open how it will be followed up.")


def consideration_says_why(asked: Asked) -> Refusal | None:
    """Whether something is needed is said with the reasons, whichever it is."""
    step = asked.policy.steps[asked.proposed.step]
    is_said = step.kind != "consideration" or asked.proposed.result == "not_held"
    return None if is_said or asked.proposed.said else NO_REASON


# --- exits -----------------------------------------------------------------------------------------


def exit_keeps_its_content_out(asked: Asked) -> Refusal | None:
    """What somebody reports as a whistleblower never enters the case."""
    ev: e.ExitTaken = asked.proposed
    if asked.policy.exits[ev.exit].kind != "whistleblowing" or not ev.what:
        return None
    return Refusal(
        "no_words",
        "Write nothing here of what you report. What whistleblowing is about never enters a case.",
    )


# --- advice ----------------------------------------------------------------------------------------


def adviser_is_named(asked: Asked) -> Refusal | None:
    ev: e.AdviceRecorded = asked.proposed
    if ev.adviser is None and not ev.stated_name:
        return Refusal("no_adviser", "Say who gave the advice.")
    return None


# --- panels ----------------------------------------------------------------------------------------


def papers_are_fixed(asked: Asked) -> Refusal | None:
    """The papers of a panel are the record as it stands when it is convened."""
    if asked.proposed.papers_at == asked.state.version:
        return None
    return Refusal(
        "changed_since",
        "The record has changed since the papers were put together. Look at the newest entries first.",
    )


BEFORE_CONVENED = Refusal(
    "met_before_convened", "That is before the panel was convened. Check the date."
)


def meeting_of(state: CaseState) -> datetime | None:
    """When the panel that was convened last met, as far as its meetings are on the record."""
    panel = state.panel
    if panel is None:
        return None
    met = (
        meeting.met_at
        for meeting in state.endings.meetings
        if meeting.panel == panel.panel and not _is_before_convened(panel, meeting.met_at)
    )
    return max(met, default=None)


def is_early(state: CaseState, met_at: datetime | None, now: datetime) -> bool:
    """Whether a decision now is one without a meeting, or before the day the panel was convened for."""
    panel = state.panel
    if panel is None:
        return False
    has_met = met_at is not None or meeting_of(state) is not None
    return not has_met or in_london(now).date() < in_london(panel.meets_at).date()


def early_decision_says_why(asked: Asked) -> Refusal | None:
    """A panel may decide at once where that is urgent; it says so."""
    ev: e.PanelDecided = asked.proposed
    panel = asked.state.panel
    if ev.met_at is not None and panel is not None:
        if ev.met_at > asked.now:
            return Refusal("in_the_future", "The date and time must be in the past.")
        if _is_before_convened(panel, ev.met_at):
            return BEFORE_CONVENED
    if ev.why_early or not is_early(asked.state, ev.met_at, asked.now):
        return None
    return Refusal(
        "no_meeting",
        "Say when the panel met. If it decides without a meeting, or before the day it was convened for, "
        "write why.",
    )


def meeting_is_of_this_panel(asked: Asked) -> Refusal | None:
    """What is written down later is still of the panel that was convened, and not before it was."""
    ev: e.PanelMet = asked.proposed
    panel = asked.state.panel
    if panel is None or ev.panel != panel.panel:
        return Refusal("no_panel_here", "The policy has no such panel at this stage.")
    return BEFORE_CONVENED if _is_before_convened(panel, asked.happened_at) else None


def _is_before_convened(panel: PanelState, at: datetime) -> bool:
    """By the day: the minute of a meeting is written down by hand."""
    return in_london(at).date() < in_london(panel.convened_at).date()


def panel_has_decided(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """A panel’s report is made once it has decided, whatever has become of the case since."""
    if any(running.clock == target for running in state.clocks):
        return None
    return Refusal("not_decided", "This is for when the panel has decided.")


def members_came(asked: Asked) -> Refusal | None:
    ev: e.PanelMet = asked.proposed
    members = {m.post for m in asked.state.panel.members} if asked.state.panel else set()
    if not ev.came:
        return Refusal("nobody_came", "Say who came.")
    if set(ev.came) - members or len(set(ev.came)) != len(ev.came):
        return Refusal("no_such_member", "Somebody named is not on the panel.")
    return None


# --- learning --------------------------------------------------------------------------------------


def there_is_time_to_learn(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """Learning is for afterwards, or for a stage at which the case is looked back on."""
    steps = (*policy.stages[state.stage].steps, *policy.offered("always"))
    if not state.is_open or any(step.kind in LOOKS_BACK for step in steps):
        return None
    return Refusal("not_ended", "This is for when the case has ended.")


def point_is_open(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    point = state.endings.point(target)
    if point is None:
        return Refusal("no_such_point", "There is no such learning point.")
    if point.done_at is not None:
        return Refusal("point_done", "This is already recorded as done.")
    return None


def point_is_here(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    if state.endings.point(target) is not None:
        return None
    return Refusal("no_such_point", "There is no such learning point.")


def point_is_well_made(asked: Asked) -> Refusal | None:
    ev: e.LearningPointRecorded = asked.proposed
    if ev.body not in (*asked.state.parties, asked.state.partnership):
        return Refusal("not_a_party", "Choose somebody in one of the agencies here, or the office.")
    if asked.state.endings.point(ev.point) is not None:
        return Refusal("same_point", "This is on the record already.")
    if ev.due_on < in_london(asked.now).date():
        return Refusal("action_past", "It needs a date that is still to come.")
    if ev.due_on > in_london(asked.now + LONGEST_AHEAD).date():
        return Refusal("action_far", "The date is more than three years away. Check it.")
    return None


def policy_has_no_debrief(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    """Where the policy itself has people talk it over afterwards, that step is the debrief."""
    for step in policy.offered("afterwards"):
        if step.kind in TALKS:
            return Refusal(
                "debrief_is_a_step", f"The policy has a step for this: “{step.what}”. Record that."
            )
    return None


def debrief_is_of_here(asked: Asked) -> Refusal | None:
    """It is offered to somebody who took part: nobody else is told of a case by it."""
    state, ev = asked.state, asked.proposed
    if ev.body not in (*state.parties, state.partnership):
        return Refusal("not_a_party", "Choose somebody in one of the agencies here, or the office.")
    wrote = {post for post, _ in state.acted}
    named = {past.post for past in state.past_seats}
    if ev.to in {*state.seats.values(), state.supporter, *wrote, *named}:
        return None
    return Refusal("not_in_case", "Choose somebody who has taken part in this case.")


def debrief_waits(policy: Policy, state: CaseState, target: str) -> Refusal | None:
    debrief = state.endings.debrief(target)
    if debrief is None:
        return Refusal("no_such_debrief", "There is no such offer to talk it over.")
    if debrief.held is not None:
        return Refusal("debrief_answered", "It is already recorded what became of this.")
    return None
