"""Rows read from the bytes of a file: what is taken, and what is said of everything that is not."""

import codecs

import pytest

from counterpart.people.importing.limits import MOST_BYTES
from counterpart.people.importing.reading import Sheet, read_sheet

POSTS = "agency,post,tier,title\r\n"
PEOPLE = "email,name,agency,post,first_day,last_day\r\n"
AMARA = "amara@oakfield.example,Amara Osei,oakfield,year-4"
ZOE = "email,name,agency,post\nzoe@care.example,Zoë Lindqvist,care,front-door\n"


def read(text: str, encoding: str = "utf-8") -> Sheet:
    return read_sheet("some.csv", text.encode(encoding))


def said(sheet: Sheet) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.words) for problem in sheet.problems]


def test_a_kind_of_file_is_told_by_its_headings_whatever_their_order_and_capitals() -> None:
    assert read("Tier,TITLE, post ,agency\npractitioner,Teacher,t,oak\n").kind == "posts"
    assert read("agency,name,kind\noak,Oak,school\n").kind == "agencies"
    assert read(PEOPLE + AMARA + "\n").kind == "people"
    assert read("First day,Email,Name,Agency,Post\n,a@b.example,A,o,p\n").kind == "people"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_accents_come_through_whatever_the_encoding(encoding: str) -> None:
    sheet = read(ZOE, encoding)
    assert [line.cells["name"] for line in sheet.lines] == ["Zoë Lindqvist"]
    assert sheet.problems == ()
    assert bool(sheet.notes) == (encoding == "windows-1252")


def test_utf_16_the_other_way_round_is_read_too() -> None:
    sheet = read_sheet("some.csv", codecs.BOM_UTF16_BE + ZOE.encode("utf-16-be"))
    assert sheet.lines[0].cells["name"] == "Zoë Lindqvist"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ZOE.encode("utf-16-le"), "not text that can be read"),
        (b"PK\x03\x04 and more", "This is a spreadsheet"),
        (b"email,name\n\x81\x8d\n", "letters cannot be read"),
        (codecs.BOM_UTF8 + b"\xff\xfe", "letters cannot be read"),
        (b"", "The file is empty"),
        (b"\n\n\n", "The file is empty"),
        (POSTS.encode(), "nothing under the headings"),
        (b"x" * (MOST_BYTES + 1), "20 MB is the most"),
        (b'agency,post,tier,title\n"no end,', "look at its quotation marks"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, words: str) -> None:
    sheet = read_sheet("some.csv", content)
    assert sheet.lines == ()
    (problem,) = sheet.problems
    assert words in problem.words


def test_semicolons_and_tabs_do_as_well_as_commas() -> None:
    for mark in ";\t":
        assert read(POSTS.replace(",", mark) + f"oak{mark}t{mark}practitioner{mark}Teacher").lines


def test_each_wrong_heading_is_named_with_what_may_be_meant() -> None:
    sheet = read("agency,post,teir,title,title,colour\na,b,c,d,e,f\n")
    assert said(sheet) == [
        (1, "tier", "A file of posts needs a column headed “tier”."),
        (1, "teir", "“teir” is not a heading of a file of posts. Did you mean “tier”?"),
        (
            1,
            "colour",
            (
                "“colour” is not a heading of a file of posts. They are: agency, post, tier, title, "
                "telephone, email, last_confirmed."
            ),
        ),
        (1, "title", "This heading is there twice. Take one of the two columns out."),
    ]
    (foreign,) = read("colour,size\nred,4\n").problems
    assert foreign.words.startswith("The first row is not one of ours.")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("oak,t,captain,Teacher", "tier", "“captain” is not a tier we know."),
        ("oak,t,practicioner,Teacher", "tier", "Did you mean “practitioner”?"),
        ("oak,,practitioner,Teacher", "post", "Is empty."),
        ("oak,t,practitioner,=1+1", "title", "takes for a formula"),
        ("oak,t,practitioner,@SUM(A1)", "title", "takes for a formula"),
        ("oak,t,practitioner,-2", "title", "takes for a formula"),
        ("oak,t,practitioner,\tTeacher", "title", "takes for a formula"),
        ("oak field,t,practitioner,Teacher", "agency", "is not a short name"),
        ('oak,t,practitioner,"two\nlines"', "title", "a line break"),
        ("oak,t,practitioner," + "x" * 201, "title", "200 is the most"),
        ("oak,t,practitioner,Class teacher, Year 4", "", "5 cells and there are 4 headings"),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_by_row_and_column(
    row: str, column: str, words: str
) -> None:
    ((number, where, why),) = said(read(f"{POSTS}oak,dsl,line_manager,Fine\n\n{row}\n"))
    assert (number, where) == (4, column)
    assert words in why


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("31/02/2026", "is not a date. Write it as 2026-11-30"),
        ("2026-13-01", "is not a date"),
        ("1 May", "is not a date"),
        ("20260501", "is not a date"),
        ("9999-12-31", "too far away"),
    ],
)
def test_a_day_in_the_wrong_form_is_refused(first: str, words: str) -> None:
    ((row, column, why),) = said(read(f"{PEOPLE}{AMARA},{first},\n"))
    assert (row, column) == (2, "first_day")
    assert words in why


def test_a_british_spreadsheets_own_way_of_writing_a_day_is_read() -> None:
    (line,) = read(f"{PEOPLE}{AMARA},1/9/2026,2027-08-31\n").lines
    assert (str(line.cells["first_day"]), str(line.cells["last_day"])) == (
        "2026-09-01",
        "2027-08-31",
    )


def test_every_fault_of_every_row_is_found_at_once() -> None:
    sheet = read(f"{PEOPLE}not an address,,oakfield,year 4,soon,\n{AMARA},,\nx@y.example,,,,,\n")
    assert [(row, column) for row, column, _ in said(sheet)] == [
        (2, "email"), (2, "name"), (2, "post"), (2, "first_day"), (4, "name"), (4, "agency"), (4, "post"),
    ]  # fmt: skip
    assert [line.row for line in sheet.lines] == [3]
    assert sheet.count == 3


def test_an_apostrophe_says_that_a_cell_is_text_and_a_telephone_number_may_begin_with_plus() -> (
    None
):
    sheet = read(f"{POSTS[:-2]},telephone\noak,t,practitioner,'=Head,+44 1632 960001\n"
                 "oak,u,practitioner,'=Head,'+44 1632 960001\n")  # fmt: skip
    for line in sheet.lines:
        assert (line.cells["title"], line.cells["telephone"]) == ("=Head", "+44 1632 960001")
    assert len(sheet.lines) == 2


@pytest.mark.parametrize(
    ("domains", "words"),
    [
        ("gmail.com", "Anybody can have an address"),
        ("oakfield", "not the end of an email address"),
        ("a b", "not the end"),
    ],
)
def test_a_domain_must_say_where_somebody_works(domains: str, words: str) -> None:
    sheet = read(f"agency,name,kind,email_domains\noak,Oak,school,{domains}\n")
    ((_, column, why),) = said(sheet)
    assert column == "email_domains"
    assert words in why


def test_no_bytes_at_all_make_it_fail() -> None:
    for n in range(256):
        for content in (bytes([n]) * 3, PEOPLE.encode() + bytes([n]), bytes([n]) + PEOPLE.encode()):
            assert isinstance(read_sheet("some.csv", content), Sheet)
