"""The case page. The acts have their own views, made from the table in `acts`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import acts_of, visitor_of
from counterpart.access.routes import declared
from counterpart.access.visitors import Visitor
from counterpart.casework.raising import urgent_contacts
from counterpart.web.cases.acts import admitted
from counterpart.web.cases.showing import case_page
from counterpart.web.pages import page, see_other
from counterpart.web.raising.telephone import calls


@declared("case:see_case", visitors=True)
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a case stands, what this person may do now, and the whole record."""
    if visitor := visitor_of(request):
        return _instead(visitor, reference)
    file, _ = admitted(request, reference)
    may = acts_of(request, file.id, file.now)
    urgent = calls(urgent_contacts(file), file.body_name) if file.state.urgent_since else ()
    values = {"case": case_page(file, may), "urgent": urgent, "now": file.now}
    return page(request, "cases/case.jinja", values)


def _instead(visitor: Visitor, reference: str) -> HttpResponse:
    """Whoever came by the link of a message sees what that is about, and not the whole case."""
    if not visitor.is_answering or visitor.reference != reference:
        raise Http404
    return see_other(reverse("visiting:duty"))
