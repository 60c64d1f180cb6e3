"""The forms of the desk's policy pages: a file to bring in, a word to confirm it, an answer to a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterpart.policy.loading import MOST_BYTES
from counterpart.web.forms import (
    CarriedField,
    CounterpartForm,
    TextFileField,
    TickField,
    WordsField,
)

LONGEST_CARRIED = 4 * MOST_BYTES


class BringInForm(CounterpartForm):
    """A file that holds a whole policy."""

    file = TextFileField(
        "Choose the policy file",
        missing="Choose a policy file that is not empty",
        most=MOST_BYTES,
        hint="A file called policy.yaml, smaller than 256 KB. If it builds on another policy, that must "
        "be one of the policies that Counterpart was set up with.",
    )

    @classmethod
    def again(cls, words: str) -> BringInForm:
        """The form with nothing in it but why it is asked again."""
        form = cls({})
        form.errors.clear()
        form.refuse(words, "file")
        return form


class PutInForceForm(CounterpartForm):
    """What was checked, sealed, and a word that it is to come into force."""

    carried = CarriedField(limit=LONGEST_CARRIED, required=True)
    sure = TickField(
        "I have read what was found. This edition is to come into force all the same",
        missing="Tick to say that you have read what was found, or bring in a file that puts it right",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, is_asked: bool, carried: str = ""
    ) -> None:
        super().__init__(data, initial={"carried": carried})
        if not is_asked:
            del self.fields["sure"]


class AnswerForm(CounterpartForm):
    """What was done about a comment, in short."""

    answer = WordsField(
        "What has been done about it?",
        missing="Write what has been done about it",
        hint="In short. Whoever said it can read this. Write nothing about a child or a case.",
        limit=1_000,
        rows=3,
    )
