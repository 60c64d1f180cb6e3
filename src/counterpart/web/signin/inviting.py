"""Inviting somebody who holds a post, and the page that their link leads to.

Opening a link changes nothing: mail scanners open links. A link that was used, altered or made up, and
one that is too old, all get the same page. It must not say whether anybody has an account.
"""

from datetime import datetime
from typing import cast

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.views.decorators.cache import never_cache

from counterpart.access.admission import person_of
from counterpart.access.routes import declared
from counterpart.casework import accounts
from counterpart.casework.accounts import InvitationOver
from counterpart.casework.actors import Acting, acting
from counterpart.messages.accounts import why_not_sent
from counterpart.people.changes import DirectoryFault
from counterpart.people.finders import posts_of
from counterpart.people.invitations import invitation_of, open_invitation
from counterpart.people.models import AccountInvitation, Person
from counterpart.web.pages import page, see_other
from counterpart.web.signin.forms import NewPasswordForm
from counterpart.web.signin.step_forms import InviteForm


@declared("signed_in", methods=("GET", "POST"))
def invite(request: HttpRequest, person: str) -> HttpResponse:
    """Send somebody the link, or send it again: for their business manager, or their agency's lead."""
    row, now = Person.objects.filter(id=person).first(), _now(request)
    allowed = accounts.may_invite(person_of(request), person, now) if row else None
    if row is None or allowed is None:
        raise Http404
    account = getattr(row, "account", None)
    # Whoever has an account gets the link at its address, and nowhere else.
    form = InviteForm({"email": account.email} if account and _sent(request) else _sent(request),
                      initial={"email": row.mail})  # fmt: skip
    by = acting(person=person_of(request), allowed=allowed, at=now, home="")
    if request.method == "POST" and form.is_valid() and _is_sent(form, person, by, now):
        messages.success(request, "The invitation is on its way. The link works for three days.")
        return see_other(request.path)
    sent = AccountInvitation.objects.filter(person=person).order_by("-made_at").first()
    values = {
        "form": form,
        "person": row.id,
        "name": row.name,
        "posts": [post for post in posts_of(person, now) if post.acting_for is None],
        "account": account,
        "sent": sent,
        "is_open": bool(sent and open_invitation(sent.id, now)),
        "not_sent": why_not_sent(sent.id) if sent and not sent.used_at else None,
    }
    return page(request, "signin/invite.jinja", values)


@declared("anyone", methods=("GET", "POST"))
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Choose a password by the link of an invitation, and be signed in with it."""
    invitation = invitation_of(token)
    row = open_invitation(invitation, _now(request)) if invitation else None
    if row is None:
        return page(request, "signin/invitation_over.jinja", status=410)
    form = NewPasswordForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            account = accounts.accept(
                invitation=row.id, password=form.cleaned_data["password"], now=_now(request)
            )
        except InvitationOver:
            return page(request, "signin/invitation_over.jinja", status=410)
        except DirectoryFault as fault:
            form.refuse(fault.words)
        else:
            return cast(HttpResponse, perform_login(request, account, redirect_url="/account"))
    return page(request, "signin/accept.jinja", {"form": form, "email": row.email})


def _is_sent(form: InviteForm, person: str, by: Acting, now: datetime) -> bool:
    try:
        accounts.invite(person=person, email=form.cleaned_data["email"], actor=by, now=now)
    except DirectoryFault as fault:
        form.refuse(fault.words, "email" if fault.code == "address_taken" else None)
        return False
    return True


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by `sessions.OneInstant`
    return now
