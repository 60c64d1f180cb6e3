"""The policy's pages for people who are signed in, in a real browser: on a phone, by keyboard and without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import AMARA, HELEN, follow, go_by, press, sign_in, write
from tests.browser.pictures import take

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
BRENT = Path(__file__).parent.parent.parent / "policies" / "brent" / "policy.yaml"


def is_well(page: Page, name: str) -> None:
    """Nothing for axe to say, nothing off the side, and a picture of it."""
    is_sound(page, name)
    take(page, f"{name}-{page.evaluate('window.innerWidth')}", whole=True)


def edition(folder: Path, content: bytes) -> Path:
    file = folder / "policy.yaml"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_new_edition_is_brought_in_and_a_case_moved_to_it(
    own_site: sites.Site, visitor: Visitor, tmp_path: Path, window: dict[str, int]
) -> None:
    is_phone = window is PHONE
    page = visitor(base_url=own_site.address, viewport=window, java_script_enabled=not is_phone)
    checked = visitor(base_url=own_site.address, viewport=window) if is_phone else page
    sign_in(page, HELEN)
    if is_phone:
        sign_in(checked, HELEN)
    for name, path in (("desk-policy", "/desk/policy"), ("bring-in", "/desk/policy/new")):
        checked.goto(path)
        is_well(checked, name)
    page.goto("/desk/policy")
    follow(page, "Bring in a new edition")
    chosen = page.get_by_label("Choose the policy file")
    wrong = BRENT.read_bytes().replace(b"edition: Version 2", b"editon: Version 3")
    chosen.set_input_files(edition(tmp_path, wrong))
    press(page, "Check it")
    expect(page.get_by_role("heading", name="What is wrong with the file")).to_be_visible()
    if not is_phone:
        is_well(page, "bring-in-refused")
    new = BRENT.read_bytes().replace(b"edition: Version 2", b"edition: Version 3")
    new = new.replace(b"[1 working week,", b"[3 working days,")
    page.get_by_label("Choose the policy file").set_input_files(edition(tmp_path, new))
    press(page, "Check it")
    expect(page.get_by_role("heading", name="Check the new edition")).to_be_visible()
    if not is_phone:
        is_well(page, "check")
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    press(page, "Put it in force for new cases")
    expect(page.get_by_text("The new edition is in force for new cases.")).to_be_visible()
    checked.goto("/desk/policy")
    is_well(checked, "desk-policy-after")
    follow(checked, "Read it, and what has changed since")
    is_well(checked, "edition")
    page.goto("/desk?view=open")
    go_by(page, page.locator("table").get_by_role("link").first)
    here = page.url
    follow(page, "Move this case to the edition of the policy in force")
    checked.goto(page.url)
    is_well(checked, "move")
    press(page, "Move the case")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    if not is_phone:
        is_well(page, "move-refused")
    write(page, "Why are you moving the case?", "The Board asked for the shorter times.")
    press(page, "Move the case")
    expect(page.get_by_text("The case is under the edition in force.")).to_be_visible()
    checked.goto(f"{here}/policy")
    is_well(checked, "case-policy")
    expect(checked.get_by_text("It is the edition in force.")).to_be_visible()


def test_what_a_teacher_says_is_dealt_with_by_the_office(
    own_site: sites.Site, visitor: Visitor
) -> None:
    teacher = sign_in(visitor(base_url=own_site.address, viewport=PHONE), AMARA)
    teacher.goto("/policy/brent")
    follow(teacher, "Have your say on this policy")
    is_well(teacher, "say")
    press(teacher, "Send it to the office")
    expect(teacher.get_by_role("heading", name="There is a problem")).to_be_visible()
    is_well(teacher, "say-refused")
    write(teacher, "What does not work, or could be better?", "Nothing says who tells the nursery.")
    press(teacher, "Send it to the office")
    expect(teacher.get_by_text("Thank you.")).to_be_visible()
    is_well(teacher, "said")
    office = sign_in(
        visitor(base_url=own_site.address, viewport=DESKTOP, java_script_enabled=True), HELEN
    )
    office.goto("/me/notices")
    follow(office, "Somebody has said something about the policy")
    is_well(office, "comments")
    follow(office, "Mark as dealt with")
    is_well(office, "answer")
    write(office, "What has been done about it?", "Put to the Board.")
    press(office, "Mark as dealt with")
    expect(office.get_by_text("It is marked as dealt with.")).to_be_visible()
    is_well(office, "comments-after")
    teacher.reload()
    expect(teacher.get_by_text("Put to the Board.")).to_be_visible()


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_opposite_number_is_found_with_a_telephone_number_to_press(
    visitor: Visitor, window: dict[str, int]
) -> None:
    page = sign_in(visitor(viewport=window), AMARA)
    page.goto("/opposite-number/posts")
    is_well(page, "posts-asked")
    page.get_by_label("Which agency do you need to speak to?").select_option(
        label="Northmere Children’s Social Care"
    )
    page.get_by_label("Who are you?").select_option(label="Worker")
    press(page, "Find them")
    expect(page.locator('a[href^="tel:01632"]').first).to_be_visible()
    is_well(page, "posts")
