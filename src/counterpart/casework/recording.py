"""Placing the record of a stage, or of the end, where the policy wants it kept; and advice that was taken.

An agency says for itself where its record is. Arguments common to all are those of `acts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Unpack

from counterpart.casework.acts import By
from counterpart.casework.placing import misplaced, unknown_in
from counterpart.casework.writing import Done, Loaded, act
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.rules import Refusal

NO_WHERE = Refusal("no_where", "Write which record it is, and in whose system.")


def place_record(
    *,
    stage: str,
    on: Sequence[str],
    placed_on: date,
    where: str,
    note: str = "",
    **by: Unpack[By],
) -> Done | Refusal:
    """One's own agency, or the partnership's office, put the record of a stage where it is kept.

    `stage` is a stage, or `end`; `on` are `child`, `agency` and `partnership`; `placed_on` is a day in
    London; `where` is which record, in whose system.
    """
    if not where:
        return NO_WHERE

    def propose(loaded: Loaded) -> e.RecordPlaced:
        return e.RecordPlaced(
            stage=Code(stage),
            agency=Id(by["actor"].agency or loaded.state.partnership),
            on=tuple(map(Code, on)),
            placed_on=placed_on,
            where=Words(where),
            note=Words(note),
        )

    return act(propose, **by)


def record_advice(
    *,
    said: str,
    asked: str,
    adviser: str | None = None,
    agency: str | None = None,
    stated_name: str = "",
    happened_at: datetime | None = None,
    **by: Unpack[By],
) -> Done | Refusal:
    """Write down advice that was taken from somebody who is no party to it, as advice.

    `adviser` is their post and `agency` its agency, where they are in the directory; else `stated_name`
    says who it was.
    """

    def propose(loaded: Loaded) -> Any:
        if refusal := unknown_in(loaded.state.partnership, [adviser]):
            return refusal
        if adviser and agency and (refusal := misplaced([(agency, adviser)])):
            return refusal
        return e.AdviceRecorded(
            adviser=Id(adviser) if adviser else None,
            agency=Id(agency) if agency else None,
            stated_name=Words(stated_name),
            asked=Words(asked),
            said=Words(said),
        )

    return act(propose, happened_at=happened_at, **by)
