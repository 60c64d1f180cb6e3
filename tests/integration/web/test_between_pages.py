"""Questions, more time and remaining risk on the pages, by those whose it is; and what bad input gets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from counterpart.casework.casefile import open_case
from counterpart.engine import between_duties as owed
from counterpart.engine import events as e
from counterpart.journal.models import Event
from counterpart.telling.describing_between import BETWEEN
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.integration.web.between_forms import (
    MANAGER,
    NOW,
    OUTSIDER,
    boxes,
    browser,
    is_not_theirs,
    is_refused,
    opens,
    reads,
    sends,
)
from tests.integration.web.filling import filled
from tests.town import RAISER, WORKER, Story, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """A case of today at Brent's Stage Two."""
    began = NOW - timedelta(hours=2)
    return Story(town(), now=began, step=timedelta(minutes=3)).raised().to_workers()


# --- questions ----------------------------------------------------------------------------------------


def asked(story: Story, who: str = RAISER, **chosen: Any) -> str:
    """A question is asked on the page; its entry."""
    empty = {f"wanted_on-{box}": "" for box in ("day", "month", "year")}
    sends(story, who, "ask", **(empty | chosen))
    return story.state.between.questions[-1].id


def test_a_question_is_asked_acknowledged_and_answered(story: Story) -> None:
    assert "You are asking Northmere Children’s Social Care." in reads(story, RAISER, "ask")
    question = asked(story, what="What did the visit find?")
    page = reads(story, WORKER)
    assert "Oakfield Primary School asked Northmere Children’s Social Care" in page
    assert "Asked by Oakfield Primary School" in page
    assert "has not said yet that it has it" in page
    assert "Say that you have it" in page
    assert "Say that you have it" not in reads(story, RAISER)
    assert "What did the visit find?" in reads(story, WORKER, f"answer-question/{question}")
    sends(story, WORKER, f"question/{question}")
    assert "has it since" in reads(story, RAISER)
    assert "It is on the record already" in reads(story, WORKER, f"question/{question}")
    sends(story, WORKER, f"answer-question/{question}", is_given="yes", said="Nobody was in.")
    page = reads(story, RAISER)
    assert "A question was answered" in page
    assert "Nobody was in." in page
    assert "Between the sides" not in page


def test_a_question_that_cannot_be_so_is_asked_about(story: Story) -> None:
    is_refused(story, RAISER, "ask", "Write what you need to know", what="")
    is_refused(story, RAISER, "ask", "The date must be today or later", days=-1)
    is_refused(story, RAISER, "ask", "more than three years away", days=4000)


def test_an_agency_does_not_answer_for_the_other(story: Story) -> None:
    question = asked(story)
    says = "Each agency does this for itself. Yours was not asked."
    for who in (RAISER, MANAGER):
        is_not_theirs(story, who, f"question/{question}", says, says="S.")
        form = {"is_given": "yes", "said": "S."}
        is_not_theirs(story, who, f"answer-question/{question}", says, **form)


def test_a_question_answered_meanwhile_is_told_and_what_was_typed_is_kept(story: Story) -> None:
    question = asked(story)
    page = opens(story, WORKER, f"answer-question/{question}")
    sends(story, WORKER, f"answer-question/{question}")
    where = f"answer-question/{question}"
    is_refused(
        story,
        WORKER,
        where,
        "This has been answered already.",
        page=page,
        idempotency_key=d.new_id(),
    )
    assert "This has been answered already." in reads(story, WORKER, where)


def test_a_question_of_another_case_and_an_outsider_are_not_found(story: Story) -> None:
    other = Story(story.town, now=NOW - timedelta(hours=1), step=timedelta(minutes=3))
    foreign = asked(other.raised().to_workers())
    question = asked(story)
    before = everything()
    for who, target in ((WORKER, foreign), (WORKER, "f" * 32), (OUTSIDER, question)):
        for name in ("question", "answer-question"):
            opens(story, who, f"{name}/{target}", status=404)
            path = f"/cases/{story.reference}/{name}/{target}"
            sent = {"is_given": "yes", "said": "S.", "idempotency_key": d.new_id()}
            assert browser(story.town, who).post(path, sent).status_code == 404
    assert everything() == before


def test_the_same_form_sent_twice_is_one_entry(story: Story) -> None:
    client = browser(story.town, RAISER)
    form = filled(opens(story, RAISER, "ask"), days=3)
    for _ in range(2):
        assert client.post(f"/cases/{story.reference}/ask", form).status_code == 303
    kinds = Event.objects.filter(stream=story.case).values_list("type", flat=True)
    assert list(kinds).count("information_asked") == 1


def test_the_office_writes_down_what_was_telephoned_for_the_agency_asked_alone(
    story: Story,
) -> None:
    question = asked(story)
    where = f"telephoned/question/{question}"
    post: dict[str, Any] = {"for_post": story.town.posts[RAISER]}
    is_refused(story, MANAGER, where, "Each agency does this for itself", **post)
    sends(story, MANAGER, where, for_post=story.town.posts[WORKER])
    assert story.state.between.questions[0].acknowledged_at is not None
    form = {"for_post": story.town.posts[WORKER], "says": "S."}
    for who in (RAISER, WORKER):
        answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
        assert answer.status_code in (404, 422)


def test_a_question_before_the_sides_have_met_says_why_not(story: Story) -> None:
    early = Story(story.town, now=NOW - timedelta(hours=1)).raised()
    assert "The other agency does not know of this yet." in reads(early, RAISER, "ask")


# --- more time ----------------------------------------------------------------------------------------


def timed(story: Story) -> Any:
    """The first duty that has a time."""
    file = open_case(story.case, datetime.now(UTC))
    return next(duty for duty in file.duties if duty.due.at)


def test_more_time_stands_beside_the_policys_own_once_both_have_agreed(story: Story) -> None:
    duty = timed(story)
    where = f"more-time/{duty.id}"
    assert f"/cases/{story.reference}/{where}" in opens(story, RAISER)
    until = boxes("until_at", duty.due.at + timedelta(days=2))
    sends(story, RAISER, where, reason="She is seen on Friday.", **until)
    page = reads(story, WORKER)
    assert "More time is asked for" in page
    assert "Until every agency has agreed, the time stays as it is." in page
    assert timed(story).due == duty.due
    (extension,) = story.state.between.extensions
    answer = f"answer-more-time/{extension.id}"
    is_not_theirs(story, RAISER, answer, "Each agency does this for itself", is_agreed="yes")
    is_refused(story, WORKER, answer, "Write why you do not agree", is_agreed="no", reason="")
    sends(story, WORKER, answer, is_agreed="yes", reason="")
    page = reads(story, RAISER)
    assert "The policy’s time was" in page
    assert "Both sides agreed on" in page
    assert "Why: She is seen on Friday." in page
    assert "This child has been waiting for" in page
    assert "The policy’s time was" in reads(story, RAISER, "policy")


def test_more_time_is_not_for_the_past_nor_shorter(story: Story) -> None:
    duty = timed(story)
    where = f"more-time/{duty.id}"
    past = boxes("until_at", NOW - timedelta(days=1))
    is_refused(story, RAISER, where, "The date must be later than now", **past)
    sooner = boxes("until_at", duty.due.at - timedelta(minutes=5))
    is_refused(story, RAISER, where, "later than the time that holds now", **sooner)
    is_refused(story, RAISER, where, "Write why more time is needed", days=30, reason="")
    opens(story, RAISER, "more-time/nothing:here", status=404)
    opens(story, OUTSIDER, where, status=404)


def test_nobody_asks_for_more_time_of_the_other_side_before_it_is_in_the_case(story: Story) -> None:
    early = Story(story.town, now=NOW - timedelta(hours=1)).raised()
    duty = next(d for d in open_case(early.case, NOW).duties)
    assert "nobody else is in the case yet" in reads(early, RAISER, f"more-time/{duty.id}")


# --- risk that remains --------------------------------------------------------------------------------


def test_whoever_raised_it_says_that_the_child_is_still_at_risk_and_is_answered(
    story: Story,
) -> None:
    story.records("workers-discuss", "agreed", WORKER, agreed="A visit.")
    (risk,) = story.state.between.risks
    where = f"still-at-risk/{risk.settled_by}"
    assert "Say whether the child is still at risk" in reads(story, RAISER)
    assert "Say whether the child is still at risk" not in reads(story, WORKER)
    is_not_theirs(
        story, WORKER, where, "asked of the person who raised the concern", is_at_risk="no"
    )
    is_refused(
        story, RAISER, where, "Write why the child is still at risk", is_at_risk="yes", why=""
    )
    sends(story, RAISER, where, is_at_risk="yes", why="Nobody has seen him.")
    for who in (RAISER, WORKER, MANAGER):
        page = reads(story, who)
        assert "Somebody still believes that this child is at risk" in page
        assert "Nobody has seen him." in page
    (duty,) = (x for x in open_case(story.case, NOW).duties if x.clock == owed.RISK_ANSWER)
    who = next(who for who, post in story.town.posts.items() if post == duty.post)
    stated = story.state.between.risks[0].stated_by
    answer = f"what-will-be-done/{stated}"
    is_not_theirs(story, WORKER, answer, "The policy gives this to", said="S.")
    assert "Nobody has seen him." in reads(story, who, answer)
    sends(story, who, answer, said="I call them today.")
    page = reads(story, RAISER)
    assert "What will be done" in page
    assert "I call them today." in page


def test_every_event_between_the_sides_can_be_read_in_the_record() -> None:
    """Each kind is described: none falls back to nothing."""
    kinds = {
        kind
        for kind in vars(e).values()
        if isinstance(kind, type) and kind.__module__.endswith("events.between")
    }
    assert set(BETWEEN) == kinds
