"""Signing in through one's agency: choosing it, going there, and coming back.

A form may not lead to another host (our content policy), so a page with a link stands between. Whom
the answer is about is decided in `sign_on`.
"""

from typing import cast
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.views import callback
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from counterpart.access.routes import declared
from counterpart.people.models import Provider
from counterpart.web.pages import page, see_other
from counterpart.web.signin.adapter import SignInAdapter
from requests import RequestException


@declared("anyone", methods=("GET", "POST"))
@never_cache
def through_agency(request: HttpRequest) -> HttpResponseBase:
    """Choose one's agency; then a link to its own sign-in."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    onward = onward if SignInAdapter(request).is_safe_url(onward) else ""
    if request.method == "POST":
        return _go_there(request, request.POST.get("provider", ""), onward)
    found = Provider.objects.select_related("agency").order_by("agency__name", "code")
    return page(request, "signin/agencies.jinja", {"providers": list(found), "next": onward})


@declared("anyone")
@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the agency's sign-in, with its answer to what this session asked, which is good once."""
    return cast(HttpResponseBase, callback(request, provider_id))


def _go_there(request: HttpRequest, code: str, onward: str) -> HttpResponseBase:
    if not Provider.objects.filter(code=code).exists():
        raise Http404
    provider = get_adapter(request).get_provider(request, provider=code)
    try:
        leading = provider.redirect(request, AuthProcess.LOGIN, next_url=onward or None)
    except (RequestException, ValueError, KeyError):  # not there, or not what it should be
        leading = None
    if not isinstance(leading, HttpResponseRedirect) or not _is_away(leading.url):
        return see_other(f"{reverse('account_login')}?why=sign-on")
    values = {"agency": provider.app.name, "href": leading.url}
    return page(request, "signin/go_there.jinja", values)


def _is_away(url: str) -> bool:
    return urlsplit(url).scheme in ("https", "http")
