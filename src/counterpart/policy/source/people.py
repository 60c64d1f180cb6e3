"""Who is who: roles, opposite numbers, and people who are not users."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from counterpart.policy.source.written import Cited, Name, Text, Written

Body = Literal["agency", "partnership"]


class RoleSource(Cited):
    """Somebody the policy speaks of."""

    id: Name = Field(description="Its own id; seats name it: `raising.line-manager`.")
    title: Text = Field(description="What people call it: `Line manager`.")
    at: Body = Field(description="Whether every agency has one, or the partnership.")
    tiers: list[str] = Field(
        min_length=1, description="Tiers of the directory that fill it; the first that has a post."
    )


class OpposedSource(Written):
    """One of those to ask."""

    title: Text = Field(description="What they are called: `Named Doctor`.")
    tiers: list[str] = Field([], description="Tiers of the directory where they are found.")


class OppositeSource(Cited):
    """A row of the table of opposite numbers."""

    id: Name = Field(description="Its own id.")
    of: Text = Field(description="Whose opposite number: `Health visitor`.")
    ask: list[OpposedSource] = Field(min_length=1, description="Whom to ask.")
    choice: Literal["one of", "all of", "any of"] = Field(
        "any of", description="Whether to ask one, all, or any of them (`and/or`)."
    )
    advice: str = Field("", description="From whom they may take advice instead or as well.")


class OutsiderSource(Cited):
    """Somebody who is informed or heard and is not a user: a parent, a child, another body."""

    id: Name = Field(description="Its own id; the seat is `outside.ID`.")
    title: Text = Field(description="What they are called: `Parent`.")


class ContactSource(Cited):
    """An address the policy gives, such as the partnership's office."""

    id: Name = Field(description="Its own id.")
    title: Text = Field(description="Whose address it is.")
    address: Text = Field(description="An e-mail address, a telephone number or a page.")
