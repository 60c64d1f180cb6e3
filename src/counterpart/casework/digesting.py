"""Each morning, one e-mail to everybody for whom something waits that did not have to go at once.

Run by the worker. It lists all that waits for a person: what they have to do, and what is new. A
person with nothing new gets nothing. Where nobody in a post has an address, it goes to the post's own
mailbox. What waits where there is none, or at a post whose holders may not see it, is on the desk. What is
over (`outlived`) is told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain

from django.db import transaction

from counterpart.access.visibility import is_visible, open_to_post, visible
from counterpart.casework.confirming import reminders
from counterpart.casework.editions import policy_of
from counterpart.casework.newcomers import owe_to_newcomers, with_meetings
from counterpart.casework.one_by_one import do_each
from counterpart.casework.outlived import Sifted, sifted, still_for
from counterpart.casework.reminding import Remind, Reminder, gathered
from counterpart.engine.between_duties import WORDS
from counterpart.engine.endings_duties import WORDS as BY_NAME
from counterpart.lists.finding import DeskRow, duties_of_posts
from counterpart.messages.digests import (
    Line,
    had,
    kept_from,
    nobody_has_had,
    open_to_all,
    owe_digest,
    waiting_at,
    waiting_for,
    waits,
)
from counterpart.messages.kinds import TO_DO, TO_PERSON, TO_POST
from counterpart.messages.models import Notice
from counterpart.messages.notices import KIND_WORDS
from counterpart.messages.recipients import read_by_mailbox
from counterpart.people.cover import stand_ins
from counterpart.people.directory import posts_as_of
from counterpart.people.finders import holders, posts_of
from counterpart.people.standing import asked_once, asked_together
from counterpart.worktime import in_london

AT_ONCE = 100
"""For how many people it is looked up together on what footing they are."""
MOST_LINES = 1000
"""More open duties than anybody has: a bound for the query, not for the digest."""


def send_digests(now: datetime, also: Sequence[Remind] = ()) -> int:
    """Owe today's digest to everybody who has one, and say to how many. Safe to run again.

    `also` gives lines of what waits for people in rooms that this one does not know. One digest that
    cannot be made does not hold the others up; its fault is raised at the end.
    """
    day = in_london(now).date()
    owe_to_newcomers(now)
    news, at_posts = _who_has_news(now)
    reminded = gathered((reminders, *also), now)
    alone = (one for one, words in reminded.items() if any(word.is_alone for word in words))
    people = sorted({*news, *alone})
    # Some at a time: what is asked of each of them is asked together, and is not long ago.
    some = [people[i : i + AT_ONCE] for i in range(0, len(people), AT_ONCE)]
    digests: Iterator[Callable[[], int]] = chain(
        (partial(_to_people, those, reminded, day, now) for those in some),
        (partial(_to_post, post, held_by, day, now) for post, held_by in at_posts.items()),
        (partial(_to_nobody, post, day, now) for post in _left(at_posts, now)),
    )
    return do_each(digests, lambda digest: digest())


def _left(at_posts: Mapping[str, Sequence[str]], now: datetime) -> Iterator[str]:
    """Looked for last, once everybody who may see some of it has had theirs: seldom is any left."""
    yield from (post for post in nobody_has_had(now) if at_posts.get(post, True))


def _who_has_news(now: datetime) -> tuple[list[str], dict[str, list[str]]]:
    """Everybody with word that they have neither seen nor had; and each post that has some to itself, with
    who holds it: it is vacant, or none of them has an address and it has a mailbox.

    Thirteen queries at most, however many people there are; each of them is then asked whether they may see it.
    """
    waiting, known = waits(now), had(now)
    posts = posts_as_of(now, [to for kind, to in waiting if kind == TO_POST])
    persons = {to for kind, to in waiting if kind == TO_PERSON}
    covers = stand_ins(persons, (), in_london(now).date()).of_people
    told: dict[tuple[str, str], list[str]] = {}
    for post in posts.all_posts():
        told[TO_POST, post.id] = [str(holder.person) for holder in post.holders]
    for one in persons:
        told[TO_PERSON, one] = [one, *(cover.person for cover in covers.get(one, ()))]
    people: set[str] = set()
    at_posts: dict[str, list[str]] = {}
    new = {
        (kind, to): [one for one in whom if known[kind, to, one] < waiting[kind, to]]
        for (kind, to), whom in told.items()
    }
    shared = read_by_mailbox({to: told[kind, to] for (kind, to) in new
                              if kind == TO_POST and new[kind, to]})  # fmt: skip
    for (kind, to), whom in told.items():
        is_to_itself = not whom or (kind == TO_POST and to in shared)
        if not is_to_itself:
            people.update(new[kind, to])
        elif known[kind, to, to] < waiting[kind, to]:
            at_posts[to] = whom
    return sorted(people), dict(sorted(at_posts.items()))


def _to_people(
    people: Sequence[str], reminded: Mapping[str, Sequence[Reminder]], day: date, now: datetime
) -> int:
    with asked_together(people, now):
        return do_each(people, lambda one: _to_person(one, reminded.get(one, ()), day, now))


def _to_person(person: str, reminded: Sequence[Reminder], day: date, now: datetime) -> bool:
    with transaction.atomic():
        told = sifted(with_meetings(person, waiting_for(person, now), now), person)
        if not (told.news or any(each.is_alone for each in reminded)):
            return False
        posts = [held.post for held in posts_of(person, now)]
        to_do = duties_of_posts(posts, visible(person, now), limit=MOST_LINES)
        lines = [*_lines(to_do, told), *(each.line for each in reminded)]
        return owe_digest(day, TO_PERSON, person, lines, told.news, now)


def _to_nobody(post: str, day: date, now: datetime) -> bool:
    """For a post whose holders may none of them see the case: it goes nowhere, and is a fault on the desk."""
    with asked_once(), transaction.atomic():
        people = [str(holder.person) for holder in holders(post, now)]
        is_shared = post in read_by_mailbox({post: people})
        news = still_for(post, kept_from(post, people, now, is_shared=is_shared), now)
        told = sifted(news, post)
        lines = _lines((), told)
        return bool(lines) and owe_digest(day, TO_POST, post, lines, told.news, now, is_kept=True)


def _to_post(post: str, people: Sequence[str], day: date, now: datetime) -> bool:
    """For a post with no person to write to: to its own mailbox, if it has one, else a fault on the desk.

    Whoever reads that may do what waits, and so it lists that too: as far as all who hold it may see it.
    """
    with asked_once(), transaction.atomic():
        told = sifted(_open_at(post, people, now), post)
        if not told.news:
            return False
        cases = open_to_post(post, now)
        for person in people:
            cases = cases.filter(is_visible(person, now, "case"))
        to_do = duties_of_posts([post], cases, limit=MOST_LINES)
        return owe_digest(day, TO_POST, post, _lines(to_do, told), told.news, now)


def _open_at(post: str, people: Sequence[str], now: datetime) -> list[Notice]:
    if people:
        return open_to_all(post, people, now)
    return still_for(post, waiting_at(post, now), now)


def _lines(to_do: Sequence[DeskRow], told: Sifted) -> list[Line]:
    """What is to be done, immediate risk first, then by its time; then the news, oldest first.

    News of a duty that is listed itself is that line. The same news on one case is one line.
    """
    in_order = sorted(to_do, key=lambda row: not row.is_urgent)  # the list is in order of time
    lines = [_of_duty(row) for row in in_order]
    listed = {(line.case, line.what) for line in lines}
    found = [
        _of_news(notice, is_past=notice.pk in told.past)
        for notice in told.news
        if (notice.case, notice.what) not in listed
    ]
    return list(dict.fromkeys((*lines, *found)))


def what_is_due(row: DeskRow) -> str:
    """A duty in the words of its policy, without anybody's name."""
    clocks = policy_of(row.edition).clocks
    return (
        clocks[row.clock].what
        if row.clock in clocks
        else (WORDS.get(row.clock) or BY_NAME[row.clock])
    )


def _of_duty(row: DeskRow) -> Line:
    what = what_is_due(row)
    return Line(TO_DO, row.case, row.reference, what, row.due_at, duty=row.duty_id, post=row.post)


def _of_news(notice: Notice, *, is_past: bool) -> Line:
    words = KIND_WORDS[notice.kind]
    what = f"{words}: {notice.what}" if notice.what else words
    what += ". That is over now." if is_past else ""
    return Line(notice.kind, notice.case, notice.reference, what, notice.due_at)
