"""Every way we know to change what was written, tried on both databases, and how each is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core import checks as system_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.utils import ConnectionHandler

from counterpart.engine.kinds import Id
from counterpart.journal import guard, guard_sqlite, reading
from counterpart.journal.checks import UNGUARDED, guard_stands
from counterpart.journal.errors import AppendOnly
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.vault.models import StreamKey
from tests.integration.journal.stories import an_id, new, written

pytestmark = pytest.mark.django_db

MODELS = (Event, Words, Submission)
TABLES = ("journal_event", "journal_words", "journal_submission")


@pytest.fixture
def case() -> Id:
    """A stream of two events, made by one submission."""
    stream = an_id()
    written(stream, 0, new(), new(), key=f"form of {stream}")
    return stream


def run(statement: str, values: list[Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or [])
        return int(cursor.rowcount)


def filled(statement: str, table: str) -> str:
    (found,) = [one for one in guard.protected() if one.name == table]
    return statement.format(
        table=table,
        columns=", ".join(f'"{column}"' for column in found.columns),
        unique=", ".join(found.unique[0]),
        first=found.columns[0],
        last=found.columns[-1],
    )


# --- by the models -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.save(),
        lambda row: row.save(force_update=True),
        lambda row: row.save(update_fields=["stream"]),
        lambda row: row.delete(),
        lambda row: type(row).objects.update(stream="x"),
        lambda row: type(row).objects.all().delete(),
        lambda row: type(row).objects.all()._raw_delete("default"),
        lambda row: type(row).objects.bulk_update([row], ["stream"]),
        lambda row: type(row).objects.update_or_create(pk=row.pk, defaults={"stream": "x"}),
        lambda row: type(row)._base_manager.update(stream="x"),
        lambda row: type(row)._base_manager.all().delete(),
        lambda row: type(row).objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=[field.name for field in row._meta.pk_fields],
            update_fields=["made_at"],
        ),
    ],
)
def test_a_model_refuses_to_change_a_row(
    case: Id, model: type[models.Model], change: Callable[[Any], object]
) -> None:
    row = model._default_manager.filter(stream=case).first()
    with pytest.raises(AppendOnly):
        change(row)


def test_a_second_row_with_the_same_key_is_refused(case: Id) -> None:
    kept = Submission.objects.get(stream=case)
    again = Submission(
        key=kept.key, stream="x", first_version=1, last_version=1, made_at=kept.made_at
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert Submission.objects.get(key=kept.key).stream == case


def test_a_stream_can_only_move_on(case: Id) -> None:
    for change in ({"kind": "x"}, {"id": "x", "version": 9}, {"opened_at": None}):
        with pytest.raises(AppendOnly):
            Stream.objects.filter(id=case).update(**change)
    with pytest.raises(AppendOnly):
        Stream.objects.filter(id=case).delete()


# --- by SQL, on both databases -------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET stream = stream",
        "UPDATE {table} SET stream = 'x'",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE stream <> ''",
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}",
        (
            "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true"
            " ON CONFLICT ({unique}) DO UPDATE SET stream = 'x'"
        ),
    ],
)
def test_sql_is_refused(case: Id, table: str, statement: str) -> None:
    before = kept(table)
    with pytest.raises(IntegrityError), transaction.atomic():
        run(filled(statement, table))
    assert kept(table) == before


def kept(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2, 3')  # noqa: S608  our own tables
        return [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in cursor.fetchall()
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_stream SET version = version",
        "UPDATE journal_stream SET version = version - 1",
        "UPDATE journal_stream SET version = 9, kind = 'x'",
        "UPDATE journal_stream SET id = 'x'",
        "UPDATE journal_stream SET opened_at = '2020-01-01'",
        "DELETE FROM journal_stream",
        (
            "INSERT INTO journal_stream SELECT * FROM journal_stream WHERE true"
            " ON CONFLICT (id) DO UPDATE SET version = 1"
        ),
        "UPDATE vault_streamkey SET stream = 'x'",
        "DELETE FROM vault_streamkey",
    ],
)
def test_a_stream_and_its_key_cannot_be_taken_back(case: Id, statement: str) -> None:
    before = kept("journal_stream"), kept("vault_streamkey")
    with pytest.raises(IntegrityError), transaction.atomic():
        run(statement)
    assert (kept("journal_stream"), kept("vault_streamkey")) == before


def test_the_refusal_says_what_is_refused(case: Id) -> None:
    with (
        pytest.raises(IntegrityError, match="journal_event is append-only: what was written stays"),
        transaction.atomic(),
    ):
        run("DELETE FROM journal_event")


def test_a_data_key_may_be_wrapped_anew_and_nothing_else(case: Id) -> None:
    assert StreamKey.objects.filter(stream=case).update(wrapping="new", wrapped=b"anew") == 1


# --- by what only this database can do -----------------------------------------------------------

ALL_TABLES = (*TABLES, "journal_stream", "vault_streamkey")

OWN_WAYS = {
    "sqlite": [
        "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "INSERT OR IGNORE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "UPDATE OR REPLACE {table} SET rowid = rowid + 1",
        "UPDATE {table} SET rowid = rowid + 1000",
        "UPDATE {table} SET {first} = {first} || 'x' RETURNING 1",
    ],
    "postgresql": [
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
        "WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT count(*) FROM gone",
        "UPDATE ONLY {table} SET {first} = 'x'",
        "MERGE INTO {table} USING (SELECT 1 AS one) AS one ON true WHEN MATCHED THEN DELETE",
        "SET LOCAL session_replication_role = replica; DELETE FROM {table}",
        "SET LOCAL session_replication_role = replica; TRUNCATE {table}",
    ],
}[connection.vendor]


@pytest.mark.parametrize("table", ALL_TABLES)
@pytest.mark.parametrize("statement", OWN_WAYS)
def test_this_databases_own_ways_are_refused(case: Id, table: str, statement: str) -> None:
    before = kept(table)
    with without_the_connections_help(), pytest.raises(IntegrityError), transaction.atomic():
        run(filled(statement, table))
    assert kept(table) == before


ODD_REPLACEMENTS = {
    "sqlite": [
        # by the hidden row number, under a key that is free
        (
            "INSERT OR REPLACE INTO journal_submission"
            " (rowid, key, stream, first_version, last_version, made_at)"
            " SELECT rowid, 'free', stream, 1, 1, made_at FROM journal_submission"
        ),
        # by the place in the stream, under an id that is free
        (
            "INSERT OR REPLACE INTO journal_event SELECT id || 'x', stream, version, type, schema,"
            " happened_at, written_at, actor, facts FROM journal_event"
        ),
    ],
    "postgresql": [
        (
            "INSERT INTO journal_event SELECT id || 'x', stream, version, type, schema,"
            " happened_at, written_at, actor, facts FROM journal_event"
        ),
        (
            "INSERT INTO journal_event SELECT id || 'x', stream, version, type, schema,"
            " happened_at, written_at, actor, facts FROM journal_event"
            " ON CONFLICT (stream, version) DO UPDATE SET id = 'x'"
        ),
    ],
}[connection.vendor]


@pytest.mark.parametrize("statement", ODD_REPLACEMENTS)
def test_a_row_is_not_replaced_by_another_of_its_keys(case: Id, statement: str) -> None:
    before = kept("journal_event"), kept("journal_submission")
    with without_the_connections_help(), pytest.raises(IntegrityError), transaction.atomic():
        run(statement)
    assert (kept("journal_event"), kept("journal_submission")) == before


@contextmanager
def without_the_connections_help() -> Iterator[None]:
    """As another program would come to a SQLite file: no authorizer, recursive triggers off."""
    if connection.vendor != "sqlite":
        yield
        return
    raw = connection.connection
    raw.set_authorizer(None)
    raw.execute("PRAGMA recursive_triggers = OFF")
    try:
        yield
    finally:
        guard_sqlite.guard_if_installed(connection, guard.protected())


# --- taking away the table or its guard ----------------------------------------------------------

TAMPERING = {
    "sqlite": [
        ["DROP TRIGGER journal_event_no_replace"],
        ["DROP TABLE journal_words"],
        [
            "DROP TRIGGER journal_words_no_update",
            (
                "CREATE TRIGGER journal_words_no_update BEFORE UPDATE ON journal_words"
                " BEGIN SELECT 1; END"
            ),
        ],
    ],
    "postgresql": [
        ["DROP TRIGGER journal_event_no_update ON journal_event"],
        ["DROP TABLE journal_words"],
        ["ALTER TABLE journal_words DISABLE TRIGGER ALL"],
        ["ALTER TABLE journal_words ENABLE TRIGGER journal_words_no_truncate"],
        [
            (
                "CREATE OR REPLACE FUNCTION counterpart_append_only() RETURNS trigger"
                " LANGUAGE plpgsql AS $body$BEGIN RETURN NEW; END$body$"
            )
        ],
        [
            "DROP TRIGGER journal_words_no_delete ON journal_words",
            (
                "CREATE TRIGGER journal_words_no_delete BEFORE DELETE ON journal_words FOR EACH ROW"
                " WHEN (false) EXECUTE FUNCTION counterpart_append_only('x')"
            ),
            "ALTER TABLE journal_words ENABLE ALWAYS TRIGGER journal_words_no_delete",
        ],
    ],
}[connection.vendor]


@pytest.mark.parametrize("statements", TAMPERING)
def test_a_guard_that_was_taken_away_is_told(case: Id, statements: list[str]) -> None:
    with without_the_connections_help():
        for statement in statements:
            run(statement)
    problems = guard.check(connection)
    assert problems
    assert all("the record is not protected" in problem for problem in problems)
    errors = guard_stands(databases=["default"])
    assert [error.msg for error in errors] == problems
    assert guard_stands(databases=[]) == []


def test_the_guard_is_one_of_djangos_checks() -> None:
    written(an_id(), 0, new())
    with without_the_connections_help():
        run(A_TRIGGER_GONE)
    found = system_checks.run_checks(tags=["database"], databases=["default"])
    assert UNGUARDED in {message.id for message in found}


A_TRIGGER_GONE = {
    "sqlite": "DROP TRIGGER journal_event_no_update",
    "postgresql": "DROP TRIGGER journal_event_no_update ON journal_event",
}[connection.vendor]


def test_every_room_says_what_it_protects() -> None:
    names = {table.name for table in guard.protected()}
    assert set(ALL_TABLES) <= names


def test_the_guard_can_be_installed_twice() -> None:
    guard.install(connection)
    guard.install(connection)
    assert guard.check(connection) == []


def test_an_empty_database_is_no_problem(tmp_path: Path) -> None:
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "empty.sqlite3")}
    empty = ConnectionHandler({"default": settings})["default"]
    assert guard.check(empty) == []
    empty.close()


# --- lifting it on purpose -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_migration_may_rebuild_a_table_only_while_the_guard_is_lifted() -> None:
    case = an_id()
    written(case, 0, new())
    more = models.CharField(max_length=3, default="new")
    more.set_attributes_from_name("more")
    if connection.vendor == "sqlite":
        with (
            pytest.raises(DatabaseError, match="not authorized"),
            connection.schema_editor() as one,
        ):
            one.add_field(Event, more)
    before = reading.read_whole(case)
    with guard.lifted(connection):
        with connection.schema_editor() as two:
            two.add_field(Event, more)
        with connection.schema_editor() as three:
            three.remove_field(Event, more)
    assert guard.check(connection) == []
    assert reading.read_whole(case) == before
    with pytest.raises(IntegrityError):
        run("DELETE FROM journal_event")


@pytest.mark.django_db(transaction=True)
def test_the_guard_comes_back_when_a_migration_fails() -> None:
    def failing() -> None:
        with guard.lifted(connection):
            assert guard.check(connection) != []
            raise LookupError

    with pytest.raises(LookupError):
        failing()
    assert guard.check(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_to_a_guarded_database_is_guarded() -> None:
    written(an_id(), 0, new())
    connection.close()
    expected = "not authorized" if connection.vendor == "sqlite" else "append-only"
    refused = (
        "DROP TABLE journal_event" if connection.vendor == "sqlite" else "TRUNCATE journal_event"
    )
    with pytest.raises(DatabaseError, match=expected):
        run(refused)


@pytest.mark.django_db(transaction=True)
def test_flushing_a_guarded_database_is_refused() -> None:
    case = an_id()
    written(case, 0, new())
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert len(reading.read_whole(case)) == 1
