"""Bexley's letter to its Independent Chair, on a phone and without script: written, checked, sent and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.people import follow, go_on, press
from tests.browser.test_case_pages import look
from tests.live import policy_file

PHONE, NARROW, WIDE = (375, 740), (320, 640), (1280, 900)
TRIES = 40  # half a second each: the worker is another process
MARKED = "For the attention of the Independent Chair"


@pytest.fixture
def own_site(demonstration_home: Path, tmp_path: Path) -> Iterator[sites.Site]:
    """A demonstration of this test's own: Bexley's policy is put in force in it."""
    home = sites.copied(demonstration_home, tmp_path / "home")
    with sites.demonstration(home) as running:
        yield running


def put_bexley_in_force(page: Page, folder: Path) -> None:
    file = folder / "policy.yaml"
    file.write_bytes(policy_file("bexley"))
    page.goto("/desk/policy/new")
    page.get_by_label("Choose the policy file").set_input_files(file)
    press(page, "Check it")
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    press(page, "Put it in force for new cases")


def raise_a_concern(page: Page) -> str:
    """The teacher's own journey; the path of the case."""
    page.goto("/raise")
    page.get_by_role("button", name=re.compile("^Start")).click()
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

    put_bexley_in_force(p.sign_in(visitor(base_url=own_site.address), p.HELEN), tmp_path)
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
    mail = the_letter_to(ngozi, p.NGOZI)
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


def the_letter_to(page: Page, address: str) -> str:
    """The text of the newest marked e-mail to an address, once the worker has sent it."""
    letter = page.get_by_role("row").filter(has_text=MARKED).filter(has_text=address)
    for _ in range(TRIES):
        page.goto("/mailbox")
        if letter.count():
            break
        page.wait_for_timeout(500)
    letter.first.get_by_role("link").click()
    return page.locator("main").inner_text()
