"""A post or an agency is closed, or opened again, or an agency leaves a partnership that shares it: each an event,
and rows changed.

What a closed post still had to do is on the desk at once, as having nobody. It is refused where nobody would
be left to whom that could go, and while it is something that stays with the post: whoever holds that next has it.
`people.changes.DirectoryFault` goes up to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from counterpart.casework.actors import Acting
from counterpart.casework.directory_stream import write
from counterpart.casework.upkeep import refresh_duties
from counterpart.casework.writing import load
from counterpart.engine import directory_events as d
from counterpart.engine.kinds import Id
from counterpart.journal.reading import read_types
from counterpart.lists.models import DutyRow, PartyRow
from counterpart.people import closing
from counterpart.people.changes import DirectoryFault
from counterpart.people.days import day_of, on, open_on
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.people.models import Agency, Holding, Membership, Post


def close_post(*, post: str, closed_on: date, actor: Acting, now: datetime, key: str = "") -> None:
    """From a day on a post is there no more. Whoever holds it no longer does, and nobody stands in."""
    with transaction.atomic():
        row = Post.objects.select_for_update().get(id=post)
        _require_to_come(closed_on, row.closed_on, now)
        _require_nothing_that_stays(post)
        _require_nothing_proposed(row)
        _require_successor(row, closed_on)
        _write(row.body_id, [row], closed_on, actor, now, key)
        closing.close_posts(posts=[post], closed_on=closed_on)
        refresh_duties(now, bodies=[row.body_id])


def close_agency(
    *, agency: str, closed_on: date, actor: Acting, now: datetime, key: str = ""
) -> None:
    """From a day on an agency is there no more, and no post of it."""
    with transaction.atomic():
        row = Agency.objects.select_for_update().get(id=agency)
        _require_to_come(closed_on, row.closed_on, now)
        if Membership.objects.filter(agency=agency).count() > 1:
            raise DirectoryFault(
                "shared", "The agency is in another partnership too. It can only leave this one."
            )
        _require_no_case(PartyRow.objects.filter(agency=agency, case__status="open").count())
        posts = closing.open_posts(agency, closed_on)
        _require_nothing_to_do([post.id for post in posts])
        _write(agency, posts, closed_on, actor, now, key, is_whole=True)
        closing.close_posts(posts=[post.id for post in posts], closed_on=closed_on)
        closing.close_agency(agency=agency, closed_on=closed_on)
        refresh_duties(now, bodies=[agency])


def open_post_again(*, post: str, actor: Acting, now: datetime, key: str = "") -> None:
    """A post that was closed by mistake, or is to stay after all, is there as before. Nobody comes back to it
    by that: whoever holds it from now on is said anew.
    """
    with transaction.atomic():
        row = Post.objects.select_for_update().get(id=post)
        _require_closed(row.closed_on)
        if row.agency is not None and row.agency.closed_on is not None:
            raise DirectoryFault("agency_closed", "Its agency is closed. Open that again first.")
        write(row.body_id, [d.PostOpenedAgain(post=Id(post))], actor, now, key=key)
        closing.open_again(posts=[post])
        refresh_duties(now, bodies=[row.body_id])


def open_agency_again(*, agency: str, actor: Acting, now: datetime, key: str = "") -> None:
    """An agency is there as before, with the posts that were closed on the same day."""
    with transaction.atomic():
        row = Agency.objects.select_for_update().get(id=agency)
        day = _require_closed(row.closed_on)
        posts = [Id(post.id) for post in closing.closed_with(agency, day)]
        opened = [d.PostOpenedAgain(post=post) for post in posts]
        whole = d.AgencyOpenedAgain(agency=Id(agency))
        write(agency, [*opened, whole], actor, now, key=key)
        closing.open_again(posts=posts, agency=agency)
        refresh_duties(now, bodies=[agency])


def leave_partnership(
    *, agency: str, partnership: str, actor: Acting, now: datetime, key: str = ""
) -> None:
    """An agency that several partnerships share is of one of them no more, from the next request on."""
    with transaction.atomic():
        Agency.objects.select_for_update().get(id=agency)
        here = PartyRow.objects.filter(agency=agency, case__partnership=partnership)
        _require_no_case(here.filter(case__status="open").count())
        event = d.AgencyLeftPartnership(agency=Id(agency), partnership=Id(partnership))
        write(agency, [event], actor, now, key=key)
        closing.leave_partnership(agency=agency, partnership=partnership)


def _write(
    body: str,
    posts: Sequence[Post],
    closed_on: date,
    actor: Acting,
    now: datetime,
    key: str,
    *,
    is_whole: bool = False,
) -> None:
    """What is written in the record of the body: who leaves which post, and what is closed."""
    ids = [post.id for post in posts]
    left = [
        d.HolderLeft(
            holding=Id(one.id),
            post=Id(one.post_id),
            person=Id(one.person_id),
            until_on=max(one.from_on, closed_on),
        )
        for one in closing.holdings_beyond(ids, closed_on)
    ]
    closed = [d.PostClosed(post=Id(post), closed_on=closed_on) for post in ids]
    whole = [d.AgencyClosed(agency=Id(body), closed_on=closed_on)] if is_whole else []
    write(body, [*left, *closed, *whole], actor, now, key=key)


def _require_to_come(closed_on: date, was: date | None, now: datetime) -> None:
    if was is not None:
        raise DirectoryFault("closed_already", "It has been closed already.")
    if closed_on < day_of(now):
        raise DirectoryFault("passed", "Choose today or a later day.")


def _require_closed(was: date | None) -> date:
    if was is None:
        raise DirectoryFault("open_already", "It is open.")
    return was


def _require_no_case(n: int) -> None:
    if n:
        cases = "an open case" if n == 1 else f"{n} open cases"
        raise DirectoryFault(
            "party",
            f"It has a part in {cases}, and nobody else could take that on. First each of them has to"
            " end, or its part in it to go to another agency.",
        )


def _require_nothing_that_stays(post: str) -> None:
    """What the record names a post for cannot be handed on (`handing`): a closed post would keep it for good."""
    theirs = DutyRow.objects.filter(post=post)
    if theirs.filter(Q(role="") | ~Q(case__status="open")).exists():
        raise DirectoryFault(
            "stays",
            "It has an agreed action to carry out, or something left to do in a case that has ended. That"
            " stays with the post. Say who holds it from now on, and close it once that is done.",
        )


def _require_nothing_proposed(row: Post) -> None:
    """Once a written outcome is confirmed, what it asks of a post stays with it. So it counts before that."""
    here = PartyRow.objects.filter(agency=row.agency_id, case__status="open")
    cases = here.values_list("case_id", flat=True)
    proposed = read_types(["outcome_proposed"], cases) if row.agency_id else ()
    named = {text.stream for text in proposed if any(a.post == row.id for a in text.event.actions)}
    for case in sorted(named):
        state = load(case).state
        actions = state.outcome.actions if state.outcome else ()
        if any(a.post == row.id and a.id not in state.actions_done for a in actions):
            raise DirectoryFault(
                "proposed",
                "A written outcome that is not settled yet names it to carry out an action. First another"
                " post has to be named there, or the action to be done.",
            )


def _require_nothing_to_do(posts: Sequence[str]) -> None:
    """Nobody of another agency could take on what a post has to do."""
    n = DutyRow.objects.filter(post__in=posts).count()
    if n:
        what = "one thing" if n == 1 else f"{n} things"
        raise DirectoryFault(
            "to_do",
            f"Its posts have {what} left to do, and nobody of another agency could take that on. Close it"
            " once that is done. Until then, say who holds those posts.",
        )


def _require_successor(row: Post, day: date) -> None:
    """Somebody must be there to whom what the post has to do can go; and somebody must have the desk."""
    here = Q(agency=row.agency_id) if row.agency_id else Q(partnership=row.partnership_id)
    others = Post.objects.filter(here, open_on(day)).exclude(id=row.id)
    held = others.filter(id__in=Holding.objects.filter(on(day)).values("post"))
    if row.tier == BUSINESS_MANAGER and not held.filter(tier=BUSINESS_MANAGER).exists():
        raise DirectoryFault(
            "only_desk",
            "Nobody else would have the desk. Add another such post first, and its holder.",
        )
    if DutyRow.objects.filter(post=row.id).exists() and not held.exists():
        raise DirectoryFault(
            "nobody_to_hand_to",
            "It has something to do in an open case, and nobody else here holds a post to whom that could"
            " go. Say who comes to another post first.",
        )
