"""The table of rules against a second table, written out by hand from trust.md and the brief.

The first is read line by line; the second cell by cell, so that a slip in one shows in the other.
"""

import pytest

from counterpart.access.answers import Allowed, Denied, judge
from counterpart.access.kinds import DENIAL_REASONS, RELATION_KINDS
from counterpart.access.rules import ACTS, Ties

#                 raiser raising receiving supporter member pchair chair told manager data watcher unwatched
# Whoever watches a case does so in the manager's place. Who knows that nobody watches it sees nothing of it.
TABLE = """
see_case          yes   yes     yes       yes       yes    yes    yes   yes  yes     no   yes     no
see_receipt       yes   no      no        no        no     no     no    no   no      no   no      no
see_reads         no    yes     no        no        no     no     no    no   yes     yes  yes     no
record            yes   yes     yes       no        no     yes    no    no   no      no   no      no
escalate          yes   yes     yes       no        no     no     no    no   no      no   no      no
redirect          no    no      yes       no        no     no     no    no   yes     no   yes     no
resolve           yes   yes     yes       no        no     yes    no    no   no      no   no      no
confirm           yes   yes     yes       no        no     no     no    no   no      no   no      no
withdraw          yes   yes     no        no        no     no     no    no   no      no   no      no
reopen            yes   yes     yes       no        no     no     yes   no   yes     no   yes     no
tell              yes   yes     yes       no        no     no     no    yes  yes     no   yes     no
correct           yes   yes     yes       no        yes    yes    yes   no   yes     no   yes     no
set_limit         no    no      no        no        no     no     yes   no   yes     no   yes     no
convene_panel     no    no      no        no        no     no     yes   no   yes     no   yes     no
hear              no    no      no        no        yes    yes    yes   no   no      no   no      no
decide            no    no      no        no        yes    yes    yes   no   no      no   no      no
record_on_behalf  no    yes     yes       no        no     no     no    no   yes     no   yes     no
record_for_either no    no      no        no        no     no     no    no   yes     no   yes     no
reassign          no    no      no        no        no     no     no    no   yes     no   yes     no
move_edition      no    no      no        no        no     no     no    no   yes     no   yes     no
hand_on           no    yes     yes       no        no     no     yes   no   no      no   no      no
take_part         yes   yes     yes       no        no     yes    yes   no   yes     no   yes     no
for_raising       yes   yes     no        no        no     no     no    no   no      no   no      no
for_receiving     no    no      yes       no        no     no     no    no   no      no   no      no
for_each          yes   yes     yes       no        no     no     no    no   no      no   no      no
for_raiser        yes   no      no        no        no     no     no    no   no      no   no      no
for_partnership   no    no      no        no        no     no     yes   no   yes     no   yes     no
declare_tie       yes   yes     yes       yes       yes    yes    yes   yes  yes     no   yes     no
keep_out          no    no      no        no        no     no     yes   no   yes     no   yes     no
restrict          no    no      no        no        no     no     yes   no   yes     no   yes     no
place_record      yes   yes     yes       no        no     no     yes   no   yes     no   yes     no
take_advice       yes   yes     yes       no        no     no     no    no   no      no   no      no
carry_out         yes   yes     yes       no        no     no     yes   no   yes     no   yes     no
see_to_learning   yes   yes     yes       no        no     no     yes   yes  yes     no   yes     no
learn             yes   yes     yes       no        no     no     yes   no   yes     no   yes     no
keep_note         yes   yes     yes       no        no     no     no    no   no      no   no      no
protect           yes   yes     yes       no        yes    yes    yes   no   yes     no   yes     no
"""
KINDS = (
    "raiser",
    "raising_side",
    "receiving_side",
    "supporter",
    "panel_member",
    "panel_chair",
    "chair",
    "told",
    "business_manager",
    "data_protection",
    "watcher",
    "unwatched",
)
EXPECTED = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
DECIDING = {"set_limit", "convene_panel", "hear", "decide"}
FROM_OUTSIDE_BOTH = DECIDING | {
    "record_for_either",
    "move_edition",
    "for_partnership",
    "keep_out",
    "restrict",
}
ANN, BEA = "a" * 32, "b" * 32


def ties(*kinds: str, **given: object) -> Ties:
    """Someone with these relations, each by the post `post`."""
    return Ties(chain=(ANN,), relations=dict.fromkeys(kinds, "post"), **given)  # type: ignore[arg-type]  # a table


def test_both_tables_speak_of_the_same_acts_and_relations() -> None:
    assert set(ACTS) == set(EXPECTED)
    assert set(KINDS) == set(RELATION_KINDS)


@pytest.mark.parametrize("act", sorted(EXPECTED))
@pytest.mark.parametrize("kind", KINDS)
def test_each_relation_opens_the_acts_it_should_and_no_other(act: str, kind: str) -> None:
    expected = EXPECTED[act][KINDS.index(kind)] == "yes"
    assert judge(ACTS[act], [ties(kind)]).is_allowed is expected


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("reason", DENIAL_REASONS)
def test_someone_kept_out_can_do_nothing_whatever_their_relations(act: str, reason: str) -> None:
    answer = judge(ACTS[act], [ties(*KINDS, denials=(reason,))])
    assert answer == Denied("kept_out", "You are not to see this case.")


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_administrator_can_do_nothing_in_a_case(act: str) -> None:
    answer = judge(ACTS[act], [ties(*KINDS, is_administrator=True)])
    assert isinstance(answer, Denied)
    assert answer.reason == "administrator"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_party_decides_nothing_about_their_own_case(act: str) -> None:
    answer = judge(ACTS[act], [ties("chair", "panel_chair", "business_manager", was_party=True)])
    if act in FROM_OUTSIDE_BOTH:
        assert answer == Denied("party", "Someone on one of the two sides cannot also decide.")
    else:
        assert not isinstance(answer, Denied) or answer.reason != "party"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_outsider_is_told_only_that_there_is_nothing_for_them(act: str) -> None:
    answer = judge(ACTS[act], [ties()])
    assert isinstance(answer, Denied)
    assert answer.reason == "no_relation"


def test_cover_shows_in_the_basis_and_names_whom_it_is_for() -> None:
    for_bea = Ties(chain=(ANN, BEA), relations={"receiving_side": "desk"})
    answer = judge(ACTS["confirm"], [ties(), for_bea])
    assert answer == Allowed("receiving_side, by cover", "desk", BEA)


def test_ones_own_right_comes_before_a_right_by_cover() -> None:
    for_bea = Ties(chain=(ANN, BEA), relations={"raiser": None})
    assert judge(ACTS["record"], [ties("raising_side"), for_bea]) == Allowed("raising_side", "post")


def test_cover_of_someone_kept_out_gives_nothing() -> None:
    for_bea = Ties((ANN, BEA), {"raiser": None}, denials=("family_tie",))
    assert not judge(ACTS["see_case"], [ties(), for_bea]).is_allowed


def test_a_refusal_says_who_the_act_is_for() -> None:
    answer = judge(ACTS["withdraw"], [ties("told")])
    assert isinstance(answer, Denied)
    assert answer.words == "This is for the person who raised it or the raising side."
