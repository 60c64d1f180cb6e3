"""What the page that works out a deadline asks: from when, how long, in which nation.

Its answers stand in the address, so that a sum can be kept and sent on: it must never ask for
anything about a person or a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from counterpart.policy.model import Clock, Policy
from counterpart.policy.phrases import limit_words
from counterpart.web.forms import (
    CheckboxesField,
    CounterpartForm,
    LineField,
    MomentField,
    Option,
    SelectField,
)
from counterpart.worktime import LimitProblem, parse_limit

NATIONS = (
    Option("england-and-wales", "England and Wales"),
    Option("scotland", "Scotland"),
    Option("northern-ireland", "Northern Ireland"),
)


class DeadlineForm(CounterpartForm):
    """A start, and a limit: typed, or taken from a policy."""

    start = MomentField(
        "When does the time start?",
        named="The date the time starts",
        missing="Enter when the time starts",
        hint="A date and a time in the United Kingdom, such as 18 12 2026, 3pm.",
    )
    limit = LineField(
        "How long is the limit?",
        hint="Write the number and the unit: 5 working days, 1 working week, 10 calendar days, "
        "48 hours or same working day.",
        required=False,
        limit=100,
        autocomplete="off",
        spellcheck="false",
    )
    nations = CheckboxesField(
        "Whose bank holidays count?",
        options=NATIONS,
        missing="Choose at least one nation",
        hint="With more than one, a day counts only where it is a working day in all of them.",
        required=False,
    )
    rule = SelectField(
        "Or choose a limit that a policy sets",
        options=(),
        missing="",
        empty="I have written the limit above",
        hint="The policy then says whose bank holidays count.",
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, policies: Sequence[Policy]) -> None:
        super().__init__(data, initial={"nations": [NATIONS[0].value]})
        self.fields["rule"].options = tuple(  # type: ignore[attr-defined]  # a choosing field
            Option(f"{policy.id}/{clock.id}", rule_words(policy, clock))
            for policy in policies
            for clock in policy.clocks.values()
            if clock.limit.fixed
        )

    def clean_limit(self) -> str:
        """The limit as typed. It is read here so that everything wrong is said at once."""
        written = str(self.cleaned_data["limit"])
        if written:
            try:
                parse_limit(written)
            except LimitProblem as problem:
                raise ValidationError(problem.words) from None
        return written

    def clean(self) -> dict[str, Any]:
        """Exactly one limit, and a nation where the limit is typed."""
        cleaned = super().clean()
        if "limit" in self.errors or "rule" in self.errors:
            return cleaned
        written, chosen = cleaned.get("limit"), cleaned.get("rule")
        if written and chosen:
            self.add_error("rule", "Write a limit or choose one of a policy, not both")
        if not written and not chosen:
            self.add_error("limit", "Write how long the limit is, or choose one of a policy")
        if written and not cleaned.get("nations"):
            self.add_error("nations", "Choose at least one nation")
        return cleaned


def rule_words(policy: Policy, clock: Clock) -> str:
    """`Brent: Settle it through discussion. Within 1 working week.`"""
    return f"{policy.area}: {clock.what}. {limit_words(clock.limit, policy)}"
