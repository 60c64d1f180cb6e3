"""What each kind of file may hold: its headings, which must be there, and what stands under each.

The one table that reading, planning, exporting and `docs/directory.md` go by. Values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from counterpart.people.importing import cells
from counterpart.people.importing.cells import Reader
from counterpart.people.kinds import AGENCY_KINDS, TIERS

AGENCIES, POSTS, PEOPLE = "agencies", "posts", "people"


@dataclass(frozen=True, slots=True)
class Column:
    """One heading. Where it `must` be, no cell under it may be empty. `about` is for the docs.

    `may_begin` are beginnings of a formula that are none here: a telephone number begins with +. `known`
    are the codes that may stand there and no other, with their words, which do as well.
    """

    name: str
    read: Reader
    about: str
    must: bool = False
    may_begin: str = ""
    known: Mapping[str, str] = field(default_factory=dict)


KINDS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        AGENCIES: (
            Column("agency", cells.code, "A short name of your own, such as oakfield. Each once.", must=True),
            Column("name", cells.line(200), "The agency's name as people know it.", must=True),
            Column("kind", cells.kind, "What kind of agency it is.", must=True, known=AGENCY_KINDS),
            Column("area", cells.line(200), "The area it serves."),
            Column("safeguarding_inbox", cells.mail, "The shared mailbox for safeguarding."),
            Column("email_domains", cells.domains, "What stands after the @ in its addresses. Spaces between."),
            Column("statutory", cells.yes_no, "yes for an agency with statutory duties; otherwise no."),
        ),
        POSTS: (
            Column("agency", cells.code, "The agency's short name; office for the partnership's own.", must=True),
            Column("post", cells.code, "A short name of your own, each once in its agency.", must=True),
            Column("tier", cells.tier, "Where the post stands.", must=True, known=TIERS),
            Column("title", cells.line(200), "What the post is called.", must=True),
            Column("telephone", cells.phone, "A number at work.", may_begin="+"),
            Column("email", cells.mail, "The address of the post, where it has its own."),
            Column("last_confirmed", cells.day, "The day somebody last said that all of this is right."),
        ),
        PEOPLE: (
            Column("email", cells.mail, "The person's own address at work. It says who they are.", must=True),
            Column("name", cells.line(200), "The name they work under.", must=True),
            Column("agency", cells.code, "The short name of their agency, or office.", must=True),
            Column("post", cells.code, "The short name of their post there.", must=True),
            Column("first_day", cells.day, "Their first day in it. Empty: today, if they are not in it yet."),
            Column("last_day", cells.day, "Their last day in it. Empty: they stay."),
        ),
    }
)  # fmt: skip


def headings(kind: str) -> tuple[str, ...]:
    """The headings of one kind of file, in the order in which they are written out."""
    return tuple(column.name for column in KINDS[kind])


def needed(kind: str) -> tuple[str, ...]:
    """The headings without which a file is not of this kind."""
    return tuple(column.name for column in KINDS[kind] if column.must)
