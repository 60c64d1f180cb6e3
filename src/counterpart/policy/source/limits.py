"""How long something may take, who may say so, how days are counted, and what a missed time does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from counterpart.policy.source.written import Cited, ForceWord, Name, SeatText, Text, Written

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ShorterOf(Written):
    """The shortest of several limits; `protects the child` lets a person set a shorter one."""

    shorter_of: list[str] = Field(
        min_length=2, description="Limits, and `protects the child` for a time a person sets."
    )


class ByBand(Written):
    """A limit looked up by the band of priority the case has."""

    band: dict[Name, str] = Field(min_length=1, description="For each band, its limit.")


class AgreedBy(Written):
    """A time both sides agree for each case."""

    agreed_by: Literal["each"] = Field(description="`each`: every agency agrees to it.")
    at_most: str | None = Field(None, description="An outer limit, whatever is agreed.")


class SetBy(Written):
    """A time that one person sets for each case."""

    set_by: SeatText = Field(description="Who sets it.")
    at_most: str | None = Field(None, description="An outer limit, whatever is set.")


LimitSource = str | ShorterOf | ByBand | AgreedBy | SetBy


class CountingSource(Written):
    """How days are counted where the words could mean two things."""

    start_day: Literal["day zero", "day one"] = Field(
        "day zero", description="Whether the day it starts is itself counted."
    )
    closed_days: Literal["stay", "next working day"] = Field(
        "stay", description="What it means to start on a weekend or a bank holiday."
    )
    cut_off: Clock | None = Field(
        None, description="What starts after this hour counts as the next working day: `17:00`."
    )
    day_ends: Clock | None = Field(
        None, description="The hour it is due on the last day, where that is not midnight."
    )


class IfMissed(Cited):
    """What a missed time does, beyond being shown."""

    then: Literal["tell", "fail", "move", "choose", "bar"] = Field(
        description=(
            "`tell`: people are told. `fail`: silence counts as not agreed. `move`: the case goes "
            "on by itself. `choose`: somebody must choose what comes next. `bar`: a way on closes."
        )
    )
    tells: list[SeatText] = Field([], description="Who is told when the time has passed.")
    way: Name | None = Field(
        None, description="The way on that is taken (`move`) or closes (`bar`)."
    )
    by: SeatText | None = Field(None, description="Who must choose (`choose`).")


class Timed(Cited):
    """A rule with a time: how long, how strongly, how counted, and what missing it does."""

    limit: LimitSource = Field(description="How long, or `not stated`.")
    force: ForceWord = Field(
        "must", description="`must`, `should` (a guide), or `may` (offered and never owed)."
    )
    counting: CountingSource | None = Field(
        None, description="How its days are counted, where that differs from the rest."
    )
    if_missed: IfMissed | None = Field(None, description="What happens once its time has passed.")


class BandSource(Written):
    """One band of priority."""

    id: Name = Field(description="Its own id; limits name it.")
    title: Text = Field(description="What it is called: `Red`.")


class BandsSource(Cited):
    """Bands of priority, one of which each case may have."""

    title: Text = Field(description="What the band is called: `Priority`.")
    set_by: SeatText = Field(description="Who says which band a case is in.")
    items: list[BandSource] = Field(
        alias="list", min_length=2, description="The bands, the most pressing first."
    )


class HoursSource(Written):
    """The opening hours of a service, each day a list of `09:00-17:00`."""

    monday: list[str] = Field([], description="When it is open on a Monday; nothing means closed.")
    tuesday: list[str] = Field(
        [], description="When it is open on a Tuesday; nothing means closed."
    )
    wednesday: list[str] = Field(
        [], description="When it is open on a Wednesday; nothing means closed."
    )
    thursday: list[str] = Field(
        [], description="When it is open on a Thursday; nothing means closed."
    )
    friday: list[str] = Field([], description="When it is open on a Friday; nothing means closed.")
    saturday: list[str] = Field(
        [], description="When it is open on a Saturday; nothing means closed."
    )
    sunday: list[str] = Field([], description="When it is open on a Sunday; nothing means closed.")


class ServiceSource(Cited):
    """A service whose opening hours a limit may count."""

    id: Name = Field(description="Its own id: `8 service hours of front-door`.")
    title: Text = Field(description="What it is called.")
    hours: HoursSource = Field(description="Its opening hours, day by day.")
    on_bank_holidays: Literal["open", "closed"] = Field(
        "closed", description="Whether it keeps its hours on bank holidays."
    )


class DateSource(Cited):
    """A date from outside the policy, such as a conference, given for each case."""

    id: Name = Field(description="Its own id: `date conference` is the trigger.")
    title: Text = Field(description="What it is: `The initial conference`.")
    statutory: bool = Field(False, description="Whether the law sets it. It is shown as such.")
