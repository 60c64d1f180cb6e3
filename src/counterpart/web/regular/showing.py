"""The pages of regular duties as values: each duty with its lines, each entry with its words and who wrote it.

A fixed number of queries for a partnership, whatever it has written down. It must not change anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from counterpart.casework.editions import policy_of
from counterpart.engine.kinds import Id
from counterpart.engine.regular import Owed, is_of_agencies, regular_duties
from counterpart.engine.regular_events import RegularDutyFellDue, RegularEntryWithdrawn
from counterpart.journal.reading import Whole
from counterpart.office.keeping import Regular, words_of
from counterpart.people.finders import PartnershipRecord, body_names
from counterpart.policy.explaining import clause_anchor
from counterpart.policy.model import Standing
from counterpart.telling.dates import plural
from counterpart.web.regular.places import desk_href
from counterpart.web.regular.wording import (
    about,
    entry_words,
    event_words,
    how_often,
    label,
    owner_words,
    slug_of,
    state_words,
)

AT_ONCE = 4
"""How many periods of a duty stand open on a page; the earlier ones are folded."""
LATEST_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry: what it says, who wrote it, and what became of it ("" while it stands)."""

    id: str
    about: str
    words: str
    text: str
    agency: str
    by: str
    told_by: str
    at: datetime
    became: str
    correct: str
    withdraw: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One thing to write down, or several of one period (`href` leads to them). `action` is the words of the link."""

    label: str
    words: str
    waits: bool
    action: str
    href: str
    entry: EntryShown | None


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A regular duty: what, whose, how often, and its lines, the newest first."""

    id: str
    what: str
    owner: str
    every: str
    clause: str
    clause_href: str
    lines: tuple[LineShown, ...]
    earlier: tuple[LineShown, ...]
    texts: tuple[str, ...]
    happened: str


class Shown:
    """Draws the duties of one partnership for one body, or for its desk (`body` None)."""

    def __init__(
        self, partnership: PartnershipRecord, regular: Regular, body: str | None = None
    ) -> None:
        self.partnership = partnership
        self.regular = regular
        self.body = body
        self.wholes = {whole.recorded.id: whole for whole in words_of(partnership.id)}
        self.names = body_names(
            {partnership.id, *(m.agency for m in regular.members)}
            | {w.recorded.event.agency for w in self._writings() if w.recorded.event.agency}
        )
        self.became = _became(self.wholes.values())

    def duties(self, some: Sequence[Standing]) -> tuple[DutyShown, ...]:
        """These duties with their lines."""
        found: dict[str, list[Owed]] = {}
        for one in self.regular.owed():
            found.setdefault(one.duty.id, []).append(one)
        return tuple(self._duty(duty, found.get(duty.id, [])) for duty in some)

    def agencies(self, some: Iterable[Owed]) -> tuple[LineShown, ...]:
        """The lines of one period, an agency each, those without an entry first."""
        lines = [self._one(one, self.names.get(one.agency or "", "")) for one in some]
        return tuple(sorted(lines, key=lambda line: line.entry is not None))

    def entries(self) -> tuple[EntryShown, ...]:
        """Everything that was written down of what is shown, the newest first."""
        own = None if self.body in (None, self.partnership.id) else self.body
        found = [
            self.entry(whole)
            for whole in self._writings()
            if self.body is None or whole.recorded.event.agency == own
        ]
        return tuple(reversed(found))[:LATEST_ENTRIES]

    def entry(self, whole: Whole) -> EntryShown:
        """One entry in words."""
        recorded, event = whole.recorded, whole.recorded.event
        policy = policy_of(event.edition)
        is_event = isinstance(event, RegularDutyFellDue)
        became = self.became.get(recorded.id, "")
        is_asked = any(duty.id == event.duty for duty in regular_duties(self.regular.policy))
        address = {"office": self.partnership.code, "written": recorded.id}
        can_change = not became and is_asked
        told = (about(recorded, policy), event_words(recorded, policy) if is_event else "")
        return EntryShown(
            id=recorded.id,
            about=". ".join(words for words in told if words),
            words=entry_words(recorded),
            text=event.what,
            agency=self.names.get(event.agency or "", ""),
            by=", ".join(
                filter(None, (whole.names.get("actor_name"), whole.names.get("actor_post")))
            ),
            told_by=getattr(event, "told_by", ""),
            at=recorded.written_at,
            became=became,
            correct=reverse("regular:correct", kwargs=address) if can_change else "",
            withdraw=reverse("regular:withdraw", kwargs=address) if can_change else "",
        )

    def _duty(self, duty: Standing, some: Sequence[Owed]) -> DutyShown:
        lines = tuple(self._lines(duty, some))
        open_ones = [line for line in lines if line.waits]
        first = [line for n, line in enumerate(lines) if n < AT_ONCE or line in open_ones[:AT_ONCE]]
        policy = self.regular.policy
        whose = self.body or self.partnership.id
        address = {"office": self.partnership.code, "regular": duty.id, "whose": whose}
        path = reverse("public:clauses", kwargs={"policy": policy.id})
        return DutyShown(
            id=duty.id,
            what=duty.what.rstrip("."),
            owner=owner_words(duty, policy),
            every=how_often(duty, policy),
            clause=duty.clause,
            clause_href=f"{path}#{clause_anchor(duty.clause)}",
            lines=tuple(first),
            earlier=tuple(line for line in lines if line not in first),
            texts=duty.on,
            happened=reverse("regular:happened", kwargs=address) if self._may_note(duty) else "",
        )

    def _may_note(self, duty: Standing) -> bool:
        if not duty.on:
            return False
        return self.body in (None, self.partnership.id) or not duty.from_each

    def _lines(self, duty: Standing, some: Sequence[Owed]) -> Iterator[LineShown]:
        if self.body is not None:
            own = None if self.body == self.partnership.id else self.body
            if own is not None or not is_of_agencies(duty):
                yield from (self._one(one) for one in some if one.agency == own)
                return
        for _, each in groupby(some, key=slug_of):
            together = list(each)
            yield self._together(together) if is_of_agencies(duty) else self._one(together[0])

    def _one(self, one: Owed, name: str = "") -> LineShown:
        today = self.regular.today
        whole = self.wholes.get(one.entry.id) if one.entry else None
        address = {
            "office": self.partnership.code,
            "regular": one.duty.id,
            "period": slug_of(one),
            "whose": one.agency or self.partnership.id,
        }
        may_write = one.entry is None or one.because == "any_time"
        asked = "Answer" if one.is_return and self.body else "Write it down"
        return LineShown(
            label=name or label(one, self.regular.policy),
            words=state_words(one, today),
            waits=one.waits(today),
            action=asked if may_write else "",
            href=reverse("regular:do", kwargs=address) if may_write else "",
            entry=self.entry(whole) if whole else None,
        )

    def _together(self, some: Sequence[Owed]) -> LineShown:
        today, first = self.regular.today, some[0]
        given = sum(one.entry is not None for one in some)
        has = "has" if given == 1 else "have"
        did = "answered" if first.is_return else "written it down"
        words = f"{given} of {plural(len(some), 'agency', 'agencies')} {has} {did}."
        return LineShown(
            label=label(first, self.regular.policy),
            words=words,
            waits=any(one.waits(today) for one in some),
            action="See each agency",
            href=desk_href(
                "answers", self.partnership, regular=first.duty.id, period=slug_of(first)
            ),
            entry=None,
        )

    def _writings(self) -> list[Whole]:
        return [
            whole
            for whole in self.wholes.values()
            if not isinstance(whole.recorded.event, RegularEntryWithdrawn)
        ]


def _became(wholes: Iterable[Whole]) -> Mapping[Id, str]:
    """What became of the entries that do not stand any more."""
    found: dict[Id, str] = {}
    for whole in wholes:
        event = whole.recorded.event
        if isinstance(event, RegularEntryWithdrawn):
            found[event.entry] = f"Withdrawn: {event.why}"
        elif event.corrects:
            found[event.corrects] = "Put right since, by a newer entry."
    return found
