"""What passes between the sides, on a phone and without script: questions, a meeting, more time, risk.

Under Brent's policy, and under Bexley's for the meeting. Each page is looked at by axe, empty and with its errors.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.journeys import CARE, SCHOOL, put_in_force, raises
from tests.browser.people import follow, press, submit, when, write
from tests.browser.pictures import take

PHONE: ViewportSize = {"width": 375, "height": 740}


def look(page: Page, name: str) -> None:
    """Nothing is wrong with the page as it stands, and nothing hangs off its side."""
    take(page, f"between, {name}", whole=True)
    is_sound(page, name, has_script=False)
    assert page.locator("h1").count() == 1, name


def send_empty(page: Page, name: str) -> None:
    """The form of an act, as it is and with its errors."""
    look(page, name)
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, f"{name}, with errors")


def send(page: Page) -> None:
    submit(page)
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator(".govuk-notification-banner--success")).to_be_visible()


def in_boxes(page: Page, group: str, at: datetime) -> None:
    """Fill in one of several times on a page."""
    _boxes(page.get_by_role("group", name=group, exact=True), at)


def _boxes(where: Locator, at: datetime) -> None:
    local = at.astimezone(p.UK)
    for box, typed in (
        ("Day", local.day),
        ("Month", local.month),
        ("Year", local.year),
        ("Time", f"{local:%H:%M}"),
    ):
        where.get_by_label(box, exact=True).fill(str(typed))


def record(page: Page, step: str, said: str, result: str) -> None:
    follow(page, step)
    when(page)
    page.get_by_label("By telephone").check()
    write(page, "What was said?", said)
    page.get_by_label(result).check()
    send(page)


def asks_and_answers(amara: Page, callum: Page, case: str) -> None:
    follow(amara, "Ask for information")
    send_empty(amara, "ask")
    write(amara, "What do you need to know?", "What did the visit find?")
    write(amara, "What do you need it for?", "To settle on a plan together.")
    send(amara)
    look(amara, "case with a question, the asker")
    callum.goto(case)
    look(callum, "case with a question, who is asked")
    follow(callum, "Say that you have it")
    look(callum, "acknowledge")
    send(callum)
    follow(callum, "Answer the question")
    send_empty(callum, "answer")
    callum.get_by_label("Yes, and I write it here").check()
    write(callum, "What is your answer?", "Nobody was in. We go again tomorrow.")
    send(callum)
    amara.goto(case)
    expect(amara.get_by_text("Nobody was in. We go again tomorrow.")).to_be_visible()


def extends(amara: Page, callum: Page, case: str) -> None:
    waited = amara.locator(".govuk-body-l").first.inner_text()
    follow(amara, "Ask for more time")
    send_empty(amara, "more time")
    when(amara, datetime.now(UTC) + timedelta(days=20))
    write(amara, "Why is more time needed?", "The paediatrician sees him next week.")
    send(amara)
    look(amara, "case with more time asked for")
    callum.goto(case)
    follow(callum, "Read it and answer")
    send_empty(callum, "answer more time")
    callum.get_by_label("Yes, we agree to more time").check()
    send(callum)
    for page in (amara, callum):
        page.goto(case)
        expect(page.get_by_text("The policy’s time was").first).to_be_visible()
        expect(page.get_by_text("Both sides agreed on").first).to_be_visible()
        assert page.locator(".govuk-body-l").first.inner_text() == waited
    look(amara, "case with more time agreed")


def still_at_risk(amara: Page, callum: Page, case: str) -> None:
    callum.goto(case)
    record(callum, "Speak to the worker in the other agency", "We agree.", "Both sides agreed")
    amara.goto(case)
    look(amara, "case settled, the raiser is asked")
    follow(amara, "Say whether the child is still at risk")
    send_empty(amara, "still at risk")
    amara.get_by_label("Yes, the child is still at risk").check()
    write(amara, "Why?", "Nobody has seen him since.")
    send(amara)
    callum.goto(case)
    expect(callum.get_by_role("heading", name="Somebody still believes")).to_be_visible()
    look(callum, "case still at risk")


def says_what_will_be_done(page: Page, case: str) -> None:
    page.goto(case)
    follow(page, "Say what will be done")
    send_empty(page, "what will be done")
    write(page, "What will be done, and by when?", "We visit together today.")
    send(page)
    expect(page.get_by_text("We visit together today.").first).to_be_visible()


def meets(amara: Page, callum: Page, case: str) -> None:
    at = [datetime.now(UTC) + timedelta(days=n) for n in (3, 4)]
    amara.goto(case)
    follow(amara, "Require this meeting")
    amara.get_by_label(SCHOOL).check()
    send_empty(amara, "require a meeting")
    write(amara, "Why is a meeting needed?", "We have to plan together.")
    send(amara)
    look(amara, "case with a meeting required")
    follow(amara, "Put forward times")
    send_empty(amara, "times")
    for name, time in zip(("Time 1", "Time 2"), at, strict=True):
        in_boxes(amara, name, time)
    press(amara, "Add more times")
    look(amara, "five times")
    write(amara, "Where?", "Committee room 2")
    send(amara)
    callum.goto(case)
    look(callum, "case with times put forward")
    follow(callum, "Say when you can come")
    send_empty(callum, "when can you come")
    callum.get_by_role("checkbox").nth(1).check()
    send(callum)
    amara.goto(case)
    follow(amara, "Arrange the meeting")
    send_empty(amara, "arrange the meeting")
    amara.get_by_role("radio").nth(1).check()
    send(amara)
    look(amara, "case with a meeting arranged")
    amara.goto(f"{case}/step/multi-agency-meeting")
    send_empty(amara, "who came")
    when(amara)
    amara.get_by_label("Face to face").check()
    for agency, came in ((SCHOOL, "Came"), (CARE, "Sent apologies")):
        amara.get_by_role("group", name=f"Did {agency} come?").get_by_label(came).check()
    write(amara, "What was said?", "We waited for them.")
    amara.get_by_label("The sides still see it differently").check()
    send(amara)
    expect(amara.get_by_text("Sent apologies").first).to_be_visible()
    look(amara, "case with a meeting held")


def test_between_the_sides_on_a_phone_without_script(
    own_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    def person(email: str) -> Page:
        return p.sign_in(
            visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False), email
        )

    amara, callum, helen = person(p.AMARA), person(p.CALLUM), person(p.HELEN)
    case = raises(amara)
    record(amara, "Talk to your supervisor or manager", "We are clear.", "Yes, we spoke")
    follow(amara, "Speak to the worker in the other agency")
    write(amara, "Why does it go on?", "We will speak to them directly.")
    press(amara, "Take it to the next stage")
    asks_and_answers(amara, callum, case)
    extends(amara, callum, case)
    still_at_risk(amara, callum, case)
    says_what_will_be_done(helen, case)

    put_in_force(helen, "bexley", tmp_path)
    meets(amara, callum, raises(amara))
