"""Every field, component and page of fault in a real browser: each state accessible, nothing typed lost."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import faults_on

WIDTHS = (320, 1280)


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the gallery is served, in this process. No test here may use the database, and none can."""
    with override_settings(ROOT_URLCONF="tests.browser.gallery"):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _Quiet)
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()
        server.server_close()


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


def _is_sound(page: Page) -> None:
    assert faults_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_form_is_accessible_empty_refused_and_opened(window: Page) -> None:
    window.goto("/gallery/form")
    _is_sound(window)
    window.get_by_label("We have not spoken").check()
    expect(window.get_by_label("Why not?")).to_be_visible()
    _is_sound(window)
    window.get_by_role("button", name="Save and continue").click()
    expect(window).to_have_title("Error: Record a discussion – Counterpart")
    _is_sound(window)


def test_every_component_is_accessible(window: Page) -> None:
    window.goto("/gallery/components")
    _is_sound(window)
    window.get_by_text("How this was worked out").click()
    _is_sound(window)


@pytest.mark.parametrize(
    ("path", "status"), [("/gallery/conflict", 409), ("/nothing", 404), ("/gallery/broken", 500)]
)
def test_a_page_of_fault_is_accessible(window: Page, path: str, status: int) -> None:
    answer = window.goto(path)
    assert answer is not None
    assert answer.status == status
    _is_sound(window)


def test_every_message_leads_to_the_first_input_it_is_about(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    page.get_by_role("button", name="Save and continue").click()
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
        assert page.evaluate("document.activeElement.id") == element


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
        page.get_by_role("button", name="Save and continue").click()
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
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="This page was open for too long")).to_be_visible()
    expect(page.get_by_text("for an hour.")).to_be_visible()
    _is_sound(page)
    page.get_by_role("button", name="Send it again").click()
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
    page.get_by_role("button").click()
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
    page.keyboard.press("Enter")
    expect(page.get_by_text("sent", exact=True)).to_be_visible()


def test_a_form_sent_after_the_sign_in_ended_is_kept_and_says_how_to_go_on(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    page.goto("/gallery/form")
    page.get_by_label("What was said?").fill("We spoke\nfor an hour.")
    page.evaluate("document.querySelector('form.app-form').action = '/gallery/closed'")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(page.get_by_text("for an hour.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in again")).to_have_attribute("target", "_blank")
    _is_sound(page)
