"""How a story begins: a concern raised, as its first line says it, under a policy.

What the line does not say is as ordinary as can be: one child, the track for what it is about,
the first ground of the list, and whoever speaks for the agency at the first stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.deciding import tracks_for
from counterpart.engine.directory import Directory
from counterpart.engine.duties import candidates
from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import Actor
from counterpart.policy.model import Policy
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.directory import PARTNERSHIP
from counterpart.rehearsal.fields import Reader
from counterpart.rehearsal.naming import known

RAISED = "raised"
READERS: Mapping[str, Reader] = {
    RAISED: n.moment,
    "by": n.agency,
    "with": n.agencies,
    "urgent": n.flag,
    "track": n.text,
    "grounds": n.names,
    "challenged": n.names,
    "checked": n.names,
    "about": n.one_of("child", "unborn child", "adult"),
    "refused": n.text,
}
NEEDS = ("by", "with")


def concern(policy: Policy, directory: Directory, read: Mapping[str, Any]) -> e.ConcernRaised:
    """The concern that a story begins with. Raises `NotInPolicy` for a track it does not have."""
    track = known(policy.tracks, "track", read.get("track") or _fitting_track(policy, read))
    speaks = policy.stages[policy.tracks[track].first].speaks["raising"]
    posts = candidates(policy, directory, Id(read["by"]), speaks)
    return e.ConcernRaised(
        reference=Code("7F3K92MQ"),
        partnership=PARTNERSHIP,
        policy=Code(policy.id),
        edition=Code(policy.edition),
        track=track,
        raising=e.Party(agency=Id(read["by"]), post=posts[0].id if posts else None),
        receiving=tuple(e.Party(agency=Id(agency)) for agency in read["with"]),
        children=(e.Child(id=Id("child"), kind=Code(_kind(read)), index=Code("index")),),
        grounds=tuple(map(Code, read.get("grounds") or _usual_ground(policy, track))),
        is_urgent=read.get("urgent", False),
        has_asked_rationale=Code("yes"),
        has_used_own_policy=Code("none"),
        checked=tuple(map(Code, read.get("checked", ()))),
    )


def who_raises(concern: e.ConcernRaised, directory: Directory) -> Actor:
    """The holder of the post that speaks for the raising agency, as the one who raises it."""
    post = directory.post(concern.raising.post) if concern.raising.post else None
    person = post.holders[0].person if post and post.holders else Id("raiser")
    agency = concern.raising.agency
    return Actor(person=person, post=concern.raising.post, agency=agency, capacity=Code("raiser"))


def _kind(read: Mapping[str, Any]) -> str:
    return str(read.get("about", "child")).removesuffix(" child")


def _fitting_track(policy: Policy, read: Mapping[str, Any]) -> str:
    """The track for these grounds and these kinds of agency, as somebody raising it would be shown.

    An agency is called in a story by what it is, unless `challenged` says what kind it is.
    """
    fitting = tracks_for(policy, read.get("grounds", ()), read.get("challenged", read["with"]))
    return fitting[0].id if fitting else next(iter(policy.tracks))


def _usual_ground(policy: Policy, track: str) -> tuple[str, ...]:
    if grounds := policy.tracks[track].grounds:
        return grounds[:1]
    if policy.grounds:
        return (policy.grounds[0].id,)
    return ("other",) if policy.are_grounds_open else ()
