"""Every field, component and page of fault in a real browser: each state accessible, nothing typed lost."""

from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import is_sound
from tests.browser.inside import served
from tests.browser.people import enter, go_by, press

WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the gallery is served, in this process. No test here may use the database, and none can."""
    with (
        override_settings(ROOT_URLCONF="tests.browser.gallery"),
        served(get_wsgi_application()) as port,
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address)
    yield made
    made.close()


@pytest.fixture(params=WIDTHS)
def window(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    made = browser.new_context(base_url=address, viewport={"width": request.param, "height": 720})
    yield made.new_page()
    made.close()


@pytest.fixture
def without_script(browser: Browser, address: str) -> Iterator[Page]:
    made = browser.new_context(base_url=address, java_script_enabled=False)
    yield made.new_page()
    made.close()


def test_a_form_is_accessible_empty_refused_and_opened(window: Page) -> None:
    window.goto("/gallery/form")
    is_sound(window)
    window.get_by_label("We have not spoken").check()
    expect(window.get_by_label("Why not?")).to_be_visible()
    is_sound(window)
    press(window, "Save and continue")
    expect(window).to_have_title("Error: Record a discussion – Counterpart")
    is_sound(window)


def test_every_component_is_accessible(window: Page) -> None:
    window.goto("/gallery/components")
    is_sound(window)
    window.get_by_text("How this was worked out").click()
    is_sound(window)


@pytest.mark.parametrize(
    ("path", "status"), [("/gallery/conflict", 409), ("/nothing", 404), ("/gallery/broken", 500)]
)
def test_a_page_of_fault_is_accessible(window: Page, path: str, status: int) -> None:
    answer = window.goto(path)
    assert answer is not None
    assert answer.status == status
    is_sound(window)


def test_every_message_leads_to_the_first_input_it_is_about(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    press(page, "Save and continue")
    summary = page.get_by_role("alert")
    expect(page.locator(".govuk-error-summary:focus")).to_be_visible()
    for text, element in (
        ("Enter when you spoke", "held_at-day"),
        ("Choose how you spoke", "how"),
        ("Write what was said", "said"),
        ("Choose which agencies were there", "present"),
        ("Choose a post", "post"),
        ("Say whether you agreed", "agreed"),
        ("Enter the date", "due_on-day"),
        ("Tick to say that you have told the other side", "sure"),
    ):
        summary.get_by_role("link", name=text, exact=True).click()
        expect(page.locator(f"[id='{element}']")).to_be_focused()


def test_nothing_typed_is_lost_and_lines_stay_as_they_were_without_script(
    without_script: Page,
) -> None:
    page = without_script
    said = 'First\n\n  indented <b>bold</b>\n& last "quoted"'
    page.goto("/gallery/form")
    page.get_by_label("What was said?").fill(said)
    page.get_by_label("Why not?").fill("one\ntwo")
    page.get_by_label("We have not spoken").check()
    page.get_by_label("Who took part?").fill("<script>alert(1)</script>")
    page.locator("#held_at-day").fill("31")
    page.locator("#held_at-month").fill("2")
    page.locator("#held_at-year").fill("2026")
    page.locator("#held_at-time").fill("quarter past")
    for _ in range(2):  # a second refusal changes nothing either
        press(page, "Save and continue")
        expect(page.get_by_label("What was said?")).to_have_value(said)
        expect(page.get_by_label("Why not?")).to_have_value("one\ntwo")
        expect(page.get_by_label("We have not spoken")).to_be_checked()
        expect(page.get_by_label("Who took part?")).to_have_value("<script>alert(1)</script>")
        expect(page.locator("#held_at-day")).to_have_value("31")
        expect(page.locator("#held_at-time")).to_have_value("quarter past")


def test_without_script_what_an_answer_reveals_stands_there_from_the_start(
    without_script: Page,
) -> None:
    without_script.goto("/gallery/form")
    expect(without_script.get_by_label("Why not?")).to_be_visible()


def test_a_form_whose_page_was_open_too_long_hands_back_what_was_typed_and_can_be_sent_again(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    page.get_by_label("What was said?").fill("We spoke\nfor an hour.")
    context.clear_cookies()
    press(page, "Save and continue")
    expect(page.get_by_role("heading", name="This page was open for too long")).to_be_visible()
    expect(page.get_by_text("for an hour.")).to_be_visible()
    is_sound(page)
    press(page, "Send it again")
    expect(page.get_by_label("What was said?")).to_have_value("We spoke\nfor an hour.")


def test_a_form_of_somebody_elses_is_refused_and_nothing_of_it_is_shown(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    planted = f"""<form method=post action="{address}/gallery/form">
      <input name=said value="planted"><button>Go</button></form>"""
    page.route(
        "http://elsewhere.test/",
        lambda route: route.fulfill(content_type="text/html", body=planted),
    )
    page.goto("http://elsewhere.test/")
    go_by(page, page.get_by_role("button"))
    expect(page.get_by_role("heading", name="This page was open for too long")).to_be_visible()
    assert "planted" not in page.content()


def test_a_long_answer_is_counted_while_it_is_written(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    page.get_by_label("What was said?").fill("x" * 990)
    expect(page.get_by_text("You have 10 characters remaining").first).to_be_visible()


def test_a_whole_form_can_be_filled_in_with_the_keyboard_alone(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    page.locator("#held_at-day").focus()
    for typed in ("23", "11", "2026", "3:40pm"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # By telephone
    page.keyboard.press("Tab")
    page.keyboard.type("We spoke.")
    page.keyboard.press("Tab")
    page.keyboard.type("Amara Osei")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Designated")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # Yes
    for typed in ("24", "12", "2026"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    enter(page)
    expect(page.get_by_text("sent", exact=True)).to_be_visible()


def test_a_form_sent_after_the_sign_in_ended_is_kept_and_says_how_to_go_on(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    page.get_by_label("What was said?").fill("We spoke\nfor an hour.")
    page.evaluate("document.querySelector('form.app-form').action = '/gallery/closed'")
    press(page, "Save and continue")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_text("for an hour.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in again")).to_have_attribute("target", "_blank")
    is_sound(page)
