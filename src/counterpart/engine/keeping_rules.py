"""When somebody may be kept from a case, or from a part of it.

None of these asks whether the case is open: need to know outlives the end of a case.
"""

from __future__ import annotations

from counterpart.engine import events as e
from counterpart.engine.asking import Asked, DetailRule, Refusal

PROTECTED_KINDS = ("reporter", "address")
REASONS = ("subject_of_concern", "family_tie", "declared_conflict")


def reason_is_known(asked: Asked) -> Refusal | None:
    if asked.proposed.reason not in REASONS:
        return Refusal("no_such_reason", "Choose why this person is not to see the case.")
    if asked.proposed.person in asked.state.keeping.kept_out:
        return Refusal("kept_out_already", "This person is already kept from the case.")
    return None


def was_kept_out(asked: Asked) -> Refusal | None:
    """Somebody of an agency that a case is kept from may be let in by name: who works there is not known here."""
    keeping, person = asked.state.keeping, asked.proposed.person
    if person not in keeping.kept_out and (keeping.apart is None or person in keeping.let_in):
        return Refusal("not_kept_out", "This person is not kept from the case.")
    return None


def names_somebody(asked: Asked) -> Refusal | None:
    if not asked.proposed.people:
        return Refusal(
            "nobody_left",
            "Name at least one person outside the two sides who keeps an eye on the case.",
        )
    return None


def is_restricted(asked: Asked) -> Refusal | None:
    if asked.state.keeping.restricted_to is None:
        return Refusal("not_restricted", "This case is not restricted.")
    return None


def note_is_of_a_party(asked: Asked) -> Refusal | None:
    if asked.proposed.agency not in asked.state.parties:
        return Refusal(
            "not_a_party", "Only an agency in the disagreement can keep notes of its own here."
        )
    return None


def note_can_be_shared(asked: Asked) -> Refusal | None:
    keeping = asked.state.keeping
    if asked.proposed.note not in keeping.notes:
        return Refusal("no_such_note", "There is no such note.")
    if asked.proposed.note in keeping.shared:
        return Refusal("shared_already", "This note is already shared.")
    return None


def detail_is_well_made(asked: Asked) -> Refusal | None:
    if asked.proposed.kind not in PROTECTED_KINDS:
        return Refusal("no_such_detail", "Choose what it is that few may see.")
    return None


def detail_is_here(asked: Asked) -> Refusal | None:
    if asked.proposed.detail not in asked.state.keeping.details:
        return Refusal("no_such_detail", "There is no such detail on this case.")
    return None


DETAIL_RULES: dict[type, tuple[DetailRule, ...]] = {
    e.PersonKeptOut: (reason_is_known,),
    e.PersonLetBack: (was_kept_out,),
    e.CaseRestricted: (names_somebody,),
    e.RestrictionLifted: (is_restricted,),
    e.NoteKept: (note_is_of_a_party,),
    e.NoteShared: (note_can_be_shared,),
    e.ProtectedDetailKept: (detail_is_well_made,),
    e.ProtectedDetailOpened: (detail_is_here,),
}
