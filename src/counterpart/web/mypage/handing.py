"""What of one's own could be handed on, post by post, and who could take it: for the page that does.

Everything is asked of `access.visible`. A fixed number of queries for a page, however much there
is. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.access.visibility import visible
from counterpart.casework.casefile import find
from counterpart.casework.handing import Part, parts_of, was_handed
from counterpart.engine.directory import PostRecord
from counterpart.lists import finding
from counterpart.lists.finding import DeskRow
from counterpart.people.colleagues import own_posts, posts_in
from counterpart.people.directory import Snapshot
from counterpart.people.standing import HeldPost
from counterpart.telling.dates import reference as shown
from counterpart.web.desk.reassigning import post_line
from counterpart.web.forms import Option
from counterpart.web.lines import Line, line, names_of, steps_first

MOST = 200
"""How many duties one page hands on. Whoever has more comes back for the rest."""
SENT_BEFORE = "It was handed on when you sent this the first time."


@dataclass(frozen=True, slots=True)
class Piece:
    """One part to be handed on, in words. `value` is what the form sends."""

    part: Part
    reference: str
    whats: tuple[str, ...]
    stage: str
    due: str

    @property
    def value(self) -> str:
        return f"{self.reference}~{self.part.role}"

    @property
    def what(self) -> str:
        return " ".join(self.whats)

    @property
    def option(self) -> Option:
        """The line to tick."""
        hint = ". ".join(said for said in (self.stage, self.due) if said)
        return Option(self.value, f"Case {shown(self.reference)}: {self.what}", hint)


@dataclass(frozen=True, slots=True)
class OfPost:
    """A post of one's own: what can be handed on, what stays with it, who could take it."""

    held: HeldPost
    pieces: tuple[Piece, ...]
    staying: tuple[Piece, ...]
    colleagues: tuple[Option, ...]

    @property
    def title(self) -> str:
        return f"{self.held.title}, {self.held.body_name}"


@dataclass(frozen=True, slots=True)
class MyWork:
    """Everything the page asks about. `is_more`: this is not all."""

    posts: tuple[OfPost, ...]
    is_more: bool

    @property
    def can_hand_on(self) -> bool:
        return any(one.pieces for one in self.posts)

    @property
    def pieces(self) -> dict[Part, Piece]:
        """Every piece, those that stay among them."""
        return {p.part: p for one in self.posts for p in (*one.pieces, *one.staying)}


def my_work(person: str, now: datetime, *, sent: Any = None, key: str | None = None) -> MyWork:
    """What a person's own posts have to do, and their colleagues.

    With what was `sent` and its `key`: what that form has handed on already stands there too, so
    that sending it twice is not refused.
    """
    posts = own_posts(person, now)
    rows = finding.duties_of_posts([post.post for post in posts], visible(person, now), MOST)
    names = names_of(rows, now)
    said = {part: _piece(part, some, lambda row: line(row, names, now))
            for part, some in parts_of(rows).items()}  # fmt: skip
    open_now = {row.case for row in rows if row.status == "open"}
    directory = posts_in({post.body for post in posts}, now)
    made = []
    for held in posts:
        mine = [piece for piece in said.values() if piece.part.post == held.post]
        pieces = [piece for piece in mine if piece.part.role and piece.part.case in open_now]
        staying = [piece for piece in mine if piece not in pieces]
        if sent is not None and key is not None:
            pieces += _handed_before(person, held, pieces, sent.getlist(take(held)), key)
        colleagues = tuple(_colleagues(directory, held, person)) if pieces else ()
        made.append(OfPost(held, tuple(pieces), tuple(staying), colleagues))
    return MyWork(tuple(one for one in made if one.pieces or one.staying), len(rows) == MOST)


def take(held: HeldPost) -> str:
    """The name of the field that says what of a post is handed on."""
    return f"take_{held.post}"


def _piece(part: Part, rows: Sequence[DeskRow], said: Callable[[DeskRow], Line]) -> Piece:
    lines = steps_first(said(row) for row in rows)
    due = next((f"By {each.due} ({each.length})" for each in lines if each.length), "")
    whats = dict.fromkeys(f"{each.what.removesuffix('.')}." for each in lines)
    return Piece(part, rows[0].reference, tuple(whats), lines[0].stage, due)


def _handed_before(
    person: str, held: HeldPost, there: Iterable[Piece], sent: Sequence[str], key: str
) -> Iterator[Piece]:
    """What the same form handed on when it was sent the first time."""
    known = {piece.value for piece in there}
    for value in [one for one in dict.fromkeys(sent[:MOST]) if one not in known]:
        reference, _, role = value.partition("~")
        case = find(reference)
        part = Part(case or "", held.body, role, held.post)
        if case and was_handed(part=part, person=person, key=key):
            yield Piece(part, reference, (SENT_BEFORE,), "", "")


def _colleagues(directory: Snapshot, held: HeldPost, person: str) -> Iterator[Option]:
    """The other posts there that somebody else holds, those at the same tier first."""
    others = [p for p in directory.all_posts() if p.body == held.body and p.id != held.post]
    there = [p for p in others if _is_held(p, person)]
    yield from map(post_line, sorted(there, key=lambda post: post.tier != held.tier))


def _is_held(post: PostRecord, person: str) -> bool:
    return any(holder.person != person for holder in post.holders)


def chosen(form: Any, work: MyWork) -> Mapping[Part, str]:
    """What a form that is in shape hands on, and to which post; what stays is there with none."""
    found: dict[Part, str] = {}
    for one in work.posts:
        ticked = set(form.cleaned_data.get(take(one.held), ()))
        to = form.cleaned_data.get(give(one.held), "")
        found |= {piece.part: to for piece in one.pieces if piece.value in ticked}
        found |= {piece.part: "" for piece in one.staying}
    return found


def give(held: HeldPost) -> str:
    """The name of the field that says who takes on what of a post is handed on."""
    return f"to_{held.post}"
