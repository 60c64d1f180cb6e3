"""Read a policy into a `Policy`, or into every problem it has, each with file, line and column.

The caller does the reading of bytes; this module turns text into values: `yaml_text` reads it,
`layers` puts its files together, `source` holds its shape and `linking` resolves its names.
Nothing in a file is ever evaluated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pydantic import ValidationError

from counterpart.policy.faults import problems_of
from counterpart.policy.layers import Gathered, Read, gathered
from counterpart.policy.linking import LinkProblem, link
from counterpart.policy.model import Policy
from counterpart.policy.places import Places
from counterpart.policy.problems import PolicyRefused, Problem, problem
from counterpart.policy.source import PolicySource
from counterpart.policy.yaml_text import DEEPEST, MOST_BYTES

__all__ = [
    "DEEPEST",
    "MOST_BYTES",
    "Loaded",
    "PolicyRefused",
    "Problem",
    "Read",
    "bundle",
    "load_policy",
    "read_policy",
]

FIRST = "policy.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A policy, where each part of it was written, and the files it was made of, nearest first."""

    policy: Policy
    places: Places
    sources: tuple[str, ...]


def load_policy(content: bytes, *, name: str = FIRST, read: Read | None = None) -> Policy:
    """The policy in the bytes of a file, with all that it extends.

    Raises `PolicyRefused` with all its problems. `name` is what problems call the file; `read`
    gives the bytes of another by its path from this one's folder, and without it a file may
    extend nothing. The edition of the policy is the SHA-256, in hexadecimal, of what `bundle`
    gives: the same words are always the same edition, and for a single file they are its bytes.
    """
    return read_policy(content, name=name, read=read).policy


def read_policy(content: bytes, *, name: str = FIRST, read: Read | None = None) -> Loaded:
    """As `load_policy`, with the places of its parts and the names of its files."""
    found = gathered(content, name=name, read=read)
    places = Places(found.tree, found.sources[0])
    return Loaded(_policy(found, places), places, found.sources)


def bundle(content: bytes, *, name: str = FIRST, read: Read | None = None) -> bytes:
    """One file that stands alone and says the same, which is what an installation keeps.

    For a file that extends nothing it is the very bytes. Raises `PolicyRefused` where the layers
    cannot be put together; what they say together is checked when it is loaded.
    """
    return gathered(content, name=name, read=read).content


def _policy(found: Gathered, places: Places) -> Policy:
    try:
        source = PolicySource.model_validate(found.tree)
    except ValidationError as error:
        raise PolicyRefused(problems_of(error.errors(include_url=False), places)) from None
    try:
        return link(source, edition=hashlib.sha256(found.content).hexdigest())
    except LinkProblem as refused:
        raise PolicyRefused(
            problem(places.at(where), code, words) for where, code, words in refused.found
        ) from None
