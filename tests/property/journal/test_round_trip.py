"""Every kind of event that is registered, with any values its fields allow, is given back as it was."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from counterpart.engine.registry import REGISTRY, Actor
from counterpart.journal.codec import CODEC, decode_actor, encode_actor
from tests.property.journal.strategies import records_of


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_any_event_comes_back_whole_or_as_its_facts_alone(name: str) -> None:
    kind = REGISTRY[name]

    @given(records_of(kind.cls))
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def comes_back(event: Any) -> None:
        kept = CODEC.encode(event)
        assert CODEC.decode(kept.type, kept.schema, kept.facts, kept.words) == event
        sealed = CODEC.decode(kept.type, kept.schema, kept.facts)
        assert all(getattr(sealed, fact) == getattr(event, fact) for fact in kind.facts)
        assert not any(getattr(sealed, words) for words in kind.words)
        assert CODEC.encode(sealed).facts == kept.facts

    comes_back()


@given(records_of(Actor))
@settings(deadline=None)
def test_any_actor_comes_back(actor: Actor) -> None:
    assert decode_actor(encode_actor(actor)) == actor
