"""Keeping the directory in a real browser: on a phone, without script, and with nothing for axe to say."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import HELEN, MARYAM, go_by, press, sign_in

SAMPLES = Path(__file__).parents[2] / "docs" / "directory"
PHONE = {"width": 375, "height": 700}
OAKFIELD = "Oakfield Primary School"


def follow(page: Page, name: str) -> None:
    """Wherever on the page the link is: some are in the menu beside it."""
    go_by(page, page.get_by_role("link", name=name, exact=True).first)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_directory_fits_and_is_accessible(visitor: Visitor, width: int) -> None:
    page = sign_in(visitor(viewport={"width": width, "height": 800}), HELEN)
    for address in ("/directory", "/directory?show=to-confirm", "/directory/agencies/add", "/directory/ties",
                    "/directory/import"):  # fmt: skip
        page.goto(address)
        is_sound(page)
    page.get_by_label("File of people").set_input_files(SAMPLES / "people.csv")
    press(page, "Look at what would change")
    expect(page.get_by_role("heading", name="What is wrong in the files")).to_be_visible()
    is_sound(page)
    for kind in ("agencies", "posts", "people"):
        page.get_by_label(f"File of {kind}").set_input_files(SAMPLES / f"{kind}.csv")
    press(page, "Look at what would change")
    expect(page.get_by_role("heading", name="One by one")).to_be_visible()
    is_sound(page)
    page.goto("/directory")
    for name in (OAKFIELD, "Class teacher, Year 4", "Say who comes to it"):
        follow(page, name)
        is_sound(page)
    press(page, "Save it")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    is_sound(page)
    page.goto("/directory")
    for name in (OAKFIELD, "Amara Osei", "They are leaving"):
        follow(page, name)
        is_sound(page)
    for last in ("Class teacher, Year 4", "Close the agency"):
        page.goto("/directory")
        follow(page, OAKFIELD)
        follow(page, last)
        is_sound(page)
    page.goto("/directory")
    for name in (OAKFIELD, "Class teacher, Year 4", "Close the post"):
        follow(page, name)
        is_sound(page)


def test_a_business_manager_keeps_the_directory_on_a_phone_without_script(
    own_site: sites.Site, visitor: Visitor
) -> None:
    page = visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False)
    sign_in(page, HELEN)
    page.goto("/desk")
    follow(page, "Agencies, posts and people")
    follow(page, "Add an agency")
    page.get_by_label("Name", exact=True).fill("Harbour School")
    page.get_by_label("What kind of agency is it?").select_option("school")
    page.get_by_label("No", exact=True).check()
    press(page, "Add it")
    expect(page.get_by_text("The agency has been added")).to_be_visible()
    follow(page, "Harbour School")
    follow(page, "Add a post")
    page.get_by_label("What is the post called?").fill("Class teacher")
    page.get_by_label("Where does it stand?").select_option("practitioner")
    press(page, "Add it")
    follow(page, "Class teacher")
    expect(page.get_by_role("heading", name="Nobody holds this post")).to_be_visible()
    follow(page, "Say who comes to it")
    page.get_by_label("Their name").fill("Bo Lind")
    page.get_by_label("Their email address at work").fill("bo.lind@harbour.example")
    press(page, "Save it")
    follow(page, "Bo Lind")
    follow(page, "They are leaving")
    page.get_by_label("Who takes on “Class teacher”?").select_option("Nobody yet")
    press(page, "They have left")
    expect(
        page.get_by_text("They have left. Nothing of ours opens for them any more.")
    ).to_be_visible()


def test_a_leaver_is_out_at_once_and_their_post_is_on_the_desk(
    own_site: sites.Site, visitor: Visitor
) -> None:
    lead = visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False)
    sign_in(lead, MARYAM)
    follow(lead, "Keep the directory")
    expect(lead.get_by_role("heading", name=OAKFIELD)).to_be_visible()
    follow(lead, "Amara Osei")
    follow(lead, "They are leaving")
    lead.get_by_label("Who takes on “Class teacher, Year 4”?").select_option("Nobody yet")
    press(lead, "They have left")
    expect(lead.get_by_text("A post of theirs has nobody now")).to_be_visible()
    desk = sign_in(
        visitor(base_url=own_site.address, viewport=PHONE, java_script_enabled=False), HELEN
    )
    desk.goto("/desk?view=nobody")
    expect(desk.get_by_text("Nobody holds this post: Class teacher, Year 4").first).to_be_visible()
