"""Each act an example can tell of does what it says, and is refused with the engine's own reason."""

from tests.unit.rehearsal.kinds import failure, kinds, played

RAISED = "- {raised: 2026-11-02 09:00, by: school, with: [health]}\n"


def holds(story: str, *, posts: str = "{}") -> None:
    found = played(RAISED + story.strip(), policy=kinds(), posts=posts)
    assert found.failure is None
    assert found.held >= 1


def test_a_band_gives_the_limit() -> None:
    holds("""
- then: {also_due: {speak: {from: worker at school, by: no time}}}
- {band set: red}
- {band set: red, refused: same_band}
- then: {also_due: {speak: {from: worker at school, by: 2026-11-02 13:00}}}
""")


def test_approval_is_asked_refused_asked_again_and_given() -> None:
    holds("""
- {moved on: up, because: [at-risk], refused: needs_approval}
- {approval given: up, refused: not_asked}
- {approval asked: up}
- {approval refused: up}
- {moved on: up, because: [at-risk], refused: approval_refused}
- {approval asked: up}
- {approval given: up}
- {moved on: up, refused: not_affirmed}
- {moved on: up, because: [at-risk]}
- then: {stage: meet}
""")


def test_a_jump_needs_a_reason_and_goes_from_where_the_case_is() -> None:
    holds("""
- {moved on: at-once, no reason: true, refused: no_reason}
- {moved on: at-once}
- then: {stage: meet}
""")


def test_what_follows_from_a_missed_time_happens_as_the_story_goes_past_it() -> None:
    holds("""
- {time passes to: end of 2026-11-04}
- then: {stage: talk}
- {time passes to: 2026-11-05 09:00}
- then: {stage: meet}
""")


def test_a_missed_time_takes_effect_before_a_later_act() -> None:
    holds("""
- {recorded: reply, at: 2026-11-06 09:00, refused: another_stage}
- then: {stage: meet}
""")


def test_somebody_must_be_satisfied_before_it_is_settled() -> None:
    holds("""
- {recorded: speak, with: health, result: agreed}
- {outcome written: 2026-11-02 12:00, refused: not_settled}
- {not satisfied: speak}
- {recorded: speak, with: health, result: agreed}
- {satisfied: speak}
- then: {also_due: {write-outcome: {from: worker at school, by: no time}}}
""")


def test_the_written_outcome_has_a_lead_and_actions_that_are_then_due() -> None:
    holds("""
- {recorded: speak, with: health, result: agreed}
- {satisfied: speak}
- {outcome written: 2026-11-02 14:00, no lead: true, refused: no_lead}
- {outcome written: 2026-11-02 14:00, actions: {new-plan: health by 2026-11-20}}
- {confirmed by: school}
- {confirmed by: health}
- then:
    status: closed
    ending: agreed
    due:
      action: {from: health, by: end of 2026-11-20}
      debrief: {from: manager at school, by: end of 2026-11-09}
- {action done: new-plan}
- {recorded: debrief}
- then: {due: {}}
""")


def test_a_lead_is_named_by_role() -> None:
    holds("""
- {recorded: speak, with: health, result: agreed}
- {satisfied: speak}
- {outcome written: 2026-11-02 14:00, lead: worker at health}
- then: {status: open}
""")


def test_a_time_is_agreed_by_each_agency() -> None:
    holds("""
- {time agreed: plan-it, by: health, refused: no_offer}
- {time set: plan-it, to: 2026-11-03 12:00}
- {time agreed: plan-it, by: health}
- then: {also_due: {plan-it: {from: worker at school, by: 2026-11-03 12:00}}}
""")


def test_one_role_sets_the_time() -> None:
    holds("""
- {moved on: at-once}
- {time set: meeting, to: 2026-11-10 12:00}
- then: {also_due: {meeting: {from: manager at school, by: 2026-11-10 12:00}}}
""")


def test_a_date_from_outside_starts_a_duty() -> None:
    holds("""
- {moved on: at-once}
- {date given: conference, on: 2026-11-20}
- {date given: conference, on: 2026-11-20, refused: same_date}
- then: {also_due: {before-it: {from: manager at school, by: 2026-11-20 00:00}}}
""")


def test_a_way_out_may_end_the_case() -> None:
    holds("""
- {left by: officer}
- then: {status: left, due: {}}
""")


def test_a_track_is_the_one_for_what_it_is_about_or_the_one_the_line_says() -> None:
    begin = "raised: 2026-11-02 09:00, by: school, with: [health]"
    for line, stage in (
        (f"- {{{begin}, grounds: [plan]}}", "meet"),
        (f"- {{{begin}, track: short}}", "meet"),
        (f"- {{{begin}, grounds: [referral], checked: [written], about: unborn child}}", "talk"),
    ):
        assert failure(f"{line}\n- then: {{stage: {stage}}}", policy=kinds()) == ""
    wrong = f"- {{{begin}, grounds: [plan], track: long, refused: another_track}}"
    assert failure(wrong, policy=kinds()) == ""


def test_a_role_with_two_posts_has_nobody_until_one_is_named() -> None:
    holds(
        """
- {recorded: speak, with: health, result: not_agreed, by: worker at school}
- {moved on: at-once}
- then: {also_due: {meeting: {from: manager at school, by: no time, nobody: not named}}}
- {named: manager at school}
- then: {also_due: {meeting: {from: manager at school, by: no time}}}
""",
        posts="{several: [manager at school]}",
    )


def test_what_is_written_down_later_happened_when_it_happened() -> None:
    holds("""
- {recorded: speak, with: health, result: not_agreed, at: 2026-11-02 10:00, written: 2026-11-03 09:00}
- {recorded: plan-it, at: 2026-11-02 11:00, written: 2026-11-03 09:30}
- then: {stage: talk}
""")


def test_a_step_for_any_stage_is_recorded_at_any() -> None:
    holds("""
- {recorded: require-meeting, by: health}
- {moved on: at-once}
- {recorded: require-meeting, by: health}
- {recorded: debrief, refused: not_ended}
- then: {stage: meet}
""")


def test_who_is_told_is_asked_of_all_that_a_line_brings_about() -> None:
    holds("""
- {time passes to: 2026-11-05 09:00}
- then: {told: [manager at school], not_told: [worker at health]}
""")


def test_a_question_is_asked_acknowledged_and_answered() -> None:
    holds("""
- {information asked: health, wanted by: 2026-11-06}
- then:
    also_due:
      acknowledge: {from: worker at health, by: no time}
      answer: {from: worker at health, by: end of 2026-11-06}
- {question acknowledged by: health}
- {question acknowledged by: health, refused: already_acknowledged}
- {question answered by: health}
- {question answered by: health, refused: no_such_question}
- {information asked: school, by: health}
- {answer refused by: school}
- then: {not_told: [raiser], told: [worker at health]}
""")


def test_a_meeting_is_required_arranged_and_held() -> None:
    holds("""
- {meeting required: plan-it, by: police}
- {times put forward: plan-it, times: [2026-11-05 09:00, 2026-11-06 09:00]}
- then: {also_due: {times_answer: {from: worker at health, by: no time}}}
- {times answered: plan-it, by: health, times: 2026-11-05 09:00}
- {meeting arranged: plan-it, for: 2026-11-05 09:00}
- {recorded: plan-it, result: not_held, refused: still_required}
- {recorded: plan-it, apologies: [health]}
- {meeting called off: plan-it, refused: no_such_meeting}
- {meeting required: plan-it}
- {recorded: plan-it, apologies: [health], absent: [school], refused: nobody_came}
- {meeting called off: plan-it}
""")


def test_more_time_is_asked_refused_asked_again_and_agreed() -> None:
    holds("""
- {more time agreed: reply, by: health, refused: no_such_request}
- {more time asked: reply, until: end of 2026-11-09}
- then: {also_due: {extension: {from: worker at health, by: no time}}}
- {more time not agreed: reply, by: health}
- {more time asked: reply, by: health, about: health, until: end of 2026-11-09}
- {more time agreed: reply, about: health, by: school}
- then: {also_due: {reply: {from: worker at health, by: end of 2026-11-09}}}
- {more time asked: plan-it, until: end of 2026-11-09, refused: no_time}
""")


def test_risk_that_remains_is_stated_and_answered() -> None:
    holds("""
- {still at risk: true, refused: not_settled_then}
- {recorded: speak, with: [health], result: agreed}
- {satisfied: speak, by: manager at school}
- then: {also_due: {remaining_risk: {from: worker at school, by: no time}}}
- {still at risk: true}
- {risk answered: 2026-11-02 16:00}
- {risk answered: 2026-11-02 17:00, refused: already_answered}
""")


def test_nobody_is_told_of_what_was_refused() -> None:
    holds("""
- {approval given: up, refused: not_asked}
- then: {not_told: [worker at health]}
""")
