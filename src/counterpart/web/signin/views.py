"""The pages of signing in and out. allauth runs the steps; each page is drawn in our frame.

A wrong address, an unknown one and a closed account all get the same page.
"""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.people.models import Provider
from counterpart.web.pages import page, public_page, see_other
from counterpart.web.signin import sessions
from counterpart.web.signin.forms import AskForCodeForm, CodeForm, SignInForm

MAIL_IS_DOWN = (
    "The code could not be sent just now. Wait a minute and try again, or use your password."
)
WHY = {
    "idle": "You were signed out because nothing was sent for 30 minutes. Your drafts have been kept.",
    "long": "You were signed out because you had been signed in for 12 hours. Your drafts have been kept.",
    "sign-on": "Your agency’s sign-in did not answer as it should. Try again, or sign in here.",
    "nobody": "Your agency’s sign-in says who you are, but no account here goes with that. Sign in here"
    " another way, or ask your safeguarding lead.",
    "visit": "Your visit has ended. Open the link in your message again, and a new code is sent.",
    "again": "That code can no longer be used. Ask for a new one.",
}


class _InOurFrame:
    """Draws an allauth view's page as every other page of this service is drawn."""

    request: HttpRequest
    template_name: str

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        """Only what our templates use is passed on."""
        values = {
            "form": context["form"],
            "next": self.request.POST.get("next") or self.request.GET.get("next") or "",
            "why": WHY.get(self.request.GET.get("why", "")),
            "is_step_left_out": not settings.SECOND_STEP_DEMANDED,
            "has_sign_on": Provider.objects.exists(),
            "email": context.get("email"),
        }
        return page(self.request, self.template_name, values)


class _FreshStart:
    """Going back to the beginning is allowed while a code is awaited: nobody is held to that way."""

    def _redirect_to_pending_stage(self, *_: Any) -> None:
        """Show the page that was asked for."""


class _SignIn(_InOurFrame, _FreshStart, LoginView):
    template_name = "signin/sign_in.jinja"


class _AskForCode(_InOurFrame, _FreshStart, RequestLoginCodeView):
    template_name = "signin/ask_for_code.jinja"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: AskForCodeForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except OSError:  # the mail server; what it says is not for this page
            form.refuse(MAIL_IS_DOWN)
            response = self.render_to_response({"form": form})
        return response


class _EnterCode(_InOurFrame, ConfirmLoginCodeView):
    template_name = "signin/enter_code.jinja"


@declared("anyone", methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """By address and password."""
    return _SignIn.as_view(form_class=SignInForm)(request)


@declared("anyone", methods=("GET", "POST"))
def ask_for_code(request: HttpRequest) -> HttpResponseBase:
    """Ask for a one-time code by e-mail."""
    return _AskForCode.as_view(form_class=AskForCodeForm)(request)


@declared("anyone", methods=("GET", "POST"))
def enter_code(request: HttpRequest) -> HttpResponseBase:
    """Type the code. Five tries, then a new one has to be asked for."""
    response = _EnterCode.as_view(form_class=CodeForm)(request)
    again = reverse("account_request_login_code")
    if isinstance(response, HttpResponseRedirect) and response.url == again:
        return see_other(f"{again}?why=again")
    return response


@declared("anyone", methods=("POST",))
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget what it kept of it (ASVS 14.3.1).

    The cookies of the session go one by one: the one that knows the browser again is to stay.
    """
    logout(request)
    response = see_other("/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    sessions.forget(response)
    return response


@declared("public")
def get_an_account(request: HttpRequest) -> HttpResponse:
    """Accounts are given, not taken: whom to ask, and what can be done without one."""
    return public_page(request, "signin/get_an_account.jinja")
