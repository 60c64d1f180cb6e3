"""What the page of opposite numbers asks: who you are, among those the policy speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterpart.policy.model import Policy
from counterpart.web.forms import CounterpartForm, SelectField
from counterpart.web.opposite import people_in


class WhoAreYouForm(CounterpartForm):
    """A role or a profession of one policy."""

    you = SelectField(
        "Who are you?",
        missing="Choose who you are",
        options=(),
        empty="Choose what is nearest",
        hint="Choose what is nearest to your work.",
    )

    def __init__(self, data: Mapping[str, Any] | None, *, policy: Policy) -> None:
        super().__init__(data)
        self.fields["you"].options = people_in(policy)  # type: ignore[attr-defined]  # a choosing field
