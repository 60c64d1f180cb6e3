"""Two imports of one partnership at the same moment: one of them is done, and whoever sent the other is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from counterpart.casework import importing
from counterpart.casework.actors import by_command
from counterpart.casework.importing import Overtaken
from counterpart.journal.errors import Conflict
from counterpart.journal.models import Event
from counterpart.people.importing.reading import read_sheet
from counterpart.people.models import Agency, Membership
from tests import directory as d
from tests.integration.web.keeping import at, text
from tests.integration.web.northmere import signed_in
from tests.integration.web.test_directory_files import carried

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime.now(UTC)
SIDES = 6
SAME = "agency,name,kind\nharbour,Harbour School,school\n"


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each at the same moment, over a connection of its own."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=60)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def brings(partnership: str, file: str, looked_at: str = "") -> str:
    """What came of it."""
    sheets = [read_sheet("agencies.csv", file.encode())]
    try:
        plan = importing.bring_in(
            sheets=sheets, partnership=partnership, actor=by_command(), now=NOW,
            looked_at=looked_at,
        )  # fmt: skip
    except Overtaken:
        return "overtaken"
    except Conflict:
        return "conflict"
    return "there already" if plan.is_empty else "done"


def test_the_same_file_brought_in_by_several_at_once_comes_in_once() -> None:
    here = d.a_partnership()
    answers = Counter(at_once([lambda: brings(here, SAME)] * SIDES))
    assert answers["done"] == 1
    assert sum(answers.values()) == SIDES
    assert set(answers) <= {"done", "there already", "conflict"}
    assert Agency.objects.count() == 1
    assert Event.objects.filter(type="agency_added").count() == 1


def test_of_several_who_looked_at_the_same_directory_one_is_done_and_the_others_are_told() -> None:
    here = d.a_partnership()
    files = [SAME.replace("Harbour", f"Harbour {n}") for n in range(SIDES)]
    marks = []
    for file in files:
        sheet = read_sheet("agencies.csv", file.encode())
        marks.append(importing.dry_run(sheets=[sheet], partnership=here, now=NOW).mark)
    acts = [partial(brings, here, file, mark) for file, mark in zip(files, marks, strict=True)]
    answers = Counter(at_once(acts))
    assert answers["done"] == 1
    assert answers["overtaken"] + answers["conflict"] == SIDES - 1
    assert Membership.objects.get().code == "harbour"
    assert Event.objects.filter(type="agency_added").count() == 1


def test_on_the_page_one_is_told_that_it_is_done_and_the_other_that_it_is_not() -> None:
    here = d.a_partnership()
    forms = []
    for n in range(2):
        manager = d.a_person(d.a_post(here, "business_manager"), name=f"Manager {n}")
        client = signed_in(manager, f"m{n}@northmere.example")
        file = SimpleUploadedFile("agencies.csv", SAME.replace("Harbour", f"Dock {n}").encode())
        looked = client.post(at("import"), {"idempotency_key": d.new_id(), "agencies": file})
        forms.append((client, carried(text(looked)) | {"sure": "yes"}))

    def press(client: Client, form: dict[str, str]) -> Any:
        return client.post(at("bring_in"), form)

    answers = at_once([partial(press, client, form) for client, form in forms])
    told = sorted(answer.status_code for answer in answers)
    assert told[0] == 303
    assert told[1] in (409, 422)
    (other,) = (answer for answer in answers if answer.status_code != 303)
    said = text(other)
    assert "nothing was brought in" in said or "was not saved" in said
    assert Agency.objects.count() == 1
