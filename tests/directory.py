"""Small steps for building a directory in a test, by the same functions the use cases call.

Each gives back the id it made. It must not hold an assertion.
"""

import uuid
from datetime import date

from counterpart.people import changes
from counterpart.people.models import Account

LONG_AGO = date(2020, 1, 1)
PASSWORD = "a long sentence nobody guesses"


def new_id() -> str:
    """An id as callers make them."""
    return uuid.uuid4().hex


def a_partnership(name: str = "Northmere Safeguarding Partnership") -> str:
    """A partnership with a code of its own."""
    made = new_id()
    changes.add_partnership(id=made, code=made[:12], name=name)
    return made


def an_agency(
    *partnerships: str, name: str = "Oakfield Primary School", kind: str = "school"
) -> str:
    """An agency of one or more partnerships."""
    made = new_id()
    changes.add_agency(id=made, partnerships=partnerships, name=name, kind=kind)
    return made


def a_post(body: str, tier: str = "practitioner", title: str = "Class teacher") -> str:
    """A post in an agency or a partnership's office."""
    made = new_id()
    changes.add_post(id=made, body=body, tier=tier, title=title, phone="01632 960001")
    return made


def a_person(*posts: str, name: str = "Amara Osei", since: date = LONG_AGO) -> str:
    """A person who holds the given posts."""
    made = new_id()
    changes.add_person(id=made, name=name)
    for post in posts:
        holds(made, post, since)
    return made


def holds(person: str, post: str, since: date = LONG_AGO, until: date | None = None) -> str:
    """An appointment."""
    made = new_id()
    changes.appoint(id=made, post=post, person=person, from_on=since, until_on=until)
    return made


def covers(
    covering: str, since: date, until: date, *, person: str | None = None, post: str | None = None
) -> str:
    """A stand-in between two days."""
    made = new_id()
    changes.arrange_cover(
        id=made, covering=covering, person=person, post=post, from_on=since, until_on=until
    )
    return made


def an_account(
    person: str,
    email: str = "amara.osei@oakfield.example",
    *,
    password: str | None = None,
    is_administrator: bool = False,
) -> Account:
    """A sign-in for a person. Without a password it is quick to make, and signs in by a code."""
    return changes.open_account(
        id=new_id(),
        person=person,
        email=email,
        password=password,
        is_administrator=is_administrator,
    )
