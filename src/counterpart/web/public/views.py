"""Views of the public pages: each a template and the local contacts, nothing else.

None may touch `request.user`, `request.session` or a model. The pages about policies ask which are in force, through
`policies`; a test asks every page with the database gone.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.routes import declared
from counterpart.casework.ladders import explained
from counterpart.policy.drawing import diagram, in_words
from counterpart.policy.explaining import clause_anchor
from counterpart.web.contacts import read_contacts
from counterpart.web.pages import public_page, see_other
from counterpart.web.public.health import WEB_UP, database_line, worker_line
from counterpart.web.public.policies import shown_policies


@declared("public")
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and the way in."""
    return _static(request, "home")


@declared("public")
def danger(request: HttpRequest) -> HttpResponse:
    """A child in immediate danger: 999, and what to do if one cannot speak or get through."""
    return _static(request, "danger")


@declared("public")
def referral(request: HttpRequest) -> HttpResponse:
    """Making a referral to the local authority, which never waits for a disagreement to be settled."""
    return _static(request, "referral")


@declared("public")
def other_routes(request: HttpRequest) -> HttpResponse:
    """Which way to go when this service is not the one."""
    return _static(request, "other_routes")


@declared("public")
def whistleblowing(request: HttpRequest) -> HttpResponse:
    """When an organisation is doing wrong."""
    return _static(request, "whistleblowing")


@declared("public")
def lado(request: HttpRequest) -> HttpResponse:
    """When the worry is about a person who works with children."""
    return _static(request, "lado")


@declared("public")
def not_safe(request: HttpRequest) -> HttpResponse:
    """When somebody is afraid to raise it where they work."""
    return _static(request, "not_safe")


@declared("public")
def complaint(request: HttpRequest) -> HttpResponse:
    """When a family, or anyone, wants to complain about a service."""
    return _static(request, "complaint")


@declared("public")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return _static(request, "accessibility")


@declared("public")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, and why."""
    return _static(request, "privacy")


@declared("public")
def policies(request: HttpRequest) -> HttpResponse:
    """The policies that run here; straight to the one where there is only one."""
    shown = shown_policies()
    if len(shown.every) == 1:
        return see_other(reverse("public:policy_of", args=tuple(shown.every)))
    return public_page(request, "public/policies.jinja", {"shown": shown})


@declared("public")
def policy(request: HttpRequest, policy: str) -> HttpResponse:
    """One policy in plain words, each sentence with its clauses."""
    shown = shown_policies().every
    asked = shown.get(policy)
    if asked is None:
        raise Http404
    values = {
        "policy": asked,
        "sections": explained(asked),
        "clause_anchor": clause_anchor,
        "lines": in_words(diagram(asked)),
        "others": tuple(other for other in shown.values() if other.id != asked.id),
    }
    return public_page(request, "public/policy.jinja", values)


@declared("anyone")
def health(_request: HttpRequest) -> HttpResponse:
    """For monitoring: 200 as long as the web is up, with a line each about database and worker."""
    lines = f"{WEB_UP}\n{database_line()}\n{worker_line(datetime.now(UTC))}\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


def _static(request: HttpRequest, name: str) -> HttpResponse:
    contacts = read_contacts(settings.CONTACTS_FILE)
    return public_page(request, f"public/{name}.jinja", {"contacts": contacts})
