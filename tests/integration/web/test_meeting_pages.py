"""A meeting that an agency requires, on the pages: asked for, arranged, held, called off; and what bad input gets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from counterpart.casework import between
from counterpart.people.models import Agency
from tests.integration.web.between_forms import (
    MANAGER,
    MEETING,
    NOW,
    boxes,
    browser,
    is_not_theirs,
    is_refused,
    no_boxes,
    opens,
    reads,
    sends,
    words,
)
from tests.integration.web.filling import filled
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.town import RAISER, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def bexley() -> Live:
    """A case under Bexley's policy, in which a meeting may be required."""
    place = a_whole_town()
    puts_in_force(place, policy_file("bexley"))
    Agency.objects.filter(id=place.agencies["police"]).update(is_statutory=True)
    return Live(place, now=NOW - timedelta(hours=2), step=timedelta(minutes=3)).begins()


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
