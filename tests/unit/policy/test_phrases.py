"""A policy's limits, seats and triggers as a person would say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from counterpart.policy.model import LimitRule, Seat
from counterpart.policy.phrases import (
    limit_words,
    listed,
    number_words,
    seat_words,
    sentence,
    small,
    stages_words,
    trigger_words,
)
from counterpart.policy.triggers import NAMING, PLAIN
from counterpart.worktime import parse_limit
from counterpart.worktime.services import Opening, Service
from tests.casebook import brent
from tests.kinds import ALL, a_policy, a_stage, a_step
from tests.unit.policy.explained import POLICIES
from tests.unit.policy.written_policies import written

FRONT_DOOR = {"front-door": Service.on_weekdays("front-door", Opening(540, 1020))}
BANDS = {"title": "Priority", "set_by": "partnership.coordinator", **ALL}
BANDS["list"] = [{"id": "red", "title": "Red"}, {"id": "green", "title": "Green"}]  # type: ignore[assignment]


def written_limit(limit: str | Mapping[str, Any]) -> str:
    """A limit of a step of a policy, in words."""
    steps = [a_step("talk", limit=limit)]
    policy = a_policy(bands=BANDS, stages=[a_stage("one", steps=steps)])
    return limit_words(policy.clocks["talk"].limit, policy)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (
            {"band": {"red": "4 hours", "green": "as soon as possible"}},
            "Red: within 4 hours. Green: as soon as possible. The policy gives no deadline.",
        ),
        ({"agreed_by": "each"}, "In a time that every agency agrees to, case by case."),
        (
            {"agreed_by": "each", "at_most": "10 working days"},
            "In a time that every agency agrees to, case by case. At the most: 10 working days.",
        ),
        (
            {"set_by": "partnership.chair", "at_most": "same working day"},
            (
                "In a time that is set for each case. Who sets it: Chair. "
                "Whatever is set: by the end of the same working day."
            ),
        ),
        (
            {"set_by": "partnership.chair", "at_most": "not stated"},
            (
                "In a time that is set for each case. Who sets it: Chair. "
                "The policy gives no outer limit."
            ),
        ),
    ],
)
def test_a_time_that_people_set_or_that_turns_on_a_band(
    limit: Mapping[str, Any], words: str
) -> None:
    assert written_limit(limit) == words


def test_a_band_without_its_policy_is_called_by_its_id() -> None:
    rule = LimitRule((), by_band={"red": parse_limit("4 hours")})
    assert limit_words(rule) == "red: within 4 hours."
    assert limit_words(LimitRule((), set_by=Seat("each"))) == "In a time that is set for each case."


def test_hours_of_a_service_are_those_in_which_it_is_open() -> None:
    one, many = (
        parse_limit(f"{n} of front-door", FRONT_DOOR) for n in ("1 service hour", "8 service hours")
    )
    assert limit_words(LimitRule((one,))) == (
        "Within 1 hour in which this service is open: “front door”."
    )
    assert limit_words(LimitRule((many,))).startswith("Within 8 hours in which")


def test_stages_in_short() -> None:
    setting = written("ready-steady-grow")
    assert stages_words(setting, ("professionals", "leads")) == "Stage 1 and Stage 2"
    assert stages_words(setting, ("panel",)) == "Stage 4 (“Resolution panel”)"
    assert stages_words(setting, ("seniors", "partnership", "panel", "liaison"), "or") == (
        "Stage 3 or Stage 4"
    )
    assert (
        stages_words(setting, ("external-managers",)) == "“Directly to the other agency’s managers”"
    )


def test_a_sentence_has_one_full_stop() -> None:
    assert [sentence(x) for x in ("A", "A.", "A?", "A!")] == ["A.", "A.", "A?", "A!"]


@pytest.mark.parametrize(
    ("limits", "is_protective", "words"),
    [
        (["5 working days"], False, "Within 5 working days."),
        (["48 hours"], False, "Within 48 hours."),
        (["immediate"], False, "At once."),
        (["same working day"], False, "By the end of the same working day."),
        (["as soon as possible"], False, "As soon as possible. The policy gives no deadline."),
        (["not stated"], False, "The policy gives no time."),
        (["not stated: source not held"], False, "The policy gives no time (source not held)."),
        (
            ["1 working week"],
            True,
            "Within 1 working week (5 working days), or sooner if that is what protects the child.",
        ),
        (
            ["not stated"],
            True,
            "In a time that protects the child. The policy gives no other limit.",
        ),
        ([], True, "Within a time that protects the child. The policy gives no other limit."),
        (
            ["24 hours", "2 working days"],
            False,
            "Within 24 hours or 2 working days, whichever is shorter.",
        ),
        (
            ["24 hours", "2 working days", "3 calendar days"],
            True,
            (
                "Within 24 hours, 2 working days or 3 calendar days, whichever is shorter. "
                "It may be sooner, if that is what protects the child."
            ),
        ),
    ],
)
def test_a_limit_in_whole_sentences(limits: list[str], is_protective: bool, words: str) -> None:
    rule = LimitRule(tuple(parse_limit(text) for text in limits), is_protective)
    assert limit_words(rule) == words


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        (Seat("raiser"), "The person who raised the concern"),
        (Seat("raising", "worker"), "Worker in the agency that raised the concern"),
        (Seat("receiving", "worker"), "Worker in the other agency"),
        (Seat("each", "line-manager"), "Supervisor or line manager in each agency"),
        (Seat("partnership", "chair"), "Chair of the Board"),
        (Seat("raising"), "Whoever speaks for the agency that raised the concern"),
        (Seat("each"), "Whoever speaks for each agency"),
    ],
)
def test_whose_place_a_seat_is(seat: Seat, words: str) -> None:
    assert seat_words(brent(), seat) == words


def test_at_a_stage_whoever_speaks_has_a_role() -> None:
    stage = brent().stages["managers"]
    words = seat_words(brent(), Seat("raising"), stage)
    assert words == "Supervisor or line manager in the agency that raised the concern"


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        (Seat("outside", "parent"), "Parent"),
        (Seat("outside"), "Somebody from outside"),
        (Seat("partnership"), "Whoever speaks for the partnership"),
    ],
)
def test_a_seat_that_is_no_agencys(seat: Seat, words: str) -> None:
    policy = a_policy(outsiders=[{"id": "parent", "title": "Parent", **ALL}])
    assert seat_words(policy, seat) == words


def test_for_each_agency_the_role_is_said_where_it_is_the_same() -> None:
    stage = a_policy().stages["two"]
    assert seat_words(a_policy(), Seat("each"), stage) == "Manager in each agency"
    speaks = {"raising": "worker", "receiving": "manager"}
    mixed = a_policy(stages=[a_stage("one", speaks=speaks, steps=[a_step("talk")])])
    words = seat_words(mixed, Seat("each"), mixed.stages["one"])
    assert words == "Whoever speaks for each agency"


def test_every_trigger_there_is_can_be_said() -> None:
    policy = a_policy(dates=[{"id": "conference", "title": "The conference", **ALL}])
    names = {"stage": "one", "step": "talk", "way": "up", "clock": "way-up", "date": "conference"}
    every = [*PLAIN, *(f"{word} {names[kind]}" for word, kind in NAMING.items())]
    said = [trigger_words(policy, trigger) for trigger in every]
    assert len(set(said)) == len(every)
    assert all(" " in words for words in said)


@pytest.mark.parametrize("name", POLICIES)
def test_every_trigger_of_a_policy_can_be_said(name: str) -> None:
    policy = POLICIES[name]
    for trigger in policy.hearing:
        assert " " in trigger_words(policy, trigger)


def test_small_things() -> None:
    assert listed(()) == ""
    assert listed(("a", "b", "c"), "or") == "a, b or c"
    assert (number_words(3), number_words(12)) == ("three", "12")
    assert (small("The end"), small("GP or nurse")) == ("the end", "GP or nurse")
