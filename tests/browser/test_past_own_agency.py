"""A concern raised past one's own agency, in a browser: what she is told, what whoever convenes a panel is told, and
what her own managers find.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from counterpart.casework import panels
from tests.browser.people import follow, press, write
from tests.browser.test_after_the_end import Person, address, person
from tests.browser.test_case_pages import NARROW, WIDE, look
from tests.integration.casework.test_past_own_agency import (
    LEAD,
    OFFICE,
    OUTSIDE,
    THEIRS,
)
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.town import RAISER

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["address", "person"]
STRAIGHT = "Ask for escalation through the partnership"
NOT_SAFE = "The staff member does not feel safe raising it in their own agency"


def test_her_own_managers_find_nothing_and_whoever_convenes_a_panel_is_warned(
    person: Person,
) -> None:
    place = a_whole_town()
    puts_in_force(place, policy_file("ready-steady-grow"))
    story = Live(place, now=datetime.now(UTC) - timedelta(days=2)).begins()
    story.step = timedelta(milliseconds=1)
    case = f"/cases/{story.reference}"

    teacher = person(place, RAISER)
    teacher.goto(case)
    follow(teacher, STRAIGHT)
    expect(teacher.get_by_text("Both sides are told")).to_have_count(0)
    expect(teacher.get_by_text("It leaves out")).not_to_contain_text("Resolution panel")
    expect(teacher.get_by_role("heading", name="Nobody else in Oakfield")).to_be_visible()
    look(teacher, "going past one’s own agency", NARROW, WIDE)
    teacher.get_by_label(NOT_SAFE).check()
    write(teacher, "Why does it go straight there?", "I do not feel safe here.")
    press(teacher, "Take it there")
    expect(teacher.get_by_text("The case has moved on.")).to_be_visible()
    look(teacher, "case raised past one’s own agency", NARROW, WIDE)

    office = person(place, OFFICE)
    office.goto(case)
    follow(office, "Convene a resolution panel")
    expect(office.get_by_label("Oakfield Primary School:")).to_have_count(0)
    look(office, "going on to the panel", NARROW, WIDE)
    write(office, "Why is it not settled?", "A panel fits.")
    press(office, "Take it to the next stage")
    expect(office.get_by_text("The case has moved on.")).to_be_visible()
    follow(office, "Convene the resolution panel")
    expect(office.get_by_role("heading", name="Take care whom you choose")).to_be_visible()
    for who in ("police", "hospital", "school"):
        office.get_by_label(place.names[f"{who}.senior_manager"]).first.check()
    press(office, "Check this panel")
    expect(office.get_by_text("somebody of that agency is on the panel").first).to_be_visible()
    look(office, "a panel with somebody of her own agency", NARROW, WIDE)

    story.now = datetime.now(UTC)
    story.does(panels.convene_panel, OFFICE, members=story.members(*OUTSIDE), where="Room 2",
               meets_at=story.now + timedelta(days=2))  # fmt: skip
    story.heard_by(OFFICE)
    office.goto(case)
    follow(office, "Record the panel’s decision")
    look(office, "the decision of a panel that recommends", NARROW, WIDE)
    story.now = datetime.now(UTC)
    story.does(panels.decide_panel, OFFICE, decision="A plan is made.", reasons="It is needed.",
               next_course="The leads write it.", lead=place.posts[THEIRS], why_early="It cannot wait.",
               actions=[story.action()])  # fmt: skip
    teacher.goto(case)
    expect(teacher.locator(".app-outcome").get_by_text("What was agreed")).to_have_count(0)
    expect(teacher.get_by_text("What each agency is asked to confirm").first).to_be_visible()
    look(teacher, "a recommendation that nobody has confirmed", NARROW, WIDE)
    follow(teacher, "Say whether this is what was agreed")
    expect(teacher.get_by_text("A “no” keeps the case open")).to_be_visible()
    look(teacher, "answering a recommendation", NARROW, WIDE)

    worker = person(place, "care.practitioner")
    worker.goto(case)
    follow(worker, "Say that you see the written outcome differently")
    look(worker, "seeing it differently", NARROW, WIDE)
    write(worker, "How do you see it, and why?", "The plan asks too much of them.")
    press(worker, "Put it on the record")
    expect(worker.get_by_text("The plan asks too much of them.").first).to_be_visible()

    office.goto(f"{case}/kept-out")
    look(office, "who is kept from a case", NARROW, WIDE)
    head = person(place, LEAD)
    answer = head.goto(case)
    assert answer is not None
    assert answer.status == 404
