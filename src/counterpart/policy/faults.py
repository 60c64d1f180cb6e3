"""What does not have the shape of a policy, as problems in plain words.

It reads what the models say of a tree, drops what only concerns shapes the author did not mean,
and words the rest. No word of the validator's own reaches an author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any, Literal, get_args

from counterpart.policy.places import Places, Where
from counterpart.policy.problems import MOST_PROBLEMS, Problem, problem
from counterpart.policy.shapes import (
    WHOLE,
    Kinds,
    below,
    every_key,
    is_list,
    is_model,
    keys_of,
    kinds_of,
    needed_keys,
    origin_of,
)
from counterpart.policy.source.limits import LimitSource
from counterpart.policy.yaml_text import Items, Keys
from counterpart.worktime.spelling import nearest, shown

MOST_READ = 5000

_LIMIT = kinds_of(LimitSource)
_NAME = "a short name: small letters, digits and '-', with a letter first"


class _Choice:
    """One place where a value may be written in several shapes, and the one that was meant."""

    def __init__(self, where: Where, kinds: Kinds, written: Any) -> None:
        self.where, self.kinds, self.written = where, kinds, written
        self.meant = _meant(kinds, written)


def problems_of(errors: Iterable[Mapping[str, Any]], places: Places) -> list[Problem]:
    """The problems in what pydantic found wrong with the tree, in the order of the files.

    It looks at the first `MOST_READ` errors: a hostile file can have hundreds of thousands.
    """
    found: dict[tuple[Where, str], tuple[Mapping[str, Any], Kinds] | _Choice] = {}
    for error in islice(errors, MOST_READ):
        where, kinds, choice = _followed(error["loc"], places)
        if choice is not None:
            found.setdefault((choice.where, "choice"), choice)
        elif where is not None:
            found.setdefault((where, error["type"]), (error, kinds))
    in_order = sorted(found.items(), key=lambda item: places.at(item[0][0]))[:MOST_PROBLEMS]
    return [_problem(where, what, places) for (where, _), what in in_order]


def _problem(
    where: Where, what: tuple[Mapping[str, Any], Kinds] | _Choice, places: Places
) -> Problem:
    if isinstance(what, _Choice):
        return problem(places.at(where), *_which_shapes(what))
    error, kinds = what
    return problem(places.at(where), *_in_words(error, where, kinds))


def _followed(
    loc: tuple[str | int, ...], places: Places
) -> tuple[Where | None, Kinds, _Choice | None]:
    """Where an error is in the file, and what may be written around it.

    Where a value has a choice of shapes the location names one of them. An error in a shape that
    was not meant has no place at all; where none can have been meant there is only the choice.
    """
    where: Where = ()
    kinds = outer = WHOLE
    is_label = False
    for part in loc:
        if is_label:
            choice = _Choice(where, kinds, places.value(where))
            if choice.meant is None:
                return None, (), choice
            if _label(choice.meant) != _first_word(part):
                return None, (), None
            kinds, is_label = (choice.meant,), False
            continue
        if part == "[key]":
            return where, (), None
        where, outer = (*where, part), kinds
        kinds = below(kinds, part)
        is_label = len(kinds) > 1
    return where, outer, None


def _first_word(label: str | int) -> str:
    return re.split(r"[\[(]", str(label))[0].replace("constrained-", "")


def _label(kind: Any) -> str:
    """The first word of what pydantic calls a shape in a location."""
    origin = origin_of(kind)
    return "literal" if origin is Literal else str((origin or kind).__name__)


def _meant(kinds: Kinds, written: Any) -> Any | None:
    """The shape that a value was most likely meant to have, if one can be told."""
    if isinstance(written, Keys):
        shared = [(len(set(keys_of((kind,))) & set(written)), kind) for kind in kinds]
        most = max(shared, key=lambda pair: pair[0])
        models = [kind for kind in kinds if is_model(kind)]
        if most[0]:
            return most[1]
        return models[0] if len(models) == 1 else None
    if isinstance(written, Items):
        return next((kind for kind in kinds if is_list(kind)), None)
    if any(is_model(kind) for kind in kinds) and not isinstance(written, str):
        return None
    return next((k for k in kinds if not (is_model(k) or is_list(k))), None)


def _which_shapes(choice: _Choice) -> tuple[str, str]:
    """A value with a choice of shapes is written in none of them."""
    keys = choice.written if isinstance(choice.written, Keys) else ()
    near = next((n for key in keys if (n := nearest(key, keys_of(choice.kinds)))), None)
    hint = f"; did you mean '{near}'?" if near else ""
    if choice.kinds == _LIMIT:
        return "not-a-limit", _LIMITS + hint
    if not any(is_model(kind) for kind in choice.kinds):
        return "wrong-value", _one_of(choice.written, {}, choice.kinds)
    text = "text, or has " if any(kind is str for kind in choice.kinds) else "written with "
    return "wrong-value", f"this is {text}one of the keys {_shapes(choice.kinds)}{hint}"


def _shapes(kinds: Kinds) -> str:
    """The key that tells each of several shapes from the others."""
    keys = [needed_keys((kind,)) or keys_of((kind,)) for kind in kinds if is_model(kind)]
    return ", ".join(f"'{of[0]}'" for of in keys)


_LIMITS = (
    f"a limit is written like '5 working days', or with one of the keys {_shapes(_LIMIT)}; "
    "or it is 'not stated'"
)


def _in_words(error: Mapping[str, Any], where: Where, kinds: Kinds) -> tuple[str, str]:
    """The code and the words for one error at a place; `kinds` is what stands around it."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown-key", _unknown(str(where[-1]), kinds)
    if kind == "missing":
        return "missing", f"'{where[-1]}' is missing"
    here = below(kinds, where[-1]) if where else WHOLE
    worded = _WORDS.get(kind)
    words = worded(error["input"], context, here) if worded else "this is not what belongs here"
    return "wrong-value", words


def _unknown(key: str, kinds: Kinds) -> str:
    here = keys_of(kinds)
    is_known = key in every_key()
    said = f"'{shown(key)}' is not a key that stands here"
    said += ", but one of another place" if is_known else ""
    if near := nearest(key, here):
        return f"{said}; did you mean '{near}'?"
    if kinds and kinds[0] in _LIMIT:
        return f"{said}; {_LIMITS}"
    if not is_known and (near := nearest(key, every_key())):
        return f"{said}; did you mean '{near}', which stands in another place?"
    return f"{said}; here stand: {', '.join(here)}" if 0 < len(here) <= 8 else said


# --- one wording for each thing a value can be instead of what it should be ---------------------


def _must_be_text(written: Any, _: Mapping[str, Any], __: Kinds) -> str:
    if written is None:
        return "nothing is written here; this must be text"
    if isinstance(written, bool | int | date):
        return "this must be text; put it in quotation marks"
    return "this must be text"


def _one_of(written: Any, context: Mapping[str, Any], here: Kinds) -> str:
    values = [str(v) for kind in here if _label(kind) == "literal" for v in get_args(kind)]
    if not values:
        expected = str(context.get("expected", "text"))
        values = re.findall(r"'([^']*)'", expected) or [expected]
    words = f"this must be '{values[0]}'" if values[0].isalpha() else f"this must be {values[0]}"
    if len(values) > 1:
        words = f"this must be one of: {', '.join(values)}"
    if any(is_list(kind) for kind in here):
        words += ", or a list of names"
    near = nearest(written[:60], values) if isinstance(written, str) and len(values) > 1 else None
    return f"{words}; did you mean {near}?" if near else words


def _keys_needed(_: Any, __: Mapping[str, Any], here: Kinds) -> str:
    needed = needed_keys(here)[:4]
    return "this must have keys of its own" + (f", such as {', '.join(needed)}" if needed else "")


def _pattern(_: Any, context: Mapping[str, Any], __: Kinds) -> str:
    pattern = context["pattern"]
    if pattern.startswith("^[a-z]"):
        return f"this must be {_NAME}"
    if re.match(r"\^\(\(?[a-z]+\|", pattern):
        sides = re.findall(r"[a-z]{4,}", pattern.split(r"(\.")[0])
        return (
            f"this must be one of: {', '.join(sides)}; alone, or followed by a dot and a role, "
            "like raising.line-manager"
        )
    if ":" in pattern:
        return "this must be an hour of the day, like 17:00"
    return "this is not written the way it must be here"


def _at_least_long(written: Any, context: Mapping[str, Any], _: Kinds) -> str:
    if isinstance(written, str) and context["min_length"] == 1:
        return "nothing is written here; this must be text"
    return f"this must have at least {context['min_length']:,} in it"


def _at_most_long(written: Any, context: Mapping[str, Any], _: Kinds) -> str:
    unit = " characters" if isinstance(written, str) else ""
    return f"this is too long: at most {context['max_length']:,}{unit}"


_WORDS: dict[str, Callable[[Any, Mapping[str, Any], Kinds], str]] = {
    "string_type": _must_be_text,
    "literal_error": _one_of,
    "model_type": _keys_needed,
    "model_attributes_type": _keys_needed,
    "dict_type": _keys_needed,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _at_least_long,
    "too_short": _at_least_long,
    "string_too_long": _at_most_long,
    "too_long": _at_most_long,
    "int_type": lambda *_: "this must be a whole number",
    "bool_type": lambda *_: "this must be true or false",
    "date_type": lambda *_: "this must be a date, written like 2026-11-21",
    "list_type": lambda *_: "this must be a list: lines that begin with '- ', or [one, two]",
    "greater_than_equal": lambda _, context, __: f"this must be {context['ge']} or more",
    "less_than_equal": lambda _, context, __: f"this must be {context['le']} or less",
    "value_error": lambda _, context, __: str(context["error"]),
}
