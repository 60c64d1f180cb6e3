"""An entry, its duties, its relations and the word owed of it are committed together, or none of them is.

A fault is put in the way of each statement of an act in turn, through Django's own hook for statements.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from counterpart.casework import acts, directory, outcomes
from counterpart.casework.raising import raise_concern
from counterpart.casework.writing import Done
from counterpart.people.models import Holding
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.town import MONDAY, RAISER, Story, town, written

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE")


class BreaksAt:
    """Lets statements through until the n-th that writes, and fails that one."""

    def __init__(self, n: int) -> None:
        self.left = n
        self.broken = ""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(WRITES):
            self.left -= 1
            if self.left == 0:
                self.broken = sql
                raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)


def nothing_stays(act: Callable[[], object], at_least: int) -> None:
    """Break each of the act's statements in turn; then let it happen."""
    broken: list[str] = []
    before = everything()
    for n in range(1, 60):
        fault = BreaksAt(n)
        with connection.execute_wrapper(fault):
            try:
                act()
            except DatabaseError:
                broken.append(fault.broken)
                assert everything() == before, fault.broken
                continue
        break
    assert len(broken) >= at_least, broken
    assert everything() != before


def test_raising_a_concern_is_all_or_nothing() -> None:
    place = town()
    key = d.new_id()

    def act() -> object:
        return raise_concern(
            written=written(place, is_urgent=True, immediate_risk="Tonight."),
            actor=place.acting(RAISER, "raiser"),
            now=MONDAY,
            key=key,
        )

    nothing_stays(act, at_least=9)


def test_taking_a_case_on_is_all_or_nothing() -> None:
    story = Story(town()).raised().to_workers().records("workers-discuss", "not_agreed")
    by = story.by(RAISER)

    def act() -> object:
        return acts.move_on(way="to-managers", seats=(), reason="We differ.", **by)

    nothing_stays(act, at_least=8)
    assert story.state.stage == "managers"


def test_the_answer_that_closes_a_case_is_all_or_nothing() -> None:
    story = Story(town()).raised().settled().confirmed("school")
    by = story.by("care.practitioner")

    def act() -> object:
        return outcomes.confirm(number=1, agency=story.town.agencies["care"], **by)

    nothing_stays(act, at_least=8)
    assert story.state.status == "closed"


def test_an_appointment_that_ends_is_all_or_nothing() -> None:
    story = Story(town()).raised()
    holding = Holding.objects.get(post=story.town.posts[RAISER])
    actor = story.town.acting("office.business_manager", "business_manager")

    def act() -> None:
        directory.end_holding(holding=holding.id, until_on=MONDAY.date(), actor=actor, now=MONDAY)

    nothing_stays(act, at_least=5)


def test_two_cases_never_share_a_reference_and_the_second_leaves_nothing() -> None:
    story = Story(town()).raised()
    before = everything()
    with pytest.raises(DatabaseError):
        raise_concern(
            written=written(story.town),
            actor=story.town.acting(RAISER, "raiser"),
            now=MONDAY,
            key=d.new_id(),
            reference=story.reference,
        )
    assert everything() == before
    assert isinstance(story.does(acts.report_gap, gap="X"), Done)
