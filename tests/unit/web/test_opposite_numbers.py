"""Whom to speak to in the other agency: by role, at each stage, with nobody named on the public page."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from counterpart.policy.loading import load_policy
from counterpart.policy.model import Opposed, OppositeNumber, Policy
from counterpart.web.opposite import opposite, people_in, sought

pytestmark = pytest.mark.django_db

HERE = "/policy/brent/opposite-number"


@pytest.fixture(scope="module")
def brent() -> Policy:
    return load_policy((settings.POLICIES / "brent" / "policy.yaml").read_bytes())


@pytest.fixture(scope="module")
def with_a_table(brent: Policy) -> Policy:
    row = OppositeNumber(
        id="visitor", of="Health visitor", choice="one of", advice="the named nurse", clause="2.2",
        ask=(Opposed("Social worker", ("practitioner",)), Opposed("Team manager", ())),
    )  # fmt: skip
    return replace(brent, opposite_numbers=(row,))


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_each_role_in_an_agency_can_be_chosen_and_none_of_the_partnerships_own(
    brent: Policy,
) -> None:
    offered = {option.value for option in people_in(brent)}
    assert "role-worker" in offered
    assert {
        f"role-{r.id}" for r in brent.roles.values() if r.at == "partnership"
    } & offered == set()


def test_a_worker_speaks_at_the_stage_that_is_theirs(brent: Policy) -> None:
    found = opposite(brent, "role-worker")
    mine = [stage for stage in found.stages if stage.is_you]
    assert mine
    assert {stage.theirs.title for stage in mine if stage.theirs} == {"Worker"}
    assert len(found.stages) == len(brent.stages)


def test_a_stage_inside_ones_own_agency_names_nobody_in_the_other(brent: Policy) -> None:
    inside = next(stage for stage in opposite(brent, "role-worker").stages if stage.inside)
    assert inside.theirs is None


def test_a_profession_of_the_policys_own_table_comes_first(with_a_table: Policy) -> None:
    assert people_in(with_a_table)[0].label == "Health visitor"
    found = opposite(with_a_table, "row-visitor")
    assert found.rows[0].lead == "Ask one of these"
    assert [one.title for one in sought(found)][:2] == ["Social worker", "Team manager"]
    assert not any(stage.is_you for stage in found.stages)


def test_the_page_answers_by_its_address_alone() -> None:
    found = page(f"{HERE}?you=role-worker")
    for said in ("For you: Worker", "You speak here", "In the other agency", "sign in to see"):
        assert said in found


def test_nobody_chosen_is_asked_again() -> None:
    assert "Choose who you are" in page(f"{HERE}?you=", 422)
    assert "not one of them" in page(f"{HERE}?you=role-nobody", 422)
    assert "There is a problem" not in page(HERE)


def test_a_policy_that_is_not_there_has_no_pages() -> None:
    for path in ("opposite-number", "diagram.svg", "beside/brent"):
        page(f"/policy/nowhere/{path}", 404)
    page("/policy/brent/beside/nowhere", 404)
