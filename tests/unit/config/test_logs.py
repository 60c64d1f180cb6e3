"""The log holds no personal data."""

import logging

from counterpart.config.logs import QuietFormatter


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
