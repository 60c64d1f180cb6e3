"""What is held of the London and Bromley texts is small, honest, and runs by itself.

Neither text is held: each file has only what one setting's policy says of it.
"""

from __future__ import annotations

import pytest

from counterpart.policy.loading import load_policy, read_policy
from counterpart.policy.model import Policy
from counterpart.rehearsal.examples import play, read_examples
from counterpart.worktime import AsSoonAsPossible, NotStated, WorkingWeeks
from tests.casebook import POLICIES


def of(area: str) -> Policy:
    folder = POLICIES / area
    return load_policy(
        (folder / "policy.yaml").read_bytes(), read=lambda path: (folder / path).read_bytes()
    )


@pytest.fixture
def london() -> Policy:
    return of("london")


@pytest.fixture
def bromley() -> Policy:
    return of("bromley")


def test_london_stands_alone_and_has_only_the_week_between_the_professionals(
    london: Policy,
) -> None:
    assert london.layers == ()
    assert list(london.stages) == ["professionals"]
    stated = {
        limit
        for clock in london.clocks.values()
        for limit in clock.limit.fixed
        if not isinstance(limit, NotStated)
    }
    assert stated == {AsSoonAsPossible(), WorkingWeeks(1)}


def test_bromley_adds_the_partnerships_own_stage_and_no_time(
    london: Policy, bromley: Policy
) -> None:
    assert [layer.id for layer in bromley.layers] == ["london-procedures"]
    assert list(bromley.stages) == ["professionals", "seniors", "partnership", "panel", "liaison"]
    added = [bromley.clocks[name] for name in bromley.clocks if name not in london.clocks]
    assert {limit for clock in added for limit in clock.limit.fixed} == {
        NotStated("source not held")
    }


@pytest.mark.parametrize("area", ["london", "bromley"])
def test_what_is_not_held_is_said_to_be_not_held(area: str) -> None:
    policy = of(area)
    not_held = [silence for silence in policy.silences if silence.why.startswith("Source not held")]
    assert len(not_held) >= 4
    assert all(stage.number == "" for stage in policy.stages.values())
    assert "As cited by" in policy.label


@pytest.mark.parametrize("area", ["london", "bromley"])
def test_every_quotation_is_also_held_by_the_setting_that_makes_it(area: str) -> None:
    setting = of("ready-steady-grow")
    for name, clause in of(area).clauses.items():
        held = setting.clauses[name]
        assert (held.title, held.quote) == (clause.title, clause.quote)
        assert held.layer == (clause.layer or of(area).id)


def test_the_setting_is_made_of_three_files_nearest_first() -> None:
    folder = POLICIES / "ready-steady-grow"
    loaded = read_policy(
        (folder / "policy.yaml").read_bytes(), read=lambda path: (folder / path).read_bytes()
    )
    assert len(loaded.sources) == 3
    assert [source.split("/")[-2:] for source in loaded.sources[1:]] == [
        ["bromley", "policy.yaml"],
        ["london", "policy.yaml"],
    ]


STORIES = b"""
format: 1
policy: policy.yaml
examples:
  - name: london
    story:
      - {raised: 2026-11-02 09:00, by: school, with: [social-care]}
      - then:
          due:
            professionals-discuss: {from: worker at school, by: no time}
            week-between-professionals: {from: worker at school, by: end of 2026-11-09}
      - {recorded: professionals-discuss, with: [social-care], result: not_agreed}
      - then:
          due:
            professionals-discuss: {from: worker at school, by: no time}
            week-between-professionals: {from: worker at school, by: end of 2026-11-09}
      - {recorded: professionals-discuss, with: [social-care], result: agreed}
      - {outcome written: 2026-11-04 09:00}
      - {confirmed by: school}
      - {confirmed by: social-care}
      - then: {status: closed, due: {}}
  - name: bromley
    story:
      - {raised: 2026-11-02 09:00, by: school, with: [social-care]}
      - {recorded: professionals-discuss, with: [social-care], result: not_agreed}
      - {moved on: to-management}
      - {recorded: seniors-convene, with: [social-care], result: not_agreed}
      - {moved on: to-partnership}
      - then:
          stage: partnership
          due:
            partnership-chooses: {from: business-manager at partnership, by: no time}
      - {moved on: to-liaison}
      - {recorded: liaise, with: [social-care], result: agreed}
      - {outcome written: 2026-11-12 09:00}
      - {confirmed by: school}
      - {confirmed by: social-care}
      - then:
          status: closed
          due:
            consider-learning-review: {from: business-manager at partnership, by: no time}
      - {recorded: consider-learning-review, result: not_needed}
      - then: {due: {}}
"""


@pytest.mark.parametrize("area", ["london", "bromley"])
def test_a_base_can_be_run_by_itself_to_its_end(area: str) -> None:
    story = next(one for one in read_examples(STORIES).examples if one.name == area)
    played = play(story, of(area))
    assert played.failure is None
    assert played.held >= 3
