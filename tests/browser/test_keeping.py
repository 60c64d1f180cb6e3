"""Keeping people from a case and from parts of it, in a real browser: on a phone, with and without script, with axe."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import AMARA, HELEN, follow, press, sign_in

NOTE = "We think the visit was put off twice."
DETAIL = "The neighbour at number nine."
Look = Callable[[Page], None]


def refused(page: Page, button: str, look: Look) -> None:
    """Sent empty, the page says what is missing."""
    look(page)
    press(page, button)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page)


def a_note_is_kept_and_shared(page: Page, case: str, look: Look) -> None:
    page.goto(case)
    follow(page, "Write a note that only your agency sees")
    refused(page, "Keep the note", look)
    page.get_by_label("Your agency’s note").fill(NOTE)
    press(page, "Keep the note")
    expect(page.get_by_text("Only Oakfield Primary School", exact=True)).to_be_visible()
    look(page)
    follow(page, "Share this note with everybody in the case")
    look(page)
    press(page, "Share the note")
    expect(page.get_by_text("Everybody in the case", exact=True)).to_be_visible()


def a_detail_is_protected(page: Page, case: str, look: Look) -> None:
    page.goto(case)
    follow(page, "Write down something that only a few people may see")
    refused(page, "Save", look)
    page.get_by_label("Who reported the concern").check()
    page.get_by_label("What is it that only a few may see?").fill(DETAIL)
    press(page, "Save")
    expect(page.get_by_text(DETAIL)).to_have_count(0)
    follow(page, "Open the protected detail")
    expect(page.get_by_text(DETAIL)).to_be_visible()
    look(page)
    follow(page, "Change who may see it")
    refused(page, "Save", look)


def somebody_is_kept_out_and_let_back(page: Page, case: str, look: Look) -> None:
    page.goto(case)
    follow(page, "Who is kept from this case, and keep somebody out")
    look(page)
    follow(page, "Keep somebody from this case")
    look(page)
    page.get_by_label("Who is not to see this case?").fill("maryam")
    press(page, "Look for them")
    look(page)
    press(page, "Keep them from the case")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page)
    page.get_by_label("Maryam Siddiqui").check()
    page.get_by_label(re.compile("They are related")).check()
    press(page, "Keep them from the case")
    expect(page.get_by_text("They no longer see this case.")).to_be_visible()
    page.goto(f"{case}/kept-out")
    look(page)
    follow(page, "Let them see it again")
    look(page)
    page.get_by_label("Why?").fill("It was another family.")
    press(page, "Let them see it again")
    expect(page.get_by_text("They may see this case again")).to_be_visible()


def the_case_is_restricted_and_open_again(page: Page, case: str, look: Look) -> None:
    page.goto(case)
    follow(page, "Restrict who in the office sees this case")
    refused(page, "Restrict the case", look)
    page.get_by_label(re.compile("Helen Marsh")).check()
    page.get_by_label("Why?").fill("Somebody in it works in the building.")
    press(page, "Restrict the case")
    expect(page.get_by_text("This case is restricted.")).to_be_visible()
    look(page)
    follow(page, "Lift the restriction")
    look(page)
    page.get_by_label("Why?").fill("They have left.")
    press(page, "Lift the restriction")
    expect(page.get_by_text("This case is restricted.")).to_have_count(0)


def who_looked_is_seen(page: Page, case: str, look: Look) -> None:
    page.goto(f"{case}/reads")
    expect(page.get_by_text("Amara Osei").first).to_be_visible()
    look(page)
    page.goto("/who-looked")
    refused(page, "See who has looked", look)
    page.get_by_label("Case reference").fill(case.rsplit("/", 1)[-1])
    press(page, "See who has looked")
    expect(page.get_by_role("heading", name="Who has looked at this case")).to_be_visible()


def somebody_leaves_the_case(page: Page, case: str, look: Look) -> None:
    page.goto(f"{case}/tie")
    refused(page, "Leave this case", look)
    page.get_by_label(re.compile("I am related")).check()
    press(page, "Leave this case")
    expect(page.get_by_text("You no longer see that case.")).to_be_visible()
    look(page)


@pytest.mark.parametrize("has_script", [True, False])
def test_people_are_kept_from_what_is_not_for_them(
    own_site: sites.Site, visitor: Visitor, *, has_script: bool
) -> None:
    look = partial(is_sound, has_script=has_script)
    view = {"width": 320 if has_script else 375, "height": 667}
    options = {"base_url": own_site.address, "viewport": view, "java_script_enabled": has_script}
    teacher, manager = visitor(**options), visitor(**options)
    sign_in(teacher, AMARA)
    look(teacher)
    follow(teacher, "I may know this family")
    case = str(teacher.url).removesuffix("/tie")
    a_note_is_kept_and_shared(teacher, case, look)
    a_detail_is_protected(teacher, case, look)
    sign_in(manager, HELEN)
    somebody_is_kept_out_and_let_back(manager, case, look)
    the_case_is_restricted_and_open_again(manager, case, look)
    who_looked_is_seen(manager, case, look)
    somebody_leaves_the_case(teacher, case, look)
