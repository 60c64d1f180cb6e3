"""A policy with every kind of rule, put in force on the desk and gone through in a browser, on a phone and at a desk.

Each page is looked at by axe at both widths, with what is folded away opened, empty and with its errors.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.journeys import put_file_in_force
from tests.browser.people import follow, go_on, press, start, submit, when, write
from tests.browser.test_case_pages import NARROW, look
from tests.every_kind import written_whole
from tests.kinds import a_role

ROLES = [
    a_role("worker", "agency", "practitioner"),
    a_role("manager", "agency", "line_manager"),
    a_role("senior", "agency", "designated_safeguarding_lead", "operations_manager"),
    a_role("coordinator", "partnership", "business_manager"),
    a_role("chair", "partnership", "independent_chair"),
]


def is_asked(page: Page, name: str) -> None:
    """A question as it is, and as an empty answer leaves it."""
    look(page, name)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    look(page, f"{name}, left empty", NARROW)


def raise_a_concern(page: Page) -> str:
    """From the start page to the case; its path."""
    start(page)
    is_asked(page, "check first")
    page.get_by_label("It is not needed here").check()
    go_on(page)
    page.get_by_label("An unborn child").check()
    page.get_by_label("A reference that both agencies").fill("NM-77120")
    go_on(page)
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("The plan").check()
    go_on(page)
    for words in ("The plan was ended.", "It leaves her unsafe.", "The plan goes on."):
        page.get_by_role("textbox").fill(words)
        go_on(page)
    page.get_by_label("Not yet").check()
    go_on(page)
    page.get_by_label("Yes", exact=True).check()
    go_on(page)
    go_on(page)
    page.get_by_label("Northmere Children’s Social Care").check()
    go_on(page)
    page.get_by_label("Callum Reid").check()
    go_on(page)
    look(page, "about a person")
    go_on(page)
    is_asked(page, "track")
    page.get_by_label("Any disagreement").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    look(page, "check answers")
    press(page, "Send")
    look(page, "receipt")
    follow(page, "Go to the case")
    return page.url


def send_empty(page: Page, name: str) -> None:
    """The form of an act, as it is and with its errors."""
    look(page, name)
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, f"{name}, with errors", NARROW)


def send(page: Page) -> None:
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def test_a_case_of_every_kind_in_a_browser(
    own_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    def person(email: str) -> Page:
        return p.sign_in(visitor(base_url=own_site.address), email)

    helen, amara = person(p.HELEN), person(p.AMARA)
    put_file_in_force(helen, written_whole(roles=ROLES), tmp_path)
    case = raise_a_concern(amara)
    look(amara, "case of every kind, new")

    helen.goto(f"{case}/priority")
    send_empty(helen, "priority")
    helen.get_by_label("Green").check()
    write(helen, "Why?", "There is time.")
    send(helen)

    amara.goto(f"{case}/date/conference")
    send_empty(amara, "date")
    amara.goto(f"{case}/other-way/area-procedure")
    send_empty(amara, "another way")
    amara.goto(f"{case}/step/letter")
    send_empty(amara, "letter")

    amara.goto(f"{case}/step/talk")
    when(amara)
    amara.get_by_label("By telephone").check()
    write(amara, "What was said?", "We spoke.")
    amara.get_by_label("The sides still see it differently").check()
    send(amara)

    amara.goto(f"{case}/ask-approval/up")
    send_empty(amara, "ask for approval")
    write(amara, "Why should it go on?", "We see it differently.")
    send(amara)
    maryam = person(p.MARYAM)
    maryam.goto(case)
    look(maryam, "case that waits for approval")
    follow(maryam, "Read it and answer")
    send_empty(maryam, "approve")
    maryam.get_by_label("Yes, it may go on").check()
    send(maryam)

    amara.goto(f"{case}/move/up")
    send_empty(amara, "move with conditions")
    amara.get_by_label("The child’s welfare is at risk").check()
    write(amara, "Why is it not settled?", "We see it differently.")
    send(amara)
    look(amara, "case of every kind, second stage")

    helen.goto(f"{case}/limit/managers-talk")
    send_empty(helen, "set the time")

    ngozi = person(p.NGOZI)
    ngozi.goto(case)
    look(ngozi, "case of every kind, the chair")

    amara.goto(f"{case}/other-way/area-procedure")
    write(amara, "What was done, when and with whom?", "It went to the area’s procedure today.")
    send(amara)
    look(amara, "case that left for another procedure")
