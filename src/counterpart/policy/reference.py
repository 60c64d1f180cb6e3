"""Every key of a policy file as a page of Markdown, made from the models that read one.

What is here cannot differ from what the loader takes. How to use it is said in
docs/policy-language.md, which is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from counterpart.policy.phrases import HAPPENINGS, OF_A_STEP, OF_A_TIME, OF_A_WAY
from counterpart.policy.source import PolicySource, limits, written
from counterpart.policy.source.written import Cited
from counterpart.policy.triggers import NAMING, PLAIN

INTRO = """\
# The policy file, key by key

This page is made from the program that reads a policy file, so it has every key there is. How a
policy is written, with an example of each kind, is in [the guide](policy-language.md).

An **id** is small letters, digits and hyphens: `first-talk`. **Text** is a sentence or a title.
A day is written `2026-11-21`, an hour `17:00`. Every **rule** cites its clause and may cite the
readings it rests on: see [what every rule has](#what-every-rule-has).
"""
TEXTS: tuple[tuple[Any, str], ...] = (
    (limits.LimitSource, "a [limit](#limits)"),
    (written.Name, "an id"),
    (written.ClauseId, "the id of a clause"),
    (written.Text, "text"),
    (written.Trigger, "a [trigger](#triggers)"),
    (written.SeatText, "a [seat](#seats)"),
    (written.PartySeatText, "a [seat](#seats) in an agency"),
    (written.OtherSeatText, "a [seat](#seats), or `outside.ID`"),
    (written.RungSeatText, "a [seat](#seats), `owner`, `owner.ROLE`, `above` or `lead`"),
    (written.ReaderText, "a [seat](#seats), `outside.ID` or `raiser`"),
    (limits.Clock, "an hour"),
    (str, "text"),
    (int, "a whole number"),
    (bool, "`true` or `false`"),
    (date, "a day"),
    (NoneType, ""),
)
SEATS = """\
| written | whose place |
| --- | --- |
| `raising` | whoever speaks for the agency that raised the concern, at the stage the case is at |
| `receiving` | whoever speaks for the other agency, or for each of them where there are several |
| `each` | every agency in the disagreement |
| `partnership` | the safeguarding partnership; always with a role |
| `raising.line-manager` | the role with that id, on that side |
| `outside.parent` | somebody of `outsiders`: they are told or heard, and owe nothing |
| `raiser` | the person who raised the concern, in `shared_with` only |
| `owner` | whose duty it is, in `ladder` only |
| `owner.line-manager` | the role with that id in the agency whose duty it is, in `ladder` only |
| `lead` | who sees the agreed outcome through, for agreed actions, in `ladder` only |
| `above` | the next person up from whose duty it is, in their own agency, in `ladder` only |
"""
LIMITS = """\
| written | what it means |
| --- | --- |
| `5 working days` | days that are neither a weekend nor a bank holiday |
| `1 working week` | five working days |
| `3 calendar days` | every day counts |
| `48 hours` | hours as they pass, nights and weekends too |
| `8 service hours of front-door` | hours in which that one of `services` is open |
| `same working day` | by the end of the working day it starts on |
| `immediate` | at once |
| `as soon as possible` | what the text says where it gives no number; never a deadline |
| `not stated`, `not stated: source not held` | the text gives no time, and why we know of none |

Numbers to twelve may be written as words. `5 days` is refused: say which days. Instead of one of
these, a limit may be one of the following, written in curly brackets.
"""
OF_A_CLOCK = {
    "opened": "the case comes to it",
    "left": "the case leaves it",
    "tried": "every step there that can settle the matter was tried and did not",
    "missed": "the time of a step, a way on or a clock passes without its being done",
    "date": "the date is given; the time starts on that day",
}
LAYERS = """\
A file that has `extends` is a layer: it is laid over the file it names. It must give its own
`format`, `id`, `title`, `area`, `published_by` and `edition`, and of everything else only what changes.

| key | what it does |
| --- | --- |
| `extends` | the file it is laid over, as a path from its own folder: `../london/policy.yaml` |
| `after_id` | in a new item of a list: the id of the item it comes right after; otherwise it comes last |
| `leaves_out` | rules of the other file that do not hold here, by kind and id |
"""


def reference() -> str:
    """The page."""
    models = list(dict.fromkeys(_models(PolicySource)))
    of_limits = {limits.ShorterOf, limits.ByBand, limits.AgreedBy, limits.SetBy}
    parts = [INTRO, *(_model(m) for m in models if m not in of_limits)]
    parts.insert(2, f"## What every rule has\n\n{_table(Cited, Cited.model_fields)}")
    parts.append(f"## Limits\n\n{LIMITS}")
    parts += [_model(m, level=3) for m in models if m in of_limits]
    parts.append(f"## Seats\n\n{SEATS}")
    parts.append(f"## Triggers\n\n{_triggers()}")
    parts.append(f"## Layers\n\n{LAYERS}")
    return "\n".join(parts)


def title(model: type[BaseModel]) -> str:
    """`NamedCondition` as a heading: `Named condition`."""
    name = model.__name__.removesuffix("Source")
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name)
    return spaced.strip().capitalize()


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model in it, in the order they are met."""
    yield model
    for hint in get_type_hints(model, include_extras=True).values():
        for part in _types(hint):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _models(part)


def _types(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _types(part)


def _model(model: type[BaseModel], *, level: int = 2) -> str:
    fields = model.model_fields
    cites = ""
    if issubclass(model, Cited):
        fields = {key: f for key, f in fields.items() if key not in Cited.model_fields}
        cites = " It is a rule: see [what every rule has](#what-every-rule-has)."
    return f"{'#' * level} {title(model)}\n\n{model.__doc__}{cites}\n\n{_table(model, fields)}"


def _table(model: type[BaseModel], fields: Mapping[str, FieldInfo]) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = ["| key | what is written | needed | what it is |", "| --- | --- | --- | --- |"]
    rows += [
        f"| `{f.alias or key}` | {in_words(hints[key])} | {_needed(f)} | {_cell(f.description)} |"
        for key, f in fields.items()
    ]
    return "\n".join(rows) + "\n"


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default = field.get_default()
    if isinstance(default, BaseModel) or default in (None, [], {}, "", False):
        return "no"
    values = default if isinstance(default, list) else [default]
    return f"no: {', '.join(f'`{value}`' for value in values)}"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


def in_words(hint: Any) -> str:
    """A type as its author would say it."""
    for known, words in TEXTS:
        if hint == known:
            return words
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in args)
    if origin is list:
        return f"a list: {in_words(args[0])}"
    if origin is dict:
        return f"for each id, {_value_words(args[1])}"
    if origin in (Union, UnionType):
        return ", or ".join(words for arg in args if (words := in_words(arg)))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        name = title(hint)
        return f"[{name.lower()}](#{name.lower().replace(' ', '-')})"
    return in_words(args[0])


def _value_words(hint: Any) -> str:
    return "a [limit](#limits)" if hint is str else in_words(hint)


def _triggers() -> str:
    """The whole vocabulary: words that name something, then those that do not."""
    naming = {**OF_A_CLOCK, **OF_A_STEP, **OF_A_WAY, **OF_A_TIME}
    rows = ["| written | said when |", "| --- | --- |"]
    rows += [f"| `{word} {kind.upper()}` | {naming[word]} |" for word, kind in NAMING.items()]
    rows += [f"| `{word}` | {HAPPENINGS[word]} |" for word in sorted(PLAIN)]
    end = "\nWhat is in capitals is the id of a stage, a step, a way on, a clock or a date.\n"
    return "\n".join(rows) + "\n" + end
