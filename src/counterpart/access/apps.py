"""Names this room to Django, and which of its rows the journal's guard keeps from change."""

from typing import ClassVar

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The `access` room as a Django application."""

    name = "counterpart.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    append_only: ClassVar[dict[str, tuple[str, ...]]] = {"Read": (), "RefusedTry": ()}
