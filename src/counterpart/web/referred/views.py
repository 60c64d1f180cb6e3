"""Two pages: the cases that have come to whoever is signed in, and how one of them came.

The first says nothing that anybody wrote. The second shows why the case was referred: it goes through
`admit`, and so stands in the log of reads like any reading.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import acts_of, person_of
from counterpart.access.routes import declared
from counterpart.web.cases.acts import admitted
from counterpart.web.lines import place_in_list
from counterpart.web.pages import page
from counterpart.web.referred.come import VIEWS, View, come_to
from counterpart.web.referred.coming import how_came


@declared("signed_in")
def cases(request: HttpRequest) -> HttpResponse:
    """What has come to me: with me now, told only, finished lately."""
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
    asked = request.GET.get("view", "")
    view: View = "told" if asked == "told" else "over" if asked == "over" else "with_you"
    after = place_in_list(request.GET.get("after", ""))
    found = come_to(person_of(request), now, view, after)
    values = {
        "view": view,
        "title": VIEWS[view],
        "views": [(words, _href(name), name == view) for name, words in VIEWS.items()],
        "found": found,
        "onwards": _href(view, found.next) if found.next else None,
        "first": _href(view) if after else None,
        "now": now,
    }
    return page(request, "referred/cases.jinja", values)


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
