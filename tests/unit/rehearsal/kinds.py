"""A small policy with one of everything that an example can tell of, and how a story of it is played."""

from __future__ import annotations

from textwrap import dedent, indent

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.rehearsal.examples import Played, play, read_examples
from tests.casebook import brent

KINDS = """
format: 1
id: kinds
title: One of everything
area: Nowhere
published_by: Nobody
edition: First
calendar: england-and-wales
clause: all
clauses:
  - {id: all, title: All of it, quote: "all of it"}
roles:
  - {id: worker, title: Worker, at: agency, tiers: [practitioner], clause: all}
  - {id: manager, title: Manager, at: agency, tiers: [line_manager], clause: all}
  - {id: coordinator, title: Coordinator, at: partnership, tiers: [coordinator], clause: all}
grounds:
  open: false
  clause: all
  list:
    - {id: referral, title: A referral}
    - {id: plan, title: A plan}
before_raising:
  - {id: written, text: Was the referral written down?, clause: all}
bands:
  title: Priority
  set_by: partnership.coordinator
  list: [{id: red, title: Red}, {id: green, title: Green}]
  clause: all
dates:
  - {id: conference, title: The conference, clause: all}
conditions:
  - {id: at-risk, title: The child is still at risk, clause: all}
exits:
  - {id: officer, title: The officer, kind: allegation, when: So it is., where: There, ends: true, clause: all}
tracks:
  - {id: long, title: Anything else, grounds: [referral], stages: [talk, meet], clause: all}
  - {id: short, title: A plan, grounds: [plan], stages: [meet], clause: all}
stages:
  - id: talk
    title: Talk
    clause: all
    speaks: {raising: worker, receiving: worker}
    steps:
      - id: speak
        what: Speak
        kind: discussion
        settles: true
        by: raising
        with: receiving
        satisfies: raising.manager
        limit: {band: {red: 4 hours, green: 3 working days}}
        clause: all
      - id: reply
        what: Reply in writing
        kind: letter
        by: receiving
        limit: 2 working days
        if_missed: {then: move, way: silence, clause: all}
        clause: all
      - id: plan-it
        what: Agree a time to meet
        kind: meeting
        by: raising
        required_by: statutory
        limit: {agreed_by: each}
        force: should
        clause: all
    ways_on:
      - id: up
        to: meet
        title: Go up
        by: raising
        when: [unresolved, at-risk]
        approval: raising.manager
        limit: not stated
        clause: all
      - id: silence
        to: meet
        title: Nobody replied
        by: raising
        when: [missed reply]
        limit: not stated
        force: may
        clause: all
  - id: meet
    title: Meet
    clause: all
    speaks: {raising: manager, receiving: manager}
    steps:
      - id: meeting
        what: Meet
        kind: meeting
        settles: true
        by: raising
        with: receiving
        limit: {set_by: partnership.coordinator}
        clause: all
      - id: before-it
        what: Send papers
        kind: letter
        by: raising
        starts: [date conference]
        limit: immediate
        clause: all
any_stage:
  clause: all
  steps:
    - id: require-meeting
      what: Require a meeting
      kind: meeting
      by: each
      limit: not stated
      force: may
      clause: all
afterwards:
  clause: all
  steps:
    - {id: debrief, what: Talk it over, kind: review, by: raising.manager, limit: 5 working days, clause: all}
jumps:
  - {id: at-once, to: [meet], title: Go to the meeting at once, by: partnership.coordinator, clause: all}
closing:
  outcome: Write it down
  write_clause: all
  confirm: Confirm it
  confirmed_by: each
  confirm_limit: not stated
  lead: {title: Lead manager, of: raising.manager, clause: all}
  clause: all
"""


def kinds() -> Policy:
    return load_policy(KINDS.encode())


def played(story: str, *, posts: str = "{}", policy: Policy | None = None) -> Played:
    """Play one story under Brent's policy, or another."""
    lines = indent(dedent(story).strip("\n"), " " * 6)
    text = (
        "format: 1\npolicy: policy.yaml\nexamples:\n"
        f"  - name: A story\n    posts: {posts}\n    story:\n{lines}\n"
    )
    (example,) = read_examples(text.encode()).examples
    return play(example, policy or brent())


def failure(story: str, *, posts: str = "{}", policy: Policy | None = None) -> str:
    """Why a story does not hold, or nothing."""
    found = played(story, posts=posts, policy=policy).failure
    return found.words if found else ""
