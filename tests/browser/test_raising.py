"""A worried teacher raises a concern: on a phone, without script, by keyboard alone, and when things go wrong."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.keyboard import Keyboard
from tests.browser.people import (
    AMARA,
    LORRAINE,
    MARYAM,
    PASSWORD,
    RUTH,
    follow,
    go_by,
    go_on,
    press,
)

# Each test has somebody of its own, so that none finds another's drafts.
GRACE = "grace.oyelaran@lowfell.northmere.example"
CATHERINE = "catherine.doyle@icb.northmere.example"

DISPUTE = "The referral of 9 November was closed.\n\nNobody has visited <b>the home</b>."
Look = Callable[[Page, str], None]


def sign_in(page: Page, email: str) -> None:
    """To the start page, by way of signing in."""
    page.goto("/raise")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="Raise a concern", level=1)).to_be_visible()


def begin(page: Page) -> None:
    """Begin a draft from the start page."""
    press(page, re.compile("^Start"))
    expect(page).to_have_url(re.compile("/child$"))


def ignore(page: Page, name: str) -> None:
    """Look at nothing."""


def answer_everything(page: Page, reference: str, look: Look = ignore) -> None:
    """From the start page to the answers, showing each page to `look` as it is and as an empty answer leaves it."""

    def see(name: str, *, has_error: bool = True) -> None:
        look(page, name)
        if has_error:
            go_on(page)
            expect(page.get_by_role("alert")).to_contain_text("There is a problem")
            look(page, f"{name}, left empty")

    see("start", has_error=False)
    begin(page)
    see("child")
    page.get_by_label("A child", exact=True).check()
    page.get_by_label("A reference that both agencies").fill(reference)
    go_on(page)
    see("children")
    page.get_by_label("No", exact=True).check()
    go_on(page)
    see("grounds")
    page.get_by_label("Levels of need").check()
    go_on(page)
    see("dispute")
    page.get_by_role("textbox").fill(DISPUTE)
    go_on(page)
    see("why unsafe")
    page.get_by_role("textbox").fill("He is hungry every day and has new bruises.")
    go_on(page)
    see("immediate risk")
    page.get_by_label("Yes, there is an immediate risk").check()
    see("immediate risk, yes")
    page.get_by_role("textbox").fill("He will be alone again tonight.")
    go_on(page)
    see("outcome")
    page.get_by_role("textbox").fill("A visit this week.")
    go_on(page)
    see("reasons")
    page.get_by_label("Not yet").check()
    go_on(page)
    see("own policy")
    page.get_by_label("Yes", exact=True).check()
    go_on(page)
    see("tried", has_error=False)
    go_on(page)
    see("agencies")
    page.get_by_label("Northmere Children’s Social Care").check()
    go_on(page)
    see("worker")
    page.get_by_label("Callum Reid").check()
    go_on(page)
    see("about a person", has_error=False)
    page.get_by_label("Yes, it is about a person").check()
    go_on(page)
    see("which person")
    page.get_by_label("They are not on this list").check()
    go_on(page)
    see("supporter")
    page.get_by_label("Search for someone in another agency").fill("named nurse")
    go_on(page, "Search")
    expect(page.get_by_label("Angela Mbeki")).to_be_visible()
    look(page, "supporter, found")
    page.get_by_label("No, thank you").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    look(page, "check")


def accessible(page: Page, name: str) -> None:
    """Nothing is wrong with the page, nothing runs off its side, and its title holds none of what was typed."""
    is_sound(page, name)
    assert page.title().endswith("– Counterpart"), name
    assert page.locator("h1").count() == 1, name
    for typed in ("UPN", "Osei", "Reid", "referral"):
        assert typed not in page.title() + page.url, name


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_and_every_error_is_accessible(visitor: Visitor, width: int) -> None:
    page = visitor(viewport={"width": width, "height": 720})
    sign_in(page, MARYAM)
    answer_everything(page, f"UPN A1 {width}", accessible)
    page.goto("/raise/drafts")
    accessible(page, "drafts")
    follow(page, "Delete")
    accessible(page, "delete")
    follow(page, "carry on")
    go_on(page, "Send")
    expect(page.get_by_role("heading", name="Your concern has been sent")).to_be_visible()
    accessible(page, "receipt")


def test_the_whole_journey_without_script_on_a_phone(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False, viewport={"width": 320, "height": 640})
    sign_in(page, AMARA)
    answer_everything(page, "UPN B2")
    expect(page.get_by_text("Nobody has visited <b>the home</b>.")).to_be_visible()
    follow(page, "Change what you want to happen")
    page.get_by_role("textbox").fill("A visit tomorrow.")
    go_on(page)
    expect(page.get_by_text("A visit tomorrow.")).to_be_visible()
    go_on(page, "Send")
    expect(page.get_by_role("heading", name="Telephone these people now")).to_be_visible()
    expect(page.get_by_role("link", name="01632 960173").first).to_have_attribute(
        "href", "tel:01632960173"
    )
    expect(page.get_by_role("heading", name="Talk to your supervisor or manager")).to_be_visible()
    expect(page.get_by_text("Robert Kendall, Deputy headteacher")).to_be_visible()
    receipt = page.url
    page.go_back()
    assert page.url == receipt


def test_an_open_case_about_the_same_child_is_shown_before_a_second_is_begun(
    visitor: Visitor,
) -> None:
    page = visitor()
    sign_in(page, GRACE)
    answer_everything(page, "UPN C3")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_role("heading", name="Your concern has been sent")).to_be_visible()
    page.goto("/raise")
    begin(page)
    page.get_by_label("An unborn child").check()
    page.get_by_label("A reference that both agencies").fill("upn-c3")
    go_on(page)
    page.get_by_label("No", exact=True).check()
    go_on(page)
    expect(page.get_by_role("heading", name="There may already be an open case")).to_be_visible()
    accessible(page, "open case")
    # Pressed twice, sent once: there is one case to go to.
    assert page.get_by_role("link", name=re.compile("^Case ")).count() == 1


def test_a_sign_in_that_ends_half_way_loses_nothing(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, CATHERINE)
    begin(page)
    page.get_by_label("An adult").check()
    page.get_by_label("A reference that both agencies").fill("D4")
    go_on(page)
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("Communication").check()
    go_on(page)
    page.get_by_role("textbox").fill(DISPUTE)
    page.context.clear_cookies(name="session")
    go_on(page)
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_text("Nobody has visited <b>the home</b>.")).to_be_visible()
    other_tab = page.context.new_page()
    sign_in(other_tab, CATHERINE)
    go_on(page, "Send it again")
    if page.get_by_role("button", name="Send it again").count():
        go_on(page, "Send it again")
    expect(
        page.get_by_role("heading", name="Why does this leave the adult unsafe?")
    ).to_be_visible()
    go_by(page, page.get_by_role("link", name="Back"))
    expect(page.get_by_role("textbox")).to_have_value(DISPUTE)
    go_by(other_tab, other_tab.get_by_role("link", name="Raise a concern"))
    follow(other_tab, "Carry on")
    follow(other_tab, "Carry on with draft 1")
    expect(other_tab).to_have_url(re.compile("why-unsafe$"))


# --- by keyboard ---------------------------------------------------------------------------------------


def test_the_whole_journey_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, RUTH)
    keys = Keyboard(page)
    keys.press("Start")
    keys.choose("A child")
    keys.write("A reference that both agencies", "UPN E5")
    keys.press()
    keys.choose("No")
    keys.press()
    keys.choose("Roles and responsibilities")
    keys.press()
    keys.write("What do you disagree with?", "Nobody is leading the plan.")
    keys.press()
    keys.write("Why does this leave the child unsafe?", "She is missed.")
    keys.press()
    keys.choose("No, not at this moment")
    keys.press()
    keys.write("What do you want to happen?", "A lead worker.")
    keys.press()
    keys.choose("Not yet")
    keys.press()
    keys.choose("No")
    keys.press()
    keys.press()
    keys.choose("Northmere Police")
    keys.press()
    keys.choose("I do not know who")
    keys.write("Their name or job", "The desk sergeant")
    keys.press()
    keys.press()
    keys.choose("No, thank you")
    keys.press()
    keys.press("Send")
    expect(page.get_by_role("heading", name="Your concern has been sent")).to_be_visible()
    assert page.get_by_role("heading", name="Telephone these people now").count() == 0


def test_an_error_takes_the_keyboard_to_the_answer_it_is_about(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, LORRAINE)
    begin(page)
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    Keyboard(page).reach("Say whether this is a child")
    page.keyboard.press("Enter")
    expect(page.locator("[name=kind]:focus")).to_have_count(1)
