"""A made-up town for tests of use cases and pages: agencies, posts, people, and a case played by them.

A post is named by its agency and tier: `school.practitioner`, `office.independent_chair`. Everything that happens to
a case goes through the use cases. It must hold no assertion but that an act which must succeed did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings

from counterpart.casework import acts, editions, outcomes, panels
from counterpart.casework.actors import Acting, by_post, the_clock
from counterpart.casework.raising import RaiseWritten, raise_concern
from counterpart.casework.writing import Done, directory_for, load
from counterpart.engine.events import Member, SeatTaken
from counterpart.engine.kinds import Code, Id
from counterpart.engine.owners import candidates, owner, place
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.people.models import Holding, Person, Post
from tests import directory as d

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIRMED = date(2026, 10, 1)
"""When everybody's posts were last confirmed."""
BRENT = settings.POLICIES / "brent" / "policy.yaml"

AGENCIES = {
    "school": ("Oakfield Primary School", "school"),
    "care": ("Northmere Children’s Social Care", "childrens_social_care"),
    "hospital": ("Northmere General Hospital", "acute_health"),
    "police": ("Northmere Police", "police"),
    "mental": ("Northmere Mental Health", "mental_health"),
}
TIERS = {
    "practitioner": "Practitioner",
    "line_manager": "Line manager",
    "designated_safeguarding_lead": "Designated safeguarding lead",
    "operations_manager": "Operations manager",
    "board_representative": "Board representative",
}
OFFICE = {
    "business_manager": "Business manager",
    "independent_chair": "Chair of the Board",
    "head_of_safeguarding": "Head of Safeguarding",
}
FIRST_NAMES = ("Amara", "Ravi", "Joan", "Idris", "Nia", "Piotr", "Leila", "Gwen", "Tariq", "Sol")

RAISER = "school.practitioner"
WORKER = "care.practitioner"
CHAIR = "office.independent_chair"
SITTING = ("police.board_representative", "care.board_representative", "school.board_representative",
           "hospital.board_representative")  # fmt: skip


@dataclass(frozen=True)
class Town:
    """Ids of what is there, by names that a test can read."""

    partnership: str
    agencies: Mapping[str, str]
    posts: Mapping[str, str]
    people: Mapping[str, str]
    names: Mapping[str, str]

    def acting(self, who: str, capacity: str = "") -> Acting:
        """The holder of a post, acting by it; in the capacity the office has, or else as the raising side."""
        usual = "business_manager" if who.startswith("office.") else "raising_side"
        capacity = capacity or ("chair" if who == CHAIR else usual)
        return by_post(person=self.people[who], post=self.posts[who], capacity=capacity)

    def agency_of(self, who: str) -> str:
        """The id of the agency of a post."""
        return self.agencies[who.split(".", maxsplit=1)[0]]


def town(*, agencies: Sequence[str] = tuple(AGENCIES), vacant: Sequence[str] = ()) -> Town:
    """Make it, under Brent's policy. Posts named in `vacant` have no holder."""
    partnership = d.a_partnership("Northmere Safeguarding Children Partnership")
    editions.publish(
        content=BRENT.read_bytes(),
        partnership=partnership,
        actor=the_clock(),
        now=MONDAY - timedelta(days=300),
    )
    bodies = {key: d.an_agency(partnership, name=AGENCIES[key][0], kind=AGENCIES[key][1])
              for key in agencies}  # fmt: skip
    wanted = [(f"{a}.{tier}", tier, title) for a in bodies for tier, title in TIERS.items()]
    wanted += [(f"office.{tier}", tier, title) for tier, title in OFFICE.items()]
    posts = {who: d.new_id() for who, _, _ in wanted}
    names = {
        who: f"{FIRST_NAMES[i % 10]} {who.replace('.', ' ').replace('_', ' ').title()}"
        for i, who in enumerate(posts)
        if who not in vacant
    }
    people = {who: d.new_id() for who in names}
    # The tables at once: there are twenty-eight posts, and a town for nearly every test.
    Post.objects.bulk_create(_post(posts[who], who, tier, title, bodies, partnership)
                             for who, tier, title in wanted)  # fmt: skip
    Person.objects.bulk_create(Person(id=people[who], name=name) for who, name in names.items())
    Holding.objects.bulk_create(
        Holding(id=d.new_id(), post_id=posts[who], person_id=people[who], from_on=d.LONG_AGO)
        for who in names
    )
    return Town(partnership, bodies, posts, people, names)


def _post(
    id: str, who: str, tier: str, title: str, bodies: Mapping[str, str], partnership: str
) -> Post:
    agency = bodies.get(who.split(".", maxsplit=1)[0])
    office = None if agency else partnership
    return Post(id=id, agency_id=agency, partnership_id=office, tier=tier, title=title,
                phone="01632 960001", last_confirmed_on=CONFIRMED)  # fmt: skip


def written(town: Town, **changed: Any) -> RaiseWritten:
    """A concern as the teacher would write it."""
    whole: dict[str, Any] = {
        "partnership": town.partnership,
        "raising_agency": town.agencies["school"],
        "raising_post": town.posts[RAISER],
        "receiving": ((town.agencies["care"], town.posts[WORKER], ""),),
        "children": (("child", "NM-40218"),),
        "grounds": ("thresholds",),
        "dispute": "The referral was closed without a visit.",
        "why_unsafe": "He comes to school hungry and says that he sleeps at a neighbour’s.",
        "is_urgent": False,
        "immediate_risk": "",
        "desired_outcome": "A social worker sees him at home.",
        "has_asked_rationale": "yes",
        "has_used_own_policy": "yes",
        "already_tried": "I telephoned twice.",
    }
    return RaiseWritten(**(whole | changed))


@dataclass
class Story:
    """One case, an act at a time. Each act happens `step` after the one before."""

    town: Town
    now: datetime = MONDAY
    step: timedelta = HOUR
    case: str = ""
    reference: str = ""
    answers: list[Done | Refusal] = field(default_factory=list)

    def raised(self, *, who: str = RAISER, **changed: Any) -> Story:
        """The concern is raised."""
        done = raise_concern(
            written=written(self.town, **changed),
            actor=self.town.acting(who, "raiser"),
            now=self.now,
            key=d.new_id(),
        )
        assert isinstance(done, Done), done
        self.case, self.reference = done.case, done.reference
        return self

    @property
    def state(self) -> CaseState:
        """The case as it stands."""
        return load(self.case).state

    def by(self, who: str, **changed: Any) -> dict[str, Any]:
        """What every use case is given, an hour later than the last."""
        self.now += self.step
        given = {
            "case": self.case,
            "actor": self.town.acting(who),
            "now": self.now,
            "key": d.new_id(),
        }
        return given | changed

    def tries(
        self, act: Callable[..., Done | Refusal], who: str = RAISER, **what: Any
    ) -> Done | Refusal:
        """Carry out an act and give what came of it."""
        by = {name: what.pop(name) for name in ("actor", "now", "key", "seen") if name in what}
        answer = act(**what, **self.by(who, **by))
        self.answers.append(answer)
        return answer

    def does(self, act: Callable[..., Done | Refusal], who: str = RAISER, **what: Any) -> Done:
        """Carry out an act that must succeed."""
        answer = self.tries(act, who, **what)
        assert isinstance(answer, Done), answer
        return answer

    # --- Brent's ladder -------------------------------------------------------------------------

    def records(self, step: str, result: str, who: str = RAISER, **what: Any) -> Story:
        """A step was carried out, just now unless `happened_at` says when."""
        settles = step.endswith("discuss")
        given = {
            "step": step,
            "how": "telephone",
            "result": result,
            "happened_at": self.now + self.step,
            "agencies": self.state.receiving_agencies if settles else (),
            "said": "We spoke.",
        }
        self.does(acts.record_step, who, **(given | what))
        return self

    def moves(self, way: str, who: str = RAISER, role: str = "", tier: str = "") -> Story:
        """On to the next stage, naming the post of a tier for a role on every side."""
        bodies = {a: key for key, a in self.town.agencies.items()}
        seats = [
            SeatTaken(body=Id(a), role=Code(role), post=Id(self.town.posts[f"{bodies[a]}.{tier}"]))
            for a in self.state.parties
            if role
        ]
        self.does(acts.move_on, who, way=way, seats=seats, reason="We see it differently.")
        return self

    def to_workers(self) -> Story:
        """Stage Two."""
        return self.records("consult-manager", "done").moves("to-other-worker")

    def to_managers(self) -> Story:
        """Stage Three."""
        self.to_workers().records("workers-discuss", "not_agreed")
        return self.moves("to-managers", role="line-manager", tier="line_manager")

    def to_seniors(self) -> Story:
        """Stage Four."""
        self.to_managers().records("managers-discuss", "partly", "school.line_manager")
        return self.moves("to-seniors", "school.line_manager", "senior", "operations_manager")

    def to_panel(self) -> Story:
        """Stage Five, nobody called together yet."""
        self.to_seniors().records("receiving-manager-reports", "done", "care.line_manager",
                                  agencies=(self.town.agencies["care"],))  # fmt: skip
        self.records("seniors-discuss", "not_agreed", "school.operations_manager")
        return self.moves("to-panel", "school.operations_manager")

    def members(self, *sitting: str) -> list[Member]:
        """Members from posts; the first chairs."""
        return [
            Member(
                post=Id(self.town.posts[who]),
                agency=Id(self.town.agency_of(who)),
                person=Id(self.town.people[who]),
                part=Code("chair" if i == 0 else "member"),
            )
            for i, who in enumerate(sitting or SITTING)
        ]

    def convened(self, **changed: Any) -> Story:
        """The panel is called together."""
        self.does(
            panels.convene_panel,
            CHAIR,
            members=self.members(),
            meets_at=self.now + timedelta(days=2),
            where="Committee room 2",
            **changed,
        )
        return self

    def heard(self) -> Story:
        """The panel has heard every agency."""
        return self.heard_by(CHAIR)

    def heard_by(self, who: str) -> Story:
        """Somebody writes down that the panel has heard every agency."""
        for agency in self.state.parties:
            self.does(panels.hear, who, agency=agency, how="in_person", said="What we think.")
        return self

    def decided(self) -> Story:
        """The panel has decided."""
        self.does(
            panels.decide_panel,
            CHAIR,
            decision="An assessment is started.",
            reasons="Waiting is not safe.",
            next_course="A visit this week.",
            why_early="He cannot wait.",
            actions=[self.action()],
            outstanding=["The lead managers report back in four weeks."],
        )
        return self

    def action(self, key: str = "care") -> outcomes.ActionWritten:
        """An agreed action of an agency, in two weeks."""
        due_on = (self.now + timedelta(days=14)).date()
        post = self.town.posts[f"{key}.line_manager"]
        return outcomes.ActionWritten("Visit the home", self.town.agencies[key], post, due_on)

    def settled(self) -> Story:
        """The workers agreed at Stage Two and the outcome is put to both sides."""
        self.to_workers().records("workers-discuss", "agreed", agreed="They will visit.")
        self.does(
            outcomes.propose_outcome,
            agreed="They will visit.",
            actions=[self.action()],
            outstanding=["Look again in four weeks."],
        )
        return self

    def confirmed(self, *agencies: str) -> Story:
        """Agencies confirm the outcome as it stands; all of them where none is named."""
        bodies = {a: key for key, a in self.town.agencies.items()}
        for key in agencies or [bodies[a] for a in self.state.parties]:
            number = self.state.texts
            agency = self.town.agencies[key]
            self.does(outcomes.confirm, self.speaker(agency), number=number, agency=agency)
        return self

    def speaker(self, agency: str) -> str:
        """Whoever answers the written outcome for an agency where the case is; somebody who could, if none is named."""
        loaded = load(self.case)
        policy, state = loaded.policy, loaded.state
        directory = directory_for(state, self.now)
        body, role = place(policy, state, policy.closing.confirmed_by, Id(agency))
        post, _ = owner(policy, state, directory, body, role)
        found = post or next(one.id for one in candidates(policy, directory, body, role))
        return next(who for who, known in self.town.posts.items() if known == found)
