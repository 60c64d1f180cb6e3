"""No list holds a word that anybody wrote, nor a name: only codes, ids and instants.

Words that stand out are planted in every field of every kind of entry, and in every name of the directory; then every
row of the lists, the relations, the log of reads and what is owed is searched for them.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from counterpart.access.models import Denial, Read, Relation
from counterpart.casework import (
    acts,
    between,
    gates,
    keeping,
    learning,
    outcomes,
    panels,
    recording,
)
from counterpart.casework.actors import on_behalf
from counterpart.casework.moving import move_edition
from counterpart.casework.passing import pass_times, recount
from counterpart.engine import account_events, directory_events, regular_events
from counterpart.engine.events import StepRecorded
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import REGISTRY, type_of
from counterpart.journal import reading
from counterpart.journal.models import Event, Submission
from counterpart.lists.models import CaseRow, ChildRow, DutyRow, PartyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Agency, Person, Post
from tests.every_kind import written_whole
from tests.live import Live, counted_by, policy_file, puts_in_force
from tests.town import CHAIR, MONDAY, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

OFFICE = "office.business_manager"
CANARY = "Quetzalcoatl"
SEARCHED = (
    CaseRow, PartyRow, ChildRow, DutyRow, Relation, Denial, Read, Notice, OutboxRow, Submission, Event,
)  # fmt: skip
NOT_OF_A_CASE = {
    name
    for name, kind in REGISTRY.items()
    if kind.cls.__module__
    in (account_events.__name__, directory_events.__name__, regular_events.__name__)
}


def planted() -> Story:
    """A case in which every kind of entry stands, each with the word in every field of words."""
    place = town()
    Person.objects.update(name=f"{CANARY} Person")
    Post.objects.update(title=f"{CANARY} post")
    Agency.objects.update(name=f"{CANARY} agency")
    story = Story(place).raised(
        is_urgent=True,
        receiving=((place.agencies["care"], None, CANARY),),
        children=(("child", CANARY),),
        **dict.fromkeys(("dispute", "why_unsafe", "immediate_risk", "desired_outcome", "already_tried"), CANARY),
    )  # fmt: skip
    words: dict[str, Any] = {
        "present": CANARY,
        "said": CANARY,
        "agreed": CANARY,
        "next_step": CANARY,
    }
    story.records("tell-safeguarding-lead", "done", **words)
    story.records("tell-head-of-safeguarding", "done", **words)
    story.does(acts.report_risk, why=CANARY)
    story.does(acts.report_gap, gap=CANARY)
    limit = {"clock": "one-working-week", "due_at": story.now + story.step * 5}
    story.does(acts.set_limit, CHAIR, reason=CANARY, **limit)
    seat = {"body": place.agencies["care"], "role": "worker", "post": None}
    story.does(acts.name_seat, WORKER, stated_name=CANARY, reason=CANARY, **seat)
    behalf = on_behalf(place.acting(WORKER), post=place.posts[WORKER], name=CANARY, at=story.now)
    story.records("consult-manager", "done", actor=behalf, **words)
    entry = story.state.version
    corrected = reading.read_facts(story.case)[entry - 1].id
    story.does(acts.correct, WORKER, entry=corrected, correction=CANARY, reason=CANARY)
    story.moves("to-other-worker")
    story.does(
        acts.redirect,
        from_agency=place.agencies["care"],
        to_agency=place.agencies["mental"],
        reason=CANARY,
    )
    story.records("workers-discuss", "agreed", **words)
    outcome: dict[str, Any] = {
        "agreed": CANARY,
        "actions": [dataclasses.replace(story.action("mental"), text=CANARY)],
        "outstanding": [CANARY],
        "followed": [CANARY],
        "still_disputed": CANARY,
    }
    story.does(outcomes.propose_outcome, **outcome)
    who: dict[str, Any] = {"number": 1, "agency": place.agencies["mental"]}
    story.does(outcomes.dissent, "mental.practitioner", reason=CANARY, **who)
    story.records("workers-discuss", "not_agreed", **words)
    story.moves("to-managers", role="line-manager", tier="line_manager")
    story.records("managers-discuss", "not_agreed", "school.line_manager", **words)
    story.moves("to-seniors", "school.line_manager", "senior", "operations_manager")
    story.records("seniors-discuss", "not_held", "school.operations_manager", **words)
    story.moves("to-panel", "school.operations_manager")
    story.does(
        panels.convene_panel,
        CHAIR,
        members=story.members(),
        meets_at=story.now,
        where=CANARY,
        why_parties_absent=CANARY,
        why_own_agency=CANARY,
    )
    advice = {"asked": CANARY, "said": CANARY, "stated_name": CANARY}
    story.does(recording.record_advice, **advice)
    came = [member.post for member in story.members()]
    met: dict[str, Any] = {
        "came": came,
        "evidence": CANARY,
        "record": CANARY,
        "happened_at": story.now,
    }
    story.does(panels.record_panel_meeting, CHAIR, **met)
    for agency in story.state.parties:
        story.does(panels.hear, CHAIR, agency=agency, how="in_person", said=CANARY)
    story.does(
        panels.decide_panel,
        CHAIR,
        decision=CANARY,
        reasons=CANARY,
        next_course=CANARY,
        why_early=CANARY,
        actions=outcome["actions"],
        outstanding=[CANARY],
        followed=[CANARY],
    )
    for agency in story.state.parties:
        number = story.state.texts
        story.does(
            outcomes.confirm, story.speaker(agency), number=number, agency=agency, comment=CANARY
        )
    action = story.state.outcome.actions[0].id if story.state.outcome else ""
    story.does(outcomes.finish_action, "office.business_manager", action=action, what=CANARY)
    afterwards(story)
    story.does(acts.reopen, reason=CANARY)
    story.does(acts.withdraw, reason=CANARY)
    return story


def afterwards(story: Story) -> None:
    """What is put on a record, learned and talked over once a case has ended."""
    place, today = story.town, story.now.date()
    filed: dict[str, Any] = {"stage": "other-worker", "on": ["agency"], "placed_on": today}
    story.does(recording.place_record, where=CANARY, note=CANARY, **filed)
    point: dict[str, Any] = {
        "body": place.agencies["school"],
        "owner": place.posts[RAISER],
        "due_on": today,
    }
    learned = story.does(learning.record_point, says=CANARY, **point).entries[0].event.point
    story.does(learning.refer_point, point=learned, to=CANARY)
    story.does(learning.finish_point, point=learned, what=CANARY)
    offer = {"body": place.agencies["school"], "to": place.posts["school.line_manager"]}
    offered = story.does(learning.offer_debrief, how=CANARY, **offer).entries[0].id
    answer: dict[str, Any] = {"debrief": offered, "held": True, "note": CANARY}
    story.does(learning.answer_debrief, "school.line_manager", **answer)


def at_the_gates(place: Town) -> Live:
    """Another case, under a policy of every kind, with what the first could not have in it."""
    policy = puts_in_force(place, written_whole())
    fields = ("dispute", "why_unsafe", "immediate_risk", "desired_outcome", "already_tried")
    words: Any = dict.fromkeys(fields, CANARY)
    words |= {"child_references": (CANARY,), "worker_names": (CANARY,)}
    story = counted_by(place, policy, "2026-02", at=MONDAY, **words)
    assert recount(story.now) == 1
    manager, senior = "school.line_manager", "school.operations_manager"
    story.does(gates.set_band, OFFICE, band="red", reason=CANARY)
    story.does(gates.give_date, which="conference", on=MONDAY.date(), source=CANARY)
    story.now += timedelta(days=1)
    assert pass_times(story.now) == 1
    story.records("talk", "agreed", agencies=story.state.receiving_agencies, said=CANARY,
                  present=CANARY, agreed=CANARY, next_step=CANARY)  # fmt: skip
    story.does(gates.say_whether_satisfied, manager, step="talk", is_satisfied=False, reason=CANARY)
    story.does(gates.ask_approval, way="up", reason=CANARY)
    story.does(gates.answer_approval, senior, way="up", is_given=False, reason=CANARY)
    story.does(gates.take_exit, exit="complaint", what=CANARY)
    story.does(acts.move_on, CHAIR, way="straight-to-seniors", seats=(), reason=CANARY)
    due_at = story.now + timedelta(days=2)
    story.does(gates.set_time, clock="seniors-talk", due_at=due_at, reason=CANARY)
    story.does(gates.agree_time, WORKER, clock="seniors-talk", agency=place.agencies["care"])
    there = puts_in_force(place, written_whole(edition="Second"))
    story.does(move_edition, OFFICE, edition=there.edition, reason=CANARY)
    return story


def between_the_sides(place: Town) -> tuple[Live, Live]:
    """Two more cases, with all that passes between the sides: a meeting under one policy, the rest under another."""
    puts_in_force(place, policy_file("bexley"))
    meets = Live(place).begins()
    step, parties = "multi-agency-meeting", meets.state.parties
    what: dict[str, Any] = {"step": step, "required_by": parties[0], "agencies": parties,
                            "reason": CANARY}  # fmt: skip
    for is_held in (True, False):
        meeting = meets.does(between.require_meeting, **what).entries[0].id
        times = [meets.now + timedelta(days=3)]
        meets.does(between.propose_times, meeting=meeting, times=times, where=CANARY)
        meets.does(between.answer_times, WORKER, meeting=meeting, times=times, says=CANARY)
        meets.does(between.arrange_meeting, meeting=meeting, meets_at=times[0], where=CANARY)
        if not is_held:
            meets.does(between.call_off, meeting=meeting, reason=CANARY)
            continue
        held = {"step": step, "how": "video", "result": "not_agreed", "said": CANARY,
                "agencies": parties[1:]}  # fmt: skip
        came = dict.fromkeys(parties, "came")
        meets.does(between.record_meeting, meeting=meeting, attendance=came, step=held,
                   happened_at=meets.now + meets.step)  # fmt: skip
    puts_in_force(place, policy_file("brent"))
    story = Live(place).begins()
    story.to_workers()
    asks = {"of": place.agencies["care"], "what": CANARY, "why": CANARY}
    asked = story.does(between.ask_information, **asks).entries[0].id
    story.does(between.acknowledge_information, WORKER, asked=asked, says=CANARY)
    story.does(between.answer_information, WORKER, asked=asked, is_given=False, said=CANARY)
    duty = next(one for one in story.file.duties if one.due.at)
    more: dict[str, Any] = {"clock": duty.clock, "opened_by": duty.opened_by, "about": duty.about,
                            "until_at": story.now + timedelta(days=60), "reason": CANARY}  # fmt: skip
    proposed = story.does(between.ask_more_time, **more).entries[0].id
    story.does(between.answer_more_time, WORKER, proposed=proposed, is_agreed=True, reason=CANARY)
    story.records("workers-discuss", "agreed", WORKER, said=CANARY)
    settled = story.state.between.risks[-1].settled_by
    risk: dict[str, Any] = {"settled_by": settled, "is_at_risk": True, "why": CANARY}
    stated = story.does(between.state_risk, **risk).entries[0].id
    office = place.acting(OFFICE, "business_manager")
    story.does(between.answer_risk, OFFICE, actor=office, stated=stated, said=CANARY)
    return meets, story


def kept_back(place: Town) -> Live:
    """One more, with a letter, and with all that keeps people from a case or from a part of it."""
    puts_in_force(place, policy_file("bexley"))
    story = Live(place).begins()
    chair, office = place.posts[CHAIR], place.people[OFFICE]
    story.acts(StepRecorded(step=Code("email"), how=Code("letter"), result=Code("done"),
                            letter_to=Id(chair), says=(Words(CANARY), Words(CANARY))))  # fmt: skip
    person = place.people["care.operations_manager"]
    story.does(keeping.keep_out, OFFICE, person=person, reason="family_tie", why=CANARY)
    story.does(keeping.let_back, OFFICE, person=person, why=CANARY)
    story.does(keeping.restrict, OFFICE, people=[office], why=CANARY)
    story.does(keeping.lift_restriction, OFFICE, why=CANARY)
    note = story.does(keeping.keep_note, note=CANARY).entries[0].id
    story.does(keeping.share_note, note=note)
    what: dict[str, Any] = {"kind": "reporter", "posts": [chair], "detail": CANARY}
    detail = story.does(keeping.protect, **what).entries[0].id
    story.does(keeping.open_to, detail=detail, posts=[chair], why=CANARY)
    return story


def rows(model: type[models.Model]) -> list[str]:
    """Every row, as one line of all its values."""
    return [repr(row) for row in model._default_manager.values()]


def test_no_list_and_no_fact_holds_a_word_that_was_written_or_a_name() -> None:
    story = planted()
    town = story.town
    cases = (story, at_the_gates(town), *between_the_sides(town), kept_back(town))
    entries = [entry for one in cases for entry in reading.read_whole(one.case)]
    # The word is in the record: in every kind of entry that has words, in every field of words.
    kinds = {type_of(entry.recorded.event).name for entry in entries}
    assert kinds == set(REGISTRY) - NOT_OF_A_CASE
    fields = {f"{kind}.{name}" for kind in kinds for name in REGISTRY[kind].words}
    spoken = {
        f"{type_of(entry.recorded.event).name}.{name}"
        for entry in entries
        for name in type_of(entry.recorded.event).words
        if CANARY in str(getattr(entry.recorded.event, name))
    }
    assert fields - spoken == set()
    found = [line for model in SEARCHED for line in rows(model) if CANARY.lower() in line.lower()]
    assert found == []
    assert all(model.objects.exists() for model in (CaseRow, PartyRow, ChildRow, Relation, Notice))


def test_a_childs_reference_is_found_by_its_hash_alone_however_it_is_typed() -> None:
    place = town(agencies=("school", "care"))
    for reference in ("NHS 943 476 5919", "nhs 943-476-5919", "NM-40218"):
        Story(place).raised(children=(("child", reference),))
    indexes = list(ChildRow.objects.values_list("index", flat=True))
    assert len(set(indexes)) == 2
    assert not any("943" in index and "5919" in index for index in indexes)
