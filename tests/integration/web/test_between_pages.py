"""Questions, meetings, more time and remaining risk on the pages, by those whose it is; and what bad input gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from counterpart.casework import between
from counterpart.casework.casefile import open_case
from counterpart.engine import between_duties as owed
from counterpart.engine import events as e
from counterpart.journal.models import Event
from counterpart.people.models import Account, Agency
from counterpart.web.cases.describing_between import BETWEEN
from counterpart.web.dates import UK
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.integration.web.filling import WRITTEN, filled
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.signed_in import sign_in
from tests.town import RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
MANAGER, LINE_MANAGER = "office.business_manager", "school.line_manager"
OUTSIDER = "police.practitioner"
MEETING = "multi-agency-meeting"
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def story() -> Story:
    """A case of today at Brent's Stage Two."""
    began = NOW - timedelta(hours=2)
    return Story(town(), now=began, step=timedelta(minutes=3)).raised().to_workers()


@pytest.fixture
def bexley() -> Live:
    """A case under Bexley's policy, in which a meeting may be required."""
    place = a_whole_town()
    puts_in_force(place, policy_file("bexley"))
    Agency.objects.filter(id=place.agencies["police"]).update(is_statutory=True)
    return Live(place, now=NOW - timedelta(hours=2), step=timedelta(minutes=3)).begins()


def browser(place: Town, who: str) -> Client:
    client, person = Client(), place.people[who]
    known = Account.objects.filter(person=person).first()
    sign_in(client, known or d.an_account(person, f"{who}@x.example"))
    return client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", html)))


def opens(story: Story, who: str, where: str = "", status: int = 200) -> str:
    path = f"/cases/{story.reference}/{where}".rstrip("/")
    answer = browser(story.town, who).get(path)
    assert answer.status_code == status, f"{who} {where}"
    return answer.content.decode()


def reads(story: Story, who: str, where: str = "") -> str:
    """The words of a page."""
    return words(opens(story, who, where))


def sends(story: Story, who: str, where: str, /, *, days: int = 0, **chosen: Any) -> str:
    """Fill in the form of an act and send it: it must be done. The key that was sent."""
    form = filled(opens(story, who, where), days=days, **chosen)
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 303, words(answer.content.decode())
    return str(form["idempotency_key"])


def is_refused(
    story: Story,
    who: str,
    where: str,
    says: str,
    /,
    *,
    days: int = 0,
    page: str = "",
    **chosen: Any,
) -> str:
    """It is refused with these words, all that was typed stands on the page, and nothing has happened."""
    form = filled(page or opens(story, who, where), days=days, **chosen)
    before = everything()
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    html = answer.content.decode()
    assert answer.status_code == 422, words(html)
    assert says in words(html)
    assert "There is a problem" in words(html)
    if WRITTEN in form.values():
        assert WRITTEN in unescape(html)
    assert everything() == before
    return html


def is_not_theirs(story: Story, who: str, where: str, why: str, /, **form: Any) -> None:
    """The page says whose it is, and sending the form all the same does nothing."""
    assert why in reads(story, who, where)
    before = everything()
    form = {"idempotency_key": d.new_id()} | form
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 422
    assert why in words(answer.content.decode())
    assert everything() == before


def boxes(name: str, at: datetime) -> dict[str, Any]:
    local = at.astimezone(UK)
    return {f"{name}-day": str(local.day), f"{name}-month": str(local.month),
            f"{name}-year": str(local.year), f"{name}-time": f"{local:%H:%M}"}  # fmt: skip


def no_boxes(name: str) -> dict[str, Any]:
    return {f"{name}-{box}": "" for box in ("day", "month", "year", "time")}


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


# --- meetings -----------------------------------------------------------------------------------------


def meeting_of(story: Live, who: str = RAISER, **chosen: Any) -> str:
    """A meeting is required on the page; its entry."""
    sends(story, who, f"require-meeting/{MEETING}", **chosen)
    return story.state.between.meetings[-1].id


def two_times(story: Live, meeting: str) -> list[datetime]:
    """Two times are put forward on the page."""
    times = [(NOW + timedelta(days=n)).replace(second=0, microsecond=0) for n in (3, 5)]
    put = {**boxes("time_1", times[0]), **boxes("time_2", times[1]), **no_boxes("time_3")}
    sends(story, RAISER, f"meeting-times/{meeting}", where="Committee room 2", **put)
    return times


def test_a_meeting_is_required_arranged_and_held(bexley: Live) -> None:
    school = bexley.town.agencies["school"]
    assert "Any statutory agency can require" in reads(bexley, RAISER, f"require-meeting/{MEETING}")
    meeting = meeting_of(bexley, required_by=school)
    page = reads(bexley, RAISER)
    assert "Put forward times" in page
    assert "Not arranged yet" in page
    assert page.count("With ") == 1  # the agencies' own policies; nobody meets with themselves
    times = two_times(bexley, meeting)
    assert "Still to say when they can come Northmere Children’s Social Care" in reads(
        bexley, RAISER
    )
    sends(bexley, WORKER, f"when-we-can-come/{meeting}", times=times[1].isoformat())
    page = reads(bexley, RAISER)
    assert "Northmere Children’s Social Care can come" in page
    assert "Northmere Children’s Social Care cannot come" in page
    form = reads(bexley, RAISER, f"arrange-meeting/{meeting}")
    assert "Can come: Northmere Children’s Social Care" in form
    sends(
        bexley,
        RAISER,
        f"arrange-meeting/{meeting}",
        time=times[1].isoformat(),
        **no_boxes("meets_at"),
    )
    assert bexley.state.between.meetings[0].meets_at == times[1]
    assert "Committee room 2" in reads(bexley, WORKER)
    came: dict[str, Any] = {
        f"came_{school}": "came",
        f"came_{bexley.town.agencies['care']}": "apologies",
    }
    where = f"step/{MEETING}"
    says = "One side was not there, so it cannot have agreed"
    is_refused(bexley, RAISER, where, says, result="agreed", **came)
    sends(bexley, RAISER, where, result="not_agreed", **came)
    assert bexley.state.between.meetings[0].status == "held"
    page = reads(bexley, WORKER)
    assert "Oakfield Primary School Came" in page
    assert "Northmere Children’s Social Care Sent apologies" in page


def test_each_agency_must_be_answered_for_where_a_required_meeting_is_recorded(
    bexley: Live,
) -> None:
    meeting_of(bexley)
    care = bexley.town.agencies["care"]
    where = f"step/{MEETING}"
    says = "Say whether Northmere Children’s Social Care came"
    unsaid: dict[str, Any] = {f"came_{care}": None}
    is_refused(bexley, RAISER, where, says, **unsaid)
    nobody: dict[str, Any] = {f"came_{a}": "absent" for a in bexley.state.parties}
    is_refused(bexley, RAISER, where, "Nobody came", result="not_agreed", **nobody)
    assert "They could not speak" not in reads(bexley, RAISER, where)


def test_up_to_five_times_can_be_put_forward_and_none_that_is_past(bexley: Live) -> None:
    where = f"meeting-times/{meeting_of(bexley)}"
    form = filled(opens(bexley, RAISER, where), days=3)
    answer = browser(bexley.town, RAISER).post(
        f"/cases/{bexley.reference}/{where}", form | {"more": "yes"}
    )
    page = words(answer.content.decode())
    assert answer.status_code == 200
    assert "Time 5" in page
    assert "Add more times" not in page
    none = no_boxes("time_1") | no_boxes("time_2") | no_boxes("time_3")
    is_refused(bexley, RAISER, where, "Enter at least one time", **none)
    is_refused(bexley, RAISER, where, "Time 2 is there already", days=3)
    is_refused(bexley, RAISER, where, "Time 1 must be later than now")
    is_refused(
        bexley,
        RAISER,
        where,
        "Time 1 must be a real date",
        days=3,
        **{"time_1-day": "31", "time_1-month": "2"},
    )


def test_that_one_can_come_at_no_time_is_an_answer_but_not_beside_a_time(bexley: Live) -> None:
    meeting = meeting_of(bexley)
    times = two_times(bexley, meeting)
    where = f"when-we-can-come/{meeting}"
    both = [times[0].isoformat(), "none"]
    is_refused(bexley, WORKER, where, "but not both", times=both)
    is_refused(bexley, WORKER, where, "Choose the times you can come", times=None)
    is_refused(bexley, WORKER, where, "Choose from the answers", times=NOW.isoformat())
    sends(bexley, WORKER, where, times="none")
    assert list(bexley.state.between.meetings[0].answers.values()) == [()]
    is_not_theirs(bexley, RAISER, where, "Each agency does this for itself", times="none")


def test_times_put_forward_anew_are_told_to_whoever_answers_the_old_ones(bexley: Live) -> None:
    meeting = meeting_of(bexley)
    two_times(bexley, meeting)
    where = f"when-we-can-come/{meeting}"
    page = opens(bexley, WORKER, where)
    later: dict[str, Any] = {
        "meeting": meeting,
        "times": [NOW + timedelta(days=9)],
        "now": datetime.now(UTC),
    }
    bexley.does(between.propose_times, RAISER, **later)
    is_refused(bexley, WORKER, where, "Choose from the answers on this page", page=page)


def test_a_meeting_at_another_time_needs_that_time(bexley: Live) -> None:
    meeting = meeting_of(bexley)
    two_times(bexley, meeting)
    where = f"arrange-meeting/{meeting}"
    is_refused(
        bexley, RAISER, where, "Enter when the meeting is", time="another", **no_boxes("meets_at")
    )
    past = boxes("meets_at", NOW - timedelta(days=1))
    is_refused(bexley, RAISER, where, "must be later than now", time="another", **past)
    at = NOW + timedelta(days=2)
    sends(bexley, RAISER, where, time="another", **boxes("meets_at", at))
    assert bexley.state.between.meetings[0].meets_at == at.replace(second=0, microsecond=0)


def test_a_meeting_for_a_statutory_agency_outside_the_case_is_written_down(bexley: Live) -> None:
    police = bexley.town.agencies["police"]
    where = f"require-meeting/{MEETING}"
    assert "Northmere Police" in reads(bexley, WORKER, where)
    hospital = bexley.town.agencies["hospital"]
    is_refused(bexley, WORKER, where, "Choose from the answers on this page", required_by=hospital)
    meeting = meeting_of(bexley, MANAGER, required_by=police)
    page = reads(bexley, WORKER)
    assert "Required by Northmere Police" in page
    assert "Arranged by Oakfield Primary School" in page
    assert f"/cases/{bexley.reference}/step/{MEETING}" in opens(bexley, WORKER)
    sends(bexley, WORKER, f"call-off-meeting/{meeting}")
    assert "The meeting was called off" in reads(bexley, RAISER)


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
