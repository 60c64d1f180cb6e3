"""A partnership set up whole: its policy in force, and a business manager who can sign in."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from counterpart.casework import directory, editions
from counterpart.casework.actors import Acting
from counterpart.people.days import day_of
from counterpart.people.finders import person_known_by
from counterpart.people.kinds import BUSINESS_MANAGER

TITLE = "Partnership business manager"


def set_up(
    *,
    code: str,
    name: str,
    area: str,
    policy: bytes,
    manager: str,
    email: str,
    actor: Acting,
    now: datetime,
) -> str:
    """Make a partnership with its policy in force, and its desk's first holder. All of it or nothing.

    Somebody whom the installation knows by this address already has the desk too, under the name
    they have. Returns the partnership's id. Raises `DirectoryFault` and `PolicyRefused`.
    """
    partnership, post = uuid4().hex, uuid4().hex
    with transaction.atomic():
        directory.form_partnership(
            id=partnership, code=code, name=name, area=area, actor=actor, now=now
        )
        editions.publish(content=policy, partnership=partnership, actor=actor, now=now)
        directory.add_post(
            id=post, body=partnership, tier=BUSINESS_MANAGER, title=TITLE, actor=actor, now=now
        )
        known = person_known_by(email)
        today = day_of(now)
        if known is None:
            person = directory.appoint_new(
                post=post, name=manager, mail=email, from_on=today, actor=actor, now=now
            )
        else:
            person = known.id
            directory.appoint(post=post, person=person, from_on=today, actor=actor, now=now)
        if known is None or not known.has_account:
            directory.open_account(person=person, email=email)
    return partnership
