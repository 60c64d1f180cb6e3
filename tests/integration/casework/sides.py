"""What the tests of what passes between the sides ask: who owes something, and whether an act was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counterpart.casework.casefile import open_case
from counterpart.casework.writing import Done
from counterpart.engine.rules import Refusal
from tests.integration.casework.standing import everything
from tests.town import Story


def code(answer: Done | Refusal) -> str:
    return answer.code if isinstance(answer, Refusal) else "done"


def owes(story: Story, clock: str) -> list[str]:
    """The agencies that owe this now, by their names in the town; `office` for the partnership."""
    keys = {agency: key for key, agency in story.town.agencies.items()}
    file = open_case(story.case, story.now)
    return sorted(keys.get(duty.body, "office") for duty in file.duties if duty.clock == clock)


def is_refused(story: Story, why: str, act: Callable[..., Any], who: str, /, **what: Any) -> None:
    """The act is refused, for this reason, and leaves nothing."""
    before = everything()
    assert code(story.tries(act, who, **what)) == why
    assert everything() == before
