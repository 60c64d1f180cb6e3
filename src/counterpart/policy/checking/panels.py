"""Findings about panels: who sits, what their decision means, and whether anybody learns from it."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import Panel


def panel_without_members(on: Subject) -> Iterator[Finding]:
    for panel in on.policy.panels.values():
        if panel.composition.is_stated:
            continue
        words = (
            f"The policy does not say who sits on “{panel.title}”. Each time, somebody would have to "
            f"be chosen while a child waits, and a side could say that the choice was not fair. Say "
            f"how many agencies, and whether those in the disagreement sit on it."
        )
        yield finding("panel-without-members", _at(panel, "members"), panel.clause, words)


def panel_without_authority(on: Subject) -> Iterator[Finding]:
    for panel in on.policy.panels.values():
        if panel.authority != "not stated":
            continue
        words = (
            f"The policy does not say what the decision of “{panel.title}” means. A side that does "
            f"not like it may say that it was only advice, and the child’s case stays open. Say "
            f"whether it is binding, arbitration, a recommendation or mediation."
        )
        yield finding(
            "panel-without-authority", _at(panel, "authority"), panel.decision_clause, words
        )


def panel_without_report(on: Subject) -> Iterator[Finding]:
    """No report of the panel's own, and no standing duty to report."""
    reports = any(
        duty.kind in ("report", "return") or "report" in duty.what.lower()
        for duty in on.policy.standing
    )
    for panel in on.policy.panels.values():
        if panel.report is not None or reports:
            continue
        words = (
            f"Nothing says that “{panel.title}” reports what it heard and decided. What went wrong "
            f"for one child could then go wrong for the next. Add a “report”, or a standing duty to "
            f"report on the panels of a year."
        )
        yield finding("panel-without-report", _at(panel), panel.clause, words)


def panel_too_small(on: Subject) -> Iterator[Finding]:
    """Fewer agencies than its own rule about the parties needs, or one party alone."""
    for panel in on.policy.panels.values():
        if why := _too_small(panel):
            words = (
                f"“{panel.title}” needs at least {panel.composition.at_least_agencies} "
                f"{'agency' if panel.composition.at_least_agencies == 1 else 'agencies'}, {why} Write "
                f"a number under “at_least_agencies” that fits."
            )
            at = _at(panel, "members", "at_least_agencies")
            yield finding("panel-too-small", at, panel.composition.clause, words)


def _too_small(panel: Panel) -> str | None:
    rule = panel.composition
    if not rule.is_stated:
        return None
    if rule.parties == "required" and rule.at_least_agencies < 2:
        return (
            "but every agency in the disagreement must sit on it, and there are always two or more."
        )
    if rule.parties == "required" and rule.is_chair_independent and rule.at_least_agencies < 3:
        return (
            "and the agencies in the disagreement fill that number. The chair must come from outside "
            "it, and nobody else need be there."
        )
    outside = rule.is_chair_independent or (
        panel.chaired_by and panel.chaired_by.side == "partnership"
    )
    if rule.at_least_agencies == 1 and rule.parties != "excluded" and not outside:
        return "so one agency in the disagreement could decide it alone."
    return None


def _at(panel: Panel, *more: str) -> tuple[str, ...]:
    return ("panels", panel.id, *more)


RULES = (panel_without_members, panel_without_authority, panel_without_report, panel_too_small)
