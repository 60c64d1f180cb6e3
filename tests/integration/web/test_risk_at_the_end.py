"""What whoever raised a concern is asked, and may say, when others withdraw it or they confirm its outcome."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from counterpart.casework import acts, between, outcomes
from counterpart.engine.notices import STILL_AT_RISK
from counterpart.messages.composing import compose
from counterpart.messages.models import Notice, OutboxRow
from tests.integration.casework.sides import owes
from tests.integration.web.case_forms import browser, sent
from tests.integration.web.filling import WRITTEN, filled
from tests.town import RAISER, WORKER, Story, town

pytestmark = pytest.mark.django_db

MANAGER = "school.line_manager"
REASON = "Marmalade hill has been visited."
CONFIRM_TOO = "You raised this concern. Do you still believe that the child is at risk?"
STILL_MAY = "Say whether you still believe the child is at risk"


@pytest.fixture
def story() -> Story:
    began = datetime.now(UTC) - timedelta(days=3)
    return Story(town(), now=began, step=timedelta(minutes=30)).raised()


def page_of(story: Story, who: str, where: str = "") -> str:
    answer = browser(story.town, who).get(f"/cases/{story.reference}{where}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_raised_what_their_manager_withdrew_reads_why_and_says_that_risk_remains(
    story: Story,
) -> None:
    story.to_managers().does(acts.withdraw, MANAGER, reason=REASON)
    entry = story.state.between.risks[-1].settled_by
    page = page_of(story, RAISER, where := f"/still-at-risk/{entry}")
    assert REASON in page
    assert story.town.names[MANAGER] in page
    assert "It has been called settled" not in page
    answer = sent(browser(story.town, RAISER), story, where[1:], filled(page, is_at_risk="yes"))
    assert answer.status_code == 303
    seen = page_of(story, "office.business_manager")
    assert "after the concern had been withdrawn" in seen
    assert WRITTEN in seen
    assert owes(story, "risk_answer") == ["office"]
    stated = story.state.between.risks[-1].stated_by
    assert "After the concern had been withdrawn," in page_of(
        story, "office.business_manager", f"/what-will-be-done/{stated}"
    )


def test_they_are_told_of_the_withdrawal_at_once_by_one_mail(story: Story) -> None:
    story.to_managers()
    had = set(OutboxRow.objects.values_list("id", flat=True))
    story.does(acts.withdraw, MANAGER, reason=REASON)
    raiser = {story.town.people[RAISER], story.town.posts[RAISER]}
    mails = OutboxRow.objects.filter(to__in=raiser).exclude(id__in=had)
    assert [row.what for row in mails] == [STILL_MAY]
    ended = Notice.objects.filter(to=story.town.people[RAISER], kind="ended")
    assert ended.count() == 1


def test_whoever_raised_it_can_say_that_risk_remains_before_and_after_they_confirm(
    story: Story,
) -> None:
    story.to_workers().records("workers-discuss", "agreed", WORKER, agreed="A visit.")
    story.does(outcomes.propose_outcome, WORKER, agreed="They will visit.")
    entry = story.state.between.risks[-1].settled_by
    where = f"/cases/{story.reference}/still-at-risk/{entry}"
    page = page_of(story, RAISER, "/answer")
    assert CONFIRM_TOO in words_of_page(page)
    assert where in page
    assert CONFIRM_TOO not in words_of_page(page_of(story, WORKER, "/answer"))
    client = browser(story.town, RAISER)
    assert sent(client, story, "answer", filled(page, answer="confirm")).status_code == 303
    assert owes(story, "remaining_risk") == []
    assert where in page_of(story, RAISER)
    assert where not in page_of(story, WORKER)
    said = filled(client.get(where).content.decode(), is_at_risk="yes")
    assert client.post(where, said).status_code == 303
    assert "still believes that this child is at risk" in page_of(story, WORKER)


def words_of_page(page: str) -> str:
    return " ".join(page.split())


def test_whoever_answers_for_risk_has_one_mail_that_says_what_there_is_to_do(story: Story) -> None:
    story.to_managers().does(acts.withdraw, MANAGER, reason=REASON)
    had = set(OutboxRow.objects.values_list("id", flat=True))
    settled_by = story.state.between.risks[-1].settled_by
    story.does(
        between.state_risk,
        RAISER,
        settled_by=settled_by,
        is_at_risk=True,
        why="Nobody has seen him.",
    )
    (row,) = OutboxRow.objects.exclude(id__in=had)
    assert (row.template, row.to) == (STILL_AT_RISK, story.town.posts["office.business_manager"])
    said = compose(row, "https://counterpart.example").text
    assert "What to do: Say what will be done about the risk that remains" in said
