"""Kinds of finding about tracks."""

from __future__ import annotations

from counterpart.policy.checking.findings import Kind

KINDS = (
    Kind(
        "ground-without-a-track",
        "A concern that no track is for",
        "warning",
        "Every track is for certain grounds, and one of the grounds has none. Somebody with that "
        "concern about a child could not raise it.",
        """
tracks:
  - {id: plans, title: Plans, grounds: [plan], stages: [talk, managers, panel], clause: "1"}
""",
        """
tracks:
  - id: plans
    title: Plans
    grounds: [plan]
    when: The plan for a child
    stages: [talk, managers, panel]
    clause: "1"
  - id: others
    title: Everything else
    when: Anything else
    stages: [managers, panel]
    clause: "1"
""",
    ),
    Kind(
        "tracks-not-told-apart",
        "Two tracks that nothing tells apart",
        "note",
        "One concern fits two tracks and no words say which to choose. Two children in the same "
        "position could be treated differently.",
        """
tracks:
  - {id: short, title: Short, stages: [managers, panel], clause: "1"}
  - {id: long, title: Long, stages: [talk, managers, panel], clause: "1"}
""",
        """
tracks:
  - id: short
    title: Short
    when: The workers have spoken already
    stages: [managers, panel]
    clause: "1"
  - id: long
    title: Long
    when: The workers have not spoken yet
    stages: [talk, managers, panel]
    clause: "1"
""",
    ),
)
