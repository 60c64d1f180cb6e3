"""Sending a code to a mailbox, or a letter that says whom to ask. The page is the same for both.

A letter holds no name, and nothing of a case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from counterpart.people import mailcodes
from counterpart.web.visiting.visits import Asked, asked_of, note_asked

BY_LINK, BY_BROWSER, FROM_THERE, BY_STRANGER = "by_link", "by_browser", "from_there", "by_stranger"
LIMITS = {
    BY_LINK: "5/1h/key",  # for a link of ours and its mailbox
    BY_BROWSER: "5/1h/key",  # for a browser that came in by this mailbox before
    FROM_THERE: "60/10m/ip,5/1h/key",  # for an address in the network; and with one mailbox
    BY_STRANGER: "20/10m/key",  # for a mailbox, of all whom we do not know
}
"""Each has a budget of its own, so that no stranger can use up what the owner of a mailbox has."""

REMEMBERED = timedelta(days=90)
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
    """Send the code, or why there is none, and note it for this browser; "" or why it could not go.

    Where too many were asked for and the last one can still be used, it is that one.
    """
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    if not _may_be_sent(request, address.lower(), message):
        last = asked_of(request)
        if last is None or not _is_for(last, address, message) or mailcodes.is_over(last.code, now):
            return TOO_MANY
        note_asked(request, replace(last, is_repeated=True))
        return ""
    code, figures = mailcodes.make_code(
        address=address.lower(), about=message.partition("-")[0], is_known=is_known, now=now
    )
    try:
        _letter(address, figures, is_known=is_known, has_account=has_account).send()
    except OSError:  # the mail server; what it says is not for this page
        return MAIL_IS_DOWN
    note_asked(request, Asked(code, address, message))
    return ""


def remember(response: HttpResponse, address: str) -> None:
    """This browser has come in by this mailbox: what strangers ask for does not count against it."""
    response.set_cookie(
        cookie(),
        _signer().sign(_mark(address)),
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def cookie() -> str:
    """The name of the cookie that says by which mailbox a browser came in: it holds a keyed hash of it."""
    return f"{settings.SESSION_COOKIE_NAME}-mailbox"


def _may_be_sent(request: HttpRequest, address: str, message: str) -> bool:
    if message:
        return _consume(request, BY_LINK, f"{message} {address}")
    if came_by := _came_before(request, address):
        return _consume(request, BY_BROWSER, came_by)
    from_there = f"{ratelimit.get_ip(request)} {address}"
    return _consume(request, FROM_THERE, from_there) and _consume(request, BY_STRANGER, address)


def _consume(request: HttpRequest, action: str, key: str) -> bool:
    usage = ratelimit.consume(request, app="visiting", action=action, config=LIMITS, key=key)
    return usage is not None


def _came_before(request: HttpRequest, address: str) -> str:
    """What this browser keeps, where it has come in by this mailbox before; else ""."""
    kept = request.COOKIES.get(cookie(), "")
    try:
        mark = _signer().unsign(kept, max_age=REMEMBERED)
    except BadSignature:
        return ""
    return kept if constant_time_compare(mark, _mark(address)) else ""


def _is_for(asked: Asked, address: str, message: str) -> bool:
    return (asked.address.lower(), asked.message) == (address.lower(), message)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="counterpart.visiting.mailbox")


def _mark(address: str) -> str:
    return salted_hmac(
        "counterpart.visiting.mailbox", address.lower(), algorithm="sha256"
    ).hexdigest()


def _letter(address: str, figures: str, *, is_known: bool, has_account: bool) -> EmailMessage:
    if is_known:
        shown = f"{figures[:4]} {figures[4:]}"
        return EmailMessage("Your code for Counterpart", _CODE.format(code=shown), to=[address])
    text = _SIGN_IN.format(address=settings.ADDRESS) if has_account else _NOT_KNOWN
    return EmailMessage("About the code you asked Counterpart for", text, to=[address])
