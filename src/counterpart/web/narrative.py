"""Showing what people wrote as the text they wrote: never as mark-up, never as an invisible instruction.

It must not change what is stored. It works on the way out, at the edge of the page, and only there.
"""

import re
from datetime import date, datetime

from markupsafe import Markup, escape

from counterpart.telling.dates import day, moment
from counterpart.telling.unseen import shown

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def narrative(text: str) -> Markup:
    """A person's account as escaped paragraphs, with their own line breaks kept."""
    lines = shown(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    paragraphs = [_paragraph(part) for part in _PARAGRAPHS.split(lines) if part]
    return Markup("\n").join(paragraphs)


def _paragraph(text: str) -> Markup:
    broken = Markup("<br>\n").join(escape(line) for line in text.split("\n"))
    return Markup('<p class="govuk-body app-narrative">{}</p>').format(broken)


def time_tag(value: datetime | date, said: str | None = None) -> Markup:
    """A `<time>` element that machines can read and people too."""
    words = said or (moment(value) if isinstance(value, datetime) else day(value))
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)


def as_sent(text: str) -> Markup:
    """The text exactly as it was sent, escaped, for the value of an input that will send it again."""
    return escape(text)


def finalise(value: object) -> object:
    """Run on every value a template prints: plain strings have their unseen characters shown.

    Mark-up made by our own templates passes untouched; undefined names pass, to fail as they should.
    """
    if isinstance(value, str) and not isinstance(value, Markup) and not value.isprintable():
        return shown(value)
    return value
