"""What the log says, and what it leaves out.

The log holds no personal data: a fault is written as its kind and the lines of code it went through, never its
message, because a database's message repeats the values it was given. The demonstration alone prints messages.
"""

import logging as python_logging
import re
import traceback
from typing import Any

SECRET_ADDRESS = re.compile(r"(/(?:calendar|invitation|answer)/)[^/?\s]+")
"""An address that is itself a key: whoever reads it in a log could use it."""


class NoSecretAddresses(python_logging.Filter):
    """Leaves the secret out of an address, whoever logs it: Django writes the path of each request it refuses."""

    def filter(self, record: python_logging.LogRecord) -> bool:
        """Keep the record, without any secret."""
        said = record.getMessage()
        if SECRET_ADDRESS.search(said):
            record.msg, record.args = SECRET_ADDRESS.sub(r"\1…", said), ()
        return True


class QuietFormatter(python_logging.Formatter):
    """A formatter that gives where a fault happened and not what it was about."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        kind, _fault, trace = ei
        lines = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *lines])


def logging(*, level: str, is_demo: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, one handler, times in UTC left to the service's log."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_secret_addresses": {"()": NoSecretAddresses}},
        "formatters": {
            "quiet": {"()": QuietFormatter, "format": "%(levelname)s %(name)s %(message)s"},
            "whole": {"format": "%(levelname)s %(name)s %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "whole" if is_demo else "quiet",
                "filters": ["no_secret_addresses"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would write a second copy, and send mail.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "django.db.backends": {"level": "WARNING"},  # never the values in a query
        },
    }
