"""Bexley's policy to its end: a required meeting, a letter to the Independent Chair, and the chair's help.

A statutory agency requires a meeting, to which the school comes. The letter is marked for the chair and says why the
agencies differ and what has happened. The chair supports them, then mediates. Each agency places its record.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.journeys import (
    CARE,
    CONCERN,
    SCHOOL,
    Fill,
    Journey,
    action,
    at,
    put_in_force,
    tick,
    words,
)

OWN, CHAIR = "The agencies' own policies", "The chair supports the partners"
DIFFER = "The sides still see it differently"


def test_a_required_meeting_and_the_chair(
    other_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    case = Journey(visitor, other_site.address, "bexley")
    put_in_force(case.person(p.HELEN), "bexley", tmp_path)
    case.raised(p.AMARA)
    case.keeps_a_note(p.AMARA)
    case.talks(p.AMARA, "Use the agencies' own escalation policies",
               "We used the school’s own.", DIFFER)  # fmt: skip
    _a_meeting_is_required(case)
    _the_letter_goes(case)
    case.does(p.AMARA, "Bring it to the attention of the chair",
              words("Why is it not settled?", "Two talks have not settled it."))  # fmt: skip
    _the_chair_helps(case)
    case.does(
        p.AMARA,
        "Write down how the disagreement was settled",
        words("What was agreed?", "They visit at home this week."),
        action("Visit at home", "Callum Reid"),
    )
    for email in (p.AMARA, p.CALLUM):
        case.does(email, "Confirm in writing how it was settled", tick("Yes, we confirm it"))
    case.does(p.CALLUM, "Record that an agreed action is done",
              words("What was done, and when?", "We saw him today."))  # fmt: skip
    for email in (p.AMARA, p.CALLUM):
        case.places(email, OWN)
        case.places(email, "how it ended")
    case.both_have_the_pack(
        (p.AMARA, p.CALLUM),
        (OWN, CHAIR),
        ("They visit at home this week.", "Visit at home",
         SCHOOL, "Confirmed in writing", CARE, "Confirmed in writing"),
    )  # fmt: skip
    case.nothing_waits()


def _a_meeting_is_required(case: Journey) -> None:
    case.does(p.CALLUM, "Require this meeting", words("Why is a meeting needed?", "To plan."))
    later = [datetime.now(UTC) + n * p.DAY for n in (3, 4)]
    case.does(p.CALLUM, "Put forward times", *(_time(i, one) for i, one in enumerate(later, 1)),
              words("Where?", "Committee room 2"))  # fmt: skip
    case.does(p.AMARA, "Say when you can come",
              lambda page: page.get_by_role("checkbox").nth(1).check())  # fmt: skip
    case.does(p.CALLUM, "Arrange the meeting",
              lambda page: page.get_by_role("radio").nth(1).check())  # fmt: skip
    case.does(
        p.CALLUM,
        "Hold a multi-agency meeting",
        at(),
        tick("Face to face"),
        _came(SCHOOL),
        _came(CARE),
        words("What was said?", "Everybody said what they see."),
        tick(DIFFER),
    )


def _time(number: int, moment: datetime) -> Fill:
    def fill(page: Page) -> None:
        row, local = page.get_by_role("group", name=f"Time {number}"), moment.astimezone(p.UK)
        for box, typed in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
            row.get_by_label(box).fill(str(typed))
        row.get_by_label("Time", exact=True).fill(f"{local:%H:%M}")

    return fill


def _came(agency: str) -> Fill:
    return lambda page: (
        page.get_by_role("group", name=f"Did {agency} come?").get_by_label("Came").check()
    )


def _the_letter_goes(case: Journey) -> None:
    """What the policy wants it to say is there already, and its sender has only to read it."""
    page = case.opens(p.AMARA)
    case.follows(page, "Send an email to the Independent Chair")
    case.follows(page, "Write it and have it sent")
    expect(page.get_by_text("For the attention of the Independent Chair").first).to_be_visible()
    contents = " ".join(box.input_value() for box in page.get_by_role("textbox").all())
    assert CONCERN in contents
    assert "Hold a multi-agency meeting" in contents
    case.sends(page, "Send it")


def _the_chair_helps(case: Journey) -> None:
    case.has_come_to(p.NGOZI, "Two talks have not settled it.")
    case.talks(p.NGOZI, "Support the partners", "We met, and they still differ.", DIFFER)
    case.talks(p.NGOZI, "As a last resort, act as arbitrator or mediator",
               "They found a way together.", "Both sides agreed")  # fmt: skip
