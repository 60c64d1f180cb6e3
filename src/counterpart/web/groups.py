"""Flat lists put into the groups a page draws them in: a picture's lines by box, differences by topic."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from counterpart.policy.comparing import Difference
from counterpart.policy.drawing import Line


def boxes(lines: Iterable[Line]) -> list[tuple[Line, list[Line]]]:
    """Each line that names a box, with the lines that belong to it."""
    found: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if line.level == 1 or not found:
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return found


def by_topic(differences: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Each topic with its differences, in the order they came."""
    return [(topic, list(each)) for topic, each in groupby(differences, lambda one: one.topic)]
