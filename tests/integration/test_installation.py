"""`counterpart init`, `check` and `serve` on an empty folder, as the operator of a real installation runs them."""

import os
import subprocess
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import installation
from tests.site import COUNTERPART

PASSWORD = "a long walk by the canal"
ADA = ("init", "--name", "Ada Example", "--email", "ada@example.org")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a real installation's operator sets, with an empty database of its own."""
    return a_real_one(tmp_path)


def a_real_one(folder: Path) -> dict[str, str]:
    """The environment of an installation in a folder, for tests of other commands too."""
    with_database = installation.environment_for(folder / "home", database_url=_new_database())
    del with_database["COUNTERPART_DEMO"]
    return with_database | {"COUNTERPART_HOSTS": "counterpart.example.org"}


def _new_database() -> str | None:
    server = os.environ.get(installation.POSTGRESQL_VARIABLE)
    if server is None:
        return None
    name = f"installation_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def counterpart(
    environment: dict[str, str], *arguments: str, password: str = PASSWORD
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COUNTERPART, *arguments],
        env=environment | {"COUNTERPART_FIRST_PASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_init_makes_an_installation_that_is_ready_and_has_its_first_administrator(
    environment: dict[str, str],
) -> None:
    made = counterpart(environment, *ADA)
    assert made.returncode == 0, made.stderr
    assert "Ada Example may sign in as ada@example.org" in made.stdout
    checked = counterpart(environment, "check")
    assert checked.returncode == 0, checked.stderr
    assert "the record is guarded" in checked.stdout

    again = counterpart(environment, "init", "--name", "Eve Example", "--email", "eve@example.org")
    assert again.returncode == 1
    assert "has accounts already" in again.stderr
    assert "Traceback" not in again.stderr


def test_a_weak_password_is_refused_before_anything_is_made(environment: dict[str, str]) -> None:
    refused = counterpart(environment, *ADA, password="too short")
    assert refused.returncode == 1
    assert "15 characters" in refused.stderr
    assert not Path(environment["COUNTERPART_HOME"]).exists()


def test_without_its_keys_nothing_starts_and_the_reason_is_plain(
    environment: dict[str, str],
) -> None:
    for command in ("serve", "worker", "check"):
        refused = counterpart(environment, command)
        assert refused.returncode == 1
        assert "Counterpart cannot start." in refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_bad_variable_is_named_and_not_a_traceback(environment: dict[str, str]) -> None:
    refused = counterpart(environment | {"COUNTERPART_THREADS": "many"}, "check")
    assert refused.returncode == 1
    assert "COUNTERPART_THREADS" in refused.stderr
    assert "Traceback" not in refused.stderr
