"""Somebody without an account, who showed by a code that they read a mailbox, and what that lets them do.

A visitor answers one duty on one case, or raises a concern; every other page is not there for them. The
denies are about the person and hold as ever. It must not look at a session, nor know whether the
message they came by is still good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from counterpart.access.answers import NO_RELATION, Allowed, Answer, judge
from counterpart.access.rules import ACTS
from counterpart.access.ties import ties_of
from counterpart.people.models import Post
from counterpart.people.standing import Footing, Standing, held_post, standing_of

OWN_CONCERN = ("see_receipt",)
"""What somebody who came to raise a concern may do with a case: see that theirs has been sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who it is, as far as a mailbox shows: stands in the place of an account in a request.

    `message` is the one whose link they came by, of a `kind`, and the rest what that gives: a `duty` of
    `post` (or of the person themselves, "") in a case, or the entry that is to be read (`about`). All of it
    is "" for somebody who raises a concern.
    `stated_post` is what they say their post is, where the mailbox is the post's own (`by_mailbox`)
    and may be shared. `is_among_several`: others read the mailbox too, and only the name they stated says
    who it is; `visit` is then this one visit's own.
    """

    person_id: str
    name: str
    message: str = ""
    kind: str = ""
    address: str = ""
    case: str = ""
    reference: str = ""
    post: str = ""
    duty: str = ""
    about: str = ""
    by_mailbox: bool = False
    stated_post: str = ""
    is_among_several: bool = False
    visit: str = ""

    is_authenticated = True
    is_administrator = False

    @property
    def is_answering(self) -> bool:
        """Whether they came by the link of a message; else to raise a concern."""
        return bool(self.message)

    def may(self, act: str, case: str, at: datetime) -> Answer:
        """`permission.can` for a visitor. KeyError for an act that is not in the table."""
        return self.acts_allowed(case, at)[act]

    def acts_allowed(self, case: str, at: datetime) -> Mapping[str, Answer]:
        """`permission.acts_allowed` for a visitor: in their one case, by the post that was written to."""
        if self.is_answering and case != self.case:
            return dict.fromkeys(ACTS, NO_RELATION)
        footings = ties_of(self._standing(at), case, at)
        found = {act: _by_code(judge(rule, footings)) for act, rule in ACTS.items()}
        if self.is_answering:
            return found
        return {act: found[act] if act in OWN_CONCERN else NO_RELATION for act in ACTS}

    def _standing(self, at: datetime) -> Standing:
        """On what footing they stand: of all they hold and cover, the one post that was written to."""
        standing = standing_of(self.person_id, at)
        if not self.post:
            return standing
        held = (
            replace(
                footing, person=None, posts=tuple(p for p in footing.posts if p.post == self.post)
            )
            for footing in standing.footings
        )
        footings = tuple(one for one in held if one.posts)
        if self.by_mailbox and not footings:
            footings = (self._of_mailbox(),)
        return replace(standing, footings=footings)

    def _of_mailbox(self) -> Footing:
        """Who reads the post's own mailbox acts in it, whether or not the directory names them."""
        post = Post.objects.select_related("agency", "partnership").get(id=self.post)
        return Footing((self.person_id,), None, (held_post(post, None, ""),))


def _by_code(answer: Answer) -> Answer:
    """The log of reads says that no account was signed in."""
    if not isinstance(answer, Allowed):
        return answer
    return replace(answer, basis=f"{answer.basis}, by code")
