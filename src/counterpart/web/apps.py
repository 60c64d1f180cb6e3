"""Names this room to Django. Nothing is set up or connected here."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The `web` room as a Django application."""

    name = "counterpart.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
