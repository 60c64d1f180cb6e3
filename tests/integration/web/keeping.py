"""Small steps on the pages by which a directory is kept. It must not hold an assertion."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from counterpart.journal import reading
from counterpart.people.days import day_of
from tests import directory as d

NOW = datetime.now(UTC)  # the pages read the real clock
LEAD = "school.designated_safeguarding_lead"
MANAGER = "office.business_manager"


def today() -> date:
    """The day it is: these tests may have been collected before midnight."""
    return day_of(datetime.now(UTC))


def at(name: str, **kwargs: str) -> str:
    return reverse(f"directory:{name}", kwargs=kwargs or None)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def events(body: str) -> list[str]:
    return [type(one.event).__name__ for one in reading.read_facts(f"directory-{body}")]


def send(client: Client, address: str, key: str = "", **said: str) -> Any:
    return client.post(address, {"idempotency_key": key or d.new_id(), **said})


def boxes(client: Client, address: str, name: str) -> dict[str, str]:
    """The names of a date's boxes as the page draws them, filled with today."""
    found = re.findall(rf'name="({name}[^"]*)"', text(client.get(address)))
    day = today()
    return dict(zip(found, (str(day.day), str(day.month), str(day.year)), strict=True))
