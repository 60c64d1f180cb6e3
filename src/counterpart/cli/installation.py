"""Setting an installation up and keeping its database in step with the release.

It must not touch a key or a database that is already there, beyond Django's own migrations.
"""

import os
from datetime import UTC, datetime

import typer

from counterpart.cli.faults import CannotGoOn
from counterpart.config import environment, keys, startup
from counterpart.vault.keys import make_key_file


def start_django() -> None:
    """Make Django ready in this process. Commands that need no database never call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "counterpart.config.settings")
    import django

    django.setup()


def make_keys(*, quietly: bool = False) -> None:
    """The two key files, where they are not there yet. They are never replaced."""
    chosen = environment.read()
    made = [chosen.secret_file] if keys.make_secret(chosen.secret_file) else []
    if not chosen.key_file.exists():
        make_key_file(chosen.key_file)
        made.append(chosen.key_file)
    if made and not quietly:
        typer.echo("Made the keys: " + ", ".join(map(str, made)))
        typer.echo("Keep a copy of them apart from the database. Without them its words are lost.")


def migrate(*, quietly: bool = False) -> None:
    """Bring the database up to date, and make what belongs beside Django's tables: throttle, guards, data key."""
    environment.read().home.mkdir(mode=0o700, parents=True, exist_ok=True)
    start_django()
    from django.core.management import call_command
    from django.db import connection

    from counterpart.journal import guard
    from counterpart.vault import streamkeys

    call_command("migrate", interactive=False, verbosity=0 if quietly else 1)
    call_command("createcachetable", verbosity=0)
    guard.install(connection)
    streamkeys.prepare()
    if not quietly:
        typer.echo("The database is up to date, and the record is guarded.")


def init(*, name: str, email: str, password: str) -> None:
    """Make the keys, the database and the first administrator. Refuses where there is an account already."""
    start_django()
    _refuse_weak(password)
    make_keys()
    migrate(quietly=True)
    _open_first_account(name=name, email=email, password=password)
    typer.echo(f"Ready. {name} may sign in as {email}.")
    for fault in startup.faults_of(environment.read()):
        typer.echo(f"Before you start it: {fault}")


def check() -> None:
    """Print what is amiss and leave with 1, or say that nothing is."""
    startup.require_ready()
    start_django()
    require_guarded()
    typer.echo("Ready to start: keys in place, the database answers, the record is guarded.")


def require_guarded() -> None:
    """Refuse to go on where the record is not guarded, or its keys are not those of this database.

    Raises django.db.OperationalError where the database cannot be reached.
    """
    from django.db import connection

    from counterpart.journal import guard
    from counterpart.vault import streamkeys

    faults = [*guard.check(connection), *streamkeys.check_keys()]
    connection.close()
    if faults:
        raise CannotGoOn("\n".join(f"- {fault}" for fault in faults))


def _refuse_weak(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as fault:
        raise CannotGoOn("That password cannot be used. " + " ".join(fault.messages)) from None


def _open_first_account(*, name: str, email: str, password: str) -> None:
    from django.db import transaction

    from counterpart.casework import directory
    from counterpart.people.models import Account

    with transaction.atomic():
        if Account.objects.exists():
            raise CannotGoOn(
                "This installation has accounts already. Its administrator can add more."
            )
        directory.name_first_administrator(
            name=name, email=email, password=password, now=datetime.now(UTC)
        )
