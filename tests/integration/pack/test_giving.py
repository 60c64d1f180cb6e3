"""A pack holds what the person it is for may see, leaves out what they choose, and is a look at the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from counterpart.access.answers import Allowed
from counterpart.access.permission import can
from counterpart.access.reading import reads_of
from counterpart.casework import acts, keeping
from counterpart.casework.casefile import open_case
from counterpart.engine import events as e
from counterpart.pack.asking import CannotMake, PackAsked
from counterpart.pack.content import Content
from counterpart.pack.giving import PDF, WORD, content_for, give
from counterpart.pack.redacting import PEOPLE, fields_of
from counterpart.telling.dates import day, moment
from tests.packs import every_byte, text_of
from tests.town import CHAIR, RAISER, SITTING, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

NOTE = "We think that the visit was put off twice."
DETAIL = "The neighbour at number nine."
DISPUTE = "The referral was closed without a visit."


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def story(place: Town) -> Story:
    return Story(place).raised()


def allowed(story: Story, who: str) -> Allowed:
    answer = can(story.town.people[who], "see_case", story.case, story.now)
    assert isinstance(answer, Allowed)
    return answer


def content(story: Story, who: str = RAISER, **asked: Any) -> Content:
    given = (story.case, story.town.people[who], allowed(story, who), PackAsked(**asked))
    return content_for(*given, story.now)


def pack(story: Story, who: str = RAISER, kind: str = PDF, **asked: Any) -> bytes:
    return give(
        case=story.case,
        person=story.town.people[who],
        allowed=allowed(story, who),
        asked=PackAsked(**asked),
        kind=kind,
        now=story.now,
    ).content


def entry_of(story: Story, kind: type) -> Any:
    entries = open_case(story.case, story.now).entries
    return next(one for one in entries if isinstance(one.recorded.event, kind))


# --- what it holds --------------------------------------------------------------------------------


def test_the_whole_case_tells_all_that_happened_in_order_of_when_it_happened(story: Story) -> None:
    story.records("consult-manager", "done", happened_at=story.now - timedelta(days=3))
    told = content(story)
    assert [one.number for one in told.entries] == [1, 2]
    assert told.entries[0].title == "Talk to your supervisor or manager"
    assert told.entries[0].happened == "Friday 30 October 2026 at 9am"
    assert told.entries[0].written == "down on Monday 2 November 2026 at 10am"
    assert told.entries[1].written == "down at once"
    assert dict(told.facts)["Policy"].startswith("Inter-Agency Escalation Policy")


def test_one_stage_tells_what_was_written_while_the_case_was_there(story: Story) -> None:
    story.to_managers().records("managers-discuss", "not_agreed", "school.line_manager")
    stages = [visit.stage for visit in story.state.visits]
    told = content(story, part="stage", stage=stages[1])
    assert [one.title for one in told.entries] == [
        "Went on to Stage Two: Speak to the worker in the other agency",
        "Speak to the worker in the other agency, by telephone or face to face",
    ]
    whole = [len(content(story, part="stage", stage=one).entries) for one in stages]
    assert sum(whole) == len(content(story).entries)


def test_one_stage_tells_nothing_of_what_came_after_it(story: Story) -> None:
    story.to_panel().convened().heard().decided()
    *before, panel = [visit.stage for visit in story.state.visits]
    for stage in before:
        told = content(story, CHAIR, part="stage", stage=stage)
        assert (told.outcome, told.panel, told.duties) == (None, (), ())
        assert told.concern
    told = content(story, CHAIR, part="stage", stage=panel)
    assert told.outcome
    assert told.panel
    assert told.duties


def test_a_stage_that_was_not_reached_is_refused(story: Story) -> None:
    with pytest.raises(CannotMake, match="did not come to that stage"):
        content(story, part="stage", stage="panel")


def test_the_outcome_statement_tells_who_confirmed_and_when(story: Story) -> None:
    story.settled().confirmed("care")
    told = content(story, part="outcome")
    assert told.entries == () == told.duties
    assert told.outcome is not None
    answers = {one.agency: (one.answer, bool(one.when)) for one in told.outcome.answers}
    assert answers == {
        "Oakfield Primary School": ("No answer yet", False),
        "Northmere Children’s Social Care": ("Confirmed in writing", True),
    }
    assert told.concern[0][0] == "Who it is about"


def test_nothing_is_called_agreed_before_everybody_agrees(story: Story) -> None:
    def title() -> str:
        told = content(story, part="outcome").outcome
        assert told is not None
        return told.title

    story.settled().confirmed("care")
    assert title() == "What each agency is asked to confirm"
    story.confirmed("school")
    assert title() == "What was agreed"


def test_a_panels_decision_stands_with_what_it_means(story: Story) -> None:
    story.to_panel().convened().heard().decided()
    told = content(story, CHAIR, part="outcome")
    assert told.outcome is not None
    assert told.outcome.title == "What the panel decided"
    assert dict(told.panel)["Decision"] == "An assessment is started."
    assert dict(told.panel)["What it means"] == "Its decision is binding on every agency concerned."


def test_without_an_outcome_there_is_no_statement(story: Story) -> None:
    with pytest.raises(CannotMake, match="No outcome has been written down yet"):
        content(story, part="outcome")


def test_a_summary_has_the_stages_and_what_is_to_do_and_not_the_record(story: Story) -> None:
    told = content(story.to_workers(), part="summary")
    assert told.entries == ()
    assert [one.state for one in told.stages][:2] == ["done", "here"]
    assert told.duties


def test_only_the_outcome_can_be_had_in_word(story: Story) -> None:
    story.settled()
    assert pack(story, kind=WORD, part="outcome").startswith(b"PK")
    with pytest.raises(CannotMake, match="Only the outcome statement"):
        pack(story, kind=WORD)


def test_the_same_pack_is_the_same_bytes(story: Story) -> None:
    story.settled()
    assert pack(story) == pack(story)
    assert pack(story, kind=WORD, part="outcome") == pack(story, kind=WORD, part="outcome")


# --- as it stood ----------------------------------------------------------------------------------


def test_a_panels_papers_are_the_record_as_it_stood_when_it_was_convened(story: Story) -> None:
    story.to_panel().convened()
    before = [one.title for one in content(story, part="papers").entries]
    story.heard().decided()
    after = content(story, part="papers")
    assert [one.title for one in after.entries] == before
    assert "Panel convened" not in before
    assert after.outcome is None


def test_a_panels_papers_carry_the_moment_they_were_fixed_whenever_they_are_made(
    story: Story,
) -> None:
    story.to_panel().convened()
    fixed = entry_of(story, e.PanelConvened).recorded.written_at
    made = pack(story, CHAIR, part="papers")
    story.heard().decided()
    story.now += timedelta(days=30)
    told = content(story, CHAIR, part="papers")
    assert told.at == fixed
    shown = dict(told.facts)["Shown as it stood"]
    assert shown == f"{moment(fixed)}, when the panel was convened"
    assert not [one for one in told.duties if "late" in one.by_when]
    assert pack(story, CHAIR, part="papers") == made


def test_the_papers_of_a_day_are_those_of_the_panel_that_was_convened_by_then(story: Story) -> None:
    story.to_panel()
    before = story.now
    story.convened()
    first = content(story, CHAIR, part="papers", as_of=story.now)
    story.heard().convened()
    with pytest.raises(CannotMake, match="No panel has been convened"):
        content(story, CHAIR, part="papers", as_of=before)
    assert content(story, CHAIR, part="papers", as_of=first.at) == first
    again = content(story, CHAIR, part="papers")
    assert again.at > first.at
    assert len(again.entries) > len(first.entries)


def test_what_is_left_out_of_papers_is_dated_by_the_day_it_was(story: Story) -> None:
    story.to_panel().convened()
    story.now += timedelta(days=30)
    told = content(story, CHAIR, part="papers", without=(PEOPLE,), why="W.")
    assert told.left_out_by.endswith(f"on {day(story.now)}")


def test_without_a_panel_there_are_no_papers(story: Story) -> None:
    with pytest.raises(CannotMake, match="No panel has been convened"):
        content(story, part="papers")


def test_the_papers_hold_no_agencys_own_notes(story: Story) -> None:
    story.does(keeping.keep_note, RAISER, note=NOTE)
    story.to_panel().convened()
    for who in (RAISER, SITTING[0]):
        assert NOTE not in text_of(pack(story, who, part="papers"))
    assert NOTE in text_of(pack(story))


def test_a_case_as_it_stood_on_a_day_knows_nothing_of_later(story: Story) -> None:
    then: datetime = story.now + timedelta(minutes=1)
    story.settled()
    told = content(story, as_of=then)
    assert (len(told.entries), told.outcome, told.at) == (1, None, then)
    assert dict(told.facts)["Stage"].startswith("Stage One")


def test_before_it_was_raised_there_is_nothing(story: Story) -> None:
    with pytest.raises(CannotMake, match="had not been raised"):
        content(story, as_of=story.now - timedelta(days=1))


def test_what_was_shared_since_is_not_in_a_pack_of_before(story: Story) -> None:
    story.to_workers().does(keeping.keep_note, RAISER, note=NOTE)
    then = story.now
    note = str(entry_of(story, e.NoteKept).recorded.id)
    story.does(keeping.share_note, RAISER, note=note)
    assert NOTE in text_of(pack(story, WORKER))
    assert NOTE not in text_of(pack(story, WORKER, as_of=then))


# --- what it does not hold ------------------------------------------------------------------------


def test_another_agencys_note_is_nowhere_in_the_file(story: Story) -> None:
    story.to_workers().does(keeping.keep_note, RAISER, note=NOTE)
    assert NOTE in text_of(pack(story))
    assert NOTE not in text_of(pack(story, WORKER))
    assert NOTE.encode() not in every_byte(pack(story, WORKER))


def test_a_protected_detail_is_in_nobodys_pack(story: Story) -> None:
    story.to_workers().does(keeping.protect, RAISER, kind="reporter", posts=(), detail=DETAIL)
    for who in (RAISER, WORKER):
        text = text_of(pack(story, who))
        assert "A protected detail was written down" in text
        assert "number nine" not in text


# --- what is left out -----------------------------------------------------------------------------


def redacted(story: Story, kind: type, field: str, **asked: Any) -> bytes:
    entry = str(entry_of(story, kind).recorded.id)
    return pack(story, without=((entry, field),), why="It names a sibling.", **asked)


def test_what_is_left_out_leaves_nothing_behind(story: Story) -> None:
    assert DISPUTE in text_of(pack(story))
    left = redacted(story, e.ConcernRaised, "dispute")
    text = text_of(left)
    assert "closed without" not in text
    assert text.count("[Left out: see note 1]") == 3  # the concern, the record, the list
    assert "Why: It names a sibling." in text
    assert "Concern raised, 2 November 2026: What is in dispute" in text
    assert "These were left out by Amara School Practitioner" in text
    for words in (DISPUTE.encode(), DISPUTE.encode("utf-16-be"), DISPUTE.encode().hex().encode()):
        assert words not in every_byte(left)


def test_one_of_several_texts_can_be_left_out(story: Story) -> None:
    text = text_of(redacted(story, e.ConcernRaised, "child_references.0"))
    assert "NM-40218" not in text
    assert DISPUTE in text


def test_who_wrote_an_entry_can_be_left_out(story: Story) -> None:
    story.records("consult-manager", "done")
    entry = str(entry_of(story, e.StepRecorded).recorded.id)
    told = content(story, without=((entry, "who"),), why="W.")
    writers = {one.title: one.who for one in told.entries}
    assert "Amara" not in writers["Talk to your supervisor or manager"]
    assert "Amara" in writers["Concern raised"]


def test_the_names_of_all_who_acted_can_be_left_out_and_their_posts_stay(story: Story) -> None:
    story.to_panel().convened()
    told = content(story, CHAIR, without=(PEOPLE,), why="W.")
    bare = repr(told.entries) + repr(told.sides) + repr(told.duties) + repr(told.panel)
    for name in story.town.names.values():
        assert name not in bare
    assert "Operations manager" in bare


def test_a_field_that_is_not_there_is_refused_and_not_passed_over(story: Story) -> None:
    entry = str(entry_of(story, e.ConcernRaised).recorded.id)
    with pytest.raises(CannotMake, match="to be left out"):
        content(story, without=((entry, "disputes"),), why="W.")


def test_every_word_that_somebody_wrote_can_be_left_out(story: Story) -> None:
    story.to_panel().convened().heard().decided()
    entries = open_case(story.case, story.now).entries
    fields = [(str(one.recorded.id), field.key) for one in entries for field in fields_of(one)]
    texts = {field.text for one in entries for field in fields_of(one) if field.key != "who"}
    assert len(texts) > 10
    said = repr(content(story, without=tuple(fields), why="W."))
    assert [text for text in texts - set(story.town.names.values()) if text in said] == []


def test_a_correction_can_be_left_out_like_any_entry(story: Story) -> None:
    story.records("consult-manager", "done")
    entry = str(entry_of(story, e.StepRecorded).recorded.id)
    story.does(acts.correct, entry=entry, correction="It was Tuesday.", reason="I erred.")
    assert "It was Tuesday." in text_of(pack(story))
    assert "It was Tuesday." not in text_of(redacted(story, e.EntryCorrected, "correction"))


# --- that it was made -----------------------------------------------------------------------------


def test_each_pack_is_a_look_at_the_case_by_its_right(story: Story) -> None:
    story.settled()
    before = len(reads_of(story.case))
    pack(story, WORKER)
    pack(story, kind=WORD, part="outcome")
    word, pdf = reads_of(story.case)[: len(reads_of(story.case)) - before]
    assert (pdf.page, pdf.basis, pdf.person) == (
        "pack:whole", "receiving_side", story.town.people[WORKER],
    )  # fmt: skip
    assert (word.page, word.basis) == ("pack:outcome", "raiser")


def test_its_name_holds_the_reference_the_part_and_the_date_alone(story: Story) -> None:
    given = give(
        case=story.case,
        person=story.town.people[RAISER],
        allowed=allowed(story, RAISER),
        asked=PackAsked(),
        kind=PDF,
        now=story.now,
    )
    reference = f"{story.reference[:4]}-{story.reference[4:]}"
    assert given.name == f"{reference}-whole-2026-11-02.pdf"
