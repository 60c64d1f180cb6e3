"""The page about examples names every act, every key and every check there is, and its example holds."""

import re

import pytest

from counterpart.rehearsal.act import COMMON
from counterpart.rehearsal.acts import ACTS
from counterpart.rehearsal.beginning import READERS
from counterpart.rehearsal.checks import CHECKS
from counterpart.rehearsal.examples import play, read_examples
from tests.casebook import POLICIES, brent

PAGE = (POLICIES.parent / "docs" / "examples.md").read_text("utf-8")
KEYS = sorted(
    {*ACTS, *COMMON, *READERS, *CHECKS, *(key for act in ACTS.values() for key in act.keys)}
)


@pytest.mark.parametrize("key", KEYS)
def test_every_word_an_example_may_use_is_on_the_page(key: str) -> None:
    assert re.search(rf"`{re.escape(key)}[`:]", PAGE)


def test_the_example_on_the_page_holds() -> None:
    text = PAGE.split("```yaml\n")[1].split("```")[0]
    (example,) = read_examples(text.encode()).examples
    assert play(example, brent()).failure is None
