"""A few rows of a model by its own columns, read or written without the time it takes to put the SQL together.

An act touches some ten tables, and Django builds each statement anew; here each is built once. Values go
through the model's own fields. This module must not decide what is written, or be used where there may be
thousands of rows at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


def read(model: type[Model], column: str, value: str, *, order: str = "") -> list[tuple[Any, ...]]:
    """The rows whose text `column` is `value`, as the values of the model's fields in their order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_question(model, column, order), [value])
        found = cursor.fetchall()
    converters = _converters(model, connection.vendor) if found else ()
    rows = []
    for row in found:
        values = list(row)
        for i, convert, of in converters:
            values[i] = convert(values[i], of, connection)
        rows.append(tuple(values))
    return rows


def find(model: type[M], column: str, value: str) -> list[M]:
    """`read`, as instances of the model."""
    names = [field.attname for field in model._meta.local_concrete_fields]  # noqa: SLF001
    return [model.from_db(connection.alias, names, row) for row in read(model, column, value)]


def insert(rows: Iterable[Model], *, unless_there: bool = False) -> int:
    """Add rows of one model, and say how many. Numbers that the database gives are not read back.

    IntegrityError where one is there; with `unless_there` that one is left as it is. One statement, sent
    once for each row.
    """
    rows = list(rows)
    if not rows:
        return 0
    return insert_values(type(rows[0]), [_values(row) for row in rows], unless_there=unless_there)


def insert_values(
    model: type[Model], rows: Sequence[Sequence[Any]], *, unless_there: bool = False
) -> int:
    """`insert`, of values ready for the database, in the order of the model's fields."""
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(model, unless_there), rows)
        return int(cursor.rowcount)


def update(row: Model) -> int:
    """Make all columns of the row with this primary key what they are here; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_change(type(row)), [*_values(row), row.pk])
        return int(cursor.rowcount)


@cache
def _question(model: type[Model], column: str, order: str) -> str:
    meta = model._meta  # noqa: SLF001  public, whatever its name says
    names = ", ".join(f'"{field.column}"' for field in meta.local_concrete_fields)
    end = f' ORDER BY "{order}"' if order else ""
    return f'SELECT {names} FROM "{meta.db_table}" WHERE "{column}" = %s{end}'  # noqa: S608  names of our own models


@cache
def _converters(model: type[Model], vendor: str) -> tuple[tuple[int, Any, Any], ...]:  # noqa: ARG001 - one answer for each
    """What is to be done to the value at each place, as Django does it."""
    found = []
    for i, field in enumerate(model._meta.local_concrete_fields):  # noqa: SLF001
        of = field.get_col(model._meta.db_table)  # noqa: SLF001
        each = (*connection.ops.get_db_converters(of), *of.get_db_converters(connection))
        found += [(i, convert, of) for convert in each]
    return tuple(found)


def remove(model: type[Model], keys: Iterable[str | int]) -> None:
    """Remove the rows with these primary keys, and nothing that points at them: the database minds that."""
    if those := [(key,) for key in keys]:
        meta = model._meta  # noqa: SLF001
        with connection.cursor() as cursor:
            cursor.executemany(
                f'DELETE FROM "{meta.db_table}" WHERE "{meta.pk.column}" = %s',  # noqa: S608  names of our own models
                those,
            )


def _values(row: Model) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in _fields(type(row))
    ]


@cache
def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """All but a number that the database gives."""
    automatic = model._meta.auto_field  # noqa: SLF001  public, whatever its name says
    return tuple(field for field in model._meta.local_concrete_fields if field is not automatic)  # noqa: SLF001


@cache
def _insertion(model: type[Model], unless_there: bool) -> str:
    names = ", ".join(f'"{field.column}"' for field in _fields(model))
    marks = ", ".join(["%s"] * len(_fields(model)))
    end = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks}){end}'  # noqa: S608, SLF001  names of our own models


@cache
def _change(model: type[Model]) -> str:
    meta = model._meta  # noqa: SLF001
    sets = ", ".join(f'"{field.column}" = %s' for field in _fields(model))
    return f'UPDATE "{meta.db_table}" SET {sets} WHERE "{meta.pk.column}" = %s'  # noqa: S608  names of our own models
