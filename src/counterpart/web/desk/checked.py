"""A policy file between being checked and being put in force: sealed into the page, and kept nowhere.

What comes into force is then, to the byte, what was checked, for the partnership it was checked
for, in place of the edition it was compared with. A policy holds nothing about any person.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

SALT = "counterpart.desk.checked"
GOOD_FOR = timedelta(hours=12)


class NotOurs(ValueError):
    """What came back is not what a page of ours carried, or is too old."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The bytes of a file, the partnership it is for, and the edition in force at the time, or ""."""

    content: bytes
    partnership: str
    over: str

    def sealed(self) -> str:
        """To be carried in the page."""
        held = {
            "content": b64encode(self.content).decode("ascii"),
            "partnership": self.partnership,
            "over": self.over,
        }
        return signing.dumps(held, salt=SALT, compress=True)


def opened(sealed: str, partnership: str) -> Checked:
    """What a page carried for this partnership. Raises `NotOurs`."""
    try:
        held = signing.loads(sealed, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise NotOurs from None
    if held["partnership"] != partnership:
        raise NotOurs
    return Checked(b64decode(held["content"]), partnership, held["over"])
