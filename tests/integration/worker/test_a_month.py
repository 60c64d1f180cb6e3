"""A month of a made-up partnership, its worker's steps driven by a clock of our own.

Cases begin, are left alone or go on; people are away, and leave for good; for some days there is no worker. Whatever
happens: nobody gets more than one digest a day, nobody is written to about a case that they may not see, and every
duty that is late was brought to a named person or stands on the desk.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from counterpart.access.permission import can
from counterpart.access.visibility import kept_from_desk
from counterpart.casework import climbing
from counterpart.casework.directory import end_holding
from counterpart.lists.finding import desk
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages.composing import Message
from counterpart.messages.faults import faults
from counterpart.messages.kinds import DIGEST, TO_PERSON
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Account, Holding
from counterpart.worker.running import take
from counterpart.worker.steps import Deliver, all_steps
from counterpart.worktime import in_london
from tests.directory import an_account, covers
from tests.town import Story, Town, town

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
"""A Monday: four weeks from here have Christmas in them."""
DAYS = 28
LOOKS = (1, 8, 13)
"""The hours of a day at which a worker looks; each time it does all there is to do."""
ACTS_BEFORE = 13
"""What people do in a day is done in the morning, before this look."""
LEAVES_ON = 16
AWAY = range(8, 15)
"""Days on which there is no worker at all."""
LEAVER, ON_LEAVE, DEPUTY = "school.line_manager", "care.practitioner", "care.line_manager"
OFFICE = "office.business_manager"
NEVER_HELD = "school.designated_safeguarding_lead"


@dataclass
class PostBag:
    """A channel that keeps each message with whom it went to and when."""

    letters: list[tuple[str, Message, datetime]] = field(default_factory=list)

    def send(self, message: Message, to: str, now: datetime) -> None:
        """Take it."""
        self.letters.append((to, message, now))

    def close(self) -> None:
        """Nothing is open."""


def the_town() -> Town:
    place = town(vacant=[NEVER_HELD])
    for who, person in place.people.items():
        an_account(person, f"{who}@northmere.example", password=None)
    covers(
        place.people[DEPUTY], date(2026, 12, 7), date(2026, 12, 18), person=place.people[ON_LEAVE]
    )
    return place


def begin_some(place: Town, day: int, open_cases: list[Story]) -> None:
    """On working days a case begins, and some of those open go a step on; others are left alone."""
    now = BEGIN + timedelta(days=day, hours=9)
    if now.weekday() > 4 or now.date() == date(2026, 12, 25):
        return
    case = Story(place, now=now, step=timedelta(minutes=10)).raised()
    open_cases.append(case)
    if day % 3 == 0:
        case.to_workers()
    if day % 5 == 0:
        case.records("workers-discuss", "not_agreed") if day % 3 == 0 else case.to_managers()


def work(place: Town, bag: PostBag, at: datetime) -> None:
    """Every step of two workers, until there is nothing left for them to do."""
    steps = [
        Deliver(step.worker, bag, lambda: 0.0) if isinstance(step, Deliver) else step
        for worker in ("one", "two")
        for step in all_steps(worker)
    ]
    while any(take(step, at).name == "WORKED" for step in steps):
        pass


def leaves(place: Town, who: str, day: int) -> None:
    now = BEGIN + timedelta(days=day, hours=9)
    holding = Holding.objects.get(post=place.posts[who])
    end_holding(holding=holding.id, until_on=now.date(), actor=place.acting(OFFICE), now=now)


def on_the_desk(place: Town, at: datetime) -> set[str]:
    """The cases that the business manager's desk shows something of."""
    manager = place.people[OFFICE]
    kept = kept_from_desk(manager, place.partnership, at)
    assert kept is not None
    found = {row.case for row in desk(place.partnership, kept, "nobody", at).rows}
    found |= {row.case for row in climbing.unheard(place.partnership, kept, limit=500)}
    return found | {row.case for row in faults(place.partnership, manager, at, limit=500)}


def check_the_late_ones(place: Town, bag: PostBag, at: datetime) -> int:
    """Somebody who may see the case was written to of every duty a day late since it was due, or it stands on
    the desk. How many there are.
    """
    shown = on_the_desk(place, at)
    people: dict[str, Any] = dict(Account.objects.values_list("email", "person_id"))
    late = DutyRow.objects.filter(due_at__lt=at - timedelta(days=1)).select_related("case")
    for duty in late:
        told = {
            people[to]
            for to, message, now in bag.letters
            if duty.due_at and now > duty.due_at and f"/cases/{duty.case.reference}" in message.text
        }
        seen = any(can(person, "see_case", duty.case_id, at).is_allowed for person in told)
        assert seen or duty.case_id in shown, (duty.id, duty.due_at, at)
    return len(late)


def test_a_month_of_a_partnership() -> None:
    place, bag = the_town(), PostBag()
    open_cases: list[Story] = []
    late = 0
    for day in range(DAYS):
        for hour in LOOKS:
            at = BEGIN + timedelta(days=day, hours=hour)
            if hour == ACTS_BEFORE:
                begin_some(place, day, open_cases)
                leaves(place, LEAVER, day) if day == LEAVES_ON else None
            if day in AWAY:
                continue
            before = len(bag.letters)
            work(place, bag, at)
            check_the_letters(place, bag.letters[before:], at)
        late += check_the_late_ones(place, bag, at) if day not in AWAY else 0

    assert CaseRow.objects.count() == len(open_cases) > 15
    assert late > 50
    digests = [
        (to, in_london(now).date()) for to, message, now in bag.letters if _is_digest(message)
    ]
    assert len(digests) > 30
    assert max(Counter(digests).values()) == 1
    days = OutboxRow.objects.filter(template=DIGEST, to_kind=TO_PERSON)
    assert max(Counter((row.to, in_london(row.made_at).date()) for row in days).values()) == 1


def _is_digest(message: Message) -> bool:
    return message.subject == "Counterpart: what waits for you"


def check_the_letters(
    place: Town, letters: list[tuple[str, Message, datetime]], at: datetime
) -> None:
    """Each is about cases that its reader may see, and has nobody's name."""
    references = dict(CaseRow.objects.values_list("reference", "case"))
    people: dict[str, Any] = dict(Account.objects.values_list("email", "person_id"))
    may: dict[tuple[str, str], bool] = {}
    for to, message, _ in letters:
        for name in place.names.values():
            assert name not in message.text
        about = [case for ref, case in references.items() if f"/cases/{ref}" in message.text]
        assert about
        for case in about:
            key = people[to], case
            if key not in may:
                may[key] = can(people[to], "see_case", case, at).is_allowed
            assert may[key], (to, case)
