"""Read a policy file into a `Policy`, or into every problem it has, each with line and column.

The caller does the reading of bytes; this module turns text into values. Nothing in a file is
ever evaluated: no tags, no anchors, no templates. A file is refused unread past `MOST_BYTES`,
and before parsing when nested past `DEEPEST`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.tokens import AliasToken, AnchorToken, TagToken

from counterpart.policy.linking import LinkProblem, link
from counterpart.policy.model import Policy
from counterpart.policy.source import PolicySource

MOST_BYTES = 256 * 1024
DEEPEST = 50
NO_LIMIT = "a limit is written like '5 working days', or as 'shorter_of' with a list of those"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a policy file: where (from 1), a stable code, and plain words."""

    line: int
    column: int
    code: str
    words: str


class PolicyRefused(Exception):
    """A policy could not be loaded. `problems` holds every one that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.line}:{p.column} {p.code} {p.words}" for p in problems))
        self.problems = problems


def load_policy(content: bytes) -> Policy:
    """The policy in the bytes of a file.

    Raises `PolicyRefused` with all its problems. The edition of the policy returned is the
    SHA-256 of the bytes, in hexadecimal: the same bytes are always the same edition.
    """
    tree = _parse(_decode(content))
    source = _shape(tree)
    try:
        return link(source, edition=hashlib.sha256(content).hexdigest())
    except LinkProblem as problem:
        raise PolicyRefused(
            tuple(sorted(_at(tree, where, code, words) for where, code, words in problem.found))
        ) from None


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _refused(1, 1, "too-large", f"the file is over {MOST_BYTES // 1024} KB")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(line, 1, "not-utf8", "the file is not UTF-8 text") from None


def _parse(text: str) -> CommentedMap:
    yaml = YAML(typ="rt", pure=True)
    yaml.allow_duplicate_keys = False
    try:
        _refuse_depth_and_references(text)
        tree = yaml.load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        words = (error.problem or "this is not YAML").split("\n")[0]
        raise _refused(line, column, "not-yaml", words) from None
    except YAMLError:
        raise _refused(1, 1, "not-yaml", "this is not YAML") from None
    except (ValueError, OverflowError):
        raise _impossible_value(yaml, text) from None
    if not isinstance(tree, CommentedMap):
        raise _refused(1, 1, "not-a-policy", "a policy is a list of keys and values")
    return tree


def _impossible_value(yaml: YAML, text: str) -> PolicyRefused:
    """Something that looks like a date or a number, and is none: 31 February, a million digits."""
    todo = [yaml.compose(StringIO(text))]
    while todo:
        node = todo.pop(0)
        if isinstance(node, ScalarNode):
            try:
                yaml.constructor.construct_object(node)
            except (ValueError, OverflowError):
                mark, words = node.start_mark, f"{node.value[:40]!r} is no date or number there is"
                return _refused(mark.line + 1, mark.column + 1, "not-yaml", words)
        elif isinstance(node, MappingNode):
            todo += [part for pair in node.value for part in pair]
        elif isinstance(node, SequenceNode):
            todo += node.value
    return _refused(1, 1, "not-yaml", "this is not YAML")


def _refuse_depth_and_references(text: str) -> None:
    """Look through the tokens alone, so that nothing deep or self-referring is ever built."""
    scanner = YAML(typ="safe", pure=True)
    depth = 0
    for token in scanner.scan(StringIO(text)):
        name = type(token).__name__
        if isinstance(token, AnchorToken | AliasToken | TagToken):
            mark = token.start_mark
            raise _refused(
                mark.line + 1,
                mark.column + 1,
                "no-references",
                "anchors and tags are not used here",
            )
        if name.endswith("StartToken") and name != "StreamStartToken":
            depth += name != "DocumentStartToken"
        elif name.endswith("EndToken") and name not in ("StreamEndToken", "DocumentEndToken"):
            depth -= 1
        if depth > DEEPEST:
            mark = token.start_mark
            raise _refused(
                mark.line + 1, mark.column + 1, "too-deep", f"nested more than {DEEPEST} deep"
            )


def _shape(tree: CommentedMap) -> PolicySource:
    try:
        return PolicySource.model_validate(_plain(tree))
    except ValidationError as error:
        found: set[Problem] = set()
        for item in error.errors():
            where = tuple(part for part in item["loc"] if not _is_model_name(part))
            is_limit = len(where) < len(item["loc"])
            code, words = _plain_words(item["type"], item["msg"], where)
            if is_limit and code == "wrong-value":
                code, words = "not-a-limit", NO_LIMIT
            found.add(_at(tree, where, code, words))
        raise PolicyRefused(tuple(sorted(found))) from None


def _is_model_name(part: str | int) -> bool:
    """Pydantic puts the name of a union's member into a location; the file has no such key."""
    return isinstance(part, str) and part in {"str", "ShorterOf"}


def _plain_words(kind: str, message: str, where: tuple[str | int, ...]) -> tuple[str, str]:
    if kind == "extra_forbidden":
        key = str(where[-1])
        near = get_close_matches(key, _known_keys(PolicySource), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return "unknown-key", f"{key!r} is not a key a policy has here{hint}"
    if kind == "missing":
        return "missing", f"{where[-1]!r} is missing"
    return "wrong-value", message[:1].lower() + message[1:]


def _known_keys(model: type[BaseModel]) -> list[str]:
    keys: set[str] = set()
    todo: list[type[BaseModel]] = [model]
    seen: set[type[BaseModel]] = set()
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, field in current.model_fields.items():
            keys.add(field.alias or name)
            todo.extend(_models_in(field.annotation))
    return sorted(keys)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models_in(part)]


def _plain(node: Any) -> Any:
    """The parsed tree as plain Python values, which is what strict models take."""
    if isinstance(node, CommentedMap):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    if isinstance(node, str):
        return str(node)
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    return node


def _at(tree: CommentedMap, where: tuple[str | int, ...], code: str, words: str) -> Problem:
    """The problem at the place in the file that `where` leads to, or the nearest that exists."""
    node: Any = tree
    line, column = 0, 0
    for part in where:
        try:
            if isinstance(node, CommentedMap):
                line, column = node.lc.key(part)
            elif isinstance(node, CommentedSeq):
                line, column = node.lc.item(part)
            node = node[part]
        except (KeyError, IndexError, TypeError):
            break
    return Problem(line + 1, column + 1, code, words)


def _refused(line: int, column: int, code: str, words: str) -> PolicyRefused:
    return PolicyRefused((Problem(line, column, code, words),))
