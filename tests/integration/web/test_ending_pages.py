"""The pages of how a case ends: its record placed, advice, a supporter, the panel, learning, and the ways out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from counterpart.casework import outcomes
from counterpart.engine import events as e
from counterpart.journal.reading import read_whole
from counterpart.people.models import Holding
from tests import directory as d
from tests.integration.web.case_forms import browser, is_refused, sent, words_of
from tests.integration.web.filling import WRITTEN, filled
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.playing import act_upwards, next_act
from tests.town import BRENT, CHAIR, RAISER, SITTING, WORKER, Story, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
EARLIER = NOW - timedelta(days=9)
MANAGER = "office.business_manager"
SCHOOL_LEAD = "school.designated_safeguarding_lead"
HEAR = "police.board_representative"


@pytest.fixture
def story() -> Story:
    """A case nine days old, under Brent's policy."""
    return Story(town(), now=EARLIER, step=timedelta(minutes=30)).raised()


def page_of(story: Story, who: str, where: str = "", status: int = 200) -> str:
    """A page of the case for somebody."""
    address = f"/cases/{story.reference}" + (f"/{where}" if where else "")
    answer = browser(story.town, who).get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def sends(story: Story, who: str, at: str, **chosen: Any) -> str:
    """The page's form filled in and sent; the case's page as they then see it, with the receipt."""
    days = chosen.pop("days", 0)
    client = browser(story.town, who)
    page = client.get(f"/cases/{story.reference}/{at}").content.decode()
    answer: Any = client.post(
        f"/cases/{story.reference}/{at}", filled(page, days=days, **chosen), follow=True
    )
    assert answer.status_code == 200, words_of(answer)
    assert answer.redirect_chain
    return words_of(answer)


def refused(story: Story, who: str, at: str, says: str, **chosen: Any) -> None:
    """The page's form filled in and sent, and refused with these words; all of it is kept."""
    days = chosen.pop("days", 0)
    client = browser(story.town, who)
    page = client.get(f"/cases/{story.reference}/{at}").content.decode()
    is_refused(sent(client, story, at, filled(page, days=days, **chosen)), says)


def last(story: Story) -> Any:
    """The newest entry, with its words."""
    return read_whole(story.case)[-1].recorded.event


# --- the record on file ---------------------------------------------------------------------------


def test_a_duty_to_place_the_record_leads_to_its_page_and_ends_with_it() -> None:
    place = a_whole_town()
    puts_in_force(place, policy_file("somerset"))
    story: Any = Live(place, now=EARLIER).begins()
    while story.state.stage == "workers":
        story.acts(act_upwards(story))
    case = page_of(story, RAISER)
    assert f"/cases/{story.reference}/placed/workers" in case
    page = page_of(story, RAISER, "placed/workers")
    assert "You write this for Oakfield Primary School" in page
    assert f'href="/cases/{story.reference}/pack">Download the pack first' in page
    assert "From the policy, clause" in page
    owed = [duty.clock for duty in story.file.duties if duty.clock == "record:workers"]
    on = list(story.policy.placing["workers"].on)
    where = "The safeguarding file, in our own system"
    shown = sends(story, RAISER, "placed/workers", on=on, where=where)
    assert "It is on the record where this was placed." in shown
    assert where in shown
    left = [duty.clock for duty in story.file.duties if duty.clock == "record:workers"]
    assert len(left) == len(owed) - 1


def test_an_agency_says_where_its_own_record_is_and_no_stranger_does(story: Story) -> None:
    sends(story, RAISER, "placed/own-manager")
    assert last(story).agency == story.town.agencies["school"]
    sends(story, MANAGER, "placed/own-manager")
    assert last(story).agency == story.town.partnership
    page_of(story, "police.practitioner", "placed/own-manager", status=404)


def test_what_is_missing_of_a_record_is_asked_for_and_no_day_is_still_to_come(story: Story) -> None:
    where = "placed/own-manager"
    refused(story, RAISER, where, "Write which record it is", where="", note=WRITTEN)
    refused(story, RAISER, where, "Choose at least one record", on=None)
    refused(story, RAISER, where, "The day", days=3)


# --- advice and support ---------------------------------------------------------------------------


def test_advice_stands_on_the_record_as_advice(story: Story) -> None:
    place = story.town
    adviser = f"{place.agencies['hospital']}:{place.posts['hospital.designated_safeguarding_lead']}"
    shown = sends(story, RAISER, "advice", adviser=adviser, said="Ask for a strategy meeting.")
    assert "The advice is on the record, as advice." in shown
    assert "Ask for a strategy meeting." in shown
    assert last(story).adviser == place.posts["hospital.designated_safeguarding_lead"]
    sends(story, RAISER, "advice", adviser="", stated_name="Dr Hale, named doctor")
    assert last(story).stated_name == "Dr Hale, named doctor"
    refused(story, RAISER, "advice", "Choose who gave the advice", adviser="", stated_name="")


def test_a_supporter_is_named_later_and_changed_by_their_own_side_alone(story: Story) -> None:
    story.to_workers()
    place = story.town
    first, second = "hospital.practitioner", SCHOOL_LEAD
    of = {who: f"{place.agency_of(who)}:{place.posts[who]}" for who in (first, second)}
    assert f'href="/cases/{story.reference}/supporter"' in page_of(story, RAISER)
    sends(story, RAISER, "supporter", supporter=of[first])
    assert story.state.supporter == place.posts[first]
    assert place.names[first] in page_of(story, RAISER, "supporter")
    page_of(story, first)  # they can read the case
    sends(story, RAISER, "supporter", supporter=of[second])
    assert story.state.supporter == place.posts[second]
    assert f'href="/cases/{story.reference}/supporter"' not in page_of(story, WORKER)
    refused(
        story,
        WORKER,
        "supporter",
        "Only their own side can change who that is",
        supporter=of[first],
    )


# --- the panel ------------------------------------------------------------------------------------


def test_once_every_agency_was_heard_any_of_them_can_be_heard_again() -> None:
    story = Story(town(), now=EARLIER, step=timedelta(minutes=30)).raised().to_panel().convened()
    school, care = (story.town.agencies[key] for key in ("school", "care"))
    for agency, said in ((school, "One"), (care, "Two"), (school, "Three")):
        assert "Choose the agency" not in sends(story, CHAIR, "heard", agency=agency, said=said)
        assert last(story).agency == agency
    page = page_of(story, CHAIR, "heard")
    assert 'id="agency"' in page
    refused(story, CHAIR, "heard", "Choose the agency", agency=None)


def panel_form(story: Story, *sitting: str, chair: str = "", **changed: Any) -> dict[str, Any]:
    """The form of the panel with these members; the first chairs, unless `chair` says who."""
    posts = story.town.posts
    meets = {f"meets_at-{box}": text for box, text in
             (("day", "1"), ("month", "12"), ("year", "2027"), ("time", "10:00"))}  # fmt: skip
    return {
        "version": str(story.state.version),
        "members": [posts[who] for who in sitting],
        "chair": posts[chair or sitting[0]],
        "where": WRITTEN,
        "why_parties_absent": "",
        "idempotency_key": d.new_id(),
        **meets,
        **changed,
    }


PANEL = "panel/resolution-panel"


@pytest.fixture
def strict() -> Story:
    """A case that has come to the panel, under a policy whose panel has a chair from outside."""
    place, least = town(), b"      at_least_agencies: 3\n"
    content = BRENT.read_bytes()
    puts_in_force(place, content.replace(least, least + b"      independent_chair: true\n"))
    return Story(place, now=EARLIER, step=timedelta(minutes=30)).raised().to_panel()


def test_each_who_cannot_sit_stands_there_with_the_reason(story: Story) -> None:
    story.to_panel()
    page = page_of(story, CHAIR, PANEL)
    assert "The papers are fixed when you convene it." in page
    assert "Cannot sit." not in page
    Holding.objects.filter(post=story.town.posts["care.board_representative"]).update(
        person=story.town.people[RAISER]
    )
    page = page_of(story, CHAIR, PANEL)
    assert "Cannot sit. The person who raised the concern cannot decide on it." in page


def test_a_panel_can_be_checked_before_it_is_convened_and_nothing_happens(strict: Story) -> None:
    client = browser(strict.town, CHAIR)
    two = ("care.board_representative", "school.board_representative")
    version = strict.state.version
    answer = sent(client, strict, PANEL, panel_form(strict, *two, check="yes", where=""))
    assert answer.status_code == 200
    words = " ".join(words_of(answer).split())
    assert "There is a problem" not in words
    for said in (
        "What this panel still lacks",
        "The panel needs people from at least 3 agencies. This has 2.",
        "The chair must be from outside the disagreement.",
        "Those chosen come from 2 agencies",
    ):
        assert said in words
    fine = sent(client, strict, PANEL, panel_form(strict, *SITTING, check="yes"))
    assert "This panel may sit" in words_of(fine)
    assert strict.state.version == version
    assert strict.state.panel is None


def test_a_panel_that_is_refused_says_all_that_it_lacks(strict: Story) -> None:
    client = browser(strict.town, CHAIR)
    two = ("care.board_representative", "school.board_representative")
    answer = sent(client, strict, PANEL, panel_form(strict, *two))
    is_refused(answer, "at least 3 agencies")
    assert "The chair must be from outside the disagreement." in words_of(answer)


def test_a_chair_from_a_party_is_refused_where_the_chair_must_be_independent(strict: Story) -> None:
    client = browser(strict.town, CHAIR)
    form = panel_form(strict, *SITTING, chair="care.board_representative")
    is_refused(
        sent(client, strict, PANEL, form), "The chair must be from outside the disagreement."
    )
    assert strict.state.panel is None


def test_the_panels_meeting_is_recorded_by_those_who_sit_and_nobody_else(story: Story) -> None:
    story.to_panel().convened()
    posts = story.town.posts
    came = [posts[who] for who in SITTING[:3]]
    shown = sends(story, HEAR, "met", came=came, evidence="The referral of 3 November.")
    assert "The meeting is on the record." in shown
    assert "The referral of 3 November." in shown
    assert last(story).came == tuple(came)
    refused(story, HEAR, "met", "Choose who came", came=None)
    for who in (RAISER, MANAGER):
        page_of(story, who, "met", status=404)


def test_a_decision_by_a_party_and_by_one_who_has_become_one_is_refused(story: Story) -> None:
    story.to_panel().convened().heard()
    for who in (RAISER, WORKER):
        page_of(story, who, "decision/resolution-panel", status=404)
    Holding.objects.filter(post=story.town.posts["hospital.board_representative"]).update(
        person=story.town.people[RAISER]
    )
    blank = {f"{part}_{i}{box}": "" for i in (1, 2)
             for part, box in (("action", ""), ("owner", ""), ("by", "-day"), ("by", "-month"),
                               ("by", "-year"))}  # fmt: skip
    refused(story, HEAR, "decision/resolution-panel", "Convene the panel anew",
            more=None, **blank)  # fmt: skip
    assert story.state.panel is not None
    assert story.state.panel.decided_at is None


# --- the written outcome --------------------------------------------------------------------------


def test_an_old_text_cannot_be_confirmed_nor_the_text_for_the_other_side(story: Story) -> None:
    story.settled()
    client = browser(story.town, WORKER)
    old = filled(client.get(f"/cases/{story.reference}/answer").content.decode(), answer="confirm")
    story.does(
        outcomes.propose_outcome, agreed="They will visit twice.", actions=[], outstanding=[]
    )
    is_refused(sent(client, story, "answer", old), "has changed since")
    # There is no way to name another agency: what is sent of one is not asked for.
    sends(story, WORKER, "answer", answer="confirm", agency=story.town.agencies["school"])
    assert story.state.outcome is not None
    assert dict(story.state.outcome.answers) == {story.town.agencies["care"]: "confirmed"}
    teacher = story.town.posts[RAISER]
    refused(story, WORKER, "telephoned/answer", "Choose from the answers on this page",
            answer="confirm", for_post=teacher)  # fmt: skip
    assert story.state.is_open


def test_a_case_is_not_closed_over_an_open_action_that_the_policy_forbids() -> None:
    place = town()
    content = BRENT.read_bytes()
    forbidden = content.replace(b"\nclosing:\n", b"\nclosing:\n  open_actions: forbidden\n")
    assert forbidden != content
    puts_in_force(place, forbidden)
    story = Story(place, now=EARLIER, step=timedelta(minutes=30)).raised().settled().confirmed()
    assert story.state.is_open
    case = page_of(story, RAISER)
    assert "This case closes when every agreed action is done." in case
    outcome = story.state.outcome
    assert outcome is not None
    sends(story, "care.line_manager", f"action/{outcome.actions[0].id}", what="They have visited.")
    assert story.state.status == "closed"


# --- learning -------------------------------------------------------------------------------------


def test_a_learning_point_is_seen_to_and_whoever_raised_it_is_told(story: Story) -> None:
    story.settled().confirmed()
    place = story.town
    owner = f"{place.agencies['school']}:{place.posts['school.line_manager']}"
    case = sends(story, RAISER, "learning", owner=owner, says="Ask for reasons first.", days=20)
    assert "It is on the record." in case
    point = story.state.endings.points[0]
    line = "school.line_manager"
    assert f"/cases/{story.reference}/learned/{point.id}" in page_of(story, line)
    assert "See to a learning point" in unescape(browser(place, line).get("/me").content.decode())
    sends(story, line, f"learning-passed-on/{point.id}", to="The learning subgroup")
    shown = sends(story, line, f"learned/{point.id}", what="It is in the induction.")
    # It was all that bound them to the case, so they are on their own page again.
    assert "Whoever raised the concern is told." in shown
    case = page_of(story, RAISER)
    assert "It is in the induction." in case
    assert "The learning subgroup" in case
    told = unescape(browser(place, RAISER).get("/me/notices").content.decode())
    assert f"{story.reference[:4]}-{story.reference[4:]}" in told
    refused(story, RAISER, "learning", "must be today or later", owner=owner, days=-4)


def test_no_agency_gives_another_something_to_learn_and_the_office_may(story: Story) -> None:
    story.settled().confirmed()
    care = story.town.posts["care.line_manager"]
    assert care not in page_of(story, RAISER, "learning")
    assert care in page_of(story, MANAGER, "learning")


def test_talking_it_over_is_offered_to_those_who_took_part_and_what_became_of_it_recorded(
    story: Story,
) -> None:
    story.settled().confirmed()
    place = story.town
    page = page_of(story, RAISER, "debrief")
    assert place.posts["mental.practitioner"] not in page
    sends(story, RAISER, "debrief", to=f"{place.agencies['care']}:{place.posts[WORKER]}")
    offer = story.state.endings.debriefs[0]
    assert "No answer yet" in page_of(story, RAISER)
    shown = sends(story, WORKER, f"debriefed/{offer.id}", held="yes")
    assert "It was talked over" in shown


# --- ways out -------------------------------------------------------------------------------------


def test_whistleblowing_is_recorded_without_a_box_to_write_in() -> None:
    place = a_whole_town()
    puts_in_force(place, policy_file("ready-steady-grow"))
    story = Live(place, now=EARLIER).begins()
    exits = {x.kind: x for x in story.policy.exits.values()}
    where = f"other-way/{exits['whistleblowing'].id}"
    page = page_of(story, RAISER, where)
    assert "<textarea" not in page
    assert "Nothing of what you report is written here" in page
    assert "The case stays open here as well." in page
    sends(story, RAISER, where, what="Nobody should read this")
    event = last(story)
    assert isinstance(event, e.ExitTaken)
    assert event.what == ""
    assert "Nobody should read this" not in page_of(story, RAISER)
    assert story.state.is_open
    sends(story, RAISER, where)
    assert len(story.state.exits) == 2


def test_a_step_in_which_something_is_considered_asks_whether_it_is_needed_and_why() -> None:
    place = a_whole_town()
    puts_in_force(place, policy_file("somerset"))
    story: Any = Live(place, now=EARLIER).begins()
    while story.state.is_open:
        story.acts(next_act(story))
    where, coordinator = "step/consider-review", "office.coordinator"
    page = page_of(story, coordinator, where)
    for said in ("Is it needed?", "It is needed", "It is not needed"):
        assert said in page
    refused(story, coordinator, where, "Write why, whichever it is", said="", present=WRITTEN)
    shown = sends(story, coordinator, where, result="not_needed", said="The practice was sound.")
    assert "Recorded." in shown
    case = page_of(story, RAISER)
    assert "It is not needed" in case
    assert "The practice was sound." in case
