"""A directory brought in and taken away as files, on the business manager's pages."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from counterpart.people.kinds import AGENCY_KINDS, TIERS
from counterpart.people.models import Agency, Post
from tests import directory as d
from tests.integration.web.keeping import MANAGER, at, send, text
from tests.integration.web.northmere import signed_in
from tests.town import Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def manager(place: Town) -> Client:
    return signed_in(place.people[MANAGER], "manager@northmere.example")


OAK = "agency,name,kind\nharbour,Harbour School,school\n"
TEACHER = "agency,post,tier,title\nharbour,teacher,practitioner,Teacher\n"


def upload(client: Client, **files: str | bytes) -> Any:
    sent = {
        kind: SimpleUploadedFile(f"{kind}.csv", said.encode() if isinstance(said, str) else said)
        for kind, said in files.items()
    }
    return client.post(at("import"), {"idempotency_key": d.new_id(), **sent})


def carried(page: str) -> dict[str, str]:
    found = re.findall(r'name="(carried|idempotency_key)" value="([^"]*)"', page)
    return dict(found)


def test_files_are_looked_at_and_then_brought_in_once(place: Town, manager: Client) -> None:
    looked = upload(manager, agencies=OAK, posts=TEACHER)
    assert looked.status_code == 200
    assert "Harbour School" in text(looked)
    assert not Agency.objects.filter(name="Harbour School").exists()
    form = carried(text(looked))
    unsure = manager.post(at("bring_in"), form)
    assert unsure.status_code == 422
    assert not Agency.objects.filter(name="Harbour School").exists()
    assert manager.post(at("bring_in"), form | {"sure": "yes"}).status_code == 303
    assert Post.objects.get(title="Teacher").agency == Agency.objects.get(name="Harbour School")
    again = manager.post(at("bring_in"), form | {"sure": "yes"})
    assert again.status_code == 303
    assert Agency.objects.filter(name="Harbour School").count() == 1
    assert "There is nothing to bring in" in text(upload(manager, agencies=OAK))


def test_what_is_wrong_in_a_file_is_listed_and_nothing_can_be_brought_in(
    place: Town, manager: Client
) -> None:
    page = upload(manager, people="email,name,agency,post\nx,=A1,nowhere,t\n")
    assert page.status_code == 422
    for words in ("is not an email address", "takes for a formula", "people.csv"):
        assert words in text(page)
    assert "carried" not in carried(text(page))
    assert "Choose at least one file" in text(upload(manager))
    large = upload(manager, people=b"x" * (1024 * 1024 + 1))
    assert "must be smaller than 1024 KB" in text(large)


def test_what_was_looked_at_cannot_be_altered_nor_used_elsewhere_nor_once_things_changed(
    place: Town, manager: Client
) -> None:
    form = carried(text(upload(manager, agencies=OAK))) | {"sure": "yes"}
    altered = form | {"carried": "x" + form["carried"][1:]}
    assert "no longer on this page" in text(manager.post(at("bring_in"), altered))
    other = d.a_person(d.a_post(d.a_partnership("Southmere"), "business_manager"))
    assert "no longer on this page" in text(
        signed_in(other, "o@o.example").post(at("bring_in"), form)
    )
    send(manager, at("add_agency"), name="Harbour", kind="school", is_statutory="no", area="",
         safeguarding_inbox="", mail_domains="")  # fmt: skip
    answer = manager.post(at("bring_in"), form)
    assert answer.status_code == 409
    assert not Agency.objects.filter(name="Harbour School").exists()


def test_the_directory_is_taken_away_as_files(place: Town, manager: Client) -> None:
    book = load_workbook(BytesIO(manager.get(at("export", kind="spreadsheet")).content))
    assert book["posts"].max_row == len(place.posts) + 1
    posts = manager.get(at("export", kind="posts"))
    assert posts.headers["Content-Disposition"] == 'attachment; filename="posts.csv"'
    assert manager.get(at("export", kind="cases")).status_code == 404


def test_the_page_lists_what_may_be_written_where_only_some_things_may(
    place: Town, manager: Client
) -> None:
    page = text(manager.get(at("import")))
    for column, known in (("kind", AGENCY_KINDS), ("tier", TIERS)):
        shown = page.split(f"What may be written under “{column}”")[1].split("</ul>")[0]
        listed = re.findall(r"<code>(\w+)</code>: ([^<]+)<", shown)
        assert [(code, unescape(words)) for code, words in listed] == list(known.items())
