"""Kinds of finding about time."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "missed-without-a-time",
        "Something follows from a time passing, and there is no time",
        "error",
        "The policy says that the case moves on, that silence counts, or that people are told once a "
        "time has passed. Without a time it never passes, and a child’s case waits for something "
        "that cannot come.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: not stated, if_missed: {then: move, way: to-managers, clause: "1"}}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: 5 working days, if_missed: {then: move, way: to-managers, clause: "1"}}
""",
    ),
    Kind(
        "no-time",
        "A duty without a time",
        "warning",
        "Something must or should be done and nothing says by when, nor does any limit over its stage. "
        "A child could wait without anybody being late. Counterpart never invents a time: the duty is "
        "shown with none.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: as soon as possible}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: 3 working days}
""",
    ),
    Kind(
        "time-not-held",
        "The time is in a text that is not held",
        "note",
        "The policy leaves the time to another text, and that text is not here. The duty stands "
        "without a time until somebody writes what the other text says.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: "not stated: source not held"}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: 5 working days}
""",
    ),
    Kind(
        "no-time-of-its-own",
        "A duty that shares the time of its stages",
        "note",
        "The duty has no time, but a limit over several stages includes it. The child does not wait "
        "without anybody being late. One slow part can still leave nothing for the rest.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: not stated}
clocks:
  - id: two-weeks
    what: Settle it through talk
    owner: raising
    over: [talk, managers]
    starts: [raised]
    stops: [settled]
    limit: 10 working days
    force: must
    clause: "1"
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: 5 working days}
clocks:
  - id: two-weeks
    what: Settle it through talk
    owner: raising
    over: [talk, managers]
    starts: [raised]
    stops: [settled]
    limit: 10 working days
    force: must
    clause: "1"
""",
    ),
    Kind(
        "no-outer-limit",
        "A time that people set, with no longest time",
        "note",
        "The time is agreed or set for each case. That fits the child, but if nobody sets it there is "
        "none. An outer limit holds until then, and after.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: {agreed_by: each}}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: {agreed_by: each, at_most: 10 working days}}
""",
    ),
    Kind(
        "longer-than-its-cap",
        "A limit longer than the one over its stages",
        "warning",
        "A limit inside a range of stages ends after the limit over the whole range, whenever the two "
        "start. Both cannot be meant, and people will argue about which holds while a child waits.",
        """
clocks:
  - id: in-all
    what: Settle it through talk
    owner: raising
    over: [talk, managers]
    starts: [raised]
    stops: [settled]
    limit: 3 working days
    force: must
    clause: "1"
""",
        """
clocks:
  - id: in-all
    what: Settle it through talk
    owner: raising
    over: [talk, managers]
    starts: [raised]
    stops: [settled]
    limit: 10 working days
    force: must
    clause: "1"
""",
    ),
    Kind(
        "never-the-shorter",
        "Of several limits, one that never counts",
        "note",
        "Where the shortest of several limits holds, one that is never shorter than another changes "
        "nothing. It may have been written down wrongly, or in the wrong unit.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: {shorter_of: [6 working days, 5 calendar days]}}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, limit: {shorter_of: [3 working days, 5 calendar days]}}
""",
    ),
    Kind(
        "mixed-units",
        "Two duties that begin together, in different units",
        "note",
        "One counts hours or every day, the other working days, from the same moment. Which ends first "
        "then depends on the weekend. Units are never turned into one another here, so if this is "
        "meant, a reading should say so.",
        """
stages:
  - id: talk
    steps:
      - id: warn
        what: Tell your manager
        kind: notice
        by: raising
        with: raising.manager
        limit: 48 hours
        clause: "1"
""",
        """
stages:
  - id: talk
    steps:
      - id: warn
        what: Tell your manager
        kind: notice
        by: raising
        with: raising.manager
        limit: 2 working days
        clause: "1"
""",
    ),
    Kind(
        "nobody-owes-anything",
        "A stage where nobody owes anything",
        "warning",
        "Everything at the stage is something that people may do. A case there is nobody’s duty, so "
        "nobody is reminded and nobody is late, however long the child waits.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, force: may}
    ways_on:
      - {id: to-managers, force: may}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, force: should}
    ways_on:
      - {id: to-managers, force: may}
""",
    ),
)
