"""What the machine of `test_engine` may propose to a case, true or not: any event of its course."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.policy.model import Policy
from tests.casebook import members
from tests.fakes import HEALTH, PARTNERSHIP, POLICE, SCHOOL, SOCIAL_CARE
from tests.property import between, endings, gates

HOUSING = Id("housing")
OTHERS = (SOCIAL_CARE, HEALTH, POLICE)
EVERYONE = (SCHOOL, *OTHERS, HOUSING)
WORDS_NOBODY_USES = ("", "no-such", "ünïcode", "x" * 200)


def names(policy: Policy, of: str) -> st.SearchStrategy[Code]:
    known = [*getattr(policy, of), *WORDS_NOBODY_USES]
    return st.sampled_from(known).map(Code)


agency = st.sampled_from(EVERYONE)
some_agencies = st.lists(agency, max_size=4).map(tuple)
results = st.sampled_from(["agreed", "partly", "not_agreed", "not_held", "done", "?"]).map(Code)
instants = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  Hypothesis adds the time zone itself
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))
numbers = st.integers(min_value=-1, max_value=6)
codes = st.sampled_from(["agreement", "decision", "binding", "recommendation", "x"]).map(Code)
actions = st.lists(
    st.builds(
        e.Action,
        id=st.sampled_from(["a1", "a2"]).map(Id),
        agency=agency,
        post=st.none() | st.just(Id("school-line_manager")),
        due_on=days,
    ),
    max_size=2,
).map(tuple)
panel_members = st.lists(st.tuples(agency, st.sampled_from(["chair", "member"])), max_size=5).map(
    lambda seats: members(*seats)
)


def silly(policy: Policy) -> st.SearchStrategy[Any]:
    """Any event somebody could propose, true or not."""
    stages = names(policy, "stages")
    seats = st.builds(
        e.SeatTaken,
        body=agency | st.just(PARTNERSHIP),
        role=names(policy, "roles") | st.just(Code("supporter")),
        post=st.none() | st.just(Id("school-line_manager")),
    )
    return st.one_of(
        gates.silly(policy),
        between.silly(policy),
        endings.silly(policy),
        st.builds(e.ImmediateRiskReported),
        st.builds(
            e.StepRecorded,
            step=names(policy, "steps"),
            how=st.just(Code("letter")),
            result=results,
            agencies=some_agencies,
        ),
        st.builds(e.LimitSet, clock=names(policy, "clocks"), due_at=instants),
        st.builds(
            e.MovedOn,
            way=names(policy, "ways_on"),
            from_stage=stages,
            to_stage=stages,
            seats=st.lists(seats, max_size=2).map(tuple),
        ),
        st.builds(e.SeatNamed, seat=seats, cause=st.just(Code("named"))),
        st.builds(e.PartyRedirected, from_agency=agency, to=st.builds(e.Party, agency=agency)),
        st.builds(e.OutcomeProposed, number=numbers, basis=codes, actions=actions),
        st.builds(e.OutcomeConfirmed, number=numbers, agency=agency),
        st.builds(e.OutcomeDissented, number=numbers, agency=agency),
        st.builds(e.ActionDone, action=st.sampled_from(["a1", "a2", "a3"]).map(Id)),
        st.builds(
            e.PanelConvened,
            panel=names(policy, "panels"),
            members=panel_members,
            meets_at=instants,
            are_clear=st.booleans(),
        ),
        st.builds(e.RepresentationHeard, agency=agency, how=st.just(Code("declined"))),
        st.builds(e.PanelDecided, panel=names(policy, "panels"), authority=codes),
        st.builds(e.PolicyGapReported),
        st.builds(e.EntryCorrected, entry=st.sampled_from(["entry-1", "entry-9", ""]).map(Id)),
        st.builds(e.CaseWithdrawn),
        st.builds(e.CaseReopened, stage=stages),
    )
