"""Put a policy together from the layers it is written in, before anything is checked.

A file may say `extends: ../base/policy.yaml`. The files are found one by one through `read`, which
the caller gives, and laid over one another, so that what comes out is one tree, as if one person
had written it all. It must not open a file itself, and knows a policy only as keys and values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from counterpart.policy.emitting import as_yaml
from counterpart.policy.merging import laid_over
from counterpart.policy.problems import Place, PolicyRefused, Problem, problem
from counterpart.policy.yaml_text import MOST_BYTES, Items, Keys, YamlRefused, read_yaml
from counterpart.worktime.spelling import shown

Read = Callable[[str], bytes]
"""The bytes of a file, by its path from the folder of the first one. Raises FileNotFoundError."""

MOST_FILES = 10
MOST_ALTOGETHER = 1024 * 1024
MOST_CLIMBED = 5
HEAD = ("id", "title", "edition", "published_by")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Gathered:
    """One tree, the files it was made of, nearest first, and the bytes that say the same alone."""

    tree: Keys
    sources: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was read: where it is from the first one, what it is called, what it says."""

    path: str
    called: str
    tree: Keys


def gathered(content: bytes, *, name: str, read: Read | None) -> Gathered:
    """The policy in `content` with all that it extends. Raises `PolicyRefused`."""
    name = _shortened(name)
    files = [_File(name.rpartition("/")[2], name, _tree(content, name))]
    problems: list[Problem] = []
    size = len(content)
    while "extends" in files[-1].tree:
        further = _next(files, name, read)
        size += len(further)
        path = _path(files[-1].tree["extends"], files[-1].path)
        called = _called(name, path)
        if len(files) == MOST_FILES or size > MOST_ALTOGETHER:
            raise PolicyRefused([_too_much(files[-1])])
        files.append(_File(path, called, _tree(further, called)))
    _check_heads(files, problems)
    tree = files[-1].tree
    for over, under in zip(files[-2::-1], files[:0:-1], strict=True):
        tree = _over(over, tree, under, problems)
    if problems:
        raise PolicyRefused(problems)
    if len(files) > 1:
        content = _stand_alone(tree, files[0])
    return Gathered(tree, tuple(file.called for file in files), content)


def _tree(content: bytes, name: str) -> Keys:
    try:
        tree = read_yaml(content, file=name)
    except YamlRefused as refused:
        raise PolicyRefused(refused.problems) from None
    if not isinstance(tree, Keys):
        words = "a policy is written as keys and values, such as 'title: Our policy'"
        raise PolicyRefused([Problem(name, 1, 1, "not-a-policy", words)])
    return tree


def _check_heads(files: list[_File], problems: list[Problem]) -> None:
    """A file may not say it stands on another when it does not, nor write down `layers` itself."""
    for file in files:
        places = file.tree.places
        if "extends" in file.tree and "layers" in file.tree:
            words = "'layers' is filled in from what the file extends; leave it out here"
            problems.append(problem(places["layers"], "own-layers", words))
        if "leaves_out" in file.tree and not {"extends", "layers"} & set(file.tree):
            words = "this extends no other text, so there is nothing to leave out"
            problems.append(problem(places["leaves_out"], "nothing-to-leave-out", words))


# --- finding the next file -----------------------------------------------------------------------


def _next(files: list[_File], name: str, read: Read | None) -> bytes:
    """The bytes of what the last file extends."""
    last = files[-1]
    place = last.tree.places["extends"]
    written = last.tree["extends"]
    if words := _path_problem(written):
        raise PolicyRefused([problem(place, "bad-path", words)])
    path = _path(written, last.path)
    if path.startswith("../" * (MOST_CLIMBED + 1)):
        words = f"this climbs more than {MOST_CLIMBED} folders up from {name}"
        raise PolicyRefused([problem(place, "bad-path", words)])
    called = _called(name, path)
    if called in (before := [file.called for file in files]):
        chain = " extends ".join([*before[before.index(called) :], called])
        raise PolicyRefused([problem(place, "cycle", f"this goes round in a circle: {chain}")])
    if read is None:
        words = "this file extends another, and only a single file was given"
        raise PolicyRefused([problem(place, "no-such-file", words)])
    try:
        return read(path)
    except OSError:
        words = f"there is no file {shown(called, 200)} that can be read"
        raise PolicyRefused([problem(place, "no-such-file", words)]) from None


def _path_problem(written: object) -> str | None:
    """What is wrong with a path as an author wrote it, in words."""
    if not isinstance(written, str) or not written.strip():
        return "this must be the path of another policy file, like '../base/policy.yaml'"
    if "\\" in written:
        return "write the path with forward slashes, like '../base/policy.yaml'"
    if "\0" in written or "\n" in written or len(written) > 200:
        return "this is not the path of a file"
    if _SCHEME.match(written):
        return "only a file beside this one can be extended, not an address or another drive"
    if written.startswith(("/", "~")):
        return "write the path as it is from this file, like '../base/policy.yaml'"
    if not written.endswith((".yaml", ".yml")):
        return "only a policy file can be extended: its name ends in '.yaml'"
    return None


def _path(written: str, of: str) -> str:
    """A path written in the file `of`, as it is from the folder of the first file."""
    folder = of.rpartition("/")[0]
    return _shortened(f"{folder}/{written}" if folder else written)


def _called(name: str, path: str) -> str:
    """What a file at a path from the first one is called: as the first one is, beside it."""
    folder, slash, _ = name.rpartition("/")
    return _shortened(f"{folder}{slash}{path}")


def _shortened(path: str) -> str:
    """A path without `.` and with no `..` but at its beginning."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept and kept[-1] not in ("..", ""):
            kept.pop()
        elif part == ".." and kept == [""]:
            continue
        elif part not in (".", "") or (not kept and part == "" and path.startswith("/")):
            kept.append(part)
    return "/".join(kept)


def _too_much(file: _File) -> Problem:
    words = (
        f"a policy is made of {MOST_FILES} files at most, of {MOST_ALTOGETHER // 1024:,} KB in all"
    )
    return problem(file.tree.places["extends"], "too-large", words)


# --- one tree out of several ---------------------------------------------------------------------


def _over(over: _File, tree: Keys, under: _File, problems: list[Problem]) -> Keys:
    """A file's tree over that of what it extends; `under` is the nearest file of that."""
    merged = laid_over(_less(tree, "layers"), _less(over.tree, "extends"), problems)
    start = Place(under.called, 1, 1)
    layers, layer = Items(), Keys()
    for key in HEAD:
        if key in tree:
            layer.put(key, tree[key], tree.places[key])
    kept = _inherited(merged, over.tree)
    below = tree.get("layers", Items())
    farther = [_claiming(item, kept) for item in (below if isinstance(below, Items) else [below])]
    taken = {name for item in farther for name in _claims(item)}
    layer.put("clauses", _names([name for name in kept if name not in taken], start), start)
    layers.put(layer, start)
    for item in farther:
        layers.put(item, tree.places["layers"])
    merged.put("layers", layers, over.tree.places["extends"])
    return merged


# --- whose text a clause is: the trees have no known shape yet -------------------------------------


def _inherited(merged: Keys, over: Keys) -> dict[str, None]:
    """The clauses that a merged tree quotes as the text below does, in order."""
    anew = {item.get("id") for item in _clauses(over) if "quote" in item}
    ids = (item.get("id") for item in _clauses(merged))
    return dict.fromkeys(name for name in ids if isinstance(name, str) and name not in anew)


def _clauses(tree: Keys) -> Iterator[Keys]:
    return (item for item in _items(tree.get("clauses")) if isinstance(item, Keys))


def _claims(layer: Any) -> list[str]:
    """The clauses of a layer, as they were filled in when it was laid under another."""
    listed = _items(layer.get("clauses")) if isinstance(layer, Keys) else ()
    return [name for name in listed if isinstance(name, str)]


def _claiming(layer: Any, kept: Container[str]) -> Any:
    """A layer with those of its clauses that still stand."""
    if not isinstance(layer, Keys) or "clauses" not in layer:
        return layer
    fewer, place = _less(layer, "clauses"), layer.places["clauses"]
    fewer.put("clauses", _names([name for name in _claims(layer) if name in kept], place), place)
    return fewer


def _items(value: Any) -> Items:
    return value if isinstance(value, Items) else Items()


def _names(names: Iterable[str], place: Place) -> Items:
    listed = Items()
    for name in names:
        listed.put(name, place)
    return listed


def _less(tree: Keys, left: str) -> Keys:
    rest = Keys()
    for key, value in tree.items():
        if key != left:
            rest.put(key, value, tree.places[key])
    return rest


def _stand_alone(tree: Keys, first: _File) -> bytes:
    """The bytes an installation keeps: one file that extends nothing and says the same."""
    content = as_yaml(tree).encode()
    if len(content) > MOST_BYTES:
        words = f"with all it extends, this policy is over {MOST_BYTES // 1024} KB"
        raise PolicyRefused([problem(first.tree.places["extends"], "too-large", words)])
    return content
