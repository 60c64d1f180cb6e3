"""The link of a message, and the duty it is about, for whoever has no account.

Opening a link changes nothing, however often: mail scanners open links. Nothing of a case is shown before
the code, and a link that is passed on, altered, made up or over says no more than whom to ask.
"""

from __future__ import annotations

from datetime import datetime

from allauth.core.internal.ratelimit import get_ip
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.admission import acts_of, visitor_of
from counterpart.access.routes import declared
from counterpart.casework import guessing, visiting
from counterpart.casework.raising import urgent_contacts
from counterpart.web.cases.acts import admitted
from counterpart.web.cases.addresses import case_url
from counterpart.web.forms import CounterpartForm
from counterpart.web.pages import page, see_other
from counterpart.web.raising.telephone import calls
from counterpart.web.visiting.entering import over
from counterpart.web.visiting.sending import send_code
from counterpart.web.visiting.showing import duty_page


class SendForm(CounterpartForm):
    """Nothing to fill in: a button."""


@declared("anyone", methods=("GET", "POST"))
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code: it goes to the very address the message went to."""
    now = _now(request)
    found = visiting.link_of(token, now)
    if found is None:
        return _not_ours(request, token)
    if found.to.has_account or request.user.is_authenticated:
        return see_other(case_url(found.lead.reference))
    if not found.is_good:
        if request.method == "POST":
            guessing.wrong_link(token, get_ip(request), now)
        offered = token if found.is_open else None
        return page(
            request, "visiting/over.jinja", {"link": offered, "form": SendForm()}, status=410
        )
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        problem = send_code(
            request,
            address=found.to.address,
            message=found.lead.message,
            is_known=True,
            has_account=False,
        )
        if not problem:
            return see_other(reverse("visiting:code"))
        form.refuse(problem)
    return page(request, "visiting/link.jinja", {"form": form})


@declared("anyone", methods=("POST",))
@never_cache
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a fresh link to the mailbox that an old one was sent to."""
    now = _now(request)
    found = visiting.link_of(token, now)
    if found is None or not found.is_open or found.to.has_account:
        return _not_ours(request, token)
    visiting.send_again(found, now)
    return page(request, "visiting/sent_again.jinja")


@declared("case:see_case", visitors=True)
def duty(request: HttpRequest) -> HttpResponse:
    """What is asked, what the concern says, and what may be done about it."""
    visitor = visitor_of(request)
    if visitor is None or not visitor.is_answering:
        raise Http404
    file, _ = admitted(request, visitor.reference)
    urgent = calls(urgent_contacts(file), file.body_name) if file.state.urgent_since else ()
    shown = duty_page(visitor, file, acts_of(request, file.id, file.now))
    return page(request, "visiting/duty.jinja", {"case": shown, "urgent": urgent})


@declared("anyone")
def passed_on(request: HttpRequest) -> HttpResponse:
    """After an act by which it may have become somebody else's: it is on the record, and that is all."""
    return page(request, "visiting/passed_on.jinja")


def _not_ours(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was altered or made up, or whose message would not go there any more: it is counted.

    Whoever opens a link that we made is not, however often.
    """
    guessing.wrong_link(token, get_ip(request), _now(request))
    return over(request)


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
