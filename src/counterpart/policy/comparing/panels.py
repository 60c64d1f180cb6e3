"""The panels and the time limits as they are compared."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.comparing.matching import View
from counterpart.policy.comparing.rules import LIMITS, PANELS, Rule
from counterpart.policy.comparing.telling import counting_words, sentences, starts_words, time_rule
from counterpart.policy.conditions import own_clocks
from counterpart.policy.model import Clock, Composition, Panel, Policy
from counterpart.policy.phrases import limit_words, listed, number_words, seat_words, small
from counterpart.worktime import DAY_ZERO

AUTHORITY = {
    "binding": "The panel’s decision is binding.",
    "recommendation": "The panel recommends. The agencies decide.",
    "mediation": "The panel helps the agencies to agree. It does not decide.",
    "arbitration": "The panel decides between the agencies.",
    "not stated": "The policy does not say what the panel’s decision means.",
}
PARTIES = {
    "required": "Every agency in the disagreement takes part",
    "where possible": "The agencies in the disagreement take part where possible",
    "excluded": "No agency in the disagreement takes part",
    "not stated": "Whether the agencies in the disagreement take part is not said",
}


def panel_rules(view: View) -> Iterator[Rule]:
    """Each panel: who calls it together, who sits, whom it hears, and what its decision means."""
    for i, panel in enumerate(view.policy.panels.values(), 1):
        yield from _panel(view, panel, f"panels {panel.id if view.is_kin else i}")


def _panel(view: View, panel: Panel, name: str) -> Iterator[Rule]:
    policy, clause = view.policy, panel.clause

    def rule(of: str, value: object, words: str, cited: str = clause) -> Rule:
        return Rule(PANELS, f"{name} {of}", value, sentences(words), cited, name)

    words = f"There is a panel: “{panel.title}”."
    none = "there is no such panel." if view.is_kin else "there is no panel."
    yield Rule(PANELS, name, view.text(panel.title), words, clause, otherwise=none)
    convener = seat_words(policy, panel.convened_by)
    yield rule("convener", view.seat(panel.convened_by), f"The panel is convened by: {convener}")
    if panel.chaired_by:
        chair = seat_words(policy, panel.chaired_by)
        yield rule("chair", view.seat(panel.chaired_by), f"The panel’s chair is: {chair}")
    yield _members(view, panel.composition, name)
    hears = seat_words(policy, panel.hears)
    decided = panel.decision_clause
    yield rule("hears", view.seat(panel.hears), f"The panel hears: {hears}", decided)
    if panel.evidence:
        yield rule("evidence", view.text(panel.evidence), f"It looks at: {panel.evidence}", decided)
    yield rule("authority", panel.authority, AUTHORITY[panel.authority], decided)
    if panel.must_decide:
        yield rule("must decide", True, "The panel must decide. It may not leave it open", decided)
    if panel.report:
        report, to = panel.report, seat_words(policy, panel.report.to)
        words = f"The panel reports: {report.what}. It goes to: {to}. {limit_words(report.limit, policy)}"
        value = view.seat(report.to), view.limit(report.limit), view.text(report.what)
        yield rule("report", value, words, report.clause)
    for word, what in (("convene", "convening the panel"), ("decide", "the panel’s decision")):
        clock = policy.clocks[f"{word}-{panel.id}"]
        yield time_rule(view, clock, f"limit of {name} {word}", name, what)


def _members(view: View, members: Composition, name: str) -> Rule:
    role = view.policy.roles.get(members.drawn_from or "")
    drawn_from = members.drawn_from if view.is_kin else role and role.tiers
    value = (
        *(members.is_stated, members.at_least_agencies, members.parties, members.drawn),
        *(members.is_chair_independent, members.declares_conflicts, drawn_from),
    )
    words = sentences(
        f"People from at least {number_words(members.at_least_agencies)} agencies sit on the panel",
        PARTIES[members.parties],
        f"Each is drawn from: {role.title}" if role else "",
        f"They are chosen {members.drawn}" if members.drawn else "",
        "The chair is independent" if members.is_chair_independent else "",
        "Members declare a conflict of interest" if members.declares_conflicts else "",
    )
    words = words if members.is_stated else "The policy does not say who sits on the panel."
    return Rule(PANELS, f"{name} members", value, words, members.clause, name)


def limit_rules(view: View) -> Iterator[Rule]:
    """The limits that no step has by itself, and how days are counted."""
    policy = view.policy
    for i, clock in enumerate(own_clocks(policy), 1):
        yield from _own(view, clock, f"clocks {clock.id if view.is_kin else i}")
    nations = listed(tuple(n.replace("-", " ").title() for n in policy.calendars))
    words = sentences(f"Bank holidays are those of {nations.replace(' And ', ' and ')}")
    yield Rule(LIMITS, "calendars", frozenset(policy.calendars), words, None)
    if policy.counting != DAY_ZERO:
        words = f"Days are counted so: {small(counting_words(policy.counting))}"
        yield Rule(LIMITS, "counting", policy.counting, words, None)
    if bands := policy.bands:
        titles = listed(tuple(band.title for band in bands.bands))
        by = seat_words(policy, bands.set_by)
        words = sentences(f"There are bands, “{bands.title}”: {titles}. They are set by: {by}")
        value = view.seat(bands.set_by), tuple(band.id for band in bands.bands)
        yield Rule(LIMITS, "bands", (*value, view.text(titles)), words, bands.clause)
    if view.is_kin:
        yield from _dates(policy)


def _dates(policy: Policy) -> Iterator[Rule]:
    for date in policy.dates.values():
        law = " The law sets it." if date.is_statutory else ""
        words = f"Time may count from this date: “{date.title}”.{law}"
        value = date.title, date.is_statutory
        yield Rule(LIMITS, f"dates {date.id}", value, words, date.clause)
    for id, service in policy.services.items():
        words = f"Time may be counted in the hours of this service: “{service.name}”."
        yield Rule(LIMITS, f"services {id}", service, words, policy.clause)


def _own(view: View, clock: Clock, name: str) -> Iterator[Rule]:
    policy = view.policy
    names = tuple(f"“{policy.stages[stage].name}”" for stage in clock.over)
    words = sentences(
        f"There is a time limit: “{clock.what}”. This {clock.force} be done",
        f"It covers, all together: {listed(names)}" if names else "",
        f"Who does it: {seat_words(policy, clock.owner)}",
        starts_words(view, clock) if view.is_kin else "",
    )
    value = (
        *(clock.force, view.seat(clock.owner)),
        tuple(view.stages[s] for s in clock.over) if view.is_kin else len(clock.over) > 1,
        view.text(clock.what, clock.starts, clock.stops, clock.resumes),
    )
    none = "there is no such limit."
    yield Rule(LIMITS, name, value, words, clock.clause, otherwise=none)
    yield time_rule(view, clock, f"limit of {name}", name, f"“{small(clock.what)}”")
