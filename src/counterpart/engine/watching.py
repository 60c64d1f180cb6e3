"""Who of a partnership's office watches a case: sees what is late, and who is missing, and mends it.

It is the business manager; where they may not see it, the next of the office, in the order that the partnership's
own ladder gives. Worked out whenever it is asked, and kept nowhere. It must not know a tier by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterpart.engine.directory import Directory, PostRecord
from counterpart.engine.kinds import Id
from counterpart.engine.notices import Notice
from counterpart.engine.state import CaseState


def is_kept_from_somebody(state: CaseState) -> bool:
    """Whether anybody at all is kept from this case. If not, it is the desk's, whoever has that."""
    return state.keeping.keeps_somebody_out


def watchers(
    state: CaseState, directory: Directory, order: Sequence[str]
) -> tuple[PostRecord, ...]:
    """The posts of the office that watch a case, each with only those of its holders who may see it.

    They are those of the first tier in `order` at which there is anybody; none where there is nobody. A case
    that nobody is kept from is watched by the posts of the first tier, held or not. `directory` is without those
    who are kept from the case.
    """
    if not is_kept_from_somebody(state):
        return directory.posts(state.partnership, order[:1])
    return able(state.partnership, directory, order, state.keeping.restricted_to)


def able(
    partnership: Id, directory: Directory, order: Sequence[str], named: Sequence[Id] | None
) -> tuple[PostRecord, ...]:
    """Those who could watch a case of which, in the office, only the people `named` see anything (None: all do)."""
    for tier in order:
        posts = (_only(post, named) for post in directory.posts(partnership, [tier]))
        if found := tuple(post for post in posts if post.holders):
            return found
    return ()


def is_in_their_place(watching: Sequence[PostRecord], order: Sequence[str]) -> bool:
    """Whether these watch because whoever has the desk may not."""
    return bool(watching) and watching[0].tier != order[0]


def instead(
    owed: Iterable[Notice], state: CaseState, directory: Directory, order: Sequence[str]
) -> tuple[Notice, ...]:
    """The same word, but what was for a desk that may not see the case is for those who watch it."""
    watching = watchers(state, directory, order)
    seeing = {post.id for post in watching}
    blind = {post.id for post in directory.posts(state.partnership, order[:1])} - seeing
    found = (
        replace(word, post=post)
        for word in owed
        for post in ([one.id for one in watching] if word.post in blind else [word.post])
    )
    return tuple(dict.fromkeys(found))


def may_hear(state: CaseState, post: PostRecord) -> bool:
    """Whether somebody in a post of the office may be told of a case that is perhaps restricted."""
    if post.body != state.partnership or post.id in state.seats.values():
        return True
    return bool(_only(post, state.keeping.restricted_to).holders)


def _only(post: PostRecord, named: Sequence[Id] | None) -> PostRecord:
    if named is None:
        return post
    left = (one for one in post.holders if one.person in named or one.acting_for in named)
    return replace(post, holders=tuple(left))
