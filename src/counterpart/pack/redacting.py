"""Leaving words of a case out, field by field, and saying so in their place.

The words are taken out of the entries themselves, so that nothing made from the file can show them: the concern, the
outcome and the timeline all read from there. What is left out is never left out silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.kinds import Words
from counterpart.engine.registry import type_of
from counterpart.journal.reading import Whole
from counterpart.pack.asking import CannotMake
from counterpart.pack.content import LeftOut
from counterpart.telling.dates import day_short
from counterpart.telling.describing import title_of

WRITER = "who"
"""The field of an entry that holds who wrote it."""
PEOPLE = ("", "people")
"""The names of everybody who wrote an entry, took part or holds a post, in the whole document; their posts stay."""
NAMED = ("present", "member_names", "stated_name", "worker_names")
"""The fields that hold the names of those who took part."""

LABELS = MappingProxyType(
    {
        "child_references": "Who it is about",
        "dispute": "What is in dispute",
        "why_unsafe": "Why it leaves the child unsafe",
        "desired_outcome": "Outcome wanted",
        "already_tried": "What has been tried",
        "said": "What was said",
        "says": "What was written",
        "present": "Who took part",
        "agreed": "What was agreed",
        "next_step": "What comes next",
        "action_texts": "Action",
        "outstanding": "Still open",
        "member_names": "Member of the panel",
        "stated_name": "The name that was given",
        "why": "Why",
        "asked": "What was asked",
        "evidence": "The evidence",
        "followed": "How it is followed up",
        "record": "The record of the meeting",
        "source": "How it is known",
        "to": "To whom",
        "worker_names": "The name of somebody it was raised with",
        WRITER: "Who wrote it",
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    """Something of an entry that can be left out: its key, what it is, and its text."""

    key: str
    label: str
    text: str


def fields_of(whole: Whole) -> Iterator[Field]:
    """What can be left out of an entry: each text that somebody wrote in it, and who wrote it."""
    event = whole.recorded.event
    for name in type_of(event).words:
        value = getattr(event, name)
        if isinstance(event, e.ProtectedDetailKept):
            continue  # it is never in a pack, and is opened on its own page alone
        if isinstance(value, str):
            if value:
                yield Field(name, label(name), value)
            continue
        for place, text in enumerate(value):
            if text:
                said = f"{label(name)} {place + 1}" if len(value) > 1 else label(name)
                yield Field(f"{name}.{place}", said, text)
    if writer := whole.names.get("on_behalf_name", "") or whole.names.get("actor_name", ""):
        yield Field(WRITER, label(WRITER), writer)


def label(name: str) -> str:
    """What a field is called where people choose."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def where(file: CaseFile, whole: Whole, field: Field) -> str:
    """Which entry a field is of, and which it is: without any of its words."""
    told = title_of(file, whole.recorded.event)
    return f"{told}, {day_short(whole.recorded.happened_at)}: {field.label}"


def redacted(
    file: CaseFile, without: Iterable[tuple[str, str]]
) -> tuple[CaseFile, tuple[LeftOut, ...]]:
    """The file with these (entry id, field) left out, and the list of what was.

    An entry that is not in the file is not shown, so nothing of it is left out. Raises CannotMake for a field that an
    entry does not have: nothing that somebody meant to leave out may stay.
    """
    wanted = set(without)
    entries, notes = [], list[LeftOut]()
    for whole in file.entries:
        gone = dict[str, str]()
        for field in fields_of(whole):
            if (whole.recorded.id, field.key) in wanted:
                wanted.remove((whole.recorded.id, field.key))
                gone[field.key] = f"[Left out: see note {len(notes) + 1}]"
                notes.append(LeftOut(gone[field.key], where(file, whole, field)))
        entries.append(_without(whole, gone) if gone else whole)
    if PEOPLE in wanted:
        wanted.remove(PEOPLE)
        mark = "[Name left out]"
        notes.append(LeftOut(mark, "The names of those who wrote entries, took part or hold posts"))
        entries = [_nameless(whole, mark) for whole in entries]
        file = replace(file, directory=file.directory.renamed(mark))
    here = {whole.recorded.id for whole in file.entries}
    if any(entry in here or not entry for entry, _ in wanted):
        raise CannotMake(
            "Something that was to be left out is not on the record as it is shown here. Choose again."
        )
    return replace(file, entries=tuple(entries)), tuple(notes)


def _without(whole: Whole, gone: dict[str, str]) -> Whole:
    event = whole.recorded.event
    changed: dict[str, object] = {}
    for name in type_of(event).words:
        value = getattr(event, name)
        if name in gone:
            changed[name] = Words(gone[name])
        elif not isinstance(value, str):
            kept = (gone.get(f"{name}.{place}", text) for place, text in enumerate(value))
            changed[name] = tuple(Words(text) for text in kept)
    recorded = replace(whole.recorded, event=replace(event, **changed))
    unsigned = _unsigned(whole, gone[WRITER]) if WRITER in gone else whole
    return replace(unsigned, recorded=recorded)


def _nameless(whole: Whole, mark: str) -> Whole:
    """Without the names of anybody who wrote it or took part."""
    named = {f.key: mark for f in fields_of(whole) if f.key.split(".")[0] in NAMED}
    return _unsigned(_without(whole, named), mark)


def _unsigned(whole: Whole, mark: str) -> Whole:
    """Without the names of who wrote it and for whom; their posts stay."""
    names = {
        name: mark if name.endswith("_name") and text and not text.startswith("[Left out") else text
        for name, text in whole.names.items()
    }
    return replace(whole, names=names)
