"""No page without a rule, no page of a case without asking, and nothing an outsider can tell apart."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from counterpart.access.models import Read
from counterpart.access.relations import (
    DenialRow,
    RelationRow,
    rewrite_denials,
    rewrite_relations,
)
from counterpart.people import changes
from counterpart.people.models import Account
from tests.directory import a_partnership, a_person, a_post, an_account, an_agency, new_id
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

CASE, OTHER_CASE = "c" * 32, "d" * 32
OURS = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "counterpart.web.signin.sessions.OneInstant",
    "counterpart.web.signin.sessions.SessionLimits",
    "counterpart.access.middleware.DefaultDeny",
]
LAST_YEAR = datetime(2025, 11, 24, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _our_pages() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.integration.access.urls", MIDDLEWARE=OURS):
        yield


@pytest.fixture
def raiser(client: Client) -> Account:
    """Someone signed in who raised `CASE` and has nothing to do with any other."""
    account = an_account(a_person(a_post(an_agency(a_partnership()))))
    rewrite_relations(CASE, [RelationRow("person", account.person_id, "raiser", LAST_YEAR)])
    rewrite_relations(OTHER_CASE, [RelationRow("person", new_id(), "raiser", LAST_YEAR)])
    sign_in(client, account)
    return account


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/public", 200), ("/anyone", 200), ("/signed-in", 303), ("/desk", 303), ("/system", 303),
        (f"/cases/{CASE}", 303), (f"/cases/{CASE}/forgetful", 303), ("/undeclared", 404), ("/nowhere", 404),
    ],
)  # fmt: skip
def test_a_stranger_is_let_in_nowhere_but_where_anyone_may_come(
    client: Client, path: str, status: int
) -> None:
    assert client.get(path).status_code == status


def test_a_stranger_is_sent_to_sign_in_and_back_to_the_path_alone(client: Client) -> None:
    response = client.get("/signed-in?about=somebody")
    assert response["Location"] == "/sign-in?next=%2Fsigned-in"


def test_after_sending_to_an_act_that_has_no_page_nobody_is_sent_back_to_it(client: Client) -> None:
    assert client.post("/post-only", {"said": "a lot"})["Location"] == "/sign-in"


def test_a_public_page_asks_nothing_of_session_or_database(client: Client, raiser: Account) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/public").status_code == 200
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [("/signed-in", 200), ("/desk", 404), ("/system", 404), (f"/cases/{CASE}", 200), ("/undeclared", 404)],
)  # fmt: skip
def test_someone_signed_in_finds_what_is_theirs(
    client: Client, raiser: Account, path: str, status: int
) -> None:
    assert client.get(path).status_code == status


def test_the_desk_is_for_business_managers(client: Client) -> None:
    manager = a_person(a_post(a_partnership(), "business_manager", "Business manager"))
    sign_in(client, an_account(manager))
    assert client.get("/desk").status_code == 200


def test_administrators_have_the_system_and_no_case(client: Client) -> None:
    account = an_account(a_person(), is_administrator=True)
    rewrite_relations(CASE, [RelationRow("person", account.person_id, "raiser", LAST_YEAR)])
    sign_in(client, account)
    assert client.get("/system").status_code == 200
    assert client.get(f"/cases/{CASE}").status_code == 404


def test_an_outsider_cannot_tell_a_case_from_no_case(client: Client, raiser: Account) -> None:
    there = client.get(f"/cases/{OTHER_CASE}")
    not_there = client.get(f"/cases/{'e' * 32}")
    assert (there.status_code, there.content) == (not_there.status_code, not_there.content)
    assert there.status_code == 404


def test_someone_kept_out_is_an_outsider(client: Client, raiser: Account) -> None:
    rewrite_denials(CASE, [DenialRow(raiser.person_id, "subject_of_concern")])
    assert client.get(f"/cases/{CASE}").status_code == 404
    assert client.post(f"/cases/{CASE}/record").status_code == 404


def test_each_read_is_one_row_with_its_basis(client: Client, raiser: Account) -> None:
    client.get(f"/cases/{CASE}")
    client.get(f"/cases/{CASE}/record")
    rows = Read.objects.order_by("id").values_list("case", "person", "post", "basis", "page")
    assert list(rows) == [
        (CASE, raiser.person_id, None, "raiser", "case_page"),
        (CASE, raiser.person_id, None, "raiser", "record"),
    ]


def test_the_row_is_the_only_write_of_a_get(client: Client, raiser: Account) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cases/{CASE}")
    writes = [q["sql"] for q in queries if not q["sql"].lstrip().upper().startswith("SELECT")]
    assert [sql.split()[2].strip('"') for sql in writes if "INSERT" in sql] == ["access_read"]
    assert not [sql for sql in writes if sql.startswith(("UPDATE", "DELETE"))]


def test_an_act_and_a_refused_look_leave_no_read(client: Client, raiser: Account) -> None:
    client.post(f"/cases/{CASE}/record")
    client.get(f"/cases/{OTHER_CASE}")
    assert not Read.objects.exists()


def test_a_page_of_a_case_that_forgets_to_ask_shows_nothing(
    client: Client, raiser: Account, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get(f"/cases/{CASE}/forgetful")
    assert response.status_code == 500
    assert b"everything" not in response.content
    assert "answered without asking" in caplog.text


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_a_method_that_was_not_declared_is_refused(
    client: Client, raiser: Account, method: str
) -> None:
    assert getattr(client, method)("/signed-in").status_code == 405


def test_a_closed_account_is_refused_at_its_next_request(client: Client, raiser: Account) -> None:
    changes.close_account(account=raiser.id)
    assert client.get("/signed-in").status_code == 303


def test_a_relation_that_has_ended_is_refused_at_the_next_request(
    client: Client, raiser: Account
) -> None:
    over = datetime.now(UTC) - timedelta(seconds=1)
    rewrite_relations(CASE, [RelationRow("person", raiser.person_id, "raiser", LAST_YEAR, over)])
    assert client.get(f"/cases/{CASE}").status_code == 404
