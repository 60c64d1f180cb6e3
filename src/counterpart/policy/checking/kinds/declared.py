"""Kinds of finding about what is declared and not used, clocks that cannot run, and open words."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "clock-never-starts",
        "A duty that never comes to be owed",
        "warning",
        "Nothing that starts the duty can happen while the case is where it counts. It reads as a "
        "safeguard and is none.",
        """
clocks:
  - id: in-all
    what: Settle it between managers
    owner: raising
    over: [managers]
    starts: [opened talk]
    stops: [settled]
    limit: 10 working days
    force: must
    clause: "1"
""",
        """
clocks:
  - id: in-all
    what: Settle it between managers
    owner: raising
    over: [managers]
    starts: [opened managers]
    stops: [settled]
    limit: 10 working days
    force: must
    clause: "1"
""",
    ),
    Kind(
        "clock-never-stops",
        "A duty that nothing ends",
        "warning",
        "The duty starts and nothing that people can do ends it before the case does. It would be shown "
        "as late after it was done.",
        """
clocks:
  - id: tell
    what: Tell the chair
    owner: raising
    starts: [raised]
    limit: 2 working days
    force: must
    clause: "1"
""",
        """
clocks:
  - id: tell
    what: Tell the chair
    owner: raising
    starts: [raised]
    stops: [done speak]
    limit: 2 working days
    force: must
    clause: "1"
""",
    ),
    Kind(
        "not-used",
        "Something declared and never used",
        "note",
        "A role, person, condition, date, service or set of bands is declared and no rule uses it. It "
        "may be left over, or a rule may have been forgotten.",
        """
conditions:
  - {id: at-risk, title: The child is still at risk, clause: "1"}
""",
        """
conditions:
  - {id: at-risk, title: The child is still at risk, clause: "1"}
stages:
  - id: talk
    ways_on:
      - id: at-once
        title: Ask the managers at once
        to: managers
        by: raising
        when: [at-risk]
        limit: not stated
        force: may
        clause: "1"
""",
    ),
    Kind(
        "clause-not-cited",
        "A clause that nothing comes from",
        "note",
        "A clause of the text is listed, and no rule, reading or silence cites it. What it asks for is "
        "not being carried out here.",
        """
clauses:
  - {id: "2", title: Learning, quote: lessons are shared}
""",
        """
clauses:
  - {id: "2", title: Learning, quote: lessons are shared}
not_stated:
  - {about: How lessons are shared, why: The text does not say., clause: "2"}
""",
    ),
    Kind(
        "two-readings",
        "Words with two meanings, and no reading",
        "warning",
        "The quotation has words that partnerships read in two ways, such as “working week”, “three "
        "days” or “normally”, and nothing says which meaning was chosen. Each side could believe it "
        "is in time.",
        """
clauses:
  - {id: "1", quote: within one working week}
""",
        """
clauses:
  - {id: "1", quote: within one working week}
readings:
  - id: week
    clause: "1"
    question: What is a working week?
    reading: Five working days.
    why: This is the usual way.
""",
    ),
)
