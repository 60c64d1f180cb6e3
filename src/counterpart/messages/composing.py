"""What an e-mail says, worked out from one row of the outbox. Values in, values out.

It holds a reference, a duty, a time and a link, and never a name, nor anything anybody wrote. It
must not look anything up or send anything.
"""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from counterpart.engine.notices import (
    CAME_HERE,
    JUST_MISSED,
    NEW_DUTY,
    ON_PANEL,
    TIME_PASSED,
    URGENT,
)
from counterpart.messages.kinds import POLICY_COMMENT
from counterpart.messages.models import OutboxRow
from counterpart.worktime import in_london
from counterpart.worktime.calendars import in_full

SUBJECTS = MappingProxyType(
    {
        NEW_DUTY: "Counterpart {reference}: something for you to do",
        URGENT: "Counterpart {reference}: please read this now",
        ON_PANEL: "Counterpart {reference}: you are asked to sit on a panel",
        CAME_HERE: "Counterpart {reference}: a case has come to a stage that you are told of",
        TIME_PASSED: "Counterpart {reference}: a time has passed",
        JUST_MISSED: "Counterpart {reference}: the time for something has passed",
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


def compose(row: OutboxRow, address: str) -> Message:
    """The message of a row. `address` is where people reach this installation, with no slash after it.

    KeyError for a template that does not exist.
    """
    reference = f"{row.reference[:4]}-{row.reference[4:]}"
    values = {
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
