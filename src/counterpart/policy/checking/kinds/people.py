"""Kinds of finding about people."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "no-owner",
        "A role that nobody can fill",
        "error",
        "None of the tiers of a role that owns duties is one that a post in the directory can have. Its "
        "duties would stand with nobody beside them in every case.",
        """
roles:
  - {id: manager, tiers: [team_boss]}
""",
        """
roles:
  - {id: manager, tiers: [line_manager, senior_manager]}
""",
    ),
    Kind(
        "unknown-tier",
        "A tier that the directory does not have",
        "warning",
        "One of the tiers of a role is not one that a post can have, often because it is misspelt. The "
        "people meant by it would never be found.",
        """
roles:
  - {id: manager, tiers: [line_manager, senior_manger]}
""",
        """
roles:
  - {id: manager, tiers: [line_manager, senior_manager]}
""",
    ),
    Kind(
        "no-stand-in",
        "A role with nobody to stand in",
        "warning",
        "One tier alone can fill a role that owns duties. If that person is away, or is part of the "
        "disagreement, the policy names nobody else. The partnership’s own fallback always applies: "
        "the agency’s inbox, then the business manager.",
        """
roles:
  - {id: chair, tiers: [independent_chair]}
""",
        """
roles:
  - {id: chair, tiers: [independent_chair, business_manager]}
""",
    ),
    Kind(
        "different-levels",
        "The two sides speak at different levels",
        "note",
        "At a stage, one side speaks by one role and the other by another. Some policies mean this. It "
        "can also make it hard for the more junior person to hold to what they think the child needs.",
        """
stages:
  - id: managers
    speaks: {raising: worker, receiving: manager}
""",
        """
stages:
  - id: managers
    speaks: {raising: manager, receiving: manager}
""",
    ),
    Kind(
        "standing-without-owner",
        "A regular duty that nobody has",
        "warning",
        "A report, a return or an audit has no case, so it has no raising side and nobody who speaks "
        "at a stage. It needs a role, or it will not be done.",
        """
standing:
  - {id: yearly, what: A yearly summary, owner: raising.manager, every: year, clause: "1"}
""",
        """
standing:
  - {id: yearly, what: A yearly summary, owner: partnership.chair, every: year, clause: "1"}
""",
    ),
)
