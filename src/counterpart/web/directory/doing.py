"""Carrying out an act of the directory from a form: once for a form, and what stands against it in words."""

from __future__ import annotations

from collections.abc import Callable

from counterpart.journal.errors import Conflict, Repeated
from counterpart.people.changes import DirectoryFault
from counterpart.web.forms import CounterpartForm

AT_ONCE = (
    "Somebody else changed the directory at the same moment, so this was not saved. Send it again."
)


def done(form: CounterpartForm, act: Callable[[str], object]) -> bool:
    """Do it with the form's key. False where it was refused: the form then says why.

    The same form sent twice is done once, and answered as done both times.
    """
    try:
        act(form.key)
    except Repeated:
        return True
    except DirectoryFault as fault:
        form.refuse(fault.words)
        return False
    except Conflict:
        form.refuse(AT_ONCE)
        return False
    return True
