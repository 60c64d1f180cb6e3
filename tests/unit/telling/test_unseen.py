"""Characters that draw nothing are written out; no other is touched."""

from counterpart.telling.unseen import shown


def test_unseen_characters_are_written_out() -> None:
    assert shown("a\x07b\u202ec") == "a[U+0007]b[U+202E]c"


def test_ordinary_text_in_any_language_is_left_alone() -> None:
    said = "Zoë said “no” – ça va, привет, مرحبا"
    assert shown(said) == said
