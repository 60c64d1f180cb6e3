"""The whole of Brent's policy, from a worry to a confirmed outcome, clicked through by the people of a case.

A teacher, her manager and her safeguarding lead on one side; a social worker, a team manager and a service manager on
the other; the Chair of the Board and a panel. Everybody has a browser of their own. Pictures of the main pages are
taken on the way, for the README (`make pictures`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.browser import people as p
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.journeys import EARLY, Journey, a_child
from tests.browser.keyboard import Keyboard
from tests.browser.people import follow, go_on, press, start, when, write
from tests.browser.pictures import take
from tests.packs import text_of

ROBERT, RUTH, LORRAINE = "Robert Kendall", "Ruth Okonkwo", "Lorraine Beck"
HUNGRY = "He comes to school hungry, and says that he sleeps at a neighbour’s."
PHONE = {"width": 375, "height": 740}
TYPED = ("UPN", "Osei", "Reid", "Okonkwo", "bruise", "referral", "hungry")


def look(page: Page) -> None:
    """Nothing is wrong with the page as it stands, and neither its title nor its address tells of anybody."""
    is_sound(page)
    assert page.locator("h1").count() == 1, page.url
    for typed in TYPED:
        assert typed not in page.title() + page.url


def portrait(page: Page, name: str) -> None:
    """A picture of a page and what lies just below the window's edge."""
    page.set_viewport_size({"width": 1100, "height": 1300})
    take(page, name)
    page.set_viewport_size({"width": 1280, "height": 720})


def to_case(page: Page, reference: str) -> None:
    """To the case by its address, as a message's link leads there."""
    page.goto(f"/cases/{reference}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference[:4])


def done(page: Page, words: str) -> None:
    """Back on the case, which says what was done."""
    expect(page.locator(".govuk-notification-banner--success")).to_contain_text(words)


def raise_it(page: Page) -> str:
    """The teacher's own journey, one question at a time; the reference of the case."""
    start(page)
    page.get_by_label("A child", exact=True).check()
    page.get_by_label("A reference that both agencies").fill(a_child())
    go_on(page)
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("Levels of need").check()
    go_on(page)
    page.get_by_role("textbox").fill(
        "The referral was closed. We think that the threshold for an assessment is met."
    )
    go_on(page)
    page.get_by_role("textbox").fill(HUNGRY)
    go_on(page)
    page.get_by_label("No, not at this moment").check()
    go_on(page)
    page.get_by_role("textbox").fill("A social worker sees him at home and starts an assessment.")
    go_on(page)
    page.get_by_label("Yes", exact=True).or_(page.get_by_label(re.compile("^Yes"))).first.check()
    go_on(page)
    page.get_by_label("Yes", exact=True).check()
    go_on(page)
    page.get_by_role("textbox").fill("I telephoned the front door twice and sent our log.")
    go_on(page)
    page.get_by_label("Northmere Children’s Social Care").check()
    go_on(page)
    page.get_by_label("Callum Reid").check()
    go_on(page)
    page.get_by_label("No, it is about a decision").check()
    go_on(page)
    page.get_by_label("Maryam Siddiqui").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    look(page)
    portrait(page, "check-answers")
    go_on(page, "Send")
    expect(page.get_by_role("heading", name="Your concern has been sent")).to_be_visible()
    look(page)
    portrait(page, "receipt")
    return page.url.rsplit("/", 1)[-1]


def record(page: Page, step: str, said: str, result: str = "", **more: str) -> None:
    """Record a step of the policy from the list of what may be done now."""
    follow(page, step)
    when(page)
    page.get_by_label("By telephone").check()
    write(page, "What was said?", said)
    if result:
        page.get_by_label(result).check()
    for label, text in more.items():
        write(page, label.replace("_", " ") + "?", text)
    press(page, "Record it")
    done(page, "Recorded")


def move(page: Page, way: str, why: str, **who: str) -> None:
    """Take it to the next stage; `who` names people by a word of the post's label."""
    follow(page, way)
    look(page)
    for word, name in who.items():
        choice = page.get_by_label(re.compile(word.replace("_", " "), re.IGNORECASE))
        option = choice.locator("option").filter(has_text=name)
        choice.select_option(value=option.get_attribute("value"))
    write(page, "Why is it not settled?", why)
    press(page, "Take it to the next stage")
    done(page, "moved on")
    look(page)


def action(page: Page, what: str, who: str, at: datetime) -> None:
    """Write the first action of an outcome or a decision."""
    first = page.get_by_role("group", name="Action 1", exact=True)
    first.get_by_label("What will be done?").fill(what)
    choice = first.get_by_label("Who will do it?")
    option = choice.locator("option").filter(has_text=who)
    choice.select_option(value=option.get_attribute("value"))
    row = first.get_by_role("group", name="By when?")
    row.get_by_label("Day").fill(str(at.day))
    row.get_by_label("Month").fill(str(at.month))
    row.get_by_label("Year").fill(str(at.year))


def answer(page: Page, reference: str, choice: str, comment: str = "") -> None:
    """Confirm the outcome in writing, or not."""
    to_case(page, reference)
    follow(page, "Confirm the outcome in writing")
    look(page)
    page.get_by_label(choice).check()
    if comment:
        write(page, "Anything to add?", comment)
    press(page, "Send your answer")
    done(page, "Your answer is recorded")


def test_from_a_worry_to_a_confirmed_outcome_by_two_sides_and_a_panel(visitor: Visitor) -> None:
    in_two_weeks = datetime.now(UTC) + 14 * p.DAY

    home = visitor()
    home.goto("/")
    look(home)
    take(home, "home")
    home.goto("/policy/brent")
    look(home)
    take(home, "policy")

    # Stage One: the teacher raises it and talks to her own manager.
    amara = p.sign_in(visitor(), p.AMARA)
    reference = raise_it(amara)
    to_case(amara, reference)
    portrait(amara, "case")
    record(
        amara,
        "Talk to your supervisor or manager",
        "We are clear what we disagree on.",
        "Yes, we spoke",
    )

    # Stage Two: worker to worker. Callum writes to the same record.
    follow(amara, "Speak to the worker in the other agency")
    look(amara)
    write(amara, "Why does it go on?", "We will speak to them directly.")
    press(amara, "Take it to the next stage")
    done(amara, "moved on")
    record(
        amara,
        "Speak to the worker in the other agency",
        "Callum sees it as early help. We went through our log together.",
        "The sides still see it differently",
    )
    callum = p.sign_in(visitor(), p.CALLUM)
    to_case(callum, reference)
    expect(callum.get_by_text("We went through our log together.")).to_be_visible()
    move(amara, "Ask your manager to speak to their manager", "We see the risk differently.",
         Social_Care=RUTH, Oakfield=ROBERT)  # fmt: skip

    # Stage Three: manager to manager. Robert has no password: a code comes to his mailbox.
    robert = p.sign_in_by_code(visitor(), p.ROBERT)
    to_case(robert, reference)
    record(robert, "Speak to the manager at the same level", "They will look at the log again.",
           "The sides agreed on some of it", What_happens_next="We tell our own seniors today.")  # fmt: skip
    move(robert, "Report to your operations manager", "We still differ about the threshold.",
         Social_Care=LORRAINE, Oakfield="Maryam Siddiqui")  # fmt: skip

    # Stage Four: the seniors. The other side's manager tells her own senior manager.
    ruth = p.sign_in(visitor(), p.RUTH)
    to_case(ruth, reference)
    record(ruth, "Tell your own operations manager", "Lorraine has the whole record.")
    maryam = p.sign_in(visitor(), p.MARYAM)
    to_case(maryam, reference)
    record(maryam, "Discuss the disagreement", "Both services set out their view.",
           "The sides still see it differently")  # fmt: skip
    follow(maryam, "Ask the Chair of the Board")
    write(maryam, "Why is it not settled?", "Two discussions have not settled it.")
    press(maryam, "Take it to the next stage")
    done(maryam, "moved on")

    # Stage Five: the Chair convenes a panel, which hears both sides and decides.
    ngozi = p.sign_in(visitor(), p.NGOZI)
    to_case(ngozi, reference)
    follow(ngozi, "Convene the resolution panel")
    look(ngozi)
    for name in ("Babatunde Ojo", "Olwen Price", "Simon Achebe"):
        ngozi.get_by_label(re.compile(name)).first.check()
    ngozi.get_by_label("Who will chair it?").select_option(
        value=ngozi.get_by_label(re.compile("Babatunde Ojo")).first.get_attribute("value")
    )
    when(ngozi, datetime.now(UTC) + 2 * p.DAY)
    write(ngozi, "Where?", "Committee room 2, and by video")
    press(ngozi, "Convene the panel")
    expect(ngozi.locator(".govuk-error-summary")).to_contain_text("Write why that was not possible")
    look(ngozi)
    write(ngozi, "If an agency in the disagreement is not on the panel, why not?",
          "The school has nobody on the Board.")  # fmt: skip
    press(ngozi, "Convene the panel")
    done(ngozi, "The panel is convened")
    for agency in ("Oakfield Primary School", "Northmere Children’s Social Care"):
        follow(ngozi, "Record what an agency told the panel")
        look(ngozi)
        ngozi.get_by_label(agency).check()
        ngozi.get_by_label("Heard in person").check()
        write(ngozi, "What did it tell the panel?", "What it sees, and what it asks for.")
        press(ngozi, "Save")
        done(ngozi, "Recorded")
    babatunde = p.sign_in_by_code(visitor(), p.BABATUNDE)
    home_of = babatunde.url.removesuffix("/me")
    walk = Journey(visitor, home_of, "brent", f"{home_of}/cases/{reference}", HUNGRY,
                   {p.MARYAM: maryam, p.RUTH: ruth, p.NGOZI: ngozi, p.BABATUNDE: babatunde})  # fmt: skip
    papers = text_of(walk.pack(p.BABATUNDE, "The panel’s papers"))
    assert "We still differ about the threshold." in papers
    follow(ngozi, "Record the panel’s decision")
    look(ngozi)
    expect(ngozi.get_by_text("Its decision is binding on every agency concerned.")).to_be_visible()
    write(ngozi, EARLY, "He cannot wait for a meeting.")
    write(ngozi, "What did the panel decide?", "An assessment is started this week.")
    write(ngozi, "Why?", "With the whole log, waiting longer is not safe for the child.")
    write(ngozi, "What is the next course of action?", "The front door visits the home.")
    action(ngozi, "Visit the home and see him alone", RUTH, in_two_weeks)
    press(ngozi, "Record the decision")
    done(ngozi, "The decision is recorded")

    # Both sides confirm in writing, and the case is closed.
    to_case(maryam, reference)
    maryam.goto(f"/cases/{reference}#outcome")
    take(maryam, "outcome")
    answer(maryam, reference, "Yes, we confirm it in writing")
    expect(maryam.get_by_role("heading", level=1)).to_contain_text("Open")
    to_case(ruth, reference)
    expect(ruth.get_by_role("link", name="Confirm the outcome in writing")).to_have_count(0)
    lorraine = p.sign_in(visitor(), p.LORRAINE)
    answer(lorraine, reference, "Yes, we confirm it in writing", "We will start on Monday.")
    expect(lorraine.get_by_role("heading", level=1)).to_contain_text("Closed")
    expect(lorraine.get_by_text("Settled by the panel’s decision").first).to_be_visible()
    to_case(ruth, reference)
    follow(ruth, "Record this")
    look(ruth)
    write(ruth, "What was done, and when?", "Visited on Tuesday. The assessment is started.")
    press(ruth, "Save")
    to_case(amara, reference)
    expect(amara.get_by_text("Visited on Tuesday.")).to_be_visible()
    # A panel decided, and not she: she is asked whether the child is still at risk.
    follow(amara, "Say whether the child is still at risk")
    look(amara)
    amara.get_by_label("No, not any more").check()
    press(amara, "Send your answer")
    expect(amara.get_by_text("Nothing is left to do.")).to_be_visible()
    walk.keeps_a_note(p.MARYAM)
    for email in (p.MARYAM, p.RUTH):
        walk.places(email, "how it ended")
    walk.both_have_the_pack(
        (p.MARYAM, p.RUTH), [f"Stage {n}" for n in ("One", "Two", "Three", "Four", "Five")],
        ("An assessment is started this week.", "Visit the home and see him alone",
         "Oakfield Primary School", "Confirmed in writing",
         "Northmere Children’s Social Care", "Confirmed in writing"))  # fmt: skip
    walk.pack(p.RUTH, "The outcome statement", "A Word document")

    helen = p.sign_in(visitor(), p.HELEN)
    helen.goto("/desk")
    look(helen)
    portrait(helen, "desk")
    # Whoever has nothing to do with it finds nothing, with the same words as for no case at all.
    outsider = p.sign_in(visitor(), "grace.oyelaran@lowfell.northmere.example")
    outsider.goto(f"/cases/{reference}")
    hidden = outsider.locator("main").inner_text()
    outsider.goto("/cases/00000000")
    assert outsider.locator("main").inner_text() == hidden


def test_agreed_by_the_workers_on_a_phone_without_script(visitor: Visitor) -> None:
    phone = {"viewport": PHONE, "java_script_enabled": False}
    in_two_weeks = datetime.now(UTC) + 14 * p.DAY
    amara = p.sign_in(visitor(**phone), p.AMARA)
    reference = _raised_without_script(amara)
    _step_without_script(amara, reference, "Talk to your supervisor or manager", "Yes, we spoke")
    follow(amara, "Speak to the worker in the other agency")
    write(amara, "Why does it go on?", "We will speak to them directly.")
    press(amara, "Take it to the next stage")
    take(amara, "case-phone")
    _step_without_script(
        amara, reference, "Speak to the worker in the other agency", "Both sides agreed"
    )
    follow(amara, "Write down what was agreed")
    write(amara, "What was agreed?", "He is seen at home this week.")
    action(amara, "Visit the home", "Callum Reid", in_two_weeks)
    press(amara, "Add more actions")
    expect(amara.get_by_label("What will be done?").first).to_have_value("Visit the home")
    expect(amara.get_by_role("group", name="Action 4", exact=True)).to_be_visible()
    press(amara, "Put it to both sides")
    expect(amara.get_by_text("Both sides are now asked")).to_be_visible()
    callum = p.sign_in(visitor(**phone), p.CALLUM)
    for page in (amara, callum):
        page.goto(f"/cases/{reference}")
        follow(page, "Confirm the outcome in writing")
        page.get_by_label("Yes, we confirm it in writing").check()
        press(page, "Send your answer")
    expect(callum.get_by_role("heading", level=1)).to_contain_text("Closed")
    for page in (amara, callum):
        is_sound(page, has_script=False)


def _raised_without_script(page: Page) -> str:
    start(page)
    page.get_by_label("A child", exact=True).check()
    page.get_by_label("A reference that both agencies").fill(a_child())
    go_on(page)
    page.get_by_label("No", exact=True).check()
    for choice in ("Levels of need", "", "", "No, not at this moment", "", "Not yet", "Yes"):
        go_on(page)
        if choice:
            page.get_by_label(choice, exact=choice != "Levels of need").check()
        else:
            page.get_by_role("textbox").fill("He is hungry every day.")
    go_on(page)
    agency, decision = "Northmere Children’s Social Care", "No, it is about a decision"
    for choice in (agency, "Callum Reid", decision, "No, thank you"):
        go_on(page)
        page.get_by_label(choice).check()
    go_on(page)
    go_on(page, "Send")
    expect(page.get_by_role("heading", name="Your concern has been sent")).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def _step_without_script(page: Page, reference: str, step: str, result: str) -> None:
    page.goto(f"/cases/{reference}")
    follow(page, step)
    when(page)
    page.get_by_label("By telephone").check()
    write(page, "What was said?", "We went through it.")
    page.get_by_label(result).check()
    press(page, "Record it")
    expect(page.get_by_text("We went through it.").first).to_be_visible()


def test_recording_a_talk_and_going_on_by_keyboard_alone(visitor: Visitor) -> None:
    page = p.sign_in(visitor(), p.AMARA)
    page.goto(f"/cases/{raise_it(page)}")
    keys = Keyboard(page)
    keys.press("Record this")
    yesterday = datetime.now(UTC) - p.DAY
    for box, typed in (
        ("Day", yesterday.day),
        ("Month", yesterday.month),
        ("Year", yesterday.year),
    ):
        keys.write(box, str(typed))
    keys.write("Time", "9:30")
    keys.choose("By telephone")
    keys.write("What was said?", "We are clear what we disagree on.")
    keys.choose("Yes, we spoke")
    keys.press("Record it")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case")
    keys.press("Go on to this stage")
    keys.write("Why does it go on?", "We will speak to them directly.")
    keys.press("Take it to the next stage")
    expect(page.locator(".govuk-caption-l").first).to_contain_text("Stage Two")
