"""The forms of a case as tests send them: filled in, sent by somebody, refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from counterpart.people.models import Account
from counterpart.telling.dates import UK
from tests import directory as d
from tests.signed_in import sign_in
from tests.town import Story, Town

MARKUP = "<script>alert('x')</script> & \x07 \u202e {{ 7*7 }} %s"
LONG = "x" * 100_000
NOBODY = "f" * 32
KEY = "idempotency_key"
NOT_OFFERED = "Choose from the answers on this page"
WRITTEN = "I wrote this carefully."
TAGS = re.compile(r"<[^>]+>")


def browser(place: Town, who: str) -> Client:
    client, person = Client(), place.people[who]
    known = Account.objects.filter(person=person).first()
    sign_in(client, known or d.an_account(person, f"{who}@x.example"))
    return client


def an_hour_ago(**changed: str) -> dict[str, str]:
    """The boxes of when something happened."""
    at = (datetime.now(UTC) - timedelta(hours=1)).astimezone(UK)
    boxes = {
        "day": str(at.day),
        "month": str(at.month),
        "year": str(at.year),
        "time": f"{at:%H:%M}",
    }
    return {f"happened_at-{box}": text for box, text in (boxes | changed).items()}


def a_talk(story: Story, **changed: Any) -> dict[str, Any]:
    """The form of a step, filled in."""
    whole = {
        **an_hour_ago(),
        "how": "telephone",
        "said": WRITTEN,
        "result": "done",
        "version": str(story.state.version),
        "idempotency_key": d.new_id(),
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


def sent(client: Client, story: Story, where: str, form: dict[str, Any]) -> HttpResponse:
    return cast(HttpResponse, client.post(f"/cases/{story.reference}/{where}", form))


def words_of(answer: HttpResponse) -> str:
    """What stands on the page, without the marks."""
    return unescape(TAGS.sub(" ", answer.content.decode()))


def is_refused(answer: HttpResponse, says: str, kept: str = WRITTEN) -> None:
    assert answer.status_code == 422
    page = words_of(answer)
    assert "There is a problem" in page
    assert says in page
    assert kept in unescape(answer.content.decode())  # it may stand in a box
    assert "<title>Error: " in answer.content.decode()
