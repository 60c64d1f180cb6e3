"""The pages of a case as people meet them: every state of a case and every form, wide and narrow, with nothing wrong.

A case is walked through its states by different people; each page is looked at by axe, at 320 pixels (which is also a
wide window at 400%) and at a desktop's width, empty and with its errors. Where COUNTERPART_TEST_PICTURES names a
folder, each is kept as a picture there for a person to read.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import people as p
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import follow, go_by, press, submit
from tests.browser.pictures import take

NARROW, WIDE = (320, 640), (1280, 900)


def look(page: Page, name: str, *sizes: tuple[int, int]) -> None:
    """Look at a page at each size: nothing wrong, nothing off its side, one heading of the first level."""
    page.wait_for_load_state("load")
    folded = page.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    for width, height in sizes or (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        take(page, f"{name}, {width}", whole=True)
        is_sound(page, name)
    assert page.locator("h1").count() == 1, name


def cases_on_desk(page: Page, view: str) -> list[str]:
    """The references on one view of the desk."""
    page.goto("/desk")
    go_by(page, page.get_by_role("link", name=re.compile(view)).first)
    found: list[str] = []
    while True:
        links = page.locator("main a[href^='/cases/']").all()
        found += [str(link.get_attribute("href")).split("/")[2] for link in links]
        if not page.get_by_role("link", name="Next page").count():
            return list(dict.fromkeys(found))
        follow(page, "Next page")


def test_a_case_in_each_state_it_can_be_in(visitor: Visitor) -> None:
    """By whoever runs the partnership's office, who sees them all."""
    page = p.sign_in(visitor(), p.HELEN)
    page.goto("/desk")
    seen = set[str]()
    for view in ("Late", "Nobody", "Waiting for confirmation", "Open"):
        for reference in cases_on_desk(page, view):
            page.goto(f"/cases/{reference}")
            state = _state(page)
            if state not in seen:
                seen.add(state)
                look(page, f"case {state}")
    stages = {state.split(",")[0] for state in seen}
    assert {"Stage One", "Stage Two", "Stage Three", "Stage Four", "Stage Five"} <= stages
    assert {"risk", "late", "nobody", "outcome"} <= {
        part for state in seen for part in state.split(", ")
    }


def _state(page: Page) -> str:
    """What kind of page of a case this is."""
    text = page.locator("main").inner_text()
    marks = {
        "risk": "Immediate risk was reported",
        "late": "Late",
        "nobody": "Nobody to go to",
        "outcome": "The written outcome",
        "no answer": "Does not agree",
        "panel": "Panel convened",
    }
    found = [name for name, words in marks.items() if words in text]
    stage = page.locator("main .govuk-caption-l").first.inner_text().split(":")[0]
    return ", ".join([stage, *found])


FORMS = {
    "answer", "risk", "who", "gap", "correct", "withdraw", "redirect", "panel/resolution-panel", "heard",
    "limit/one-working-week", "step/consult-manager", "step/workers-discuss", "move/to-seniors",
    "telephoned/step", "telephoned/move", "telephoned/outcome", "telephoned/answer",
}  # fmt: skip


def test_every_form_of_a_case_empty_and_with_its_errors(visitor: Visitor) -> None:
    """Whoever may, opens each thing that may be done now, and sends it with nothing in it."""
    helen = p.sign_in(visitor(), p.HELEN)
    views = ("Waiting for confirmation", "Open")
    references = dict.fromkeys(case for view in views for case in cases_on_desk(helen, view))
    wanted = set(FORMS)
    for email in (p.AMARA, p.CALLUM, p.NGOZI, p.RUTH, p.MARYAM, p.HELEN):
        page = p.sign_in(visitor(), email)
        for reference in references:
            if not wanted or page.goto(f"/cases/{reference}").status == 404:  # type: ignore[union-attr]  # a page there is
                continue
            for path in _forms(page):
                if (kind := _kind(path)) in wanted:
                    wanted.remove(kind)
                    answer = page.goto(path)
                    assert answer is not None
                    assert answer.ok, path
                    look(page, f"form {kind.replace('/', ' ')}")
                    _send_empty(page, path)
                    look(page, f"form {kind.replace('/', ' ')}, with errors", NARROW)
    assert wanted == set()


def _kind(path: str) -> str:
    """`step/workers-discuss` of a case's path; one correction is like another."""
    parts = path.split("/")[3:5]
    return "correct" if parts[0] == "correct" else "/".join(parts)


def _send_empty(page: Page, path: str) -> None:
    """Every line of the summary leads to what it is about."""
    submit(page)
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    for link in summary.get_by_role("link").all():
        about = str(link.get_attribute("href"))
        assert page.locator(about).is_visible(), f"{path}: {link.inner_text()}"


def _forms(page: Page) -> list[str]:
    links = page.locator("main a[href^='/cases/']").all()
    paths = [str(link.get_attribute("href")) for link in links]
    return [path for path in dict.fromkeys(paths) if path.count("/") > 2 and "#" not in path]


def test_what_cannot_be_done_now_and_what_is_not_there(visitor: Visitor) -> None:
    helen = p.sign_in(visitor(), p.HELEN)
    reference = cases_on_desk(helen, "Open")[0]
    for path in ("heard", "reopen", "panel/resolution-panel"):
        helen.goto(f"/cases/{reference}/{path}")
        if "cannot be done now" in helen.locator("h1").inner_text():
            look(helen, "not now")
            follow(helen, "Go to the case")
            expect(helen.get_by_role("heading", level=1)).to_contain_text("Case")
            break
    helen.goto("/cases/00000000")
    look(helen, "not there")


def test_the_record_can_be_printed_whole(visitor: Visitor) -> None:
    """On paper there are no links to press, and every detail that was folded away is there."""
    page = p.sign_in(visitor(), p.HELEN)
    page.goto(f"/cases/{cases_on_desk(page, 'Open')[0]}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="The record", exact=True)).to_be_visible()
    assert page.get_by_role("link", name=re.compile("^Correct this entry")).first.is_hidden()
    assert page.get_by_role("navigation").first.is_hidden()


def test_the_back_button_after_an_act_does_not_do_it_twice(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.HELEN)
    reference = cases_on_desk(page, "Open")[0]
    page.goto(f"/cases/{reference}/gap")
    page.get_by_role("textbox").fill("Nothing says who tells the nursery, again.")
    press(page, "Save")
    page.go_back()
    press(page, "Save")
    page.goto(f"/cases/{reference}")
    assert page.get_by_text("Nothing says who tells the nursery, again.").count() <= 1
