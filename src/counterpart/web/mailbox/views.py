"""Reading the demonstration's mailbox. There is no sign-in: the codes to sign in with arrive here.

Every view here answers "not found" outside the demonstration, before it does anything else.
"""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from counterpart.access.routes import declared
from counterpart.messages import mailbox
from counterpart.web.pages import public_page


@declared("public")
def messages(request: HttpRequest) -> HttpResponse:
    """All messages, newest first, a page at a time."""
    shelf = mailbox.letters(_place(), after=request.GET.get("after", ""))
    values = {"letters": shelf.letters, "next": shelf.next, "is_newest": "after" not in request.GET}
    return public_page(request, "mailbox/messages.jinja", values)


@declared("public")
def message(request: HttpRequest, message: str) -> HttpResponse:
    """One message: its headers, its text, and its mark-up shown as text."""
    letter = mailbox.read(_place(), message)
    if letter is None:
        raise Http404
    values = {"letter": letter, "link": _link(letter.text)}
    return public_page(request, "mailbox/message.jinja", values)


def _link(text: str) -> str:
    """The first of our own addresses that stands on a line alone, without the host; "" for none."""
    ours = f"{settings.ADDRESS}/"
    found = (line.removeprefix(ours) for line in text.splitlines() if line.startswith(ours))
    return next((f"/{path.lstrip('/')}" for path in found), "")


def _place() -> Path:
    if not settings.DEMO:
        raise Http404
    return mailbox.folder(settings.HOME)
