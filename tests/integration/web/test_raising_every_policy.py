"""Raising a concern page by page, under each policy that comes with Counterpart and a made-up one of every kind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from counterpart.casework.casefile import CaseFile, find, open_case
from counterpart.policy.model import Policy
from tests.every_kind import written_whole
from tests.integration.web.filling import filled
from tests.integration.web.test_gates import browser, words
from tests.live import PUBLISHED, a_whole_town, policy_file, puts_in_force
from tests.town import RAISER, Town

pytestmark = pytest.mark.django_db

MOST_PAGES = 30
USUAL: dict[str, Any] = {"is_anyone_else": "no", "is_urgent": "no", "immediate_risk": "", "search": "",
                         "stated_name": "", "looking": None, "later": None}  # fmt: skip


def walks(client: Client, **chosen: Any) -> tuple[list[str], CaseFile]:
    """From the first question to the receipt: the pages' texts, and the case."""
    start = client.get("/raise").content.decode()
    path = client.post("/raise", filled(start)).headers["Location"]
    seen: list[str] = []
    for _ in range(MOST_PAGES):
        answer = client.get(path)
        while answer.status_code in (302, 303):
            path = answer.headers["Location"]
            answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        seen.append(words(page))
        if "/raise/sent/" in path:
            case = find(path.rpartition("/")[2])
            assert case is not None
            return seen, open_case(case, datetime.now(UTC))
        form = filled(page, **(USUAL | chosen))
        sent = client.post(path, form)
        assert sent.status_code == 303, f"{path}: {words(sent.content.decode())}"
        path = sent.headers["Location"]
    raise AssertionError("no end in sight")


def put(content: bytes) -> tuple[Town, Policy, Client]:
    place = a_whole_town()
    policy = puts_in_force(place, content)
    return place, policy, browser(place, RAISER)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_concern_is_raised_page_by_page_under_a_published_policy(name: str) -> None:
    _, policy, client = put(policy_file(name))
    seen, file = walks(client)
    assert file.state.edition == policy.edition
    assert file.state.stage == policy.tracks[file.state.track].first
    asked = " ".join(seen)
    for ground in policy.grounds:
        assert ground.title in asked
    for check in policy.before_raising:
        assert check.title in asked
    assert len(file.raised.checked) == len(policy.before_raising)
    assert ("An adult" in asked) == ("adult" in policy.about)
    assert ("Something else" in asked) == policy.are_grounds_open


def test_what_the_policy_asks_to_check_first_is_asked_first_and_kept() -> None:
    _, _, client = put(written_whole())
    seen, file = walks(client, grounds="other", **{"check_own-policy": "not_needed"})
    first = next(page for page in seen if "Check this first" in page)
    assert "Have you looked at your own agency’s policy?" in first
    assert seen.index(first) < seen.index(next(p for p in seen if "An unborn child" in p))
    assert file.raised.checked == ("own-policy:not_needed",)
    check = next(page for page in seen if "Check your answers" in page)
    assert "It is not needed here" in check
    page = words(client.get(f"/cases/{file.reference}").content.decode())
    assert "Have you looked at your own agency’s policy? Not needed here" in page


def test_a_track_is_asked_for_only_where_more_than_one_fits() -> None:
    _, _, client = put(written_whole())
    seen, file = walks(client, grounds="other")
    assert not [page for page in seen if "Which of these is it?" in page]
    assert file.state.track == "main"


def test_where_several_tracks_fit_their_titles_and_when_are_offered_the_nearest_first() -> None:
    _, _, client = put(written_whole())
    seen, file = walks(client, grounds="plan", track="plans")
    asked = next(page for page in seen if "Which of these is it?" in page)
    assert asked.index("About a plan") < asked.index("Any disagreement")
    assert "For what is in a plan." in asked
    assert file.state.track == "plans"
    assert file.state.stage == "two"
    assert "Which kind About a plan" in next(p for p in seen if "Check your answers" in p)


def test_a_policy_about_one_kind_of_person_has_that_chosen_already() -> None:
    _, _, client = put(written_whole(about=["child"]))
    seen, file = walks(client, grounds="other")
    asked = next(page for page in seen if "Is this" in page)
    assert "An unborn child" not in asked
    assert [child.kind for child in file.state.children] == ["child"]


def test_grounds_that_are_closed_offer_nothing_else() -> None:
    closed = {"open": False, "list": [{"id": "plan", "title": "The plan"}], "clause": "1"}
    _, _, client = put(written_whole(grounds=closed))
    seen, _ = walks(client, grounds="plan", track="main")
    assert not [page for page in seen if "Something else" in page]
