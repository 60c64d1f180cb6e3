"""Characters that draw nothing and may mislead: written out where words are shown, kept where they are stored."""

import re

# Control characters other than tab and line ends, and the ones that reverse or isolate the direction of the
# text after them (a name could be made to read backwards).
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """The text with every unseen character written out, for example `[U+0007]`; all else as it is."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
