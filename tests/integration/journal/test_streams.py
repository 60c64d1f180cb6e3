"""Writing to a stream and reading it back, one writer at a time, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from counterpart.engine.events import EntryCorrected
from counterpart.engine.kinds import SEALED
from counterpart.journal import reading
from counterpart.journal.bulk import Batch, append_bulk
from counterpart.journal.errors import Conflict, OutsideTransaction, Repeated, Unreadable
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.journal.writing import New, append
from counterpart.vault.models import StreamKey
from counterpart.vault.sealing import CannotOpen
from tests.integration.journal.stories import (
    CANARY,
    EARLIER,
    NAMES,
    NOW,
    RAISER,
    an_id,
    closing,
    correction,
    new,
    proposal,
    written,
)

pytestmark = pytest.mark.django_db


def test_what_was_written_is_read_in_order_with_its_words_sealed() -> None:
    case = an_id()
    first = new()
    made = written(case, 0, first, new(closing()))
    made += written(case, 2, new(proposal()))
    read = reading.read_facts(case)
    assert read == made
    assert [entry.version for entry in read] == [1, 2, 3]
    assert read[0].id == first.id
    assert (read[0].happened_at, read[0].written_at, read[0].actor) == (EARLIER, NOW, RAISER)
    assert read[0].event == replace(correction(), correction=SEALED, reason=SEALED)


def test_reading_the_facts_of_a_stream_is_one_query() -> None:
    case = an_id()
    written(case, 0, *(new() for _ in range(30)))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(reading.read_facts(case)) == 30
    assert len(asked) == 1
    assert "journal_words" not in asked[0]["sql"]


@pytest.mark.parametrize("events", [1, 40])
def test_reading_a_stream_with_its_words_is_three_queries_however_long(events: int) -> None:
    case = an_id()
    written(case, 0, *(new() for _ in range(events)))
    with CaptureQueriesContext(connection) as asked:
        whole = reading.read_whole(case)
    assert len(whole) == events
    assert len(asked) == 3  # events, words, and the key, which is remembered after a commit


def test_words_come_back_as_they_were_written() -> None:
    case = an_id()
    event = proposal()
    written(case, 0, new(event), new(correction("\x00\x1b[0m <b>\r\n")))
    one, two = reading.read_whole(case)
    assert one.recorded.event == event
    assert two.recorded.event.correction == "\x00\x1b[0m <b>\r\n"
    assert one.names == NAMES


def test_only_the_words_that_are_asked_for_are_opened() -> None:
    case = an_id()
    written(case, 0, new(proposal()), new())
    one, two = reading.read_whole(case, only={"entry_corrected"})
    assert one.recorded.event.action_texts == ()
    assert one.names == {}
    assert CANARY in two.recorded.event.correction


def test_the_words_of_one_event_can_be_opened_alone() -> None:
    case = an_id()
    one, two = new(proposal()), new()
    written(case, 0, one, two)
    assert reading.open_words(case, [one.id]) == {
        one.id: {"action_texts": ("visit", "", f"tell {CANARY}"), **NAMES}
    }
    assert reading.open_words(case, []) == {}
    assert reading.open_words(an_id(), [one.id]) == {}


def test_long_words_are_kept_whole() -> None:
    case = an_id()
    text = "Wörter " * 20_000
    written(case, 0, new(correction(text)))
    assert reading.read_whole(case)[0].recorded.event.correction == text


def test_no_table_holds_a_plain_word() -> None:
    case = an_id()
    written(case, 0, new(), new(proposal()))
    tables = connection.introspection.table_names()
    kept = ""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
            kept += repr([[_shown(value) for value in row] for row in cursor.fetchall()])
    assert case in kept
    assert not any(word in kept for word in [*CANARY.split(), "telephoned", "Exemplar", "misheard"])


def _shown(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_every_sealed_field_has_a_salt_of_its_own() -> None:
    case = an_id()
    written(case, 0, *(new() for _ in range(20)))
    salts = [
        bytes(salt) for salt in Words.objects.filter(stream=case).values_list("salt", flat=True)
    ]
    assert len(salts) == 80
    assert len(set(salts)) == 80


def test_words_moved_to_another_event_do_not_open() -> None:
    case = an_id()
    one, two = new(), new(closing(), names={})
    written(case, 0, one, two)
    row = Words.objects.filter(event=one.id, field="correction").get()
    Words(stream=case, event=two.id, field="reason", salt=row.salt, sealed=row.sealed).save()
    with pytest.raises(CannotOpen):
        reading.read_whole(case)
    assert len(reading.read_facts(case)) == 2


def test_words_moved_to_another_stream_do_not_open() -> None:
    case, other = an_id(), an_id()
    one, two = new(), new(closing(), names={})
    written(case, 0, one)
    written(other, 0, two)
    row = Words.objects.filter(event=one.id, field="correction").get()
    Words(stream=other, event=one.id, field="correction", salt=row.salt, sealed=row.sealed).save()
    with pytest.raises(CannotOpen):
        reading.open_words(other, [one.id])


def test_someone_who_was_second_is_told_and_nothing_is_written() -> None:
    case = an_id()
    written(case, 0, new())
    written(case, 1, new())
    before = reading.read_facts(case)
    with pytest.raises(Conflict) as refused:
        written(case, 1, new())
    assert (refused.value.stream, refused.value.expected, refused.value.actual) == (case, 1, 2)
    assert reading.read_facts(case) == before


@pytest.mark.parametrize("expected", [1, 7])
def test_a_stream_that_is_not_there_cannot_be_continued(expected: int) -> None:
    with pytest.raises(Conflict) as refused:
        written(an_id(), expected, new())
    assert refused.value.actual == 0


def test_a_stream_is_opened_once() -> None:
    case = an_id()
    written(case, 0, new())
    with pytest.raises(Conflict):
        written(case, 0, new())
    assert reading.head(case) == reading.Head(case, "case", 1, NOW)


def test_a_stream_keeps_its_kind() -> None:
    case = an_id()
    written(case, 0, new(), kind="case")
    with pytest.raises(Conflict):
        written(case, 1, new(), kind="directory")


def test_a_key_used_again_makes_nothing_and_says_what_it_made() -> None:
    case = an_id()
    made = written(case, 0, new(), new(), key="form-1")
    for stream, expected in [(case, 0), (case, 2), (an_id(), 0)]:
        with pytest.raises(Repeated) as refused:
            written(stream, expected, new(), key="form-1")
        assert refused.value.submission.stream == case
        assert reading.made_by(refused.value.submission) == made
    assert reading.read_facts(case) == made
    assert Stream.objects.filter(version__gt=2).count() == 0


def test_a_submission_is_found_by_its_key() -> None:
    case = an_id()
    written(case, 0, new())
    made = written(case, 1, new(), new(), key="form-2")
    found = reading.submission("form-2")
    assert found is not None
    assert (found.stream, found.first_version, found.last_version) == (case, 2, 3)
    assert found.made_at == NOW
    assert reading.made_by(found) == made
    assert reading.submission("form-3") is None


def test_a_key_of_a_transaction_that_was_undone_can_be_used_again() -> None:
    case = an_id()

    class Undone(Exception):
        pass

    def doomed() -> None:
        with transaction.atomic():
            append(case, "case", 0, [new()], key="form-4", written_at=NOW)
            raise Undone

    with pytest.raises(Undone):
        doomed()
    assert written(case, 0, new(), key="form-4") == reading.read_facts(case)
    assert len(reading.read_whole(case)) == 1


@pytest.mark.parametrize("key", ["", "x" * 129])
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="1 to 128 characters"):
        written(an_id(), 0, new(), key=key)


def test_writing_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to write"):
        written(an_id(), 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: new(object()),
        lambda: new(names={"nickname": "Z"}),
        lambda: new(names={"actor_name": None}),  # type: ignore[dict-item]
        lambda: replace(new(), happened_at=datetime(2026, 3, 2)),  # noqa: DTZ001  the point
    ],
)
def test_an_event_that_cannot_be_kept_is_refused_before_anything_is_written(
    wrong: Callable[[], New],
) -> None:
    case = an_id()
    with transaction.atomic(), pytest.raises(Unreadable):
        append(case, "case", 0, [new(), wrong()], written_at=NOW)
    assert reading.head(case) is None


def test_instants_are_the_same_from_whatever_zone_they_come() -> None:
    case = an_id()
    east = timezone(timedelta(hours=9))
    with transaction.atomic():
        append(
            case,
            "case",
            0,
            [replace(new(), happened_at=EARLIER.astimezone(east))],
            written_at=NOW.astimezone(east),
        )
    (read,) = reading.read_facts(case)
    assert (read.happened_at, read.written_at) == (EARLIER, NOW)
    assert read.happened_at.tzinfo is UTC


def test_the_same_event_id_is_never_used_twice() -> None:
    case, other, id_ = an_id(), an_id(), an_id()
    written(case, 0, new(id=id_))
    with pytest.raises(IntegrityError):
        written(other, 0, new(id=id_))
    assert reading.head(other) is None


def test_streams_of_a_kind_come_in_pages() -> None:
    cases = sorted(an_id() for _ in range(7))
    for case in cases:
        written(case, 0, new(closing()))
    written(an_id(), 0, new(closing()), kind="directory")
    first = reading.streams("case", limit=3)
    second = reading.streams("case", after=first[-1].id, limit=3)
    assert [head.id for head in first + second] == cases[:6]
    assert [head.id for head in reading.all_streams("case")] == cases
    assert list(reading.all_streams("policy")) == []


def test_many_streams_are_read_in_one_query() -> None:
    cases = [an_id() for _ in range(5)]
    for case in cases:
        written(case, 0, new(), new(closing()))
    nowhere = an_id()
    with CaptureQueriesContext(connection) as asked:
        found = reading.read_facts_of([*cases, nowhere])
    assert len(asked) == 1
    assert found == {nowhere: (), **{case: reading.read_facts(case) for case in cases}}
    with pytest.raises(ValueError, match="at most 500"):
        reading.read_facts_of([str(n) for n in range(501)])


def test_bulk_writes_the_very_rows_that_append_writes() -> None:
    one, two = an_id(), an_id()
    news = [new(), new(proposal()), new(closing(), names={})]
    written(one, 0, *news)
    again = [replace(item, id=an_id()) for item in news]
    count = append_bulk([Batch(two, "case", [(item, NOW) for item in again])])
    assert count == 3
    assert [whole.recorded.event for whole in reading.read_whole(two)] == [
        whole.recorded.event for whole in reading.read_whole(one)
    ]
    assert _rows(two, again[0].id) == _rows(one, news[0].id)
    assert reading.head(two) == replace(_head(one), id=two)
    written(two, 3, new())
    assert len(reading.read_whole(two)) == 4


def _rows(stream: str, first: str) -> object:
    """The rows of a stream without what must differ: ids, salts and boxes."""
    events = Event.objects.filter(stream=stream).order_by("version")
    columns = ("version", "type", "schema", "happened_at", "written_at", "actor", "facts")
    fields = sorted(Words.objects.filter(stream=stream, event=first).values_list("field"))
    return list(events.values_list(*columns)), fields


def _head(stream: str) -> reading.Head:
    found = reading.head(stream)
    assert found is not None
    return found


def test_bulk_takes_more_streams_than_fit_in_one_statement() -> None:
    batches = [Batch(an_id(), "case", [(new(), NOW)]) for _ in range(450)]
    assert append_bulk(iter(batches)) == 450
    assert len(list(reading.all_streams("case"))) == 450
    assert reading.read_whole(batches[449].stream)[0].names == NAMES


def test_appending_takes_a_bounded_number_of_statements() -> None:
    case = an_id()
    written(an_id(), 0, new())  # the first in a process also asks whether the key file is right
    with transaction.atomic():
        with CaptureQueriesContext(connection) as opening:
            append(case, "case", 0, [new(), new()], key="form-5", written_at=NOW)
        with CaptureQueriesContext(connection) as going_on:
            append(case, "case", 2, [new() for _ in range(9)], key="form-6", written_at=NOW)
    assert len(opening) == 7
    assert len(going_on) == 6


def test_submissions_and_events_point_to_no_live_table() -> None:
    for model in (Stream, Event, Words, Submission, StreamKey):
        assert [field.name for field in model._meta.get_fields() if field.is_relation] == []


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        append(an_id(), "case", 0, [new()], written_at=NOW)


def test_an_event_class_is_given_back_and_not_a_mapping() -> None:
    case = an_id()
    written(case, 0, new())
    assert isinstance(reading.read_facts(case)[0].event, EntryCorrected)
