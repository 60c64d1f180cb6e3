"""The closed vocabularies of access: kinds of relation, reasons of a deny, acts. Values only."""

from types import MappingProxyType
from typing import Final

# --- relations to a case -----------------------------------------------------------------------

RAISER: Final = "raiser"
RAISING_SIDE: Final = "raising_side"
RECEIVING_SIDE: Final = "receiving_side"
SUPPORTER: Final = "supporter"
PANEL_MEMBER: Final = "panel_member"
PANEL_CHAIR: Final = "panel_chair"
CHAIR: Final = "chair"
TOLD: Final = "told"
BUSINESS_MANAGER: Final = "business_manager"
DATA_PROTECTION: Final = "data_protection"
WATCHER: Final = "watcher"
"""Watches the case, because whoever has the desk may not see it."""
UNWATCHED: Final = "unwatched"
"""Knows the reference of a case that nobody in the office may watch, and may see nothing of it."""

RELATION_WORDS = MappingProxyType(
    {
        RAISER: "the person who raised it",
        RAISING_SIDE: "the raising side",
        RECEIVING_SIDE: "the receiving side",
        SUPPORTER: "the supporter",
        PANEL_MEMBER: "a member of the panel",
        PANEL_CHAIR: "the chair of the panel",
        CHAIR: "the independent chair",
        BUSINESS_MANAGER: "the partnership's business manager",
        TOLD: "someone who had to be told",
        WATCHER: "whoever watches it for a business manager who may not see it",
        DATA_PROTECTION: "a data protection lead",
        UNWATCHED: "whoever knows that nobody watches it",
    }
)
RELATION_KINDS: tuple[str, ...] = tuple(RELATION_WORDS)

IN_THE_CASE: tuple[str, ...] = tuple(
    k for k in RELATION_KINDS if k not in (DATA_PROTECTION, UNWATCHED)
)
"""Those who have to do with what a case is about. A data protection lead sees only who has read it."""

PARTY_KINDS: frozenset[str] = frozenset({RAISER, RAISING_SIDE, RECEIVING_SIDE})
"""Those who are parties to the disagreement, and so never its judge."""

# --- what a relation is held by ------------------------------------------------------------------

BY_PERSON: Final = "person"
BY_POST: Final = "post"
BY_PARTNERSHIP: Final = "partnership"
SUBJECT_KINDS: tuple[str, ...] = (BY_PERSON, BY_POST, BY_PARTNERSHIP)
NO_POST: Final = ""
"""In the place of a post: whoever runs the system."""

# --- why a person is kept out --------------------------------------------------------------------

SUBJECT_OF_CONCERN: Final = "subject_of_concern"
FAMILY_TIE: Final = "family_tie"
DECLARED_CONFLICT: Final = "declared_conflict"
OWN_AGENCY: Final = "own_agency"
"""Of the agency of somebody who did not feel safe raising it there."""
DENIAL_REASONS: tuple[str, ...] = (SUBJECT_OF_CONCERN, FAMILY_TIE, DECLARED_CONFLICT, OWN_AGENCY)

RESTRICTED: Final = "restricted"
EVERYBODY: Final = ""
"""In the place of a person: the case is kept from a desk, but for those of it who are named in the case."""

# --- what an address alone lets its bearer do ------------------------------------------------------

CALENDAR: Final = "calendar"
"""Read one person's calendar feed."""
PURPOSES: tuple[str, ...] = (CALENDAR,)

# --- what is unusual ------------------------------------------------------------------------------

MANY_READ: Final = "many_read"
MANY_REFUSED: Final = "many_refused"
GUESSES: Final = "guesses"
EVERYWHERE: Final = ""
"""In the place of a partnership: it is not known which of them it is about, and each may look into it."""
ALERT_WORDS = MappingProxyType(
    {
        MANY_READ: "One person has opened an unusual number of cases",
        MANY_REFUSED: "One person has asked again and again for cases that are not there for them",
        GUESSES: "Somebody is guessing at codes or links",
    }
)
