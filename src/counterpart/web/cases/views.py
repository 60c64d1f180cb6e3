"""The case page. The acts have their own views, made from the table in `acts`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from counterpart.access.admission import person_of
from counterpart.access.permission import acts_allowed
from counterpart.access.routes import declared
from counterpart.casework.raising import urgent_contacts
from counterpart.web.cases.acts import admitted
from counterpart.web.cases.showing import case_page
from counterpart.web.pages import page
from counterpart.web.raising.telephone import calls


@declared("case:see_case")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a case stands, what this person may do now, and the whole record."""
    file, _ = admitted(request, reference)
    person = person_of(request)
    may = acts_allowed(person, file.id, file.now)
    urgent = calls(urgent_contacts(file), file.body_name) if file.state.urgent_since else ()
    values = {"case": case_page(file, may), "urgent": urgent, "now": file.now}
    return page(request, "cases/case.jinja", values)
