"""What every answer tells the browser, whatever it is an answer to; and what a request cannot talk us into."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client, override_settings

from counterpart.config.security import transport
from tests.integration.web.cases import a_case
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
PUBLIC = ("/", "/danger", "/sign-in/account")
NOT_PUBLIC = ("/me", "/raise", "/raise/drafts", "/me/cases", "/desk", "/sign-in", "/no-such-page")


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    return signed_in(place.teacher, "teacher@x.example")


def test_every_answer_says_what_the_page_may_load(teacher: Client) -> None:
    answers = [teacher.get(path) for path in (*PUBLIC, *NOT_PUBLIC, "/static/counterpart.css")]
    answers += [teacher.post("/me"), teacher.generic("GET", "/", HTTP_HOST="evil.example")]
    answers.append(teacher.post("/sign-in", b"--", content_type="multipart/form-data"))
    answers.append(Client(enforce_csrf_checks=True).post("/sign-in", {"email": "a"}))
    assert {answer.status_code for answer in answers} == {200, 302, 400, 403, 404, 405}
    for answer in answers:
        answer.close()
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_browser_keeps_a_page_that_is_not_public(place: Northmere, teacher: Client) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    for path in (*NOT_PUBLIC, f"/cases/{reference}", f"/cases/{reference}/gap", "/cases/ZZZZZZZZ"):
        assert "no-store" in teacher.get(path).headers["Cache-Control"], path
    for path in PUBLIC:
        assert "Cache-Control" not in teacher.get(path).headers


def test_signing_out_has_the_browser_forget(teacher: Client) -> None:
    answer = teacher.post("/sign-out")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert teacher.get("/me").status_code == 303


def test_cookies_are_for_the_server_alone(teacher: Client) -> None:
    teacher.get("/me")
    for name in (settings.SESSION_COOKIE_NAME, f"{settings.SESSION_COOKIE_NAME}-used"):
        assert teacher.get("/me").cookies.get(name) is None or teacher.cookies[name]["httponly"]
    drawn = teacher.get("/raise")
    assert drawn.cookies[settings.CSRF_COOKIE_NAME]["httponly"]
    assert drawn.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Strict"


def test_outside_the_demonstration_everything_goes_over_tls() -> None:
    real = transport(hosts=("c.example.org",), is_demo=False, is_behind_proxy=False)
    assert real["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert real["SECURE_SSL_REDIRECT"]
    assert real["SESSION_COOKIE_SECURE"]
    assert real["CSRF_COOKIE_SECURE"]
    assert real["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert real["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert real["SECURE_PROXY_SSL_HEADER"] is None
    demo = transport(hosts=("localhost",), is_demo=True, is_behind_proxy=False)
    assert demo["SECURE_HSTS_SECONDS"] == 0


@pytest.mark.parametrize(
    "away",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
     "\thttps://evil.example", "///evil.example", "/me\r\nX-Injected: yes", "http:evil.example"],
)  # fmt: skip
def test_signing_in_never_leads_to_another_place(teacher: Client, away: str) -> None:
    for answer in (
        teacher.get("/sign-in", {"next": away}),
        teacher.post("/sign-in", {"next": away}),
    ):
        assert "evil" not in answer.headers.get("Location", "")
        assert "X-Injected" not in answer.headers


@override_settings(ALLOWED_HOSTS=["c.example.org"])
def test_a_forged_forwarding_header_changes_nothing() -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil",
    }
    browser = Client(headers={"Host": "c.example.org"})
    answer = browser.get("/me", headers=forged)
    assert answer.headers["Location"] == "/sign-in?next=%2Fme"
    assert not answer.wsgi_request.is_secure()
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_page_of_somebody_else_cannot_send_our_forms(place: Northmere) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        "/sign-in", {"email": "Secret text"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert "Secret text" not in answer.content.decode()


def test_a_file_that_is_sent_is_kept_nowhere(teacher: Client) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + b"y" * 3_000_000 + b"\r\n--x--\r\n"
    )
    answer = teacher.generic("POST", "/raise", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (200, 303, 422)
    assert not answer.wsgi_request.FILES
