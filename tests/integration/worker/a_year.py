"""A made-up year of a partnership, played from one thing that happens to the next, through the use cases.

Three hundred concerns under policy after policy; people act in time, late or not at all; they go on leave, leave for
good, and are followed by others; the mail is away; for a week there is no worker. The worker's steps are called with
the time as an argument. What should be so afterwards is not said here: a `Witness` sees it all.

What is done is committed, as in an installation: in one transaction of a whole year a database can tidy nothing away,
and each look at a row that was often rewritten goes past all that it has been.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import Any, cast

from django.db import connection

from counterpart.access.visibility import kept_from_desk
from counterpart.casework import climbing, directory, editions, keeping, upkeep
from counterpart.casework.actors import Acting, the_clock
from counterpart.casework.writing import Done
from counterpart.lists.finding import desk
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages import holding, outbox, routines
from counterpart.messages.faults import faults
from counterpart.messages.models import OutboxRow
from counterpart.messages.notices import notices_for
from counterpart.people.models import Account, Holding
from counterpart.worker.running import Step, Turn, take
from counterpart.worker.steps import PASS_TIMES, Deliver, Refresh, all_steps
from tests.directory import new_id
from tests.integration.worker.mail_of_the_year import BEGIN, DAY, PostBag, at
from tests.integration.worker.played import Played, Vacant
from tests.integration.worker.witness import LONDON, Roles, Seen, Witness
from tests.live import PUBLISHED, a_whole_town, policy_file
from tests.playing import act_upwards, next_act
from tests.town import Town

FORTNIGHT = timedelta(days=14)

DAYS = 364
CASES = 300
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LOOKS = (time(8), time(15))
"""When a worker has its turns; what came in between, it finds then."""
SIDES = ("school", "care", "hospital", "mental")
"""Who disagrees with whom. The police sit on panels."""
OFFICE = "office.business_manager"
NEVER_HELD = "care.designated_safeguarding_lead"
LEAVES, LEAVERS, CONFLICTS = 36, 14, 10
MOST_ACTS = 30
RISKS = 0.2
"""How many of the concerns are about immediate risk, where the policy has a route for it."""
STAYS = ("board_representative", "independent_chair", "head_of_safeguarding", "coordinator")
NO_WORKER = (150, 157)
"""Days between which there is none."""


def _tidies() -> None:
    """A database looks after its tables by itself in two weeks; these two are over in a few seconds."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")


@dataclass
class Year:
    """What happens, in its order; `plays` makes it happen."""

    seed: int
    days: int = DAYS
    cases: int = CASES
    conflicts: int = CONFLICTS
    steps: Callable[[str], Sequence[Step[Any]]] = all_steps
    random: Random = field(init=False)
    witness: Witness = field(default_factory=Witness)
    place: Town = field(init=False)
    bag: PostBag = field(init=False)
    _todo: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _stories: dict[str, Played] = field(default_factory=dict)

    def __post_init__(self) -> None:
        print(f"The seed of the year is {self.seed}")  # noqa: T201 - shown where a test fails
        self.random = Random(self.seed)  # noqa: S311 - a play, and the same one again
        self.place = a_whole_town()
        self.bag = PostBag(self.witness, {}, tuple(self.place.names.values()))
        for who, person in self.place.people.items():
            self._joins(who, person, BEGIN - 1000 * DAY)
        self.bag.refusing = f"{self.place.people['hospital.line_manager']}@northmere.example"
        self._plans()

    # --- what is going to happen ------------------------------------------------------------------

    def plays(self) -> Witness:
        """From the first day to the last; then the mailboxes are put right and what is left goes."""
        tidied_at = at(0)
        while self._todo:
            now, _, happens = heappop(self._todo)
            if now - tidied_at > FORTNIGHT:
                _tidies()
                tidied_at = now
            happens(now)
        self._ends(at(self.days))
        return self.witness

    def _will(self, when: datetime, happens: Callable[[datetime], None]) -> None:
        if when < at(self.days):
            heappush(self._todo, (when, len(self._todo) + self.random.getrandbits(40), happens))

    def _plans(self) -> None:
        for day in range(self.days):
            for hour in LOOKS:
                if not NO_WORKER[0] <= day < NO_WORKER[1]:
                    self._will(at(day, hour), self.looks)
            self._will(at(day, time(8, 1)), self.asks_what_is_late)
            if day % 30 == 29:
                self._will(at(day, time(18)), self.opens_the_app)
        for n, name in enumerate(self.random.sample(PUBLISHED, len(PUBLISHED))):
            self._will(
                at(n * self.days // len(PUBLISHED), time(0, 5)), partial(self.publishes, name)
            )
        for _ in range(self.cases):
            self._will(self._at_work(at(self.random.uniform(0.5, self.days - 20))), self.raises)
        for _ in range(LEAVES * self.days // DAYS):
            self._will(self._at_work(at(self.random.uniform(1, self.days))), self.goes_on_leave)
        for _ in range(LEAVERS * self.days // DAYS):
            self._will(self._at_work(at(self.random.uniform(1, self.days))), self.leaves)
        for _ in range(self.conflicts):
            self._will(self._at_work(at(self.random.uniform(5, self.days))), self.declares)
        self._will(at(0, time(7)), partial(self._vacates, NEVER_HELD, BEGIN))

    def _at_work(self, when: datetime) -> datetime:
        """The next moment at which people are at work."""
        local = when.astimezone(LONDON)
        while local.weekday() > 4 or not 9 <= local.hour < 17:
            local += 1 * HOUR
        return local.astimezone(UTC)

    # --- cases ------------------------------------------------------------------------------------

    def publishes(self, name: str, now: datetime) -> None:
        """The partnership has another policy for new cases from now on."""
        self.policy = policy_file(name)
        self.roles = Roles.written_in(self.policy)
        editions.publish(
            content=self.policy, partnership=self.place.partnership, actor=the_clock(), now=now
        )

    def raises(self, now: datetime) -> None:
        """Somebody raises a concern with one or two other agencies."""
        raising, *others = self.random.sample(SIDES, 3)
        who = f"{raising}.practitioner"
        if who not in self.place.people:
            return self._will(self._at_work(now + DAY), self.raises)
        receiving = others[: self.random.choice((1, 1, 1, 2))]
        story = Played(self.place, now=now, step=MINUTE)
        risk: dict[str, Any] = {}
        if self.roles.is_for_risk and self.random.random() < RISKS:
            risk = {"is_urgent": True, "immediate_risk": "Tonight."}
        story.begins(
            who=who,
            raising_agency=self.place.agencies[raising],
            raising_post=self.place.posts[who],
            receiving=tuple((self.place.agencies[one], None, "") for one in receiving),
            **risk,
        )
        story.raising = raising
        story.acts_up = self.random.choice((0, 0, 1, 3, 6))
        story.rests_at = self.random.choice((None, None, 1, 2, 4))
        person = self.place.people[who]
        self.witness.cases[story.reference] = Seen(self.roles, person, raising, tuple(receiving))
        self._stories[story.case] = story
        self._follows(story, now)
        return None

    def acts(self, story: Played, now: datetime) -> None:
        """Somebody takes the case one act further, unless whose turn it is cannot."""
        story.now = now
        story.is_read_anew()
        seen = self.witness.cases[story.reference]
        wants = act_upwards if story.done < story.acts_up else next_act
        try:
            story.goes_on(wants(cast(Any, story)), kept_out=seen.kept_out)
        except Vacant:
            return self._will(self._at_work(now + 2 * DAY), partial(self.acts, story))
        self._follows(story, now)
        return None

    def _follows(self, story: Played, now: datetime) -> None:
        """What the witness sees of an act, and when the next one is."""
        self._notes(story.case, now)
        if self.witness.cases[story.reference].ended_at or story.done >= MOST_ACTS:
            return
        gap = self.random.choice((2 * HOUR, 5 * HOUR, DAY, DAY, 2 * DAY, 4 * DAY, 9 * DAY))
        if story.done == story.rests_at:
            gap = 25 * DAY
        minutes = self.random.randrange(55) * MINUTE
        self._will(self._at_work(now + gap) + minutes, partial(self.acts, story))

    def _notes(self, case: str, now: datetime) -> None:
        row, story = CaseRow.objects.get(case=case), self._stories[case]
        seen = self.witness.cases[story.reference]
        seen.has_met |= row.stage not in seen.roles.inside
        seen.panel |= story.sitting
        seen.ended_at = (seen.ended_at or now) if row.status != "open" else None

    def declares(self, now: datetime) -> None:
        """Somebody has a tie to a family, and is kept from the case from now on."""
        cases = [
            one for one in self._stories.values() if not self.witness.cases[one.reference].ended_at
        ]
        if not cases:
            return
        story = self.random.choice(cases)
        seen = self.witness.cases[story.reference]
        body = self.random.choice((seen.raising, *seen.receiving))
        who = f"{body}.{self.random.choice(('line_manager', 'operations_manager', 'practitioner'))}"
        if who in self.place.people and self.place.people[who] not in seen.kept_out:
            done = keeping.keep_out(
                person=self.place.people[who], reason="declared_conflict", why="A tie.",
                case=story.case, actor=self._office(), now=now, key=new_id(),
            )  # fmt: skip
            assert isinstance(done, Done), done
            seen.kept_out[self.place.people[who]] = now

    # --- people -----------------------------------------------------------------------------------

    def goes_on_leave(self, now: datetime) -> None:
        """Somebody is away from tomorrow on, and somebody of the same house stands in."""
        who = self.random.choice(sorted(self.place.people))
        same = [one for one in sorted(self.place.people) if one.split(".")[0] == who.split(".")[0]]
        other = self.random.choice(same)
        since = now.astimezone(LONDON).date() + DAY
        until = since + self.random.randrange(3, 16) * DAY
        person, covering = self.place.people[who], self.place.people[other]
        if person == covering or self.witness.is_away(covering, since, until):
            return
        directory.arrange_cover(
            person=person, covering=covering, from_on=since, until_on=until, actor=self._office(), now=now
        )  # fmt: skip
        self.witness.covers(covering, person, since, until)

    def leaves(self, now: datetime) -> None:
        """Somebody leaves, today or in a week, and after a while somebody else comes."""
        staying = [who for who in sorted(self.place.people) if who.split(".")[1] not in STAYS]
        who = self.random.choice(staying)
        if who == OFFICE:
            return
        today = now.astimezone(LONDON).date()
        last = today + self.random.choice((0, 7)) * DAY
        self._vacates(who, last, now)
        gap = self.random.choice((0, 3, 10, 25))
        comes_at = datetime.combine(last + (gap + 1) * DAY, time(9, 15), LONDON).astimezone(UTC)
        self._will(comes_at, partial(self._fills, who))

    def _vacates(self, who: str, last: date, now: datetime) -> None:
        person = self.place.people[who]
        row = Holding.objects.get(post=self.place.posts[who], person=person, until_on=None)
        directory.end_holding(holding=row.id, until_on=last, actor=self._office(), now=now)
        self.witness.goes(person, who, last)
        cast(dict[str, str], self.place.people).pop(who)
        if last > now.astimezone(LONDON).date():
            self._will(
                datetime.combine(last, time(0, 1), LONDON).astimezone(UTC), self.an_hour_passes
            )

    def _fills(self, who: str, now: datetime) -> None:
        person, today = new_id(), now.astimezone(LONDON).date()
        directory.add_person(id=person, name=f"Newcomer {person[:6]}")
        directory.appoint(
            post=self.place.posts[who], person=person, from_on=today, actor=self._office(), now=now
        )
        cast(dict[str, str], self.place.people)[who] = person
        self._joins(who, person, today)

    def _joins(self, who: str, person: str, since: date) -> None:
        address = f"{person}@northmere.example"
        if not Account.objects.filter(person=person).exists():
            directory.open_account(person=person, email=address)
        self.bag.people[address] = person
        self.witness.comes(person, who, since)

    def _office(self) -> Acting:
        return self.place.acting(OFFICE)

    # --- the worker, the desk and the app ---------------------------------------------------------

    def looks(self, now: datetime) -> None:
        """Every step of a worker, of two in the morning, until there is nothing left to do."""
        is_morning = now.astimezone(LONDON).time() == LOOKS[0]
        if not is_morning and not _something_waits(now):
            return
        passed = set(DutyRow.objects.filter(acts_at__lt=now).values_list("case_id", flat=True))
        workers = ("one", "two") if is_morning and not now.day % 10 else ("one",)
        for step in [step for worker in workers for step in self.steps(worker)]:
            is_often = not isinstance(step, Refresh) and step.name != "recount_bank_holidays"
            if is_often or is_morning:
                self._does_all(step, now)
            for case in passed if step.name == PASS_TIMES else ():
                self._notes(case, now)  # a case may have come to where the sides meet
        self._does_all(Deliver("one", self.bag, lambda: 0.0), now)
        routines.beat(now)

    def _does_all(self, step: Step[Any], now: datetime) -> None:
        chosen = Deliver(step.worker, self.bag, lambda: 0.0) if isinstance(step, Deliver) else step
        while take(chosen, now) is Turn.WORKED:
            pass

    def an_hour_passes(self, now: datetime) -> None:
        """The part of the upkeep that is spread over an hour: posts have fallen vacant in the night."""
        for minute in range(upkeep.PARTS):
            upkeep.refresh_this_minute(now + minute * MINUTE)

    def asks_what_is_late(self, now: datetime) -> None:
        """The witness is told of every duty that is late, and whether the desk shows something of it."""
        late = DutyRow.objects.filter(due_at__lt=now).exclude(force="may")
        told = late.values_list("id", "case__reference", "due_at", "case_id")
        left = [
            (duty, reference, due_at, case) for duty, reference, due_at, case in told
            if due_at and not self.witness.has_heard(duty, reference, due_at)
        ]  # fmt: skip
        if not left:
            return
        is_plain = routines.is_quiet(now) or holding.mail_trouble() is not None
        shown = set() if is_plain else self._on_the_desk(now)
        for duty, reference, due_at, case in left:
            self.witness.late(duty, reference, due_at, now, is_on_desk=is_plain or case in shown)

    def _on_the_desk(self, now: datetime) -> set[str]:
        """Cases with a duty that nobody has or was told of, or with mail that did not go. Not the list of what is
        late: that is there however little anybody was told.
        """
        manager = self.place.people[OFFICE]
        kept = kept_from_desk(manager, self.place.partnership, now)
        assert kept is not None
        found = {row.case for row in desk(self.place.partnership, kept, "nobody", now).rows}
        found |= {row.case for row in climbing.unheard(self.place.partnership, kept, limit=500)}
        return found | {row.case for row in faults(self.place.partnership, manager, now, limit=500)}

    def opens_the_app(self, now: datetime) -> None:
        """Everybody who has an account looks at their notices."""
        for person in self.bag.people.values():
            for row in notices_for(person, now, limit=100).rows:
                self.witness.is_shown(person, row.reference, now)

    def _ends(self, now: datetime) -> None:
        """All posts are filled, the office has what was given up tried again, and two days pass."""
        for who in sorted(set(self.place.posts) - set(self.place.people)):
            self._fills(who, now)
        for row in OutboxRow.objects.filter(sent_at__isnull=True):
            outbox.try_again(row.id, now)
        for day in range(3):
            self.looks(now + day * DAY + 8 * HOUR)


def _something_waits(now: datetime) -> bool:
    return (
        OutboxRow.objects.filter(sent_at__isnull=True, next_try_at__lte=now).exists()
        or DutyRow.objects.filter(next_rung_at__lte=now).exists()
        or DutyRow.objects.filter(acts_at__lt=now).exists()
    )
