"""The form to say something about a policy. It asks for nothing about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counterpart.people.finders import PartnershipRecord
from counterpart.web.forms import CounterpartForm, Option, RadiosField, WordsField

LONGEST = 4_000


class SayForm(CounterpartForm):
    """What does not work in the policy, and where there are several, for which partnership."""

    partnership = RadiosField(
        "Which partnership’s policy is it about?", missing="Choose which partnership it is about"
    )
    comment = WordsField(
        "What does not work, or could be better?",
        missing="Write what does not work, or could be better",
        hint="Say which part of the policy it is about. Do not name a child or a family, and say nothing "
        "by which anybody could tell who they are. Your name and post go with what you write.",
        limit=LONGEST,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        partnerships: Sequence[PartnershipRecord],
    ) -> None:
        super().__init__(data)
        self._only = partnerships[0].id if len(partnerships) == 1 else ""
        if self._only:
            del self.fields["partnership"]
        else:
            self.fields["partnership"].options = [  # type: ignore[attr-defined]  # a choosing field
                Option(each.id, each.name) for each in partnerships
            ]

    @property
    def chosen(self) -> str:
        """The partnership it is about."""
        return self._only or str(self.cleaned_data["partnership"])
