"""Acts on an agency's own sign-on (OpenID Connect): the administrator's, by command.

A provider vouches for the people of one agency, at the mail domains registered for that agency. Its
secret stays in a file: the database holds the file's name. It must not speak to the provider.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.engine import account_events as a
from counterpart.engine.kinds import Code, Id
from counterpart.journal.reading import head
from counterpart.journal.writing import New, append
from counterpart.people.changes import DirectoryFault
from counterpart.people.models import Agency, AgencyDomain, Provider

KIND = "provider"
_SHAPE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_HERE = ("localhost", "127.0.0.1", "::1")


def add_provider(
    *,
    code: str,
    agency: str,
    issuer: str,
    client: str,
    secret_file: Path | None,
    actor: Acting,
    now: datetime,
) -> None:
    """Let the people of an agency sign in through its provider. Raises `DirectoryFault`."""
    address = issuer.rstrip("/")
    _require_good(code, agency, address, secret_file)
    with transaction.atomic():
        if Provider.objects.filter(code=code).exists():
            raise DirectoryFault("code_taken", f"There is a provider called {code} already.")
        event = a.ProviderAdded(provider=Code(code), agency=Id(agency))
        _write(code, event, actor, now)
        Provider.objects.create(
            code=code,
            agency_id=agency,
            issuer=address,
            client=client,
            secret_file=str(secret_file.absolute()) if secret_file else "",
        )


def remove_provider(*, code: str, actor: Acting, now: datetime) -> None:
    """Nobody signs in through it any more.

    Whom it had named is forgotten: should the name be given to another provider, its subjects are
    other people. Raises `DirectoryFault`.
    """
    with transaction.atomic():
        row = Provider.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise DirectoryFault("unknown_provider", f"There is no provider called {code}.")
        event = a.ProviderRemoved(provider=Code(code), agency=Id(row.agency_id))
        _write(code, event, actor, now)
        SocialAccount.objects.filter(provider=code).delete()
        row.delete()


def _require_good(code: str, agency: str, issuer: str, secret_file: Path | None) -> None:
    if not _SHAPE.fullmatch(code):
        raise DirectoryFault(
            "bad_code", "A provider's name is lower-case letters, figures and dashes."
        )
    parts = urlsplit(issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        raise DirectoryFault("bad_issuer", "The issuer is an address that begins with https://.")
    if secret_file is not None and not secret_file.is_file():
        raise DirectoryFault("no_secret", f"There is no file {secret_file}.")
    if not Agency.objects.filter(id=agency).exists():
        raise DirectoryFault("unknown_agency", "There is no such agency in the directory.")
    if not AgencyDomain.objects.filter(agency=agency).exists():
        raise DirectoryFault(
            "no_domains",
            "No mail domain is registered for this agency. Register it in the directory first: a"
            " provider vouches for addresses at the agency's own domains and for no others.",
        )


def _write(code: str, event: Any, actor: Acting, now: datetime) -> None:
    stream = f"provider-{code}"
    was = head(stream)
    new = New(
        id=Id(uuid4().hex), happened_at=now, actor=actor.facts, names=actor.names, event=event
    )
    append(stream, KIND, was.version if was else 0, [new], written_at=now)
