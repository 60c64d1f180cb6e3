"""What surrounds every page: whose service this is, who is signed in, where one can go, what was just done.

`public_shell` asks nothing of the database or the session; `signed_in_shell` makes a fixed number of queries. It must
not decide who may see a page: that is the route's rule. A link it leaves out is only a link.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from counterpart.access.admission import visitor_of
from counterpart.access.visitors import Visitor
from counterpart.people.finders import posts_of
from counterpart.people.kinds import BUSINESS_MANAGER, DATA_PROTECTION_LEAD
from counterpart.web.contacts import read_contacts


@dataclass(frozen=True, slots=True)
class Link:
    """One place to go. `is_here` marks the page one is on, or is under."""

    text: str
    href: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of one page. `person` is "" for a page that does not know who is there, `account` for
    somebody who has none.
    """

    partnership: str
    navigation: tuple[Link, ...]
    person: str = ""
    account: str = ""
    sign_out: str = ""
    flashes: tuple[str, ...] = ()
    is_demonstration: bool = False


def public_shell(request: HttpRequest) -> Shell:
    """For pages that must stand while everything else is down. Links on; the far side asks who is there."""
    places = (
        ("A child in danger", "public:danger"),
        ("Make a referral", "public:referral"),
        ("Other routes", "public:other_routes"),
        ("The policy", "public:policy"),
        ("Sign in", "account_login"),
    )
    return Shell(
        partnership=_partnership(),
        navigation=tuple(_link(request, text, name) for text, name in places),
        is_demonstration=settings.DEMO,
    )


def signed_in_shell(request: HttpRequest) -> Shell:
    """For somebody signed in: their name and the places they use. Three queries at most."""
    account = request.user
    if not account.is_authenticated:
        return public_shell(request)
    if visitor := visitor_of(request):
        return _visitors_shell(request, visitor)
    places = [("My page", "mypage:my_page"), ("Raise a concern", "raising:start")]
    at: datetime = request.now  # type: ignore[attr-defined]  # set by `signin.sessions.OneInstant`
    offices = {p.tier for p in posts_of(account.person_id, at) if p.body_is_partnership}
    if offices - {DATA_PROTECTION_LEAD}:
        places.insert(1, ("Referred to you", "referred:cases"))
    if BUSINESS_MANAGER in offices:
        places.insert(1, ("Desk", "desk:desk"))
    return Shell(
        partnership=_partnership(),
        navigation=tuple(_link(request, text, name) for text, name in places),
        person=account.person.name,
        account=reverse("account"),
        sign_out=reverse("account_logout"),
        flashes=tuple(str(message) for message in get_messages(request)),
        is_demonstration=settings.DEMO,
    )


def _visitors_shell(request: HttpRequest, visitor: Visitor) -> Shell:
    """For somebody without an account: their name, the one thing they came for, and the way out."""
    came_for = (
        ("What you are asked", "visiting:duty")
        if visitor.is_answering
        else ("Raise a concern", "raising:start")
    )
    return Shell(
        partnership=_partnership(),
        navigation=(_link(request, *came_for),),
        person=visitor.name,
        sign_out=reverse("account_logout"),
        flashes=tuple(str(message) for message in get_messages(request)),
        is_demonstration=settings.DEMO,
    )


def _partnership() -> str:
    return read_contacts(settings.CONTACTS_FILE).partnership or ""


def _link(request: HttpRequest, text: str, name: str) -> Link:
    href = reverse(name)
    here = request.path == href or request.path.startswith(f"{href.rstrip('/')}/")
    return Link(text, href, is_here=here)
