"""Django's own commands for people working on the project, such as `makemigrations` and `shell`.

It keeps an installation of its own in `build/dev`, so that it never touches anyone's data.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Run one of Django's commands with this project's settings."""
    os.environ.setdefault("COUNTERPART_HOME", str(ROOT / "build" / "dev"))
    os.environ.setdefault("COUNTERPART_DEMO", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "counterpart.config.settings"

    from django.core.management import execute_from_command_line

    from counterpart.config import environment, keys

    keys.make_secret(environment.read().secret_file)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
