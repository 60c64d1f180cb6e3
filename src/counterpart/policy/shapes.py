"""What the language allows at a place: which keys, and which shapes of a value.

Derived from the models of `source`, never from a list of names kept beside them. It looks at
types only and must not look at a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from counterpart.policy.source import PolicySource

Kinds = tuple[Any, ...]
"""The types a value may have: models, `list[…]`, `dict[…]`, `Literal[…]` and plain ones."""

WHOLE: Kinds = (PolicySource,)


def kinds_of(annotation: Any) -> Kinds:
    """The members of an annotation, None and what only narrows a type left out."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kinds_of(get_args(annotation)[0])
    if origin is Union or origin is UnionType:
        return tuple(kind for part in get_args(annotation) for kind in kinds_of(part))
    return () if annotation is NoneType else (annotation,)


def below(kinds: Kinds, part: str | int) -> Kinds:
    """The types a value may have under a key, or as an item of a list, of any of these."""
    found: list[Any] = []
    for kind in kinds:
        if is_model(kind):
            found += _fields(kind).get(str(part), ())
        elif is_list(kind):
            found += kinds_of(get_args(kind)[0])
        elif origin_of(kind) is dict:
            found += kinds_of(get_args(kind)[1])
    return tuple(found)


def is_model(kind: Any) -> bool:
    """Whether a type is one with keys of its own."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def origin_of(kind: Any) -> Any:
    """`list` for `list[str]`, `Literal` for a choice of words, None for a plain type."""
    return get_origin(kind)


def is_list(kind: Any) -> bool:
    """Whether a type is a list."""
    return origin_of(kind) is list


def is_choice(kinds: Kinds) -> bool:
    """Whether a value may be written in several shapes that each have keys of their own."""
    return sum(is_model(kind) for kind in kinds) > 1


def keys_of(kinds: Kinds) -> tuple[str, ...]:
    """The keys that may be written here, in the order of the language."""
    return tuple(dict.fromkeys(key for k in kinds if is_model(k) for key in _fields(k)))


def needed_keys(kinds: Kinds) -> tuple[str, ...]:
    """The keys that must be written here."""
    models = [kind for kind in kinds if is_model(kind)]
    fields = [field for model in models for field in model.model_fields.items()]
    return tuple(field.alias or name for name, field in fields if field.is_required())


@cache
def every_key() -> tuple[str, ...]:
    """Every key of the whole language."""
    todo, seen, keys = list(WHOLE), set(), set()
    while todo:
        kind = todo.pop()
        if is_model(kind) and kind not in seen:
            seen.add(kind)
            keys |= set(_fields(kind))
            todo += [k for under in _fields(kind).values() for k in under]
        elif not is_model(kind):
            todo += below((kind,), 0)
    return tuple(sorted(keys))


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, Kinds]:
    return {
        field.alias or name: kinds_of(field.annotation)
        for name, field in model.model_fields.items()
    }
