"""The checks made before anything starts: an installation that is not ready says what to do and stops.

Nothing is made or mended here. It must run before Django is set up, so that its message comes first.
"""

from counterpart.config import environment
from counterpart.config.keys import read_secret
from counterpart.vault.keys import KeysUnavailable, read_ring
from counterpart.web.contacts import BadContacts, read_contacts

SHORTEST_SECRET = 43  # characters of URL-safe base64 that carry 256 bits


class NotReady(RuntimeError):
    """This installation cannot start. The message says why and what to do, in plain words."""


def require_ready() -> None:
    """Raise `NotReady` with every reason at once why this installation must not start."""
    faults = faults_of(environment.read())
    if faults:
        raise NotReady("Counterpart cannot start.\n" + "\n".join(f"- {fault}" for fault in faults))


def faults_of(chosen: environment.Environment) -> list[str]:
    """What is missing or unsafe in this installation, in plain words; empty when it may start."""
    faults = []
    if not chosen.secret_file.is_file():
        faults.append(
            f"There is no secret key at {chosen.secret_file}. `counterpart init` makes one."
        )
    elif len(read_secret(chosen.secret_file)) < SHORTEST_SECRET:
        faults.append(f"The secret key at {chosen.secret_file} is too short to be safe.")
    try:
        read_ring(chosen.key_file)
    except KeysUnavailable as fault:
        faults.append(str(fault))
    faults += _faults_of_contacts(chosen)
    if not chosen.hosts:
        faults.append(
            "COUNTERPART_HOSTS is not set. Give the name people type to reach this installation."
        )
    return faults


def _faults_of_contacts(chosen: environment.Environment) -> list[str]:
    """A made-up number on a page for emergencies is worse than none."""
    try:
        contacts = read_contacts(chosen.contacts_file)
    except BadContacts as fault:
        return [f"The local contacts cannot be used. {fault}"]
    if contacts.is_fictional and not chosen.is_demo:
        return [f"The telephone numbers in {chosen.contacts_file} are made up. Put in your own."]
    return []
