"""Fields for choosing: radios, checkboxes, a list to pick from, yes or no, one box to tick.

They refuse what was not offered, in words that say what to do. What is offered may be set for each request through
`options`; whether a choice is allowed by the policy is for the engine to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

NOT_OFFERED = "Choose from the answers on this page. What you sent is not one of them."


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is sent, what is read, a hint under it; `after_or` puts an “or” before it.

    In a long list, those with the same `group` stand together under its name, such as an agency's.
    """

    value: str
    label: str
    hint: str = ""
    after_or: bool = False
    group: str = ""


class _OptionsField(forms.ChoiceField):
    """What the choosing fields share: `options` in, Django's `choices` out."""

    _options: tuple[Option, ...] = ()
    empty = ""

    def __init__(
        self,
        label: str,
        *,
        options: Sequence[Option] = (),
        missing: str,
        hint: str = "",
        required: bool = True,
    ) -> None:
        messages = {
            "required": missing,
            "invalid_choice": NOT_OFFERED,
            "invalid_list": NOT_OFFERED,
        }
        super().__init__(label=label, help_text=hint, required=required, error_messages=messages)
        self.options = tuple(options)

    @property
    def options(self) -> tuple[Option, ...]:
        """What is offered. Set it in a form's `__init__` where it depends on the request."""
        return self._options

    @options.setter
    def options(self, options: Sequence[Option]) -> None:
        self._options = tuple(options)
        pairs = [(option.value, option.label) for option in options]
        self.choices = [("", self.empty), *pairs] if self.empty else pairs


class RadiosField(_OptionsField):
    """Exactly one answer, all of them in sight. Cleans to the value chosen, or "" where it may be left out."""

    look = "radios"


class SelectField(RadiosField):
    """Exactly one answer from a long list. `empty` is the first line, which chooses nothing."""

    look = "select"

    def __init__(self, label: str, *, empty: str = "Choose one", **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(label, **kwargs)


class CheckboxesField(_OptionsField, forms.MultipleChoiceField):
    """Any number of answers. Cleans to the list of values ticked, in the order offered."""

    look = "checkboxes"

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [option.value for option in self.options if option.value in chosen]


class YesNoField(RadiosField):
    """Yes or no. Cleans to a bool, or to None where it may be left out. Hints go under the two answers."""

    look = "yes_no"

    def __init__(
        self,
        label: str,
        *,
        yes: str = "Yes",
        no: str = "No",
        hints: tuple[str, str] = ("", ""),
        **kwargs: Any,
    ) -> None:
        options = (Option("yes", yes, hints[0]), Option("no", no, hints[1]))
        super().__init__(label, options=options, **kwargs)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class TickField(forms.Field):
    """One box to tick. Cleans to a bool; where it is required, leaving it empty says `missing`."""

    look = "tick"
    widget = forms.CheckboxInput

    def __init__(
        self, label: str, *, missing: str = "", hint: str = "", required: bool = True
    ) -> None:
        super().__init__(
            label=label, help_text=hint, required=required, error_messages={"required": missing}
        )

    def clean(self, value: Any) -> bool:
        ticked = value in {True, "yes", "on", "true"}
        if self.required and not ticked:
            raise ValidationError(self.error_messages["required"], code="required")
        return ticked
