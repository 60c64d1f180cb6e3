"""What an e-mail says, worked out from one row of the outbox. Values in, values out.

It holds a reference, a duty, a time and a link, and never a name, nor anything anybody wrote. It
must not look anything up or send anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from counterpart.engine.notices import JUST_MISSED, NEW_DUTY, ON_PANEL, URGENT
from counterpart.messages.kinds import DIGEST, POLICY_COMMENT, TO_DO
from counterpart.messages.models import DigestLine, OutboxRow
from counterpart.worktime import in_london
from counterpart.worktime.calendars import in_full

SUBJECTS = MappingProxyType(
    {
        NEW_DUTY: "Counterpart {reference}: something for you to do",
        URGENT: "Counterpart {reference}: please read this now",
        ON_PANEL: "Counterpart {reference}: you are asked to sit on a panel",
        JUST_MISSED: "Counterpart {reference}: the time for something has passed",
        DIGEST: "Counterpart: what waits for you",
        POLICY_COMMENT: "Counterpart: somebody has said something about the policy",
    }
)

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
    """An e-mail, but for whom it goes to. The same row always gives the same message."""

    subject: str
    text: str
    html: str
    message_id: str
    written_at: datetime


def compose(row: OutboxRow, address: str, lines: Iterable[DigestLine] = ()) -> Message:
    """The message of a row. `address` is where people reach this installation, with no slash after it.

    `lines` are those of a digest. KeyError for a template that does not exist.
    """
    reference = _shown(row.reference)
    listed = [_line(line, row.made_at, address) for line in lines]
    values = {
        "duties": [line for line in listed if line.is_to_do],
        "news": [line for line in listed if not line.is_to_do],
        "reference": reference,
        "what": row.what,
        "due": said(row.due_at) if row.due_at else "",
        "link": f"{address}{row.path}",
    }
    return Message(
        subject=SUBJECTS[row.template].format(reference=reference),
        text=_TEMPLATES.get_template(f"{row.template}.txt.jinja").render(values),
        html=_TEMPLATES.get_template(f"{row.template}.html.jinja").render(values),
        message_id=row.message_id,
        written_at=row.made_at,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a digest in words."""

    is_to_do: bool
    reference: str
    what: str
    due: str
    link: str


def _line(line: DigestLine, made_at: datetime, address: str) -> _Line:
    is_to_do = line.kind == TO_DO
    due = ""
    if line.due_at is not None:
        due = f"{'This was' if line.due_at < made_at else 'It is'} due: {said(line.due_at)}"
    elif is_to_do:
        due = "No time is set. The case says why"
    words = line.what or "See the case"
    return _Line(is_to_do, _shown(line.reference), words, due, f"{address}/cases/{line.reference}")


def _shown(reference: str) -> str:
    return f"{reference[:4]}-{reference[4:]}"


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
