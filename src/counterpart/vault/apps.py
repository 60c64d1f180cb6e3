"""Names this room to Django. Nothing is set up or connected here."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The `vault` room as a Django application."""

    name = "counterpart.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

    # Read by `journal.guard`: a data key is never replaced or removed, only wrapped anew.
    append_only = {"StreamKey": ("wrapping", "wrapped")}
