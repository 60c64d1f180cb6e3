"""Whom to speak to in another agency, with the real posts of the directory as they stand now.

For people of the partnership alone. It must not know a case: on a case, the case page says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.casework import editions
from counterpart.people.finders import (
    AgencyRecord,
    agencies_in,
    opposite_numbers,
    partnerships_open_to,
)
from counterpart.policy.model import Policy
from counterpart.web.forms import CounterpartForm, Option, SelectField
from counterpart.web.opposite import Opposite, Sought, opposite, people_in, sought
from counterpart.web.raising.telephone import Call, calls


@dataclass(frozen=True, slots=True)
class PostsShown:
    """The answer: whom the policy names, and the posts at the agency for each of them."""

    found: Opposite
    agency: AgencyRecord
    policy: Policy
    posts: Mapping[Sought, tuple[Call, ...]]

    def of(self, one: Sought) -> tuple[Call, ...]:
        """The posts for one whom the policy names."""
        return self.posts[one]


class PostsForm(CounterpartForm):
    """An agency of one's own partnership, and who one is."""

    agency = SelectField(
        "Which agency do you need to speak to?", missing="Choose an agency", options=(),
        empty="Choose an agency",
    )  # fmt: skip
    you = SelectField(
        "Who are you?", missing="Choose who you are", options=(), empty="Choose what is nearest"
    )

    def __init__(self, data: Mapping[str, Any] | None, *, person: str, now: datetime) -> None:
        super().__init__(data)
        self.agencies: dict[str, tuple[AgencyRecord, Policy]] = {}
        for partnership in partnerships_open_to(person, now):
            policy = editions.current(partnership.id)
            for agency in agencies_in(partnership.id, now) if policy else ():
                if policy:
                    self.agencies.setdefault(agency.id, (agency, policy))
        self._offer()

    def _offer(self) -> None:
        policies = {policy.edition: policy for _, policy in self.agencies.values()}
        people = {
            option.value: option for policy in policies.values() for option in people_in(policy)
        }
        for name, options in (
            ("agency", [Option(id, agency.name) for id, (agency, _) in self.agencies.items()]),
            ("you", list(people.values())),
        ):
            self.fields[name].options = options  # type: ignore[attr-defined]  # a choosing field

    def clean(self) -> dict[str, Any]:
        """Who one is must be among those whom the agency's own policy speaks of."""
        cleaned = super().clean()
        if not self.errors:
            _, policy = self.agencies[cleaned["agency"]]
            if all(option.value != cleaned["you"] for option in people_in(policy)):
                self.add_error("you", "The policy of that partnership does not speak of this role")
        return cleaned


def posts_page(form: PostsForm, now: datetime) -> PostsShown:
    """The answer to a form that is in shape. As many queries as the policy names roles, at most."""
    agency, policy = form.agencies[form.cleaned_data["agency"]]
    found = opposite(policy, form.cleaned_data["you"])
    posts = {one: _posts(agency, one, now) for one in dict.fromkeys(sought(found))}
    return PostsShown(found, agency, policy, posts)


def _posts(agency: AgencyRecord, one: Sought, now: datetime) -> tuple[Call, ...]:
    """The posts at the first of the tiers that has any that is held; else any that there are."""
    there = opposite_numbers(agency.id, one.tiers, now)
    held = [post for post in there if post.holders]
    first = [post for post in held if post.tier == held[0].tier]
    return calls(first or there, lambda _: agency.name)
