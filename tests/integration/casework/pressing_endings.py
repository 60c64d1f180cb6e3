"""Filling in and sending the forms about the end of a case, one way or another, as Hypothesis chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from counterpart.casework import learning, panels, recording
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.engine.rules import Refusal
from tests.town import CHAIR, RAISER, WORKER, Story

Press = Callable[[Story, str, Callable[[Any], Any]], Done | Refusal]

WHO = (RAISER, WORKER, "school.line_manager", "office.business_manager")
PLACES = ("child", "agency")


def _place(story: Story, stage: str, choose: Any) -> Done | Refusal:
    on = choose(st.lists(st.sampled_from(PLACES), min_size=1, unique=True))
    today = story.now.date()
    who = choose(st.sampled_from(WHO))
    return story.tries(
        recording.place_record, who, stage=stage, on=on, placed_on=today, where="Our file"
    )


def _advice(story: Story, _: str, choose: Any) -> Done | Refusal:
    adviser = choose(st.sampled_from([None, story.town.posts["hospital.practitioner"]]))
    named = "" if adviser else "A named nurse"
    return story.tries(
        recording.record_advice, adviser=adviser, stated_name=named, asked="A.", said="S."
    )


def _met(story: Story, _: str, choose: Any) -> Done | Refusal:
    panel = story.state.panel
    came = [m.post for m in panel.members] if panel else []
    some = choose(st.lists(st.sampled_from(came), unique=True)) if came else []
    what = {"came": some, "evidence": "E.", "record": "R.", "happened_at": story.now}
    return story.tries(panels.record_panel_meeting, CHAIR, **what)


def _point(story: Story, _: str, choose: Any) -> Done | Refusal:
    who = choose(st.sampled_from(["school.line_manager", "care.line_manager", CHAIR]))
    return story.tries(
        learning.record_point,
        choose(st.sampled_from(WHO)),
        body=story.town.agencies.get(who.split(".")[0], story.state.partnership),
        owner=story.town.posts[who],
        due_on=(story.now + timedelta(days=30)).date(),
        says="S.",
    )


def _done(story: Story, point: str, choose: Any) -> Done | Refusal:
    return story.tries(learning.finish_point, choose(st.sampled_from(WHO)), point=point, what="W.")


def _offer(story: Story, _: str, choose: Any) -> Done | Refusal:
    who = choose(st.sampled_from([RAISER, WORKER]))
    key = who.split(".")[0]
    body, post = story.town.agencies[key], story.town.posts[who]
    return story.tries(learning.offer_debrief, body=body, to=post, how="H.")


PRESS: Mapping[type, Press] = {
    e.RecordPlaced: _place,
    e.AdviceRecorded: _advice,
    e.PanelMet: _met,
    e.LearningPointRecorded: _point,
    e.LearningPointDone: _done,
    e.LearningPointReferred: lambda s, point, _: s.tries(
        learning.refer_point, point=point, to="The learning subgroup"
    ),
    e.DebriefOffered: _offer,
    e.DebriefAnswered: lambda s, debrief, choose: s.tries(
        learning.answer_debrief, debrief=debrief, held=choose(st.booleans())
    ),
}
