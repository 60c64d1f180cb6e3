"""Kinds of finding about what every policy needs."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "no-urgent-route",
        "No urgent route",
        "warning",
        "The policy does not say what is done when a child is at risk of immediate harm while people "
        "disagree. The emergency pages always work, but nobody in the agencies is told.",
        """
urgent: ~
""",
        """
urgent: {when: A child is at risk of immediate harm, tells: [raising.manager], clause: "1"}
""",
    ),
    Kind(
        "urgent-nobody-told",
        "An urgent route that tells nobody",
        "warning",
        "There is an urgent route, but nobody is told and no step is with anybody. The person who "
        "reported the risk would be alone with it.",
        """
urgent: {when: A child is at risk of immediate harm, tells: [], clause: "1"}
""",
        """
urgent: {when: A child is at risk of immediate harm, tells: [raising.manager], clause: "1"}
""",
    ),
    Kind(
        "no-record-duty",
        "Nothing has to be written down",
        "warning",
        "The policy does not say that what is done and decided is to be recorded. What two people "
        "promised for a child by telephone may be remembered in two ways.",
        """
records: []
""",
        """
records:
  - {at: every stage, what: What was done, shared_with: [raiser, each], force: must, clause: "1"}
""",
    ),
    Kind(
        "not-shared-with-the-raiser",
        "The person who raised it is not told",
        "warning",
        "What is written is shared, but not with the person who raised the concern. They may be the one "
        "who sees the child next.",
        """
records:
  - {at: every stage, what: What was done, shared_with: [each], force: must, clause: "1"}
""",
        """
records:
  - {at: every stage, what: What was done, shared_with: [raiser, each], force: must, clause: "1"}
""",
    ),
    Kind(
        "confirmed-by-one-side",
        "Only one side confirms the outcome",
        "warning",
        "The case closes when one side alone has confirmed what was agreed. The other may have "
        "understood something else, and act on that.",
        """
closing: {confirmed_by: raising}
""",
        """
closing: {confirmed_by: each}
""",
    ),
    Kind(
        "review-overdue",
        "The policy’s own review is overdue",
        "warning",
        "The day on which the policy was to be reviewed has passed. The law, the agencies and their "
        "posts may have changed since.",
        """
review: {due: 2017-12-31, clause: "1"}
""",
        """
review: {due: 2028-04-01, clause: "1"}
""",
    ),
    Kind(
        "no-review-date",
        "No date for the policy’s own review",
        "note",
        "Nothing says when the policy is looked at again. A policy nobody reviews goes on being "
        "followed after it has stopped being right.",
        """
review: ~
""",
        """
review: {every: year, clause: "1"}
""",
    ),
)
