"""The words by which a policy says when a clock starts and stops.

A trigger is a string the fold says aloud as things happen, and a policy names in `starts`,
`stops` and `resumes`. The whole vocabulary is here; the loader refuses any other.

| written in a policy        | said when                                                    |
| -------------------------- | ------------------------------------------------------------ |
| `raised`                   | the concern is raised                                        |
| `urgent`                   | immediate risk is reported, at the start or later            |
| `opened STAGE`             | the case comes to a stage                                    |
| `left STAGE`               | the case leaves a stage                                      |
| `tried STAGE`              | every step that can settle it was tried and did not          |
| `done STEP`                | a step is recorded, whatever came of it                      |
| `required STEP`            | an agency required this meeting                              |
| `agreed STEP`, `not agreed STEP` | what came of one step that can settle the matter       |
| `settled` / `unsettled`    | the sides say they agree / one of them no longer does        |
| `asked WAY`, `approved WAY`, `refused WAY` | approval of a way on was asked, given, refused |
| `missed CLOCK`             | the time of a step or clock passed without its being done    |
| `date DATE`                | an outside date was given; the clock starts on that day      |
| `time set CLOCK`           | a person set the time of a step or clock                     |
| `time offered CLOCK`, `time agreed CLOCK` | a time was put forward, one agency agreed to it |
| `band set`                 | somebody said which band of priority the case is in          |
| `panel convened`, `panel heard`, `panel decided` | each side heard counts as heard        |
| `outcome proposed`         | a text of the outcome was put to the sides                   |
| `confirmed`, `dissented`   | one agency confirmed, or did not                             |
| `gap reported`             | a gap in policy was reported                                 |
| `closed`, `withdrawn`, `exited`, `reopened` | the case ended, or was opened again         |
"""

from __future__ import annotations

from collections.abc import Mapping

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
        "band set",
        "closed",
        "withdrawn",
        "exited",
        "reopened",
    }
)
NAMING = {
    "opened": "stage",
    "left": "stage",
    "tried": "stage",
    "done": "step",
    "required": "step",
    "agreed": "step",
    "not agreed": "step",
    "answered": "step",
    "asked": "way",
    "approved": "way",
    "refused": "way",
    "missed": "clock",
    "time set": "clock",
    "time offered": "clock",
    "time agreed": "clock",
    "date": "date",
}
"""The words that name something, and what kind of thing."""


def opened(stage: str) -> str:
    return f"opened {stage}"


def left(stage: str) -> str:
    return f"left {stage}"


def tried(stage: str) -> str:
    return f"tried {stage}"


def done(step: str) -> str:
    return f"done {step}"


def required(step: str) -> str:
    return f"required {step}"


def agreed(step: str) -> str:
    return f"agreed {step}"


def not_agreed(step: str) -> str:
    return f"not agreed {step}"


def answered(step: str) -> str:
    return f"answered {step}"


def asked(way: str) -> str:
    return f"asked {way}"


def approved(way: str) -> str:
    return f"approved {way}"


def refused(way: str) -> str:
    return f"refused {way}"


def missed(clock: str) -> str:
    return f"missed {clock}"


def time_set(clock: str) -> str:
    return f"time set {clock}"


def time_offered(clock: str) -> str:
    return f"time offered {clock}"


def time_agreed(clock: str) -> str:
    return f"time agreed {clock}"


def on_date(date: str) -> str:
    return f"date {date}"


def parts(trigger: str) -> tuple[str, str]:
    """`not agreed first-talk` as its word and the name after it, which may be empty."""
    for word in NAMING:
        if trigger.startswith(f"{word} "):
            return word, trigger[len(word) + 1 :]
    return trigger, ""


def problem_with(trigger: str, known: Mapping[str, frozenset[str]]) -> str | None:
    """What is wrong with a trigger as written in a policy, in plain words; None if nothing is.

    `known` has the names of each kind of thing: `stage`, `step`, `way`, `clock` and `date`.
    """
    if trigger in PLAIN:
        return None
    word, name = parts(trigger)
    if not name:
        return f"{trigger!r} is not something that can happen to a case"
    kind = NAMING[word]
    return None if name in known[kind] else f"there is no {kind} called {name!r}"
