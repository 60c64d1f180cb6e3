"""Hand-made stand-ins for what the pure core is given: a directory that is only a list of posts."""

from __future__ import annotations

from dataclasses import replace

from counterpart.engine.directory import HolderRecord, PostRecord
from counterpart.engine.kinds import Code, Id
from counterpart.rehearsal.directory import MadeUpDirectory

SCHOOL, SOCIAL_CARE, HEALTH, POLICE = Id("school"), Id("social-care"), Id("health"), Id("police")
PARTNERSHIP = Id("partnership")
AGENCY_TIERS = (
    "practitioner",
    "line_manager",
    "designated_safeguarding_lead",
    "operations_manager",
    "board_representative",
)
PARTNERSHIP_TIERS = ("business_manager", "independent_chair", "head_of_safeguarding")


class FakeDirectory(MadeUpDirectory):
    """A directory as of one moment, from the posts it is given, and the same with one post changed."""

    def without(self, post: str) -> FakeDirectory:
        """The same directory had this post never been."""
        return FakeDirectory(p for p in self.everybody if p.id != post)

    def with_vacant(self, post: str) -> FakeDirectory:
        """The same directory with nobody in this post."""
        return FakeDirectory(replace(p, holders=()) if p.id == post else p for p in self.everybody)

    def with_second(self, post: str) -> FakeDirectory:
        """The same directory with another held post beside this one, at the same tier."""
        one = self.post(Id(post))
        assert one is not None
        return FakeDirectory((*self.everybody, a_post(f"{post}-2", one.body, one.tier)))


def a_post(id: str, body: str, tier: str) -> PostRecord:
    """A post held by one person."""
    holder = HolderRecord(person=Id(f"holder-of-{id}"), name=f"Holder of {id}")
    return PostRecord(
        id=Id(id), body=Id(body), tier=Code(tier), title=id, phone="", holders=(holder,)
    )


def a_directory(*agencies: str) -> FakeDirectory:
    """One held post at every tier of every agency, called `school-line_manager` and so on."""
    bodies = agencies or (SCHOOL, SOCIAL_CARE, HEALTH, POLICE)
    posts = [a_post(f"{body}-{tier}", body, tier) for body in bodies for tier in AGENCY_TIERS]
    posts += [a_post(f"{PARTNERSHIP}-{tier}", PARTNERSHIP, tier) for tier in PARTNERSHIP_TIERS]
    return FakeDirectory(posts)
