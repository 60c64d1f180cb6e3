"""The pages for when something is wrong, without a database."""

import logging

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from counterpart.web import errors


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are held to the check of where they came from."""
    return Client(enforce_csrf_checks=True)


def test_an_address_that_is_not_there_says_what_to_do() -> None:
    answer = Client().get("/nowhere")
    assert answer.status_code == 404
    assert "There is no page here that you can see." in answer.content.decode()


def test_a_wrong_method_gets_a_page_and_still_says_which_are_right() -> None:
    answer = Client().post("/danger")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert "That page cannot be used in that way" in answer.content.decode()


def test_a_form_from_one_of_our_pages_that_was_open_too_long_is_handed_back(strict: Client) -> None:
    sent = {"said": "We spoke for an hour.", "how": "telephone", "password": "a secret of mine"}
    answer = strict.post("/sign-in", sent, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "We spoke for an hour." in page
    assert 'name="how" value="telephone"' in page
    assert "a secret of mine" not in page


def test_a_form_that_does_not_say_where_it_came_from_is_not_handed_back(strict: Client) -> None:
    answer = strict.post("/sign-in", {"said": "planted by somebody else"})
    assert answer.status_code == 403
    assert "planted" not in answer.content.decode()


def test_control_characters_and_mark_up_come_back_as_they_were_sent() -> None:
    request = RequestFactory().post("/x", {"said": 'a\x07 <b>"\r\nb'})
    (only,) = errors.kept(request)
    assert only == {"name": "said", "value": 'a\x07 <b>"\r\nb', "is_shown": True}


def test_a_fault_of_ours_shows_a_reference_that_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = errors.server_error(HttpRequest())
    (line,) = [record.getMessage() for record in caplog.records]
    reference = line.rpartition(" ")[2]
    assert answer.status_code == 500
    assert f"{reference[:4]}-{reference[4:]}" in answer.content.decode()


def test_two_people_at_once_are_told_and_nothing_typed_is_lost() -> None:
    answer = errors.conflict(
        RequestFactory().get("/x"),
        what="Sam escalated this case while you were writing.",
        typed=[("What was said?", "One <b>two</b>\n\nthree")],
        link=("Go to the case as it is now", "/cases/7F3K92MQ"),
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "One &lt;b&gt;two&lt;/b&gt;" in page
    assert 'href="/cases/7F3K92MQ"' in page
