"""Read YAML text into plain values that remember where they stand.

The one way a file that somebody wrote is read here. It takes the parser's events and builds the
values itself, so that nothing in a file is ever evaluated: no tags, no anchors, no second document.
Text is text unless it is plainly a number, a date, `true`, `false` or `null`: `no`, `12:30`,
`1_000` and a telephone number that begins with a nought stay as they were written.
It must not know what a policy is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from counterpart.policy.problems import MOST_PROBLEMS, Place, Problem, problem
from counterpart.policy.yaml_words import in_plain_words
from counterpart.worktime.spelling import shown

MOST_BYTES = 256 * 1024
DEEPEST = 50
LONGEST_KEY = 100

UNSEEN = re.compile(
    "[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_LINE_END = re.compile("\r\n|\r|\n")
_CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
FAST_PARSER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class YamlRefused(Exception):
    """Text that cannot be read. `problems` says why and where; there is at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("; ".join(f"line {p.line}: {p.words}" for p in self.problems))


class Keys(dict[str, Any]):
    """A mapping as it was written. `places` says where each of its keys stands."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        self[key] = value
        self.places[key] = place


class Items(list[Any]):
    """A list as it was written. `places` says where each of its items stands."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []

    def put(self, value: Any, place: Place) -> None:
        self.append(value)
        self.places.append(place)


def read_yaml(content: bytes, *, file: str, parser: Any = FAST_PARSER) -> Any:
    """What the bytes say: `Keys`, `Items`, text, a whole number, a bool, a date, or None.

    `file` is the name that its places and problems carry. Raises `YamlRefused`. Nothing over
    `MOST_BYTES` is read, and nothing nested deeper than `DEEPEST` is built. `parser` gives the
    events: PyYAML's in C, or where that was not built its own.
    """
    text = _decoded(content, file)
    builder = _Builder(file)
    try:
        builder.build(text, parser)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_marked(error, text, file))
    except yaml.YAMLError:
        words = in_plain_words("", "")[1]
        builder.problems.append(Problem(file, 1, 1, "not-yaml", words))
    if builder.problems:
        raise YamlRefused(builder.problems)
    return builder.root


def scalar(written: str) -> Any:
    """The value of text that stands without quotation marks. Raises ValueError: no such date."""
    if written in _CONSTANTS:
        return _CONSTANTS[written]
    if written[0] in "-0123456789":
        if _NUMBER.fullmatch(written):
            return int(written)
        if found := _DATE.fullmatch(written):
            return date(*(int(part) for part in found.groups()))
    return written


def _decoded(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        words = f"the file is over {MOST_BYTES // 1024} KB"
        raise YamlRefused([Problem(file, 1, 1, "too-large", words)])
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        place = _place_of(before, len(before), file)
        words = "the file is not UTF-8 text from here on; save it as UTF-8"
        raise YamlRefused([problem(place, "not-utf8", words)]) from None
    if UNSEEN.search(text):
        raise YamlRefused(_unseen(text, file))
    return text


def _unseen(text: str, file: str) -> list[Problem]:
    found = []
    for number, line in enumerate(_LINE_END.split(text), 1):
        for match in UNSEEN.finditer(line):
            is_tab = match.group() == "\t"
            words = (
                "a tab stands here; use spaces"
                if is_tab
                else f"a character that cannot be seen stands here (U+{ord(match.group()):04X})"
            )
            found.append(Problem(file, number, match.start() + 1, "not-yaml", words))
        if len(found) >= MOST_PROBLEMS:
            break
    return found[:MOST_PROBLEMS]


def _place_of(text: str, index: int, file: str) -> Place:
    ends = [end.end() for end in _LINE_END.finditer(text, 0, index)]
    return Place(file, len(ends) + 1, index - (ends[-1] if ends else 0) + 1)


def _marked(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    code, words, is_begun = in_plain_words(error.context or "", error.problem or "")
    mark = error.context_mark if is_begun else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    return problem(min(place, _place_of(text, len(text), file)), code, words)


class _Builder:
    """Puts the values of one text together, event by event, and is done with."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.problems: list[Problem] = []
        self._here: Keys | Items | None = None
        self._outside: list[Keys | Items | None] = []
        self._key: str | None = None
        self._key_place = Place(file, 1, 1)
        self._documents = 0

    def build(self, text: str, parser: Any) -> None:
        """Take every event of the text, or stop at what cannot be gone on from."""
        for event in yaml.parse(text, Loader=parser):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, Keys())
            elif kind is yaml.SequenceStartEvent:
                self._open(event, Items())
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._here = self._outside.pop()
            elif kind is yaml.DocumentStartEvent:
                self._start(event)
            elif kind is yaml.AliasEvent:
                self._stop(event, "no-references", "references ('*') are not used here")
            if len(self.problems) >= MOST_PROBLEMS:
                raise YamlRefused(self.problems)

    def _start(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, "not-yaml", "a second document begins here; one file holds one")
        if event.version or event.tags:
            self._wrong(event, "not-yaml", "a line that begins with '%' is not used here")

    def _open(self, event: Any, inside: Keys | Items) -> None:
        self._refuse_references(event)
        if isinstance(self._here, Keys) and self._key is None:
            self._stop(event, "not-yaml", "a key is a word or a few, not a list or keys of its own")
        if len(self._outside) >= DEEPEST:
            self._stop(event, "too-deep", f"this is nested more than {DEEPEST} deep")
        self._put(inside, event)
        self._outside.append(self._here)
        self._here = inside

    def _scalar(self, event: Any) -> None:
        self._refuse_references(event)
        value = event.value
        if isinstance(self._here, Keys) and self._key is None:
            self._name(value, event)
            return
        if not event.style:
            try:
                value = scalar(value)
            except ValueError:
                self._wrong(event, "not-yaml", f"there is no such date as {value}")
        elif event.style == '"' and UNSEEN.search(value):
            words = "this text has a character in it that cannot be seen"
            self._wrong(event, "not-yaml", words)
        self._put(value, event)

    def _name(self, key: str, event: Any) -> None:
        """A key of the mapping that is open; its value is what comes next."""
        mark, here = event.start_mark, self._here
        self._key, self._key_place = key, Place(self.file, mark.line + 1, mark.column + 1)
        if not key:
            self._wrong(event, "not-yaml", "a key is missing here, before the colon")
        elif len(key) > LONGEST_KEY or UNSEEN.search(key):
            self._wrong(event, "not-yaml", f"a key is at most {LONGEST_KEY} characters long")
        elif isinstance(here, Keys) and key in here:
            first = here.places[key].line
            words = f"'{shown(key)}' is written twice here; line {first} has it already"
            self._wrong(event, "not-yaml", words)

    def _put(self, value: Any, event: Any) -> None:
        here = self._here
        if isinstance(here, Keys):
            here.put(self._key or "", value, self._key_place)
            self._key = None
        elif here is None:
            self.root = value
        else:
            mark = event.start_mark
            here.put(value, Place(self.file, mark.line + 1, mark.column + 1))

    def _refuse_references(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._wrong(event, "no-references", "anchors ('&') and tags ('!') are not used here")

    def _wrong(self, event: Any, code: str, words: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, code, words))

    def _stop(self, event: Any, code: str, words: str) -> None:
        self._wrong(event, code, words)
        raise YamlRefused(self.problems)
