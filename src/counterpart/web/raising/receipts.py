"""What somebody is told when their concern has been sent: what happens next, who does it, by when.

Everything comes from the case's duties and the directory. It must not promise a time that the
policy does not give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterpart.casework.casefile import CaseFile, working
from counterpart.casework.raising import urgent_contacts
from counterpart.engine.duties import Duty
from counterpart.people.kinds import BUSINESS_MANAGER
from counterpart.telling.duties import clause_words, duty_due_words, in_order, with_whom
from counterpart.web.raising.telephone import Call, calls


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that happens next, in words."""

    what: str
    owner: str
    with_whom: tuple[Call, ...]
    due: str
    clause: str
    working: tuple[str, ...]
    is_nobody: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The page after sending."""

    reference: str
    is_urgent: bool
    next: tuple[ToDo, ...]
    telephone_now: tuple[Call, ...]
    if_not: tuple[Call, ...]


def receipt(file: CaseFile) -> Receipt:
    """The receipt of a case, as it stands now."""
    office = file.directory.posts(file.state.partnership, (BUSINESS_MANAGER,))
    return Receipt(
        reference=file.reference,
        is_urgent=file.state.urgent_since is not None,
        next=tuple(to_dos(file)),
        telephone_now=(
            calls(urgent_contacts(file), file.body_name) if file.state.urgent_since else ()
        ),
        if_not=calls(office, file.body_name),
    )


def to_dos(file: CaseFile) -> Iterator[ToDo]:
    """The duties open now: what is urgent first, then single steps, then the time for the whole."""
    return (_to_do(file, duty) for duty in in_order(file.policy, file.duties))


def _to_do(file: CaseFile, duty: Duty) -> ToDo:
    return ToDo(
        what=duty.what,
        owner=_owner(file, duty),
        with_whom=calls(with_whom(file, duty), file.body_name),
        due=_due(file, duty),
        clause=clause_words(file.policy, duty.clause),
        working=working(duty, file),
        is_nobody=duty.nobody is not None,
    )


def _owner(file: CaseFile, duty: Duty) -> str:
    """Whoever raised the concern is spoken to as “you”."""
    record = file.directory.post(duty.post) if duty.post else None
    if record and file.state.raiser in {holder.person for holder in record.holders}:
        return f"You ({record.title}, {file.body_name(record.body)})"
    return file.owner_words(duty)


def _due(file: CaseFile, duty: Duty) -> str:
    return "At once" if duty.due.at == duty.opened_at else duty_due_words(file, duty)
