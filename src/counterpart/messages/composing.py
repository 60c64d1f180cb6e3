"""What an e-mail says, worked out from one row of the outbox. Values in, values out.

It holds a reference, a duty, a time and a link, and never a name, nor anything anybody wrote. It
must not look anything up or send anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from counterpart.engine.notices import (
    JUST_MISSED,
    LETTER,
    MEETING,
    MEETING_OFF,
    NEW_DUTY,
    NEW_ENTRY,
    ON_PANEL,
    PANEL_OFF,
    STILL_AT_RISK,
    UNWATCHED,
    URGENT,
    WATCH,
)
from counterpart.messages.answering import message_of
from counterpart.messages.calendars import Entry, meeting
from counterpart.messages.kinds import (
    ACCOUNT,
    ACCOUNT_NEWS,
    ALERT,
    CALLED_OFF,
    DIGEST,
    INVITATION,
    NEW_BROWSER,
    OF_MEETINGS,
    POLICY_COMMENT,
    POLICY_COMMENTS_PATH,
    REGULAR_PATH,
    TAKEN_UP,
    TO_CONFIRM,
    TO_DO,
    TO_REGULAR,
    VISITED,
)
from counterpart.messages.models import DigestLine, MeetingInvitation, OutboxRow
from counterpart.people.invitations import path_of
from counterpart.worktime import in_london
from counterpart.worktime.calendars import in_full

SUBJECTS = MappingProxyType(
    {
        NEW_DUTY: "Counterpart {reference}: something for you to do",
        URGENT: "Counterpart {reference}: please read this now",
        STILL_AT_RISK: "Counterpart {reference}: a child may still be at risk",
        WATCH: "Counterpart {reference}: a case for you to watch",
        UNWATCHED: "Counterpart {reference}: nobody watches this case",
        ON_PANEL: "Counterpart {reference}: you are asked to sit on a panel",
        PANEL_OFF: "Counterpart {reference}: you are no longer asked to a panel meeting",
        MEETING: "Counterpart {reference}: you are asked to a meeting",
        MEETING_OFF: "Counterpart {reference}: you are no longer asked to a meeting",
        JUST_MISSED: "Counterpart {reference}: the time for something has passed",
        LETTER: "{marked}: case {reference}",
        DIGEST: "Counterpart: what waits for you",
        INVITATION: "Counterpart: your link to sign in",
        ACCOUNT: "Counterpart: something about your sign-in has changed",
        ALERT: "Counterpart: something unusual for you to look at",
    }
)

SIGNED_IN = "Counterpart: somebody signed in to your account from a new browser"
"""The subject of the one piece of news of an account that is not of a change."""
NEW_IN_RECORD = "New in the record"
"""What stands once in a digest before all the cases with something new in them."""
NOT_MARKED = "Counterpart, a message for you"
"""What stands before the reference of a letter that the policy does not mark."""
LONGEST_IN_HEADER = 150
"""Characters of a policy's words in a header: so that one line is never the whole e-mail."""

_TEMPLATES = Environment(
    loader=PackageLoader("counterpart.messages"),
    autoescape=select_autoescape(["html.jinja"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail, but for the address it goes to. The same row always gives the same message.

    `addressee` is the office it is addressed to, where a policy names one; else "". `entry` is the
    meeting it asks somebody to, or says is off; `files` are those of a digest, each a file beside it.
    """

    subject: str
    text: str
    html: str
    message_id: str
    written_at: datetime
    addressee: str = ""
    entry: Entry | None = None
    files: tuple[Entry, ...] = ()


def compose(
    row: OutboxRow,
    address: str,
    lines: Iterable[DigestLine] = (),
    *,
    links: Mapping[str, str] | None = None,
    meetings: Iterable[MeetingInvitation] = (),
    may_see: bool = True,
) -> Message:
    """The message of a row. `address` is where people reach this installation, with no slash after it.

    `lines` are those of a digest, `meetings` those it asks somebody to. `links` is given for whoever has
    no account: the paths by which they may do what it asks without one, by message (`answering.links_of`).
    What has none says whom to ask. Whoever may not see the case any more (`may_see`) is led nowhere.
    KeyError for a template that does not exist.
    """
    signs_in = links is None
    path = _path(row) if links is None else links.get(row.id, "")
    path = path if may_see else ""
    reference = _shown(row.reference)
    marked, addressee = _one_line(row.marked), _one_line(row.addressee)
    subject = _subject(row).format(reference=reference, marked=marked or NOT_MARKED)
    files = tuple(_file(one, row, address, signs_in=signs_in) for one in meetings)
    listed = [_line(line, row, address, links) for line in lines]
    values = {
        "duties": [line for line in listed if line.is_to_do],
        "news": _together([line for line in listed if not line.is_to_do]),
        "subject": subject,
        "reference": reference,
        "what": row.what,
        "due": said(row.due_at) if row.due_at else "",
        "link": f"{address}{path}" if path else "",
        "signs_in": signs_in,
        "is_by_code": bool(links),
        # where somebody who belongs to the family leaves the case before they have read a word of it
        "tie": f"{address}{_path(row)}/tie" if row.case and signs_in and may_see else "",
        "may_see": may_see,
        "marked": marked,
        "addressee": addressee,
        "files": len(files),
    }
    return Message(
        subject=subject,
        text=_TEMPLATES.get_template(f"{row.template}.txt.jinja").render(values),
        html=_TEMPLATES.get_template(f"{row.template}.html.jinja").render(values),
        message_id=row.message_id,
        written_at=row.made_at,
        addressee=addressee,
        entry=_entry(row, address, path) if row.gathering else None,
        files=files,
    )


def _subject(row: OutboxRow) -> str:
    is_browser = row.template == ACCOUNT and row.what == ACCOUNT_NEWS[NEW_BROWSER]
    return SIGNED_IN if is_browser else SUBJECTS[row.template]


def _path(row: OutboxRow) -> str:
    return path_of(row.to) if row.template == INVITATION else row.path


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a digest in words. One that says the same of several `cases` has a line for each."""

    kind: str
    about: str
    what: str
    due: str
    link: str
    cases: tuple["_Line", ...] = ()

    @property
    def is_to_do(self) -> bool:
        """Whether it is something to do, and not some news."""
        return self.kind == TO_DO


def _together(news: Sequence[_Line]) -> list[_Line]:
    """The news, with all cases that have something new in the record in one line, where the first of them was."""
    new = tuple(line for line in news if line.kind == NEW_ENTRY)
    one = [_Line(NEW_ENTRY, "", NEW_IN_RECORD, "", "", new)]
    found = [[line] if line.kind != NEW_ENTRY else one if line is new[0] else [] for line in news]
    return [line for some in found for line in some]


def _line(line: DigestLine, row: OutboxRow, address: str, links: Mapping[str, str] | None) -> _Line:
    is_to_do, made_at = line.kind == TO_DO, row.made_at
    due = ""
    if line.due_at is not None and line.kind in OF_MEETINGS:
        due = f"When: {said(line.due_at)}"
    elif line.due_at is not None:
        due = f"{'This was' if line.due_at < made_at else 'It is'} due: {said(line.due_at)}"
    elif is_to_do:
        due = "No time is set"
    words = line.what or "See the case"
    about, path = _shown(line.reference), f"/cases/{line.reference}"
    if line.kind == POLICY_COMMENT:
        about, path = "The policy", POLICY_COMMENTS_PATH
    if line.kind == TO_CONFIRM:
        about, path = "The directory", "/directory"
    if line.kind == TO_REGULAR:
        about, path = "Regular duties", REGULAR_PATH
    if line.kind == VISITED:
        about, path = "Your agency", "/me/notices"
    if line.kind == TAKEN_UP:
        about, path = "Your posts", "/me"
    if links is not None:
        path = links.get(message_of(row, line), "")
    return _Line(line.kind, about, words, due, f"{address}{path}" if path else "")


def _entry(row: OutboxRow, address: str, path: str) -> Entry | None:
    """What a calendar is to have of the meeting that a row is about, and of where to read of it."""
    if row.due_at is None:
        return None
    entry = meeting(
        row.gathering,
        row.reference,
        row.due_at,
        row.made_at,
        address,
        is_panel=row.template in (ON_PANEL, PANEL_OFF),
        sequence=row.sequence,
        is_off=row.template in CALLED_OFF,
    )
    return replace(entry, url=f"{address}{path}" if path else "")


def _file(one: MeetingInvitation, row: OutboxRow, address: str, *, signs_in: bool) -> Entry:
    """The same meeting as in an e-mail of its own, for a calendar that has that already."""
    entry = meeting(
        one.gathering,
        one.reference,
        one.meets_at,
        row.made_at,
        address,
        is_panel=one.is_panel,
        sequence=one.sequence,
        is_off=one.is_off,
    )
    return entry if signs_in else replace(entry, url="")


def _one_line(text: str) -> str:
    """A policy's words as one line of a header: no break in them can begin another header."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:LONGEST_IN_HEADER].rstrip()


def _shown(reference: str) -> str:
    return f"{reference[:4]}-{reference[4:]}" if reference else ""


def said(at: datetime) -> str:
    """An instant as a person in the United Kingdom says it: `Tuesday 24 November 2026 at 3:40pm`."""
    local = in_london(at)
    return f"{local:%A} {in_full(local.date())} at {_clock(local)}"


def _clock(local: datetime) -> str:
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    hour, half = (local.hour % 12 or 12), "am" if local.hour < 12 else "pm"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{half}"
