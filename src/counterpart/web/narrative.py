"""Showing what people wrote as the text they wrote: never as mark-up, never as an invisible instruction.

It must not change what is stored. It works on the way out, at the edge of the page, and only there.
"""

import re

from markupsafe import Markup, escape

# Characters that draw nothing and may mislead: control characters other than tab and line ends, and the
# ones that reverse or isolate the direction of the text after them (a name could be made to read backwards).
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def shown(text: str) -> str:
    """The text with every unseen character written out, for example `[U+0007]`; all else as it is."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def narrative(text: str) -> Markup:
    """A person's account as escaped paragraphs, with their own line breaks kept."""
    lines = shown(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    paragraphs = [_paragraph(part) for part in _PARAGRAPHS.split(lines) if part]
    return Markup("\n").join(paragraphs)


def _paragraph(text: str) -> Markup:
    broken = Markup("<br>\n").join(escape(line) for line in text.split("\n"))
    return Markup('<p class="govuk-body app-narrative">{}</p>').format(broken)


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
