"""A duty or a case as a line of a list: what, whose, by when. The desk and My page draw these.

The names that a page of lines needs are found in a fixed number of queries, however many lines
there are. Whether the reader may see a case was decided where the rows were asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from counterpart.casework.editions import policy_of
from counterpart.engine import endings_duties
from counterpart.engine.between_duties import WORDS
from counterpart.engine.directory import PostRecord
from counterpart.engine.duties import KEPT_OUT, NO_POST, NOT_NAMED
from counterpart.engine.kinds import Id
from counterpart.lists.finding import Capped, DeskRow
from counterpart.people.directory import Snapshot, posts_as_of
from counterpart.people.finders import body_names
from counterpart.policy.model import Clock, Policy
from counterpart.policy.phrases import small
from counterpart.telling.dates import ago, moment_short, until
from counterpart.telling.duties import AS_SOON_AS_POSSIBLE, NO_TIME, waits_words, way_words
from counterpart.telling.words import STATUS
from counterpart.worktime import AsSoonAsPossible, NotStated

_PLACE = re.compile(r"20[0-9]{2}-[0-9T:.+-]{15,28}~[0-9A-Za-z:_-]{1,160}")


@dataclass(frozen=True, slots=True)
class Names:
    """The posts with their holders, and the names of agencies and partnerships, of some rows."""

    posts: Snapshot
    bodies: Mapping[str, str]

    def body(self, body: str) -> str:
        """An agency's or a partnership's name."""
        return self.bodies.get(body, "")

    def post(self, post: str) -> str:
        """`Amara Osei, Class teacher, Oakfield Primary School`; without a name where it is vacant."""
        record = self.posts.post(Id(post))
        if record is None:
            return ""
        return _listed(holder_words(record), record.title, self.body(record.body))


@dataclass(frozen=True, slots=True)
class Line:
    """One duty. `due` says when, or why there is no time; `length` how late it is, or how soon due.

    `owner` says who has it; where `is_nobody`, why there is nobody. `rank` is 0 for what immediate
    risk asks for, 1 for another single thing to do, 2 for the time that several stages share.
    `role` is empty for an agreed action.
    """

    reference: str
    stage: str
    what: str
    owner: str
    is_nobody: bool
    due: str
    length: str
    is_late: bool
    rank: int
    is_urgent: bool
    since: datetime
    body: str
    role: str
    post: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case, with what is to be done in it: single steps first, then the time for all of them."""

    reference: str
    stage: str
    is_urgent: bool
    raised_at: datetime
    ended_at: datetime | None
    since: datetime
    duties: tuple[Line, ...]


def names_of(rows: Iterable[DeskRow], at: datetime) -> Names:
    """Everything the lines of these rows name. Four to seven queries, whatever their number."""
    known = list(rows)
    posts = posts_as_of(at, {row.post for row in known if row.post})
    bodies = {row.body for row in known} | {row.about for row in known}
    bodies |= {post.body for post in posts.all_posts()}
    return Names(posts, body_names(bodies - {""}))


def line(row: DeskRow, names: Names, now: datetime) -> Line:
    """A row of a duty as a line."""
    policy = policy_of(row.edition)
    clock = policy.clocks.get(row.clock)
    return Line(
        reference=row.reference,
        stage=_stage(row, policy),
        what=_what(row, policy, clock, names),
        owner=_owner(row, policy, names),
        is_nobody=bool(row.nobody),
        due=moment_short(row.due_at) if row.due_at else _why_no_time(policy, row.clock),
        length=length_words(row.due_at, now) if row.due_at else "",
        is_late=row.due_at is not None and row.due_at < now,
        rank=_rank(policy, clock),
        is_urgent=_is_urgent(row),
        since=row.since or row.raised_at,
        body=row.body,
        role=row.role,
        post=row.post,
    )


def case_line(row: DeskRow, duties: Iterable[DeskRow], names: Names, now: datetime) -> CaseLine:
    """A row of a case as a line, with the rows of its duties."""
    return CaseLine(
        reference=row.reference,
        stage=_stage(row, policy_of(row.edition)),
        is_urgent=_is_urgent(row),
        raised_at=row.raised_at,
        ended_at=row.ended_at,
        since=row.since or row.raised_at,
        duties=steps_first(line(duty, names, now) for duty in duties),
    )


def steps_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What immediate risk asks for, other single things, the time for the whole; else as given."""
    return tuple(sorted(lines, key=lambda line: line.rank))


def length_words(due_at: datetime, now: datetime) -> str:
    """`2 days late`, `in 3 days`."""
    if due_at >= now:
        return until(due_at, now)
    said = ago(due_at, now).removesuffix(" ago")
    return "just late" if said == "just now" else f"{said} late"


def count_words(count: Capped) -> str:
    """`15`, or `100+` where counting stopped."""
    return f"{count.n}+" if count.is_more else str(count.n)


def place_in_list(after: str) -> str:
    """Where the next page of a list begins, as an address says it; "" for one that we did not make."""
    if not _PLACE.fullmatch(after):
        return ""
    try:
        at = datetime.fromisoformat(after.partition("~")[0])
    except ValueError:
        return ""
    # Ours are in UTC; PostgreSQL refuses some of the offsets that others could think of.
    return after if at.utcoffset() == timedelta() else ""


def holder_words(record: PostRecord) -> str:
    """Who may act in a post; a stand-in is named with whom they stand in for."""
    names = {holder.person: holder.name for holder in record.holders}
    covered = {holder.acting_for for holder in record.holders if holder.acting_for}
    said = [
        f"{h.name} (for {names[h.acting_for]})" if h.acting_for in names else h.name
        for h in record.holders
        if h.person not in covered
    ]
    return " or ".join(said)


def _is_urgent(row: DeskRow) -> bool:
    """A risk reported once stays on the record; it is only cried out while the case is open."""
    return row.is_urgent and row.status == "open"


def _stage(row: DeskRow, policy: Policy) -> str:
    if row.status == "open":
        return policy.stages[row.stage].name
    return STATUS[row.status]


def _what(row: DeskRow, policy: Policy, clock: Clock | None, names: Names) -> str:
    if clock is None:
        return WORDS.get(row.clock) or endings_duties.WORDS[row.clock]
    if clock.way:
        return way_words(policy, clock.way, clock.what)
    about = names.body(row.about) if row.about and clock.owner.side != "each" else ""
    return f"{clock.what} ({about})" if about else clock.what


def _owner(row: DeskRow, policy: Policy, names: Names) -> str:
    role = policy.roles[row.role].title if row.role in policy.roles else ""
    body = names.body(row.body)
    if row.nobody == NOT_NAMED:
        return f"Nobody has been named yet. It is for: {_listed(role, body)}"
    if row.nobody == NO_POST:
        wanted = small(role) or "post named for this"
        return f"{body} has no {wanted} in the directory"
    if row.nobody == KEPT_OUT:
        return f"Whoever holds this post is kept from the case: {names.post(row.post)}"
    if row.nobody:
        return f"Nobody holds this post: {names.post(row.post)}"
    return names.post(row.post)


def _rank(policy: Policy, clock: Clock | None) -> int:
    """The order of `duties.in_order`."""
    urgent = {step.id for step in policy.urgent.steps} if policy.urgent else set()
    if clock is None:
        return 1
    return 0 if clock.step in urgent else 2 if clock.over else 1


def _why_no_time(policy: Policy, name: str) -> str:
    """In the words of `duties.due_words`. What could not be worked out is said by the case alone."""
    clock = policy.clocks.get(name)
    if name in WORDS:
        return NO_TIME
    if waits := waits_words(policy, clock):
        return f"No time yet. {waits}"
    limits = clock.limit.fixed if clock else ()
    if clock is None or not all(isinstance(one, AsSoonAsPossible | NotStated) for one in limits):
        return "No time could be worked out. The case says why."
    if any(isinstance(one, AsSoonAsPossible) for one in limits):
        return AS_SOON_AS_POSSIBLE
    return NO_TIME


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
