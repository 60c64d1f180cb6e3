"""A model whose rows are only ever added. The database's own triggers (`guard`) say the same.

This module must not hold a table.
"""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from counterpart.journal.errors import AppendOnly

M = TypeVar("M", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[M]):
    """A queryset that reads and adds, and refuses the rest."""

    def update(self, **values: Any) -> int:
        """Refuse, unless the model lets just these columns change (`may_change`)."""
        if values.keys() - getattr(self.model, "may_change", frozenset()):
            raise AppendOnly(f"{self.model.__name__} rows are never changed")
        return super().update(**values)

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[M]:
        """Add rows. Refuse `update_conflicts`, which changes the ones that are there."""
        if options.get("update_conflicts"):
            raise AppendOnly(f"{self.model.__name__} rows are never changed")
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly(f"{self.model.__name__} rows are never removed")

    def _raw_delete(self, *_args: Any) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__} rows are never removed")


class AppendOnlyModel(models.Model):
    """A row that is added once and then stays as it is."""

    may_change: ClassVar[frozenset[str]] = frozenset()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        """Add the row. Refuse to save one that is there already."""
        if not self._state.adding or options.get("force_update") or options.get("update_fields"):
            raise AppendOnly(f"{type(self).__name__} rows are never changed")
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly(f"{type(self).__name__} rows are never removed")
