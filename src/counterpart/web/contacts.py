"""Whom to telephone here: the local numbers one installation gives, and the national ones that never change with it.

Read from a file of the operator's, never from the database: these pages are for when all else is down. A number that
is not given is not shown; the page then says how to find it. It must never guess a number, nor fall back on a
demonstration's.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from counterpart.policy.yaml_text import YamlRefused, read_yaml

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Telephone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ]{4,18}[0-9]$")]
Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"'<>]+$", max_length=300)]


class BadContacts(ValueError):
    """The contacts file cannot be used. The message names the file and each fault in plain words."""


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(_Given):
    """One way to reach somebody. Every part may be left out; what is left out is not shown."""

    name: Line | None = None
    telephone: Telephone | None = None
    hours: Line | None = None
    email: Line | None = None
    web: Address | None = None


class Contacts(_Given):
    """All the local contacts of one installation."""

    partnership: Line | None = None
    referral: Contact = Contact()  # children's social care in office hours
    out_of_hours: Contact = Contact()  # the emergency duty team
    head_of_safeguarding: Contact = Contact()
    lado: Contact = Contact()
    partnership_office: Contact = Contact()
    complaints: Contact = Contact()
    privacy: Contact = Contact()
    is_fictional: bool = (
        False  # true of the demonstration's; a real installation refuses to start with them
    )


@cache
def read_contacts(path: Path | None) -> Contacts:
    """The contacts in a YAML file; none at all where no file is given. Raises `BadContacts`."""
    if path is None:
        return Contacts()
    try:
        given = read_yaml(path.read_bytes(), file=path.name)
        return Contacts.model_validate({} if given is None else given)
    except (OSError, YamlRefused) as error:
        raise BadContacts(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        faults = "; ".join(_fault(each) for each in error.errors())
        raise BadContacts(f"{path}: {faults}") from error


def _fault(error: Any) -> str:
    return f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
