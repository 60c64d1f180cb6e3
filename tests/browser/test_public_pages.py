"""The pages anyone may read, in a real browser, while the database is down.

Nothing here has a demonstration or a database: one installation is served whose database nothing answers.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.people import enter
from tests.browser.pictures import take
from tests.unit.policy.written_policies import written_policies

NOTHING_ANSWERS = "postgresql://nobody@127.0.0.1:1/none"
DEADLINE = (
    "/work-out-a-deadline?start-day=18&start-month=12&start-year=2026&start-time=3pm"
    "&limit=5+working+days&nations=england-and-wales"
)
AREAS = tuple(policy.id for policy in written_policies().values())
PAGES = (
    "/",
    "/danger",
    "/referral",
    "/other-routes",
    "/other-routes/whistleblowing",
    "/other-routes/lado",
    "/other-routes/not-safe",
    "/other-routes/complaint",
    "/policy",
    "/opposite-number",
    *(f"/policy/{area}" for area in AREAS),
    *(f"/policy/{area}/opposite-number" for area in AREAS),
    *(f"/policy/{area}/clauses" for area in AREAS),
    "/policy/brent/opposite-number?you=role-worker",
    "/policy/brent/beside/brent",
    "/policy/brent/beside/somerset",
    "/work-out-a-deadline",
    DEADLINE,
    "/accessibility",
    "/privacy",
)
LEAVES_QUICKLY = tuple(
    path for path in PAGES if path.startswith(("/danger", "/referral", "/other"))
)
PICTURED = {
    "/": "home",
    "/danger": "danger",
    "/policy/brent": "policy",
    "/policy/brent/clauses": "clauses",
    "/policy/brent/opposite-number?you=role-worker": "opposite-number",
    DEADLINE: "deadline",
}
WIDTHS = (320, 1280)  # 320 is also a 1280 window zoomed to 400%


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an installation is served whose database is down."""
    home = tmp_path_factory.mktemp("no-database") / "home"
    home.mkdir()
    with sites.serving(home, database_url=NOTHING_ANSWERS) as running:
        yield running.address


@pytest.fixture(params=WIDTHS)
def window(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A visitor with script, at each width."""
    context = browser.new_context(
        base_url=address, viewport={"width": request.param, "height": 720}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def without_script(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor on a phone without script."""
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor at a desk, with a record of what was asked of whom."""
    context = browser.new_context(base_url=address)
    yield context
    context.close()


def test_every_public_page_is_accessible_and_nothing_runs_off_its_side(window: Page) -> None:
    for path in PAGES:
        answer = window.goto(path)
        assert answer is not None
        assert answer.status == 200
        is_sound(window, path)
        if path in PICTURED:
            take(window, f"{PICTURED[path]}-{window.evaluate('window.innerWidth')}")


def test_the_public_pages_ask_no_other_host_set_no_cookie_and_break_no_rule_of_the_browser(
    desktop: BrowserContext,
) -> None:
    asked: list[str] = []
    said: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    page = desktop.new_page()
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(path)
    home = page.url.split("/")[2]
    assert {url.split("/")[2] for url in asked} == {home}
    assert desktop.cookies() == []
    assert said == []


def test_the_public_pages_say_all_they_have_to_say_without_script(without_script: Page) -> None:
    for path in PAGES:
        without_script.goto(path)
        assert without_script.locator("h1").count() == 1, path
        assert without_script.get_by_role("link", name="call 999").last.is_visible(), path
        links = without_script.get_by_role("navigation", name="Menu").get_by_role("link")
        assert links.first.is_visible(), path


def test_the_first_thing_to_press_on_the_danger_page_calls_999(without_script: Page) -> None:
    without_script.goto("/danger")
    call = without_script.get_by_role("link", name="Call 999 now")
    assert call.get_attribute("href") == "tel:999"
    box = call.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] < 720


def test_the_keyboard_goes_from_the_skip_link_to_the_content(desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Call 999")


def test_every_page_to_leave_in_a_hurry_has_a_way_out_without_script(without_script: Page) -> None:
    for path in LEAVES_QUICKLY:
        without_script.goto(path)
        way_out = without_script.get_by_role("button", name="Exit this page")
        assert way_out.get_attribute("href") == "https://www.bbc.co.uk/weather", path
        assert "noreferrer" in (way_out.get_attribute("rel") or ""), path


def test_the_way_out_stays_in_reach_while_scrolling(window: Page) -> None:
    window.goto("/danger")
    window.evaluate("window.scrollTo(0, 900)")
    box = window.get_by_role("button", name="Exit this page").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100


def test_three_presses_of_shift_leave_the_page(desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    page.goto("/danger")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_a_deadline_is_worked_out_by_keyboard_on_a_phone_without_script(
    without_script: Page,
) -> None:
    page = without_script
    page.goto("/work-out-a-deadline")
    page.get_by_role("button", name="Work it out").focus()
    enter(page)
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    for box, typed in (("Day", "18"), ("Month", "12"), ("Year", "2026"), ("Time", "3pm")):
        page.get_by_label(box, exact=True).fill(typed)
    page.get_by_label("How long is the limit?").fill("5 working days")
    page.get_by_label("England and Wales").check()
    page.get_by_label("How long is the limit?").focus()
    enter(page)
    assert page.get_by_role("heading", name="Due at the end of Tuesday 29 December").is_visible()
    assert page.get_by_role("row").count() == 13


def test_a_deadline_that_cannot_be_worked_out_is_accessible(window: Page) -> None:
    answer = window.goto("/work-out-a-deadline?limit=5+workng+days&nations=scotland")
    assert answer is not None
    assert answer.status == 422
    is_sound(window)


def test_a_phone_shows_the_list_and_a_desktop_the_picture_as_well(window: Page) -> None:
    window.goto("/policy/brent")
    is_wide = window.evaluate("window.innerWidth") > 641
    assert window.locator(".app-picture__drawing").is_visible() == is_wide
    assert window.locator(".app-ladder").is_visible()


def test_every_clause_of_the_policy_can_be_followed_to_where_it_is_quoted(
    desktop: BrowserContext,
) -> None:
    page = desktop.new_page()
    page.goto("/policy/brent")
    missing = page.evaluate(
        """[...document.querySelectorAll('main a[href^="#"]')]
             .map(link => decodeURIComponent(link.hash.slice(1))).filter(id => !document.getElementById(id))"""
    )
    assert missing == []


def test_a_page_that_is_not_there_says_what_to_do(window: Page) -> None:
    answer = window.goto("/nothing-here")
    assert answer is not None
    assert answer.status == 404
    assert window.get_by_role("heading", name="Page not found").is_visible()
    is_sound(window)


def test_health_says_that_the_database_is_down_and_answers_all_the_same(
    desktop: BrowserContext,
) -> None:
    page = desktop.new_page()
    answer = page.goto("/health")
    assert answer is not None
    assert answer.status == 200
    assert answer.text() == "web: up\ndatabase: unreachable\nworker: unknown\n"
