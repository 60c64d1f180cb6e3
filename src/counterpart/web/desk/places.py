"""Which desk a person asks for, and where on it: from the address, to the address.

A place that we did not make is read as the beginning. It must not say whether a desk is theirs
except by the partnerships they manage now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args
from urllib.parse import urlencode

from django.urls import reverse

from counterpart.lists.finding import View
from counterpart.people.finders import PartnershipRecord, partnerships, partnerships_managed_by
from counterpart.web.lines import place_in_list

LANDING: View = "late"
_CODE = re.compile(r"[a-z0-9-]{1,60}")
_EDITION = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """A view of a desk and where in its list. `partnership` is a code, "" for the only one."""

    partnership: str = ""
    view: View | None = None
    stage: str = ""
    edition: str = ""
    after: str = ""

    @property
    def shown(self) -> View:
        """The view to show: the landing page has what is late."""
        return self.view or LANDING

    @property
    def href(self) -> str:
        """The address of this place."""
        asked = {
            "partnership": self.partnership,
            "view": self.view or "",
            "stage": self.stage,
            "edition": self.edition,
            "after": self.after,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return reverse("desk:desk") + (f"?{query}" if query else "")

    def to(
        self, view: View | None, *, stage: str = "", edition: str = "", after: str = ""
    ) -> Place:
        """Another place on the same desk."""
        return replace(self, view=view, stage=stage, edition=edition, after=after)


def read_place(asked: Mapping[str, str]) -> Place:
    """The place that an address asks for."""
    view = asked.get("view", "")
    stage, edition = asked.get("stage", ""), asked.get("edition", "")
    return Place(
        partnership=asked.get("partnership", ""),
        view=next((known for known in get_args(View) if known == view), None),
        stage=stage if _CODE.fullmatch(stage) and view == "open" else "",
        edition=edition if _EDITION.fullmatch(edition) and view == "open" else "",
        after=place_in_list(asked.get("after", "")),
    )


def desks_of(person: str, at: datetime) -> tuple[PartnershipRecord, ...]:
    """The partnerships whose desk is this person's now, by name."""
    managed = partnerships_managed_by(person, at)
    return tuple(each for each in partnerships() if each.id in managed)


def chosen_desk(desks: tuple[PartnershipRecord, ...], place: Place) -> PartnershipRecord | None:
    """The desk asked for, or the only one; None where it has to be chosen or is not theirs."""
    if not place.partnership and len(desks) == 1:
        return desks[0]
    return next((desk for desk in desks if desk.code == place.partnership), None)
