"""Edits of two policies, each of one rule, with the one difference that it makes."""

from __future__ import annotations

from counterpart.policy.comparing.rules import (
    CONFIRMING,
    EXITS,
    GROUNDS,
    ITSELF,
    LIMITS,
    PANELS,
    RECORDS,
    STAGES,
    STANDING,
    TELLING,
    URGENT,
)

NEW_STEP = """      - id: note-it
        what: Write a note of it
        kind: letter
        by: raising
        limit: 1 working day
        clause: "2.4"
"""
TALK, UP = "limit of steps talk", "ways_on up"
EDITS: dict[str, tuple[str, str, str, str]] = {
    # a name: what is replaced, by what, the topic and the rule of the one difference
    "the urgent route is for something else": (
        "when: A child is thought to be at risk of immediate harm",
        "when: A child is thought to be in danger",
        URGENT,
        "urgent",
    ),
    "somebody else is told in an emergency": (
        "tells: [raising.safeguarding-lead, partnership.head-of-safeguarding]",
        "tells: [raising.safeguarding-lead]",
        URGENT,
        "urgent tells",
    ),
    "an emergency notice has a time": (
        "starts: [done tell-safeguarding-lead]\n      limit: not stated",
        "starts: [done tell-safeguarding-lead]\n      limit: 4 hours",
        LIMITS,
        "limit of steps tell-head-of-safeguarding",
    ),
    "a stage has another title": (
        "title: Manager to manager",
        "title: The two managers",
        STAGES,
        "stages managers",
    ),
    "somebody else speaks at a stage": (
        "speaks: {raising: line-manager, receiving: line-manager}",
        "speaks: {raising: line-manager, receiving: senior}",
        STAGES,
        "stages managers",
    ),
    "a step must be done and not only should": (
        "with: receiving.line-manager\n        limit: not stated\n        force: should",
        "with: receiving.line-manager\n        limit: not stated\n        force: must",
        STAGES,
        "steps managers-discuss",
    ),
    "a step is for something else": (
        'purpose: "Be clear about the problem,',
        'purpose: "Be very clear about the problem,',
        STAGES,
        "steps consult-manager",
    ),
    "a step has a time": (
        "with: receiving.line-manager\n        limit: not stated",
        "with: receiving.line-manager\n        limit: 2 working days",
        LIMITS,
        "limit of steps managers-discuss",
    ),
    "a step has other triggers": (
        "with: receiving.line-manager\n",
        "with: receiving.line-manager\n        starts: [raised]\n",
        LIMITS,
        "times of steps managers-discuss",
    ),
    "a step is added": (
        "    ways_on:\n      - id: to-seniors",
        NEW_STEP + "    ways_on:\n      - id: to-seniors",
        STAGES,
        "steps note-it",
    ),
    "a way on is a choice": (
        'limit: not stated\n        clause: "2.3"',
        'limit: not stated\n        force: may\n        clause: "2.3"',
        STAGES,
        "ways_on to-other-worker",
    ),
    "a way on has a time": (
        "after: [consult-manager]\n        limit: not stated",
        "after: [consult-manager]\n        limit: 1 working day",
        LIMITS,
        "limit of ways_on to-other-worker",
    ),
    "a way on needs approval": (
        "after: [consult-manager]\n",
        "after: [consult-manager]\n        approval: raising.senior\n",
        STAGES,
        "ways_on to-other-worker",
    ),
    "the week is two": (
        "shorter_of: [1 working week, protects the child]",
        "shorter_of: [2 working weeks, protects the child]",
        LIMITS,
        "limit of clocks one-working-week",
    ),
    "the week covers less": (
        "over: [own-manager, other-worker, managers, seniors]",
        "over: [other-worker, managers, seniors]",
        LIMITS,
        "clocks one-working-week",
    ),
    "the calendar is another": (
        "calendar: england-and-wales",
        "calendar: scotland",
        LIMITS,
        "calendars",
    ),
    "days are counted otherwise": (
        "calendar: england-and-wales",
        "calendar: england-and-wales\ncounting: {start_day: day one}",
        LIMITS,
        "counting",
    ),
    "the panel only recommends": (
        "authority: binding",
        "authority: recommendation",
        PANELS,
        "panels resolution-panel authority",
    ),
    "the panel is larger": (
        "at_least_agencies: 3",
        "at_least_agencies: 4",
        PANELS,
        "panels resolution-panel members",
    ),
    "somebody else convenes the panel": (
        "convened_by: partnership.chair",
        "convened_by: partnership.business-manager",
        PANELS,
        "panels resolution-panel convener",
    ),
    "the panel has to sit by a time": (
        "convene_limit: not stated",
        "convene_limit: 10 working days",
        LIMITS,
        "limit of panels resolution-panel convene",
    ),
    "somebody else confirms": (
        "confirmed_by: each",
        "confirmed_by: each.senior",
        CONFIRMING,
        "closing confirmed by",
    ),
    "the confirming has a time": (
        "confirm_limit: not stated",
        "confirm_limit: 2 working days",
        LIMITS,
        "limit of confirm-outcome",
    ),
    "a record is shared with fewer": (
        "shared_with: [raiser, raising, receiving]",
        "shared_with: [raiser]",
        RECORDS,
        "records 1",
    ),
    "a gap is told to another": (
        "tell: partnership.chair",
        "tell: partnership.business-manager",
        TELLING,
        "gaps",
    ),
    "only what is listed": ("open: true", "open: false", GROUNDS, "grounds open"),
    "a ground is explained otherwise": (
        "hint: Who should be doing what",
        "hint: Who is to do what",
        GROUNDS,
        "grounds roles",
    ),
    "the report is quarterly": (
        "every: year",
        "every: quarter",
        STANDING,
        "standing yearly-panel-report",
    ),
    "there is a way out": (
        "\nstages:\n",
        """
exits:
  - id: lado
    title: An allegation
    kind: allegation
    when: Somebody may have harmed a child
    where: The designated officer
    clause: "1.1"
stages:
""",
        EXITS,
        "exits lado",
    ),
    "a role is filled otherwise": (
        "tiers: [line_manager]",
        "tiers: [line_manager, operations_manager]",
        ITSELF,
        "roles line-manager",
    ),
    "a reading is another": (
        "reading: The last day of the month.",
        "reading: The first day of the month.",
        ITSELF,
        "readings review-month",
    ),
    "it is reviewed later": ("due: 2017-12-31", "due: 2018-12-31", ITSELF, "review"),
}

MORE_EDITS: dict[str, tuple[str, str, str]] = {
    # the same for the made-up policy that has a little of everything
    "a track is for other cases": ("when: The disagreement is", "when: It is", "tracks plans"),
    "a condition is another": ("title: The child is still", "title: A child is", "conditions risk"),
    "a step at any stage must be done": (
        'limit: not stated, force: may, clause: "1"}]\nafterwards',
        'limit: not stated, force: must, clause: "1"}]\nafterwards',
        "steps meet",
    ),
    "a debrief has less time": (
        "by: each.manager, limit: 10 working days",
        "by: each.manager, limit: 5 working days",
        "limit of steps debrief",
    ),
    "an urgent case has more time": ("limits: {talk: 4 hours}", "limits: {talk: 8 hours}", TALK),
    "silence counts as failure": (
        "if_missed: {then: tell, tells: [partnership.coordinator]",
        "if_missed: {then: fail, tells: [partnership.coordinator]",
        TALK,
    ),
    "nobody is told of a missed time": (
        ', if_missed: {then: tell, tells: [partnership.coordinator], clause: "1"}',
        "",
        TALK,
    ),
    "one limit is counted otherwise": (
        "with: receiving, limit: 2 working days",
        "with: receiving, counting: {start_day: day one}, limit: 2 working days",
        TALK,
    ),
    "nobody has to be satisfied": ("satisfies: raising.worker, ", "", "steps talk"),
    "a stage is formal": ("band: informal", "band: formal", "stages talk"),
    "others are told at a stage": (
        "tells: [partnership.coordinator]\n",
        "tells: [each.manager]\n",
        "stages managers tells",
    ),
    "an approval is another's": ("approval: raising.manager", "approval: raising.worker", UP),
    "a way asks for less": ("{any: [risk, missed talk]}", "risk", UP),
    "more time has to pass": ("passed: 10 working days", "passed: 12 working days", "ways_on top"),
    "a way out ends nothing": ("ends: true", "ends: false", "exits lado"),
    "the panel has another chair": (
        "chaired_by: partnership.coordinator, ",
        "",
        "panels p chair",
    ),
    "the panel’s members are known": (
        "members: not stated",
        'members: {at_least_agencies: 2, parties: required, clause: "1"}',
        "panels p members",
    ),
    "the panel arbitrates": (
        "authority: not stated",
        "authority: arbitration",
        "panels p authority",
    ),
    "the lead manager is another": ("of: each.manager", "of: raising.manager", "closing lead"),
}
