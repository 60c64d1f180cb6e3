"""What one person has to do, waits for, has begun and has been told.

Everything is asked of `access.visible`, so nothing is said of a case they may not see now. A fixed
number of queries, however much there is. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from counterpart.access.kinds import BUSINESS_MANAGER, PARTY_KINDS
from counterpart.access.rules import LEAD_TIERS
from counterpart.access.visibility import visible
from counterpart.casework import drafts, editions
from counterpart.casework.drafts import DraftRecord
from counterpart.engine.notices import UNWATCHED
from counterpart.lists import finding
from counterpart.lists.finding import DeskRow
from counterpart.messages.kinds import HOME_PATH, POLICY_COMMENT, POLICY_COMMENTS_PATH
from counterpart.messages.notices import NoticeRow, mark_seen, notices_for
from counterpart.office.keeping import is_asked_of
from counterpart.people.colleagues import Arranged, cover_about
from counterpart.people.finders import (
    body_names,
    opposite_numbers,
    partnerships_open_to,
    posts_of,
)
from counterpart.people.kinds import BUSINESS_MANAGER as DESK_TIER
from counterpart.people.kinds import DATA_PROTECTION_LEAD
from counterpart.people.standing import HeldPost
from counterpart.policy.model import Policy, Seat
from counterpart.web.lines import CaseLine, Line, Names, case_line, line, names_of, steps_first
from counterpart.web.raising.telephone import Call, calls
from counterpart.web.referred.come import office_posts

NEWS = 5
"""How many notices stand on My page itself."""
NEWEST = 200
"""How many notices can be marked at once; `messages.notices` counts no further back either."""
LINKS = {POLICY_COMMENT: POLICY_COMMENTS_PATH, UNWATCHED: HOME_PATH}
"""Where news leads that is about no case."""
_PLACE = re.compile(r"20[0-9]{2}-[0-9T:.+-]{15,28}_[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class HandOn:
    """Where what one role of mine has to do in a case is handed on; `what` is the first of it."""

    what: str
    href: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """What I have to do in one case, by one post of mine; for whom, where I stand in."""

    reference: str
    stage: str
    is_urgent: bool
    lines: tuple[Line, ...]
    post: str
    acting_for: str
    hand_on: tuple[HandOn, ...]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A case of my side in which the next thing is not mine to do: who has to do what."""

    case: CaseLine
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What I was told on one occasion. The same word to me and to my post is one piece of news.

    `link` leads to what it is about, where that is no case.
    """

    id: str
    reference: str
    link: str
    words: str
    whats: tuple[tuple[str, datetime | None], ...]
    at: datetime
    is_seen: bool


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Some news, newest first; where older news begins ("" for none)."""

    rows: tuple[News, ...]
    next: str

    @property
    def unseen(self) -> int:
        """How many of these have not been seen."""
        return sum(not row.is_seen for row in self.rows)

    @property
    def newest(self) -> str:
        """What to mark up to."""
        return max((row.id for row in self.rows), key=int, default="")


@dataclass(frozen=True, slots=True)
class Cases:
    """A page of cases; where the next begins ("" for none)."""

    rows: tuple[CaseLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything My page draws."""

    to_do: tuple[ToDo, ...]
    awaited: tuple[Awaited, ...]
    cover: Arranged
    cases: Cases
    news: NewsPage
    drafts: tuple[DraftRecord, ...]
    to_talk_to: tuple[Call, ...]
    has_desk: bool
    keeps_directory: bool
    is_asked_regularly: bool
    watches_reads: bool
    is_referred_to: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet: somebody here for the first time."""
        begun = self.to_do or self.cases.rows or self.news.rows or self.drafts
        return not (begun or self.cover.by_me or self.cover.for_me)


def mine(person: str, now: datetime) -> Mine:
    """My page of a person."""
    posts = {held.post: held for held in posts_of(person, now)}
    open_to_me = visible(person, now, only_open=True)
    made = Mine(
        to_do=_to_do(posts, visible(person, now), now),
        awaited=_awaited(open_to_me.filter(kind__in=PARTY_KINDS), set(posts), now),
        cover=cover_about(person, now),
        cases=_cases(open_to_me.exclude(kind=BUSINESS_MANAGER), now, is_open=True),
        news=news_page(person, now, limit=NEWS),
        drafts=drafts.drafts_of(person),
        to_talk_to=(),
        has_desk=any(_is_desk(held) for held in posts.values()),
        keeps_directory=any(_is_lead(held) for held in posts.values()),
        is_asked_regularly=is_asked_of(posts.values()),
        watches_reads=any(held.tier == DATA_PROTECTION_LEAD for held in posts.values()),
        is_referred_to=bool(office_posts(posts.values())),
    )
    if made.is_empty:
        return replace(made, to_talk_to=_to_talk_to(person, posts.values(), now))
    return made


def cases_page(person: str, now: datetime, *, is_open: bool, after: str) -> Cases:
    """A page of the cases a person has to do with, newest first.

    A business manager's are those they have to do with in another way too: the rest are the desk's.
    """
    theirs = visible(person, now, only_open=is_open).exclude(kind=BUSINESS_MANAGER)
    return _cases(theirs, now, is_open=is_open, after=after)


def news_page(person: str, now: datetime, *, limit: int = 25, after: str = "") -> NewsPage:
    """A page of news. An `after` that is no such place starts at the newest."""
    page = notices_for(person, now, limit, after if _PLACE.fullmatch(after) else "")
    same = groupby(page.rows, key=lambda row: (row.case, row.kind, row.made_at))
    return NewsPage(tuple(_news(list(rows)) for _, rows in same), page.next)


def mark_all(person: str, newest: str, now: datetime) -> None:
    """The person has seen their notices up to `newest`: what came in since was not on their page."""
    if not re.fullmatch(r"[0-9]{1,18}", newest):
        return
    rows = notices_for(person, now, NEWEST).rows
    mark_seen(person, [row.id for row in rows if int(row.id) <= int(newest)], now)


def _to_do(posts: dict[str, HeldPost], cases: QuerySet[Any], now: datetime) -> tuple[ToDo, ...]:
    """What waits for the posts I act in, case by case: immediate risk first, then the soonest due."""
    rows = finding.duties_of_posts(list(posts), cases)
    names = names_of(rows, now)
    found: dict[tuple[str, str], list[DeskRow]] = {}
    for row in rows:
        found.setdefault((row.case, row.post), []).append(row)
    made = [_one_case(some, posts[post], names, now) for (_, post), some in found.items()]
    return tuple(sorted(made, key=lambda each: not each.is_urgent))


def _one_case(rows: Sequence[DeskRow], held: HeldPost, names: Names, now: datetime) -> ToDo:
    lines = [line(row, names, now) for row in rows]
    return ToDo(
        reference=lines[0].reference,
        stage=lines[0].stage,
        is_urgent=lines[0].is_urgent,
        lines=steps_first(lines),
        post=f"{held.title}, {held.body_name}",
        acting_for=held.acting_for_name if held.acting_for else "",
        hand_on=tuple(_hand_on(rows, lines)),
    )


def _hand_on(rows: Sequence[DeskRow], lines: Sequence[Line]) -> Iterator[HandOn]:
    """A way to hand on each role's part, while the case is open. Agreed actions have no role."""
    first = {row.role: (row, line) for row, line in reversed([*zip(rows, lines, strict=True)])}
    for role in dict.fromkeys(row.role for row in rows if row.role and row.status == "open"):
        row, said = first[role]
        yield HandOn(said.what, hand_on_address(row.reference, row.body, role))


def hand_on_address(reference: str, body: str, role: str) -> str:
    """Where a role's part in a case is handed on."""
    address = {"reference": reference, "body": body, "role": role}
    return reverse("mypage:hand_one", kwargs=address)


def _awaited(cases: QuerySet[Any], posts: set[str], now: datetime) -> tuple[Awaited, ...]:
    """The open cases of my side that wait for somebody else. What waits for me is said above them."""
    rows = finding.cases_of(cases, is_open=True).rows
    duties = finding.duties_of_cases([row.case for row in rows])
    names = names_of([*rows, *(one for some in duties.values() for one in some)], now)
    made = [case_line(row, duties[row.case], names, now) for row in rows]
    others = [(case, tuple(one for one in case.duties if one.post not in posts)) for case in made]
    return tuple(Awaited(case, lines) for case, lines in others if lines or not case.duties)


def _is_lead(held: HeldPost) -> bool:
    """A post by which the directory of its agency is kept, or the partnership's whole."""
    return _is_desk(held) or (held.tier in LEAD_TIERS and not held.body_is_partnership)


def _is_desk(held: HeldPost) -> bool:
    return held.body_is_partnership and held.tier == DESK_TIER


def _cases(cases: QuerySet[Any], now: datetime, *, is_open: bool, after: str = "") -> Cases:
    page = finding.cases_of(cases, is_open=is_open, after=after)
    names = names_of((), now)
    return Cases(tuple(case_line(row, (), names, now) for row in page.rows), page.next)


def _news(rows: Sequence[NoticeRow]) -> News:
    first = rows[0]
    return News(
        id=first.id,
        reference=first.reference,
        link=LINKS.get(first.kind, ""),
        words=first.words,
        whats=tuple(dict.fromkeys((row.what, row.due_at) for row in rows if row.what)),
        at=first.made_at,
        is_seen=all(row.is_seen for row in rows),
    )


def _to_talk_to(person: str, posts: Iterable[HeldPost], now: datetime) -> tuple[Call, ...]:
    """Whom the policy would have somebody talk to first, in their own agency, who is there now."""
    place = next((held for held in posts if not held.body_is_partnership), None)
    where = next(iter(partnerships_open_to(person, now)), None)
    policy = editions.current(where.id) if where else None
    if place is None or policy is None:
        return ()
    tiers = [tier for role in _first_roles(policy) for tier in policy.roles[role].tiers]
    found = opposite_numbers(place.body, list(dict.fromkeys(tiers)), now)
    names = body_names([place.body])
    there = [post for post in found if post.holders and post.id != place.post]
    return calls(there, lambda body: names.get(body, ""))


def _first_roles(policy: Policy) -> list[str]:
    """The roles on one's own side that the policy's first stage and its urgent route speak of."""
    first = policy.stages[next(iter(policy.tracks.values())).first]
    seats: list[Seat] = [step.counterpart for step in first.steps if step.counterpart]
    seats += policy.urgent.tells if policy.urgent else ()
    return [seat.role for seat in seats if seat.side == "raising" and seat.role]
