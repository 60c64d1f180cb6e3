"""Comparing the code that was typed with the one that was sent."""

import pytest

from counterpart.web.signin.forms import is_same_code


@pytest.mark.parametrize(
    "typed", ["BDFG-HJKL", "bdfghjkl", " bdfg hjkl ", "BDFG–HJKL".replace("–", "-")]
)
def test_case_spaces_and_dashes_do_not_matter(typed: str) -> None:
    assert is_same_code(typed, "BDFG-HJKL")


@pytest.mark.parametrize(
    "typed", ["", "-", "BDFG", "BDFG-HJKM", "ＢＤＦＧ-ＨＪＫＬ", "BDFG-HJKL-B"]
)
def test_anything_else_is_another_code(typed: str) -> None:
    assert not is_same_code(typed, "BDFG-HJKL")


@pytest.mark.parametrize("typed", ["", " ", "-", "BDFG-HJKL"])
def test_where_no_code_was_sent_none_is_right(typed: str) -> None:
    assert not is_same_code(typed, "")
