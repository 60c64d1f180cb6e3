"""Small made-up policies, each of a kind that Brent's is not. None is any area's.

`ONE_TALK` has one stage and nothing after it. `UP_THE_LINE` has a stage that leads to itself, a
way back, two steps in one stage and no number on any stage. `ADVICE` has a panel that only
recommends, with a way back from it, an urgent route that only tells, and limits on everything.
"""

from __future__ import annotations

from functools import cache

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy

HEAD = """
format: 1
id: {id}
title: {title}
area: Nowhere
published_by: Nobody
edition: First
calendar: england-and-wales
clause: "1"
clauses:
  - {{id: "1", title: All of it, quote: all of it}}
roles:
  - {{id: worker, title: Worker, at: agency, tiers: [practitioner], clause: "1"}}
  - {{id: manager, title: Manager, at: agency, tiers: [line_manager, operations_manager], clause: "1"}}
  - {{id: coordinator, title: Coordinator, at: partnership, tiers: [business_manager], clause: "1"}}
closing:
  outcome: Write it down
  write_clause: "1"
  confirm: Confirm it
  confirmed_by: each
  confirm_limit: 2 working days
  clause: "1"
"""

ONE_TALK = (
    HEAD.format(id="one-talk", title="One talk")
    + """
grounds: {open: false, clause: "1", list: [{id: any, title: Anything}]}
stages:
  - id: talk
    title: Talk
    clause: "1"
    speaks: {raising: worker, receiving: worker}
    steps:
      - id: speak
        what: Speak to each other
        kind: discussion
        settles: true
        by: raising
        with: receiving
        limit: 24 hours
        clause: "1"
"""
)

UP_THE_LINE = (
    HEAD.format(id="up-the-line", title="Up the line")
    + """
grounds: {open: true, clause: "1", list: [{id: any, title: Anything}]}
urgent:
  when: A child is in danger
  clause: "1"
  steps:
    - id: tell
      what: Tell the coordinator
      kind: notice
      by: raising
      with: partnership.coordinator
      limit: immediate
      clause: "1"
  tells: [partnership.coordinator]
stages:
  - id: workers
    title: Between workers
    clause: "1"
    speaks: {raising: worker, receiving: worker}
    steps:
      - id: understand
        what: Ask why the other side decided as it did
        kind: discussion
        by: raising
        with: receiving
        limit: as soon as possible
        force: should
        clause: "1"
      - id: first-talk
        what: Speak to each other
        kind: discussion
        settles: true
        by: raising
        with: receiving
        limit: {shorter_of: [3 calendar days, 2 working days, protects the child]}
        clause: "1"
      - id: meeting
        what: Meet each other
        kind: meeting
        settles: true
        by: raising
        with: receiving
        starts: [done first-talk]
        limit: same working day
        clause: "1"
    ways_on:
      - id: up
        to: line
        title: Go up
        by: each
        after: [first-talk]
        when: [unresolved]
        limit: 1 working day
        clause: "1"
      - {id: at-once, to: line, title: Go up at once, by: raising, limit: not stated, force: may, clause: "1"}
  - id: line
    title: The next manager up
    clause: "1"
    speaks: {raising: manager, receiving: manager}
    steps:
      - id: managers-talk
        what: Discuss it
        kind: discussion
        settles: true
        by: raising
        with: receiving
        limit: 2 working days
        clause: "1"
    ways_on:
      - id: again
        to: line
        title: Go further up
        by: raising
        after: [managers-talk]
        when: [unresolved]
        limit: not stated
        clause: "1"
      - id: back
        to: workers
        title: Give it back to the workers
        by: raising
        after: [managers-talk]
        limit: not stated
        clause: "1"
clocks:
  - id: cap
    what: Settle it
    owner: each
    over: [workers, line]
    starts: [raised, reopened]
    stops: [settled]
    resumes: [unsettled]
    limit: 10 working days
    force: must
    clause: "1"
"""
)

ADVICE = (
    HEAD.format(id="advice", title="Advice")
    + """
grounds: {open: true, clause: "1", list: []}
urgent: {when: A child is in danger, clause: "1", tells: [raising.manager, partnership.coordinator]}
stages:
  - id: managers
    number: "1"
    title: Managers
    clause: "1"
    speaks: {raising: manager, receiving: manager}
    steps:
      - id: talk
        what: Talk
        kind: meeting
        settles: true
        by: each
        with: each
        limit: 5 working days
        clause: "1"
    ways_on:
      - id: to-panel
        to: panel
        title: Ask the panel
        by: raising
        after: [talk]
        when: [unresolved]
        limit: 1 working day
        clause: "1"
  - id: panel
    number: "2"
    title: Panel
    clause: "1"
    speaks: {raising: manager, receiving: manager}
    panel: advisers
    ways_on:
      - id: back
        to: managers
        title: Go back to the managers
        by: partnership.coordinator
        limit: not stated
        force: may
        clause: "1"
panels:
  - id: advisers
    title: Panel of advisers
    convened_by: partnership.coordinator
    clause: "1"
    convene_limit: 5 working days
    decide_limit: 10 working days
    members: {at_least_agencies: 2, parties: excluded, independent_chair: true, clause: "1"}
    hears: each
    authority: recommendation
    decision_clause: "1"
records:
  - {at: every stage, what: All of it, shared_with: [raiser], force: must, clause: "1"}
"""
)


@cache
def one_talk() -> Policy:
    return load_policy(ONE_TALK.encode())


@cache
def up_the_line() -> Policy:
    return load_policy(UP_THE_LINE.encode())


@cache
def advice() -> Policy:
    return load_policy(ADVICE.encode())
