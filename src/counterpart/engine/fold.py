"""Fold the events of a case, under its policy, into what is true now.

One function an event, on a private `draft` that is frozen once. It reads facts only, never a
clock, a directory or words, and it never refuses: what stands in the journal has happened.
Deciding whether something may happen is `deciding`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from typing import Any

from counterpart.engine import between_fold, endings_fold, keeping
from counterpart.engine import events as e
from counterpart.engine.apart import went_past_own_agency
from counterpart.engine.draft import Draft
from counterpart.engine.kinds import Id
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState, Offer, OutcomeText, PanelState
from counterpart.policy import triggers
from counterpart.policy.model import CONFIRM_OUTCOME, WRITE_OUTCOME, Policy
from counterpart.worktime import london

SETTLED = frozenset({"agreed"})
AT_END = frozenset({WRITE_OUTCOME, CONFIRM_OUTCOME})


def fold(policy: Policy, entries: Iterable[Recorded]) -> CaseState:
    """The state of a case after all its entries, oldest first.

    Raises ValueError if there is none, or the first is not the raising of a concern.
    """
    draft = Draft(policy)
    record = tuple(entries)
    for entry in record:
        draft.entry = entry
        HOW[type(entry.event)](draft, entry.event)
    return draft.frozen(record)


# --- one function an event ------------------------------------------------------------------------


def _raised(d: Draft, ev: e.ConcernRaised) -> None:
    d.raised, d.raised_by, d.raised_at = ev, d.entry.id, d.entry.happened_at
    d.edition = ev.edition
    if ev.calendar:
        d.calendars.append((ev.calendar, d.entry.happened_at))
    d.raiser = d.entry.actor.whose
    d.raising = ev.raising.agency
    d.is_with(ev.receiving)
    d.supporter = ev.supporter
    first = d.policy.tracks[ev.track].first
    speaks = d.policy.stages[first].speaks
    for party, side in ((ev.raising, "raising"), *((p, "receiving") for p in ev.receiving)):
        if party.post is not None:
            d.seats[party.agency, speaks[side]] = party.post
    d.come_to(first)
    d.say("raised")
    d.say(triggers.opened(first))
    if ev.is_urgent:
        _urgent(d)


def _urgent(d: Draft) -> None:
    """Risk may be reported again, once what was owed for the earlier report is done."""
    if d.urgent_since is None:
        d.urgent_since = d.entry.happened_at
    d.urgent_by = d.entry.id
    d.say("urgent")


def _step(d: Draft, ev: e.StepRecorded) -> None:
    step = d.policy.steps[ev.step]
    d.done.add(ev.step)
    if ev.letter_to is not None:
        d.letters.setdefault(ev.letter_to, d.entry.happened_at)
    d.say(triggers.done(ev.step), _took_part(d, ev))
    if not step.settles:
        return
    for agency in ev.agencies:
        d.results[ev.step, agency] = d.latest[agency] = ev.result
    others = d.others
    came_of_it = {d.results.get((ev.step, agency)) for agency in others}
    if came_of_it <= SETTLED:
        d.say(triggers.agreed(ev.step))
    elif None not in came_of_it:
        d.awaiting.discard(ev.step)
        d.say(triggers.not_agreed(ev.step))
    if not {d.latest.get(agency) for agency in others} <= SETTLED:
        _not_settled(d)
    elif step.satisfies:
        d.awaiting.add(ev.step)
    elif not d.is_settled:
        _settled(d)


def _settled(d: Draft) -> None:
    d.is_settled = True
    d.say("settled")
    between_fold.called_settled(d)


def _not_settled(d: Draft) -> None:
    """The sides do not agree, or no longer; the stage may now have been tried in full."""
    if d.is_settled:
        d.outcome = None
        d.unsettle()
        between_fold.no_longer_settled(d)
    talks = d.policy.talks.get(d.stage)
    if talks is not None and all((s, agency) in d.results for s in talks for agency in d.others):
        d.say(triggers.tried(d.stage))


def _answered(d: Draft, ev: e.AnswerGiven) -> None:
    d.awaiting.discard(ev.step)
    d.say(triggers.answered(ev.step))
    if ev.is_satisfied:
        _settled(d)
        return
    for agency in d.others:
        d.results[ev.step, agency] = d.latest[agency] = "not_agreed"
    _not_settled(d)


def _took_part(d: Draft, ev: e.StepRecorded) -> tuple[Id, ...] | None:
    """The agencies a step was with, or of; None where it is about none in particular."""
    own = d.entry.actor.agency
    if d.policy.steps[ev.step].settles:
        return (d.raising, *ev.agencies)
    if ev.agencies or not d.policy.clocks[ev.step].per_agency:
        return ev.agencies or None
    return (own,) if own is not None and own in d.others else None


def _moved(d: Draft, ev: e.MovedOn) -> None:
    d.unsettle()
    d.say(triggers.left(ev.from_stage))
    d.leave(d.entry.happened_at)
    d.come_to(ev.to_stage)
    between_fold.came_to_a_stage(d)
    d.stop_all_but(
        lambda clock: clock.stage is None and d.belongs(clock) and clock.id not in AT_END
    )
    for seat in ev.seats:
        d.seat(seat.body, seat.role, seat.post)
    went_past_own_agency(d, ev)
    d.outcome = None
    if d.policy.stages[ev.to_stage].panel:
        d.panel = None
    d.say(triggers.opened(ev.to_stage))


def _limit(d: Draft, ev: e.LimitSet) -> None:
    """A time set holds at once; one that the sides agree holds when every agency has agreed."""
    agency = d.entry.actor.agency
    if d.policy.clocks[ev.clock].limit.is_agreed:
        d.offers[ev.clock] = Offer(ev.due_at, frozenset({agency} if agency else ()))
        d.say(triggers.time_agreed(ev.clock))
        others = tuple(a for a in (d.raising, *d.others) if a != agency)
        d.say(triggers.time_offered(ev.clock), others)
    else:
        d.limits[ev.clock] = ev.due_at
        between_fold.time_was_set(d, ev.clock)
        d.say(triggers.time_set(ev.clock))


def _limit_agreed(d: Draft, ev: e.LimitAgreed) -> None:
    offer = d.offers[ev.clock]
    agreed = offer.agreed | {ev.agency}
    d.offers[ev.clock] = Offer(offer.due_at, agreed)
    d.say(triggers.time_agreed(ev.clock), (ev.agency,))
    if agreed >= {d.raising, *d.others}:
        d.limits[ev.clock] = offer.due_at
        between_fold.time_was_set(d, ev.clock)


def _passed(d: Draft, ev: e.LimitPassed) -> None:
    """A time passed. Where the policy says so, silence counts as not agreed, or a way on closes."""
    d.missed.add((ev.clock, ev.opened_by, ev.agency))
    d.missed_here.add(ev.clock)
    clock = d.policy.clocks[ev.clock]
    rule = clock.if_missed
    if rule and rule.then == "bar" and rule.way:
        d.barred.add(rule.way)
    d.say(triggers.missed(ev.clock))
    if rule and rule.then == "fail" and clock.step and d.policy.steps[clock.step].settles:
        d.done.add(clock.step)
        for agency in d.others:
            if ev.agency in (None, agency):
                d.results.setdefault((clock.step, agency), "not_held")
                d.latest.setdefault(agency, "not_held")
        _not_settled(d)


def _band(d: Draft, ev: e.BandSet) -> None:
    d.band = ev.band
    d.say("band set")


def _date(d: Draft, ev: e.OutsideDateGiven) -> None:
    """What counts from the date counts from its London midnight, and anew if it changes."""
    d.dates[ev.which] = ev.on
    trigger = triggers.on_date(ev.which)
    d.stop_all_but(lambda clock: trigger not in clock.starts)
    d.say(trigger, at=london(datetime.combine(ev.on, time())).astimezone(UTC))


def _approval_asked(d: Draft, ev: e.ApprovalAsked) -> None:
    d.approvals[ev.way] = "asked"
    d.say(triggers.asked(ev.way))


def _approval_answered(d: Draft, ev: e.ApprovalAnswered) -> None:
    d.approvals[ev.way] = "given" if ev.is_given else "refused"
    d.say(triggers.approved(ev.way) if ev.is_given else triggers.refused(ev.way))


def _exit(d: Draft, ev: e.ExitTaken) -> None:
    d.exits.append(ev.exit)
    if d.policy.exits[ev.exit].ends:
        _ended(d, "left", "left")


def _edition(d: Draft, ev: e.EditionMoved) -> None:
    """The policy given is already the new one: the whole record is read under it."""
    d.edition = ev.to_edition


def _calendar(d: Draft, ev: e.CalendarMoved) -> None:
    if not d.calendars:
        d.calendars.append((ev.from_edition, d.raised_at))
    d.calendars.append((ev.to_edition, d.entry.happened_at))


def _seat(d: Draft, ev: e.SeatNamed) -> None:
    if ev.seat.role == "supporter":
        d.support(ev.seat.post)
        d.keeping = d.keeping.supported_by(ev.seat.post)
    else:
        d.seat(ev.seat.body, ev.seat.role, ev.seat.post)


def _redirected(d: Draft, ev: e.PartyRedirected) -> None:
    """The duties towards one agency are owed towards the other, those already done as well."""
    old, new = ev.from_agency, ev.to.agency
    d.is_with(ev.to if p.agency == old else p for p in d.receiving)
    for body, role in [seat for seat in d.seats if seat[0] == old]:
        d.leave_seat(body, role)
    if ev.to.post is not None:
        d.seat(new, d.policy.stages[d.stage].speaks["receiving"], ev.to.post)
    d.outcome = None
    d.unsettle()
    tried = triggers.tried(d.stage)
    clocks = d.policy.clocks
    d.stop_all_but(lambda clock: tried not in clock.starts and clock.id not in AT_END)
    endings_fold.came_later(d, old)
    d.hand_over(old, new)
    between_fold.handed_over(d, old, new)
    between_fold.no_longer_settled(d)
    was_done = {c.clock for c in d.clocks[d.first_here :] if c.agency == old}
    for name in sorted(was_done):
        if clocks[name].step and clocks[name].stage == d.stage:
            d.start(clocks[name], (new,))


def _proposed(d: Draft, ev: e.OutcomeProposed) -> None:
    d.outcome = OutcomeText(
        ev.number, ev.basis, d.entry.id, d.entry.happened_at, ev.actions, d.answers, ev.lead
    )
    d.answers = {}
    d.texts = max(d.texts, ev.number)
    d.say("outcome proposed")


def _confirmed(d: Draft, ev: e.OutcomeConfirmed) -> None:
    d.answers[ev.agency] = "confirmed"
    d.say("confirmed", (ev.agency,))
    between_fold.confirmed(d, ev.agency)


def _dissented(d: Draft, ev: e.OutcomeDissented) -> None:
    if ev.is_own:
        return
    d.answers[ev.agency] = "dissented"
    d.say("dissented", (ev.agency,))
    if d.outcome is not None and d.outcome.basis == "agreement":
        d.is_settled = False
        # Said even where no talk had settled it: advice a panel gave may not be taken.
        d.say("unsettled")
        between_fold.no_longer_settled(d)


def _action_done(d: Draft, ev: e.ActionDone) -> None:
    d.actions_done.add(ev.action)


def _convened(d: Draft, ev: e.PanelConvened) -> None:
    d.panel = PanelState(
        *(ev.panel, ev.members, ev.meets_at, d.entry.id, d.entry.happened_at, frozenset(), None),
        ev.papers_at,
    )
    d.heard, d.decided_at = set(), None
    d.say("panel convened")


def _heard(d: Draft, ev: e.RepresentationHeard) -> None:
    d.heard.add(ev.agency)
    if d.heard >= {d.raising, *d.others}:
        d.say("panel heard")


def _decided(d: Draft, _: e.PanelDecided) -> None:
    d.decided_at = d.entry.happened_at
    d.say("panel decided")
    between_fold.called_settled(d)


def _gap(d: Draft, _: e.PolicyGapReported) -> None:
    d.gap_at = d.entry.happened_at
    d.say("gap reported")


def _withdrawn(d: Draft, _: e.CaseWithdrawn) -> None:
    _ended(d, "withdrawn", None)
    between_fold.called_settled(d, is_withdrawn=True)


def _closed(d: Draft, ev: e.CaseClosed) -> None:
    _ended(d, "closed", ev.ending)


def _ended(d: Draft, status: str, ending: str | None) -> None:
    d.end(status, ending)
    between_fold.case_ended(d)
    endings_fold.case_has_ended(d)


def _reopened(d: Draft, ev: e.CaseReopened) -> None:
    endings_fold.case_opens_again(d)
    d.stop_all_but(lambda clock: endings_fold.outlives_reopening(d, clock))
    d.status, d.ending, d.ended_at = "open", None, None
    d.is_settled, d.outcome, d.panel = False, None, None
    d.come_to(ev.stage)
    between_fold.came_to_a_stage(d)
    d.say("reopened")
    d.say(triggers.opened(ev.stage))


def _keeping(d: Draft, ev: Any) -> None:
    """Who is kept from what: `keeping` says how."""
    d.keeping = keeping.HOW[type(ev)](d.keeping, d.entry.id, d.entry.actor.person, ev)


def _no_change(d: Draft, _: object) -> None:
    """A correction stays beside the entry it corrects; the facts stand as they were."""


HOW: dict[type, Callable[[Draft, Any], None]] = {
    e.ConcernRaised: _raised,
    e.ImmediateRiskReported: lambda d, _: _urgent(d),
    e.StepRecorded: _step,
    e.LimitSet: _limit,
    e.MovedOn: _moved,
    e.SeatNamed: _seat,
    e.PartyRedirected: _redirected,
    e.OutcomeProposed: _proposed,
    e.OutcomeConfirmed: _confirmed,
    e.OutcomeDissented: _dissented,
    e.ActionDone: _action_done,
    e.PanelConvened: _convened,
    e.RepresentationHeard: _heard,
    e.PanelDecided: _decided,
    e.PolicyGapReported: _gap,
    e.EntryCorrected: _no_change,
    e.LimitAgreed: _limit_agreed,
    e.LimitPassed: _passed,
    e.BandSet: _band,
    e.OutsideDateGiven: _date,
    e.ApprovalAsked: _approval_asked,
    e.ApprovalAnswered: _approval_answered,
    e.AnswerGiven: _answered,
    e.ExitTaken: _exit,
    e.EditionMoved: _edition,
    e.CalendarMoved: _calendar,
    e.CaseWithdrawn: _withdrawn,
    e.CaseClosed: _closed,
    e.CaseReopened: _reopened,
    **dict.fromkeys(keeping.HOW, _keeping),
    **between_fold.HOW,
    **endings_fold.HOW,
}
