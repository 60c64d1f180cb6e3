"""Who is owed word of what has just happened, and who is not told twice."""

from dataclasses import replace

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.notices import ENDED, LETTER, NEW_DUTY, NEW_ENTRY, POLICY_GAP, Notice
from counterpart.journal.codec import CODEC
from counterpart.policy.loading import load_policy
from tests.casebook import POLICIES, Case, a_step, acting, at_stage_two, settled
from tests.fakes import SCHOOL, SOCIAL_CARE, a_directory

CHAIR = "partnership-independent_chair"


def test_a_gap_in_policy_is_brought_to_the_chair() -> None:
    case = at_stage_two()
    told = case.notices_of(e.PolicyGapReported())
    assert [n.post for n in told if n.kind == POLICY_GAP] == [CHAIR]


def test_every_record_is_shared_with_the_other_side_and_the_person_who_raised_it() -> None:
    case = at_stage_two()
    talk = a_step("workers-discuss", "not_agreed", SOCIAL_CARE)
    told = case.notices_of(talk, by=acting(SOCIAL_CARE, "social-worker"))
    entries = [n for n in told if n.kind == NEW_ENTRY]
    assert "teacher" in {n.person for n in entries}
    assert "school-practitioner" in {n.post for n in entries}


def test_whoever_acted_is_not_told_of_their_own_entry() -> None:
    case = at_stage_two()
    told = case.notices_of(a_step("workers-discuss", "not_agreed", SOCIAL_CARE))
    assert all(n.person != "teacher" for n in told)
    assert all(n.post != "school-practitioner" for n in told if n.kind == NEW_ENTRY)


def test_a_new_duty_is_told_once_to_its_post() -> None:
    case = settled()
    told = case.notices_of(case.outcome())
    duties = [(n.clock, n.post) for n in told if n.kind == NEW_DUTY]
    assert ("confirm-outcome", "school-practitioner") in duties
    assert ("confirm-outcome", "social-care-practitioner") in duties
    assert len(duties) == len(set(duties)) == 2


def test_the_end_is_told_as_an_end() -> None:
    case = settled().proposes().confirms(SCHOOL)
    told = case.notices_of(case.confirmation(SOCIAL_CARE), by=acting(SOCIAL_CARE, "social-worker"))
    assert {n.kind for n in told} == {ENDED}
    assert "teacher" in {n.person for n in told}


def test_nobody_is_picked_by_chance_to_be_told_of_an_entry() -> None:
    directory = a_directory().with_second("social-care-practitioner")
    case = at_stage_two(directory=directory)
    told = case.notices_of(a_step("workers-discuss", "not_agreed", SOCIAL_CARE))
    assert not [n for n in told if n.post and n.post.startswith("social-care")]


def a_letter() -> e.StepRecorded:
    return e.StepRecorded(
        step=Code("email"), how=Code("email"), result=Code("done"), letter_to=Id(CHAIR)
    )


def at_bexley() -> Case:
    policy = load_policy((POLICIES / "bexley" / "policy.yaml").read_bytes())
    return Case(policy, grounds=("managing-risk",))


def test_a_letter_is_told_to_its_addressee_as_the_policy_marks_and_addresses_it() -> None:
    (told,) = [n for n in at_bexley().notices_of(a_letter()) if n.kind == LETTER]
    marked = "For the attention of the Independent Chair"
    assert told == Notice(LETTER, told.about, post=Id(CHAIR), marked=marked,
                          addressee="Independent Chair", address="bscb@bexley.gov.uk")  # fmt: skip


def test_a_letter_that_somebody_sent_themselves_is_told_to_nobody() -> None:
    told = at_bexley().notices_of(replace(a_letter(), letter_to=None))
    assert not [n for n in told if n.kind == LETTER]


def test_a_step_recorded_before_letters_were_sent_from_here_reads_as_none_sent() -> None:
    kept = '{"agencies":[],"how":"email","posts":[],"result":"done","step":"email"}'
    assert CODEC.decode("step_recorded", 1, kept) == replace(a_letter(), letter_to=None)
