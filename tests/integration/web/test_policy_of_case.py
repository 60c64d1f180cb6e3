"""A case in its policy: its place, how each time came about, and moving it to the edition in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from counterpart.access.models import Read
from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from counterpart.engine.events import EditionMoved
from counterpart.journal.models import Submission
from counterpart.journal.reading import read_facts
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.people.models import Account
from tests import directory as d
from tests.signed_in import sign_in
from tests.town import BRENT, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
EARLIER = NOW - timedelta(hours=4)
OLD = BRENT.read_bytes()
WEEK, THREE_DAYS = b"[1 working week,", b"[3 working days,"
NEW = OLD.replace(b"edition: Version 2", b"edition: Version 3").replace(WEEK, THREE_DAYS)
MANAGER = "office.business_manager"
REASON = "The Board asked for the shorter times."


@pytest.fixture
def story() -> Story:
    return Story(town(), now=EARLIER, step=timedelta(minutes=10)).raised()


def browser(place: Town, who: str) -> Client:
    client = Client()
    account = Account.objects.filter(person=place.people[who]).first()
    sign_in(client, account or d.an_account(place.people[who], f"{who}@x.example"))
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def publish(story: Story, content: bytes = NEW) -> str:
    return editions.publish(
        content=content, partnership=story.town.partnership, actor=the_clock(), now=NOW
    ).edition


def moves(client: Client, story: Story, **sent: str) -> tuple[int, str]:
    """Send the form as it stands on the page, with a reason."""
    policy = editions.current(story.town.partnership)
    assert policy is not None
    form = {"version": str(story.state.version), "edition": policy.edition, "reason": REASON,
            "idempotency_key": d.new_id()}  # fmt: skip
    answer = client.post(f"/desk/cases/{story.reference}/edition", form | sent)
    return answer.status_code, unescape(answer.content.decode())


# --- where the case is --------------------------------------------------------------------------


def test_the_page_marks_where_the_case_is_in_the_picture_and_in_words(story: Story) -> None:
    story.to_workers()
    page = text(browser(story.town, RAISER), f"/cases/{story.reference}/policy")
    assert page.count("app-ladder__box--here") == 1
    here = page[page.index("app-ladder__box--here") :]
    assert here.index("Stage Two") < here.index("The case is here")
    assert "policy-drawing__here" in page
    assert "Version 2. It is the edition in force." in page


def test_each_open_time_shows_its_days_counted_or_skipped(story: Story) -> None:
    page = text(browser(story.town, RAISER), f"/cases/{story.reference}/policy")
    assert "How each time was worked out" in page
    assert "Each day, counted or not: Settle it through discussion" in page
    for said in ("The day it starts: day zero", "Working day 5 of 5", "edition"):
        assert said in page


def test_a_case_that_has_ended_is_nowhere_in_the_policy(story: Story) -> None:
    from counterpart.casework import acts

    story.does(acts.withdraw, reason="It was a misunderstanding.")
    page = text(browser(story.town, RAISER), f"/cases/{story.reference}/policy")
    assert "The case is here" not in page
    assert "Nothing is to be done by a time at the moment." in page


def test_a_case_shows_the_edition_it_is_pinned_to_after_another_came_into_force(
    story: Story,
) -> None:
    publish(story)
    page = text(browser(story.town, RAISER), f"/cases/{story.reference}/policy")
    assert "Version 2. Another edition is in force for new cases." in page
    assert "1 working week" in page


def test_a_look_at_the_policy_of_a_case_is_written_down_once(story: Story) -> None:
    text(browser(story.town, RAISER), f"/cases/{story.reference}/policy")
    assert list(Read.objects.values_list("page", flat=True)) == ["cases:policy"]


def test_an_outsider_finds_no_policy_of_a_case(story: Story) -> None:
    outsider = browser(story.town, "mental.practitioner")
    text(outsider, f"/cases/{story.reference}/policy", 404)
    text(outsider, f"/desk/cases/{story.reference}/edition", 404)


def test_the_page_of_a_case_names_nobody_in_its_title(story: Story) -> None:
    page = text(browser(story.town, RAISER), f"/cases/{story.reference}/policy")
    assert "<title>Where the case is in the policy – Counterpart</title>" in page


# --- moving it ----------------------------------------------------------------------------------


def test_the_manager_sees_each_time_before_and_after(story: Story) -> None:
    manager = browser(story.town, MANAGER)
    assert "Move this case" not in text(manager, f"/cases/{story.reference}")
    publish(story)
    assert "Move this case to the edition" in text(manager, f"/cases/{story.reference}")
    page = text(manager, f"/desk/cases/{story.reference}/edition")
    for said in ("Each time, before and after", "Version 2", "Version 3", "It changes"):
        assert said in page
    assert len(read_facts(story.case)) == 1


def test_moving_it_is_on_the_record_with_each_time_and_the_reason(story: Story) -> None:
    old, new = CaseRow.objects.get().edition, publish(story)
    was = DutyRow.objects.get(clock="one-working-week").due_at
    assert moves(browser(story.town, MANAGER), story)[0] == 303
    event = read_facts(story.case)[-1].event
    assert isinstance(event, EditionMoved)
    assert (event.from_edition, event.to_edition) == (old, new)
    assert CaseRow.objects.get().edition == new
    now = DutyRow.objects.get(clock="one-working-week").due_at
    assert was is not None
    assert now is not None
    assert now < was
    assert (was, now) in [(one.before_at, one.after_at) for one in event.deadlines]
    page = text(browser(story.town, RAISER), f"/cases/{story.reference}")
    for said in ("Moved to another edition of the policy", REASON, "before,", "Version 3"):
        assert said in page
    assert "It is the edition in force." in text(
        browser(story.town, RAISER), f"/cases/{story.reference}/policy"
    )


def test_a_case_that_was_moved_goes_on_under_its_new_edition(story: Story) -> None:
    new = publish(story)
    moves(browser(story.town, MANAGER), story)
    story.now = NOW
    story.to_workers()
    assert CaseRow.objects.get().edition == new
    assert story.state.stage == "other-worker"


def test_a_second_press_moves_it_once(story: Story) -> None:
    publish(story)
    manager, key = browser(story.town, MANAGER), d.new_id()
    version = str(story.state.version)
    statuses = [moves(manager, story, idempotency_key=key, version=version)[0] for _ in range(2)]
    assert statuses == [303, 303]
    assert len(read_facts(story.case)) == 2
    assert Submission.objects.filter(stream=story.case).count() == 2


def test_a_record_that_has_changed_since_is_not_moved_and_the_reason_is_kept(
    story: Story,
) -> None:
    publish(story)
    seen = str(story.state.version)
    story.records("consult-manager", "done")
    status, page = moves(browser(story.town, MANAGER), story, version=seen)
    assert status == 422
    assert "The record has changed since you opened this page" in page
    assert REASON in page
    assert f'name="version" value="{story.state.version}"' in page


def test_an_edition_that_was_itself_replaced_since_is_not_moved_to(story: Story) -> None:
    shown = publish(story)
    publish(story, NEW.replace(b"edition: Version 3", b"edition: Version 4"))
    status, page = moves(browser(story.town, MANAGER), story, edition=shown)
    assert status == 422
    assert "Another edition has come into force" in page


def test_a_move_needs_a_reason(story: Story) -> None:
    publish(story)
    status, page = moves(browser(story.town, MANAGER), story, reason=" ")
    assert status == 422
    assert "Write why you are moving the case" in page


@pytest.mark.parametrize("who", ["care.line_manager", RAISER])
def test_nobody_but_the_office_moves_a_case(story: Story, who: str) -> None:
    story.to_managers()
    publish(story)
    assert moves(browser(story.town, who), story)[0] == 404


def test_a_case_that_went_through_what_the_new_edition_lacks_stays_where_it_is(
    story: Story,
) -> None:
    story.to_workers()
    content = NEW.replace(b"consult-manager", b"ask-manager")
    publish(story, content)
    page = text(browser(story.town, MANAGER), f"/desk/cases/{story.reference}/edition")
    assert "This case stays under its edition" in page
    assert "consult-manager" in page


def test_another_policy_is_no_new_edition(story: Story) -> None:
    publish(story, NEW.replace(b"\nid: brent", b"\nid: another"))
    page = text(browser(story.town, MANAGER), f"/desk/cases/{story.reference}/edition")
    assert "The policy in force is another one" in page


def test_a_case_under_the_edition_in_force_has_nowhere_to_go(story: Story) -> None:
    page = text(browser(story.town, MANAGER), f"/desk/cases/{story.reference}/edition")
    assert "The case is under the edition in force already." in page


def test_the_posts_to_speak_to_are_the_agencys_own_with_their_numbers() -> None:
    place = town()
    teacher = browser(place, RAISER)
    asked = f"/opposite-number/posts?agency={place.agencies['care']}&you=role-worker"
    page = text(teacher, asked)
    assert place.names["care.practitioner"] in page
    assert 'href="tel:01632960001"' in page
    assert place.names["hospital.practitioner"] not in page


def test_an_agency_with_nobody_says_so_and_a_stranger_to_the_partnership_is_offered_none() -> None:
    place = town(vacant=("care.practitioner",))
    asked = f"/opposite-number/posts?agency={place.agencies['care']}&you=role-worker"
    assert "nobody holds this post" in text(browser(place, RAISER), asked)
    elsewhere = Client()
    sign_in(elsewhere, d.an_account(d.a_person(name="Elsewhere"), "elsewhere@x.example"))
    assert "No policy is in force where you work" in text(elsewhere, "/opposite-number/posts")
