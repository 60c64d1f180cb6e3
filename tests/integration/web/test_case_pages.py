"""What bad input gets on the pages of a case: a clear message, all that was typed, nothing half done, never a fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse

from counterpart.casework import acts, outcomes
from counterpart.casework.casefile import open_case
from counterpart.journal.models import Event
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.integration.web.case_forms import (
    KEY,
    LONG,
    MARKUP,
    NOBODY,
    NOT_OFFERED,
    WRITTEN,
    a_talk,
    an_hour_ago,
    browser,
    is_refused,
    sent,
    words_of,
)
from tests.town import CHAIR, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Story:
    """A case of yesterday, in which nothing has happened yet."""
    began = datetime.now(UTC) - timedelta(days=1)
    return Story(place, now=began, step=timedelta(minutes=10)).raised()


STEP = "step/consult-manager"
WRONG_TALKS: dict[str, tuple[dict[str, Any], str]] = {
    "31 February": (an_hour_ago(day="31", month="2"), "February"),
    "a month that is not": (an_hour_ago(month="13"), "month"),
    "a year that is not": (an_hour_ago(year="20"), "year"),
    "words for a day": (an_hour_ago(day="Tuesday"), "day"),
    "a huge number": (an_hour_ago(day="9" * 400), "day"),
    "a time that is not": (an_hour_ago(time="25:70"), "time"),
    "an hour the clocks skipped": (
        an_hour_ago(day="29", month="3", year="2026", time="01:30"), "clocks went forward"),
    "tomorrow": (
        an_hour_ago(year=str(datetime.now(UTC).year + 1)), "must be in the past"),
    "years ago": (an_hour_ago(year="2001"), "more than a year before"),
    "no date": (dict.fromkeys(an_hour_ago(), ""), "Enter when it happened"),
    "no way it happened": ({"how": ""}, "Choose how it happened"),
    "a way nobody knows": ({"how": "telepathy"}, NOT_OFFERED),
    "no result": ({"result": ""}, "Say what came of it"),
    "a result of another kind of step": ({"result": "agreed"}, NOT_OFFERED),
    "too many names": ({"present": "y" * 501}, "500"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_TALKS)
def test_a_discussion_that_cannot_be_so_is_asked_about_and_what_was_typed_is_kept(
    story: Story, what: str
) -> None:
    changed, says = WRONG_TALKS[what]
    client = browser(story.town, RAISER)
    before = everything()
    is_refused(sent(client, story, STEP, a_talk(story, **changed)), says)
    assert everything() == before


def test_a_form_with_nothing_in_it_says_what_is_missing_each_thing_once(story: Story) -> None:
    answer = sent(browser(story.town, RAISER), story, STEP, {})
    assert answer.status_code == 422
    page = words_of(answer)
    for says in ("Enter when it happened", "Choose how it happened", "Write what was said"):
        assert page.count(says) == 2  # in the summary, and at the field


def test_what_is_too_long_is_kept_whole_and_asked_to_be_shorter(story: Story) -> None:
    answer = sent(browser(story.town, RAISER), story, STEP, a_talk(story, said=LONG))
    is_refused(answer, "characters", kept=LONG)
    assert Event.objects.filter(stream=story.case).count() == 1


def test_markup_and_control_characters_are_shown_as_text(story: Story) -> None:
    client = browser(story.town, RAISER)
    wrong = sent(client, story, STEP, a_talk(story, said=MARKUP + "\x00", result=""))
    done = sent(client, story, STEP, a_talk(story, said=MARKUP + "\x00", present=MARKUP))
    assert (wrong.status_code, done.status_code) == (422, 303)
    page = client.get(f"/cases/{story.reference}").content.decode()
    for drawn in (wrong.content.decode(), page):
        assert "<script>alert" not in drawn
        assert "&lt;script&gt;alert" in drawn
        assert "{{ 7*7 }}" in drawn
    assert "\x07" not in page
    assert (
        open_case(story.case, datetime.now(UTC)).entries[-1].recorded.event.said.startswith(MARKUP)
    )


def test_a_double_click_makes_one_entry_and_says_so_both_times(story: Story) -> None:
    client, form = browser(story.town, RAISER), a_talk(story)
    answers = [sent(client, story, STEP, form) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Event.objects.filter(stream=story.case).count() == 2


def test_a_key_that_was_tampered_with_is_only_another_form(story: Story) -> None:
    client = browser(story.town, RAISER)
    for key in ("", "short", "<b>", "g" * 32, "é" * 32, "0" * 400):
        assert sent(client, story, STEP, a_talk(story, idempotency_key=key)).status_code == 303
    assert Event.objects.filter(stream=story.case).count() == 7


@pytest.mark.parametrize("version", ["", "-1", "one", "9" * 50, "1.5", "٣"])
def test_a_version_that_was_tampered_with_is_never_a_fault(story: Story, version: str) -> None:
    story.records("consult-manager", "done")
    client = browser(story.town, RAISER)
    form = {"version": version, "reason": WRITTEN, "idempotency_key": d.new_id()}
    answer = sent(client, story, "move/to-other-worker", form)
    assert answer.status_code in (303, 422)


def test_a_second_tab_that_already_escalated_is_told_and_loses_no_text(story: Story) -> None:
    story.records("consult-manager", "done")
    client = browser(story.town, RAISER)
    form = {"version": str(story.state.version), "reason": WRITTEN}
    first = sent(client, story, "move/to-other-worker", {**form, "idempotency_key": d.new_id()})
    assert first.status_code == 303
    second = sent(client, story, "move/to-other-worker", {**form, "idempotency_key": d.new_id()})
    is_refused(second, "The record has changed since you opened this page")
    third = {"reason": WRITTEN, "version": str(story.state.version)}
    is_refused(sent(client, story, "move/to-other-worker", third), "The case is now at")
    again = client.get(f"/cases/{story.reference}/move/to-other-worker")
    assert "Somebody may have moved it on" in words_of(cast(HttpResponse, again))
    assert story.state.stage == "other-worker"
    assert Event.objects.filter(stream=story.case, type="moved_on").count() == 1


def test_a_page_that_is_out_of_date_is_told_and_can_then_be_sent(story: Story) -> None:
    story.to_workers().records("workers-discuss", "not_agreed")
    client = browser(story.town, RAISER)
    old = str(story.state.version)
    story.does(acts.report_gap, WORKER, gap="Nothing says who.")
    form = {"version": old, "reason": WRITTEN, "idempotency_key": d.new_id()}
    answer = sent(client, story, "move/to-managers", form)
    is_refused(answer, "The record has changed since you opened this page")
    sent_again = dict(
        re.findall(r'name="(version|idempotency_key)" value="(\w+)"', answer.content.decode())
    )
    assert sent_again["version"] == str(story.state.version)
    assert sent(client, story, "move/to-managers", {**form, **sent_again}).status_code == 303


GONE: dict[str, str] = {
    "a step the policy has not": "step/quarrel",
    "a way on the policy has not": "move/to-court",
    "an entry that is not there": f"correct/{NOBODY}",
    "an action that is not there": f"action/{NOBODY}",
    "a clock that is fixed": "limit/workers-discuss",
    "a clock the policy has not": "limit/egg-timer",
    "a panel the policy has not": "panel/jury",
    "a long address": "step/" + "a" * 3000,
}


@pytest.mark.parametrize("what", GONE)
def test_an_address_about_what_is_not_there_is_not_found(story: Story, what: str) -> None:
    for who in (RAISER, "office.business_manager"):
        client = browser(story.town, who)
        for method in (client.get, client.post):
            assert method(f"/cases/{story.reference}/{GONE[what]}").status_code == 404


@pytest.mark.parametrize("reference", ["ILO", "0", "zzzzzzzz", "7F3K-92MQ", "x" * 300, "1" * 8])
def test_a_reference_nobody_has_is_not_found(story: Story, reference: str) -> None:
    assert browser(story.town, RAISER).get(f"/cases/{reference}").status_code == 404


@pytest.mark.parametrize(
    ("where", "who", "says"),
    [
        ("step/seniors-discuss", RAISER, "The case is at “Stage One"),
        ("move/to-panel", RAISER, "The case is now at “Stage One"),
        ("panel/resolution-panel", CHAIR, "The policy has no panel at this stage"),
    ],
)
def test_what_is_for_another_stage_says_so_and_keeps_what_was_typed(
    story: Story, where: str, who: str, says: str
) -> None:
    story.does(acts.report_gap, gap="Nothing says who.")  # and so the Chair sees the case
    client = browser(story.town, "office.business_manager" if who == CHAIR else who)
    assert says in words_of(cast(HttpResponse, client.get(f"/cases/{story.reference}/{where}")))
    answer = sent(client, story, where, {"reason": WRITTEN, "said": WRITTEN, "where": WRITTEN})
    assert answer.status_code == 422
    assert WRITTEN in answer.content.decode()


def test_what_cannot_be_done_now_says_why_and_the_way_back(story: Story) -> None:
    answer = browser(story.town, RAISER).get(f"/cases/{story.reference}/outcome")
    assert answer.status_code == 200
    page = words_of(cast(HttpResponse, answer))
    assert "This cannot be done now" in page
    assert "First record the discussion" in page or "have not yet spoken" in page


# --- what there is to do --------------------------------------------------------------------------------


def buttons(story: Story, who: str) -> list[str]:
    """The buttons on the duties of a case, as this person sees them."""
    page = browser(story.town, who).get(f"/cases/{story.reference}").content.decode()
    return re.findall(r'app-duty__action"><a[^>]*>([^<]+)</a>', page)


def test_each_person_has_a_button_for_what_is_theirs_to_do_and_for_nothing_else(
    story: Story,
) -> None:
    assert buttons(story, RAISER) == ["Record this"]
    story.to_workers()
    assert buttons(story, WORKER) == buttons(story, RAISER) == ["Record this"]  # the talk
    story.records("workers-discuss", "not_agreed")
    story.moves("to-managers", role="line-manager", tier="line_manager")
    story.records("managers-discuss", "not_agreed", "school.line_manager")
    story.moves("to-seniors", "school.line_manager", "senior", "operations_manager")
    # Its own manager's report is the other side's alone; the talk of the seniors is for both.
    assert len(buttons(story, "care.line_manager")) == 2
    assert len(buttons(story, RAISER)) == 1


def test_the_outcome_is_written_answered_and_carried_out_from_the_duties(story: Story) -> None:
    story.to_workers().records("workers-discuss", "agreed")
    assert "Write it down" in buttons(story, RAISER)
    story.does(outcomes.propose_outcome, agreed="A visit.", actions=[story.action()])
    assert buttons(story, RAISER) == buttons(story, WORKER) == ["Read it and answer"]
    story.confirmed("school")
    assert (buttons(story, RAISER), buttons(story, WORKER)) == ([], ["Read it and answer"])
    story.confirmed("care")
    assert (buttons(story, RAISER), buttons(story, WORKER)) == ([], ["Record this"])


def test_the_chair_is_led_from_convening_to_the_decision(story: Story) -> None:
    story.to_panel()
    assert buttons(story, CHAIR) == ["Convene the panel"]
    story.convened()
    assert buttons(story, CHAIR) == ["Record what an agency told the panel"]
    story.heard()
    assert buttons(story, CHAIR) == ["Record the decision"]
    assert buttons(story, RAISER) == []


def test_what_is_for_the_reader_says_you_and_what_is_for_somebody_else_does_not(
    story: Story,
) -> None:
    def reads(who: str) -> str:
        page = browser(story.town, who).get(f"/cases/{story.reference}")
        return " ".join(words_of(cast(HttpResponse, page)).split())

    assert f"You: {story.town.names[RAISER]}" in reads(RAISER)
    assert "You: " not in reads(WORKER)


def test_a_case_that_has_ended_says_at_which_stage(story: Story) -> None:
    story.settled().confirmed()
    page = browser(story.town, RAISER).get(f"/cases/{story.reference}").content.decode()
    assert "It ended here" in page
    assert "The case is here" not in page


def test_whom_to_speak_to_stands_beside_what_there_is_to_do(story: Story) -> None:
    page = words_of(
        cast(HttpResponse, browser(story.town, RAISER).get(f"/cases/{story.reference}"))
    )
    manager = story.town.names["school.line_manager"]
    assert f"{manager}, Line manager, Oakfield Primary School" in page


# --- everything at once --------------------------------------------------------------------------------

NASTY = (
    "",
    "\x00",
    "\ud7ff",
    MARKUP,
    "-1",
    "9" * 400,
    LONG[:20_001],
    "None",
    "true",
    "../..",
    "' or 1=1 --",
    "𝟞",
)
Stage = Callable[[Story], Story]


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_that_is_sent_is_ever_a_fault(story: Story, nasty: str) -> None:
    """Every form of a case with the same rubbish in every field."""
    story.settled()
    names = ("version", "happened_at-day", "happened_at-time", "how", "present", "said", "result", "agreed",
             "next_step", "reason", "seat_0", "agencies", "rows", "action_1", "owner_1", "by_1-day",
             "issues", "open_1", "followed_1",
             "still_disputed", "number", "answer", "comment", "members", "chair", "due_at-day",
             "role", "post", "to_agency", "why", "gap", "correction", "what", "for_post", KEY)  # fmt: skip
    form = dict.fromkeys(names, nasty)
    entry = Event.objects.filter(stream=story.case).order_by("version")[0].id
    where = ("step/workers-discuss", "move/to-managers", "outcome", "answer", "limit/one-working-week", "risk",
             "redirect", "who", "gap", f"correct/{entry}", "withdraw", "reopen",
             "telephoned/step/workers-discuss", "telephoned/answer")  # fmt: skip
    for who in (RAISER, WORKER, "office.business_manager"):
        client = browser(story.town, who)
        for address in where:
            assert sent(client, story, address, form).status_code in (303, 404, 409, 422), address
            assert client.get(f"/cases/{story.reference}").status_code in (200, 404)
