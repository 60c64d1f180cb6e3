"""The key file: what is made, what is read, and every way it can be wrong."""

from pathlib import Path

import pytest

from counterpart.vault.keys import KeysUnavailable, add_key, make_key_file, read_ring


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "vault.key"
    assert make_key_file(path)
    return path


def test_a_new_key_file_is_for_its_owner_only_and_holds_one_key(key_file: Path) -> None:
    ring = read_ring(key_file)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert len(ring.by_id) == 1
    assert len(ring.current.secret) == 32


def test_a_key_file_that_is_there_is_never_overwritten(key_file: Path) -> None:
    before = key_file.read_bytes()
    assert not make_key_file(key_file)
    assert key_file.read_bytes() == before


def test_two_new_files_hold_different_keys(tmp_path: Path) -> None:
    make_key_file(tmp_path / "one")
    make_key_file(tmp_path / "two")
    assert read_ring(tmp_path / "one").current != read_ring(tmp_path / "two").current


def test_an_added_key_seals_and_the_old_one_still_opens(key_file: Path) -> None:
    old = read_ring(key_file).current
    new = add_key(key_file)
    ring = read_ring(key_file)
    assert ring.current.id == new != old.id
    assert ring.key(old.id) == old
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert list(key_file.parent.iterdir()) == [key_file]


def test_an_added_key_survives_a_leftover_of_a_crash(key_file: Path) -> None:
    key_file.with_name("vault.key.new").write_text("half a li", encoding="ascii")
    add_key(key_file)
    assert len(read_ring(key_file).by_id) == 2


def test_a_missing_file_says_where_it_should_be_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeysUnavailable, match=r"is not at .*nowhere.*counterpart init"):
        read_ring(tmp_path / "nowhere")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_can_read_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(KeysUnavailable, match="chmod 600"):
        read_ring(key_file)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeysUnavailable, match="cannot be read"):
        read_ring(tmp_path)


@pytest.mark.parametrize("content", ["", "# only a comment\n", "\n\n"])
def test_a_file_without_a_key_is_refused(key_file: Path, content: str) -> None:
    key_file.write_text(content, encoding="ascii")
    with pytest.raises(KeysUnavailable, match="holds no key"):
        read_ring(key_file)


def test_one_wrong_character_is_found_and_never_quoted(key_file: Path) -> None:
    content = key_file.read_text(encoding="ascii")
    line = content.splitlines()[-1]
    _, secret = line.split(" ")
    for place in range(0, 42, 7):
        wrong = secret[:place] + ("A" if secret[place] != "A" else "B") + secret[place + 1 :]
        key_file.write_text(content.replace(secret, wrong), encoding="ascii")
        with pytest.raises(KeysUnavailable, match="is damaged") as refused:
            read_ring(key_file)
        assert wrong not in str(refused.value)


@pytest.mark.parametrize("line", ["word", "0123456789abcdef short=", "é" * 16 + " " + "A" * 44])
def test_a_line_that_is_no_key_is_refused(key_file: Path, line: str) -> None:
    key_file.write_text(line, encoding="utf-8")
    with pytest.raises(KeysUnavailable):
        read_ring(key_file)


def test_a_key_that_the_file_does_not_hold_is_asked_for_by_its_id(key_file: Path) -> None:
    with pytest.raises(KeysUnavailable, match="0123456789abcdef, which is not in the key file"):
        read_ring(key_file).key("0123456789abcdef")


def test_a_key_does_not_show_itself(key_file: Path) -> None:
    ring = read_ring(key_file)
    assert repr(ring.current.secret)[2:-1] not in repr(ring)
