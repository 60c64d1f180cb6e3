"""Names this room to Django. Nothing is set up or connected here."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The `people` room as a Django application."""

    name = "counterpart.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
