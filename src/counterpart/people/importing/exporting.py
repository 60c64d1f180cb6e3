"""A partnership's directory written out: three files of CSV, or one spreadsheet of three sheets.

What is written can be brought in again, and then changes nothing. Only those are named who hold a
post today or will: who left, and what is closed, is history, and stays in the record. No cell begins as a formula does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

from django.db.models import F, Q
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from counterpart.people.codes import OFFICE
from counterpart.people.days import open_on
from counterpart.people.importing.cells import guarded
from counterpart.people.importing.columns import AGENCIES, KINDS, PEOPLE, POSTS, headings
from counterpart.people.importing.known import agencies_known
from counterpart.people.models import Holding, Post

Row = Mapping[str, Any]


def as_csv(kind: str, partnership: str, today: date) -> bytes:
    """One kind of file as CSV: UTF-8 with a mark, so that spreadsheets read the accents."""
    text = StringIO()
    rows = csv.DictWriter(text, headings(kind), lineterminator="\r\n")
    rows.writeheader()
    for row in rows_of(kind, partnership, today):
        rows.writerow({name: guarded(_text(value)) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def as_spreadsheet(partnership: str, today: date) -> bytes:
    """All three as sheets of one spreadsheet (xlsx). Every cell is text."""
    book = Workbook(write_only=True)
    for kind in KINDS:
        sheet = book.create_sheet(kind)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, name) for name in headings(kind)])
        for row in rows_of(kind, partnership, today):
            sheet.append([_cell(sheet, _text(row[name])) for name in headings(kind)])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def rows_of(kind: str, partnership: str, today: date) -> Iterator[Row]:
    """The rows of one kind of file, by agency, then by name. A value None or "" is an empty cell."""
    rows = {AGENCIES: _agencies, POSTS: _posts, PEOPLE: _people}
    return rows[kind](partnership, today)


def _agencies(partnership: str, today: date) -> Iterator[Row]:
    for code, agency in agencies_known(partnership).items():
        is_closed = agency.closed_on is not None and agency.closed_on <= today
        if agency.details is not None and not is_closed:
            yield {
                "agency": code,
                "name": agency.details.name,
                "kind": agency.details.kind,
                "area": agency.details.area,
                "safeguarding_inbox": agency.details.safeguarding_inbox,
                "email_domains": " ".join(agency.details.mail_domains),
                "statutory": "yes" if agency.details.is_statutory else "no",
            }


def _posts(partnership: str, today: date) -> Iterator[Row]:
    codes = _codes(partnership)
    here = Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    rows = Post.objects.filter(here & open_on(today)).annotate(called=F("agency__name"))
    for row in rows.order_by("called", "title", "id"):
        yield {
            "agency": codes[row.body_id],
            "post": row.code or row.id,
            "tier": row.tier,
            "title": row.title,
            "telephone": row.phone,
            "email": row.mail,
            "last_confirmed": row.last_confirmed_on,
        }


def _people(partnership: str, today: date) -> Iterator[Row]:
    codes = _codes(partnership)
    here = Q(post__partnership=partnership) | Q(post__agency__memberships__partnership=partnership)
    lasting = Q(until_on__isnull=True) | (Q(until_on__gt=today) & Q(until_on__gt=F("from_on")))
    rows = Holding.objects.filter(here & lasting).select_related("post__agency", "person__account")
    for row in rows.order_by("post__agency__name", "person__name", "from_on", "id"):
        account = getattr(row.person, "account", None)
        yield {
            "email": row.person.mail or (account.email if account else ""),
            "name": row.person.name,
            "agency": codes[row.post.body_id],
            "post": row.post.code or row.post_id,
            "first_day": row.from_on,
            "last_day": row.until_on - timedelta(days=1) if row.until_on else None,
        }


def _codes(partnership: str) -> dict[str, str]:
    """The short name of each agency by its id, and of the office."""
    codes = {agency.id: code for code, agency in agencies_known(partnership).items()}
    return codes | {partnership: OFFICE}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _cell(sheet: Any, text: str) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("�", guarded(text)))
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell
