"""Findings about what every policy needs: an urgent route, records, confirmation, and its own review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import Policy
from counterpart.policy.phrases import day_words

_YEARS = {"year": 1, "two years": 2, "three years": 3}


def no_urgent_route(on: Subject) -> Iterator[Finding]:
    if on.policy.urgent is not None:
        return
    words = (
        f"{on.says} does not say what to do when a child is at risk of immediate harm while people "
        f"disagree. The pages still say to call 999, but nobody in the agencies would be told. Add "
        "“urgent”: when it is used, who does what at once, and who is told."
    )
    yield finding("no-urgent-route", ("urgent",), on.policy.clause, words)


def urgent_nobody_told(on: Subject) -> Iterator[Finding]:
    urgent = on.policy.urgent
    if urgent is None or urgent.tells or any(step.counterpart for step in urgent.steps):
        return
    words = (
        "There is an urgent route, and it tells nobody. A person who reports that a child is at risk "
        "of immediate harm would be the only one who knows. Name who is told, under “tells”."
    )
    yield finding("urgent-nobody-told", ("urgent", "tells"), urgent.clause, words)


def no_record_duty(on: Subject) -> Iterator[Finding]:
    if any(rule.force != "may" for rule in on.policy.records):
        return
    words = (
        f"{on.says} does not say that what is done and decided must be written down. Counterpart "
        f"keeps its own record, but a talk by telephone that nobody enters is lost, and with it what "
        "was promised for the child. Add “records”: what is written, and with whom it is shared."
    )
    yield finding("no-record-duty", ("records",), on.policy.clause, words)


def not_shared_with_the_raiser(on: Subject) -> Iterator[Finding]:
    """Records are shared, and never with the person who raised the concern."""
    records = [rule for rule in on.policy.records if rule.force != "may"]
    if not records or any(seat.side == "raiser" for rule in records for seat in rule.shared_with):
        return
    words = (
        "What is written down is not shared with the person who raised the concern. They may go on "
        "seeing the child without knowing what was agreed, and could not say that it is not working. "
        "Add “raiser” to “shared_with”."
    )
    yield finding(
        "not-shared-with-the-raiser", ("records", 0, "shared_with"), records[0].clause, words
    )


def confirmed_by_one_side(on: Subject) -> Iterator[Finding]:
    closing = on.policy.closing
    if closing.confirmed_by.side == "each":
        return
    side = (
        "side that raised the concern" if closing.confirmed_by.side == "raising" else "other side"
    )
    words = (
        f"Only the {side} confirms the outcome in writing. A case could close on words that the "
        f"others never agreed to, and what they were to do for the child may not be done. Write "
        f"“confirmed_by: each” if both are meant to confirm."
    )
    yield finding("confirmed-by-one-side", ("closing", "confirmed_by"), closing.clause, words)


def review_overdue(on: Subject) -> Iterator[Finding]:
    due = review_due(on.policy)
    review = on.policy.review
    if due is None or review is None or due >= on.today:
        return
    how = "" if review.due else f", a {review.every} after it came into force,"
    words = (
        f"The review of this policy was due on {day_words(due)}{how} and is overdue. People may be "
        f"following rules, and calling on posts, that are no longer right for children now. Review "
        f"it, or write the new date."
    )
    yield finding("review-overdue", ("review",), review.clause, words)


def no_review_date(on: Subject) -> Iterator[Finding]:
    if review_due(on.policy) is not None:
        return
    said = "from when" if on.policy.review and on.policy.review.every else "when"
    words = (
        f"{on.says} does not say {said} it is itself to be reviewed. Policies go out of date without "
        f"anybody noticing. Write a date: “review: {{due: …}}”."
    )
    clause = on.policy.review.clause if on.policy.review else on.policy.clause
    yield finding("no-review-date", ("review",), clause, words)


def review_due(policy: Policy) -> date | None:
    """The day a policy is to be reviewed: the one it gives, or so many years after it began."""
    review, began = policy.review, policy.in_force_from
    if review is None or review.due or not review.every or began is None:
        return review.due if review else None
    year = began.year + _YEARS[review.every]
    return date(year, began.month, 28 if (began.month, began.day) == (2, 29) else began.day)


RULES = (
    no_urgent_route,
    urgent_nobody_told,
    no_record_duty,
    not_shared_with_the_raiser,
    confirmed_by_one_side,
    review_overdue,
    no_review_date,
)
