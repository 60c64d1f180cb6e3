"""Every event is made of declared facts and words, and of nothing the journal cannot keep."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from counterpart.engine import events as e
from counterpart.engine import registry
from counterpart.engine.fold import HOW, fold
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import REGISTRY, EventType, event, type_of
from counterpart.engine.rules import STATE_RULES
from tests.casebook import brent

FACTS = {Id, Code, bool, int, date, datetime}
CASE_EVENTS = get_args(e.CaseEvent)
FOLLOWS = {e.ConcernRaised, e.CaseClosed}


def is_keepable(annotation: Any) -> bool:
    """Whether the journal can keep a field: facts, words, optional, tuples, nested records."""
    if annotation in FACTS or annotation is Words or annotation is type(None):
        return True
    if dataclasses.is_dataclass(annotation):
        return all(is_keepable(hint) for hint in get_type_hints(annotation).values())
    if get_origin(annotation) is None:
        return False
    return all(part is ... or is_keepable(part) for part in get_args(annotation))


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=lambda kind: kind.name)
def test_every_field_is_a_fact_or_words(kind: EventType) -> None:
    for name, annotation in get_type_hints(kind.cls).items():
        assert is_keepable(annotation), f"{kind.name}.{name} is {annotation}"


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=lambda kind: kind.name)
def test_a_field_of_words_can_be_left_out_so_that_they_can_be_erased(kind: EventType) -> None:
    fields = {f.name: f for f in dataclasses.fields(kind.cls)}
    for name in kind.words:
        assert fields[name].default in ("", ()), f"{kind.name}.{name}"


@pytest.mark.parametrize("cls", CASE_EVENTS)
def test_every_event_of_a_case_is_frozen_named_and_folded(cls: type) -> None:
    assert type_of_class(cls).version >= 1
    assert cls in HOW
    assert dataclasses.fields(cls) is not None
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclasses set it


@pytest.mark.parametrize("cls", [c for c in CASE_EVENTS if c not in FOLLOWS])
def test_every_event_a_person_can_propose_has_rules(cls: type) -> None:
    assert cls in STATE_RULES


def test_the_first_and_the_last_event_are_nobodys_to_propose() -> None:
    assert not FOLLOWS & set(STATE_RULES)


def test_two_kinds_of_event_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="concern_raised"):
        event("concern_raised", version=1)(e.Party)


def test_only_events_have_a_type() -> None:
    with pytest.raises(KeyError):
        type_of(object())
    assert type_of(e.CaseWithdrawn()).name == "case_withdrawn"


def test_a_case_begins_with_a_concern() -> None:
    with pytest.raises(ValueError, match="begins with a concern"):
        fold(brent(), [])


def type_of_class(cls: type) -> EventType:
    return next(kind for kind in registry.REGISTRY.values() if kind.cls is cls)
