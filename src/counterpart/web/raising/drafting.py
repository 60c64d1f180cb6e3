"""One person writing one concern: what they have said so far, and what they may choose from now.

Everything here is read: from the draft, the directory and the policy. What may be chosen is
worked out again at each page, so that an answer which no longer holds (a post that was left, an
agency that is gone) is asked again. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from counterpart.casework import editions, raising
from counterpart.casework.drafts import Visit
from counterpart.engine.deciding import tracks_for
from counterpart.engine.directory import PostRecord
from counterpart.engine.duties import candidates
from counterpart.engine.kinds import Id
from counterpart.lists.finding import DeskRow
from counterpart.people import finders
from counterpart.people.directory import Snapshot, directory_as_of
from counterpart.people.finders import AgencyRecord, FoundPost, PartnershipRecord
from counterpart.people.kinds import TIERS
from counterpart.people.searching import FoundPerson, people_at, person_at
from counterpart.people.standing import HeldPost
from counterpart.policy.model import Policy, Track
from counterpart.web.raising.telephone import Call, calls

CHILD = "child."
WORKER = "worker."
NOBODY = "nobody"
ID = re.compile(r"[0-9a-f]{32}")
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A post somebody may raise a concern from, in one partnership of the post's agency."""

    post: HeldPost
    partnership: PartnershipRecord

    @property
    def code(self) -> str:
        """What a form sends for it."""
        return f"{self.post.post}-{self.partnership.id}"

    @property
    def words(self) -> str:
        """`Class teacher, Oakfield Primary School`; whom it is for, where by cover."""
        words = f"{self.post.title}, {self.post.body_name}"
        return f"{words}, for {self.post.acting_for_name}" if self.post.acting_for else words


@dataclass(frozen=True)
class Drafting:
    """The answers of a draft, and around them what the directory and the policy offer.

    `standpoints` are the posts the person may raise a concern from now.
    """

    draft: str
    person: str
    now: datetime
    standpoints: tuple[Standpoint, ...]
    answers: Mapping[str, Any]
    visit: Visit | None = None

    # --- whose concern it is ------------------------------------------------------------------

    @cached_property
    def standpoint(self) -> Standpoint | None:
        """The post chosen, or the only one there is; None where it has still to be asked."""
        if len(self.standpoints) == 1:
            return self.standpoints[0]
        wanted = self.answers.get("post")
        return next((each for each in self.standpoints if each.code == wanted), None)

    @property
    def place(self) -> Standpoint:
        """The standpoint, once it is known. Every question but the first needs it."""
        if self.standpoint is None:
            raise LookupError("the post has not been chosen yet")
        return self.standpoint

    @cached_property
    def policy(self) -> Policy:
        """The policy in force for new cases."""
        found = editions.current(self.place.partnership.id)
        if found is None:
            raise LookupError("no policy is in force")
        return found

    @property
    def checked(self) -> Mapping[str, str]:
        """What was answered of what the policy asks to check first."""
        found: Mapping[str, str] = self.answers.get("checked", {})
        return found

    @property
    def tracks(self) -> list[Track]:
        """The tracks this concern may take, those that say most of when they are for first."""
        policy, tier = self.policy, self.place.post.tier
        challenged = [agency.kind for agency in self.chosen_agencies]
        return [
            track
            for track in tracks_for(policy, self.answers.get("grounds", ()), challenged)
            if not track.opened_by
            or any(tier in policy.roles[role].tiers for role in track.opened_by)
        ]

    @property
    def track(self) -> str | None:
        """The track chosen, or the only one that fits; None where it has still to be asked."""
        fitting = [track.id for track in self.tracks]
        if len(fitting) == 1:
            return fitting[0]
        wanted = self.answers.get("track")
        return wanted if wanted in fitting else None

    # --- whom it is about ---------------------------------------------------------------------

    @property
    def children(self) -> dict[str, Mapping[str, str]]:
        """Those the concern is about, by the id given when each was added."""
        return _under(CHILD, self.answers)

    @property
    def whom(self) -> str:
        """How to speak of them in a question: `the child`, `the children`, `them`."""
        kinds = [child["kind"] for child in self.children.values()]
        if len(kinds) == 1:
            return {"unborn": "the unborn child", "adult": "the adult"}.get(kinds[0], "the child")
        if "adult" not in kinds:
            return "the children"
        return "the adults" if set(kinds) == {"adult"} else "them"

    @cached_property
    def same_child(self) -> tuple[DeskRow, ...]:
        """Open cases about the same child that this person may see."""
        references = [child["reference"] for child in self.children.values()]
        return raising.same_child(references=references, person=self.person, at=self.now)

    # --- the other side -----------------------------------------------------------------------

    @cached_property
    def agencies(self) -> tuple[AgencyRecord, ...]:
        """The agencies of the partnership but one's own, by name."""
        everyone = finders.agencies_in(self.place.partnership.id, self.now)
        return tuple(agency for agency in everyone if agency.id != self.place.post.body)

    @property
    def chosen_agencies(self) -> tuple[AgencyRecord, ...]:
        """The other agencies in the disagreement, as far as they can still be chosen."""
        wanted = self.answers.get("agencies", ())
        return tuple(agency for agency in self.agencies if agency.id in wanted)

    def worker(self, agency: str) -> Mapping[str, Any] | None:
        """`post` and `stated_name` of the worker at an agency; None where it was not asked yet."""
        answer = self.answers.get(f"{WORKER}{agency}")
        if answer is None or (answer["post"] and not self.post_at(agency, answer["post"])):
            return None
        found: Mapping[str, Any] = answer
        return found

    @cached_property
    def directory(self) -> Snapshot:
        """The posts of every agency chosen, of one's own and of the partnership's office."""
        agencies = [agency.id for agency in self.chosen_agencies]
        place = self.place
        return directory_as_of(self.now, [place.post.body, *agencies], place.partnership.id)

    def post_at(self, agency: str, post: str) -> PostRecord | None:
        """A post, if it is one of that agency."""
        found = self.directory.post(Id(post))
        return found if found and found.body == agency else None

    def posts_at(self, agency: str) -> tuple[PostRecord, ...]:
        """The posts of an agency, those nearest to the child first."""
        return self.directory.posts(Id(agency), tuple(TIERS))

    @cached_property
    def supporter(self) -> FoundPost | None:
        """The post asked to support the person, if one was chosen and is still there."""
        wanted = self.answers.get("supporter", NOBODY)
        return None if wanted == NOBODY else self.found(wanted)

    def found(self, post: str) -> FoundPost | None:
        """One post of the partnership, wherever it is. What was sent may be anything at all."""
        if not ID.fullmatch(post):
            return None
        return finders.post_in(self.place.partnership.id, post, self.now)

    def search(self, text: str) -> tuple[FoundPost, ...]:
        """Posts of the whole partnership by title, agency or holder's name.

        What no name holds is left out, and of a very long text the beginning is looked for.
        """
        return finders.search_posts(self.place.partnership.id, _searched(text), self.now)

    # --- a person whom it is about ----------------------------------------------------------------

    def people(self, text: str = "") -> tuple[FoundPerson, ...]:
        """People of one's own agency and of those chosen whose name holds `text`; one too many where there
        are many.
        """
        return people_at(self._bodies, _searched(text), self.now)

    def person_found(self, person: str) -> FoundPerson | None:
        """One of them. What was sent may be anything at all."""
        if not ID.fullmatch(person) or person == self.person:
            return None
        return person_at(self._bodies, person, self.now)

    @cached_property
    def subject(self) -> FoundPerson | None:
        """The person whom the concern is about, if one was named and is still there."""
        if not self.answers.get("is_about_worker"):
            return None
        return self.person_found(self.answers.get("subject", ""))

    @property
    def _bodies(self) -> list[str]:
        return [self.place.post.body, *(agency.id for agency in self.chosen_agencies)]

    # --- immediate risk -----------------------------------------------------------------------

    @property
    def whom_to_telephone(self) -> tuple[Call, ...]:
        """The posts the policy tells at once of an immediate risk, in its order."""
        urgent = self.policy.urgent
        found: list[PostRecord] = []
        for seat in urgent.tells if urgent else ():
            partnership, agency = self.place.partnership.id, self.place.post.body
            body = Id(partnership if seat.side == "partnership" else agency)
            if seat.side in ("raising", "each", "partnership") and seat.role:
                found += candidates(self.policy, self.directory, body, seat.role)
        place = self.place
        names = {
            place.post.body: place.post.body_name,
            place.partnership.id: place.partnership.name,
        }
        return calls(dict.fromkeys(found), names.__getitem__)


def standpoints(person: str, now: datetime) -> tuple[Standpoint, ...]:
    """The posts in agencies from which `person` may raise a concern, own posts first.

    A partnership without a policy in force has nothing to raise a concern under.
    """
    posts = [post for post in finders.posts_of(person, now) if not post.body_is_partnership]
    if not posts:
        return ()
    found = []
    for partnership in finders.partnerships_open_to(person, now):
        members = {agency.id for agency in finders.agencies_in(partnership.id, now)}
        found += [
            Standpoint(post, partnership)
            for post in posts
            if partnership.edition and post.body in members
        ]
    return tuple(sorted(found, key=lambda each: posts.index(each.post)))


def _searched(text: str) -> str:
    return "".join(c for c in text[:LONGEST_SEARCH] if c.isprintable())


def _under(prefix: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): answer
        for name, answer in answers.items()
        if name.startswith(prefix)
    }
