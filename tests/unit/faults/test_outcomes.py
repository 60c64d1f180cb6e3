"""What `make faults` prints, and the ledger it believes."""

import json
from pathlib import Path
from random import Random

from faults.outcome import Outcome
from faults.post_office import read_letter
from faults.stories import KINDS, Performed, performed, plans, write_down


def test_an_outcome_is_one_line_of_json() -> None:
    outcome = Outcome(fault="a fault", runs=3, lost=0, doubled=1, met=False)

    assert json.loads(outcome.line("sqlite")) == {
        "fault": "a fault",
        "runs": 3,
        "lost": 0,
        "doubled": 1,
        "met": False,
        "database": "sqlite",
    }


def test_a_ledger_gives_back_what_was_written_down(tmp_path: Path) -> None:
    story = Performed("key", "ordinary", "case", "7F3K92MQ")
    write_down(story, tmp_path / "ledger")

    assert performed(tmp_path / "ledger") == [story]


def test_a_line_that_was_cut_short_was_never_acknowledged(tmp_path: Path) -> None:
    write_down(Performed("key", "ordinary", "case", "7F3K92MQ"), tmp_path / "ledger")
    with (tmp_path / "ledger").open("ab") as book:
        book.write(b"other|ordinary|case|7F3")

    assert len(performed(tmp_path / "ledger")) == 1


def test_a_seed_makes_the_same_choices_again() -> None:
    once, again = (plans(Random("7 sqlite"), 5, KINDS) for _ in range(2))  # noqa: S311  not secret

    assert once == again


def test_a_letter_is_known_by_its_case_and_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(
        b"Subject: Counterpart 7F3K-92MQ: something for\n you to do\n"
        b"To: holder@agency.example\nMessage-ID: <0@localhost>\n\nx\n"
    )
    letter = read_letter(file)

    assert (letter.reference, letter.says) == ("7F3K92MQ", "something for you to do")
    assert (letter.to, letter.message_id) == ("holder@agency.example", "<0@localhost>")
