"""Names this room to Django and has its checks known. Nothing is connected here."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The `journal` room as a Django application."""

    name = "counterpart.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    # Read by `guard`: each model whose rows stay as they were written, and the columns that may
    # still change.
    append_only = {"Event": (), "Words": (), "Submission": (), "Stream": ("version",)}

    def ready(self) -> None:
        """Register the check that the guard is in place, and guard each connection as it opens."""
        from counterpart.journal import checks

        checks.register()
