"""The page “Clause by clause”: an anchor for each clause, what Counterpart does, and what it does not."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from counterpart.policy.sections import clause_anchor
from tests.unit.policy.written_policies import written, written_policies

pytestmark = pytest.mark.django_db


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


@pytest.mark.parametrize("area", written_policies())
def test_each_clause_has_an_anchor_of_its_own_and_a_link_to_it(area: str) -> None:
    text = page(f"/policy/{written(area).id}/clauses")
    for clause in written(area).clauses.values():
        anchor = clause_anchor(clause.id)
        assert text.count(f'<h2 class="govuk-heading-m" id="{anchor}">') == 1
        assert f'href="#{anchor}"' in text
        assert f"“{clause.quote}”" in text


def test_a_duty_says_whose_it_is() -> None:
    text = page("/policy/brent/clauses")
    assert "<strong>In Counterpart:</strong> A duty for: Chair of the Board." in text


def test_a_regular_duty_says_where_it_is_written_down() -> None:
    text = page("/policy/brent/clauses")
    assert "Whoever does it writes down the yearly report on the page of regular duties." in text
    assert "Not yet run" not in text


def test_what_people_do_outside_counterpart_comes_first_with_a_link_to_its_clause() -> None:
    _, _, listed = page("/policy/somerset/clauses").partition('id="not-all-here"')
    listed, _, _ = listed.partition("</ul>")
    assert "Somebody outside Counterpart. What they said is on the record." in listed
    assert 'href="#clause-' in listed


def test_a_clause_of_a_text_that_is_adopted_says_so() -> None:
    text = page("/policy/west-berkshire/clauses")
    assert "This is the text of “Pan Berkshire Escalation Policy” (April 2019)" in text
    assert "which this policy adopts" not in page("/policy/brent/clauses")


def test_the_policys_own_page_leads_to_it() -> None:
    assert 'href="/policy/brent/clauses"' in page("/policy/brent")


def test_a_policy_that_does_not_run_here_has_no_such_page() -> None:
    page("/policy/nowhere/clauses", 404)
