"""What is offered where somebody must be found in the directory: agencies, workers, supporters.

A short list is offered whole. A long one is searched; what was chosen before stays on it. It must
not offer anything outside the partnership, whatever a form sends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterpart.engine.directory import PostRecord
from counterpart.people.finders import AgencyRecord, FoundPost
from counterpart.people.kinds import AGENCY_KINDS
from counterpart.people.searching import FoundPerson
from counterpart.telling.dates import day_short
from counterpart.web.forms import Option
from counterpart.web.lines import holder_words
from counterpart.web.raising.drafting import NOBODY, Drafting

MANY = 20
UNKNOWN = "unknown"
VACANT = "Nobody holds this post at the moment"


@dataclass(frozen=True, slots=True)
class Offered:
    """The answers on a page. `is_searched`: there are more than are shown. `found_nothing`: for what
    was looked for.
    """

    options: tuple[Option, ...]
    is_searched: bool
    found_nothing: bool = False


def agency_options(drafting: Drafting, text: str, chosen: Sequence[str]) -> Offered:
    """The other agencies of the partnership."""
    if len(drafting.agencies) <= MANY:
        return Offered(tuple(map(_agency, drafting.agencies)), is_searched=False)
    found = [a for a in drafting.agencies if _matches(text, a.name, AGENCY_KINDS.get(a.kind, ""))]
    shown = [a for a in drafting.agencies if a.id in chosen or a in found[:MANY]]
    return Offered(tuple(map(_agency, shown)), True, bool(text) and not found)


def worker_options(drafting: Drafting, agency: str, text: str, chosen: str) -> Offered:
    """The posts of one agency, and “I do not know who”."""
    posts = drafting.posts_at(agency)
    unknown = Option(UNKNOWN, "I do not know who, or they are not on this list", "", bool(posts))
    if len(posts) <= MANY:
        return Offered((*map(_post, posts), unknown), is_searched=False)
    found = [p for p in posts if _matches(text, p.title, *(h.name for h in p.holders))]
    shown = [p for p in posts if p.id == chosen or p in found[:MANY]]
    return Offered((*map(_post, shown), unknown), True, bool(text) and not found)


def people_options(drafting: Drafting, text: str, chosen: str) -> Offered:
    """The people of one's own agency and of those chosen, but oneself; and “They are not on this list”."""
    unknown = Option(UNKNOWN, "They are not on this list, or I do not know who it is", "", True)
    everybody = drafting.people()
    if len(everybody) <= MANY:
        others = (one for one in everybody if one.person != drafting.person)
        return Offered((*map(_person, others), unknown), is_searched=False)
    found = (
        [p for p in drafting.people(text) if p.person != drafting.person] if text.split() else []
    )
    shown = {one.person: one for one in found[:MANY]}
    stood = drafting.person_found(chosen)
    if stood is not None:
        shown.setdefault(stood.person, stood)
    return Offered((*map(_person, shown.values()), unknown), True, bool(text) and not found)


def supporter_options(drafting: Drafting, text: str, chosen: str) -> Offered:
    """Nobody, the posts of one's own agency, and what was found elsewhere. Not one's own post, and
    none that nobody holds.
    """
    place, mine = drafting.place, {each.post.post for each in drafting.standpoints}
    own = [p for p in drafting.posts_at(place.post.body) if p.holders and p.id not in mine]
    near = {p.id: _post(p) for p in own} if len(own) <= MANY else {}
    found = [p for p in drafting.search(text) if p.names and p.post not in mine]
    stood = drafting.found(chosen) if chosen not in ("", NOBODY, *mine) else None
    elsewhere = [p for p in (*found, *([stood] if stood else [])) if p.post not in near]
    far = {p.post: _found(p, is_first=p is elsewhere[0]) for p in elsewhere}
    nobody = Option(NOBODY, "No, thank you")
    return Offered((nobody, *near.values(), *far.values()), True, bool(text) and not found)


def closing_words(agency: AgencyRecord) -> str:
    """From which day an agency is closed, where that is known already: somebody else will have to go on then."""
    if agency.closed_on is None:
        return ""
    return (
        f"It is closed from {day_short(agency.closed_on)} on."
        " Ask it, or the partnership’s office, who takes over its work."
    )


def _agency(agency: AgencyRecord) -> Option:
    return Option(agency.id, agency.name, closing_words(agency))


def _post(post: PostRecord) -> Option:
    names = holder_words(post)
    return Option(post.id, names, post.title) if names else Option(post.id, post.title, VACANT)


def _person(one: FoundPerson) -> Option:
    return Option(one.person, one.name, f"{one.title}, {one.body_name}")


def _found(post: FoundPost, *, is_first: bool) -> Option:
    """One found by searching; the first is set apart from the list that was there."""
    where = f"{post.title}, {post.agency_name}"
    return Option(post.post, " or ".join(post.names), where, after_or=is_first)


def _matches(text: str, *where: str) -> bool:
    """Whether every word looked for stands in one of the texts."""
    words = text.casefold().split()
    return bool(words) and all(any(word in each.casefold() for each in where) for word in words)
