"""The pages made from the policies: always the same, one for each policy, and any drift is noticed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.casebook import POLICIES
from tests.unit.policy.written_policies import written_policies
from tools.policy_docs import differing, pages, policies, write

DOCS = POLICIES.parent / "docs"
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


@cache
def made() -> dict[str, str]:
    return pages(policies(POLICIES))


def test_they_are_the_same_each_time() -> None:
    assert pages(policies(POLICIES)) == made()


@pytest.mark.parametrize("area", written_policies())
def test_each_policy_has_its_page_its_picture_and_its_row(area: str) -> None:
    page = made()[f"policies/{area}.md"]
    assert page.startswith("# ")
    assert page.count("\n# ") == 0
    for heading in ("About this policy", "The stages", "The clauses", "The picture in words"):
        assert f"\n## {heading}\n" in page
    assert made()[f"policies/{area}.svg"].startswith("<svg ")
    assert made()["policies/README.md"].count(f"({area}.md)") == 1


def test_the_index_says_what_each_asks_for_in_short() -> None:
    (brent,) = re.findall(r"^\| Brent .*$", made()["policies/README.md"], re.MULTILINE)
    assert "| five | Its decision is binding on every agency concerned. | at once," in brent
    (bexley,) = re.findall(r"^\| Bexley .*$", made()["policies/README.md"], re.MULTILINE)
    assert "| none numbered | no panel | none |" in bexley


def test_every_link_of_a_page_leads_somewhere() -> None:
    for name, text in made().items():
        if name.endswith(".md"):
            for target in LINK.findall(text):
                assert (DOCS / name).parent.joinpath(target).exists(), (name, target)


def test_a_page_that_drifted_or_that_nobody_makes_is_noticed_and_put_right(tmp_path: Path) -> None:
    few = {"policy.schema.json": "{}\n", "policies/a.md": "# A\n"}
    assert differing(few, tmp_path) == ["policies/a.md", "policy.schema.json"]
    write(few, tmp_path)
    assert differing(few, tmp_path) == []
    (tmp_path / "policies" / "gone.md").write_text("# Gone\n", encoding="utf-8")
    (tmp_path / "policies" / "a.md").write_text("# B\n", encoding="utf-8")
    assert differing(few, tmp_path) == ["policies/a.md", "policies/gone.md"]
    write(few, tmp_path)
    assert differing(few, tmp_path) == []
    assert not (tmp_path / "policies" / "gone.md").exists()
