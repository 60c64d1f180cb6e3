"""What comes after a case, in a browser: where its record was placed, a review considered, an action that is late.

A case is played in this process and its pages are looked at here, since what is late was agreed weeks ago. Each page
is looked at by axe, narrow and wide, and a form also with its errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect

from counterpart.casework import outcomes
from counterpart.casework.climbing import climb
from tests.browser.conftest import PATIENCE
from tests.browser.inside import served
from tests.browser.people import on, press, submit, when, write
from tests.browser.test_case_pages import NARROW, WIDE, look
from tests.integration.web.case_forms import browser as client_of
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.playing import next_act
from tests.town import RAISER, Story, Town, town

pytestmark = pytest.mark.django_db(transaction=True)

WEEKS_AGO = timedelta(days=42)
"""How long ago the action was agreed that was to be done in two weeks: any holiday has gone by since."""
LEAD, MANAGER = "school.operations_manager", "care.line_manager"
Person = Callable[[Town, str], Page]


@pytest.fixture
def address(settings: LazySettings) -> Iterator[str]:
    """Where the pages are served."""
    with served(WSGIHandler()) as port:
        settings.ADDRESS = f"http://localhost:{port}"
        yield settings.ADDRESS
    connections.close_all()


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Person]:
    """Make somebody of a town, signed in."""
    contexts: list[BrowserContext] = []

    def make(place: Town, who: str) -> Page:
        context = browser.new_context(base_url=address, locale="en-GB")
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        cookies = client_of(place, who).cookies.values()
        context.add_cookies([{"name": c.key, "value": c.value, "url": address} for c in cookies])
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def refused(page: Page, name: str) -> None:
    """A form as it is, and as it answers when there is nothing in it."""
    look(page, name, NARROW, WIDE)
    for box in page.locator("main form input[type=checkbox]:checked").all():
        box.uncheck()
    for text in page.locator("main form input[type=text], main form textarea").all():
        text.fill("")
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, f"{name}, with errors", NARROW, WIDE)


def settled() -> Live:
    """A case of a fortnight ago, under Somerset's policy: it is settled, and nothing was done since."""
    place = a_whole_town()
    puts_in_force(place, policy_file("somerset"))
    story = Live(place, now=datetime.now(UTC) - timedelta(days=14)).begins()
    while story.state.is_open:
        story.acts(next_act(story))  # type: ignore[arg-type]  # it speaks like a case of the casebook
    return story


def test_the_policy_says_on_whose_record_it_is_placed_and_what_is_to_be_considered(
    person: Person,
) -> None:
    story = settled()
    case = f"/cases/{story.reference}"
    teacher = person(story.town, RAISER)
    teacher.goto(case)
    placing = teacher.locator(f"main a[href^='{case}/placed/']").first.get_attribute("href")
    teacher.goto(str(placing))
    expect(teacher.get_by_text("From the policy, clause").first).to_be_visible()
    refused(teacher, "placed under a policy")
    teacher.get_by_role("checkbox").first.check()
    write(teacher, "Which record is it, and in whose system?", "The safeguarding file, our system")
    on(teacher, datetime.now(UTC))
    press(teacher, "Record it")
    expect(teacher.get_by_text("It is on the record where this was placed.")).to_be_visible()

    office = person(story.town, "office.coordinator")
    office.goto(f"{case}/step/consider-review")
    expect(office.get_by_text("Is it needed?")).to_be_visible()
    refused(office, "considered")
    when(office)
    write(office, "Why?", "It was long, but it held.")
    office.get_by_label("It is not needed").check()
    submit(office)
    expect(office.locator(".govuk-notification-banner--success")).to_be_visible()
    teacher.goto(case)
    expect(teacher.get_by_text("It was long, but it held.").first).to_be_visible()
    look(teacher, "case with a review considered", NARROW, WIDE)


def test_an_action_that_is_late_stands_with_the_lead_manager(person: Person) -> None:
    place = town()
    story = Story(place, now=datetime.now(UTC) - WEEKS_AGO).raised()
    story.to_workers().records("workers-discuss", "agreed", agreed="They will visit.")
    story.does(
        outcomes.propose_outcome,
        agreed="They will visit.",
        actions=[story.action()],
        lead=place.posts[LEAD],
    )
    story.confirmed()
    for days in range(WEEKS_AGO.days):
        climb(story.now + timedelta(days=days))

    lead = person(place, LEAD)
    lead.goto("/me")
    told = lead.locator(".app-news__each").filter(has_text="Something has not been done in time")
    expect(told.first).to_contain_text("Carry out an agreed action")
    look(lead, "my page of a lead manager", NARROW, WIDE)
    lead.goto("/me/notices")
    look(lead, "what a lead manager was told", NARROW, WIDE)
    lead.goto(f"/cases/{story.reference}")
    late = lead.locator(".app-duty").filter(has_text="Carry out an agreed action")
    expect(late).to_contain_text("Late")
    expect(lead.get_by_text("An action that is late comes back to them.")).to_be_visible()
    look(lead, "case with a late action, the lead manager", NARROW, WIDE)
