"""What each rule of laying one text over another does, on trees too small to be a policy."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.policy.merging import laid_over
from counterpart.policy.problems import Problem
from counterpart.policy.yaml_text import Keys, read_yaml


def tree(text: str, file: str) -> Keys:
    found = read_yaml(text.encode(), file=file)
    assert isinstance(found, Keys)
    return found


def laid(base: str, layer: str) -> tuple[dict[str, Any], list[Problem]]:
    slips: list[Problem] = []
    over = tree(layer or "{}", "layer.yaml")
    return laid_over(tree(base, "base.yaml"), over, slips), slips


def merged(base: str, layer: str) -> dict[str, Any]:
    result, slips = laid(base, layer)
    assert slips == []
    return result


def refused(base: str, layer: str) -> list[tuple[int, str, str]]:
    _, slips = laid(base, layer)
    assert {p.file for p in slips} == {"layer.yaml"}
    return [(p.line, p.code, p.words) for p in slips]


@pytest.mark.parametrize(
    ("base", "layer", "result"),
    [
        ("area: A\nsupport: x", "support: y", {"support": "y"}),
        ("about: [child, adult]", "about: [child]", {"about": ["child"]}),
        ("about: [child, adult]", "about: []", {"about": []}),
        ("closing: {outcome: a, confirm: b}", "closing: {confirm: c}",
         {"closing": {"outcome": "a", "confirm": "c"}}),
        ("gaps: {tell: a}", "gaps: none", {"gaps": "none"}),
        ("gaps: none", "gaps: {tell: a}", {"gaps": {"tell": "a"}}),
        ("roles: [{id: a, title: A}, {id: b, title: B}]", "roles: [{id: b, title: C}, {id: c}]",
         {"roles": [{"id": "a", "title": "A"}, {"id": "b", "title": "C"}, {"id": "c"}]}),
        ("roles: [{id: a}, {id: b}]", "roles: []", {"roles": [{"id": "a"}, {"id": "b"}]}),
        ("roles: [{id: a}]", "roles: [x]", {"roles": ["x"]}),
        ("principles: [{text: a}]", "principles: [{text: b}]",
         {"principles": [{"text": "a"}, {"text": "b"}]}),
        ("area: A", "roles: [{id: a}]", {"roles": [{"id": "a"}]}),
        ("grounds: {open: true, list: [{id: a}, {id: b}]}", "grounds: {list: [{id: a, hint: h}]}",
         {"grounds": {"open": True, "list": [{"id": "a", "hint": "h"}, {"id": "b"}]}}),
        ("roles: [{id: a}, {id: b}]", "roles: [{id: x, after_id: a}, {id: y, after_id: a}]",
         {"roles": [{"id": "a"}, {"id": "x"}, {"id": "y"}, {"id": "b"}]}),
        ("roles: [{id: a}, {id: b}]", "roles: [{id: x, after_id: a}, {id: y, after_id: x}, {id: z}]",
         {"roles": [{"id": "a"}, {"id": "x"}, {"id": "y"}, {"id": "b"}, {"id": "z"}]}),
        ("in_force_from: 2014-01-01\nid: a\ntitle: b\nedition: c\npublished_by: d\nformat: 1", "",
         {"format": 1}),
        ("format: 1", "format: 2", {"format": 2}),
    ],
)  # fmt: skip
def test_what_is_written_in_a_layer_is_laid_over_its_parent(
    base: str, layer: str, result: dict[str, Any]
) -> None:
    assert merged(base, layer) == result


def test_a_limit_is_replaced_whole_whatever_its_shape() -> None:
    base = "closing: {confirm_limit: {shorter_of: [1 day, 2 days]}}"
    changed = merged(base, "closing: {confirm_limit: {agreed_by: each}}")
    assert changed == {"closing": {"confirm_limit": {"agreed_by": "each"}}}
    base = "urgent: {limits: {a: {agreed_by: each}, b: 1 day}}"
    changed = merged(base, "urgent: {limits: {a: {set_by: each}}}")
    assert changed == {"urgent": {"limits": {"a": {"set_by": "each"}, "b": "1 day"}}}


def test_conditions_are_replaced_whole_and_never_added_to() -> None:
    base = "jumps: [{id: a, when: [{passed: 10 working days}]}]"
    changed = merged(base, "jumps: [{id: a, when: [{passed: 5 working days}]}]")
    assert changed == {"jumps": [{"id": "a", "when": [{"passed": "5 working days"}]}]}


def test_one_id_twice_in_a_layer_is_a_slip() -> None:
    assert refused("roles: [{id: a}]", "roles:\n  - id: b\n  - id: b") == [
        (3, "same-id", "'b' is in this list already")
    ]


def test_after_id_names_something_that_is_there() -> None:
    (slip,) = refused("roles: [{id: manager}]", "roles: [{id: b, after_id: manger}]")
    assert slip[1] == "no-such-item"
    assert "did you mean 'manager'?" in slip[2]
    assert refused("area: A", "roles: [{id: b, after_id: c}]")[0][1] == "no-such-item"
    assert refused("roles: [{id: a}]", "roles: [{id: a, after_id: [x]}]")[0][1] == "not-new"
    assert refused("roles: [{id: a}]", "roles: [{id: [b], after_id: {}}]")[0][1] == "no-such-item"


def test_a_layer_says_all_its_slips_at_once() -> None:
    layer = "roles: [{id: b, after_id: c}]\nleaves_out: [{rule: stages z}]"
    found = {code for _, code, _ in refused("roles: [{id: a}]", layer)}
    assert found == {"no-such-item", "nothing-to-leave-out"}


# --- leaving out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "rule", "left"),
    [
        ("stages: [{id: a}, {id: b}]", "stages b", {"stages": [{"id": "a"}]}),
        ("stages: [{id: a, steps: [{id: x}, {id: y}]}]", "steps x",
         {"stages": [{"id": "a", "steps": [{"id": "y"}]}]}),
        ("urgent: {steps: [{id: tell-head}]}", "steps tell-head", {"urgent": {"steps": []}}),
        ("grounds: {list: [{id: a}, {id: b}]}", "grounds a", {"grounds": {"list": [{"id": "b"}]}}),
        ("clauses: [{id: 1.4 risk}, {id: '2'}]", "clauses 1.4 risk", {"clauses": [{"id": "2"}]}),
    ],
)  # fmt: skip
def test_what_is_left_out_is_gone_and_said_to_be(
    base: str, rule: str, left: dict[str, Any]
) -> None:
    written = {"rule": rule, "why": "It is not so here."}
    layer = f"leaves_out: [{{rule: {rule}, why: It is not so here.}}]"
    assert merged(base, layer) == {**left, "leaves_out": [written]}


def test_what_is_left_out_may_be_written_anew() -> None:
    layer = "leaves_out: [{rule: roles a}]\nroles: [{id: a, title: new}]"
    assert merged("roles: [{id: a, at: agency}]", layer)["roles"] == [{"id": "a", "title": "new"}]


def test_leaving_out_what_is_not_there_is_a_slip() -> None:
    (slip,) = refused("urgent: {steps: [{id: tell-head}]}", "leaves_out:\n  - rule: steps tell-hed")
    assert slip[:2] == (2, "nothing-to-leave-out")
    assert "did you mean 'tell-head'?" in slip[2]
    (slip,) = refused("roles: [{id: a}]", "leaves_out: [{rule: role a}]")
    assert "did you mean 'roles'?" in slip[2]
