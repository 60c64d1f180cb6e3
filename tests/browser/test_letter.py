"""Bexley's letter to its Independent Chair, on a phone and without script: written, checked, sent and read."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.journeys import put_in_force
from tests.browser.people import follow, go_on, letter_to, press, start
from tests.browser.test_case_pages import look

PHONE, NARROW, WIDE = (375, 740), (320, 640), (1280, 900)
MARKED = "For the attention of the Independent Chair"


def raise_a_concern(page: Page) -> str:
    """The teacher's own journey; the path of the case."""
    start(page)
    for box in page.get_by_label("It is not needed here").all():
        box.check()
    if page.get_by_label("A child", exact=True).count() == 0:
        go_on(page)
    page.get_by_label("A child", exact=True).check()
    page.get_by_label("A reference that both agencies").fill("NM-55120")
    go_on(page)
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("How to manage risk").check()
    go_on(page)
    for words in ("The plan was ended early.", "He is left alone at night.", "The plan goes on."):
        page.get_by_role("textbox").fill(words)
        go_on(page)
    for _ in range(4):
        if page.get_by_label("Northmere Children’s Social Care").count():
            break
        answers = page.get_by_label("Yes", exact=True).or_(page.get_by_label(re.compile("^Yes")))
        if answers.count():
            answers.first.check()
        go_on(page)
    page.get_by_label("Northmere Children’s Social Care").check()
    go_on(page)
    page.get_by_label("Callum Reid").check()
    go_on(page)
    go_on(page)
    press(page, "Send")
    follow(page, "Go to the case")
    return page.url


def test_a_letter_to_the_chair_is_checked_sent_and_read_without_script(
    own_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    def person(email: str, *, script: bool = False) -> Page:
        window = {"width": PHONE[0], "height": PHONE[1]}
        made = visitor(base_url=own_site.address, viewport=window, java_script_enabled=script)
        return p.sign_in(made, email)

    put_in_force(p.sign_in(visitor(base_url=own_site.address), p.HELEN), "bexley", tmp_path)
    amara = person(p.AMARA)
    case = raise_a_concern(amara)
    looks_right(person(p.AMARA, script=True), case)

    amara.goto(f"{case}/step/email")
    follow(amara, "Write it and have it sent")
    expect(amara.get_by_role("heading", level=1)).to_have_text("Check the message before it goes")
    expect(amara.get_by_label("The reasons for the differences")).to_have_value(
        re.compile("The plan was ended early")
    )
    expect(amara.get_by_label("What has happened so far")).to_have_value(
        re.compile("Concern raised")
    )
    amara.get_by_label("The reasons for the differences").fill("He is not safe at night.")
    press(amara, "Send it")
    expect(amara.locator(".govuk-notification-banner--success")).to_contain_text("on its way")

    ngozi = person(p.NGOZI)
    mail = letter_to(ngozi, p.NGOZI, MARKED)
    assert "To: Independent Chair" in mail
    for told in ("not safe at night", "NM-55120", "Amara", "Osei", "Oakfield", "ended early"):
        assert told not in mail
    ngozi.goto(case)
    expect(ngozi.locator("main")).to_contain_text("He is not safe at night.")
    expect(ngozi.locator("main")).to_contain_text("What has happened so far")


def looks_right(page: Page, case: str) -> None:
    """Nothing is wrong with the pages of the letter, before it goes and with a box left empty."""
    page.goto(f"{case}/step/email")
    look(page, "step that is a letter", PHONE, NARROW, WIDE)
    page.goto(f"{case}/letter/email")
    look(page, "letter before it goes", PHONE, NARROW, WIDE)
    page.get_by_label("The reasons for the differences").fill("")
    press(page, "Send it")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    look(page, "letter with an empty box", PHONE)
