"""A directory from files: what would change is said, all of it is done or nothing, and twice is once."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from counterpart.casework import importing
from counterpart.casework.actors import by_command
from counterpart.casework.importing import Overtaken
from counterpart.journal import reading
from counterpart.lists.models import DutyRow
from counterpart.people.importing import exporting
from counterpart.people.importing.columns import KINDS
from counterpart.people.importing.limits import MOST_TIMES
from counterpart.people.importing.plan import Plan
from counterpart.people.importing.reading import read_sheet
from counterpart.people.models import Agency, Holding, Person, Post
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.town import MONDAY, RAISER, Story, town

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[3] / "docs" / "directory"
DAY = timedelta(days=1)
TODAY = MONDAY.date()

AGENCIES = "agency,name,kind,area,safeguarding_inbox,email_domains,statutory\n"
POSTS = "agency,post,tier,title,telephone,email,last_confirmed\n"
PEOPLE = "email,name,agency,post,first_day,last_day\n"
OAK = AGENCIES + "oak,Oakfield,school,,,oak.example,no\n"
TEACHER = POSTS + "oak,teacher,practitioner,Class teacher,,,\n"
AMARA = PEOPLE + "amara@oak.example,Amara Osei,oak,teacher,2024-09-01,\n"


@pytest.fixture
def here() -> str:
    return d.a_partnership("Here")


def bring(here: str, *texts: str, looked_at: str = "") -> Plan:
    """The files, called one.csv, two.csv, three.csv."""
    names = ("one.csv", "two.csv", "three.csv")
    sheets = [read_sheet(name, text.encode()) for name, text in zip(names, texts, strict=False)]
    return importing.bring_in(
        sheets=sheets, partnership=here, actor=by_command(), now=MONDAY, looked_at=looked_at
    )


def look(here: str, *texts: str) -> Plan:
    names = ("one.csv", "two.csv", "three.csv")
    sheets = [read_sheet(name, text.encode()) for name, text in zip(names, texts, strict=False)]
    return importing.dry_run(sheets=sheets, partnership=here, now=MONDAY)


def said(plan: Plan) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.row, p.column, p.words) for p in plan.problems]


def events(body: str) -> list[str]:
    return [type(one.event).__name__ for one in reading.read_facts(f"directory-{body}")]


def test_the_samples_of_the_guide_come_in_and_a_second_time_change_nothing(here: str) -> None:
    sheets = [read_sheet(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.csv"))]
    assert len(sheets) == 3
    done = importing.bring_in(sheets=sheets, partnership=here, actor=by_command(), now=MONDAY)
    assert done.problems == []
    assert dict(done.counts()) == {
        "agencies added": 3, "posts added": 9, "people added": 10, "people appointed": 10,
        "rows unchanged": 0,
    }  # fmt: skip
    before = everything()
    again = importing.bring_in(sheets=sheets, partnership=here, actor=by_command(), now=MONDAY)
    assert again.is_empty
    assert again.unchanged == 22
    assert everything() == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(here: str) -> None:
    before = everything()
    plan = look(here, AMARA, TEACHER, OAK)
    assert [(c.what, c.kind, c.name) for c in plan.changes()] == [
        ("added", "agency", "Oakfield"),
        ("added", "post", "Class teacher, Oakfield"),
        ("added", "person", "Amara Osei"),
        ("appointed", "person", "Amara Osei"),
    ]
    assert everything() == before


def test_every_change_is_an_event_in_the_record_of_its_agency(here: str) -> None:
    bring(here, OAK, TEACHER, AMARA)
    agency = Agency.objects.get().id
    assert events(agency) == ["AgencyAdded", "PostAdded", "PersonAdded", "HolderAppointed"]
    bring(
        here,
        OAK.replace("Oakfield", "Oakfield Primary"),
        TEACHER.replace("Class teacher,,,", "Teacher,01632 960001,,2026-10-01"),
        AMARA.replace("Amara Osei", "Amara Osei-Bonsu").replace("01,\n", "01,2026-12-31\n"),
    )
    assert events(agency)[4:] == ["AgencyChanged", "PostChanged", "PersonChanged", "HolderLeft"]
    whole = reading.read_whole(f"directory-{agency}")
    assert whole[4].recorded.event.name == "Oakfield Primary"
    assert whole[4].recorded.actor.capacity == "command"
    holding = Holding.objects.select_related("post", "person").get()
    assert (holding.until_on, holding.person.name) == (date(2027, 1, 1), "Amara Osei-Bonsu")
    assert holding.post.last_confirmed_on == TODAY


def test_one_fault_anywhere_and_nothing_is_done(here: str) -> None:
    before = everything()
    plan = bring(here, OAK, TEACHER, AMARA + "ravi@oak.example,Ravi,oak,nowhere,,\n")
    assert said(plan) == [
        ("three.csv", 3, "post", "“oak” has no post called “nowhere” in these files or in the directory."),
    ]  # fmt: skip
    assert everything() == before


@pytest.mark.parametrize(
    ("files", "where", "words"),
    [
        ((TEACHER,), ("one.csv", 2, "agency"), "There is no agency called “oak”"),
        ((AMARA,), ("one.csv", 2, "agency"), "There is no agency called “oak”"),
        ((OAK + "oak,Other,school,,,,\n",), ("one.csv", 3, "agency"), "there already, in row 2"),
        ((OAK, OAK), ("two.csv", 2, "agency"), "there already, in one.csv, row 2"),
        ((AGENCIES + "office,Ours,school,,,,\n",), ("one.csv", 2, "agency"), "own office"),
        ((OAK, TEACHER + "oak,teacher,practitioner,Other,,,\n"), ("two.csv", 3, "post"), "in row 2"),
        ((OAK, TEACHER, AMARA + "amara@oak.example,Ravi Rao,oak,teacher,,\n"), ("three.csv", 3, "name"),
         "One address is one person"),
        ((OAK, TEACHER, AMARA + "Amara@Oak.example,Amara Osei,oak,teacher,2024-09-01,\n"),
         ("three.csv", 3, "email"), "says the same as row 2"),
        ((OAK, TEACHER, AMARA + "amara@oak.example,Amara Osei,oak,teacher,2025-09-01,\n"),
         ("three.csv", 3, "first_day"), "in this post from 2024-09-01 already"),
        ((OAK, TEACHER, AMARA.replace("01,\n", "01,2024-08-01\n")), ("three.csv", 2, "last_day"),
         "before the first"),
        ((OAK, TEACHER, AMARA.replace("2024-09-01,", ",2024-08-01")), ("three.csv", 2, "last_day"),
         "give the first day too"),
        ((OAK, TEACHER.replace(",,,\n", ",,,2026-11-03\n")), ("two.csv", 2, "last_confirmed"),
         "not come yet"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_said_by_file_row_and_column(
    here: str, files: tuple[str, ...], where: tuple[str, int, str], words: str
) -> None:
    before = everything()
    ((*place, why),) = said(bring(here, *files))
    assert tuple(place) == where
    assert words in why
    assert everything() == before


def test_two_addresses_with_one_name_are_pointed_out_and_taken(here: str) -> None:
    plan = bring(here, OAK, TEACHER, AMARA + "a.osei@oak.example,Amara Osei,oak,teacher,,\n")
    assert plan.problems == []
    (note,) = plan.notes
    assert note.words.startswith("Somebody else of this name is in row 2")
    assert Person.objects.filter(name="Amara Osei").count() == 2


def test_an_empty_cell_and_a_row_left_out_leave_what_is_there(here: str) -> None:
    bring(here, OAK.replace(",school,,", ",school,Northmere,"), TEACHER, AMARA)
    assert bring(here, OAK).is_empty
    assert Agency.objects.get().area == "Northmere"
    assert Holding.objects.get().until_on is None


def test_somebody_who_comes_back_has_a_second_time_in_the_post(here: str) -> None:
    bring(here, OAK, TEACHER, AMARA.replace("01,\n", "01,2025-08-31\n"))
    assert bring(here, AMARA.replace("01,\n", "01,2025-08-31\n")).is_empty
    done = bring(here, AMARA.replace("2024-09-01", "2026-09-01"))
    assert [c.what for c in done.changes()] == ["appointed"]
    assert Holding.objects.count() == 2
    assert Person.objects.count() == 1


def test_a_post_that_falls_vacant_by_a_file_shows_on_the_desk_at_once() -> None:
    place = town()
    Story(place).raised()
    school = "oakfield-primary-school"
    Person.objects.filter(id=place.people[RAISER]).update(mail="amara@oak.example")
    who = f"{place.names[RAISER]},{school},{place.posts[RAISER]}"
    yesterday = TODAY - DAY
    bring(place.partnership, f"{PEOPLE}amara@oak.example,{who},,{yesterday}\n")
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {"vacant"}


def test_what_was_agreed_to_is_what_is_done_or_nothing(here: str) -> None:
    agreed = look(here, OAK, TEACHER)
    assert look(here, OAK, TEACHER).mark == agreed.mark
    bring(here, OAK)
    before = everything()
    with pytest.raises(Overtaken):
        bring(here, OAK, TEACHER, looked_at=agreed.mark)
    assert everything() == before
    bring(here, OAK, TEACHER, looked_at=look(here, OAK, TEACHER).mark)
    assert Post.objects.count() == 1


def test_one_partnership_never_touches_anothers_agency_of_the_same_name(here: str) -> None:
    there = d.a_partnership("There")
    bring(there, OAK, TEACHER, AMARA)
    plan = bring(here, TEACHER)
    assert "no agency called “oak”" in plan.problems[0].words
    bring(here, OAK.replace("Oakfield", "Another Oakfield"), TEACHER)
    names = {a.name: [p.name for p in a.partnerships.all()] for a in Agency.objects.all()}
    assert names == {"Oakfield": ["There"], "Another Oakfield": ["Here"]}


def test_an_address_known_elsewhere_is_the_same_person_if_they_are_called_the_same(
    here: str,
) -> None:
    there = d.a_partnership("There")
    bring(there, OAK, TEACHER, AMARA)
    refused = bring(here, OAK, TEACHER, AMARA.replace("Amara Osei", "Somebody Else"))
    assert "known under another name" in refused.problems[0].words
    assert not list(refused.changes())[2:]
    done = bring(here, OAK, TEACHER, AMARA.replace("Amara Osei", "amara osei"))
    assert [c.what for c in done.changes()] == ["added", "added", "appointed"]
    assert Person.objects.get().name == "Amara Osei"
    assert Holding.objects.count() == 2


def test_what_is_written_out_comes_in_again_and_changes_nothing() -> None:
    place = town()
    for n, person in enumerate(place.people.values()):
        Person.objects.filter(id=person).update(mail=f"person{n}@northmere.example")
    Post.objects.filter(id=place.posts[RAISER]).update(
        title="=cmd|’/c calc’!A0", phone="+44 1632 960001"
    )
    files = {kind: exporting.as_csv(kind, place.partnership, TODAY) for kind in KINDS}
    sheets = [read_sheet(f"{kind}.csv", content) for kind, content in files.items()]
    plan = importing.dry_run(sheets=sheets, partnership=place.partnership, now=MONDAY)
    assert plan.problems == []
    assert plan.is_empty
    assert plan.unchanged == 5 + len(place.posts) + len(place.people)


def test_no_cell_that_is_written_out_begins_as_a_formula_does() -> None:
    place = town()
    titles = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")
    for title, post in zip(titles, place.posts.values(), strict=False):
        Post.objects.filter(id=post).update(title=title, phone="+44 1632 960001")
    text = exporting.as_csv("posts", place.partnership, TODAY).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row if cell]
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r"]
    book = load_workbook(BytesIO(exporting.as_spreadsheet(place.partnership, TODAY)))
    assert book.sheetnames == ["agencies", "posts", "people"]
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")  # "n" is an empty cell
                assert cell.value is None or str(cell.value)[0] not in "=+-@\t"
    assert book["posts"].max_row == len(place.posts) + 1
    assert [cell.value for cell in book["people"][1]] == PEOPLE.strip().split(",")


def test_who_has_left_is_not_written_out(here: str) -> None:
    bring(here, OAK, TEACHER, AMARA.replace("01,\n", f"01,{TODAY - DAY}\n"))
    assert list(exporting.rows_of("people", here, TODAY)) == []
    assert len(list(exporting.rows_of("posts", here, TODAY))) == 1


def test_that_somebody_comes_to_one_post_again_and_again_without_end_is_not_believed(
    here: str,
) -> None:
    first = date(1990, 1, 1)
    days = [first + timedelta(days=10 * n) for n in range(MOST_TIMES + 1)]
    rows = "".join(f"amara@oak.example,Amara Osei,oak,teacher,{on},{on}\n" for on in days)
    ((_, row, column, words),) = said(look(here, OAK, TEACHER, PEOPLE + rows))
    assert (row, column) == (len(days) + 1, "first_day")
    assert "cannot be meant" in words
