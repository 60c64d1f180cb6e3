"""The desk and My page in a real browser: on a phone, by keyboard, without script, and with nothing for axe to say."""

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import AMARA, HELEN, enter, go_by, press, sign_in

PHONE = {"width": 320, "height": 640}


def choose_somebody(page: Page) -> None:
    """From the desk to the page that gives the first work that has nobody to somebody."""
    page.goto("/desk")
    go_by(page, page.locator(".app-nobody").get_by_role("link", name="Choose somebody").first)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_view_of_the_desk_fits_and_is_accessible(visitor: Visitor, width: int) -> None:
    page = sign_in(visitor(viewport={"width": width, "height": 800}), HELEN)
    page.goto("/desk")
    expect(page.get_by_role("heading", name="Nobody to go to")).to_be_visible()
    for view in ("", "?view=nobody", "?view=due_soon", "?view=confirming", "?view=open", "/find"):
        page.goto(f"/desk{view}")
        is_sound(page, view)


@pytest.mark.parametrize("width", [320, 1280])
def test_my_page_and_its_lists_fit_and_are_accessible(visitor: Visitor, width: int) -> None:
    page = sign_in(visitor(viewport={"width": width, "height": 800}), AMARA)
    for address in ("/me", "/me/cases", "/me/ended", "/me/notices"):
        page.goto(address)
        is_sound(page, address)


def test_a_case_is_found_by_keyboard_and_its_reference_is_in_no_search(page: Page) -> None:
    sign_in(page, HELEN)
    page.goto("/desk?view=open")
    reference = page.locator("table .app-reference").first.inner_text()
    page.goto("/desk")
    page.get_by_label("Find a case by its reference").focus()
    page.keyboard.type("zzzz zzzz")
    enter(page)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.url.endswith("/desk/find")
    is_sound(page)
    page.get_by_label("Case reference").fill(reference.lower().replace("-", " "))
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)


def test_work_that_has_nobody_is_given_to_somebody_on_a_phone_without_script(
    own_site: sites.Site, visitor: Visitor
) -> None:
    page = visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False)
    sign_in(page, HELEN)
    choose_somebody(page)
    expect(page.get_by_role("heading", name="Give this to someone else")).to_be_visible()
    press(page, "Give it to them")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_label("Why are you giving this to someone else?").fill("The post is vacant.")
    press(page, "Give it to them")
    expect(page.get_by_text("The work has been given to the post you chose.")).to_be_visible()
    page.goto("/desk")
    expect(page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()


def test_the_page_that_gives_work_to_somebody_is_accessible_also_with_its_errors(
    visitor: Visitor,
) -> None:
    page = sign_in(visitor(viewport=PHONE), HELEN)
    choose_somebody(page)
    is_sound(page)
    press(page, "Give it to them")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    is_sound(page)


def test_what_a_teacher_has_been_told_can_be_marked_as_seen_without_script(
    visitor: Visitor,
) -> None:
    page = sign_in(visitor(java_script_enabled=False), AMARA)
    page.goto("/me/notices")
    expect(page.get_by_role("heading", name="What you have been told")).to_be_visible()
    button = page.get_by_role("button", name="Mark all as seen")
    if button.count():
        go_by(page, button)
        expect(page.get_by_text("Everything you have been told is marked as seen.")).to_be_visible()
    expect(button).to_have_count(0)
