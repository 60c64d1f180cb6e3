"""The policy of a pre-school in Bromley to its end: a panel recommends, one side does not take it, a talk settles it.

The partnership's office chooses a panel first, and liaises with the agencies' leaders when its recommendation is not
agreed. An action plan has a lead manager. Then the safeguarding lead looks back, and what was learned is passed on.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import site as sites
from tests.browser import people as p
from tests.browser.conftest import Visitor
from tests.browser.journeys import (
    CARE,
    EARLY,
    ELAINE,
    SCHOOL,
    Journey,
    action,
    at,
    choose,
    put_in_force,
    still_open,
    tick,
    words,
)

PROFESSIONALS = "Front-line professional to professional"
LEADS = "Manager to manager, or safeguarding lead to safeguarding lead"
SENIORS = "Senior manager or agency safeguarding lead"
PARTNERSHIP = "Bromley Safeguarding Children Partnership"
PANEL, LIAISON = "Resolution panel", "Direct liaison"
DIFFER, WHY = "The sides still see it differently", "Why is it not settled?"
SITTING = ("Catherine Doyle", "Victor Mensah", "Frances Ogilvie")


def test_a_panel_recommends_and_liaison_settles_it(
    other_site: sites.Site, visitor: Visitor, tmp_path: Path
) -> None:
    case = Journey(visitor, other_site.address, "pre-school")
    put_in_force(case.person(p.HELEN), "ready-steady-grow", tmp_path)
    case.raised(p.AMARA)
    case.keeps_a_note(p.AMARA)
    _up_to_the_partnership(case)
    _a_panel_recommends(case)
    _over_to_liaison(case)
    _the_plan_is_agreed_and_done(case)
    _what_was_learned(case)
    for stage in (PARTNERSHIP, PANEL, LIAISON):
        case.places(ELAINE, stage)
        case.places(p.LORRAINE, stage)
    case.is_no_longer_at_risk(p.AMARA)
    case.both_have_the_pack(
        (p.AMARA, p.CALLUM),
        (PROFESSIONALS, LEADS, SENIORS, PARTNERSHIP, PANEL, LIAISON),
        ("A plan for the child is written together.", "Write the plan together", "Elaine Foster",
         "Who pays for the breakfast club", "The trust says by June",
         SCHOOL, "Confirmed in writing", CARE, "Confirmed in writing"),
    )  # fmt: skip
    case.nothing_waits()


def _up_to_the_partnership(case: Journey) -> None:
    case.talks(p.AMARA, "Start a discussion with the other professional",
               "I said what the concern is.", DIFFER)  # fmt: skip
    case.does(p.AMARA, "Escalate it through line management", words(WHY, "We still differ."),
              choose("Oakfield", "Maryam Siddiqui"), choose("Social Care", "Ruth Okonkwo"))  # fmt: skip
    case.places(p.AMARA, PROFESSIONALS)
    case.places(p.CALLUM, PROFESSIONALS)
    case.talks(p.MARYAM, "Contact your counterpart", "We looked at it together.", DIFFER)
    case.does(p.MARYAM, "Escalate it to senior management", words(WHY, "We still differ."),
              choose("Oakfield", "Elaine Foster"), choose("Social Care", "Lorraine Beck"))  # fmt: skip
    case.places(p.MARYAM, LEADS)
    case.places(p.RUTH, LEADS)
    case.talks(ELAINE, "Meet or confer", "We met, and differ.", DIFFER)
    case.does(p.MARYAM, "Refer it to the partnership", words("Why does it go on?", "No way on."))
    case.places(ELAINE, SENIORS)
    case.places(p.LORRAINE, SENIORS)


def _a_panel_recommends(case: Journey) -> None:
    case.has_come_to(p.HELEN, "No way on.")
    case.does(p.HELEN, "Convene a resolution panel", words("Why does it go on?", "A panel fits."))
    page = case.opens(p.HELEN)
    case.follows(page, "Convene the resolution panel")
    _tick_all(page, SITTING[:2])
    p.press(page, "Check this panel")
    expect(page.get_by_role("heading", name="What this panel still lacks")).to_be_visible()
    case.look(page)
    _tick_all(page, SITTING)
    chair = page.get_by_label(re.compile(SITTING[0])).first.get_attribute("value")
    page.get_by_label("Who will chair it?").select_option(value=chair)
    at(datetime.now(UTC) + 2 * p.DAY)(page)
    words("Where?", "Committee room 2")(page)
    case.sends(page, "Convene the panel")
    for agency in (SCHOOL, CARE):
        case.does(p.HELEN, "Record what an agency told the panel", tick(agency),
                  tick("Heard in person"),
                  words("What did it tell the panel?", "What it sees."))  # fmt: skip
    case.does(
        p.HELEN,
        "Record the panel’s decision",
        words(EARLY, "The two sides asked for it soon."),
        words("What did the panel decide?", "A plan for the child is made."),
        words("Why?", "Both see that something is needed."),
        words("What is the next course of action?", "The two leads write it."),
        choose("Who will be the lead manager", "Elaine Foster"),
    )
    case.does(p.HELEN, "Give the panel’s report", at(), tick("By e-mail"),
              words("What does it say?", "What was heard, and what is recommended."))  # fmt: skip


def _tick_all(page: Page, names: tuple[str, ...]) -> None:
    for name in names:
        page.get_by_role("checkbox", name=re.compile(name)).first.check()


def _over_to_liaison(case: Journey) -> None:
    """The school takes the recommendation; the other agency does not, and says why."""
    case.does(ELAINE, "Say whether this is what was agreed", tick("Yes, we confirm it in writing"))
    case.does(p.LORRAINE, "Say whether this is what was agreed", tick("No, we do not agree"),
              words("Why do you not agree?", "We have nobody to write it."))  # fmt: skip
    case.does(p.HELEN, "Liaise directly with the agencies’ leaders",
              words(WHY, "One side does not take it."))  # fmt: skip
    case.talks(p.HELEN, "Help the agencies’ leaders to resolve it",
               "They found somebody to write it.", "Both sides agreed")  # fmt: skip


def _the_plan_is_agreed_and_done(case: Journey) -> None:
    case.does(
        ELAINE,
        "Write the action plan",
        words("What was agreed?", "A plan for the child is written together."),
        action("Write the plan together", "Lorraine Beck"),
        choose("Who will be the lead manager", "Elaine Foster"),
        still_open("Who pays for the breakfast club", "The trust says by June"),
    )
    for email in (ELAINE, p.LORRAINE):
        case.does(email, "Say whether this is what was agreed", tick("Yes, we confirm it"))
    case.does(p.LORRAINE, "Record that an agreed action is done",
              words("What was done, and when?", "It was written today."))  # fmt: skip


def _what_was_learned(case: Journey) -> None:
    case.writes(p.MARYAM, "Review what went well", "What did you find?", "We were slow to ask.")
    case.writes(p.MARYAM, "Pass on any learning", "What was passed on?", "Ask for reasons first.")
    case.writes(p.MARYAM, "Consider changes to policy", "Why?", "Our training says less.",
                "It is needed")  # fmt: skip
    case.writes(p.HELEN, "Consider whether a systemic", "Why?", "It was settled.",
                "It is not needed")  # fmt: skip
