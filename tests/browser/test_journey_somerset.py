"""Somerset's policy to its end: up the line to the Board's representatives, then to the coordinator.

A third party helps the less confident teacher; the coordinator reports to the Chair of the Board; the representatives
settle it in the way the coordinator decided. Each agency keeps a record of every stage.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.journeys import (
    CARE,
    DEV,
    ELAINE,
    SCHOOL,
    SIMON,
    Journey,
    action,
    choose,
    put_in_force,
    still_open,
    tick,
    words,
)

STAGES = (
    "Between the people who disagree",
    "Line manager to opposite number",
    "Up the line",
    "Board representatives",
    "The coordinator decides the course",
)
DIFFER = "The sides still see it differently"
WHY = "Why is it not settled?"


def test_up_the_line_to_the_coordinator(
    other_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    case = Journey(visitor, other_site.address, "somerset")
    put_in_force(case.person(p.HELEN), "somerset", tmp_path)
    _between_the_two(case)
    _up_the_line(case)
    _the_coordinator_decides(case)
    _settled_and_confirmed(case)
    _afterwards(case)
    case.is_no_longer_at_risk(p.AMARA)
    case.both_have_the_pack(
        (p.AMARA, p.CALLUM),
        STAGES,
        ("A health visitor and a teacher visit together.", "Visit together", "Simon Achebe",
         "Who visits in the holidays", "The two managers meet in June",
         SCHOOL, "Confirmed in writing", CARE, "Confirmed in writing"),
    )  # fmt: skip
    case.nothing_waits()


def _between_the_two(case: Journey) -> None:
    case.raised(p.AMARA)
    case.keeps_a_note(p.AMARA)
    case.talks(p.AMARA, "Ask somebody else to help you take this up",
               "Lucy helped me to put it into words.", "Yes, we spoke")  # fmt: skip
    case.does(
        p.AMARA,
        "Record advice that was taken",
        words("If they are not on the list, who was it?", "Dr Hale, named doctor"),
        words("What did you ask?", "Whether to go to a manager."),
        words("What did they advise?", "Go to them today."),
    )
    case.talks(p.AMARA, "Try to settle it between the two of you",
               "We went through it and differ.", DIFFER)  # fmt: skip
    case.does(p.AMARA, "Refer it to your line manager", words(WHY, "He is still hungry."),
              choose("Oakfield", "Robert Kendall"), choose("Social Care", "Ruth Okonkwo"))  # fmt: skip
    case.places(p.AMARA, STAGES[0])
    case.places(p.CALLUM, STAGES[0])


def _up_the_line(case: Journey) -> None:
    case.talks(p.ROBERT, "Discuss it with your opposite number", "No change.", DIFFER)
    case.does(p.ROBERT, "Refer it up the line", words(WHY, "We see the risk differently."),
              choose("Oakfield", "Elaine Foster"), choose("Social Care", "Lorraine Beck"))  # fmt: skip
    case.places(p.ROBERT, STAGES[1])
    case.places(p.RUTH, STAGES[1])
    case.talks(ELAINE, "Discuss it with your opposite number", "No change.", DIFFER)
    case.does(ELAINE, "Refer it to the Board representatives", words(WHY, "We still differ."),
              choose("Oakfield", "Elaine Foster"), choose("Social Care", "Simon Achebe"))  # fmt: skip
    case.places(ELAINE, STAGES[2])
    case.places(p.LORRAINE, STAGES[2])
    case.talks(ELAINE, "Discuss it with the representative", "We cannot settle it.", DIFFER)
    case.does(ELAINE, "Refer it to the Board coordinator",
              words("Why does it go on?", "We cannot settle it."))  # fmt: skip
    case.places(ELAINE, STAGES[3])
    case.places(SIMON, STAGES[3])


def _the_coordinator_decides(case: Journey) -> None:
    case.has_come_to(DEV, "We cannot settle it.")
    case.writes(DEV, "Decide a course of action", "What was decided, and why?",
                "Visit together, then meet again.")  # fmt: skip
    case.talks(DEV, "Report it to the Chair of the Board", "The course, and why.")
    case.talks(ELAINE, "Settle it in the way the coordinator decided",
               "We visit together.", "Both sides agreed")  # fmt: skip


def _settled_and_confirmed(case: Journey) -> None:
    case.does(
        ELAINE,
        "Write down what was agreed",
        words("What was agreed?", "A health visitor and a teacher visit together."),
        action("Visit together", "Simon Achebe"),
        still_open("Who visits in the holidays", "The two managers meet in June"),
    )
    for email in (ELAINE, SIMON):
        case.does(email, "Confirm the outcome in writing", tick("Yes, we confirm it in writing"))
    expect(case.people[SIMON].get_by_role("heading", level=1)).to_contain_text("Closed")


def _afterwards(case: Journey) -> None:
    case.does(SIMON, "Record that an agreed action is done",
              words("What was done, and when?", "We visited today."))  # fmt: skip
    for email in (ELAINE, SIMON):
        case.places(email, STAGES[4])
        case.writes(email, "Refer any general issues", "What was passed on?", "There are none.")
    case.talks(p.AMARA, "Meet to talk it over", "We had tea together.", "Yes, we spoke")
    case.writes(DEV, "Consider a management review", "Why?", "It was long, but it held.",
                "It is not needed")  # fmt: skip
