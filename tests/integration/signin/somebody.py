"""People who sign in, and their browsers."""

from django.http import HttpResponse
from django.test import Client

from counterpart.people.models import Account
from tests.directory import PASSWORD, a_partnership, a_person, a_post, an_account, an_agency

ADDRESS = "amara.osei@oakfield.example"


def browser(**environment: str) -> Client:
    """A browser that has not been here."""
    return Client(**{"wsgi.url_scheme": "https", **environment})  # type: ignore[arg-type]  # the environment of a request


def with_post(tier: str, email: str = ADDRESS) -> Account:
    """An account with a password, of somebody who holds a post at this tier in an agency."""
    agency = an_agency(a_partnership())
    return an_account(a_person(a_post(agency, tier)), email, password=PASSWORD)


def sign_in(client: Client, email: str = ADDRESS, password: str = PASSWORD) -> HttpResponse:
    """The first step: address and password."""
    return client.post("/sign-in", {"email": email, "password": password})  # type: ignore[return-value]  # close enough


def second_step(client: Client, code: str) -> HttpResponse:
    """The second step, by a code."""
    return client.post("/sign-in/second-step", {"code": code})  # type: ignore[return-value]  # close enough


def is_in(client: Client) -> bool:
    """Whether somebody is signed in and nothing stands in their way."""
    return client.get("/me").status_code == 200
