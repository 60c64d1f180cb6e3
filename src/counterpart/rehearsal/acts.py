"""Each act an example can tell of: what may stand in its line, and the event it proposes.

To add an act, add an entry to `ACTS`: how its own value is read, which other keys it may have,
and a function from the case and what was read to the events that follow, any of which may be
refused; several that are one act stand together. A name the policy does not have is `NotInPolicy`,
with the nearest it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.deciding import basis_of
from counterpart.engine.kinds import Code, Id, Words
from counterpart.policy.model import Seat
from counterpart.rehearsal import acts_between, acts_endings
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.act import ITSELF, RAISING, Act, Make, Read
from counterpart.rehearsal.acts_between import attended
from counterpart.rehearsal.directory import RoleAt
from counterpart.rehearsal.fields import Reader
from counterpart.rehearsal.naming import known
from counterpart.rehearsal.playing import Rehearsal

SOMEHOW = Code("video")


# --- one function an act --------------------------------------------------------------------------


def _recorded(case: Rehearsal, read: Read) -> Iterable[Any]:
    step = e.StepRecorded(
        step=known(case.policy.steps, "step", read[ITSELF]),
        how=SOMEHOW,
        result=Code(read.get("result", "done")),
        agencies=tuple(map(Id, read.get("with", ()))),
        said=Words("" if read.get("no reason") else "It was said."),
    )
    came = attended(case, read)
    yield (step, came) if came else step


def _moved(case: Rehearsal, read: Read) -> Iterable[Any]:
    because = (known(case.policy.conditions, "condition", name) for name in read.get("because", ()))
    reason = Words("" if read.get("no reason") else "It has to go on.")
    way = known(case.policy.ways_on, "way on", read[ITSELF])
    yield case.move(way, grounds=tuple(because), reason=reason)


def _outcome(case: Rehearsal, read: Read) -> Iterable[Any]:
    panel = case.state.panel
    decided = panel is not None and panel.decided_at is not None
    basis = basis_of(case.policy, panel.panel) if panel and decided else "agreement"
    yield case.outcome(*_actions(case, read), basis=basis, lead=_lead(case, read))


def _actions(case: Rehearsal, read: Read) -> Iterable[e.Action]:
    """`actions: {new-plan: social-care by 2026-12-01}`: each by whoever speaks for the agency."""
    for name, (agency, due_on) in read.get("actions", {}).items():
        side = Seat(case.state.side_of(Id(agency)) or "receiving")
        post = case.actor(side, Id(agency)).post
        yield e.Action(id=Id(name), agency=Id(agency), post=post, due_on=due_on)


def _lead(case: Rehearsal, read: Read) -> Id | None:
    """The lead manager: as the line says, or whoever usually is where the policy asks for one."""
    said: RoleAt | None = read.get("lead")
    if said is not None:
        return case.actor_at(said.body, known(case.policy.roles, "role", said.role)).post
    lead = case.policy.closing.lead
    return case.actor(lead.of).post if lead and not read.get("no lead") else None


def _confirmed(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield case.confirmation(read[ITSELF])


def _dissented(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.OutcomeDissented(number=case.state.texts, agency=Id(read[ITSELF]))


def _limit_set(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.LimitSet(clock=known(case.policy.clocks, "time", read[ITSELF]), due_at=read["to"])


def _convened(case: Rehearsal, read: Read) -> Iterable[Any]:
    seats = [*((agency, "member") for agency in read[ITSELF]), (read["chair"], "chair")]
    yield e.PanelConvened(
        panel=_panel_here(case),
        members=tuple(_member(i, agency, part) for i, (agency, part) in enumerate(seats)),
        meets_at=read.get("meets", case.now),
        papers_at=case.state.version,
        are_clear=True,
        why_parties_absent=Words("Not possible.") if read.get("why party missing") else Words(""),
    )


def _member(i: int, agency: str, part: str) -> e.Member:
    return e.Member(
        post=Id(f"{agency}-member-{i}"),
        agency=Id(agency),
        person=Id(f"{agency}-member-{i}-person"),
        part=Code(part),
    )


def _heard(_: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.RepresentationHeard(
        agency=Id(read[ITSELF]), how=Code(read.get("how", "in person").replace(" ", "_"))
    )


def _decided(case: Rehearsal, read: Read) -> Iterable[Any]:
    panel = _panel_here(case)
    authority = case.policy.panels[panel].authority if panel else ""
    why = Words("" if read.get("no reason") else "It cannot wait for a meeting.")
    yield e.PanelDecided(panel=panel, authority=Code(authority), why_early=why)
    basis = basis_of(case.policy, panel)
    yield case.outcome(*_actions(case, read), basis=basis, lead=_lead(case, read))


def _panel_here(case: Rehearsal) -> Code:
    """The panel of this stage. Where there is none, a name that the engine refuses in its own words."""
    return Code(case.policy.stages[case.state.stage].panel or "")


def _redirected(_: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.PartyRedirected(from_agency=Id(read[ITSELF]), to=e.Party(agency=Id(read["it is"])))


def _seat_named(case: Rehearsal, read: Read) -> Iterable[Any]:
    """Somebody says which post it is; of several, the first."""
    where: RoleAt = read[ITSELF]
    role = known((*case.policy.roles, "supporter"), "role", where.role)
    tiers = case.policy.roles[role].tiers if role in case.policy.roles else ()
    posts = case.directory.posts(Id(where.body), tiers)
    seat = e.SeatTaken(body=Id(where.body), role=role, post=posts[0].id if posts else None)
    yield e.SeatNamed(seat=seat, cause=Code("named"))


def _approval_asked(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.ApprovalAsked(way=known(case.policy.ways_on, "way on", read[ITSELF]))


def _approval(*, is_given: bool) -> Make:
    def make(case: Rehearsal, read: Read) -> Iterable[Any]:
        way = known(case.policy.ways_on, "way on", read[ITSELF])
        yield e.ApprovalAnswered(way=way, is_given=is_given)

    return make


def _answer(*, is_satisfied: bool) -> Make:
    def make(case: Rehearsal, read: Read) -> Iterable[Any]:
        step = known(case.policy.steps, "step", read[ITSELF])
        yield e.AnswerGiven(step=step, is_satisfied=is_satisfied)

    return make


def _left(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.ExitTaken(exit=known(case.policy.exits, "way out", read[ITSELF]))


def _limit_agreed(case: Rehearsal, read: Read) -> Iterable[Any]:
    clock = known(case.policy.clocks, "time", read[ITSELF])
    yield e.LimitAgreed(clock=clock, agency=Id(read["by"].body))


def _band(case: Rehearsal, read: Read) -> Iterable[Any]:
    bands = case.policy.bands.bands if case.policy.bands else ()
    yield e.BandSet(band=known((band.id for band in bands), "band", read[ITSELF]))


def _date(case: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.OutsideDateGiven(which=known(case.policy.dates, "date", read[ITSELF]), on=read["on"])


def _action_done(case: Rehearsal, read: Read) -> Iterable[Any]:
    actions = case.state.outcome.actions if case.state.outcome else ()
    yield e.ActionDone(action=Id(known((a.id for a in actions), "agreed action", read[ITSELF])))


# --- who does it, unless the line says ------------------------------------------------------------


def _agency_itself(_: Rehearsal, read: Read) -> str:
    return str(read[ITSELF])


def _whose_step(case: Rehearsal, read: Read) -> Seat:
    step = case.policy.steps.get(read[ITSELF])
    return step.by if step else RAISING


def _whose_way(case: Rehearsal, read: Read) -> Seat:
    way = case.policy.ways_on.get(read[ITSELF])
    return way.by if way else RAISING


def _who_approves(case: Rehearsal, read: Read) -> Seat:
    way = case.policy.ways_on.get(read[ITSELF])
    return way.approval if way and way.approval else RAISING


def _who_answers(case: Rehearsal, read: Read) -> Seat:
    step = case.policy.steps.get(read[ITSELF])
    return step.satisfies if step and step.satisfies else RAISING


def _who_sets(case: Rehearsal, read: Read) -> Seat:
    clock = case.policy.clocks.get(read[ITSELF])
    return clock.limit.set_by if clock and clock.limit.set_by else RAISING


def _who_bands(case: Rehearsal, _: Read) -> Seat:
    return case.policy.bands.set_by if case.policy.bands else RAISING


def _whose_panel(case: Rehearsal, _: Read) -> Seat:
    panel = case.policy.panels.get(_panel_here(case))
    return panel.convened_by if panel else RAISING


RESULTS = ("done", "agreed", "partly", "not_agreed", "not_held", "needed", "not_needed")
_TEXT: Mapping[str, Reader] = {
    "actions": n.actions,
    "lead": n.role_at,
    "no lead": n.flag,
}
"""What a text of the outcome may have."""

ACTS: Mapping[str, Act] = {
    "recorded": Act(
        n.text,
        _recorded,
        keys={
            "with": n.agencies,
            "result": n.one_of(*RESULTS),
            "apologies": n.agencies,
            "absent": n.agencies,
            "no reason": n.flag,
        },
        who=_whose_step,
    ),
    "satisfied": Act(n.text, _answer(is_satisfied=True), who=_who_answers),
    "not satisfied": Act(n.text, _answer(is_satisfied=False), who=_who_answers),
    "moved on": Act(n.text, _moved, keys={"because": n.names, "no reason": n.flag}, who=_whose_way),
    "approval asked": Act(n.text, _approval_asked, who=_whose_way),
    "approval given": Act(n.text, _approval(is_given=True), who=_who_approves),
    "approval refused": Act(n.text, _approval(is_given=False), who=_who_approves),
    "left by": Act(n.text, _left),
    "immediate risk": Act(n.moment, lambda *_: (e.ImmediateRiskReported(),)),
    "time set": Act(n.text, _limit_set, keys={"to": n.moment}, needs=("to",), who=_who_sets),
    "time agreed": Act(n.text, _limit_agreed, needs=("by",)),
    "band set": Act(n.text, _band, who=_who_bands),
    "date given": Act(n.text, _date, keys={"on": n.day}, needs=("on",)),
    "time passes to": Act(n.moment, lambda *_: ()),
    "named": Act(n.role_at, _seat_named),
    "not us": Act(
        n.agency,
        _redirected,
        keys={"it is": n.agency},
        needs=("it is",),
        who=_agency_itself,
    ),
    "outcome written": Act(n.moment, _outcome, keys=_TEXT),
    "confirmed by": Act(n.agency, _confirmed, who=_agency_itself),
    "not agreed by": Act(n.agency, _dissented, who=_agency_itself),
    "action done": Act(n.text, _action_done),
    "panel convened": Act(
        n.agencies,
        _convened,
        keys={"chair": n.agency, "meets": n.moment, "why party missing": n.flag},
        needs=("chair",),
        who=_whose_panel,
    ),
    "heard": Act(
        n.agency,
        _heard,
        keys={"how": n.one_of("in person", "in writing", "declined")},
        who=_whose_panel,
    ),
    "panel decided": Act(n.moment, _decided, keys={**_TEXT, "no reason": n.flag}, who=_whose_panel),
    "gap reported": Act(n.moment, lambda *_: (e.PolicyGapReported(),)),
    "withdrawn": Act(n.moment, lambda *_: (e.CaseWithdrawn(),)),
    "opened again": Act(n.moment, lambda case, _: (e.CaseReopened(stage=case.state.stage),)),
    **acts_between.ACTS,
    **acts_endings.ACTS,
}
"""Every act but the first of a story, which is `raised`."""
