"""How far each case of the demonstration has come, and how long ago it began.

Each journey is a few lines that read like what happened. `PLAN` is the whole demonstration: how
many days ago, which situation, which journey; the last of them are the ones worth showing.
"""

from __future__ import annotations

from collections.abc import Callable

from counterpart.casework.demonstration.stories import Story

Journey = Callable[[Story], None]

PANEL = ("Babatunde Ojo", "Simon Achebe", "Olwen Price", "Ian Calloway")
PANEL_WITHOUT_CARE = ("Babatunde Ojo", "Olwen Price", "Hilary Nash")


def just_raised(story: Story) -> None:
    story.raise_()


def talking_to_manager(story: Story) -> None:
    just_raised(story)
    story.consult()


def with_the_workers(story: Story) -> None:
    talking_to_manager(story)
    story.to_workers()


def workers_disagree(story: Story) -> None:
    with_the_workers(story)
    story.discuss("not_agreed")


def nobody_could_speak(story: Story) -> None:
    with_the_workers(story)
    story.discuss("not_held", late_by=1)


def with_the_managers(story: Story) -> None:
    workers_disagree(story)
    story.to_managers()


def managers_partly_agree(story: Story) -> None:
    with_the_managers(story)
    story.take_advice()
    story.discuss("partly")


def with_the_seniors(story: Story) -> None:
    managers_partly_agree(story)
    story.to_seniors()


def seniors_disagree(story: Story) -> None:
    with_the_seniors(story)
    story.discuss("not_agreed")


def waiting_for_a_panel(story: Story) -> None:
    seniors_disagree(story)
    story.to_panel()


def panel_called(story: Story) -> None:
    waiting_for_a_panel(story)
    story.convene(PANEL)


def panel_decided(story: Story) -> None:
    waiting_for_a_panel(story)
    story.convene(PANEL)
    story.hear_everyone()
    story.panel_meets()
    story.decide()


def panel_accepted(story: Story) -> None:
    panel_decided(story)
    story.confirm("raising")
    story.confirm("receiving", days=1)
    story.is_safe_now()
    story.finish_action()


def panel_learned_from(story: Story) -> None:
    panel_accepted(story)
    story.place("raising")
    story.place("receiving")
    point = story.learn()
    story.refer(point)
    story.talk_over()
    story.see_to(point)


def panel_with_dissent(story: Story) -> None:
    panel_decided(story)
    story.confirm("raising")
    story.dissent("receiving")
    story.confirm_rest()
    story.finish_action(days=5)


def agreed_by_workers(story: Story) -> None:
    with_the_workers(story)
    story.discuss("agreed")
    story.write_outcome()
    story.confirm("raising")
    story.confirm("receiving", days=1)
    story.is_safe_now()
    story.finish_action()


def agreed_by_managers(story: Story) -> None:
    with_the_managers(story)
    story.discuss("agreed")
    story.write_outcome()
    story.confirm("raising")
    story.confirm("receiving")
    story.is_safe_now()
    story.finish_action(days=6)


def agreed_by_seniors(story: Story) -> None:
    with_the_seniors(story)
    story.discuss("agreed")
    story.write_outcome()
    story.confirm("raising")
    story.confirm("receiving")
    story.is_safe_now()
    story.finish_action(days=8)


def agreed_and_learned_from(story: Story) -> None:
    agreed_by_managers(story)
    story.place("raising")
    story.place("receiving")
    story.learn()


def waiting_for_confirmation(story: Story) -> None:
    with_the_workers(story)
    story.discuss("agreed")
    story.write_outcome()
    story.confirm("raising")


def dissenting(story: Story) -> None:
    with_the_managers(story)
    story.discuss("agreed")
    story.write_outcome()
    story.confirm("raising")
    story.dissent("receiving")


def withdrawn(story: Story) -> None:
    with_the_workers(story)
    story.withdraw()


def reopened(story: Story) -> None:
    agreed_by_workers(story)
    story.reopen(days=12)


def at_immediate_risk(story: Story) -> None:
    story.raise_(urgent=story.s.unsafe)
    story.tell_lead()


def with_a_shorter_time(story: Story) -> None:
    with_the_workers(story)
    story.protect_by(hours=30)


def for_another_agency(story: Story) -> None:
    with_the_workers(story)
    story.redirect("mental")


def with_a_gap(story: Story) -> None:
    agreed_by_workers(story)
    story.report_gap()


def with_a_correction(story: Story) -> None:
    workers_disagree(story)
    story.correct_last()


ENDED: tuple[Journey, ...] = (
    agreed_by_workers, agreed_by_managers, agreed_by_workers, with_a_gap, agreed_by_seniors,
    agreed_by_workers, withdrawn, agreed_by_managers, panel_accepted, agreed_by_workers,
    agreed_by_managers, panel_with_dissent, agreed_by_workers, agreed_by_seniors,
)  # fmt: skip

SHOWN: tuple[tuple[int, int, Journey], ...] = (
    (0, 3, at_immediate_risk),
    (0, 0, just_raised),
    (1, 9, just_raised),
    (1, 5, talking_to_manager),
    (1, 10, with_the_workers),
    (2, 6, with_the_workers),
    (2, 7, with_the_workers),
    (2, 0, with_a_shorter_time),
    (2, 11, for_another_agency),
    (3, 1, workers_disagree),
    (3, 10, nobody_could_speak),
    (3, 2, with_a_correction),
    (3, 8, with_the_managers),
    (4, 4, waiting_for_confirmation),
    (4, 11, waiting_for_confirmation),
    (4, 7, managers_partly_agree),
    (4, 10, with_the_managers),
    (4, 1, with_the_seniors),
    (4, 3, seniors_disagree),
    (5, 5, dissenting),
    (8, 9, waiting_for_a_panel),
    (10, 6, panel_called),
    (13, 0, with_the_workers),
    (15, 0, panel_decided),
    (26, 4, reopened),
    (29, 0, agreed_and_learned_from),
    (61, 1, panel_learned_from),
)
"""(days ago, situation, journey) of the cases that are open, and of two that ended a short time ago."""


def plan() -> tuple[tuple[int, int, Journey], ...]:
    """Every case of the demonstration, the oldest first: about two a month, then those shown."""
    ended = [
        (360 - i * 320 // (2 * len(ENDED)), (i * 5) % 12, ENDED[i % len(ENDED)])
        for i in range(2 * len(ENDED))
    ]
    return tuple(sorted([*ended, *SHOWN], key=lambda case: -case[0]))
