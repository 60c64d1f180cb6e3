"""Whether the worry is about a person who works with children, and who that is: they must never see it.

As in `forms`, a form checks shape, and says what is kept in the draft.
"""

from __future__ import annotations

from typing import Any

from counterpart.web.forms import LineField, RadiosField, YesNoField
from counterpart.web.raising.choosing import people_options
from counterpart.web.raising.forms import QuestionForm


class AboutWorkerForm(QuestionForm):
    """Whether it is about what one person did. It may be left out, which is no."""

    is_about_worker = YesNoField(
        "Is the worry about a person who works with children? (optional)",
        missing="Say whether the worry is about a person who works with children",
        hint="Say yes if it is about what one person has done, or how they behave, and not only about a "
        "decision that was made.",
        yes="Yes, it is about a person",
        no="No, it is about a decision",
        required=False,
    )

    def answers(self) -> dict[str, Any]:
        is_about = self.cleaned_data["is_about_worker"]
        return {"is_about_worker": is_about, **({} if is_about else {"subject": None})}


class SubjectForm(QuestionForm):
    """Who it is, of those with a post in one of the agencies."""

    subject = RadiosField(
        "Who is the worry about?",
        missing="Choose the person, or “They are not on this list”",
        hint="They will not see what you write, and nobody will see it by standing in for them.",
    )
    search = LineField("Search by name", required=False, limit=100)

    def shape(self) -> None:
        self.offered = people_options(self.drafting, self.stands("search"), self.stands("subject"))
        self.offer("subject", self.offered.options)

    def answers(self) -> dict[str, Any]:
        return {"subject": self.cleaned_data["subject"]}
