"""What is asked of the engine, and how it says no.

The shapes that `rules` and `details` share. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy
from counterpart.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not happen now: a stable code, and words for the person who asked."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the event proposed, when it happened and when it is being written.

    `more` are events that are written together with it.
    """

    policy: Policy
    state: CaseState
    proposed: Any
    happened_at: datetime
    now: datetime
    calendar: Calendar
    more: tuple[Any, ...] = ()


StateRule = Callable[[Policy, CaseState, str], Refusal | None]
TimedRule = Callable[[Policy, CaseState, str, datetime, Calendar], Refusal | None]
DetailRule = Callable[[Asked], Refusal | None]
