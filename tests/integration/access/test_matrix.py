"""Who may do what, cell by cell: relation x footing x conflict x state of the case x act, against an oracle.

The oracle below was written from what we promise, and never looks at `access.rules`. The cases are
played by the use cases. A relation that a person holds themselves (who raised it, a member of a panel) is copied,
row by row, from the one that the case made, so that each kind of person can be asked about.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from counterpart.access.judging import barred_from_judging
from counterpart.access.models import Relation
from counterpart.access.permission import acts_allowed
from counterpart.access.visibility import kept_from_desk, visible
from counterpart.casework import acts, keeping
from counterpart.casework.actors import Acting
from counterpart.casework.writing import Done
from counterpart.casework.writing import act as carry_out
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.people.models import Account, Cover, Holding, Person, Post, Tie
from tests import directory as d
from tests.town import CHAIR, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

# --- the oracle: what we promise, in a table and a few sentences ------------------------------------

#                   the letters below: who may, of
#   r the one who raised it   a raising side   b receiving side   s supporter   m panel member   p panel chair
#   c independent chair       t told           o office's business manager      d data protection lead
#   w whoever watches a case that the business manager may not see: in everything as the business manager
PROMISED = {
    "see_case": "rabsmpctow",
    "see_receipt": "r",
    "see_reads": "aodw",
    "record": "rabp",
    "escalate": "rab",
    "redirect": "bow",
    "resolve": "rabp",
    "confirm": "rab",
    "withdraw": "ra",
    "reopen": "rabcow",
    "tell": "rabtow",
    "correct": "rabpmcow",
    "take_part": "rabpcow",
    "for_raising": "ra",
    "for_receiving": "b",
    "for_each": "rab",
    "for_raiser": "r",
    "for_partnership": "cow",
    "declare_tie": "rabsmpctow",
    "keep_out": "cow",
    "restrict": "cow",
    "keep_note": "rab",
    "protect": "rabpmcow",
    "set_limit": "cow",
    "convene_panel": "cow",
    "hear": "pmc",
    "decide": "pmc",
    "record_on_behalf": "abow",
    "record_for_either": "ow",
    "reassign": "ow",
    "hand_on": "abc",
    "move_edition": "ow",
    # where its record is kept: each side says so of its own file, and the partnership's office of its own
    "place_record": "rabcow",
    # that an agreed action is done says whoever had to do it, who sees it through, or the office
    "carry_out": "rabcow",
    # a professional's or a third party's advice is taken by one side or the other
    "take_advice": "rab",
    # what is learned is written by those who took part and the partnership's office, the panel's papers being
    # all that its members have; a point can be given to whoever was only told, and is then theirs to see to
    "learn": "rabcow",
    "see_to_learning": "rabtcow",
}
NEVER_A_PARTY = {
    "set_limit", "convene_panel", "hear", "decide", "for_partnership", "keep_out", "restrict",
    "record_for_either", "move_edition",
}  # fmt: skip
LETTER = {
    "nobody": "", "raiser": "r", "raising": "a", "receiving": "b", "supporter": "s", "member": "m",
    "panel_chair": "p", "chair": "c", "told": "t", "desk": "o", "named": "o", "data": "d",
    "watcher": "w",
}  # fmt: skip
SIDES = {"raiser", "raising", "receiving"}
BY_THEMSELVES = {"raiser", "member", "panel_chair", "watcher"}
PRESENT = {
    # inside the raising agency nobody of the other agency knows of it; no panel, no chair
    "inside": "r a s t o d",
    "met": "r a b s t o d",
    "at_panel": "r a b s m p c t o d",
    "ended": "r a b s m p c t o d",
    "ended_ten_days": "r a b s m p c t o d",
    # the papers are the panel's until ten working days after the outcome
    "ended_eleven_days": "r a b s c t o d",
    "withdrawn": "r a b s t o d",
    # restricted: of the office only those named, and nobody who was only told
    "restricted": "r a b s m p c o d",
    # the same, and the chair alone is named: she watches it, and the business manager has nothing to do with it
    "watched": "r a b s m p c w d",
}
TOO_NEAR = ("was_a_party", "tied_to_a_party", "manages_a_party")
FOOTINGS = ("own", "for_a_person", "for_a_post", "past")
REASONS = ("subject_of_concern", "family_tie", "declared_conflict")
CONFLICTS = ("none", *REASONS, "covered_is_kept_out", "was_a_party", "administrator",
             "tied_to_a_party", "manages_a_party")  # fmt: skip


def expected(act: str, who: "Probe", state: str) -> bool:
    """What we promise of this person, for this act, in a case in this state."""
    if who.conflict in (*REASONS, "covered_is_kept_out", "administrator"):
        return False  # whoever is kept out does nothing; cover of somebody kept out gives nothing
    if who.footing == "past":
        return False  # access ends with the post
    if LETTER[who.relation] not in PRESENT[state].split():
        return False
    if state == "restricted" and who.relation == "desk":
        return False  # of the office, only those named
    is_their_own = who.relation in BY_THEMSELVES or (state, who.relation) == ("restricted", "named")
    if is_their_own and who.footing == "for_a_post":
        return False  # what is somebody's own does not come with a post of theirs
    if act in NEVER_A_PARTY and (who.conflict in TOO_NEAR or who.relation in SIDES):
        return False  # a party decides nothing about its own case, nor does whoever is close to one
    return LETTER[who.relation] in PROMISED[act]


# --- the people ---------------------------------------------------------------------------------------

POST_OF = {
    "raising": RAISER, "receiving": WORKER, "chair": CHAIR, "told": "office.head_of_safeguarding",
    "desk": "office.business_manager", "named": "office.business_manager",
}  # fmt: skip
AGENCY_OF = {"nobody": "police", "raiser": "school", "member": "hospital", "panel_chair": "police"}
PAST, PARTY_UNTIL, ASKED = (
    date(2026, 11, 4),
    date(2026, 11, 3),
    datetime(2026, 11, 4, 10, tzinfo=UTC),
)
FAR = date(2027, 12, 1)


@dataclass(frozen=True)
class Probe:
    """One person to ask about. `bearers` are the people whose own the relation is."""

    relation: str
    footing: str
    conflict: str
    person: str = field(default_factory=d.new_id)
    bearer: str = field(default_factory=d.new_id)

    @property
    def subject(self) -> str:
        """Whose the relation is: the person's own, or of the one they stand in for."""
        return self.person if self.footing in ("own", "past") else self.bearer

    @property
    def kept_out(self) -> tuple[str, str] | None:
        """(person, reason) of the row that keeps them out."""
        if self.conflict in REASONS:
            return self.person, self.conflict
        return (self.bearer, "family_tie") if self.conflict == "covered_is_kept_out" else None


def probes() -> Iterator[Probe]:
    """Everybody there is to ask about."""
    for relation, footing, conflict in product(LETTER, FOOTINGS, CONFLICTS):
        if conflict != "covered_is_kept_out" or footing == "for_a_person":
            yield Probe(relation, footing, conflict)


def settle_in(place: Town, extra: dict[str, str], people: list[Probe]) -> None:
    """Into the directory with them all, by the tables: there are hundreds."""
    rows: dict[type, list[Any]] = {
        Person: [],
        Post: [],
        Holding: [],
        Cover: [],
        Account: [],
        Tie: [],
    }
    for who in people:
        rows[Person] += [Person(id=one, name="P") for one in (who.person, who.bearer)]
        post = _post_of(place, extra, who, rows)
        until = PAST if who.footing == "past" else None
        rows[Holding].append(_holding(who.subject, post, until))
        if who.footing == "for_a_person":
            rows[Cover].append(_cover(who.person, person=who.bearer))
        elif who.footing == "for_a_post":
            rows[Cover].append(_cover(who.person, post=post))
        if who.conflict == "was_a_party":
            rows[Holding].append(_holding(who.person, place.posts[RAISER], PARTY_UNTIL))
        if who.conflict == "tied_to_a_party":
            one, other = sorted((who.person, place.people[RAISER]))
            rows[Tie].append(Tie(id=d.new_id(), one_id=one, other_id=other, from_on=d.LONG_AGO))
        if who.conflict == "manages_a_party":
            manager = extra["other manager" if who.relation == "raiser" else "manager"]
            rows[Holding].append(_holding(who.person, manager, None))
        if who.conflict == "administrator":
            mail = f"{who.person}@x.example"
            rows[Account].append(
                Account(id=d.new_id(), person_id=who.person, email=mail, is_administrator=True)
            )
    for model, some in rows.items():
        model.objects.bulk_create(some)  # type: ignore[attr-defined]  # each is a model


def _post_of(place: Town, extra: dict[str, str], who: Probe, rows: dict[type, list[Any]]) -> str:
    if known := extra.get(who.relation) or place.posts.get(POST_OF.get(who.relation, "")):
        return known
    # A post that no policy asks for: what its holder has to do with the case is their own.
    post = Post(id=d.new_id(), agency_id=place.agencies[AGENCY_OF[who.relation]],
                tier="coordinator", title="A post")  # fmt: skip
    rows[Post].append(post)
    return post.id


def _holding(person: str, post: str, until: date | None) -> Holding:
    return Holding(
        id=d.new_id(), person_id=person, post_id=post, from_on=d.LONG_AGO, until_on=until
    )


def _cover(covering: str, *, person: str | None = None, post: str | None = None) -> Cover:
    return Cover(id=d.new_id(), covering_id=covering, person_id=person, post_id=post,
                 from_on=d.LONG_AGO, until_on=FAR)  # fmt: skip


# --- the cases ----------------------------------------------------------------------------------------


class Played(Story):
    """A case in which everybody acts in the capacity they have, as the pages let them."""

    def by(self, who: str, **changed: Any) -> dict[str, Any]:
        key = who.split(".", maxsplit=1)[0]
        capacity = {"school": "raising_side", "care": "receiving_side"}.get(key, "business_manager")
        actor: Acting = self.town.acting(who, "chair" if who == CHAIR else capacity)
        return super().by(who, **({"actor": actor} | changed))


@dataclass(frozen=True)
class State:
    """A case as it is at one moment."""

    name: str
    case: str
    at: datetime


def played(place: Town, extra: dict[str, str]) -> list[State]:
    """A case in each state there is to ask about."""

    def begun() -> Played:
        story = Played(place, step=timedelta(minutes=20))
        story.raised(is_urgent=True, immediate_risk="Tonight.", supporter=extra["supporter"])
        return story

    inside, met, panel, over, gone, shut, watched = (begun() for _ in range(7))
    met.to_workers()
    panel.to_panel().convened()
    over.to_panel().convened().heard().decided().confirmed()
    gone.to_workers().does(acts.withdraw, reason="It is settled.")
    shut.to_panel().convened()
    named = [place.people["office.business_manager"]]
    shut.does(keeping.restrict, CHAIR, people=named, why="One of them works in the building.")
    watched.to_panel().convened()
    alone = [place.people[CHAIR]]
    watched.does(keeping.restrict, CHAIR, people=alone, why="Both of them work in the building.")
    last = datetime(2026, 11, 16, 23, 59, tzinfo=UTC)
    return [
        State("inside", inside.case, ASKED),
        State("met", met.case, ASKED),
        State("at_panel", panel.case, ASKED),
        State("ended", over.case, ASKED),
        State("ended_ten_days", over.case, last),
        State("ended_eleven_days", over.case, last + timedelta(minutes=1)),
        State("withdrawn", gone.case, ASKED),
        State("restricted", shut.case, ASKED),
        State("watched", watched.case, ASKED),
    ]


def keep_out_all(place: Town, states: list[State], people: list[Probe]) -> None:
    """By one act on each case, through the recipe that every act goes."""
    kept = [who.kept_out for who in people if who.kept_out]
    events = tuple(e.PersonKeptOut(person=Id(one), reason=Code(why)) for one, why in kept)
    actor = place.acting("office.business_manager", "business_manager")
    for case in {state.case for state in states}:
        done = carry_out(lambda _: events, case=case, actor=actor, now=ASKED, key=d.new_id())
        assert isinstance(done, Done), done


def copy_own_relations(place: Town, people: list[Probe]) -> None:
    """For each of them, the rows that the cases made for whoever it is really."""
    sources = {
        "raiser": (place.people[RAISER], "raiser"),
        "member": (place.people["hospital.board_representative"], "panel_member"),
        "panel_chair": (place.people["police.board_representative"], "panel_chair"),
        "named": (place.people["office.business_manager"], "business_manager"),
        "watcher": (place.people[CHAIR], "watcher"),
    }
    made = []
    for relation, (person, kind) in sources.items():
        rows = list(Relation.objects.filter(subject_kind="person", subject=person, kind=kind))
        assert rows, relation
        for who, row in product((p for p in people if p.relation == relation), rows):
            values = {f.attname: getattr(row, f.attname) for f in Relation._meta.fields}
            made.append(Relation(**values | {"id": None, "subject": who.subject}))
    Relation.objects.bulk_create(made)


@pytest.fixture
def asked() -> tuple[str, list[State], list[Probe]]:
    """The partnership, the cases, and the people."""
    place = town()
    school = place.agencies["school"]
    extra = {
        "supporter": d.a_post(school, "board_representative", "Governor"),
        "data": d.a_post(place.partnership, "data_protection_lead", "Data protection lead"),
        "watcher": d.a_post(place.partnership, "coordinator", "Coordinator"),
    }
    d.a_person(extra["supporter"], name="Ola Supporter")
    states = played(place, extra)
    # Of a party; not of the agency that somebody raised it in, where they then still would have a post.
    extra["manager"] = d.a_post(school, "line_manager", "Deputy headteacher")
    extra["other manager"] = d.a_post(place.agencies["care"], "line_manager", "Team manager")
    people = list(probes())
    settle_in(place, extra, people)
    keep_out_all(place, states, people)
    copy_own_relations(place, people)
    return place.partnership, states, people


# --- the matrix ---------------------------------------------------------------------------------------


def test_every_cell_is_as_promised_and_lists_say_the_same(
    asked: tuple[str, list[State], list[Probe]],
) -> None:
    partnership, states, people = asked
    wrong, done, cells = [], set(), 0
    for who in people:
        listed = {at: set(visible(who.person, at)) for at in {state.at for state in states}}
        for state in states:
            answers = acts_allowed(who.person, state.case, state.at)
            assert set(answers) == set(PROMISED)
            cells += len(answers)
            done |= {act for act, answer in answers.items() if answer.is_allowed}
            wrong += [
                (act, who.relation, who.footing, who.conflict, state.name, answer)
                for act, answer in answers.items()
                if answer.is_allowed is not expected(act, who, state.name)
            ]
            sees = expected("see_case", who, state.name)
            assert (state.case in listed[state.at]) is sees, (who, state)
            if who.relation in ("desk", "named"):
                kept = kept_from_desk(who.person, partnership, state.at)
                is_left_out = kept is None or state.case in kept
                assert is_left_out is not sees, (who, state)
    assert wrong == []
    assert done == set(PROMISED)  # no act of the table was out of everybody's reach
    assert cells == len(people) * len(states) * len(PROMISED) == 142_857


def test_whoever_could_not_decide_is_barred_before_they_have_any_part(
    asked: tuple[str, list[State], list[Probe]],
) -> None:
    _, states, people = asked
    (at_panel,) = (state for state in states if state.name == "at_panel")
    barred = barred_from_judging([who.person for who in people], at_panel.case, at_panel.at)
    wrong = [
        (who.relation, who.footing, who.conflict, barred.get(who.person))
        for who in people
        if (who.person in barred) is not may_never_judge(who)
    ]
    assert wrong == []


def may_never_judge(who: "Probe") -> bool:
    """What we promise: nobody kept out, who runs the system, is or was a party or stands in for one, or is near one."""
    stands_for_no_party = who.relation == "raiser" and who.footing == "for_a_post"
    is_of_a_side = who.relation in SIDES and not stands_for_no_party
    return is_of_a_side or who.conflict in (*REASONS, "administrator", *TOO_NEAR)
