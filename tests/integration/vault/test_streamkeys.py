"""Data keys in the database: made, remembered, wrapped anew, and the wrong key file, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from counterpart.vault import keys, streamkeys
from counterpart.vault.index import blind_index
from counterpart.vault.keys import KeysUnavailable
from counterpart.vault.models import StreamKey
from counterpart.vault.notes import open_note, seal_note
from counterpart.vault.sealing import CannotOpen

pytestmark = pytest.mark.django_db

TEXT = "Zephyrine Quillfeather, 3 Fictional Row"


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A key file of the test's own, which the keys already in the test database are moved to."""
    path = tmp_path / "vault.key"
    path.write_bytes(Path(settings.COUNTERPART_KEY_FILE).read_bytes())
    path.chmod(0o600)
    settings.COUNTERPART_KEY_FILE = path
    streamkeys.forget()
    yield path
    streamkeys.forget()


def test_a_stream_has_one_key_and_another_stream_another() -> None:
    assert streamkeys.key_for("one") == streamkeys.key_for("one")
    assert streamkeys.key_for("one") != streamkeys.key_for("two")
    assert streamkeys.key_of("three") is None


def test_no_data_key_lies_plain_in_the_database() -> None:
    key = streamkeys.key_for("one")
    wrapped = bytes(StreamKey.objects.get(stream="one").wrapped)
    assert key not in wrapped
    assert keys.ring().current.secret not in wrapped
    assert len(wrapped) == 12 + 32 + 16


def test_a_wrapped_key_moved_to_another_stream_does_not_open() -> None:
    streamkeys.make_keys(["one", "two"])
    moved = StreamKey.objects.get(stream="one").wrapped
    StreamKey.objects.filter(stream="two").update(wrapped=moved)
    with pytest.raises(KeysUnavailable, match="was changed or moved"):
        streamkeys.key_of("two")


@pytest.mark.django_db(transaction=True)
def test_a_key_is_asked_for_once_and_then_remembered() -> None:
    streamkeys.make_keys(["one"])
    with CaptureQueriesContext(connection) as asked:
        for _ in range(5):
            streamkeys.key_for("one")
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_of_a_transaction_that_was_undone_never_seals_anything() -> None:
    with transaction.atomic():
        undone = streamkeys.make_key("one")
        assert streamkeys.key_for("one") == undone
        transaction.set_rollback(True)
    assert streamkeys.key_of("one") is None
    made = streamkeys.key_for("one")
    assert made != undone
    streamkeys.forget()
    assert streamkeys.key_of("one") == made


def test_a_process_remembers_a_bounded_number_of_keys() -> None:
    memory = streamkeys.Memory(size=3)
    for stream in "abcd":
        memory.put(stream, stream.encode())
    assert memory.get("a") is None
    assert memory.get("b") == b"b"
    memory.put("e", b"e")
    assert [memory.get(stream) for stream in "bcde"] == [b"b", None, b"d", b"e"]


def test_after_a_rotation_every_key_is_the_same_under_the_new_wrapping_key(key_file: Path) -> None:
    before = {stream: streamkeys.key_for(stream) for stream in ("one", "two", "three")}
    index = blind_index("child", "943 476 5919")
    note = seal_note("draft", TEXT)
    new = keys.add_key(key_file)
    assert streamkeys.rewrap() == StreamKey.objects.count() >= 4
    assert streamkeys.rewrap() == 0
    streamkeys.forget()
    assert set(StreamKey.objects.values_list("wrapping", flat=True)) == {new}
    assert {stream: streamkeys.key_of(stream) for stream in before} == before
    assert blind_index("child", "943 476 5919") == index
    assert open_note("draft", note) == TEXT
    assert streamkeys.check_keys() == []


def test_before_its_keys_are_wrapped_anew_an_old_stream_still_opens(key_file: Path) -> None:
    before = streamkeys.key_for("one")
    keys.add_key(key_file)
    streamkeys.forget()
    assert streamkeys.key_of("one") == before
    assert streamkeys.key_for("two")
    assert streamkeys.check_keys() == []


def test_more_keys_than_fit_in_one_transaction_are_all_wrapped_anew(key_file: Path) -> None:
    streamkeys.make_keys([f"stream {number}" for number in range(1100)])
    keys.add_key(key_file)
    assert streamkeys.rewrap() == StreamKey.objects.count()


def test_a_wrong_key_file_is_told_and_opens_nothing(
    key_file: Path, tmp_path: Path, settings: Settings
) -> None:
    streamkeys.key_for("one")
    keys.make_key_file(tmp_path / "another")
    settings.COUNTERPART_KEY_FILE = tmp_path / "another"
    streamkeys.forget()
    (fault,) = streamkeys.check_keys()
    assert "Put back the key file that belongs to this database" in fault
    with pytest.raises(KeysUnavailable):
        streamkeys.key_of("one")
    with pytest.raises(KeysUnavailable):
        streamkeys.make_key("a stream of its own")
    with pytest.raises(KeysUnavailable):
        seal_note("draft", TEXT)
    with pytest.raises(KeysUnavailable):
        blind_index("child", TEXT)


def test_without_a_key_file_nothing_is_written(key_file: Path) -> None:
    key_file.unlink()
    rows = StreamKey.objects.count()
    with pytest.raises(KeysUnavailable, match="is not at"):
        streamkeys.key_for("one")
    (fault,) = streamkeys.check_keys()
    assert "is not at" in fault
    assert StreamKey.objects.count() == rows


def test_a_database_without_keys_has_no_faults(key_file: Path) -> None:
    assert streamkeys.check_keys() == []


def test_a_wrapped_key_that_was_changed_is_told(key_file: Path) -> None:
    StreamKey.objects.update(wrapped=b"not a wrapped key, and long enough to be one")
    (fault,) = streamkeys.check_keys()
    assert "Restore it from a backup" in fault


# --- drafts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", TEXT, "\x00\x1b<b>", "é" * 100_000])
def test_a_draft_comes_back_as_it_was(text: str) -> None:
    sealed = seal_note("draft", text)
    assert open_note("draft", sealed) == text
    assert TEXT.encode() not in sealed


def test_a_draft_is_sealed_differently_each_time() -> None:
    assert len({seal_note("draft", TEXT) for _ in range(100)}) == 100


def test_a_draft_does_not_open_as_another() -> None:
    with pytest.raises(CannotOpen):
        open_note("other", seal_note("draft", TEXT))


@pytest.mark.parametrize("cut", [0, 10, 40, 59])
def test_a_damaged_draft_does_not_open(cut: int) -> None:
    with pytest.raises(CannotOpen):
        open_note("draft", seal_note("draft", TEXT)[:cut])


# --- finding the same text -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["NHS 943-476-5919", "nhs9434765919", " N.H.S. 943 476 5919 ", "ｎｈｓ９４３４７６５９１９"],
)
def test_the_same_reference_typed_differently_has_the_same_index(typed: str) -> None:
    assert blind_index("child", typed) == blind_index("child", "NHS9434765919")


@pytest.mark.parametrize("other", ["NHS 943-476-5918", "943 476 5919", ""])
def test_another_reference_has_another_index(other: str) -> None:
    assert blind_index("child", other) != blind_index("child", "NHS 943-476-5919")


def test_the_same_text_for_another_purpose_has_another_index() -> None:
    assert blind_index("child", TEXT) != blind_index("worker", TEXT)


@pytest.mark.parametrize("text", ["", "  ", "-–/.", "\x00"])
def test_a_text_of_no_letters_has_no_index(text: str) -> None:
    assert blind_index("child", text) == ""


def test_an_index_shows_nothing_of_the_text() -> None:
    index = blind_index("child", TEXT)
    assert len(index) == 64
    assert set(index) <= set("0123456789abcdef")
