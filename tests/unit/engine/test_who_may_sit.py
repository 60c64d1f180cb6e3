"""Why somebody may not sit on a panel, and a panel that may no longer decide; its papers and its meetings."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from counterpart.engine import events as e
from counterpart.engine.asking import Refusal
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.panels import member_reasons, panel_reasons
from counterpart.journal.codec import CODEC
from tests.casebook import Case, at_panel, members
from tests.fakes import HEALTH, POLICE, SCHOOL, SOCIAL_CARE, FakeDirectory, a_directory

PANEL = Code("resolution-panel")
SITTING = members((SCHOOL, "member"), (SOCIAL_CARE, "member"), (POLICE, "chair"))
CONVENED = e.PanelConvened(panel=PANEL, members=SITTING, meets_at=at_panel().now)
DECIDED = e.PanelDecided(panel=PANEL, authority=Code("binding"), why_early=Words("W."))


def codes(case: Case, member: e.Member, directory: FakeDirectory | None = None) -> list[str]:
    found = member_reasons(case.policy, case.state, PANEL, member, directory=directory)
    return [reason.code for reason in found]


def by_post(post: str, agency: str = POLICE, person: str | None = None) -> e.Member:
    who = Id(person) if person else None
    return e.Member(post=Id(post), agency=Id(agency), person=who, part=Code("member"))


def heard() -> Case:
    case = at_panel().does(CONVENED)
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    return case


def test_each_refusal_of_a_member_has_its_reason() -> None:
    case, whole = at_panel(), a_directory()
    assert codes(case, by_post("police-board_representative"), whole) == []
    assert codes(case, by_post("another", person="teacher")) == ["party_decides"]
    assert codes(case, by_post("school-practitioner", SCHOOL)) == ["party_decides"]
    assert codes(case, by_post("nowhere"), whole) == ["no_such_post"]
    vacant = a_directory().with_vacant("police-board_representative")
    assert codes(case, by_post("police-board_representative"), vacant) == ["vacant"]
    gone = by_post("police-board_representative", person="somebody-else")
    assert codes(case, gone, whole) == ["left_post"]


def test_somebody_who_holds_a_post_that_spoke_may_not_sit_by_another() -> None:
    case, whole = at_panel(), a_directory()
    post = whole.post(Id("school-practitioner"))
    assert post is not None
    also = by_post("police-board_representative", person=post.holders[0].person)
    assert codes(case, also, whole)[0] == "party_decides"


def test_the_whole_and_each_member_are_weighed_together() -> None:
    case = at_panel()
    spoke = by_post("school-practitioner", SCHOOL)
    weighed = panel_reasons(case.policy, case.state, PANEL, (*SITTING[:1], spoke))
    assert [[r.code for r in one] for one in weighed.members] == [[], ["party_decides"]]
    assert [r.code for r in weighed.whole] == ["too_few_agencies", "no_chair", "why_party_missing"]
    assert weighed.first is not None
    assert weighed.first.code == "too_few_agencies"


def test_where_the_policy_asks_it_each_member_says_first_that_they_have_no_conflict() -> None:
    case = at_panel()
    panel = case.policy.panels[PANEL]
    asks = replace(panel, composition=replace(panel.composition, declares_conflicts=True))
    case.policy = replace(case.policy, panels=MappingProxyType({PANEL: asks}))
    assert case.is_refused(CONVENED) == "conflicts_not_declared"
    case.does(replace(CONVENED, are_clear=True))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    case.does(DECIDED)  # it is not asked of them again


def test_somebody_barred_for_what_only_the_installation_knows_has_that_reason() -> None:
    case, member = at_panel(), SITTING[2]
    near = Refusal("too_close", "They are family.")
    assert member.person is not None
    weighed = panel_reasons(case.policy, case.state, PANEL, SITTING, barred={member.person: near})
    assert weighed.members == ((), (), (near,))


def test_a_member_who_is_kept_from_the_case_since_does_not_decide_on_it() -> None:
    case = heard()
    person = SITTING[2].person
    assert person is not None
    case.does(e.PersonKeptOut(person=person, reason=Code("declared_conflict")))
    refusal = case.tries(DECIDED)
    assert refusal is not None
    assert refusal.code == "kept_out"
    assert "Convene the panel anew" in refusal.words
    anew = members((SCHOOL, "member"), (SOCIAL_CARE, "member"), (HEALTH, "chair"))
    case.does(replace(CONVENED, members=anew))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    assert case.is_refused(DECIDED) is None


def test_a_member_who_has_become_a_party_since_does_not_decide() -> None:
    case = heard()
    seat = e.SeatTaken(body=SCHOOL, role=Code("senior"), post=SITTING[0].post)
    case.does(e.SeatNamed(seat=seat, cause=Code("named")))
    assert case.is_refused(DECIDED) == "party_decides"
    other = e.SeatTaken(body=SCHOOL, role=Code("senior"), post=Id("school-operations_manager"))
    case.does(e.SeatNamed(seat=other, cause=Code("named")))
    assert case.is_refused(DECIDED) == "party_decides"  # having been a party is remembered


def test_the_papers_are_the_record_as_it_stood_when_the_panel_was_convened() -> None:
    case = at_panel()
    version = case.state.version
    case.does(CONVENED)
    assert case.state.panel is not None
    assert case.state.panel.papers_at == version
    assert case.is_refused(replace(CONVENED, papers_at=version)) == "changed_since"


def test_a_panel_may_meet_as_often_as_it_needs_and_it_may_be_written_down_later() -> None:
    case = at_panel()
    met = e.PanelMet(panel=PANEL, came=(SITTING[0].post, SITTING[2].post))
    assert case.is_refused(met) == "not_convened"
    case = heard().does(met).does(met)
    assert [one.came for one in case.state.endings.meetings] == [met.came, met.came]
    case.does(DECIDED)
    case.does(met)
    assert len(case.state.endings.meetings) == 3


@pytest.mark.parametrize(
    ("came", "reason"),
    [
        ((), "nobody_came"),
        (("nobody",), "no_such_member"),
        ((SITTING[0].post,) * 2, "no_such_member"),
    ],
)
def test_only_members_come_to_its_meeting(came: tuple[str, ...], reason: str) -> None:
    met = e.PanelMet(panel=PANEL, came=tuple(map(Id, came)))
    assert heard().is_refused(met) == reason


def test_the_person_who_raised_it_is_told_what_was_decided() -> None:
    case = heard()
    told = case.notices_of(DECIDED, by=case.actor_at(SOCIAL_CARE, "worker"))
    assert "teacher" in {notice.person for notice in told}


def test_a_panel_convened_before_papers_were_fixed_reads_as_one_without_them() -> None:
    kept = '{"meets_at":"2026-11-02T09:00:00Z","members":[],"panel":"resolution-panel"}'
    found = CODEC.decode("panel_convened", 1, kept)
    assert found == e.PanelConvened(panel=PANEL, members=(), meets_at=found.meets_at)
    assert found.papers_at == 0


def test_a_text_written_before_it_was_said_how_issues_are_followed_reads_as_none_said() -> None:
    kept = '{"actions":[],"basis":"agreement","lead":null,"number":1}'
    words = {"outstanding": '["One"]'}
    text = CODEC.decode("outcome_proposed", 1, kept, words)
    assert text == e.OutcomeProposed(number=1, basis=Code("agreement"), outstanding=("One",))  # type: ignore[arg-type]  # words
