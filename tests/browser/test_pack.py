"""Making the pack in a real browser, with and without script, on a phone; and by the command, from the same case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import AMARA, follow, press, sign_in
from tests.packs import marked_in_order, text_of

BUTTON = "Make the pack"


def made(page: Page) -> tuple[str, bytes]:
    """Press the button; the name of the file that comes, and what is in it."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=BUTTON, exact=True).click()
    file = coming.value
    return file.suggested_filename, Path(file.path()).read_bytes()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_pack_is_made_with_and_without_something_left_out(
    visitor: Visitor, tmp_path: Path, site: sites.Site, *, has_script: bool
) -> None:
    view = {"width": 320 if has_script else 375, "height": 667}
    page = visitor(viewport=view, java_script_enabled=has_script)
    sign_in(page, AMARA)
    page.goto("/me/cases")
    follow(page, re.compile(r"^\w{4}-\w{4}"))
    follow(page, "Make the pack for the child’s file")
    is_sound(page, has_script=has_script)
    name, pdf = made(page)
    assert re.fullmatch(r"\w{4}-\w{4}-whole-\d{4}-\d{2}-\d{2}\.pdf", name)
    assert marked_in_order(pdf)

    follow(page, "Make a pack with something left out")
    is_sound(page, has_script=has_script)
    press(page, BUTTON)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    is_sound(page, has_script=has_script)
    box = page.get_by_label("What is in dispute", exact=True)
    hint = page.locator(f"#{box.get_attribute('aria-describedby')}").inner_text()
    box.check()
    page.get_by_label("Why is it left out?").fill("It names a sibling.")
    _, redacted = made(page)
    beginning = " ".join(hint.split())[:40]
    assert beginning in text_of(pdf)
    assert beginning not in text_of(redacted)
    assert "It names a sibling." in text_of(redacted)

    output = tmp_path / "pack.pdf"
    said = sites.run(site.home, "pack", name[:9], "-o", str(output), "--for", AMARA)
    assert "the whole case" in said
    assert beginning in text_of(output.read_bytes())
