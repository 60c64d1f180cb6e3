"""Any event, actor or history that the journal may be given, made from the fields' annotations."""

import dataclasses
import uuid
from datetime import UTC, date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.registry import REGISTRY, Actor
from counterpart.journal.codec import NAMES
from counterpart.journal.writing import New

EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001  Hypothesis asks for bounds without a zone
INSTANTS = st.datetimes(min_value=EARLIEST, timezones=st.just(UTC))
TEXTS = st.text(st.characters())

SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    Id: st.uuids().map(lambda one: Id(one.hex)),
    Code: st.from_regex(r"[a-z][a-z_0-9]{0,20}", fullmatch=True).map(Code),
    Words: TEXTS.map(Words),
    bool: st.booleans(),
    int: st.integers(min_value=-(2**53), max_value=2**53),
    datetime: INSTANTS,
    date: st.dates(),
}


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Whatever a field with this annotation may hold. A KeyError here means a kind we do not know."""
    if annotation is type(None):
        return st.none()
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of(*(values_of(part) for part in get_args(annotation)))
    if get_origin(annotation) is tuple:
        return st.lists(values_of(get_args(annotation)[0]), max_size=4).map(tuple)
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        return records_of(annotation)
    return SIMPLE[annotation]


def records_of(cls: type) -> st.SearchStrategy[Any]:
    return st.builds(cls, **{name: values_of(kind) for name, kind in get_type_hints(cls).items()})


NEWS = st.builds(
    New,
    id=st.builds(lambda: Id(uuid.uuid4().hex)),  # new in each run: events of all runs stay
    happened_at=INSTANTS,
    actor=records_of(Actor),
    names=st.dictionaries(st.sampled_from(NAMES), TEXTS.filter(bool)),
    event=st.sampled_from(sorted(REGISTRY)).flatmap(lambda name: records_of(REGISTRY[name].cls)),
)
