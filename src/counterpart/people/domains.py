"""What may stand after the @ in the addresses of an agency's people.

Whoever can read mail at a registered domain may raise and answer for the agency without an account,
so a domain at which anybody at all may have a mailbox is refused.
"""

from __future__ import annotations

import re

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")

ANYONES = frozenset({
    "aol.com", "btinternet.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.co.uk",
    "googlemail.com", "hotmail.com", "hotmail.co.uk", "icloud.com", "live.com", "live.co.uk",
    "mac.com", "mail.com", "me.com", "msn.com", "outlook.com", "outlook.co.uk", "proton.me",
    "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com", "yahoo.com", "yahoo.co.uk",
    "ymail.com", "zoho.com",
})  # fmt: skip
"""Providers at which anybody may open a mailbox in a minute."""


class NotADomain(ValueError):
    """What was written is no domain, or is one that says nothing of where somebody works."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def read_domain(text: str, *, may_be_anyones: bool = False) -> str:
    """A domain in lower case, without an @ before it. Raises `NotADomain`."""
    small = text.strip().lower().removeprefix("@")
    if len(small) > 253 or not _DOMAIN.fullmatch(small):
        raise NotADomain(
            f"“{text[:60]}” is not the end of an email address. Write it as example.org"
        )
    if small in ANYONES and not may_be_anyones:
        raise NotADomain(
            f"Anybody can have an address at {small}, so it says nothing of where they work"
        )
    return small
