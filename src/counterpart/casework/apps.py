"""Names this room to Django. Nothing is set up or connected here."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The `casework` room as a Django application."""

    name = "counterpart.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
