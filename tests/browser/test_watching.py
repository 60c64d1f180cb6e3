"""A case that the business manager leaves is in front of the chair, in a real browser on a phone, with axe."""

import re

from playwright.sync_api import expect

from tests import site as sites
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import HELEN, NGOZI, go_by, press, sign_in

PHONE = {"width": 375, "height": 667}


def test_what_the_business_manager_leaves_is_mended_by_the_chair(
    own_site: sites.Site, visitor: Visitor
) -> None:
    helen, chair = (visitor(base_url=own_site.address, viewport=PHONE) for _ in range(2))
    sign_in(helen, HELEN)
    helen.goto("/desk")
    nobody = helen.locator(".app-nobody")
    reference = nobody.locator(".app-reference").first.inner_text()
    case = f"/cases/{reference.replace('-', '')}"
    helen.goto(f"{case}/restrict")
    expect(helen.get_by_text("has to watch the case for the partnership")).to_be_visible()
    is_sound(helen)
    helen.goto(f"{case}/tie")
    expect(helen.get_by_text("You watch this case for the partnership.")).to_be_visible()
    is_sound(helen)
    helen.get_by_label(re.compile("I am related")).check()
    press(helen, "Leave this case")
    expect(helen.get_by_text("You no longer see that case.")).to_be_visible()
    helen.goto("/desk")
    expect(helen.get_by_text(reference)).to_have_count(0)
    sign_in(chair, NGOZI)
    expect(chair.get_by_text(re.compile("is for you to watch")).first).to_be_visible()
    is_sound(chair)
    chair.goto("/referred")
    expect(chair.get_by_role("heading", name="Cases that the office may not see")).to_be_visible()
    expect(chair.get_by_role("heading", name="Nobody to go to")).to_be_visible()
    is_sound(chair)
    go_by(chair, chair.locator(".app-nobody").get_by_role("link", name="Choose somebody").first)
    expect(chair.get_by_role("heading", name="Give this to someone else")).to_be_visible()
    is_sound(chair)
