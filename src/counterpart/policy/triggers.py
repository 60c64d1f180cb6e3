"""The words by which a policy says when a clock starts and stops.

A trigger is a string the fold says aloud as things happen, and a policy names in `starts`,
`stops` and `resumes`. The whole vocabulary is here; the loader refuses any other.

| written in a policy        | said when                                                    |
| -------------------------- | ------------------------------------------------------------ |
| `raised`                   | the concern is raised                                        |
| `urgent`                   | immediate risk is reported, at the start or later            |
| `opened STAGE`             | the case comes to a stage                                    |
| `left STAGE`               | the case leaves a stage                                      |
| `done STEP`                | a step is recorded, whatever came of it                      |
| `tried STAGE`              | every step that can settle it was tried and did not          |
| `settled` / `unsettled`    | the sides say they agree / one of them no longer does        |
| `panel convened`, `panel heard`, `panel decided` | each side heard counts as heard        |
| `outcome proposed`         | a text of the outcome was put to the sides                   |
| `confirmed`, `dissented`   | one agency confirmed, or did not                             |
| `gap reported`             | a gap in policy was reported                                 |
| `closed`, `withdrawn`, `reopened` | the case ended, or was opened again                   |
"""

from __future__ import annotations

PLAIN = frozenset(
    {
        "raised",
        "urgent",
        "settled",
        "unsettled",
        "panel convened",
        "panel heard",
        "panel decided",
        "outcome proposed",
        "confirmed",
        "dissented",
        "gap reported",
        "closed",
        "withdrawn",
        "reopened",
    }
)
WITH_STAGE = ("opened", "left", "tried")
WITH_STEP = ("done",)


def opened(stage: str) -> str:
    return f"opened {stage}"


def left(stage: str) -> str:
    return f"left {stage}"


def tried(stage: str) -> str:
    return f"tried {stage}"


def done(step: str) -> str:
    return f"done {step}"


def problem_with(trigger: str, stages: frozenset[str], steps: frozenset[str]) -> str | None:
    """What is wrong with a trigger as written in a policy, in plain words; None if nothing is."""
    if trigger in PLAIN:
        return None
    word, _, name = trigger.partition(" ")
    if word in WITH_STAGE:
        return None if name in stages else f"there is no stage called {name!r}"
    if word in WITH_STEP:
        return None if name in steps else f"there is no step called {name!r}"
    return f"{trigger!r} is not something that can happen to a case"
