"""Who is reminded before a duty is due, and who is told when it is not done: the ladder."""

from __future__ import annotations

from pydantic import Field

from counterpart.policy.source.people import Body
from counterpart.policy.source.written import Cited, Name, RungSeatText, Text, Written


class RungSource(Cited):
    """One rung of the ladder: when a duty comes to it, these are told, once."""

    id: Name = Field(description="Its own id.")
    when: Text = Field(
        description="`2 working days before`, `at` (when it is due), or `1 working day after`."
    )
    tells: list[RungSeatText] = Field(min_length=1, description="Who is told.")
    only_for: list[Name] = Field(
        [], alias="for", description="For which steps, ways on and clocks; none: for every duty."
    )


class UsualRoleSource(Written):
    """Somebody whom the ladder of an installation speaks of."""

    id: Name
    title: Text
    at: Body
    tiers: list[str] = Field(min_length=1)


class UsualRungSource(Written):
    """One rung of the ladder of an installation: it comes from no policy, and cites none.

    `for` may name the duties that any case may have, such as `action`; none: every duty.
    """

    id: Name
    when: Text
    tells: list[RungSeatText] = Field(min_length=1)
    only_for: list[Name] = Field([], alias="for")


class UsualLadderSource(Written):
    """The file with the ladder for policies that set none, who is next up from whom, and who watches a case."""

    roles: list[UsualRoleSource]
    above: dict[str, list[str]]
    watches: list[str] = Field(min_length=1)
    ladder: list[UsualRungSource] = Field(min_length=1)
