"""Names this room to Django. Nothing is set up or connected here."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The `messages` room as a Django application."""

    name = "counterpart.messages"
    label = "messages"
    default_auto_field = "django.db.models.BigAutoField"
