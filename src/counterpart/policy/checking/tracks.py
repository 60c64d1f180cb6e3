"""Findings about tracks: concerns that fit none, and tracks that nothing tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from counterpart.policy.checking.catalogue import finding
from counterpart.policy.checking.findings import Finding
from counterpart.policy.checking.naming import listed
from counterpart.policy.checking.subject import Subject
from counterpart.policy.model import Track


def ground_without_a_track(on: Subject) -> Iterator[Finding]:
    """A ground that may be raised, and no track is for it."""
    tracks = on.policy.tracks.values()
    if any(not track.grounds for track in tracks):
        return
    covered = {ground for track in tracks for ground in track.grounds}
    missing = [ground.title for ground in on.policy.grounds if ground.id not in covered]
    if on.policy.are_grounds_open:
        missing.append("Something else")
    if not missing:
        return
    words = (
        f"No track is for {listed(missing)}, though a concern may be about that. Somebody worried "
        f"about a child would find that the policy has no way for them. Name it in a track’s "
        f"“grounds”, or let one track be for any ground by leaving “grounds” out."
    )
    yield finding("ground-without-a-track", ("tracks",), on.policy.grounds_clause, words)


def tracks_not_told_apart(on: Subject) -> Iterator[Finding]:
    """Two tracks that fit the same concern, with no words to choose by."""
    for one, other in combinations(on.policy.tracks.values(), 2):
        if (one.when and other.when) or not _overlap(one, other):
            continue
        words = (
            f"A concern can fit both “{one.title or one.id}” and “{other.title or other.id}”, and "
            f"nothing says which to choose. Two children in the same position could be treated "
            f"differently. Say in “when” what each is for, or narrow its “grounds”."
        )
        yield finding("tracks-not-told-apart", ("tracks", other.id), other.clause, words)


def _overlap(one: Track, other: Track) -> bool:
    """Whether a concern can fit both, and neither is plainly the one for what the other leaves."""
    pairs = (
        (one.grounds, other.grounds),
        (one.challenged, other.challenged),
        (one.opened_by, other.opened_by),
    )
    meet = all(not a or not b or set(a) & set(b) for a, b in pairs)
    narrower = any(a and not b for a, b in pairs), any(b and not a for a, b in pairs)
    return meet and narrower not in ((True, False), (False, True))


RULES = (ground_without_a_track, tracks_not_told_apart)
