"""One text, sealed: what opens it, and everything that does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpart.vault.sealing import CannotOpen, Sealed, derive, new_key, open_sealed, seal

PLACE = ("stream", "event", "said")
SECRET = "Mrs Okafor said the child was left alone"  # a made-up canary


@given(st.text(st.characters()))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    key = new_key()
    assert open_sealed(key, seal(key, text, PLACE), PLACE) == text


@pytest.mark.parametrize(
    "text", ["", "\x00\x07\x1b[2J", "\r\n\t", "<script>", "\ud800 alone", "é" * 100_000]
)
def test_odd_texts_come_back_as_they_were(text: str) -> None:
    key = new_key()
    assert open_sealed(key, seal(key, text, PLACE), PLACE) == text


def test_sealed_words_hold_no_part_of_the_text() -> None:
    sealed = seal(new_key(), SECRET, PLACE)
    assert not any(word.encode() in sealed.salt + sealed.box for word in SECRET.split())


def test_the_same_text_is_sealed_differently_each_time() -> None:
    key = new_key()
    sealed = [seal(key, SECRET, PLACE) for _ in range(1000)]
    assert len({one.salt for one in sealed}) == 1000
    assert len({one.box for one in sealed}) == 1000
    assert {len(one.salt) for one in sealed} == {32}


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("other", "event", "said"),
        ("stream", "other", "said"),
        ("stream", "event", "agreed"),
        ("stream", "eventsaid", ""),
        ("streamevent", "said"),
        ("stream", "event"),
    ],
)
def test_moved_words_do_not_open(elsewhere: tuple[str, ...]) -> None:
    key = new_key()
    sealed = seal(key, SECRET, PLACE)
    with pytest.raises(CannotOpen):
        open_sealed(key, sealed, elsewhere)


def test_another_key_does_not_open_them() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(new_key(), seal(new_key(), SECRET, PLACE), PLACE)


def test_any_changed_byte_is_noticed() -> None:
    key = new_key()
    sealed = seal(key, "short", PLACE)
    whole = sealed.salt + sealed.box
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(CannotOpen):
            open_sealed(key, Sealed(bytes(changed[:32]), bytes(changed[32:])), PLACE)


@pytest.mark.parametrize("kept", range(0, 28, 3))
def test_cut_words_do_not_open(kept: int) -> None:
    key = new_key()
    sealed = seal(key, "", PLACE)
    with pytest.raises(CannotOpen):
        open_sealed(key, Sealed(sealed.salt, sealed.box[:kept]), PLACE)


def test_a_failure_names_the_place_and_nothing_else() -> None:
    with pytest.raises(CannotOpen) as failure:
        open_sealed(new_key(), seal(new_key(), SECRET, PLACE), PLACE)
    assert str(failure.value) == "sealed words at stream/event/said do not open with this key"
    assert failure.value.__cause__ is None


def test_keys_for_two_purposes_differ() -> None:
    key = new_key()
    assert derive(key, b"one") != derive(key, b"two")
    assert derive(key, b"one") == derive(key, b"one")
