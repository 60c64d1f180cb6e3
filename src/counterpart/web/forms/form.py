"""The form every other form is: an idempotency key, messages in one voice, and nothing typed ever lost.

It must not know what a form is for. It is given `now` and never reads a clock.
"""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from counterpart.web.forms.moments import DateField

KEY = "idempotency_key"
_KEY_SHAPE = re.compile(r"[0-9a-f]{32}")


class CounterpartForm(forms.Form):
    """A form drawn by `components/form.jinja`. Give it `now` where a field is `past_only`."""

    use_required_attribute = (
        False  # the browser's own bubbles vanish, and say less than our messages
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, now: datetime | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "%s")
        super().__init__(data, **kwargs)
        self.now = now
        self.key = self._key_sent() or uuid.uuid4().hex

    def _key_sent(self) -> str | None:
        """The key this page was given when first drawn. One that is missing or malformed is replaced by a new one."""
        return key_sent(self.data)

    def refuse(self, words: str, field: str | None = None) -> None:
        """Say why the act was refused, in the error summary and, if named, at the field."""
        self.add_error(field, words)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, DateField) and field.past_only and name in cleaned:
                self._refuse_future(name, field, cleaned[name])
        return cleaned

    def _refuse_future(self, name: str, field: DateField, value: Any) -> None:
        if self.now is None:
            raise AssertionError(
                f"{type(self).__name__} asks for the past, so it must be given now"
            )
        try:
            field.refuse_future(value, self.now)
        except ValidationError as error:
            self.add_error(name, error)

    def typed(self) -> list[tuple[str, str]]:
        """(label, text) of everything that was sent, for a page that hands it back. Hidden fields are left out."""
        return [(str(b.label), said) for b in self if not b.is_hidden and (said := _as_text(b))]


def key_sent(data: Mapping[str, Any]) -> str | None:
    """The idempotency key among what was sent, or None where there is none that we could have made."""
    sent = str(data.get(KEY, ""))
    return sent if _KEY_SHAPE.fullmatch(sent) else None


def first_input(bound: forms.BoundField) -> str:
    """The id of the first input a message is about: the first radio, the first wrong box of a date."""
    wrong = wrong_boxes(bound)
    return f"{bound.auto_id}-{wrong[0]}" if wrong else str(bound.auto_id)


def wrong_boxes(bound: forms.BoundField) -> tuple[str, ...]:
    """Which boxes of a date are wrong; none for other fields and for a field without errors."""
    if not isinstance(bound.field, DateField) or not bound.errors:
        return ()
    named = [box for error in bound.errors.as_data() for box in getattr(error, "boxes", ())]
    return tuple(named) or bound.field.parts


def _as_text(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(value, dict):
        return " ".join(part for part in value.values() if part)
    chosen = value if isinstance(value, list) else [value]
    labels = {o.value: o.label for o in getattr(bound.field, "options", ())}
    return ", ".join(labels.get(str(v), str(v)) for v in chosen if v not in (None, "", False))
