"""West Berkshire's policy to its end: the reasons are asked for and understood, and the matter is agreed.

The teacher has a phone without script; the social worker has a keyboard and nothing else.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.journeys import (
    CARE,
    SCHOOL,
    Journey,
    action,
    put_in_force,
    still_open,
    tick,
    words,
)
from tests.browser.keyboard import Keyboard


def test_agreed_once_the_reasons_are_understood(
    other_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    case = Journey(visitor, other_site.address, "west-berkshire")
    put_in_force(case.person(p.HELEN), "west-berkshire", tmp_path)
    case.person(p.AMARA, java_script_enabled=False)
    case.raised(p.AMARA)
    case.keeps_a_note(p.AMARA)
    case.does(
        p.AMARA,
        "Record that this was done: Report your concerns",
        words("What was done, when and with whom?", "I told the front door today."),
    )
    case.talks(
        p.AMARA,
        "Work with your colleague to understand the reasons",
        "They closed it because the family takes up early help. I had not known.",
        "Both sides agreed",
        words("What was agreed?", "Early help goes on, and we look again."),
    )
    case.does(
        p.AMARA,
        "Write down what was settled",
        words("What was agreed?", "Early help goes on while the family takes it up."),
        action("Look again with the family", "Callum Reid"),
        still_open("Who pays for the breakfast club", "The school asks the trust"),
    )
    case.does(p.AMARA, "Confirm the outcome in writing", tick("Yes, we confirm it in writing"))
    _confirms_by_keyboard(case)
    case.does(
        p.CALLUM,
        "Record that an agreed action is done",
        words("What was done, and when?", "We met the family today."),
    )
    case.both_have_the_pack(
        (p.AMARA, p.CALLUM),
        ("Understand the reasons", "Challenge the practice"),
        ("Early help goes on while the family takes it up.", "Look again with the family",
         "Who pays for the breakfast club", "The school asks the trust",
         SCHOOL, "Confirmed in writing", CARE, "Confirmed in writing"),
    )  # fmt: skip
    summary = case.pack(p.CALLUM, "A summary for the record")
    assert summary.startswith(b"%PDF")
    case.nothing_waits()


def _confirms_by_keyboard(case: Journey) -> None:
    page = case.opens(p.CALLUM)
    keys = Keyboard(page)
    keys.press("Confirm the outcome in writing")
    case.look(page)
    keys.choose("Yes, we confirm it in writing")
    keys.press("Send your answer")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Closed")
    case.look(page)
