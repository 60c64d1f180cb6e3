"""Commands about sign-ins: the ways in that no page can open, and agencies' own sign-on.

Whoever runs the installation uses them. None sets a password: each sends its owner a link.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from counterpart.cli.faults import CannotGoOn

account = typer.Typer(
    name="account", help="Sign-ins: invite, close.", no_args_is_help=True, rich_markup_mode=None
)
provider = typer.Typer(
    name="provider",
    help="Agencies' own sign-on (OpenID Connect).",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@account.command()
def invite(
    email: Annotated[str, typer.Argument(help="Where to send the link.")],
    person: Annotated[str, typer.Option(help="Somebody of the directory, by id.")] = "",
    administrator: Annotated[
        str, typer.Option(help="The name of a new administrator, who holds no post.")
    ] = "",
) -> None:
    """Send somebody the link by which they open their account, or get back into it."""
    if bool(person) == bool(administrator):
        raise CannotGoOn("Give either --person or --administrator.")

    def send(now: datetime) -> None:
        from counterpart.casework import accounts
        from counterpart.casework.actors import by_command
        from counterpart.people import changes

        whom = person
        if administrator:
            whom = uuid.uuid4().hex
            changes.add_person(id=whom, name=administrator)
        accounts.invite(
            person=whom,
            email=email,
            actor=by_command(),
            now=now,
            is_administrator=bool(administrator),
        )

    _do(send)
    typer.echo("The invitation is on its way. The link works once, for three days.")


@account.command()
def close(email: Annotated[str, typer.Argument(help="The address of the account.")]) -> None:
    """Close an account: whoever is signed in with it is out at their next request."""

    def shut(now: datetime) -> None:
        from counterpart.casework import accounts
        from counterpart.casework.actors import by_command
        from counterpart.people.models import Account

        row = Account.objects.filter(email=email.strip().lower()).first()
        if row is None:
            raise CannotGoOn("No account has this address.")
        accounts.close(account=row, actor=by_command(), now=now)

    _do(shut)
    typer.echo("The account is closed.")


@provider.command()
def add(
    code: Annotated[str, typer.Argument(help="A short name, which stands in the addresses.")],
    agency: Annotated[
        str, typer.Option(help="Whose people it vouches for: the agency's id or name.")
    ],
    issuer: Annotated[str, typer.Option(help="The provider's address: https://…")],
    client: Annotated[str, typer.Option(help="What the provider knows this installation as.")],
    secret_file: Annotated[
        Path | None, typer.Option(help="File with the secret it gave this installation.")
    ] = None,
    domain: Annotated[
        list[str] | None,
        typer.Option(help="A mail domain to register for the agency too; once for each."),
    ] = None,
) -> None:
    """Let the people of an agency sign in through its own sign-on."""

    def put(now: datetime) -> None:
        from counterpart.casework import sign_on
        from counterpart.casework.actors import by_command

        whose = _agency(agency)
        _register(domain or [], whose, now)
        sign_on.add_provider(
            code=code,
            agency=whose,
            issuer=issuer,
            client=client,
            secret_file=secret_file,
            actor=by_command(),
            now=now,
        )

    _do(put)
    from django.conf import settings

    typer.echo("Added. Register this address with the provider:")
    typer.echo(f"{settings.ADDRESS}/sign-in/agency/{code}/back")


@provider.command()
def remove(code: Annotated[str, typer.Argument(help="The provider's short name.")]) -> None:
    """Let nobody sign in through it any more."""

    def take(now: datetime) -> None:
        from counterpart.casework import sign_on
        from counterpart.casework.actors import by_command

        sign_on.remove_provider(code=code, actor=by_command(), now=now)

    _do(take)
    typer.echo("Removed.")


def _register(domains: Sequence[str], agency: str, now: datetime) -> None:
    """Keep these beside the domains that are registered for the agency already."""
    from counterpart.casework.actors import by_command
    from counterpart.casework.directory_upkeep import change_agency
    from counterpart.people.domains import NotADomain, read_domain
    from counterpart.people.upkeep import agency_details

    try:
        read = [read_domain(one) for one in domains]
    except NotADomain as fault:
        raise CannotGoOn(str(fault)) from None
    had = agency_details(agency)
    if not set(read) <= set(had.mail_domains):
        whole = tuple(dict.fromkeys((*had.mail_domains, *read)))
        details = replace(had, mail_domains=whole)
        change_agency(agency=agency, details=details, actor=by_command(), now=now)


def _agency(said: str) -> str:
    from counterpart.people.models import Agency

    if Agency.objects.filter(id=said).exists():
        return said
    found = list(Agency.objects.filter(name=said).values_list("id", flat=True)[:2])
    if len(found) != 1:
        raise CannotGoOn("No agency has this id or name, or several have it. Give its id.")
    return str(found[0])


def _do(act: Callable[[datetime], None]) -> None:
    from counterpart.cli import installation

    installation.start_django()
    from django.db import transaction

    from counterpart.people.changes import DirectoryFault

    try:
        with transaction.atomic():
            act(datetime.now(UTC))
    except DirectoryFault as fault:
        raise CannotGoOn(fault.words) from None
