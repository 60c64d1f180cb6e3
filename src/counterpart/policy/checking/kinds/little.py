"""The little policy that every example is laid over. The checker has nothing to say about it."""

LITTLE = """\
format: 1
id: little
title: A little policy
area: Nowhere
published_by: Nobody
edition: First
in_force_from: 2026-04-01
calendar: england-and-wales
clause: "1"
review: {due: 2028-04-01, clause: "1"}
clauses:
  - {id: "1", title: All of it, quote: Settle it between you}
roles:
  - {id: worker, title: Worker, at: agency, tiers: [practitioner, line_manager], clause: "1"}
  - {id: manager, title: Manager, at: agency, tiers: [line_manager, senior_manager], clause: "1"}
  - id: chair
    title: Chair
    at: partnership
    tiers: [independent_chair, business_manager]
    clause: "1"
grounds:
  open: true
  clause: "1"
  list:
    - {id: plan, title: The plan}
    - {id: referral, title: The referral}
urgent:
  when: A child is at risk of immediate harm
  clause: "1"
  tells: [raising.manager]
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
        limit: 5 working days
        clause: "1"
    ways_on:
      - id: to-managers
        title: Ask the managers
        to: managers
        by: raising
        after: [speak]
        when: [unresolved]
        limit: 1 working day
        clause: "1"
  - id: managers
    title: Managers
    clause: "1"
    speaks: {raising: manager, receiving: manager}
    steps:
      - id: meet
        what: Meet each other
        kind: meeting
        settles: true
        by: raising
        with: receiving
        limit: 5 working days
        clause: "1"
    ways_on:
      - id: to-panel
        title: Ask for a panel
        to: panel
        by: raising
        after: [meet]
        when: [unresolved]
        limit: 1 working day
        clause: "1"
  - id: panel
    title: Panel
    clause: "1"
    speaks: {raising: manager, receiving: manager}
    panel: resolution
panels:
  - id: resolution
    title: Resolution panel
    convened_by: partnership.chair
    convene_limit: 5 working days
    decide_limit: 10 working days
    members: {at_least_agencies: 3, parties: where possible, independent_chair: true, clause: "1"}
    hears: each
    authority: binding
    report: {what: What it heard and decided, to: partnership.chair, limit: 20 working days, clause: "1"}
    clause: "1"
    decision_clause: "1"
closing:
  outcome: Write the outcome down
  write_clause: "1"
  write_limit: 2 working days
  confirm: Confirm the outcome
  confirmed_by: each
  confirm_limit: 2 working days
  clause: "1"
records:
  - {at: every stage, what: What was done and decided, shared_with: [raiser, each], force: must, clause: "1"}
"""
