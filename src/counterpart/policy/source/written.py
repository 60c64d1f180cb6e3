"""What everything written in a policy file shares: names, texts, seats, and citing a clause."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Trigger = Annotated[str, StringConstraints(min_length=1, max_length=120)]

_ROLE = r"(\.[a-z][a-z0-9-]*)?$"
SeatText = Annotated[
    str, StringConstraints(pattern=r"^(raising|receiving|each|partnership)" + _ROLE)
]
PartySeatText = Annotated[str, StringConstraints(pattern=r"^(raising|receiving|each)" + _ROLE)]
OtherSeatText = Annotated[
    str, StringConstraints(pattern=r"^(raising|receiving|each|partnership|outside)" + _ROLE)
]
ReaderText = Annotated[
    str,
    StringConstraints(
        pattern=r"^(raiser|(raising|receiving|each|partnership|outside)" + _ROLE[:-1] + r")$"
    ),
]
RungSeatText = Annotated[
    str,
    StringConstraints(
        pattern=r"^(above|lead|(owner|raising|receiving|each|partnership)" + _ROLE[:-1] + r")$"
    ),
]
ForceWord = Literal["must", "should", "may"]


class Written(BaseModel):
    """Anything written in a policy file: strict, closed, and not changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Cited(Written):
    """A rule that cites its clause and, where a meaning was chosen, the reading."""

    clause: ClauseId = Field(description="The clause of the policy this comes from.")
    reading: Name | None = Field(None, description="The reading that says what meaning was chosen.")
    also_read: list[Name] = Field([], description="Further readings this rule rests on.")


class TextSource(Cited):
    """A sentence of the policy that people are shown."""

    text: Text = Field(description="The sentence, in plain words.")
