"""The page about findings is made from the checker, and says what it says today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from counterpart.policy.checking import CATALOGUE, as_markdown, check
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy

ROOT = Path(__file__).parents[4]
PAGE = ROOT / "docs" / "policy-findings.md"
AS_OF = date(2026, 11, 21)


def policies() -> list[Policy]:
    return [_load(path.parent) for path in sorted((ROOT / "policies").glob("*/policy.yaml"))]


def _load(folder: Path) -> Policy:
    content = (folder / "policy.yaml").read_bytes()
    return load_policy(content, read=lambda path: (folder / path).read_bytes())


def test_the_page_has_not_drifted_from_the_checker_and_the_policies() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(policies(), today=AS_OF)


def test_the_page_has_every_kind_with_both_its_examples() -> None:
    page = as_markdown()
    for kind in CATALOGUE.values():
        assert f"### {kind.title}\n" in page
        assert kind.triggers.strip() in page
        assert kind.mends.strip() in page


def test_a_policy_with_nothing_to_say_about_it_is_said_to_have_none() -> None:
    assert "What the checker says" not in as_markdown()
    page = as_markdown(policies()[:1], today=AS_OF)
    assert "As of 21 November 2026." in page


def test_no_policy_here_has_an_error() -> None:
    for policy in policies():
        errors = [x.words for x in check(policy, today=AS_OF) if x.severity == "error"]
        assert errors == [], policy.id
