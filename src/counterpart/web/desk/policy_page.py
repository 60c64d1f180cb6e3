"""The policy of one partnership as its office sees it: what is in force, what came before, what was found.

A fixed number of queries, however many cases there are. It must not change anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpart.access.visibility import KeptOut
from counterpart.casework import editions, policycomments
from counterpart.casework.editions import Publication
from counterpart.lists import finding
from counterpart.people.finders import PartnershipRecord
from counterpart.policy.checking import Finding, check
from counterpart.policy.model import Policy
from counterpart.web.desk.places import Place
from counterpart.web.lines import count_words
from counterpart.worktime import in_london

SERIOUSNESS = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class EditionShown:
    """An edition on the page. `cases` are words for how many are open under it, "" for none."""

    edition: str
    policy: str
    name: str
    at: datetime
    by: str
    is_in_force: bool
    cases: str
    cases_href: str


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """Everything the desk's page about the policy draws."""

    policy: Policy | None
    in_force: EditionShown | None
    earlier: tuple[EditionShown, ...]
    findings: tuple[Finding, ...]
    waiting: int


def policy_page(
    office: PartnershipRecord, kept_out: KeptOut, now: datetime, *, many: bool
) -> PolicyPage:
    """The page of a partnership; `many` where the person has several desks."""
    policy = editions.current(office.id)
    shown = _shown(office, kept_out, many=many)
    return PolicyPage(
        policy=policy,
        in_force=next((one for one in shown if one.is_in_force), None),
        earlier=tuple(one for one in shown if not one.is_in_force),
        findings=found_in(policy, now) if policy else (),
        waiting=policycomments.waiting(office.id),
    )


def found_in(policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """What the checker finds in a policy today, the most serious first."""
    found = check(policy, today=in_london(now).date())
    return tuple(sorted(found, key=lambda one: SERIOUSNESS.index(one.severity)))


def open_cases(office: str, kept_out: KeptOut, edition: str) -> str:
    """How many cases are open under an edition, in words; "" for none."""
    count = finding.by_edition(office, kept_out, [edition])[edition]
    return count_words(count) if count.n else ""


def _shown(office: PartnershipRecord, kept_out: KeptOut, *, many: bool) -> tuple[EditionShown, ...]:
    """Each edition once, by the last time it was put in force, the newest first."""
    last: dict[str, Publication] = {}
    for one in editions.publications(office.id):
        last.setdefault(one.edition, one)
    counts = finding.by_edition(office.id, kept_out, list(last))
    desk = Place(office.code if many else "")
    return tuple(
        EditionShown(
            edition=one.edition,
            policy=one.policy,
            name=f"{one.title}, {one.label}",
            at=one.at,
            by=one.by,
            is_in_force=one.edition == office.edition,
            cases=count_words(counts[one.edition]) if counts[one.edition].n else "",
            cases_href=desk.to("open", edition=one.edition).href,
        )
        for one in last.values()
    )
