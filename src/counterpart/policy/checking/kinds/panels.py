"""Kinds of finding about panels."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "panel-without-members",
        "A panel that nobody is named for",
        "warning",
        "The policy has a panel and does not say who sits on it. Choosing them takes time that a child "
        "may not have, and the choice can itself be argued about.",
        """
panels:
  - {id: resolution, members: not stated}
""",
        """
panels:
  - {id: resolution, members: {at_least_agencies: 3, parties: where possible, clause: "1"}}
""",
    ),
    Kind(
        "panel-without-authority",
        "A panel whose decision may mean anything",
        "warning",
        "The policy does not say whether what the panel decides is binding or advice. Whoever does not "
        "like it may say it is advice.",
        """
panels:
  - {id: resolution, authority: not stated}
""",
        """
panels:
  - {id: resolution, authority: binding}
""",
    ),
    Kind(
        "panel-without-report",
        "A panel that nobody learns from",
        "warning",
        "Neither the panel nor anybody else reports what it heard and decided. What went wrong for one "
        "child may then go wrong for the next.",
        """
panels:
  - {id: resolution, report: ~}
""",
        """
panels:
  - {id: resolution, report: ~}
standing:
  - id: yearly
    what: A yearly report of what panels decided
    owner: partnership.chair
    every: year
    kind: report
    clause: "1"
""",
    ),
    Kind(
        "panel-too-small",
        "A panel too small for its own rule",
        "warning",
        "The number of agencies does not fit what is said about the agencies in the disagreement. "
        "They fill it, they are more than it, or one of them could decide alone.",
        """
panels:
  - {id: resolution, members: {at_least_agencies: 1, parties: required, clause: "1"}}
""",
        """
panels:
  - {id: resolution, members: {at_least_agencies: 3, parties: required, clause: "1"}}
""",
    ),
)
