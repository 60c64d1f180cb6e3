"""The ladder in a policy file: what may be written, what is refused and where, and how it is said."""

from __future__ import annotations

from typing import Any

import pytest

from counterpart.casework.ladders import explained, the_usual_ladder
from counterpart.policy.comparing import compare
from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.loading import PolicyRefused
from counterpart.policy.usual import read_usual_ladder
from counterpart.worktime import CalendarDays, Hours, WorkingDays
from tests.kinds import ALL, a_policy


def a_rung(id: str = "late", when: str = "1 working day after", *tells: str, **keys: Any) -> Any:
    return {"id": id, "when": when, "tells": list(tells or ["owner"]), **ALL, **keys}


def refused(**rung: Any) -> list[tuple[str, str]]:
    with pytest.raises(PolicyRefused) as caught:
        a_policy(ladder=[a_rung() | rung])
    return [(problem.code, problem.words) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("when", "side", "gap"),
    [
        ("at", "at", None),
        ("1 working day before", "before", WorkingDays(1)),
        ("two working days after", "after", WorkingDays(2)),
        ("3 calendar days before", "before", CalendarDays(3)),
        ("4 hours after", "after", Hours(4)),
    ],
)
def test_a_rung_is_before_at_or_after(when: str, side: str, gap: object) -> None:
    (rung,) = a_policy(ladder=[a_rung(when=when)]).ladder
    assert (rung.side, rung.gap) == (side, gap)


@pytest.mark.parametrize(
    "when", ["soon", "before", "2 days before", "immediate after", "as soon as possible after"]
)
def test_what_is_no_moment_is_refused_with_what_to_write(when: str) -> None:
    ((code, words),) = refused(when=when)
    assert code == "not-a-moment"
    assert "1 working day before" in words


@pytest.mark.parametrize(
    ("tells", "code"),
    [
        (["owner.nobody-known"], "no-such-role"),
        (["partnership"], "no-role"),
        (["raising.chair"], "wrong-body"),
        (["somebody"], "wrong-value"),
        (["above.manager"], "wrong-value"),
        ([], "wrong-value"),
    ],
)
def test_whom_the_policy_does_not_know_cannot_be_told(tells: list[str], code: str) -> None:
    assert [found for found, _ in refused(tells=tells)] == [code]


def test_a_rung_may_be_for_steps_ways_and_clocks_that_there_are() -> None:
    (rung,) = a_policy(ladder=[a_rung() | {"for": ["talk", "up", "confirm-outcome"]}]).ladder
    assert rung.clocks == ("talk", "way-up", "confirm-outcome")
    assert [code for code, _ in refused(**{"for": ["walk"]})] == ["no-such-clock"]


def test_two_rungs_cannot_have_the_same_id() -> None:
    with pytest.raises(PolicyRefused) as caught:
        a_policy(ladder=[a_rung(), a_rung()])
    assert [problem.code for problem in caught.value.problems] == ["same-id"]


def test_it_is_explained_rung_by_rung_with_its_clause() -> None:
    policy = a_policy(
        ladder=[
            a_rung("soon", "1 working day before"),
            a_rung("due", "at", "owner", "above"),
            a_rung("late", "2 working days after", "owner.senior", "partnership.chair", **{"for": ["talk"]}),
        ]
    )  # fmt: skip
    page = as_markdown(explain(policy))
    assert "1 working day before it is due: Whoever has to do it." in page
    assert (
        "When it is due: Whoever has to do it and The next person up from them,"
        " in their own agency." in page
    )
    assert (
        "2 working days after it was due: Senior in the agency whose duty it is and Chair."
        " Only for “Do talk”." in page
    )


def test_where_the_policy_sets_none_the_page_says_that_it_is_the_partnerships_own() -> None:
    silent, own = a_policy(), a_policy(ladder=[a_rung()])
    assert "not part of the policy" in as_markdown(explained(silent))
    assert "Partnership business manager" in as_markdown(explained(silent))
    assert "not part of the policy" not in as_markdown(explained(own))
    assert as_markdown(explain(silent)) in as_markdown(explained(silent))


def test_two_editions_differ_in_their_ladders() -> None:
    before, after = a_policy(ladder=[a_rung()]), a_policy(ladder=[a_rung(when="at")])
    assert [one.words for one in compare(before, after)]
    assert not compare(before, before)


def test_the_ladder_that_comes_with_the_program_goes_from_the_owner_to_the_office() -> None:
    usual = the_usual_ladder()
    assert [rung.side for rung in usual.rungs] == ["before", "at", "after", "after", "after"]
    assert [str(seat) for seat in usual.rungs[0].tells] == ["owner"]
    assert [str(seat) for seat in usual.rungs[-1].tells] == ["partnership.business-manager"]
    (late_action,) = (rung for rung in usual.rungs if rung.clocks)
    assert (late_action.clocks, *map(str, late_action.tells)) == (("action",), "lead")
    assert usual.above["practitioner"][0] == "line_manager"


@pytest.mark.parametrize(
    "content",
    [
        b"ladder: []\nroles: []\nabove: {}\nwatches: [a]\n",
        b"ladder: [{id: a, when: later, tells: [owner]}]\nroles: []\nabove: {}\nwatches: [a]\n",
        b"ladder: [{id: a, when: at, tells: [owner.boss]}]\nroles: []\nabove: {}\nwatches: [a]\n",
        (
            b"ladder: [{id: a, when: at, tells: [owner]}, {id: a, when: at, tells: [above]}]\n"
            b"roles: []\nabove: {}\nwatches: [a]\n"
        ),
        b"ladder: {",
    ],
)
def test_a_ladder_of_ones_own_that_cannot_be_used_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"ours\.yaml is no ladder"):
        read_usual_ladder(content, name="ours.yaml")
