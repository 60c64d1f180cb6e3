"""Regular duties of a partnership, written down: once, by whom, for which period, put right, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from counterpart.casework import closing, directory, editions
from counterpart.casework.actors import Acting, by_post, the_clock
from counterpart.engine.regular import Owed
from counterpart.engine.rules import Refusal
from counterpart.journal.models import Event
from counterpart.office import keeping, regular
from counterpart.office.keeping import Regular
from counterpart.office.regular import Written
from counterpart.office.sources import cases_of_panels
from counterpart.people.finders import posts_of
from tests import directory as d
from tests.live import policy_file
from tests.town import BRENT, MONDAY, Story, Town, town

pytestmark = pytest.mark.django_db

BEGAN = MONDAY - timedelta(days=299)
OFFICE, LEAD = "office.business_manager", "school.designated_safeguarding_lead"
REPORT, RETURN, LEARNING = "yearly-panel-report", "quarterly-return", "subgroup-learning"
SAID = "Two panels met. <b>Zanzibar</b>"


@pytest.fixture
def place() -> Town:
    return town()


def loaded(place: Town, at: datetime = MONDAY) -> Regular:
    found = keeping.load(place.partnership, at)
    assert found is not None
    return found


def under(place: Town, policy: str, at: datetime = BEGAN) -> None:
    editions.publish(
        content=policy_file(policy), partnership=place.partnership, actor=the_clock(), now=at
    )


def writes(
    place: Town, act: Callable[..., Written | Refusal], who: str = OFFICE, **what: Any
) -> Written | Refusal:
    by = {
        "partnership": place.partnership, "actor": place.acting(who), "now": MONDAY,
        "key": d.new_id(),
    }  # fmt: skip
    return act(**(by | what))


def reports(place: Town, period: str = "2026", **changed: Any) -> Written | Refusal:
    given = {"duty": REPORT, "agency": None, "period": period, "occasion": None,
             "done_on": MONDAY.date(), "what": SAID}  # fmt: skip
    return writes(place, regular.record_done, **(given | changed))


def answers(place: Town, key: str = "school", **changed: Any) -> Written | Refusal:
    given = {"duty": RETURN, "agency": place.agencies[key], "period": "2026-q4", "occasion": None,
             "has_nothing": True, "what": ""}  # fmt: skip
    return writes(place, regular.give_return, **(given | changed))


def made(answer: Written | Refusal) -> Written:
    assert isinstance(answer, Written), answer
    return answer


def code(answer: Written | Refusal) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def of(place: Town, duty: str, at: datetime = MONDAY) -> list[Owed]:
    return [one for one in loaded(place, at).owed() if one.duty.id == duty]


def entries(place: Town) -> int:
    return Event.objects.filter(stream=keeping.stream_of(place.partnership)).count()


def test_a_report_is_written_down_with_the_name_and_post_of_who_did_it(place: Town) -> None:
    assert [one.entry for one in of(place, REPORT)] == [None]
    made(reports(place))
    (one,) = of(place, REPORT)
    assert one.entry is not None
    assert one.entry.event.done_on == MONDAY.date()
    assert one.entry.event.edition == loaded(place).policy.edition
    (whole,) = keeping.words_of(place.partnership)
    assert whole.recorded.event.what == SAID
    assert whole.names["actor_name"] == place.names[OFFICE]
    assert "Business manager" in whole.names["actor_post"]


def test_its_words_are_sealed(place: Town) -> None:
    made(reports(place, told_by="Zanzibar"))
    facts = Event.objects.get(stream=keeping.stream_of(place.partnership)).facts
    assert "Zanzibar" not in facts


def test_the_same_form_twice_is_one_entry_and_another_is_told_that_it_is_written(
    place: Town,
) -> None:
    key = d.new_id()
    first = made(reports(place, key=key))
    again = made(reports(place, key=key))
    assert (again.repeated, again.entry.id) == (True, first.entry.id)
    assert code(reports(place)) == "written_since"
    assert entries(place) == 1


def test_a_refusal_writes_nothing(place: Town) -> None:
    assert code(reports(place, what="")) == "nothing_said"
    assert code(reports(place, "2019")) == "not_asked"
    assert entries(place) == 0


def test_an_entry_is_put_right_and_withdrawn_by_further_entries(place: Town) -> None:
    first = made(reports(place)).entry
    right = made(reports(place, what="Three.", corrects=first.id)).entry
    assert code(reports(place, what="Four.", corrects=first.id)) == "not_there"
    assert [one.entry and one.entry.id for one in of(place, REPORT)] == [right.id]
    made(writes(place, regular.withdraw, entry=right.id, why="The wrong year."))
    assert [one.entry for one in of(place, REPORT)] == [None]
    made(reports(place))
    assert entries(place) == 4


def test_every_agency_is_asked_each_quarter_and_a_nil_return_is_an_answer(place: Town) -> None:
    under(place, "bexley")
    made(answers(place, actor=place.acting(LEAD, "leads")))
    said = {str(one.agency): one.state(MONDAY.date()) for one in of(place, RETURN)
            if one.period and one.period.code == "2026-q4"}  # fmt: skip
    assert said.pop(place.agencies["school"]) == "recorded"
    assert set(said.values()) == {"running"}
    assert set(said) == set(place.agencies.values()) - {place.agencies["school"]}


def test_what_the_office_writes_for_an_agency_says_so(place: Town) -> None:
    under(place, "bexley")
    entry = made(answers(place, told_by="Nia, lead")).entry
    assert (entry.actor.agency, entry.actor.capacity) == (None, "business_manager")
    assert entry.event.agency == place.agencies["school"]
    (whole,) = keeping.words_of(place.partnership)
    assert whole.recorded.event.told_by == "Nia, lead"


def test_an_agency_of_another_partnership_cannot_be_written_for(place: Town) -> None:
    under(place, "bexley")
    elsewhere = d.an_agency(d.a_partnership())
    assert code(answers(place, agency=elsewhere)) == "not_asked"


def test_an_edition_put_in_force_mid_quarter_asks_from_that_quarter_on(place: Town) -> None:
    under(place, "bexley", datetime(2026, 8, 20, 9, tzinfo=UTC))
    codes = {one.period.code for one in of(place, RETURN) if one.period}
    assert codes == {"2026-q3", "2026-q4"}
    assert code(answers(place, period="2026-q2")) == "not_asked"
    editions.publish(content=BRENT.read_bytes(), partnership=place.partnership, actor=the_clock(),
                     now=MONDAY)  # fmt: skip
    assert code(answers(place)) == "not_asked"


def test_an_agency_that_comes_mid_quarter_is_asked_for_it_and_one_that_closed_is_not(
    place: Town,
) -> None:
    under(place, "bexley")
    college = d.new_id()
    directory.add_agency(
        id=college, partnerships=[place.partnership], name="A college", kind="college",
        actor=the_clock(), now=datetime(2026, 8, 3, 9, tzinfo=UTC),
    )  # fmt: skip
    police = place.agencies["police"]
    closing.close_agency(
        agency=police, closed_on=date(2026, 10, 5), actor=place.acting(OFFICE),
        now=MONDAY - timedelta(days=30),
    )  # fmt: skip
    asked = {code: {one.agency for one in of(place, RETURN) if one.period and one.period.code == code}
             for code in ("2026-q2", "2026-q3", "2026-q4")}  # fmt: skip
    assert [college in some for some in asked.values()] == [False, True, True]
    assert [police in some for some in asked.values()] == [True, True, False]


def test_what_an_agency_passes_on_is_noted_and_stays_until_it_was_put_to_somebody(
    place: Town,
) -> None:
    under(place, "somerset")
    noted = made(
        writes(place, regular.note_event, duty=LEARNING, agency=None, which=0,
               happened_on=MONDAY.date(), what="Thresholds, in general.")
    ).entry  # fmt: skip
    (one,) = of(place, LEARNING)
    assert (one.state(MONDAY.date()), one.occasion) == ("open", noted)
    put = made(reports(place, "", duty=LEARNING, occasion=noted.event.occasion)).entry
    (one,) = of(place, LEARNING)
    assert one.entry == put
    right = made(
        writes(place, regular.note_event, duty=LEARNING, agency=None, which=0, corrects=noted.id,
               happened_on=date(2026, 10, 30), what="Thresholds.")
    ).entry  # fmt: skip
    assert right.event.occasion == noted.event.occasion
    (one,) = of(place, LEARNING)
    assert one.entry == put


def test_two_who_write_at_the_same_moment_are_both_kept(place: Town) -> None:
    under(place, "bexley")
    first = made(answers(place, "school")).entry
    second = made(answers(place, "care")).entry
    assert (first.version, second.version) == (1, 2)


def test_without_a_policy_in_force_nothing_is_asked() -> None:
    bare = d.a_partnership()
    assert keeping.load(bare, MONDAY) is None
    post = d.a_post(bare, "business_manager")
    actor: Acting = by_post(person=d.a_person(post), post=post, capacity="manages")
    answer = regular.withdraw(
        partnership=bare, entry="e", why="w", actor=actor, now=MONDAY, key="k"
    )
    assert code(answer) == "not_asked"


@pytest.mark.parametrize(
    ("policy", "asked"),
    [
        ("brent", set()),
        ("bexley", {"care.designated_safeguarding_lead"}),
        ("somerset", {"office.coordinator"}),
    ],
)
def test_whoever_leads_an_agency_or_has_the_policys_role_in_the_office_is_led_there(
    place: Town, policy: str, asked: set[str]
) -> None:
    under(place, policy)
    coordinator = d.a_person(d.a_post(place.partnership, "coordinator"))
    people = {"office.coordinator": coordinator, **place.people}
    shown = ("office.coordinator", "office.independent_chair", "care.practitioner",
             "care.designated_safeguarding_lead", OFFICE)  # fmt: skip
    assert {who for who in shown if keeping.is_asked_of(posts_of(people[who], MONDAY))} == asked


def test_a_report_is_written_from_the_cases_in_which_a_panel_decided_as_far_as_one_may_see_them(
    place: Town,
) -> None:
    story = Story(place).raised().to_panel().convened().heard().decided()
    Story(place, now=MONDAY).raised()
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    now = story.now + timedelta(days=1)
    manager, outsider = place.people[OFFICE], place.people["mental.practitioner"]
    (one,) = cases_of_panels(manager, place.partnership, since, until, now)
    assert (one.reference, one.points) == (story.reference, 0)
    assert one.decided_at is not None
    assert cases_of_panels(outsider, place.partnership, since, until, now) == ()
    assert cases_of_panels(manager, place.partnership, until, until + timedelta(days=90), now) == ()
    assert cases_of_panels(manager, d.a_partnership(), since, until, now) == ()
