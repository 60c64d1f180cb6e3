"""The cases that have come to whoever is signed in, with those they watch; and how one of them came.

The first says nothing that anybody wrote. The second shows why the case was referred: it goes through
`admit`, and so stands in the log of reads like any reading.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import acts_of, person_of
from counterpart.access.routes import declared
from counterpart.casework.watching import watched_by
from counterpart.messages import outbox
from counterpart.messages.faults import is_fault_of
from counterpart.web.cases.acts import admitted
from counterpart.web.desk.watching import AGAIN
from counterpart.web.lines import place_in_list
from counterpart.web.pages import page, see_other
from counterpart.web.referred.come import VIEWS, View, come_to
from counterpart.web.referred.coming import how_came
from counterpart.web.referred.watched import watched


@declared("signed_in")
def cases(request: HttpRequest) -> HttpResponse:
    """What has come to me: with me now, told only, finished lately."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    asked = request.GET.get("view", "")
    view: View = "told" if asked == "told" else "over" if asked == "over" else "with_you"
    after = place_in_list(request.GET.get("after", ""))
    person = person_of(request)
    found = come_to(person, now, view, after)
    values = {
        "watched": None if after else watched(person, now),
        "view": view,
        "title": VIEWS[view],
        "views": [(words, _href(name), name == view) for name, words in VIEWS.items()],
        "found": found,
        "onwards": _href(view, found.next) if found.next else None,
        "first": _href(view) if after else None,
        "now": now,
    }
    return page(request, "referred/cases.jinja", values)


@declared("signed_in", methods=("POST",))
def try_again(request: HttpRequest, message: str) -> HttpResponse:
    """Try once more to send a message about a case that one watches."""
    person = person_of(request)
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    if not is_fault_of(message, watched_by(person, now), now):
        raise Http404
    outbox.try_again(message, now)
    messages.success(request, AGAIN)
    return see_other(reverse("referred:cases"))


@declared("case:see_case")
def how_it_came(request: HttpRequest, reference: str) -> HttpResponse:
    """Who referred one case, when and why, what happened before, and what it asks of me."""
    file, _ = admitted(request, reference)
    may = acts_of(request, file.id, file.now)
    values = {"came": how_came(file, may, person_of(request)), "now": file.now}
    return page(request, "referred/how_it_came.jinja", values)


def _href(view: str, after: str = "") -> str:
    asked = {"view": view, "after": after}
    return f"{reverse('referred:cases')}?{urlencode({k: v for k, v in asked.items() if v})}"
