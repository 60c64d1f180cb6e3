"""The names a story uses, looked up in the policy it is played on.

It must not guess: a name the policy does not have is said, with the nearest it has.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterpart.engine.kinds import Code
from counterpart.worktime.spelling import nearest, shown


class NotInPolicy(Exception):
    """The example names something the policy does not have. The message says so in plain words."""


def known(names: Iterable[str], kind: str, name: str) -> Code:
    """The name, which must be one of these. Raises `NotInPolicy`, with the nearest of them."""
    there = tuple(names)
    if name in there:
        return Code(name)
    near = nearest(name, there)
    hint = f'; did you mean "{near}"?' if near else ""
    raise NotInPolicy(f'the policy has no {kind} called "{shown(name)}"{hint}')
