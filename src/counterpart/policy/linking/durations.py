"""Read every limit of a policy file, and how its days are counted, into `worktime`'s own types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from counterpart.policy.linking.references import References, Where
from counterpart.policy.model import LimitRule
from counterpart.policy.source.limits import (
    AgreedBy,
    ByBand,
    CountingSource,
    HoursSource,
    LimitSource,
    ServiceSource,
    SetBy,
    ShorterOf,
)
from counterpart.worktime import (
    DAY_ZERO,
    ClosedDays,
    Counting,
    Limit,
    LimitProblem,
    NotStated,
    Service,
    StartDay,
    parse_limit,
    parse_opening,
)

PROTECTS = "protects the child"
NEVER_SAID = NotStated()


class Durations:
    """The limits of one file: its services, its way of counting, and its bands of priority."""

    def __init__(self, refs: References) -> None:
        self.refs = refs
        self.services = {
            s.id: made
            for i, s in enumerate(refs.source.services)
            if (made := self._service(s, ("services", i)))
        }
        self.counting = self.how_counted(refs.source.counting, ("counting",))
        bands = refs.source.bands
        self.bands = [band.id for band in bands.items] if bands else []

    def rule(
        self, limit: LimitSource, where: Where, counting: CountingSource | None = None
    ) -> LimitRule:
        """The rule a limit is, whoever sets it."""
        counted = (
            self.how_counted(counting, (*where[:-1], "counting")) if counting else self.counting
        )
        match limit:
            case str():
                return LimitRule(self._all([limit], where), counting=counted)
            case ShorterOf():
                fixed = [text for text in limit.shorter_of if text != PROTECTS]
                protective = PROTECTS in limit.shorter_of
                return LimitRule(self._all(fixed, where), protective, counting=counted)
            case ByBand():
                return LimitRule((), by_band=self._by_band(limit, where), counting=counted)
            case AgreedBy():
                return LimitRule(
                    self._outer(limit.at_most, where), is_agreed=True, counting=counted
                )
            case SetBy():
                by = self.refs.seat(limit.set_by, (*where, "set_by"))
                return LimitRule(self._outer(limit.at_most, where), set_by=by, counting=counted)

    def one(self, text: str, where: Where) -> Limit:
        """A limit written as text. What cannot be read is a problem, and stands as not stated."""
        try:
            return parse_limit(text, self.services)
        except LimitProblem as problem:
            self.refs.wrong(where, "not-a-limit", str(problem))
            return NEVER_SAID

    def how_counted(self, written: CountingSource, where: Where) -> Counting:
        """The reading of how days are counted."""
        ends = {"day_ends": _clock(written.day_ends)} if written.day_ends else {}
        try:
            return Counting(
                start_day=StartDay(written.start_day.replace(" ", "_")),
                closed_days=ClosedDays(written.closed_days.replace(" ", "_")),
                cut_off=_clock(written.cut_off) if written.cut_off else None,
                **ends,
            )
        except ValueError as problem:
            self.refs.wrong(where, "not-a-reading", str(problem))
            return DAY_ZERO

    def _all(self, texts: list[str], where: Where) -> tuple[Limit, ...]:
        return tuple(self.one(text, where) for text in texts)

    def _outer(self, text: str | None, where: Where) -> tuple[Limit, ...]:
        return (self.one(text, (*where, "at_most")),) if text else ()

    def _by_band(self, limit: ByBand, where: Where) -> Mapping[str, Limit]:
        for name in limit.band:
            self.refs.known(name, self.bands, (*where, "band", name), "band")
        for name in self.bands:
            if name not in limit.band:
                self.refs.wrong(where, "band-missing", f"it gives no limit for the band {name!r}")
        return {name: self.one(text, (*where, "band", name)) for name, text in limit.band.items()}

    def _service(self, written: ServiceSource, where: Where) -> Service | None:
        try:
            days = [getattr(written.hours, day) for day in HoursSource.model_fields]
            hours = tuple(tuple(parse_opening(text) for text in day) for day in days)
            return Service(
                written.id,
                hours,  # type: ignore[arg-type]  # a tuple of seven: HoursSource has seven fields
                open_on_bank_holidays=written.on_bank_holidays == "open",
            )
        except ValueError as problem:
            self.refs.wrong((*where, "hours"), "not-opening-hours", str(problem))
            return None


def _clock(text: str) -> time:
    return time.fromisoformat(text)
