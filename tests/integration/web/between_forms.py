"""The forms of what passes between the sides, as tests open, fill in and send them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from django.test import Client

from counterpart.people.models import Account
from counterpart.telling.dates import UK
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.integration.web.filling import WRITTEN, filled
from tests.signed_in import sign_in
from tests.town import Story, Town

NOW = datetime.now(UTC)
MANAGER, LINE_MANAGER = "office.business_manager", "school.line_manager"
OUTSIDER = "police.practitioner"
MEETING = "multi-agency-meeting"
TAGS = re.compile(r"<[^>]+>")


def browser(place: Town, who: str) -> Client:
    client, person = Client(), place.people[who]
    known = Account.objects.filter(person=person).first()
    sign_in(client, known or d.an_account(person, f"{who}@x.example"))
    return client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", html)))


def opens(story: Story, who: str, where: str = "", status: int = 200) -> str:
    path = f"/cases/{story.reference}/{where}".rstrip("/")
    answer = browser(story.town, who).get(path)
    assert answer.status_code == status, f"{who} {where}"
    return answer.content.decode()


def reads(story: Story, who: str, where: str = "") -> str:
    """The words of a page."""
    return words(opens(story, who, where))


def sends(story: Story, who: str, where: str, /, *, days: int = 0, **chosen: Any) -> str:
    """Fill in the form of an act and send it: it must be done. The key that was sent."""
    form = filled(opens(story, who, where), days=days, **chosen)
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 303, words(answer.content.decode())
    return str(form["idempotency_key"])


def is_refused(
    story: Story,
    who: str,
    where: str,
    says: str,
    /,
    *,
    days: int = 0,
    page: str = "",
    **chosen: Any,
) -> str:
    """It is refused with these words, all that was typed stands on the page, and nothing has happened."""
    form = filled(page or opens(story, who, where), days=days, **chosen)
    before = everything()
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    html = answer.content.decode()
    assert answer.status_code == 422, words(html)
    assert says in words(html)
    assert "There is a problem" in words(html)
    if WRITTEN in form.values():
        assert WRITTEN in unescape(html)
    assert everything() == before
    return html


def is_not_theirs(story: Story, who: str, where: str, why: str, /, **form: Any) -> None:
    """The page says whose it is, and sending the form all the same does nothing."""
    assert why in reads(story, who, where)
    before = everything()
    form = {"idempotency_key": d.new_id()} | form
    answer = browser(story.town, who).post(f"/cases/{story.reference}/{where}", form)
    assert answer.status_code == 422
    assert why in words(answer.content.decode())
    assert everything() == before


def boxes(name: str, at: datetime) -> dict[str, Any]:
    local = at.astimezone(UK)
    return {f"{name}-day": str(local.day), f"{name}-month": str(local.month),
            f"{name}-year": str(local.year), f"{name}-time": f"{local:%H:%M}"}  # fmt: skip


def no_boxes(name: str) -> dict[str, Any]:
    return {f"{name}-{box}": "" for box in ("day", "month", "year", "time")}
