"""What no trigger sees, in a SQLite file of its own: dropping, rebuilding or unlocking a table."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from counterpart.journal import guard
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.vault.models import StreamKey

pytestmark = pytest.mark.django_db  # only so that pytest-django lets a connection be opened

TABLES = [
    "journal_event",
    "journal_words",
    "journal_submission",
    "journal_stream",
    "vault_streamkey",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "guarded.sqlite3"


@pytest.fixture
def guarded(file: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a guarded database that has our tables and nothing else."""
    connection = connection_to(file)
    with connection.schema_editor() as editor:
        for model in (Event, Words, Submission, Stream, StreamKey):
            editor.create_model(model)
    guard.install(connection)
    yield connection
    connection.close()


def connection_to(file: Path) -> BaseDatabaseWrapper:
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"init_command": "PRAGMA synchronous = OFF"},  # a test need not survive a crash
    }
    connection: BaseDatabaseWrapper = ConnectionHandler({"default": settings})["default"]
    return connection


def run(connection: BaseDatabaseWrapper, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE {table}",
        "DROP TABLE IF EXISTS main.{table}",
        'DROP TABLE "{shouted}"',
        "ALTER TABLE {table} RENAME TO other",
        "ALTER TABLE {table} ADD COLUMN more text",
        "ALTER TABLE {table} RENAME COLUMN stream TO river",
        "DROP TRIGGER {table}_no_update",
        "DROP TRIGGER {table}_no_delete",
        "DROP TRIGGER {shouted}_NO_REPLACE",
    ],
)
def test_taking_a_table_or_its_trigger_away_is_refused(
    guarded: BaseDatabaseWrapper, table: str, statement: str
) -> None:
    before = run(guarded, "SELECT * FROM sqlite_master")
    with pytest.raises(DatabaseError):
        run(guarded, statement.format(table=table, shouted=table.upper()))
    assert run(guarded, "SELECT * FROM sqlite_master") == before


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE journal_words DROP COLUMN sealed",
        "DROP INDEX journal_stream_of_kind",
        "PRAGMA writable_schema = ON",
        "PRAGMA main.writable_schema(1)",
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA recursive_triggers = OFF",
        "CREATE TEMP TRIGGER mine BEFORE INSERT ON main.journal_event BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER mine BEFORE INSERT ON journal_words BEGIN SELECT RAISE(IGNORE); END",
    ],
)
def test_unlocking_the_database_is_refused(guarded: BaseDatabaseWrapper, statement: str) -> None:
    with pytest.raises(DatabaseError, match="not authorized"):
        run(guarded, statement)


def test_asking_how_the_database_is_set_is_allowed(guarded: BaseDatabaseWrapper) -> None:
    assert run(guarded, "PRAGMA recursive_triggers") == [(1,)]
    assert run(guarded, "PRAGMA writable_schema") == [(0,)]


def test_other_tables_may_be_made_changed_and_dropped(guarded: BaseDatabaseWrapper) -> None:
    run(guarded, "CREATE TABLE lists_case (id text)")
    run(guarded, "ALTER TABLE lists_case ADD COLUMN stage text")
    run(guarded, "CREATE TRIGGER mine BEFORE INSERT ON lists_case BEGIN SELECT 1; END")
    run(guarded, "DROP TABLE lists_case")


def test_a_rebuild_by_the_schema_editor_is_refused(guarded: BaseDatabaseWrapper) -> None:
    shorter = Event._meta.get_field("type")
    longer = type(shorter)(max_length=99, unique=True)
    longer.set_attributes_from_name("type")
    before = run(guarded, "SELECT * FROM sqlite_master")
    with pytest.raises(DatabaseError, match="not authorized"), guarded.schema_editor() as editor:
        editor.alter_field(Event, shorter, longer)
    assert set(run(guarded, "SELECT * FROM sqlite_master")) >= set(before)


def test_a_new_connection_to_a_guarded_file_is_guarded(
    guarded: BaseDatabaseWrapper, file: Path
) -> None:
    another = connection_to(file)
    with pytest.raises(DatabaseError, match="not authorized"):
        run(another, "DROP TABLE journal_event")
    another.close()


def test_a_connection_to_a_file_being_made_may_do_as_its_migrations_must(file: Path) -> None:
    fresh = connection_to(file)
    with fresh.schema_editor() as editor:
        editor.create_model(Submission)
    run(fresh, "ALTER TABLE journal_submission ADD COLUMN more text")
    run(fresh, "DROP TABLE journal_submission")
    fresh.close()


def test_while_lifted_a_table_may_be_rebuilt_and_afterwards_not(
    guarded: BaseDatabaseWrapper,
) -> None:
    with guard.lifted(guarded):
        run(guarded, "ALTER TABLE journal_event ADD COLUMN more text")
    with pytest.raises(DatabaseError, match="not authorized"):
        run(guarded, "ALTER TABLE journal_event ADD COLUMN yet_more text")


def test_another_program_finds_the_triggers_in_the_file(
    guarded: BaseDatabaseWrapper, file: Path
) -> None:
    run(guarded, "INSERT INTO journal_stream VALUES ('a', 'case', 1, '2026-01-01')")
    stranger = sqlite3.connect(file)
    for statement in (
        "DELETE FROM journal_stream",
        "UPDATE journal_stream SET version = 0",
        "INSERT OR REPLACE INTO journal_stream VALUES ('a', 'case', 9, '2026-01-01')",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(statement)
    stranger.close()


def test_what_another_program_took_away_is_told(guarded: BaseDatabaseWrapper, file: Path) -> None:
    stranger = sqlite3.connect(file)
    stranger.execute("DROP TRIGGER journal_words_no_delete")
    stranger.commit()
    stranger.close()
    (problem,) = [one for one in guard.check(guarded) if "trigger" in one]
    assert "journal_words_no_delete" in problem


def test_a_refused_delete_leaves_the_transaction_usable(guarded: BaseDatabaseWrapper) -> None:
    run(guarded, "INSERT INTO journal_stream VALUES ('a', 'case', 1, '2026-01-01')")
    with pytest.raises(IntegrityError):
        run(guarded, "DELETE FROM journal_stream")
    assert run(guarded, "SELECT count(*) FROM journal_stream") == [(1,)]
