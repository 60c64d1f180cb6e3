"""Panels: who calls them together, who sits, what they look at, and what their decision means."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.model import Composition, Panel, Policy
from counterpart.policy.phrases import limit_words, number_words, seat_words, sentence
from counterpart.policy.sections import Paragraph, Row, Rows, Section

AUTHORITY = {
    "binding": "Its decision is binding on every agency concerned.",
    "recommendation": "It recommends. The agencies decide.",
    "mediation": "It helps the agencies to agree. It does not decide.",
    "arbitration": "It decides between the agencies.",
    "not stated": "The policy does not say what its decision means.",
}
PARTIES = {
    "required": "They include every agency in the disagreement.",
    "where possible": "They include the agencies in the disagreement, where possible.",
    "excluded": "None of them is from an agency in the disagreement.",
    "not stated": "The policy does not say whether the agencies in the disagreement take part.",
}
DRAWN = {"in turn": "They are chosen in turn.", "by lot": "They are drawn by lot."}


def panels(policy: Policy) -> Iterator[Section]:
    if policy.panels:
        n = len(policy.panels)
        lead = "There is one panel." if n == 1 else f"There are {number_words(n)} panels."
        yield Section("Panels", "panels", (Paragraph(lead),))
    for panel in policy.panels.values():
        rows = Rows(tuple(_panel(policy, panel)))
        yield Section(panel.title, f"panel-{panel.id}", (rows,), level=3)


def _panel(policy: Policy, panel: Panel) -> Iterator[Row]:
    convene, decide = policy.clocks[f"convene-{panel.id}"], policy.clocks[f"decide-{panel.id}"]
    rule, because = panel.composition, (panel.decision_clause,)
    yield Row("Who convenes it", seat_words(policy, panel.convened_by), (panel.clause,))
    if panel.chaired_by:
        yield Row("Who chairs it", seat_words(policy, panel.chaired_by), (panel.clause,))
    yield Row("When it is convened", limit_words(convene.limit, policy), (convene.clause,))
    yield Row("Who sits on it", members_words(policy, rule), (rule.clause,))
    yield Row("Whom it hears", seat_words(policy, panel.hears), because)
    if panel.evidence:
        yield Row("What it looks at", sentence(panel.evidence), because)
    yield Row("When it decides", limit_words(decide.limit, policy), (decide.clause,))
    yield Row("What its decision means", AUTHORITY[panel.authority], because)
    if panel.must_decide:
        yield Row("Whether it must decide", "It must. It may not leave the matter open.", because)
    if report := panel.report:
        yield Row("What it reports", sentence(report.what), (report.clause,))
        yield Row("Who gets the report", seat_words(policy, report.to), (report.clause,))
        yield Row("When it reports", limit_words(report.limit, policy), (report.clause,))


def members_words(policy: Policy, rule: Composition) -> str:
    """Who sits on a panel, as whole sentences."""
    return " ".join(_members(policy, rule))


def _members(policy: Policy, rule: Composition) -> Iterator[str]:
    if not rule.is_stated:
        yield "The policy does not say who sits on it."
        return
    n = rule.at_least_agencies
    yield f"People from at least {number_words(n)} {'agency' if n == 1 else 'agencies'}."
    if rule.drawn_from:
        yield f"Each is from this group: {policy.roles[rule.drawn_from].title}."
    if rule.drawn:
        yield DRAWN[rule.drawn]
    yield PARTIES[rule.parties]
    if rule.is_chair_independent:
        yield "Its chair is independent."
    if rule.declares_conflicts:
        yield "Each says first whether they have a conflict of interest."
