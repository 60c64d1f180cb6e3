"""Publishing a policy: new cases begin under it; cases already open keep the edition they began under."""

from __future__ import annotations

import pytest

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from counterpart.casework.casefile import open_case
from counterpart.casework.models import PolicyEdition
from counterpart.journal import reading
from counterpart.lists.models import CaseRow
from counterpart.people.models import Partnership
from counterpart.policy.loading import PolicyRefused
from tests.integration.casework.standing import everything
from tests.town import BRENT, MONDAY, Story, town

pytestmark = pytest.mark.django_db

NEW = BRENT.read_bytes().replace(b"edition: Version 2", b"edition: Version 3")


def publish(content: bytes, partnership: str) -> str:
    return editions.publish(
        content=content, partnership=partnership, actor=the_clock(), now=MONDAY
    ).edition


def test_a_case_keeps_the_edition_it_began_under() -> None:
    place = town()
    first = Story(place).raised()
    old = CaseRow.objects.get().edition
    new = publish(NEW, place.partnership)
    second = Story(place, now=MONDAY).raised()
    assert open_case(first.case, MONDAY).policy.label.endswith("Version 2")
    assert open_case(second.case, MONDAY).policy.label.endswith("Version 3")
    first.to_workers()
    assert dict(CaseRow.objects.values_list("case", "edition")) == {
        first.case: old,
        second.case: new,
    }


def test_an_edition_is_kept_once_and_put_in_force_by_an_event_each_time() -> None:
    place = town()
    again = publish(BRENT.read_bytes(), place.partnership)
    assert PolicyEdition.objects.count() == 1
    assert Partnership.objects.get(id=place.partnership).edition == again
    record = reading.read_facts("policy-brent")
    assert [entry.event.edition for entry in record] == [again, again]


def test_going_back_to_an_older_edition_is_publishing_it_again() -> None:
    place = town()
    new = publish(NEW, place.partnership)
    old = publish(BRENT.read_bytes(), place.partnership)
    current = editions.current(place.partnership)
    assert current is not None
    assert (current.edition, PolicyEdition.objects.count()) == (old, 2)
    assert editions.policy_of(new).edition == new


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"format: 1\n", b"a: [", NEW + b"\nextra: 1\n"]
)
def test_a_policy_that_cannot_be_read_leaves_nothing(content: bytes) -> None:
    place = town()
    before = everything()
    with pytest.raises(PolicyRefused):
        publish(content, place.partnership)
    assert everything() == before
    assert PolicyEdition.objects.count() == 1


def test_a_partnership_without_a_policy_has_none_in_force() -> None:
    from tests.directory import a_partnership

    assert editions.current(a_partnership("Elsewhere")) is None
