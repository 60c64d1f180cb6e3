"""Unusual reading and many refusals: noticed by the worker, once, told to data protection leads, shown on the desk."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings

from counterpart.access.kinds import ALERT_WORDS, GUESSES, MANY_READ, MANY_REFUSED
from counterpart.access.models import Alert, Read, RefusedTry
from counterpart.casework import alerting
from counterpart.messages import outbox
from counterpart.messages.composing import compose
from counterpart.messages.models import OutboxRow
from counterpart.messages.recipients import recipients_of
from tests import directory as d
from tests.integration.web.cases import a_case, case_of, manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(minute=30)
LIMIT = settings.READS_AN_HOUR
MINUTE = timedelta(minutes=1)


@pytest.fixture
def place() -> Northmere:
    """The partnership, whose office has a data protection lead."""
    made = northmere()
    post = d.a_post(made.partnership, "data_protection_lead", "Data protection lead")
    d.an_account(d.a_person(post, name="Lee Datta"), "lee@x.example")
    return made


def reads(person: str, cases: int, *, at: datetime = NOW - MINUTE, real: str = "") -> None:
    """The person opened so many cases; the first of them is `real`."""
    ids = [real or d.new_id(), *(d.new_id() for _ in range(cases - 1))]
    for case in ids:
        Read(case=case, person=person, at=at, basis="told", page="cases:case").save()


def refusals(person: str, n: int) -> None:
    for _ in range(n):
        RefusedTry(person=person, at=NOW - MINUTE, page="cases:case").save()


def kinds() -> list[str]:
    return list(Alert.objects.order_by("id").values_list("kind", flat=True))


def test_more_cases_in_an_hour_than_is_usual_is_one_alert_told_at_once(place: Northmere) -> None:
    case = case_of(a_case(place, NOW - timedelta(days=1)))
    reads(place.teacher, LIMIT, real=case)
    alerting.look_for_the_unusual(NOW)
    assert kinds() == []
    reads(place.teacher, 1)
    assert alerting.look_for_the_unusual(NOW) == 1
    assert alerting.look_for_the_unusual(NOW + MINUTE) == 0
    alert = Alert.objects.get()
    assert (alert.kind, alert.person, alert.n) == (MANY_READ, place.teacher, LIMIT + 1)
    assert alert.partnership == place.partnership
    mail = OutboxRow.objects.get(template="alert")
    (to,) = recipients_of(mail, NOW)  # type: ignore[misc]  # somebody
    assert to.address == "lee@x.example"
    message = compose(mail, "https://x.example")
    for text in (message.subject, message.text, message.html):
        assert "Amara" not in text
        assert case not in text


def test_the_same_case_again_and_again_is_not_unusual(place: Northmere) -> None:
    case = case_of(a_case(place, NOW - timedelta(days=1)))
    for _ in range(LIMIT + 5):
        Read(case=case, person=place.teacher, at=NOW, basis="raiser", page="cases:case").save()
    assert alerting.look_for_the_unusual(NOW) == 0


def test_a_business_manager_may_open_more(place: Northmere) -> None:
    case = case_of(a_case(place, NOW - timedelta(days=1)))
    reads(manager_of(place), LIMIT * alerting.DESK_IS, real=case)
    assert alerting.look_for_the_unusual(NOW) == 0
    reads(manager_of(place), 1)
    assert alerting.look_for_the_unusual(NOW) == 1


def test_a_whole_day_of_reading_is_seen_though_no_hour_was_unusual(place: Northmere) -> None:
    case = case_of(a_case(place, NOW - timedelta(days=1)))
    for hours in range(5):
        reads(place.teacher, LIMIT, at=NOW - timedelta(hours=hours * 4 + 2), real=case)
    assert alerting.look_for_the_unusual(NOW) == 1


def test_many_refusals_are_an_alert(place: Northmere) -> None:
    refusals(place.teacher, alerting.REFUSALS_AN_HOUR)
    assert alerting.look_for_the_unusual(NOW) == 0
    refusals(place.teacher, 1)
    assert alerting.look_for_the_unusual(NOW) == 1
    assert kinds() == [MANY_REFUSED]


def test_somebody_without_a_post_who_guesses_is_told_of_everywhere(place: Northmere) -> None:
    refusals(d.a_person(name="Nobody"), alerting.REFUSALS_AN_HOUR + 1)
    assert alerting.look_for_the_unusual(NOW) == 1
    assert Alert.objects.get().partnership == place.partnership


def test_an_alert_stands_on_the_desk_until_somebody_there_has_looked_into_it(
    place: Northmere,
) -> None:
    now = datetime.now(UTC)
    raised = {"partnership": place.partnership, "since_at": now - MINUTE, "n": 21, "now": now}
    assert alerting.raise_alert(kind=GUESSES, **raised)  # type: ignore[arg-type]  # a table
    assert not alerting.raise_alert(kind=GUESSES, **raised)  # type: ignore[arg-type]
    helen = signed_in(manager_of(place), "helen@x.example")
    assert ALERT_WORDS[GUESSES] in unescape(helen.get("/desk").content.decode())
    assert "guessing at codes" in unescape(helen.get("/who-looked").content.decode())
    alert = Alert.objects.get()
    teacher = signed_in(place.teacher, "amara@x.example")
    assert teacher.post(f"/who-looked/alerts/{alert.pk}/seen-to").status_code == 404
    elsewhere = d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager"))
    other = signed_in(elsewhere, "else@x.example")
    other.post(f"/who-looked/alerts/{alert.pk}/seen-to")
    assert ALERT_WORDS[GUESSES] in unescape(helen.get("/desk").content.decode())
    helen.post(f"/who-looked/alerts/{alert.pk}/seen-to")
    assert ALERT_WORDS[GUESSES] not in unescape(helen.get("/desk").content.decode())
    alert.refresh_from_db()
    assert alert.looked_by == manager_of(place)


def test_an_alert_is_mailed_like_any_other_message(place: Northmere) -> None:
    reads(place.teacher, LIMIT + 1, real=case_of(a_case(place, NOW - timedelta(days=1))))
    alerting.look_for_the_unusual(NOW)
    claimed = outbox.claim(NOW, "w", 25)
    assert "alert" in {row.template for row in claimed}
