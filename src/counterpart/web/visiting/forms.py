"""What people without an account are asked: an address, a code, and who they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from counterpart.people.finders import AgencyRecord
from counterpart.people.mailcodes import FIGURES
from counterpart.web.forms import CounterpartForm, LineField, Option, RadiosField
from counterpart.web.signin.forms import EmailField

WRONG_CODE = "That is not the code we sent. Check the email, or ask for a new code."


class AddressForm(CounterpartForm):
    """The work address a code is sent to."""

    email = EmailField("Your work email address")


class CodeForm(CounterpartForm):
    """The code. Cleans to its figures, however they were grouped."""

    code = LineField(
        "Code",
        missing="Enter the code from the email",
        hint=f"{FIGURES} figures",
        limit=40,
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck="false",
    )

    def clean_code(self) -> str:
        """The figures; anything else that was typed could not be a code."""
        figures = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not (figures.isascii() and figures.isdigit() and len(figures) == FIGURES):
            raise ValidationError(WRONG_CODE, code="wrong")
        return figures


class WhoForm(CounterpartForm):
    """A name and a post, as somebody states them; and which agency, where several share their addresses."""

    name = LineField(
        "Your full name",
        missing="Enter your name",
        limit=200,
        autocomplete="name",
        spellcheck="false",
    )
    title = LineField(
        "Your post",
        missing="Enter your post",
        hint="For example, class teacher",
        limit=200,
        autocomplete="organization-title",
    )
    agency = RadiosField("Which agency do you work for?", missing="Choose the agency you work for")

    def __init__(self, *args: Any, agencies: Sequence[AgencyRecord] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(agencies) < 2:
            del self.fields["agency"]
            return
        field = self.fields["agency"]
        assert isinstance(field, RadiosField)  # noqa: S101 - as it stands above
        field.options = tuple(Option(agency.id, agency.name) for agency in agencies)
