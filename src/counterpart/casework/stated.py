"""What of an agency's directory stands there only as somebody stated it who came in by a code, without an account.

It is read from the agency's own record. Whoever keeps the agency makes it theirs by confirming or changing it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from counterpart.casework.actors import STATED
from counterpart.casework.directory_stream import stream_of
from counterpart.engine import directory_events as d
from counterpart.journal.reading import read_facts


def as_stated(body: str) -> frozenset[str]:
    """The ids of the posts and people of one body that nobody has confirmed or changed since. One query."""
    stated: set[str] = set()
    holders: dict[str, set[str]] = defaultdict(set)
    for one in read_facts(stream_of(body)):
        event = one.event
        if isinstance(event, d.HolderAppointed):
            holders[event.post].add(event.person)
        if one.actor.capacity == STATED:
            stated.update(_added(event))
        else:
            stated.difference_update(_vouched_for(event, holders))
    return frozenset(stated)


def _added(event: object) -> Iterable[str]:
    if isinstance(event, d.PostAdded):
        return (event.post,)
    return (event.person,) if isinstance(event, d.PersonAdded) else ()


def _vouched_for(event: object, holders: dict[str, set[str]]) -> Iterable[str]:
    """What somebody who keeps the body has said is right: a post with who holds it, or a person."""
    if isinstance(event, d.PostConfirmed):
        return (event.post, *holders[event.post])
    if isinstance(event, d.PostChanged):
        return (event.post,)
    return (event.person,) if isinstance(event, d.PersonChanged | d.HolderAppointed) else ()
