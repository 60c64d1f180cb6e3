"""Events as rows and back, old schema versions, and what is refused before it is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from counterpart.engine.kinds import SEALED, Code, Id, Words
from counterpart.engine.registry import Actor, EventType
from counterpart.journal.codec import Codec, decode_actor, encode_actor
from counterpart.journal.errors import Unreadable

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    post: Id | None
    role: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    step: Code
    met_at: datetime
    on: date | None = None
    seats: tuple[Seat, ...] = ()
    count: int = 0
    is_late: bool = False
    said: Words = SEALED
    notes: tuple[Words, ...] = ()
    aside: Words | None = None


FACTS = ("step", "met_at", "on", "seats", "count", "is_late")
WORDS = ("said", "notes", "aside")


def registry(
    version: int = 1, upgrades: Mapping[int, Any] | None = None, name: str = "met"
) -> dict[str, EventType]:
    return {name: EventType(name, version, Met, FACTS, WORDS, upgrades or {})}


CODEC = Codec(registry())
FULL = Met(
    step=Code("talk"),
    met_at=AT,
    on=date(2026, 3, 1),
    seats=(Seat(post=Id("a" * 32), role=Code("dsl")), Seat(post=None, role=Code("manager"))),
    count=3,
    is_late=True,
    said=Words("said\x00\x1b"),
    notes=(Words("one"), Words(""), Words('two "quoted"\n')),
    aside=Words(""),
)


def test_an_event_comes_back_as_it_was() -> None:
    kept = CODEC.encode(FULL)
    assert CODEC.decode(kept.type, kept.schema, kept.facts, kept.words) == FULL


def test_facts_hold_no_words() -> None:
    kept = CODEC.encode(FULL)
    assert set(json.loads(kept.facts)) == set(FACTS)
    assert set(kept.words) == set(WORDS)


def test_without_its_words_an_event_comes_back_sealed() -> None:
    kept = CODEC.encode(FULL)
    sealed = CODEC.decode(kept.type, kept.schema, kept.facts)
    assert (sealed.said, sealed.notes, sealed.aside) == (SEALED, (), None)
    assert sealed.seats == FULL.seats


def test_empty_words_are_not_kept_and_absent_ones_stay_absent() -> None:
    kept = CODEC.encode(Met(step=Code("talk"), met_at=AT))
    assert kept.words == {}
    assert CODEC.encode(Met(step=Code("talk"), met_at=AT, aside=Words(""))).words == {"aside": ""}


def test_instants_are_kept_in_utc_ending_z() -> None:
    summer = datetime(2026, 7, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    assert (
        '"met_at":"2026-07-01T09:00:00Z"' in CODEC.encode(Met(step=Code("t"), met_at=summer)).facts
    )


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_kept_as_the_one_that_was_meant(fold: int) -> None:
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"), fold=fold)
    kept = CODEC.encode(Met(step=Code("talk"), met_at=twice))
    back = CODEC.decode(kept.type, kept.schema, kept.facts).met_at
    assert back == datetime(2026, 10, 25, fold, 30, tzinfo=UTC)


def test_the_same_event_is_always_the_same_text() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    one = CODEC.encode(Met(step=Code("talk"), met_at=AT, count=2))
    two = CODEC.encode(Met(count=2, met_at=elsewhere, step=Code("talk")))
    assert one.facts == two.facts
    assert one.facts == (
        '{"count":2,"is_late":false,"met_at":"2026-03-02T10:30:00Z","on":null,"seats":[],"step":"talk"}'
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"met_at": datetime(2026, 3, 2, 10, 30)},  # noqa: DTZ001  that it has no zone is the point
        {"met_at": date(2026, 3, 2)},
        {"on": AT},
        {"count": "3"},
        {"count": True},
        {"is_late": 1},
        {"step": None},
        {"step": "\ud800"},
        {"seats": ({"post": 3, "role": "x"},)},
        {"step": object()},
        {"said": None},
        {"said": 3},
        {"said": ("a", "b")},
        {"notes": (1,)},
        {"notes": "not in a tuple"},
    ],
)
def test_what_would_not_come_back_is_refused_before_it_is_written(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        CODEC.encode(Met(**{"step": Code("talk"), "met_at": AT, **wrong}))


def test_an_event_of_no_registered_kind_is_refused() -> None:
    with pytest.raises(Unreadable, match="Seat is not a registered kind"):
        CODEC.encode(Seat(post=None, role=Code("dsl")))


def test_an_unknown_type_name_says_so() -> None:
    with pytest.raises(Unreadable, match="no kind of event is called sang"):
        CODEC.decode("sang", 1, "{}")


def test_facts_that_nobody_declared_are_not_dropped_in_silence() -> None:
    kept = json.loads(CODEC.encode(FULL).facts)
    with pytest.raises(Unreadable, match="kept facts that version 1 does not have"):
        CODEC.decode("met", 1, json.dumps({**kept, "place": "town hall"}))


def test_words_that_nobody_declared_are_not_dropped_in_silence() -> None:
    with pytest.raises(Unreadable, match="kept words of place"):
        CODEC.decode("met", 1, CODEC.encode(FULL).facts, {"place": "town hall"})


def test_an_old_event_is_brought_up_step_by_step() -> None:
    def step_was_stage(facts: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in facts.items() if k != "stage"}, "step": facts["stage"]}

    def count_began_at_nought(facts: dict[str, Any]) -> dict[str, Any]:
        return {**facts, "count": facts["count"] + 1}

    codec = Codec(registry(3, {1: step_was_stage, 2: count_began_at_nought}))
    first = '{"stage":"talk","met_at":"2026-03-02T10:30:00Z","count":4}'
    second = '{"step":"talk","met_at":"2026-03-02T10:30:00Z","count":4}'
    third = '{"step":"talk","met_at":"2026-03-02T10:30:00Z","count":5}'
    now = Met(step=Code("talk"), met_at=AT, count=5, said=Words("hello"))
    assert codec.decode("met", 1, first, {"said": "hello"}) == now
    assert codec.decode("met", 2, second, {"said": "hello"}) == now
    assert codec.decode("met", 3, third, {"said": "hello"}) == now


def test_a_missing_upgrade_is_named() -> None:
    codec = Codec(registry(3, {1: dict}))
    with pytest.raises(Unreadable, match="no upgrade from version 2"):
        codec.decode("met", 1, "{}")


def test_an_event_of_a_newer_program_is_refused() -> None:
    with pytest.raises(Unreadable, match="version 2 was written by a newer program"):
        CODEC.decode("met", 2, "{}")


def test_a_field_cannot_take_the_name_of_the_actors_words() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Posed:
        actor_name: Code

    codec = Codec({"posed": EventType("posed", 1, Posed, ("actor_name",), ())})
    with pytest.raises(Unreadable, match="kept for the actor's words"):
        codec.encode(Posed(actor_name=Code("x")))


def test_an_actor_comes_back_as_it_was() -> None:
    actor = Actor(person=Id("p" * 32), post=None, agency=Id("a" * 32), capacity=Code("raiser"))
    assert decode_actor(encode_actor(actor)) == actor


def test_an_actor_with_something_else_in_a_field_is_refused() -> None:
    with pytest.raises(Unreadable):
        encode_actor(Actor(person=3, post=None, agency=None, capacity=Code("clock")))  # type: ignore[arg-type]
