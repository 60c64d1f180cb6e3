"""What a view declares is held to, and what does not exist cannot be declared."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from counterpart.access.routes import declared, rule_of


def view(_: HttpRequest) -> HttpResponse:
    """A page."""
    return HttpResponse("here")


@pytest.mark.parametrize(
    "rule",
    ["", "everybody", "case", "case:", "case:peek", "signed_in:x", "capability", "capability:x"],
)
def test_a_rule_that_does_not_exist_cannot_be_declared(rule: str) -> None:
    with pytest.raises(ValueError, match="there is no rule"):
        declared(rule)


@pytest.mark.parametrize(
    ("method", "status"),
    [("get", 200), ("head", 200), ("post", 405), ("put", 405), ("delete", 405)],
)
def test_a_page_answers_only_to_its_methods(method: str, status: int) -> None:
    request = getattr(RequestFactory(), method)("/")
    assert declared("signed_in")(view)(request).status_code == status


def test_a_view_carries_what_it_declared() -> None:
    rule = rule_of(declared("case:record", methods=("GET", "POST"))(view))
    assert rule is not None
    assert (str(rule), rule.act, rule.methods) == ("case:record", "record", ("GET", "POST", "HEAD"))


def test_a_view_that_declared_nothing_has_no_rule() -> None:
    assert rule_of(view) is None


def test_a_page_is_for_accounts_alone_unless_it_says_otherwise() -> None:
    plain, open_to_both = declared("signed_in")(view), declared("signed_in", visitors=True)(view)
    rules = [rule_of(plain), rule_of(open_to_both)]
    assert [rule.visitors for rule in rules if rule] == [False, True]
