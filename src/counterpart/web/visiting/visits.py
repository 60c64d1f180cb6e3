"""A visit in a session: what a code was sent for, what it showed, and who then stands in the request.

A visit ends after 30 minutes in which nothing was sent, or after 2 hours, or at once when the message
it came by would no longer go to that mailbox. It must not let anybody in without a right code.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from counterpart.access.admission import page_of
from counterpart.access.reading import record_refusal
from counterpart.access.routes import rule_of
from counterpart.access.visitors import Visitor
from counterpart.casework import visiting
from counterpart.people import mailcodes
from counterpart.web.errors import written
from counterpart.web.pages import public_page
from counterpart.web.signin import sessions

LONGEST = timedelta(hours=2)
_ASKED, _VISIT = "visit_asked", "visit"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A code was sent to `address`: for the link of `message`, or ("") to raise a concern.

    `proved_at` is when the right code was typed, "" before. `may_be_tied`: they think that they know somebody
    in the case, and want to say so before they read it. `is_repeated`: it was asked for again, too often for
    another one to be sent.
    """

    code: str
    address: str
    message: str = ""
    proved_at: str = ""
    may_be_tied: bool = False
    is_repeated: bool = False

    def is_proved(self, now: datetime) -> bool:
        """Whether it was shown, just now, that they read the mailbox."""
        if not self.proved_at:
            return False
        return now - datetime.fromisoformat(self.proved_at) < mailcodes.VALID_FOR


class Visits:
    """Puts a visitor into the request where a page is open to them and nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: it is all in `process_view`, where the page's rule is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Who visits, for the view; or the page that says that they no longer may."""
        rule = rule_of(view)
        if rule is None or not rule.visitors or request.user.is_authenticated:
            return None
        held = request.session.get(_VISIT)
        if held is None:
            return None
        visitor = Visitor(**held)
        if _has_ended(request):
            request.session.flush()
            request.signed_out_because = "visit"  # type: ignore[attr-defined]  # ours, for the sign-in page
            return None
        if not visiting.is_still_good(visitor, _now(request)):
            return _no_longer(request, visitor)
        request.user = visitor  # type: ignore[assignment]  # stands in the place of an account
        request.session_in_use = True  # type: ignore[attr-defined]  # ours, for `SessionLimits`
        return None


def note_asked(request: HttpRequest, asked: Asked) -> None:
    """A code is on its way: this browser may type it."""
    request.session[_ASKED] = asdict(asked)


def asked_of(request: HttpRequest) -> Asked | None:
    """What this browser last asked a code for."""
    held = request.session.get(_ASKED)
    return Asked(**held) if held else None


def begin(request: HttpRequest, visitor: Visitor) -> None:
    """The visit begins: under a new session id, with both clocks started (OWASP ASVS 5.0, 7.2.4)."""
    request.session.flush()
    request.session[_VISIT] = asdict(visitor)
    request.session.save()
    sessions.begin(request)
    log.info("a visit began: person %s", visitor.person_id)


def _has_ended(request: HttpRequest) -> bool:
    if sessions.ended_because(request):
        return True
    began = datetime.fromisoformat(request.session[sessions.BEGAN])
    return _now(request) - began >= LONGEST


def _no_longer(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What they came by is no longer theirs. Nothing is done; what they wrote is handed back."""
    log.warning("a visit was ended: what it came by is no longer theirs")
    request.session.flush()
    is_sent = request.method == "POST"
    if is_sent:
        record_refusal(person=visitor.person_id, at=_now(request), page=page_of(request))
    typed = written(request) if is_sent else []
    values = {"typed": typed, "is_sent": is_sent}
    return public_page(request, "visiting/no_longer.jinja", values, status=403)


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
