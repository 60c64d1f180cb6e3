"""The log holds no personal data."""

import logging

import pytest

from counterpart.config import logs
from counterpart.config.logs import NoSecretAddresses, QuietFormatter


def test_a_fault_is_logged_by_its_kind_and_place_and_never_by_its_message() -> None:
    try:
        raise ValueError("Key (name)=(Canary Child) already exists")
    except ValueError as fault:
        record = logging.LogRecord(
            "counterpart",
            logging.ERROR,
            __file__,
            1,
            "could not save",
            (),
            (ValueError, fault, fault.__traceback__),
        )
    written = QuietFormatter().format(record)
    assert "builtins.ValueError" in written
    assert "test_logs.py" in written
    assert "Canary" not in written


@pytest.mark.parametrize(
    ("said", "args", "written"),
    [
        ("Not Found: %s", ("/calendar/s3cr3t-t0ken.ics",), "Not Found: /calendar/…"),
        ("Gone: %s", ("/invitation/s3cr3t",), "Gone: /invitation/…"),
        ("Gone: %s", ("/answer/0a1b.s3cr3t-x_y/again",), "Gone: /answer/…/again"),
        ("Forbidden: /calendar/s3cr3t?x=1", (), "Forbidden: /calendar/…?x=1"),
        ("Not Found: %s", ("/cases/7F3K92MQ",), "Not Found: /cases/7F3K92MQ"),
    ],
)
def test_an_address_that_is_a_key_is_logged_without_its_secret(
    said: str, args: tuple[str, ...], written: str
) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, said, args, None)
    assert NoSecretAddresses().filter(record)
    assert QuietFormatter().format(record) == written


@pytest.mark.parametrize("is_demo", [True, False])
def test_nothing_is_logged_around_that(is_demo: bool) -> None:
    told = logs.logging(level="INFO", is_demo=is_demo)
    assert all("no_secret_addresses" in each["filters"] for each in told["handlers"].values())
    assert not any(each.get("handlers") for each in told["loggers"].values())
