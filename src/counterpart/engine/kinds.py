"""The kinds of value an event may hold: facts, which are plain and never erased, and words.

A *fact* is an id, a code from a declared list, a number, a day or an instant. Facts are all
that the engine reads. *Words* are names and narrative: the journal keeps them apart, sealed,
and they can be erased without touching the facts. The annotation on an event's field declares
which it is; nothing else does.

This module must not know any event, policy or storage.
"""

from __future__ import annotations

from typing import NewType

Id = NewType("Id", str)
"""An identifier made by the caller: 32 hexadecimal characters unless a docstring says otherwise."""

Code = NewType("Code", str)
"""One of a declared list of short lower-case codes, never free text."""

Words = NewType("Words", str)
"""Names or narrative written by a person."""

SEALED = Words("")
"""What a fold sees in the place of words."""
