"""Kinds of finding about where a case can go."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "never-ends",
        "A case that can never end",
        "error",
        "From a stage on there is no step that settles the matter, no panel and no exit that ends it. "
        "The case could only be withdrawn, and the child’s concern with it.",
        """
stages:
  - id: managers
    steps:
      - {id: meet, settles: false}
    ways_on:
      - {id: to-panel, title: Meet again, to: managers, when: []}
""",
        """
stages:
  - id: managers
    steps:
      - {id: meet, settles: true}
    ways_on:
      - {id: to-panel, title: Meet again, to: managers, when: []}
""",
    ),
    Kind(
        "unreachable-stage",
        "A stage that no case can come to",
        "warning",
        "No track begins at the stage and no way on leads to it. Whatever it offers would never help a "
        "child, and readers will think that it does.",
        """
stages:
  - id: managers
    ways_on: []
""",
        """
stages:
  - id: managers
    ways_on:
      - {id: to-panel, to: panel}
""",
    ),
    Kind(
        "no-way-on",
        "Nothing leads on if the sides do not agree",
        "warning",
        "At the last stage only the two sides talk. If they do not agree, nobody else is named, and a "
        "child’s case could stay open for ever.",
        """
stages:
  - id: managers
    ways_on: []
""",
        """
stages:
  - id: managers
    ways_on:
      - {id: to-panel, to: panel}
""",
    ),
    Kind(
        "no-last-word",
        "Nobody has the last word",
        "warning",
        "At the last stage somebody helps or advises, and nobody decides. A side that does not agree "
        "can go on not agreeing, while the child waits.",
        """
panels:
  - {id: resolution, authority: recommendation}
""",
        """
panels:
  - {id: resolution, authority: binding}
""",
    ),
    Kind(
        "only-on-a-condition",
        "Every way on needs something more to be so",
        "note",
        "Each way on from a stage asks somebody to say that something is so, beside the matter being "
        "open. Where it is not so, an unsettled disagreement stays at that stage.",
        """
conditions:
  - {id: at-risk, title: The child is still at risk, clause: "1"}
stages:
  - id: talk
    ways_on:
      - {id: to-managers, when: [unresolved, at-risk]}
""",
        """
conditions:
  - {id: at-risk, title: The child is still at risk, clause: "1"}
stages:
  - id: talk
    ways_on:
      - {id: to-managers, when: [unresolved]}
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
        "nobody-must-go-on",
        "People may take it further, and nobody has to",
        "note",
        "If a stage does not settle the matter, every way on is something that people may take. "
        "Somebody who finds it hard to challenge may let it rest.",
        """
stages:
  - id: talk
    ways_on:
      - {id: to-managers, force: may}
""",
        """
stages:
  - id: talk
    ways_on:
      - {id: to-managers, force: should}
""",
    ),
    Kind(
        "must-behind-may",
        "What must be done waits for what may be done",
        "warning",
        "A way on is owed, but only after a step that nobody owes. As long as nobody chooses to do "
        "the step, the case cannot go on.",
        """
stages:
  - id: talk
    steps:
      - {id: speak, force: may}
    ways_on:
      - {id: to-managers, force: must}
""",
        """
stages:
  - id: talk
    steps:
      - {id: speak, force: must}
    ways_on:
      - {id: to-managers, force: must}
""",
    ),
    Kind(
        "no-way-round",
        "An approval that can stop a case",
        "warning",
        "The only way on needs somebody’s approval. If it is refused, or that person does not answer, "
        "one person has stopped a child’s case.",
        """
stages:
  - id: talk
    ways_on:
      - {id: to-managers, approval: raising.manager}
""",
        """
stages:
  - id: talk
    ways_on:
      - {id: to-managers, approval: raising.manager}
      - id: go-round
        title: Go to the managers all the same
        to: managers
        by: raising
        when: [refused to-managers]
        limit: not stated
        force: may
        clause: "1"
""",
    ),
    Kind(
        "way-never-taken",
        "A way on that can never be taken",
        "warning",
        "What a way on waits for cannot happen before it: a step of a later stage, a time that is not "
        "given, a refusal of something that nobody is asked. People would look for a way that is not there.",
        """
stages:
  - id: talk
    ways_on:
      - {id: to-managers, after: [meet]}
""",
        """
stages:
  - id: talk
    ways_on:
      - {id: to-managers, after: [speak]}
""",
    ),
)
