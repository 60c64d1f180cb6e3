"""The count of `make faults` sees what is lost and what is doubled: else it would prove nothing."""

from collections.abc import Mapping

import pytest

from counterpart.messages.models import Notice
from faults.counting import Owed, Tally, owed_by, tally
from faults.post_office import Letter, PostOffice
from faults.stories import ORDINARY, Performed, Plan, now, perform
from tests.town import Town, town

pytestmark = pytest.mark.django_db


class Sack(PostOffice):
    """Letters without a server."""

    def __init__(self, *letters: Letter) -> None:
        self._letters = letters

    def letters(self) -> list[Letter]:
        """These."""
        return list(self._letters)


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Performed:
    return perform(place, Plan("one", ORDINARY), now())


def a_letter(story: Performed, message: str, says: str = "something for you to do") -> Letter:
    """A letter about the story."""
    return Letter(story.reference, says, "holder@agency.example", message, 0)


def owed(story: Performed) -> Mapping[str, Owed]:
    """What the story owed where all went well: its notices, and one letter."""
    return {ORDINARY: owed_by(story, Sack(a_letter(story, "<0@localhost>")))}


def test_where_all_went_well_nothing_is_counted(story: Performed) -> None:
    found = tally([story], owed(story), Sack(a_letter(story, "<1@localhost>")))

    assert found == Tally(lost=0, doubled=0, repeated=0)


def test_a_letter_that_never_came_is_lost(story: Performed) -> None:
    assert tally([story], owed(story), Sack()).lost == 1


def test_another_letter_does_not_stand_in_for_it(story: Performed) -> None:
    assert tally([story], owed(story), Sack(a_letter(story, "<1@localhost>", "other"))).lost == 1


def test_the_same_message_again_is_a_repeat_and_another_is_a_double(story: Performed) -> None:
    first, again, other = (a_letter(story, f"<{n}@localhost>") for n in (1, 1, 2))

    assert tally([story], owed(story), Sack(first, again)) == Tally(0, 0, repeated=1)
    assert tally([story], owed(story), Sack(first, other)) == Tally(0, doubled=1, repeated=0)


def test_a_notice_that_is_not_there_is_lost_and_one_told_twice_is_doubled(story: Performed) -> None:
    wanted, letters = owed(story), Sack(a_letter(story, "<1@localhost>"))
    notice = Notice.objects.filter(case=story.case).earliest("id")
    notice.pk, notice.occasion = None, "another"
    notice.save()
    assert tally([story], wanted, letters) == Tally(0, doubled=1, repeated=0)

    Notice.objects.filter(case=story.case, kind=notice.kind, to=notice.to).delete()
    owed_of_it = wanted[ORDINARY].told[notice.kind, notice.to]
    assert tally([story], wanted, letters) == Tally(lost=owed_of_it, doubled=0, repeated=0)


def test_an_acknowledged_story_that_is_not_there_is_lost(story: Performed) -> None:
    wanted = owed(story)
    gone = Performed("two", ORDINARY, "0" * 32, "ZZZZZZZZ")

    assert tally([gone], wanted, Sack()).lost > 1
