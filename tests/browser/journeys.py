"""A case walked to its end by its people, a phone each: what they do on its pages, and what their packs say.

Nothing here looks at the page's code or at the database. Each page is looked at once a journey, as it is met.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import people as p
from tests.browser.accessibility import is_sound
from tests.browser.conftest import Visitor
from tests.browser.people import follow, go_by, go_on, press, start, submit, when, write
from tests.browser.pictures import keep, take
from tests.live import policy_file
from tests.packs import marked_in_order, text_of

PHONE: ViewportSize = {"width": 375, "height": 740}
SCHOOL, CARE = "Oakfield Primary School", "Northmere Children’s Social Care"
DEV = "dev.patel@northmere.example"
ELAINE = "elaine.foster@oakfield.northmere.example"
SIMON = "simon.achebe@care.northmere.example"
BY_PASSWORD = (p.AMARA, p.MARYAM, p.CALLUM, p.RUTH, p.LORRAINE, p.NGOZI, p.BABATUNDE, p.HELEN)
LIKED = ("A child", CARE, "Callum Reid.*", "No", "No, not at this moment", "No, thank you",
         "No, it is about a decision", "Yes.*")  # fmt: skip
"""What whoever raises a concern here answers, if it is offered; the first that is."""
CONCERN = "He is hungry every day."
TYPED = ("UPN", "Amara", "Osei", "Callum", "Reid", "Oakfield", "hungry")
MOST_QUESTIONS = 30
EARLY = "If it decides without a meeting, or before the day it was convened for, why?"
"""The label of the box in which a panel says why it decides without a meeting, or early."""
NOTE = "We think that the first visit was put off twice."
"""What one agency keeps for itself."""

Fill = Callable[[Page], None]


def put_in_force(page: Page, policy: str, folder: Path) -> None:
    """A policy of `policies/` is the one for new cases, by the desk of whoever is signed in."""
    put_file_in_force(page, policy_file(policy), folder)


def put_file_in_force(page: Page, content: bytes, folder: Path) -> None:
    """What is in a policy file is the policy for new cases, by the desk of whoever is signed in."""
    file = folder / "policy.yaml"
    file.write_bytes(content)
    page.goto("/desk/policy/new")
    page.get_by_label("Choose the policy file").set_input_files(file)
    press(page, "Check it")
    for tick_box in page.get_by_role("checkbox").all():
        tick_box.check()
    press(page, "Put it in force for new cases")
    expect(page.get_by_text("The new edition is in force for new cases.")).to_be_visible()


def raises(page: Page) -> str:
    """A concern is raised by whoever answers what is likely; where the case is."""
    start(page)
    for _ in range(MOST_QUESTIONS):
        if page.get_by_role("heading", name="Check your answers").count():
            break
        _answer(page)
        go_on(page)
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    go_on(page, "Send")
    follow(page, "Go to the case")
    return page.url


def _answer(page: Page) -> None:
    for group in page.locator("main fieldset").all():
        choices = group.locator("label")
        if choices.count():
            said = [re.sub(r"\s+", " ", label.inner_text()).strip() for label in choices.all()]
            liked = (i for one in LIKED for i, text in enumerate(said) if re.fullmatch(one, text))
            choices.nth(next(liked, 0)).click()
    for box in page.locator("main").get_by_role("textbox").all():
        is_reference = page.get_by_label("A reference that both agencies").count()
        box.fill(a_child() if is_reference else CONCERN)


def a_child() -> str:
    """What both agencies call a child nobody has raised a concern about.

    No reference of a case holds "UPN": there is no U in one.
    """
    return f"UPN 9{uuid.uuid4().hex[:8]}"


# --- filling in a form ----------------------------------------------------------------------------


def words(label: str, text: str) -> Fill:
    """Write into a box."""
    return lambda page: write(page, label, text)


def tick(label: str) -> Fill:
    """Choose an answer by a part of its label."""
    return lambda page: page.get_by_label(label).first.check()


def choose(label: str, who: str) -> Fill:
    """Choose from a list by a part of what stands in it."""

    def fill(page: Page) -> None:
        found = page.get_by_label(label).first
        option = found.locator("option").filter(has_text=who).first
        found.select_option(value=option.get_attribute("value"))

    return fill


def at(moment: datetime | None = None) -> Fill:
    """A day and a time: a minute ago unless another is given."""
    return lambda page: when(page, moment)


def action(what: str, who: str, *, number: int = 1) -> Fill:
    """An agreed action, to be done in two weeks."""

    def fill(page: Page) -> None:
        day = datetime.now(UTC) + 14 * p.DAY
        row = page.get_by_role("group", name=f"Action {number}", exact=True)
        row.get_by_label("What will be done?").fill(what)
        owner = row.get_by_label("Who will do it?")
        option = owner.locator("option").filter(has_text=who).first
        owner.select_option(value=option.get_attribute("value"))
        for box, typed in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            row.get_by_label(box).fill(str(typed))

    return fill


def still_open(what: str, how: str) -> Fill:
    """A point that is still open, and how it will be followed up."""

    def fill(page: Page) -> None:
        row = page.get_by_role("group", name="Still open, point 1")
        row.get_by_label("What is still open?").fill(what)
        row.get_by_label("How will it be followed up?").fill(how)

    return fill


# --- the walk -------------------------------------------------------------------------------------


@dataclass
class Journey:
    """One case under one policy, at `address`. `name` is the first word of its pictures."""

    visitor: Visitor
    address: str
    name: str
    case: str = ""
    concern: str = CONCERN
    people: dict[str, Page] = field(default_factory=dict)
    _acted_last: Page | None = None
    _looked: set[str] = field(default_factory=set)
    _without_script: set[Page] = field(default_factory=set)

    def person(self, email: str, **options: Any) -> Page:
        """The browser of somebody who is signed in; their own page stands in it at first."""
        if email not in self.people:
            page = self.visitor(**{"base_url": self.address, "viewport": PHONE, **options})
            if options.get("java_script_enabled") is False:
                self._without_script.add(page)
            come = p.sign_in if email in BY_PASSWORD else p.sign_in_by_code
            self.people[email] = come(page, email)
        return self.people[email]

    @property
    def reference(self) -> str:
        """As it stands in an address."""
        return self.case.rsplit("/", 1)[-1]

    def raised(self, email: str) -> None:
        """The concern is raised by somebody."""
        page = self.person(email)
        self.case = raises(page)
        self.look(page)

    def opens(self, email: str) -> Page:
        """Somebody opens the case; whoever acted last has it open, as it stands now."""
        page = self.person(email)
        if page is not self._acted_last or not page.url.startswith(f"{self.case}#"):
            page.goto(self.case)
        self.look(page)
        return page

    def does(self, email: str, link: str, *fills: Fill, button: str = "") -> Page:
        """Somebody opens the case, follows a link in it, fills in the form that is there and sends it."""
        page = self.opens(email)
        self.follows(page, link)
        for fill in fills:
            fill(page)
        self.sends(page, button)
        return page

    def follows(self, page: Page, link: str) -> None:
        """Follow a link of the case, also one that is folded away, or whose end only a screen reader speaks."""
        name = re.compile(r"^\s*" + re.escape(link).replace(":", r"\s*:.*"))
        found = page.locator("main").get_by_role("link", name=name)
        if not found.count():
            unfold(page)
        offered = page.locator("main").get_by_role("link").all_inner_texts()
        assert found.count(), f"{link!r} is not among {offered}"
        go_by(page, found.first)
        self.look(page)

    def sends(self, page: Page, button: str = "") -> None:
        """Send the form on the page; the case says that it is done."""
        submit(page, button)
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        expect(page.locator(".govuk-notification-banner--success")).to_be_visible()
        self._acted_last = page
        self.look(page)

    def talks(self, email: str, step: str, said: str, result: str = "", *more: Fill) -> Page:
        """A step of the policy is recorded, with what came of it."""
        came = [tick(result)] if result else []
        return self.does(
            email, step, at(), tick("By telephone"), words("What was said?", said), *came, *more
        )

    def writes(self, email: str, step: str, label: str, said: str, result: str = "Yes") -> Page:
        """A step in which nobody speaks is recorded: a decision, a look back, something passed on."""
        how = [tick("By e-mail")] if label == "What was passed on?" else []
        return self.does(email, step, at(), *how, words(label, said), tick(result))

    def places(self, email: str, stage: str) -> None:
        """The record of a stage is where it is kept; the duty to put it there is met."""
        page = self.opens(email)
        self.follows(page, f"Record where it was placed:{stage}")
        write(page, "Which record is it, and in whose system?", "The safeguarding file, our system")
        self.sends(page)

    def keeps_a_note(self, email: str) -> None:
        """Somebody writes down what only their own agency sees."""
        page = self.opens(email)
        follow(page, "Write a note that only your agency sees")
        self.look(page)
        write(page, "Your agency’s note", NOTE)
        press(page, "Keep the note")

    def look(self, page: Page) -> None:
        """Nothing is wrong with the page as it stands, and neither its title nor its address tells of anybody."""
        here = page.url.removeprefix(self.address).replace(self.reference or "-", "").split("/")
        asked = page.locator("h1, main .govuk-caption-l, main form label, main form legend")
        key = "|".join([*here[:4], *(asked.all_inner_texts()[2 if len(here) > 3 else 0 :])])
        if key in self._looked:
            return
        self._looked.add(key)
        take(page, f"{self.name} {len(self._looked):02}", whole=True)
        for typed in TYPED:
            assert typed not in page.title() + page.url
        assert page.locator("h1").count() == 1, page.url
        is_sound(page, has_script=page not in self._without_script)

    def nothing_waits(self) -> None:
        """My page of everybody asks nothing more in this case, and the case says so too."""
        for page in self.people.values():
            page.goto("/me")
            self.look(page)
            waits = page.locator("section[aria-labelledby=waiting] > ul > li")
            mine = waits.filter(has_text=self._shown).all_inner_texts()
            assert mine == [], mine
        page = self.opens(next(iter(self.people)))
        expect(page.get_by_text("Nothing is left to do.")).to_be_visible()

    def is_no_longer_at_risk(self, email: str) -> None:
        """Whoever raised it is asked, where it was not they who agreed: the child is safe now."""
        self.does(email, "Say whether the child is still at risk", tick("No, not any more"))

    @property
    def _shown(self) -> str:
        return f"{self.reference[:4]}-{self.reference[4:]}"

    def has_come_to(self, email: str, why: str) -> Page:
        """Somebody of the partnership's office finds the case among those that have come to them, and reads why."""
        page = self.person(email)
        page.goto("/referred")
        self.look(page)
        go_by(page, page.locator(f"main a[href='/cases/{self.reference}/how-it-came']").first)
        self.look(page)
        expect(page.get_by_text(why).first).to_be_visible()
        return page

    # --- the pack ---------------------------------------------------------------------------------

    def pack(self, email: str, part: str = "The whole case", kind: str = "A PDF") -> bytes:
        """What comes when somebody presses the button."""
        page = self.opens(email)
        follow(page, "Make the pack for the child’s file")
        self.look(page)
        page.get_by_label(part, exact=True).check()
        page.get_by_label(kind, exact=True).check()
        with page.expect_download() as coming:
            page.get_by_role("button", name="Make the pack", exact=True).click()
        assert self._shown in coming.value.suggested_filename
        return Path(coming.value.path()).read_bytes()

    def both_have_the_pack(
        self, people: Sequence[str], stages: Sequence[str], outcome: Sequence[str]
    ) -> None:
        """Each side's pack is a document that everybody can read, and tells the whole of it in order.

        `outcome` are words of the outcome statement with its answers, in their order. The first of the people is of
        the agency that kept a note for itself: it stands in theirs, and not in any other.
        """
        for i, email in enumerate(people):
            pdf = self.pack(email)
            keep(pdf, f"{self.name} {i}.pdf")
            text = _read(pdf, f"Case {self._shown}: The whole case")
            in_order(text, [*stages, *outcome, self.concern])
            assert (NOTE in text) is (i == 0), email


def unfold(page: Page) -> None:
    """Open what is folded away."""
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def in_order(text: str, parts: Sequence[str]) -> None:
    """Each of these stands in the text, after the one before."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} is not there, or not after what comes before: {text[place:]}"
        place = found + len(part)


def _read(pdf: bytes, title: str) -> str:
    """The text of a pack that is tagged, has its language and title, and is read in the order it is drawn."""
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as about:
            assert about["dc:title"] == title
    assert marked_in_order(pdf)
    return text_of(pdf)
