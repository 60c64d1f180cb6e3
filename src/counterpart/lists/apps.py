"""Names this room to Django. Nothing is set up or connected here."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """The `lists` room as a Django application."""

    name = "counterpart.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"
