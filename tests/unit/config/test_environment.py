"""What may be set from outside, and what a bad value gets."""

from pathlib import Path

import pytest

from counterpart.config import databases, environment, security, startup
from counterpart.config.keys import make_secret, read_secret
from counterpart.vault.keys import make_key_file


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in environment.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_variable_it_is_a_real_installation_in_var_on_sqlite(tmp_path: Path) -> None:
    chosen = environment.read()
    assert chosen.home == tmp_path / "var"
    assert chosen.database_url == f"sqlite:///{tmp_path / 'var' / 'counterpart.sqlite3'}"
    assert chosen.hosts == ()
    assert not chosen.is_demo


def test_the_demonstration_answers_to_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERPART_DEMO", "1")
    assert environment.read().hosts == environment.LOCAL_HOSTS


def test_the_second_step_is_left_out_in_the_demonstration_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert environment.read().is_second_step_demanded
    monkeypatch.setenv("COUNTERPART_SECOND_STEP", "offered")
    with pytest.raises(environment.BadEnvironment, match="COUNTERPART_SECOND_STEP"):
        environment.read()
    monkeypatch.setenv("COUNTERPART_DEMO", "1")
    assert not environment.read().is_second_step_demanded
    monkeypatch.setenv("COUNTERPART_SECOND_STEP", "demanded")
    assert environment.read().is_second_step_demanded
    monkeypatch.delenv("COUNTERPART_SECOND_STEP")
    assert not environment.read().is_second_step_demanded


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COUNTERPART_SECOND_STEP", "no"),
        ("COUNTERPART_DEMO", "yes"),
        ("COUNTERPART_BEHIND_PROXY", "true"),
        ("COUNTERPART_THREADS", "0"),
        ("COUNTERPART_THREADS", "many"),
        ("COUNTERPART_LOG_LEVEL", "loud"),
        ("COUNTERPART_HOSTS", "*"),
        ("COUNTERPART_HOSTS", "https://counterpart.example.org"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.BadEnvironment, match=name):
        environment.read()


@pytest.mark.parametrize("url", ["mysql://db/counterpart", "counterpart.sqlite3", "oracle://x"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(environment.BadEnvironment, match="DATABASE_URL"):
        databases.connection(url)


def test_sqlite_takes_the_write_lock_at_once_and_never_around_a_whole_request() -> None:
    settings = databases.connection("sqlite:///some.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["ATOMIC_REQUESTS"] is False


def test_a_secret_is_made_once_readable_by_its_owner_only_and_never_replaced(
    tmp_path: Path,
) -> None:
    path = tmp_path / "keys" / "secret.key"
    assert make_secret(path)
    first = read_secret(path)
    assert not make_secret(path)
    assert read_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert len(first) >= startup.SHORTEST_SECRET


def test_an_installation_without_keys_or_hosts_may_not_start_and_says_each_reason() -> None:
    with pytest.raises(startup.NotReady) as refusal:
        startup.require_ready()
    words = str(refusal.value)
    assert "secret.key" in words
    assert "vault.key" in words
    assert "COUNTERPART_HOSTS" in words


def test_a_secret_that_is_too_short_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COUNTERPART_HOSTS", "counterpart.example.org")
    chosen = environment.read()
    make_key_file(chosen.key_file)
    chosen.secret_file.write_text("short")
    assert startup.faults_of(chosen) == [
        f"The secret key at {chosen.secret_file} is too short to be safe."
    ]


def test_cookies_are_bound_to_the_host_and_to_tls_except_in_the_demonstration() -> None:
    real = security.transport(hosts=("a.example",), is_demo=False, is_behind_proxy=False)
    assert real["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert real["SESSION_COOKIE_SECURE"]
    assert real["CSRF_COOKIE_SECURE"]
    assert real["SECURE_HSTS_SECONDS"] > 0
    assert real["SECURE_PROXY_SSL_HEADER"] is None
    demo = security.transport(hosts=("localhost",), is_demo=True, is_behind_proxy=False)
    assert demo["SECURE_HSTS_SECONDS"] == 0
    assert not demo["SESSION_COOKIE_SECURE"]
