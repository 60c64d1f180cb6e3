"""How a case comes to the chair, and how it ends, in a browser: each page wide and narrow, empty and with errors.

By people of the demonstration. Each page is looked at by axe; a panel is checked by keyboard and without script.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.people import enter, follow, go_by, on, press, submit, when, write
from tests.browser.test_case_pages import NARROW, WIDE, look

PHONE = (375, 800)
CASE = re.compile(r"/cases/([0-9A-Z]{8})/how-it-came")
PANEL = "panel/resolution-panel"


def come_to(page: Page, view: str = "with_you") -> list[str]:
    """The references of the cases that have come to whoever is signed in."""
    page.goto(f"/referred?view={view}")
    links = page.locator("main a[href$='/how-it-came']").all()
    found = (CASE.search(str(link.get_attribute("href"))) for link in links)
    return list(dict.fromkeys(one[1] for one in found if one))


def first_with(page: Page, references: list[str], act: str) -> str:
    """The first of these cases in which somebody may do this now: its form is there to send."""
    for reference in references:
        answer = page.goto(f"/cases/{reference}/{act}")
        if answer and answer.ok and page.locator("main form").count():
            return reference
    raise AssertionError(f"in none of these cases: {act}")


def with_errors(page: Page, name: str) -> None:
    """A form as it is, and sent with nothing in it."""
    look(page, name, NARROW, PHONE, WIDE)
    for box in page.locator("main form input[type=checkbox]:checked").all():
        box.uncheck()
    for text in page.locator("main form input[type=text], main form textarea").all():
        text.fill("")
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, f"{name}, with errors", NARROW)


def test_the_chair_finds_what_has_come_to_them_and_why(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.NGOZI)
    go_by(page, page.get_by_role("link", name="Referred to you"))
    expect(page.get_by_role("heading", name="Cases that have come to you")).to_be_visible()
    look(page, "referred", NARROW, PHONE, WIDE)
    for view in ("told", "over"):
        page.goto(f"/referred?view={view}")
        look(page, f"referred, {view}", NARROW, WIDE)
    page.goto("/referred")
    follow(page, "Read why")
    expect(page.get_by_role("heading", name="Who brought it here, and why")).to_be_visible()
    look(page, "how it came", NARROW, PHONE, WIDE)
    follow(page, "Read the whole case")
    expect(page.get_by_role("heading", name="The record", exact=True)).to_be_visible()


def test_a_panel_is_checked_before_it_is_convened_by_keyboard_and_without_script(
    visitor: Visitor,
) -> None:
    page = p.sign_in(visitor(java_script_enabled=False), p.NGOZI)
    reference = first_with(page, come_to(page), PANEL)
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Check this panel").focus()
    enter(page)
    expect(page.get_by_role("heading", name="What this panel still lacks")).to_be_visible()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    assert page.get_by_role("checkbox").first.is_checked()
    seen = p.sign_in(visitor(), p.NGOZI)
    seen.goto(f"/cases/{reference}/{PANEL}")
    look(seen, "panel", NARROW, PHONE, WIDE)
    seen.get_by_role("checkbox").first.check()
    press(seen, "Check this panel")
    look(seen, "panel, checked", NARROW, PHONE, WIDE)
    press(seen, "Convene the panel")
    expect(seen.locator(".govuk-error-summary")).to_be_visible()
    look(seen, "panel, refused", NARROW)


def test_the_meeting_of_a_panel_is_written_down(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.NGOZI)
    first_with(page, come_to(page), "met")
    with_errors(page, "panel met")
    when(page)
    page.get_by_role("checkbox").first.check()
    write(page, "What did it look at?", "The referral, and what both agencies told it.")
    write(page, "What was said?", "Everybody saw that waiting is not safe.")
    press(page, "Record it")
    expect(page.get_by_text("The meeting is on the record.")).to_be_visible()


def test_advice_a_supporter_and_where_the_record_is(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.AMARA)
    page.goto("/me/cases")
    links = page.locator("main a[href^='/cases/']").all()
    mine = [str(link.get_attribute("href")).split("/")[2] for link in links]
    reference = first_with(page, mine, "advice")
    with_errors(page, "advice")
    write(page, "If they are not on the list, who was it?", "Dr Hale, named doctor")
    write(page, "What did you ask?", "Whether to ask for a strategy meeting.")
    write(page, "What did they advise?", "Ask for one today.")
    press(page, "Record it")
    expect(page.get_by_text("The advice is on the record, as advice.")).to_be_visible()
    page.goto(f"/cases/{reference}/supporter")
    look(page, "supporter", NARROW, PHONE, WIDE)
    page.goto(f"/cases/{reference}")
    page.get_by_text("Note where the record was placed").click()
    follow(page, "Record where it was placed")
    with_errors(page, "placed")
    page.get_by_label("The child’s own file").check()
    write(page, "Which record is it, and in whose system?", "The safeguarding file, in our system")
    on(page, datetime.now(UTC))
    press(page, "Record it")
    expect(page.get_by_text("It is on the record where this was placed.")).to_be_visible()
    expect(
        page.locator("main").get_by_text("The safeguarding file, in our system").first
    ).to_be_visible()


def test_a_decision_says_how_each_open_point_is_followed_up(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.NGOZI)
    references = come_to(page)
    reference = first_with(page, references, "heard")
    for _ in range(2):
        page.goto(f"/cases/{reference}/heard")
        page.get_by_role("radio").first.check()
        page.get_by_label("Heard in person").check()
        write(page, "What did it tell the panel?", "What it saw and what it did.")
        press(page, "Save")
    page.goto(f"/cases/{reference}/decision/resolution-panel")
    page.get_by_label("What is still open?").fill("Who visits at the weekend")
    press(page, "Add another point")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.get_by_text("Still open, point 2")).to_be_visible()
    look(page, "decision", NARROW, PHONE, WIDE)
    press(page, "Record the decision")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Write how point 1 will be followed up")
    look(page, "decision, with errors", NARROW)


def test_learning_and_talking_it_over_after_the_end(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.AMARA)
    page.goto("/me/ended")
    links = page.locator("main a[href^='/cases/']").all()
    mine = [str(link.get_attribute("href")).split("/")[2] for link in links]
    reference = first_with(page, mine, "learning")
    with_errors(page, "learning")
    write(page, "What is there to learn?", "Ask for the reasons before going up.")
    page.get_by_label("Who will see to it?").select_option(index=1)
    on(page, datetime.now(UTC) + timedelta(days=30))
    press(page, "Save")
    expect(page.get_by_text("Whoever sees to it is told.")).to_be_visible()
    page.goto(f"/cases/{reference}/debrief")
    with_errors(page, "debrief")
    page.get_by_label("To whom do you offer it?").select_option(index=1)
    write(page, "How, when and with whom?", "On Thursday, with the safeguarding lead.")
    press(page, "Make the offer")
    look(page, "case with learning", NARROW, PHONE, WIDE)
    for name, act in (
        ("learned", "Record that a learning point has been seen to"),
        ("learning passed on", "Pass a learning point on"),
        ("debriefed", "Record what became of the offer to talk it over"),
    ):
        page.goto(f"/cases/{reference}")
        follow(page, act)
        with_errors(page, name)
