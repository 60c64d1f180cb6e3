"""The database as an installation uses it."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_sqlite_keeps_a_commit_through_a_power_cut_and_postgresql_is_the_one_asked_for() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
            assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (1,)
        else:
            cursor.execute("SHOW server_version")
            assert cursor.fetchone()[0].startswith("18.")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_of_its_own_leaves_the_next_test_a_clean_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
