"""A case as a page needs it: what is true, who must do what, what may be done, and the record.

A fixed number of queries, however long the record. Whoever asks has already been admitted by
`access`; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from counterpart.casework.editions import policy_of
from counterpart.casework.writing import seen_from
from counterpart.engine import events as e
from counterpart.engine.deciding import Option, option_elsewhere, options
from counterpart.engine.duties import KEPT_OUT, NO_POST, NOT_NAMED, Duty, duties
from counterpart.engine.fold import fold
from counterpart.engine.kinds import Id
from counterpart.engine.moving import edition_of
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState
from counterpart.journal.reading import Whole, read_whole
from counterpart.lists.finding import case_by_reference
from counterpart.people.directory import Snapshot, directory_as_of
from counterpart.people.finders import PartnershipRecord, agencies_by_id, partnership_of
from counterpart.policy.calendars import calendar_of
from counterpart.policy.model import Policy
from counterpart.worktime import Calendar, in_words


@dataclass(frozen=True)
class CaseFile:
    """Everything a page shows of one case. `entries` are oldest first, with their words."""

    id: str
    now: datetime
    policy: Policy
    state: CaseState
    entries: tuple[Whole, ...]
    directory: Snapshot
    calendar: Calendar
    agency_names: Mapping[str, str]
    partnership: PartnershipRecord

    @property
    def reference(self) -> str:
        return self.state.reference

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty open now, the soonest due first."""
        return duties(self.policy, self.state, self.directory, self.calendar)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Everything that could be done, with the reason where it may not be done now."""
        return options(self.policy, self.state, now=self.now, calendar=self.calendar)

    @property
    def raised(self) -> e.ConcernRaised:
        """The raising of the concern, with its words."""
        first: e.ConcernRaised = self.entries[0].recorded.event
        return first

    @cached_property
    def corrections(self) -> Mapping[str, list[Whole]]:
        """The corrections of each entry, the newest first."""
        found: dict[str, list[Whole]] = {}
        for entry in reversed(self.entries):
            if isinstance(entry.recorded.event, e.EntryCorrected):
                found.setdefault(entry.recorded.event.entry, []).append(entry)
        return found

    @cached_property
    def papers_version(self) -> int | None:
        """The version of the record that is the papers of the last panel; None where none was convened."""
        convened = self.latest(e.PanelConvened)
        if convened is None:
            return None
        return convened.recorded.event.papers_at or convened.recorded.version - 1

    @cached_property
    def after_papers(self) -> frozenset[str]:
        """The entries that came after the papers of the last panel were fixed, and the notes that were shared
        only then. Calling the panel together is none of them.
        """
        convened = self.latest(e.PanelConvened)
        if convened is None or self.papers_version is None:
            return frozenset()
        late = [w.recorded for w in self.entries if w.recorded.version > self.papers_version]
        shared = {str(r.event.note) for r in late if isinstance(r.event, e.NoteShared)}
        return frozenset({r.id for r in late} - {convened.recorded.id}) | shared

    @property
    def waiting(self) -> timedelta:
        """How long this child has waited, over all stages, until now or until the case ended."""
        return (self.state.ended_at or self.now) - self.state.raised_at

    def option(self, event: type, target: str = "") -> Option | None:
        """The option to make this happen; refused, with the reason, where it is for another stage.

        None where the policy does not know it.
        """
        here = (
            o
            for o in self.options
            if o.event is event and ("" in (target, o.target) or target == o.target)
        )
        return next(here, None) or option_elsewhere(
            self.policy, self.state, event, target, now=self.now, calendar=self.calendar
        )

    def latest(self, event: type) -> Whole | None:
        """The newest entry of a kind."""
        return next((w for w in reversed(self.entries) if type(w.recorded.event) is event), None)

    def body_name(self, body: str) -> str:
        """The name of an agency of the case, or of the partnership."""
        return self.agency_names.get(body, self.partnership.name)

    def post_words(self, post: str | None) -> str:
        """`Amara Osei, Class teacher, Oakfield Primary School`, or the post where it is vacant."""
        record = self.directory.post(Id(post)) if post else None
        if record is None:
            return ""
        names = " or ".join(holder.name for holder in record.holders)
        parts = [names, record.title, self.body_name(record.body)]
        return ", ".join(part for part in parts if part)

    def owner_words(self, duty: Duty) -> str:
        """Who has a duty, in words; where nobody can be found, that and why."""
        role = self.policy.roles[duty.role].title if duty.role else ""
        body = self.body_name(duty.body)
        if duty.nobody == NOT_NAMED:
            return f"Nobody named yet: {role}, {body}"
        if duty.nobody == NO_POST:
            return f"Nobody to go to: {body} has no {role[:1].lower()}{role[1:]} in the directory"
        if duty.nobody == KEPT_OUT:
            post = self.post_words(duty.post)
            return f"Nobody to go to: whoever holds this post is kept from the case ({post})"
        if duty.nobody:
            return f"Nobody to go to: the post is vacant ({self.post_words(duty.post)})"
        return self.post_words(duty.post)


def find(reference: str) -> str | None:
    """The id of the case with this reference, however it is typed, or None."""
    tidy = reference.strip().upper().replace("-", "").replace(" ", "")
    tidy = tidy.translate(str.maketrans("OIL", "011"))
    # Nothing else is asked of the database: PostgreSQL refuses some characters outright.
    return case_by_reference(tidy) if len(tidy) <= 8 and tidy.isascii() and tidy.isalnum() else None


def open_case(case: str, now: datetime) -> CaseFile:
    """The case with this id, with its words. Raises ValueError if there is none."""
    entries = read_whole(case)
    if not entries:
        raise ValueError("no such case")
    record = [entry.recorded for entry in entries]
    policy = policy_of(edition_of(record))
    state = fold(policy, record)
    partnership = partnership_of(state.partnership)
    if partnership is None:
        raise ValueError("the case's partnership is not in the directory")
    agencies = _agencies(state, record)
    names = {id: agency.name for id, agency in agencies_by_id(agencies).items()}
    return CaseFile(
        id=case,
        now=now,
        policy=policy,
        state=state,
        entries=entries,
        directory=seen_from(state, directory_as_of(now, agencies, state.partnership), now),
        calendar=calendar_of(policy),
        agency_names=names,
        partnership=partnership,
    )


def working(duty: Duty, file: CaseFile) -> tuple[str, ...]:
    """How the due time came about, in plain lines: the limit, each day and why, the reading.

    Nothing where the policy gives no time and there is no reading of it: the duty says that.
    """
    lines: list[str] = []
    lines += [answer.words for answer in duty.due.cannot]
    for total in duty.due.sums:
        lines.append(f"The policy gives {in_words(total.limit)}.")
        lines += total.words[1:]  # the first says the limit again
        lines += [
            f"{day.date:%A} {day.date.day} {day.date:%B %Y}: "
            f"{'counted' if day.counted else 'not counted'}, {day.why}"
            for day in total.days
        ]
    if said := set_words(duty, file):
        lines.append(said)
    for name in duty.readings:
        reading = file.policy.readings[name]
        lines.append(f"{reading.question} {reading.reading}")
    return tuple(lines)


def set_words(duty: Duty, file: CaseFile) -> str:
    """Whose time it is, where people set or agreed one for this case; else ""."""
    if not duty.due.is_set_for_child:
        return ""
    clock = file.policy.clocks.get(duty.clock)
    if clock is not None and clock.limit.is_agreed:
        return "The agencies agreed this time."
    if clock is not None and clock.limit.set_by:
        return "This time was set for this case, as the policy asks."
    return "An earlier time was set to protect this child. The earlier time holds."


def _agencies(state: CaseState, record: Sequence[Recorded]) -> set[str]:
    """Every agency that the record may speak of: those that passed it on, and the panel's, too.

    One outside the case may have required a meeting.
    """
    passed_on = {r.event.from_agency for r in record if isinstance(r.event, e.PartyRedirected)}
    wrote = {r.actor.agency for r in record if r.actor.agency}
    panel = {m.agency for m in state.panel.members} if state.panel else set()
    required = {meeting.by for meeting in state.between.meetings}
    advice = (r.event for r in record if isinstance(r.event, e.AdviceRecorded))
    advised = {event.agency for event in advice if event.agency}
    return {*state.parties, *passed_on, *wrote, *panel, *required, *advised}
