"""Files with very much wrong in them: what is said of it, and that working it out stays bounded."""

from collections.abc import Sequence

from counterpart.people.importing.hints import MOST_ASKED, nearest
from counterpart.people.importing.limits import MOST_HEADINGS
from counterpart.people.importing.reading import Sheet, read_sheet

AGENCIES = "agency,name,kind"


class Asked:
    """Says what may be meant, and counts how often it was asked."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, word: str, known: Sequence[str]) -> str:
        self.words.append(word)
        return nearest(word, known)


def read(rows: Sequence[str]) -> tuple[Sheet, Asked]:
    asked = Asked()
    return read_sheet("some.csv", "\n".join(rows).encode(), nearest=asked), asked


def test_a_file_of_very_many_headings_is_refused_once_and_no_hint_is_worked_out() -> None:
    head = ",".join([AGENCIES, *(f"colour{n}" for n in range(60_000))])
    sheet, asked = read([head, "oak,Oak,school"])
    (problem,) = sheet.problems
    assert "The first row has 60,003 headings" in problem.words
    assert asked.words == []


def test_the_empty_headings_that_a_spreadsheet_leaves_at_the_end_are_not_counted() -> None:
    sheet, _ = read([AGENCIES + "," * 3 * MOST_HEADINGS, "oak,Oak,school"])
    assert sheet.problems == ()
    assert len(sheet.lines) == 1


def test_a_heading_many_times_over_is_named_once() -> None:
    sheet, asked = read([",".join([AGENCIES, *["colour"] * 50]), "oak,Oak,school"])
    said = [problem.words for problem in sheet.problems]
    assert [words for words in said if "is there twice" in words] == [
        "This heading is there twice. Take one of the two columns out."
    ]
    assert len(said) == 2
    assert asked.words == ["colour"]


def test_the_same_mistake_in_every_row_is_said_of_each_and_its_hint_worked_out_once() -> None:
    sheet, asked = read([AGENCIES, *(f"oak{n},Oak,schol" for n in range(500))])
    assert len(sheet.problems) == 500
    assert {p.words for p in sheet.problems} == {
        "“schol” is not a kind of agency we know. Did you mean “school”?"
    }
    assert asked.words == ["schol"]


def test_of_very_many_different_mistakes_only_the_first_have_a_hint() -> None:
    sheet, asked = read([AGENCIES, *(f"oak{n},Oak,school{n}x" for n in range(3 * MOST_ASKED))])
    assert len(sheet.problems) == 3 * MOST_ASKED
    assert len(asked.words) == MOST_ASKED
    assert "Did you mean" not in sheet.problems[-1].words


def test_no_hint_is_worked_out_for_what_is_longer_than_any_word_we_know() -> None:
    sheet, asked = read([AGENCIES, f"oak,Oak,{'school' * 100}"])
    assert len(sheet.problems) == 1
    assert asked.words == []
