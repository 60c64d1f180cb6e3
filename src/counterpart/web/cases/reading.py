"""Who has looked at a case: for those whose case it is, its partnership's office, and data protection leads.

It must show nothing of what is in the case: a data protection lead sees this page and no other of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import acts_of, admit
from counterpart.access.answers import Allowed
from counterpart.access.kinds import RELATION_WORDS
from counterpart.access.reading import ReadRecord, reads_of
from counterpart.access.routes import declared
from counterpart.casework.casefile import find
from counterpart.pack.asking import PARTS
from counterpart.pack.giving import READ
from counterpart.people.finders import people_by_id, posts_by_id
from counterpart.web.cases.acts import NOWHERE
from counterpart.web.pages import page

ROWS = 50
PAGES = MappingProxyType(
    {
        "cases:case": "The case",
        "cases:policy": "Where it is in the policy",
        "cases:detail": "A protected detail",
        "cases:tie": "Whether to leave the case",
        "cases:reads": "Who has looked at it",
        "cases:kept_out": "Who is kept from it",
        "raising:receipt": "The receipt",
        "cases:pack": "The form for a pack",
        "cases:pack_redacted": "The form for a pack",
        **{
            f"{READ}{part}": f"Made a pack: {words[:1].lower()}{words[1:]}"
            for part, words in PARTS.items()
        },
        "referred:how_it_came": "How it came to where it is",
    }
)
A_FORM = "A form of the case"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a case, in words."""

    who: str
    post: str
    at: datetime
    by: str
    what: str


@declared("case:see_reads")
def reads(request: HttpRequest, reference: str) -> HttpResponse:
    """The looks at one case, newest first, a page at a time."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    case = find(reference) or NOWHERE
    admit(request, case, now)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    found = reads_of(case, before=before, limit=ROWS + 1)
    here = reverse("cases:reads", kwargs={"reference": reference})
    sees_case = isinstance(acts_of(request, case, now)["see_case"], Allowed)
    values = {
        "reference": reference.upper().replace("-", ""),
        "looks": looks(found[:ROWS]),
        "older": f"{here}?{urlencode({'before': found[ROWS - 1].id})}" if found[ROWS:] else None,
        "newest": here if before is not None else None,
        "sees_case": sees_case,
    }
    return page(request, "cases/reads.jinja", values)


def looks(rows: tuple[ReadRecord, ...]) -> list[Look]:
    """Rows of the log in words. Two queries."""
    names = people_by_id({row.person for row in rows})
    posts = posts_by_id({row.post for row in rows if row.post})
    return [
        Look(
            who=names.get(row.person, "Somebody no longer known"),
            post=posts.get(row.post or "", ""),
            at=row.at,
            by=by_words(row.basis),
            what=PAGES.get(row.page, A_FORM),
        )
        for row in rows
    ]


def by_words(basis: str) -> str:
    """By what right somebody looked: `raising_side, by cover` in words."""
    kind, *how = basis.split(", ")
    words = RELATION_WORDS.get(kind, kind)
    return ", ".join((f"{words[:1].upper()}{words[1:]}", *how))
