"""A throw-away installation for one test process: a home, its keys, and the environment that names them.

It must be made before Django's settings are read, which `conftest` sees to. A developer's own installation and
their DATABASE_URL are never touched.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import counterpart.vault.keys
from counterpart.config import keys

# The address of a PostgreSQL for the tests to make their databases in; without it they use SQLite.
POSTGRESQL_VARIABLE = "COUNTERPART_TEST_POSTGRESQL"


def environment_for(home: Path, *, database_url: str | None = None) -> dict[str, str]:
    """The environment of an installation whose home is `home`; nothing of the developer's own shows through."""
    kept = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    ours = {"COUNTERPART_HOME": str(home), "COUNTERPART_DEMO": "1"}
    if database_url is not None:
        ours["DATABASE_URL"] = database_url
    return kept | ours


def make_keys(home: Path) -> None:
    """Give `home` a secret and a key for the vault, as `counterpart init` does."""
    keys.make_secret(home / "keys" / "secret.key")
    counterpart.vault.keys.make_key_file(home / "keys" / "vault.key")


def prepare() -> Path:
    """Point this process at a new installation, and Django at our settings. Returns its home."""
    home = Path(tempfile.mkdtemp(prefix="counterpart-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    make_keys(home)
    wanted = environment_for(home, database_url=os.environ.get(POSTGRESQL_VARIABLE))
    os.environ.clear()
    os.environ.update(wanted)
    os.environ["DJANGO_SETTINGS_MODULE"] = "counterpart.config.settings"
    # Playwright keeps an event loop in the thread that the tests run in; Django would take that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return home


def _is_ours(name: str) -> bool:
    return name == "DATABASE_URL" or (
        name.startswith("COUNTERPART_") and not name.startswith("COUNTERPART_TEST_")
    )
