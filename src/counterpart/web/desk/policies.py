"""The desk's pages about the policy: what is in force, and bringing in a new edition of it.

A file that is brought in is held in memory and in the page it is checked on; nothing is kept until
it is put in force.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from counterpart.access.routes import declared
from counterpart.casework import editions
from counterpart.casework.editions import Overtaken
from counterpart.casework.ladders import explained
from counterpart.policy.comparing import compare
from counterpart.policy.drawing import diagram, in_words
from counterpart.policy.explaining import clause_anchor
from counterpart.policy.loading import MOST_BYTES, PolicyRefused, bundle, load_policy
from counterpart.policy.model import Policy
from counterpart.web.desk.checked import Checked, NotOurs, opened
from counterpart.web.desk.office import Office, Several, office_of
from counterpart.web.desk.policy_forms import BringInForm, PutInForceForm
from counterpart.web.desk.policy_page import found_in, open_cases, policy_page
from counterpart.web.errors import conflict
from counterpart.web.forms.files import take_one
from counterpart.web.pages import page, see_other
from counterpart.web.public.policies import beside
from counterpart.web.signin.stepping_up import fresh

DONE = "The new edition is in force for new cases. Cases already open keep theirs."
OVERTAKEN = "Another edition came into force while you were reading, so yours was not put in force."
TOO_OLD = "What you checked is no longer on this page. Bring the file in again."
BROUGHT = "brought-in/policy.yaml"
"""Where a file that is brought in is taken to stand, for the paths it names."""
AS_IT_IS = "This is the edition in force already, to the letter. There is nothing to bring in."

View = Callable[..., HttpResponseBase]


def of_one_office(view: View) -> View:
    """Find whose desk it is first; ask which, where the person has several."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        try:
            office = office_of(request)
        except Several as several:
            links = [(d.name, f"{request.path}?partnership={d.code}") for d in several.desks]
            return page(request, "desk/choose.jinja", {"desks": links})
        return view(request, office, **kwargs)

    return found


@declared("desk")
@of_one_office
def policy(request: HttpRequest, office: Office) -> HttpResponse:
    """The policy of a partnership: in force, found, kept, and what people say of it."""
    shown = policy_page(office.partnership, office.kept_out, office.now, many=office.many)
    return page(request, "desk/policy.jinja", {"shown": shown, "office": office})


@declared("desk", methods=("GET", "POST"))
@csrf_exempt  # the form is checked below, after the file may come in
def bring_in(request: HttpRequest) -> HttpResponseBase:
    """A file with a new edition, and what is found in it. Nothing is kept."""
    take_one(request, MOST_BYTES)
    return _bring_in(request)


@csrf_protect
@of_one_office
def _bring_in(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method != "POST":
        return _asked(request, office, BringInForm(None))
    form = BringInForm(request.POST, files=request.FILES)
    if not form.is_valid():
        return _asked(request, office, form)
    try:
        brought, content = _whole(form.cleaned_data["file"])
    except PolicyRefused as refused:
        form.refuse(
            "This file cannot be used as it is. What is wrong with it is listed on this page.",
            "file",
        )
        return _asked(request, office, form, refused)
    if brought.edition == office.partnership.edition:
        form.refuse(AS_IT_IS, "file")
        return _asked(request, office, form)
    return _check(request, office, brought, content)


@declared("desk", methods=("POST",))
@of_one_office
@fresh
def put_in_force(request: HttpRequest, office: Office) -> HttpResponse:
    """Put what was checked in force."""
    try:
        checked = opened(request.POST.get("carried", ""), office.partnership.id)
    except NotOurs:
        return _asked(request, office, BringInForm.again(TOO_OLD))
    brought = load_policy(checked.content)
    form_sent = PutInForceForm(request.POST, is_asked=_is_serious(brought, office))
    if not form_sent.is_valid():
        return _check(request, office, brought, checked.content, form_sent)
    try:
        editions.publish(
            content=checked.content,
            partnership=office.partnership.id,
            actor=office.acting,
            now=office.now,
            key=form_sent.key,
            over=checked.over,
        )
    except Overtaken:
        link = ("See what is in force now", office.href("policy"))
        return conflict(request, what=OVERTAKEN, typed=[], link=link)
    messages.success(request, DONE)
    return see_other(office.href("policy"))


@declared("desk")
@of_one_office
def edition(request: HttpRequest, office: Office, edition: str) -> HttpResponse:
    """An edition of the partnership's in plain words, and what the one in force says otherwise."""
    shown, in_force = _theirs(office, edition), editions.current(office.partnership.id)
    values = {
        "policy": shown,
        "sections": explained(shown),
        "clause_anchor": clause_anchor,
        "lines": in_words(diagram(shown)),
        "differences": compare(shown, in_force) if in_force and in_force != shown else None,
        "office": office,
    }
    return page(request, "desk/edition.jinja", values)


@declared("desk")
@of_one_office
def download(_request: HttpRequest, office: Office, edition: str) -> HttpResponse:
    """The very bytes of an edition."""
    policy = _theirs(office, edition)
    answer = HttpResponse(editions.content_of(edition), content_type="application/yaml")
    name = f"{policy.id}-{edition[:12]}.yaml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _theirs(office: Office, edition: str) -> Policy:
    """An edition that was put in force in this partnership, or the page for what is not there."""
    if all(one.edition != edition for one in editions.publications(office.partnership.id)):
        raise Http404
    return editions.policy_of(edition)


def _whole(sent: bytes) -> tuple[Policy, bytes]:
    """The policy in a file and the bytes to keep of it. What it builds on is taken from the
    policies that this installation has, as if the file stood among them. Raises PolicyRefused.
    """
    read = beside(settings.POLICIES / BROUGHT, settings.POLICIES)
    # Read as it was sent first, so that each problem has its place in what was sent.
    load_policy(sent, name=BROUGHT, read=read)
    content = bundle(sent, name=BROUGHT, read=read)
    return load_policy(content), content


def _asked(
    request: HttpRequest, office: Office, form: BringInForm, refused: PolicyRefused | None = None
) -> HttpResponse:
    problems = [
        (p.line, p.column, p.words if p.file == BROUGHT else f"In {p.file}: {p.words}")
        for p in (refused.problems if refused else ())
    ]
    values = {"form": form, "office": office, "problems": problems}
    return page(request, "desk/bring_in.jinja", values)


def _check(
    request: HttpRequest,
    office: Office,
    brought: Policy,
    content: bytes,
    form: PutInForceForm | None = None,
) -> HttpResponse:
    """What was found in a file, what it changes, and whom it leaves as they are."""
    here, in_force = office.partnership, editions.current(office.partnership.id)
    checked = Checked(content, here.id, here.edition or "")
    fresh = PutInForceForm(is_asked=_is_serious(brought, office), carried=checked.sealed())
    values = {
        "form": form or fresh,
        "policy": brought,
        "in_force": in_force,
        "findings": found_in(brought, office.now),
        "differences": compare(in_force, brought) if in_force else (),
        "cases": open_cases(here.id, office.kept_out, in_force.edition) if in_force else "",
        "office": office,
        "action": office.href("put_in_force"),
    }
    return page(request, "desk/check.jinja", values)


def _is_serious(policy: Policy, office: Office) -> bool:
    return any(found.severity == "error" for found in found_in(policy, office.now))
