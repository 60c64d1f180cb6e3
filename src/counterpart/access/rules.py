"""The whole of who may do what, in one table, with the denies first.

Read a line as: this act is open to people with one of these relations to the case now, unless one
of these is true of them. `ALWAYS_DENIED` comes before every line. Whether the case is in a state
for the act is the engine's answer, not this table's.

This module is values and one-line predicates: no database, no clock.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpart.access.kinds import (
    BUSINESS_MANAGER,
    CHAIR,
    DATA_PROTECTION,
    IN_THE_CASE,
    PANEL_CHAIR,
    PANEL_MEMBER,
    RAISER,
    RAISING_SIDE,
    RECEIVING_SIDE,
    TOLD,
    WATCHER,
)


@dataclass(frozen=True, slots=True)
class Ties:
    """What binds one person, on one footing, to one case.

    `relations` maps each kind of relation they have now to the post it comes by (None: their own).
    `denials` are reasons rows keep them out; `was_party` is whether they ever were a party;
    `is_close` is whether they are too close to one to judge; all count everyone on the footing's
    chain of cover. `chain` runs from the person acting to the one acted for.
    """

    chain: tuple[str, ...]
    relations: Mapping[str, str | None]
    denials: tuple[str, ...] = ()
    was_party: bool = False
    is_close: bool = False
    is_administrator: bool = False


Predicate = Callable[[Ties], bool]


# --- predicates: each says one thing about a person ----------------------------------------------


def is_kept_out(ties: Ties) -> bool:
    """A row says that this person must not see the case (trust.md: absolute, by every path)."""
    return bool(ties.denials)


def runs_the_system(ties: Ties) -> bool:
    """Administrators run the system and see no case."""
    return ties.is_administrator


def is_a_party(ties: Ties) -> bool:
    """A party is not the decision-maker, nor chooses who is."""
    return ties.was_party


def is_close_to_a_party(ties: Ties) -> bool:
    """Four eyes: nobody of a party's household or family, and nobody who manages one, judges the dispute."""
    return ties.is_close


# --- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """What shuts an act to a person, whatever relation they have: its code and what a page
    says.
    """

    code: str
    words: str
    applies: Predicate


@dataclass(frozen=True, slots=True)
class Rule:
    """An act: the relations it is open to, and what shuts it to a person all the same."""

    open_to: tuple[str, ...]
    unless: tuple[Bar, ...] = ()


KEPT_OUT = Bar("kept_out", "You are not to see this case.", is_kept_out)
ADMINISTRATOR = Bar(
    "administrator", "Administrators run the system and see no case.", runs_the_system
)
PARTY = Bar("party", "Someone on one of the two sides cannot also decide.", is_a_party)

CLOSE = Bar(
    "too_close",
    "Somebody who belongs to the family of one of the two sides, or manages them, cannot also decide.",
    is_close_to_a_party,
)
OUTSIDE_BOTH: tuple[Bar, ...] = (PARTY, CLOSE)

SIDES = (RAISER, RAISING_SIDE, RECEIVING_SIDE)
OUR_SIDE = (RAISER, RAISING_SIDE)
JUDGES = (PANEL_CHAIR, PANEL_MEMBER, CHAIR)
OFFICE = (BUSINESS_MANAGER, WATCHER)
"""Whoever keeps an eye on the case for the partnership."""
JUDGING = (*JUDGES, *OFFICE)
"""The relations that open something which nobody close to a side may do."""

ALWAYS_DENIED: tuple[Bar, ...] = (KEPT_OUT, ADMINISTRATOR)

ACTS: Mapping[str, Rule] = MappingProxyType(
    {
        # seeing
        "see_case": Rule(IN_THE_CASE),
        "see_receipt": Rule((RAISER,)),
        "see_reads": Rule((RAISING_SIDE, *OFFICE, DATA_PROTECTION)),
        # the two sides
        "record": Rule((*SIDES, PANEL_CHAIR)),
        "escalate": Rule(SIDES),
        "redirect": Rule((RECEIVING_SIDE, *OFFICE)),
        "resolve": Rule((*SIDES, PANEL_CHAIR)),
        "confirm": Rule(SIDES),
        "withdraw": Rule(OUR_SIDE),
        "reopen": Rule((*SIDES, CHAIR, *OFFICE)),
        # how it ends: where its record is kept, and what is learned from it
        "place_record": Rule((*SIDES, CHAIR, *OFFICE)),
        "carry_out": Rule((*SIDES, CHAIR, *OFFICE)),
        "take_advice": Rule(SIDES),
        "learn": Rule((*SIDES, CHAIR, *OFFICE)),
        "see_to_learning": Rule((*SIDES, TOLD, CHAIR, *OFFICE)),
        "tell": Rule((*SIDES, TOLD, *OFFICE)),
        "correct": Rule((*SIDES, *JUDGES, *OFFICE)),
        # what a policy gives to one seat: the page lets in whoever takes part, and asks for the seat's own act
        "take_part": Rule((*SIDES, PANEL_CHAIR, CHAIR, *OFFICE)),
        "for_raising": Rule((RAISING_SIDE, RAISER)),
        "for_receiving": Rule((RECEIVING_SIDE,)),
        "for_each": Rule((RAISING_SIDE, RECEIVING_SIDE, RAISER)),
        "for_raiser": Rule((RAISER,)),
        "for_partnership": Rule((CHAIR, *OFFICE), unless=OUTSIDE_BOTH),
        # who is kept from what
        "declare_tie": Rule(IN_THE_CASE),
        "keep_out": Rule((CHAIR, *OFFICE), unless=OUTSIDE_BOTH),
        "restrict": Rule((CHAIR, *OFFICE), unless=OUTSIDE_BOTH),
        "keep_note": Rule(SIDES),
        "protect": Rule((*SIDES, *JUDGES, *OFFICE)),
        # those who decide: never a party
        "set_limit": Rule((CHAIR, *OFFICE), unless=OUTSIDE_BOTH),
        "convene_panel": Rule((CHAIR, *OFFICE), unless=OUTSIDE_BOTH),
        "hear": Rule(JUDGES, unless=OUTSIDE_BOTH),
        "decide": Rule(JUDGES, unless=OUTSIDE_BOTH),
        # keeping things moving
        # Writing down what somebody telephoned: of one's own agency; of either side only from outside both.
        "record_on_behalf": Rule((RAISING_SIDE, RECEIVING_SIDE, *OFFICE)),
        "record_for_either": Rule(OFFICE, unless=OUTSIDE_BOTH),
        "reassign": Rule(OFFICE),
        # What one's own post has to do, to another post of the same agency or office.
        "hand_on": Rule((RAISING_SIDE, RECEIVING_SIDE, CHAIR)),
        "move_edition": Rule(OFFICE, unless=OUTSIDE_BOTH),
    }
)


# --- acts in a partnership, of no one case -------------------------------------------------------

MANAGES = "manages"
"""Has the partnership's desk: holds or covers a post of business manager there."""

BELONGS = "belongs"
"""Holds or covers a post in one of the partnership's agencies, or in its office."""

WATCHES = "watches"
"""Holds or covers a post of data protection lead in the partnership's office."""

PARTNERSHIP_ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "raise_concern": (BELONGS, MANAGES),
        "raise_on_behalf": (BELONGS, MANAGES),
        "see_desk": (MANAGES,),
        "see_alerts": (WATCHES, MANAGES),
        "manage_directory": (MANAGES,),
        "publish_policy": (MANAGES,),
        "comment_on_policy": (BELONGS, MANAGES),
    }
)


# --- acts on the directory of one agency ----------------------------------------------------------

LEADS = "leads"
"""Holds or covers one of the agency's posts at `LEAD_TIERS`."""

LEAD_TIERS = ("designated_safeguarding_lead", "named_professional", "head_of_safeguarding")

AGENCY_ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # its posts, who holds them, who stands in, who has left, that all of it is right
        "keep_agency": (MANAGES, LEADS),
        # its name and kind, and the mail domains by which its people are let in
        "settle_agency": (MANAGES,),
        # the link by which one of its people opens an account, or gets back into it
        "invite": (MANAGES, LEADS),
    }
)


# --- what a policy asks for with no case: of a partnership's office, or of one of its agencies ------

FILLS = "fills"
"""Holds or covers a post there at a tier of the role that the policy gives it to."""

REGULAR_ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # what the policy gives to the partnership's office
        "do_for_office": (MANAGES, FILLS),
        # what it gives to each agency; its own people come first, so that the record has them as what they are
        "do_for_agency": (LEADS, FILLS, MANAGES),
        # an agency's answer to what every agency is asked
        "give_return": (LEADS, MANAGES),
    }
)
