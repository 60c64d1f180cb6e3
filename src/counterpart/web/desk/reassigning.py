"""Giving work to another post: whose it is now, and who could be asked instead.

The role's own posts come first, then the agency's others. A post that nobody holds is named but
not offered: it would leave the work where it is. Whether it may be done is the engine's answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterpart.casework.casefile import CaseFile
from counterpart.engine.directory import PostRecord
from counterpart.engine.kinds import Id
from counterpart.telling.duties import in_order
from counterpart.web.forms import Option
from counterpart.web.lines import holder_words

MANY = 20
"""More than can be looked through in a list of answers."""


@dataclass(frozen=True, slots=True)
class Work:
    """A role of one agency (or of the partnership) in a case, and what it has to do now.

    `first` are the posts of the role's tiers, or a few others where there are none; `others` the
    rest. All of them are held, and none of them has the work now. `vacant` are titles.
    """

    body: str
    body_name: str
    role: str
    role_title: str
    whats: tuple[str, ...]
    owner: str
    first: tuple[PostRecord, ...]
    others: tuple[PostRecord, ...]
    vacant: tuple[str, ...]

    @property
    def is_possible(self) -> bool:
        """Whether there is anybody to choose."""
        return bool(self.first or self.others)


def work_of(file: CaseFile, body: str, role: str) -> Work | None:
    """The work of a role in a case; None where the case or its policy knows no such role there."""
    known = file.policy.roles.get(role)
    at_partnership = known is not None and known.at == "partnership"
    bodies = (file.state.partnership,) if at_partnership else file.state.parties
    if known is None or body not in bodies:
        return None
    parts = in_order(file.policy, file.duties)
    mine = [duty for duty in parts if (duty.body, duty.role) == (body, role)]
    has_it = {duty.post for duty in mine} | {file.state.seats.get((Id(body), role))}
    posts = [post for post in file.directory.all_posts() if post.body == body]
    held = [post for post in posts if post.holders and post.id not in has_it]
    first = [post for tier in known.tiers for post in held if post.tier == tier]
    others = [post for post in held if post not in first]
    if not first and len(others) <= MANY:
        first, others = others, []
    return Work(
        body=body,
        body_name=file.body_name(body),
        role=role,
        role_title=known.title,
        whats=tuple(dict.fromkeys(duty.what for duty in mine)),
        owner=file.owner_words(mine[0]) if mine else "",
        first=tuple(first),
        others=tuple(others),
        vacant=tuple(post.title for post in posts if not post.holders),
    )


def post_option(post: PostRecord) -> Option:
    """A post to choose: who is there, and under it what they are."""
    return Option(post.id, holder_words(post), post.title)


def post_line(post: PostRecord) -> Option:
    """The same on one line, for a long list."""
    return Option(post.id, f"{holder_words(post)}, {post.title}")
