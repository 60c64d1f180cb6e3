"""Sending a code to a mailbox, or a letter that says whom to ask. The page is the same for both.

A letter holds no name, and nothing of a case.
"""

from __future__ import annotations

from datetime import datetime

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from counterpart.people import mailcodes
from counterpart.web.visiting.visits import Asked, note_asked

LIMITS = {"mail_code": "60/10m/ip,5/1h/key"}
"""For each address of a browser, and for each mailbox."""

TOO_MANY = "Too many codes have been asked for. Wait an hour and ask again, or telephone the other agency now."
MAIL_IS_DOWN = "The code could not be sent just now. Wait a minute and try again."

_IF_NOT_YOU = "If you did not ask for this, do nothing."
_CODE = (
    "Your code is {code}\n\n"
    "Type it on the page that asked for it. It works once, for 15 minutes, in the browser you asked from.\n\n"
    f"{_IF_NOT_YOU} Nobody gets any further without it. Do not pass it on: we never ask for it by telephone.\n"
)
_SIGN_IN = (
    "Somebody asked for a code to use Counterpart with this address without an account. Whoever reads this"
    " mailbox has an account, so no code is needed. Sign in here:\n{address}/sign-in\n\n"
    f"{_IF_NOT_YOU}\n"
)
_NOT_KNOWN = (
    "Somebody asked for a code to raise a concern with this address. No agency of the partnership has said"
    " that its people have addresses like it, or nobody with this address holds a post there now.\n\n"
    "Use the address of your work, or ask your safeguarding lead. The partnership's business manager can add"
    " your agency's addresses.\n\n"
    "Do not wait for this to protect a child: speak to the other agency now. If a child is in immediate"
    f" danger, telephone 999.\n\n{_IF_NOT_YOU}\n"
)


def send_code(
    request: HttpRequest, *, address: str, message: str, is_known: bool, has_account: bool
) -> str:
    """Send the code, or why there is none, and note it for this browser; "" or why it could not go."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    if not ratelimit.consume(
        request, app="visiting", action="mail_code", config=LIMITS, key=address.lower()
    ):
        return TOO_MANY
    code, figures = mailcodes.make_code(
        address=address.lower(), about=message.partition("-")[0], is_known=is_known, now=now
    )
    try:
        _letter(address, figures, is_known=is_known, has_account=has_account).send()
    except OSError:  # the mail server; what it says is not for this page
        return MAIL_IS_DOWN
    note_asked(request, Asked(code, address, message))
    return ""


def _letter(address: str, figures: str, *, is_known: bool, has_account: bool) -> EmailMessage:
    if is_known:
        shown = f"{figures[:4]} {figures[4:]}"
        return EmailMessage("Your code for Counterpart", _CODE.format(code=shown), to=[address])
    text = _SIGN_IN.format(address=settings.ADDRESS) if has_account else _NOT_KNOWN
    return EmailMessage("About the code you asked Counterpart for", text, to=[address])
