"""The page of whoever decides, convenes, chooses the course or is told: what has come to them, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterpart.access.models import Read
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.lists.models import CaseRow
from tests import directory as d
from tests.integration.web.filling import filled
from tests.integration.web.letters import Place, at_bexley, tried
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.playing import a_move, act_upwards, can_go
from tests.signed_in import sign_in
from tests.town import CHAIR, HOUR, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
AT_THE_CHAIR = "We see it differently."


def browser(place: Town, who: str) -> Client:
    """A browser in which somebody of the town has signed in."""
    client = Client()
    sign_in(client, d.an_account(place.people[who], f"{who}@x.example"))
    return client


def text_of(client: Client, address: str = "/referred") -> str:
    """A page in words, without its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def shown(reference: str) -> str:
    """A reference as pages show it."""
    return f"{reference[:4]}-{reference[4:]}"


def how(reference: str) -> str:
    """Where it stands how a case came."""
    return f"/cases/{reference}/how-it-came"


def up_to(place: Town, policy: str, stage: str, *ways: str) -> Live:
    """A case under a policy of the five, taken up as far as a stage by sensible people; by `ways` where it can."""
    puts_in_force(place, policy_file(policy))
    story = Live(place, now=NOW - timedelta(days=20)).begins()
    for _ in range(30):
        if story.state.stage == stage:
            return story
        way = next((way for way in ways if can_go(story, way)), None)  # type: ignore[arg-type]
        story.acts(a_move(story, way) if way else act_upwards(story))  # type: ignore[arg-type]
    raise AssertionError(f"it never came to {stage}")


# --- under each of the policies -------------------------------------------------------------------


def test_brents_chair_sees_what_is_asked_who_referred_it_and_what_happened_before() -> None:
    place = town()
    story = Story(place, now=NOW - timedelta(days=9)).raised().to_panel()
    client = browser(place, CHAIR)
    page = text_of(client)
    for said in (
        f"Case {shown(story.reference)}",
        "The child has been waiting since",
        "Referred by Oakfield Primary School on",
        "What it asks of you",
    ):
        assert said in page
    assert AT_THE_CHAIR not in page
    came = text_of(client, how(story.reference))
    assert AT_THE_CHAIR in came
    for said in ("Stage Four", "The sides still see it differently."):
        assert said not in page
        assert came.count(said) >= 1
    assert place.names["school.operations_manager"] in came
    assert (
        f"/cases/{story.reference}/panel/resolution-panel"
        in client.get(how(story.reference)).content.decode()
    )


def test_somersets_coordinator_is_led_to_choosing_the_course() -> None:
    place = a_whole_town()
    story = up_to(place, "somerset", "coordinator", "to-representatives")
    client = browser(place, "office.coordinator")
    assert f"Case {shown(story.reference)}" in text_of(client)
    page = client.get(how(story.reference)).content.decode()
    assert f"/cases/{story.reference}/step/course" in page


def test_somersets_chair_sees_what_the_coordinator_reported_and_nothing_before() -> None:
    place = a_whole_town()
    story = up_to(place, "somerset", "coordinator", "to-representatives")
    story.records("course", "done", "office.coordinator", said="They meet again on Monday.")
    client = browser(place, CHAIR)
    assert client.get(f"/cases/{story.reference}").status_code == 404
    story.records("report-to-chair", "done", "office.coordinator", said="I told the Chair.")
    assert f"Case {shown(story.reference)}" in text_of(client, "/referred?view=told")
    assert "They meet again on Monday." in text_of(client, f"/cases/{story.reference}")


def test_bromleys_office_is_led_to_the_panel_or_to_liaison() -> None:
    place = a_whole_town()
    story = up_to(place, "ready-steady-grow", "partnership")
    client = browser(place, "office.business_manager")
    assert f"Case {shown(story.reference)}" in text_of(client)
    page = client.get(how(story.reference)).content.decode()
    for way in ("to-panel", "to-liaison"):
        assert f"/cases/{story.reference}/move/{way}" in page


def test_bexleys_chair_reads_the_letter_that_brought_it() -> None:
    place: Place = at_bexley()
    tried(place)
    form = filled(place.page(), says_0="Marmalade hill.")
    assert place.sends(form).status_code == 303
    client = place.browser(CHAIR)
    told = text_of(client, "/referred?view=told")
    assert "Sent to you in a letter by Oakfield Primary School" in told
    assert "Marmalade hill" not in told
    assert "Marmalade hill" in text_of(client, how(place.story.reference))


# --- told only, and finished lately ---------------------------------------------------------------


def test_those_told_only_are_apart_and_asked_nothing() -> None:
    place = town()
    story = Story(place, now=NOW - timedelta(days=2)).raised(
        is_urgent=True, immediate_risk="He goes home to the same flat."
    )
    client = browser(place, "office.head_of_safeguarding")
    assert shown(story.reference) not in text_of(client)
    told = text_of(client, "/referred?view=told")
    assert shown(story.reference) in told
    assert "Nothing is asked of you." in told


def test_a_case_that_has_ended_is_among_those_finished_lately_for_as_long_as_it_may_be_seen() -> (
    None
):
    place = town()
    story = Story(place, now=NOW - timedelta(days=5)).raised().to_panel()
    story.convened().heard().decided().confirmed()
    chair = browser(place, "police.board_representative")
    assert shown(story.reference) in text_of(chair, "/referred?view=over")
    assert shown(story.reference) not in text_of(chair)
    CaseRow.objects.update(ended_at=NOW - timedelta(days=31))
    assert shown(story.reference) not in text_of(chair, "/referred?view=over")


def test_whoever_sits_on_a_panel_sees_when_it_meets() -> None:
    place = town()
    story = Story(place, now=NOW - timedelta(days=1)).raised().to_panel().convened()
    page = text_of(browser(place, "hospital.board_representative"))
    assert shown(story.reference) in page
    assert "The panel meets on" in page


# --- nothing of anybody else's, and no slower -----------------------------------------------------


def test_nobody_else_sees_it_there_and_a_party_is_no_judge_of_it() -> None:
    place = town()
    story = Story(place, now=NOW - timedelta(days=9)).raised().to_panel()
    for who in (RAISER, "mental.practitioner", "office.head_of_safeguarding"):
        client = browser(place, who)
        for view in ("", "?view=told", "?view=over"):
            assert shown(story.reference) not in text_of(client, f"/referred{view}")
    assert browser(place, "mental.line_manager").get(how(story.reference)).status_code == 404


def test_a_case_somebody_is_kept_from_is_nowhere_on_their_page() -> None:
    place = town()
    story = Story(place, now=NOW - timedelta(days=9)).raised().to_panel()
    rewrite_denials(story.case, [DenialRow(place.people[CHAIR], "family_tie")])
    client = browser(place, CHAIR)
    assert "No open case is with you now." in text_of(client)
    assert client.get(how(story.reference)).status_code == 404


def test_the_list_is_no_read_of_a_case_and_the_reasons_are_one() -> None:
    place = town()
    story = Story(place, now=NOW - timedelta(days=9)).raised().to_panel()
    client = browser(place, CHAIR)
    text_of(client)
    assert not Read.objects.exists()
    text_of(client, how(story.reference))
    assert [(row.page, row.case) for row in Read.objects.all()] == [
        ("referred:how_it_came", story.case)
    ]


def test_it_asks_no_more_of_the_database_for_more_cases() -> None:
    place = town()
    client = browser(place, CHAIR)
    Story(place, now=NOW - timedelta(days=9)).raised().to_panel()
    text_of(client)
    with CaptureQueriesContext(connection) as one:
        text_of(client)
    for days in (8, 7, 6):
        Story(place, now=NOW - timedelta(days=days)).raised().to_panel()
    with CaptureQueriesContext(connection) as four:
        text_of(client)
    assert len(four) == len(one)


def test_a_long_list_goes_on_and_the_longest_waiting_child_comes_first() -> None:
    place = town()
    client = browser(place, CHAIR)
    story = Story(place, now=NOW - timedelta(days=9)).raised().to_panel()
    first = text_of(client)
    rows = [_another(place, NOW - i * HOUR) for i in range(1, 27)]
    page = client.get("/referred").content.decode()
    assert shown(story.reference) in first
    onwards = re.search(r'href="(/referred\?view=with_you&amp;after=[^"]+)"', page)
    assert onwards is not None
    assert page.index(shown(story.reference)) < page.index(shown(rows[-1]))
    rest = text_of(client, unescape(onwards[1]))
    assert shown(rows[0]) in rest
    assert shown(story.reference) not in rest
    assert "Back to the first" in rest


def _another(place: Town, at: datetime) -> str:
    """One more case at the panel, raised a day before that moment."""
    more = Story(place, now=at - timedelta(days=1), step=timedelta(minutes=1))
    return more.raised().to_panel().reference


# --- the way to it --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [CHAIR, "office.business_manager", "office.head_of_safeguarding"])
def test_holders_of_a_post_of_the_partnership_find_it_in_the_header_and_on_my_page(
    who: str,
) -> None:
    place = town()
    page = browser(place, who).get("/me").content.decode()
    assert page.count('href="/referred"') == 2


def test_a_teacher_and_a_data_protection_lead_are_not_led_there() -> None:
    place = town()
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Lead"), name="Ada")
    client = Client()
    sign_in(client, d.an_account(lead, "ada@x.example"))
    for each in (client, browser(place, RAISER)):
        assert 'href="/referred"' not in each.get("/me").content.decode()
