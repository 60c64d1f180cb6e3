"""Fields for what people write: one line, or an account in their own words.

They trim, set line endings, and refuse only what is missing or too long. Control characters are people's paste buffers
at work: they are kept, and shown as text when drawn. The one exception is NUL, which databases cannot hold; it becomes
the picture of itself.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

_NUL_PICTURE = "\u2400"


class LineField(forms.CharField):
    """One line of text. `limit` is in characters; `missing` is what to say when it is left out."""

    look = "text"

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        limit: int = 200,
        required: bool = True,
        **attributes: str,
    ) -> None:
        self.limit = limit
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages={"required": missing or f"Enter {_lower_first(label)}"},
            widget=self._widget(attributes),
        )
        self.validators = [v for v in self.validators if not _refuses_nul(v)]

    def _widget(self, attributes: dict[str, str]) -> forms.Widget:
        return forms.TextInput(attrs=attributes)

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", _NUL_PICTURE)
        return self._shape(text).strip()

    def _shape(self, text: str) -> str:
        return text.replace("\n", " ")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                f"{self.label_text} must be {self.limit:,} characters or fewer. "
                f"You have typed {len(value):,}. Nothing has been lost: shorten it and send it again.",
                code="too_long",
            )

    @property
    def label_text(self) -> str:
        """The label fit for the start of a sentence: a question in quotation marks, anything else plain."""
        label = str(self.label)
        return f"“{label}”" if label.endswith("?") else label


class WordsField(LineField):
    """An account in someone's own words, over as many lines as it takes."""

    look = "words"

    def __init__(self, label: str, *, limit: int = 10_000, rows: int = 6, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(label, limit=limit, **kwargs)

    def _widget(self, attributes: dict[str, str]) -> forms.Widget:
        return forms.Textarea(attrs=attributes)

    def _shape(self, text: str) -> str:
        return text


class CarriedField(LineField):
    """A value carried through the page unseen. It is checked like anything else that comes from outside."""

    look = "hidden"

    def __init__(self, *, limit: int = 200, required: bool = False) -> None:
        missing = "Something is missing from this page. Go back, open it again and try once more."
        super().__init__("", missing=missing, limit=limit, required=required)

    def _widget(self, attributes: dict[str, str]) -> forms.Widget:
        return forms.HiddenInput(attrs=attributes)


def _refuses_nul(validator: object) -> bool:
    return isinstance(validator, ProhibitNullCharactersValidator)


def _lower_first(label: str) -> str:
    return label[:1].lower() + label[1:]
