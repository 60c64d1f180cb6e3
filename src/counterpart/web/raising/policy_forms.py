"""The questions that only some policies ask: what to check first, and which kind of disagreement it is.

Their words are the policy's. As in `forms`, a form checks shape, and says what is kept in the draft.
"""

from __future__ import annotations

from typing import Any

from counterpart.policy.model import Policy, Track
from counterpart.web.forms import Option, RadiosField
from counterpart.web.raising.forms import QuestionForm

CHECK_FIRST = (
    Option("yes", "Yes"),
    Option("no", "No", "You can still go on"),
    Option("not_needed", "It is not needed here"),
)


class CheckFirstForm(QuestionForm):
    """What the policy asks to look at before a concern is raised, one answer each."""

    def shape(self) -> None:
        kept = self.drafting.checked
        for check in self.drafting.policy.before_raising:
            self.fields[_field(check.id)] = RadiosField(
                check.title,
                missing=f"Choose an answer: {check.title}",
                hint=check.where,
                options=CHECK_FIRST,
            )
            self.initial.setdefault(_field(check.id), kept.get(check.id))

    def answers(self) -> dict[str, Any]:
        checks = self.drafting.policy.before_raising
        return {"checked": {c.id: self.cleaned_data[_field(c.id)] for c in checks}}


class TrackForm(QuestionForm):
    """Which of the tracks that fit it takes. Asked only where there are several."""

    track = RadiosField(
        "Which of these is it?",
        missing="Choose which of these it is",
        hint="The policy goes about them in different ways.",
    )

    def shape(self) -> None:
        policy = self.drafting.policy
        options = [Option(t.id, track_words(policy, t), t.when) for t in self.drafting.tracks]
        self.offer("track", options)


def track_words(policy: Policy, track: Track) -> str:
    """The title of a track; where it has none, the stage it begins at."""
    return track.title or policy.stages[track.first].name


def _field(check: str) -> str:
    return f"check_{check}"
