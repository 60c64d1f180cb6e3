"""Every field and component in one place, so that each state of each can be looked at and checked.

A URL configuration of its own, served by `test_components` alone: no page of the service is here, and no database.
"""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.messages import get_messages, success
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from counterpart.access.routes import declared
from counterpart.web import errors, urls
from counterpart.web.forms import (
    CarriedField,
    CheckboxesField,
    CounterpartForm,
    DateField,
    LineField,
    MomentField,
    Option,
    RadiosField,
    SelectField,
    TickField,
    WordsField,
    YesNoField,
)
from counterpart.web.shell import Link, Shell

NOW = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


class EveryField(CounterpartForm):
    """One of each."""

    held_at = MomentField(
        "When did you speak?",
        missing="Enter when you spoke",
        named="The date you spoke",
        hint="For example, 24 11 2026 at 3:40pm",
        past_only=True,
    )
    how = RadiosField(
        "How did you speak?",
        missing="Choose how you spoke",
        options=(
            Option("telephone", "By telephone"),
            Option("meeting", "In a meeting", "In a room, or on a screen"),
            Option("other", "We have not spoken", after_or=True),
        ),
    )
    why_not = WordsField("Why not?", missing="Write why not", required=False, limit=200, rows=3)
    said = WordsField(
        "What was said?", missing="Write what was said", hint="In your own words.", limit=1_000
    )
    who = LineField(
        "Who took part?", missing="Enter who took part", hint="Names and posts", limit=80
    )
    present = CheckboxesField(
        "Which agencies were there?",
        missing="Choose which agencies were there",
        options=(Option("school", "Oakfield Primary School"), Option("police", "Police")),
    )
    post = SelectField(
        "Which post?",
        missing="Choose a post",
        options=(Option("dsl", "Designated safeguarding lead"),),
    )
    agreed = YesNoField("Did you agree?", missing="Say whether you agreed")
    next_step = LineField("What happens next?", missing="Enter what happens next", required=False)
    due_on = DateField(
        "When should it be done?", missing="Enter the date", named="The date it should be done"
    )
    sure = TickField(
        "I have told the other side", missing="Tick to say that you have told the other side"
    )
    version = CarriedField()


_FORM = """
{% extends "layout.jinja" %}
{% import "components/form.jinja" as f %}
{% import "components/navigation.jinja" as nav %}
{% block title %}Record a discussion{% endblock %}
{% block before_content %}{{ nav.back_link("/") }}{% endblock %}
{% block content %}
{% call f.post(form, csrf_input) %}
  <h1 class="govuk-heading-l">Record a discussion</h1>
  {{ f.field(form.held_at) }}
  {{ f.field(form.how, reveals={"other": [form.why_not]}) }}
  {{ f.field(form.said) }}
  {{ f.field(form.who) }}
  {{ f.field(form.present) }}
  {{ f.field(form.post) }}
  {{ f.field(form.agreed, reveals={"no": [form.next_step]}, inline=false) }}
  {{ f.field(form.due_on) }}
  {{ f.field(form.sure) }}
  {{ f.button("Save and continue") }} {{ f.button("Save as a draft", "secondary", name="draft", value="yes") }}
{% endcall %}
{% endblock %}
"""

_COMPONENTS = """
{% extends "layout.jinja" %}
{% import "components/case.jinja" as c %}
{% import "components/lists.jinja" as l %}
{% import "components/panels.jinja" as panels %}
{% import "components/form.jinja" as f %}
{% block title %}A case{% endblock %}
{% block content %}
{{ panels.receipt("We have sent your concern", "7F3K92MQ") }}
{{ panels.danger_line() }}
<h2 class="govuk-heading-l">What is to be done</h2>
{{ c.duty("Speak to the worker in the other agency", "Amara Osei, Class teacher, Oakfield Primary School",
  due="By Friday 27 November 2026 at 5pm, in 3 working days", clause="Clause 2.3",
  working=["Raised on Friday 20 November 2026: day 0", "Saturday 21 November 2026: not a working day"],
  action=("Record what was said", "/")) }}
{{ c.duty("Answer", "Nobody: the post Team manager is vacant", nobody=true, state="Nobody to go to") }}
<h2 class="govuk-heading-l">Both sides</h2>
{{ c.sides(raising, receiving, level=3) }}
<h2 class="govuk-heading-l">The record</h2>
{{ c.timeline(entries) }}
<h2 class="govuk-heading-l">Lists</h2>
{{ l.filters("Show", [("Open", "/", true), ("Late", "/", false)]) }}
{{ l.table("Open cases", ["Case", "Stage", "Due"], [
  ["7F3K-92MQ", "Manager to manager", "27 November 2026"],
  ["8P3K-92MQ", "Panel", "No time set"],
]) }}
{{ l.summary([
  ("What is in dispute", "The level of need", "/change", "what is in dispute"),
  ("Why it is unsafe", said | narrative),
]) }}
{{ l.tasks([
  ("Tell us about the children", "/", "Done", ""),
  ("Say what is in dispute", none, "Cannot start yet", "First the children"),
]) }}
{{ l.older("/older", "/") }}
{% call panels.notice("The other agency sees it differently", level=3) %}
<p class="govuk-body">Both views are on the record.</p>
{% endcall %}
{{ f.post_button("Mark as read", "/", csrf_input) }}
{% endblock %}
"""


def _side(title: str, agency: str) -> SimpleNamespace:
    return SimpleNamespace(title=title, agency=agency, lines=("Amara Osei, Class teacher",))


_ENTRIES = (
    {
        "title": "A discussion was held",
        "who": "Amara Osei, Class teacher",
        "at": NOW,
        "body": "We spoke.\n\nShe sees it differently. <script>alert(1)</script>",
        "written_late": "Written 2 days after it happened",
        "facts": [("How", "By telephone")],
    },
    {"title": "The concern was raised", "who": "Amara Osei, Class teacher", "at": NOW},
)


def _draw(
    request: HttpRequest, source: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    places = (
        Link("My page", "/me"),
        Link("Desk", "/desk", is_here=True),
        Link("Raise a concern", "/raise"),
    )
    shell = Shell(
        partnership="Northmere Safeguarding Children Partnership",
        navigation=places,
        person="Amara Osei",
        sign_out="/sign-out",
        flashes=tuple(str(message) for message in get_messages(request)),
    )
    drawn = (
        engines["jinja2"]
        .from_string(source)
        .render({"form": None, "has_problem": False, **values, "shell": shell}, request)
    )
    return HttpResponse(drawn, status=status)


@declared("anyone", methods=("GET", "POST"))
def form(request: HttpRequest) -> HttpResponse:
    """Every field; sent empty it shows every message."""
    asked = EveryField(request.POST if request.method == "POST" else None, now=NOW)
    if asked.is_bound and asked.is_valid():
        return HttpResponse("sent")
    if asked.is_bound:
        asked.refuse(
            "The other side acted while you were writing. Read the record and send this again."
        )
    return _draw(
        request,
        _FORM,
        {"form": asked, "has_problem": asked.is_bound},
        422 if asked.is_bound else 200,
    )


@declared("anyone")
def components(request: HttpRequest) -> HttpResponse:
    """Every component."""
    success(request, "What was said has been added to the record.")
    raising, receiving = (
        _side("Raised by", "Oakfield Primary School"),
        _side("Raised with", "Children’s social care"),
    )
    values = {"raising": raising, "receiving": receiving, "entries": _ENTRIES, "said": "One\n\nTwo"}
    return _draw(request, _COMPONENTS, values)


@declared("anyone")
def conflict(request: HttpRequest) -> HttpResponse:
    """Two people at once."""
    return errors.conflict(
        request,
        what="Sam Okafor escalated this case while you were writing.",
        typed=[("What was said?", "We spoke.\n<b>She agreed.</b>")],
        link=("Go to the case as it is now", "/"),
    )


@declared("anyone")
def broken(_request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    raise RuntimeError("a fault made on purpose")


@declared("signed_in", methods=("GET", "POST"))
def closed(_request: HttpRequest) -> HttpResponse:
    """A page behind the sign-in."""
    return HttpResponse("inside")


urlpatterns = [
    path("gallery/form", form),
    path("gallery/components", components),
    path("gallery/conflict", conflict),
    path("gallery/broken", broken),
    path("gallery/closed", closed),
    path("", include(urls)),
]
