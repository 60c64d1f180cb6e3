"""How a case ends, start to end in one transaction: records placed, advice, panels asked again, learning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from counterpart.access.answers import Allowed
from counterpart.access.permission import can
from counterpart.casework import (
    acts,
    directory,
    directory_upkeep,
    editions,
    keeping,
    learning,
    outcomes,
    panels,
    recording,
)
from counterpart.casework.actors import the_clock
from counterpart.casework.casefile import open_case
from counterpart.engine.notices import LEARNING, NEW_DUTY, TO_PLACE
from counterpart.engine.rules import Refusal
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Holding
from counterpart.telling.describing import timeline
from tests import directory as d
from tests.casebook import BRENT_FILE
from tests.town import CHAIR, MONDAY, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

MANAGER = "office.business_manager"
SENIOR = "school.operations_manager"


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def keeping_place() -> Town:
    """The same town under a policy that has each stage’s record placed on the child’s own file."""
    place = town()
    written = BRENT_FILE.read_text(encoding="utf-8")
    before = "    what: What was done and what was decided\n"
    assert before in written
    kept = written.replace(before, f"{before}    kept_on: [child, each agency]\n")
    editions.publish(
        content=kept.encode(), partnership=place.partnership, actor=the_clock(), now=MONDAY
    )
    return place


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def records_owed(story: Story) -> list[tuple[str, str]]:
    rows = DutyRow.objects.filter(case=story.case, clock__startswith="record:")
    return sorted(rows.values_list("clock", "post"))


def placed(story: Story, stage: str, who: str = RAISER, **what: Any) -> Any:
    given = {
        "stage": stage,
        "on": ["child", "agency"],
        "placed_on": (story.now + story.step).date(),
        "where": "The child’s file, in our own system",
    }
    return story.tries(recording.place_record, who, **(given | what))


# --- records ----------------------------------------------------------------------------------------


def test_the_record_of_each_stage_is_owed_until_the_agency_says_where_it_is(
    keeping_place: Town,
) -> None:
    story = Story(keeping_place).raised().to_managers()
    own, care = keeping_place.posts[RAISER], keeping_place.posts[WORKER]
    assert records_owed(story) == sorted(
        [("record:own-manager", own), ("record:other-worker", own), ("record:other-worker", care)]
    )
    assert not isinstance(placed(story, "other-worker"), Refusal)
    assert ("record:other-worker", own) not in records_owed(story)
    assert ("record:other-worker", care) in records_owed(story)
    assert not isinstance(placed(story, "other-worker", WORKER, on=["child"]), Refusal)
    assert ("record:other-worker", care) in records_owed(story)


def test_that_a_record_waits_is_told_in_the_morning_and_not_by_an_email_at_once(
    keeping_place: Town,
) -> None:
    story = Story(keeping_place).raised().to_workers()
    told = Notice.objects.filter(case=story.case, kind=TO_PLACE)
    assert [notice.to for notice in told] == [keeping_place.posts[RAISER]]
    assert not OutboxRow.objects.filter(case=story.case, template=TO_PLACE).exists()
    clocks = {n.about.split(":")[1] for n in Notice.objects.filter(case=story.case, kind=NEW_DUTY)}
    assert "record" not in clocks


def test_each_agency_says_it_for_itself_and_the_office_for_its_own_records(
    keeping_place: Town,
) -> None:
    story = Story(keeping_place).raised().to_managers()
    placed(story, "other-worker", WORKER)
    placed(story, "other-worker", MANAGER, on=["partnership"])
    agencies = [one.agency for one in story.state.endings.placed]
    assert agencies == [keeping_place.agencies["care"], keeping_place.partnership]
    assert code(placed(story, "other-worker", where="")) == "no_where"
    assert code(placed(story, "panel")) == "not_been_there"
    assert code(placed(story, "end")) == "not_ended"


def test_afterwards_the_record_of_the_last_stage_is_owed_too_and_may_be_placed(
    keeping_place: Town,
) -> None:
    story = Story(keeping_place).raised().settled().confirmed()
    assert not story.state.is_open
    assert len([one for one in records_owed(story) if one[0] == "record:other-worker"]) == 2
    assert not isinstance(placed(story, "other-worker"), Refusal)
    assert not isinstance(placed(story, "end", WORKER), Refusal)
    titles = [line.title for line in timeline(open_case(story.case, story.now))]
    assert any("placed the record of how it ended" in title for title in titles)


# --- advice and open issues -------------------------------------------------------------------------


def test_advice_is_on_the_record_as_advice_with_whose_it_is(place: Town) -> None:
    story = Story(place).raised().to_workers()
    adviser = place.posts["hospital.line_manager"]
    story.does(
        recording.record_advice, adviser=adviser, agency=place.agencies["hospital"],
        asked="Is it safe to wait?", said="I would not wait.",
    )  # fmt: skip
    (line, *_) = timeline(open_case(story.case, story.now))
    assert (line.title, line.body) == ("Advice was taken", "I would not wait.")
    assert any(label == "Advice from" and words for label, words in line.facts)
    nobody = story.tries(recording.record_advice, asked="A", said="S")
    assert code(nobody) == "no_adviser"
    elsewhere = story.tries(
        recording.record_advice, adviser=adviser, agency=place.agencies["care"], asked="A", said="S"
    )
    assert code(elsewhere) == "no_such_post"


def test_how_each_open_issue_is_followed_up_stands_beside_it(place: Town) -> None:
    story = Story(place).raised().to_workers().records("workers-discuss", "agreed")
    what: dict[str, Any] = {
        "agreed": "A visit.",
        "outstanding": ["One", "Two"],
        "followed": ["How one"],
    }
    assert code(story.tries(outcomes.propose_outcome, **what)) == "not_followed"
    story.does(outcomes.propose_outcome, **(what | {"followed": ["How one", "How two"]}))
    (line, *_) = timeline(open_case(story.case, story.now))
    assert line.facts[-4:] == (
        ("Still open", "One"),
        ("How it will be followed up", "How one"),
        ("Still open", "Two"),
        ("How it will be followed up", "How two"),
    )


def test_who_sees_the_outcome_through_sees_the_case(place: Town) -> None:
    story = Story(place).raised().to_workers().records("workers-discuss", "agreed")
    who = place.people[SENIOR]
    assert not isinstance(can(who, "see_case", story.case, story.now), Allowed)
    story.does(outcomes.propose_outcome, agreed="A visit.", lead=place.posts[SENIOR])
    assert isinstance(can(who, "see_case", story.case, story.now), Allowed)


# --- panels -----------------------------------------------------------------------------------------


def test_the_papers_are_the_record_as_it_stood_when_the_panel_was_convened(place: Town) -> None:
    story = Story(place).raised().to_panel()
    version = story.state.version
    story.convened()
    assert story.state.panel is not None
    assert story.state.panel.papers_at == version


def test_a_member_who_left_their_post_since_does_not_decide_until_convened_anew(
    place: Town,
) -> None:
    story = Story(place).raised().to_panel().convened().heard()
    member = story.members()[1]
    held = Holding.objects.get(post=member.post, until_on=None)
    directory.end_holding(
        holding=held.id, until_on=story.now.date(), actor=place.acting(MANAGER), now=story.now
    )
    story.now += timedelta(days=1)
    what = {"decision": "D", "reasons": "R", "next_course": "N", "why_early": "W"}
    refused = story.tries(panels.decide_panel, CHAIR, **what)
    assert code(refused) == "left_post"
    assert "Convene the panel anew" in refused.words  # type: ignore[union-attr]  # it is a refusal
    again = story.tries(
        panels.convene_panel, CHAIR, members=story.members(), meets_at=story.now, where="W"
    )
    assert code(again) == "left_post"


def test_a_member_who_declared_a_tie_since_does_not_decide(place: Town) -> None:
    story = Story(place).raised().to_panel().convened().heard()
    member = story.members()[1]
    story.does(keeping.keep_out, MANAGER, person=member.person, reason="declared_conflict", why="W")
    what = {"decision": "D", "reasons": "R", "next_course": "N", "why_early": "W"}
    assert code(story.tries(panels.decide_panel, CHAIR, **what)) == "kept_out"


@pytest.mark.parametrize("near", ["family", "manager"])
def test_a_member_too_close_to_a_side_is_refused_at_convening_and_at_the_decision(
    place: Town, near: str
) -> None:
    story = Story(place).raised().to_panel().convened().heard()
    members = story.members()
    person = members[1].person or ""
    if near == "family":
        directory_upkeep.declare_tie(
            people=[person, place.people[RAISER]], partnership=place.partnership,
            from_on=story.now.date(), actor=place.acting(MANAGER), now=story.now,
        )  # fmt: skip
    else:
        d.holds(person, d.a_post(place.agencies["school"], "line_manager", "Deputy headteacher"))
    what = {"decision": "D", "reasons": "R", "next_course": "N", "why_early": "W"}
    refused = story.tries(panels.decide_panel, CHAIR, **what)
    assert code(refused) == "too_close"
    again = story.tries(panels.convene_panel, CHAIR, members=members, meets_at=story.now, where="W")
    assert code(again) == "too_close"
    assert "family" in again.words  # type: ignore[union-attr]  # it is a refusal


def test_the_form_is_told_the_same_reasons_as_the_act(place: Town) -> None:
    story = Story(place).raised().to_panel()
    file = open_case(story.case, story.now)
    members = story.members("police.board_representative", RAISER)
    weighed = panels.weigh(
        story.case, file.policy, file.state, "resolution-panel", members, story.now
    )
    assert [[reason.code for reason in one] for one in weighed.members] == [[], ["party_decides"]]
    assert {reason.code for reason in weighed.whole} >= {"too_few_agencies"}


def test_the_panels_meetings_are_on_the_record(place: Town) -> None:
    story = Story(place).raised().to_panel().convened()
    came = [story.members()[0].post]
    story.does(
        panels.record_panel_meeting, CHAIR, came=came, evidence="The chronology", record="We met.",
        happened_at=story.now,
    )  # fmt: skip
    (line, *_) = timeline(open_case(story.case, story.now))
    assert (line.title, line.body) == ("The panel met", "We met.")
    assert ("What it looked at", "The chronology") in line.facts
    nobody = story.tries(
        panels.record_panel_meeting, CHAIR, came=[], evidence="", record="", happened_at=story.now
    )
    assert code(nobody) == "nobody_came"


@pytest.fixture
def reporting_place() -> Town:
    """The same town under a policy whose panel makes a report."""
    place = town()
    before = '    decision_clause: "2.6 decision"\n'
    written = BRENT_FILE.read_text(encoding="utf-8")
    report = '{what: A summary report, to: each, limit: 5 working days, clause: "2.6"}'
    reports = written.replace(before, f"{before}    report: {report}\n").encode()
    assert reports != written.encode()
    editions.publish(content=reports, partnership=place.partnership, actor=the_clock(), now=MONDAY)
    return place


def test_whoever_convened_a_panel_owes_its_report_after_the_end_too_and_it_is_told(
    reporting_place: Town,
) -> None:
    report = "report-resolution-panel"
    story = Story(reporting_place).raised().to_panel().convened().heard()
    step = {"step": report, "how": "email", "result": "done", "happened_at": story.now}
    assert code(story.tries(acts.record_step, CHAIR, **step)) == "not_decided"
    story.decided().confirmed()
    assert not story.state.is_open
    row = DutyRow.objects.get(case=story.case, clock=report)
    assert row.post == reporting_place.posts[CHAIR]
    assert row.due_at is not None
    Notice.objects.filter(case=story.case).delete()
    story.does(acts.record_step, CHAIR, **step | {"said": "It met.", "happened_at": story.now})
    assert not DutyRow.objects.filter(case=story.case, clock=report).exists()
    told = set(Notice.objects.filter(case=story.case).values_list("to", flat=True))
    seniors = {story.state.seats[a, "senior"] for a in story.state.parties}
    assert seniors & told


def test_before_it_has_decided_the_report_of_a_panel_brings_nobody_into_the_case(
    reporting_place: Town,
) -> None:
    story = Story(reporting_place).raised().to_workers()
    chair = reporting_place.people[CHAIR]
    assert not isinstance(can(chair, "see_case", story.case, story.now), Allowed)


# --- learning ---------------------------------------------------------------------------------------


def point(story: Story, who: str = RAISER, owner: str = "school.line_manager", **what: Any) -> Any:
    place = story.town
    given = {
        "body": place.agencies.get(owner.split(".", maxsplit=1)[0], place.partnership),
        "owner": place.posts[owner],
        "due_on": (story.now + timedelta(days=30)).date(),
        "says": "Ring before closing a referral.",
    }
    return story.tries(learning.record_point, who, **(given | what))


def ended(place: Town) -> Story:
    story = Story(place).raised()
    story.does(acts.withdraw, reason="It was settled elsewhere.")
    return story


def test_a_learning_point_has_an_owner_and_a_day_and_whoever_raised_it_hears_of_it(
    place: Town,
) -> None:
    story = ended(place)
    assert not isinstance(point(story), Refusal)
    (row,) = DutyRow.objects.filter(case=story.case, clock="learning_point")
    assert row.post == place.posts["school.line_manager"]
    assert row.due_at is not None
    assert isinstance(
        can(place.people["school.line_manager"], "learn", story.case, story.now), Allowed
    )
    (kept,) = story.state.endings.points
    story.does(learning.refer_point, point=kept.id, to="The learning subgroup")
    story.does(
        learning.finish_point, "school.line_manager", point=kept.id, what="We tell everybody."
    )
    assert not DutyRow.objects.filter(case=story.case, clock="learning_point").exists()
    (told,) = Notice.objects.filter(case=story.case, kind=LEARNING)
    assert told.to == place.people[RAISER]


def test_one_with_the_office_opens_the_case_to_its_owner_and_nothing_that_judges(
    place: Town,
) -> None:
    story = ended(place)
    owner = next(who for who in place.posts if who.startswith("office.head"))
    assert not isinstance(point(story, owner=owner), Refusal)
    person = place.people[owner]
    assert isinstance(can(person, "see_to_learning", story.case, story.now), Allowed)
    assert not isinstance(can(person, "convene_panel", story.case, story.now), Allowed)
    assert not isinstance(can(person, "decide", story.case, story.now), Allowed)


def test_no_agency_gives_something_to_learn_to_the_other_or_says_that_it_is_done(
    place: Town,
) -> None:
    story = ended(place)
    assert code(point(story, owner="care.line_manager")) == "not_theirs"
    assert not isinstance(point(story, MANAGER, owner="care.line_manager"), Refusal)
    (kept,) = story.state.endings.points
    assert code(story.tries(learning.finish_point, point=kept.id, what="W")) == "not_theirs"
    assert code(point(story, says="")) == "nothing_said"
    assert code(point(story, body=place.agencies["care"])) in ("not_theirs", "no_such_post")
    assert code(story.tries(learning.refer_point, point=kept.id, to="")) == "no_where"


def test_somebody_who_took_part_is_offered_to_talk_it_over(place: Town) -> None:
    story = ended(place)
    school = place.agencies["school"]
    story.does(learning.offer_debrief, body=school, to=place.posts[RAISER], how="On Tuesday")
    (offer,) = story.state.endings.debriefs
    story.does(learning.answer_debrief, debrief=offer.id, held=True, note="It helped.")
    (line, *_) = timeline(open_case(story.case, story.now))
    assert (line.title, line.body) == ("It was talked over", "It helped.")
    stranger = place.posts["hospital.practitioner"]
    answer = story.tries(
        learning.offer_debrief, body=place.agencies["hospital"], to=stranger, how="H"
    )
    assert code(answer) == "not_a_party"
