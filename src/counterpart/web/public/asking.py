"""Views of the public pages that answer a question: a deadline, an opposite number, what changes.

Each asks by its address alone. None may touch `request.user`, `request.session` or a model.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from counterpart.access.routes import declared
from counterpart.web.pages import public_page
from counterpart.web.public import deadlines
from counterpart.web.public.deadline_form import DeadlineForm
from counterpart.web.public.policies import shown_policies
from counterpart.worktime.asking import Problems


@declared("public")
def deadline(request: HttpRequest) -> HttpResponse:
    """When a limit is due, with every day of it."""
    policies = shown_policies(settings.POLICIES)
    form = DeadlineForm(request.GET or None, policies=tuple(policies.values()))
    worked = None
    if form.is_valid():
        answer = deadlines.answer(form.cleaned_data, policies)
        if isinstance(answer, Problems):
            for field, words in deadlines.said_of(answer):
                form.refuse(words, field)
        else:
            worked = answer
    return public_page(
        request, "public/deadline.jinja", {"form": form, "asked": form, "worked": worked}
    )
