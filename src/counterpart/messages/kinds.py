"""The closed vocabularies of messages: whom they are to, and why one did not go. Values only."""

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from counterpart.engine.notices import MEETING, MEETING_OFF, ON_PANEL, PANEL_OFF

TO_PERSON: Final = "person"
TO_POST: Final = "post"
TO_INVITED: Final = "invited"
"""To the address of an invitation, whose id it is: somebody who has no account yet."""

INVITATION: Final = "invitation"
ACCOUNT: Final = "account"
"""Word to a person of what happened to their sign-in."""

ALERT: Final = "alert"
"""Word to a data protection lead that something about who looks at cases is unusual."""
ALERTS_PATH: Final = "/who-looked"
HOME_PATH: Final = "/me"

NEW_BROWSER: Final = "new_browser"
PASSWORD_CHANGED: Final = "password_changed"  # noqa: S105 - the name of a piece of news
PASSKEY_ADDED: Final = "passkey_added"
PASSKEY_REMOVED: Final = "passkey_removed"
APP_ADDED: Final = "app_added"
APP_REMOVED: Final = "app_removed"
CODES_MADE: Final = "codes_made"
CODE_USED: Final = "code_used"
INVITED_AGAIN: Final = "invited_again"
SIGN_ON_LINKED: Final = "sign_on_linked"

ACCOUNT_NEWS = MappingProxyType(
    {
        NEW_BROWSER: "Somebody signed in to your account in a browser it had not been used in before.",
        PASSWORD_CHANGED: "The password of your account is another one now.",
        PASSKEY_ADDED: "A phone, computer or security key was added to your account.",
        PASSKEY_REMOVED: "A phone, computer or security key was taken off your account.",
        APP_ADDED: "An authenticator app was added to your account.",
        APP_REMOVED: "The authenticator app was taken off your account.",
        CODES_MADE: "New recovery codes were made for your account. The ones before no longer work.",
        CODE_USED: "Somebody used a recovery code to sign in to your account.",
        INVITED_AGAIN: "Somebody who may invite you was asked for a new way into your account."
        " A link was sent by e-mail. Who uses it chooses a new password and a new second step.",
        SIGN_ON_LINKED: "Your account can be signed in to through your agency's own sign-in now.",
    }
)
"""What happened to a sign-in, in words. No name, no address, no place."""

POLICY_COMMENT: Final = "policy_comment"
"""Somebody has said something about the policy."""
VISITED: Final = "visited"
"""Somebody in one's agency came in by a code to a mailbox, without an account. It names nobody and no case."""
TAKEN_UP: Final = "taken_up"
"""A person has come to a post that has something to do already, or stands in there. It names no case."""
OF_NO_CASE: Final = (POLICY_COMMENT, VISITED, TAKEN_UP)
TO_CONFIRM: Final = "to_confirm"
"""The line of a digest that says how many posts of the directory wait to be confirmed."""
TO_REGULAR: Final = "to_regular"
"""The line of a digest that says how much of what the policy asks for regularly waits to be written down."""
REGULAR_PATH: Final = "/regular"
POLICY_COMMENTS_PATH: Final = "/desk/policy/comments"

NOT_HANDED: Final = "not_handed"
"""Somebody meant to hand on what they have to do in a case, and it stayed where it was."""

CALLED_OFF: Final = (PANEL_OFF, MEETING_OFF)
OF_MEETINGS: Final = (ON_PANEL, MEETING, *CALLED_OFF)
"""The kinds of word that ask somebody to a meeting or a panel, or say that they no longer are."""

DIGEST: Final = "digest"
"""An e-mail of many lines: all that waits for one person, on one day."""
IN_DIGEST: Final = "in_digest"
"""The `reason` of an e-mail that waited too long to go by itself: it is in a digest instead."""
TO_DO: Final = "to_do"
"""The line of a digest that is about a duty, and not about some news."""

ASKEW: Final = timedelta(minutes=5)
"""How far ahead a time may be of what it could be by our own clock, before it counts as written by one that has
since been set back: two computers' clocks differ, and a worker may be kept waiting after it looked at its own."""

# --- what became of a rung of a ladder ------------------------------------------------------------

TOLD: Final = "told"
OVERTAKEN: Final = "overtaken"
NOBODY: Final = "nobody"

# --- why a message did not go ---------------------------------------------------------------------

UNREACHABLE: Final = "unreachable"
LATER: Final = "later"
REFUSED: Final = "refused"
NO_ADDRESS: Final = "no_address"
NO_ACCESS: Final = "no_access"
FAULT: Final = "fault"
WAITING: Final = "waiting"

REASON_WORDS = MappingProxyType(
    {
        UNREACHABLE: "The mail server could not be reached.",
        LATER: "The mail server asked us to try again later.",
        REFUSED: "The mail server refused the message for this address.",
        NO_ADDRESS: "There is nobody to send it to, or nobody with an e-mail address here.",
        NO_ACCESS: "Nobody it is for may see this case now.",
        FAULT: "Something went wrong while we made or sent it.",
        WAITING: "It has been waiting for more than an hour to be sent.",
    }
)


@dataclass(frozen=True, slots=True)
class Trying:
    """How often to try again: gaps double from `first` to `longest`, for so many attempts.

    `is_shown_at_once`: a person must see it now, though we go on trying. Else it is seen once it
    has waited too long.
    """

    first: timedelta
    longest: timedelta
    attempts: int
    is_shown_at_once: bool = True


_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)

# A whole day without mail must be made good within a quarter of an hour, hence ten minutes. An
# address that is refused may have been refused by mistake, so once is not enough; but no server
# is asked the same thing over and over. A post that is vacant today may be filled tomorrow.
TRYING = MappingProxyType(
    {
        UNREACHABLE: Trying(_MINUTE, 10 * _MINUTE, 500, is_shown_at_once=False),
        LATER: Trying(_MINUTE, 10 * _MINUTE, 500, is_shown_at_once=False),
        REFUSED: Trying(15 * _MINUTE, 4 * _HOUR, 12),
        NO_ADDRESS: Trying(_HOUR, _HOUR, 14 * 24),
        NO_ACCESS: Trying(_HOUR, _HOUR, 14 * 24),
        FAULT: Trying(_MINUTE, 4 * _HOUR, 100),
    }
)
LONGEST_GAP: timedelta = max(trying.longest for trying in TRYING.values())


def gap_after(reason: str, attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that ended like this; None when it was the last."""
    trying = TRYING[reason]
    if attempts >= trying.attempts:
        return None
    times = 1 << min(max(attempts - 1, 0), 16)  # bounded, so that the product cannot overflow
    return min(trying.first * times, trying.longest)
