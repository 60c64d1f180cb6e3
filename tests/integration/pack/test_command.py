"""`counterpart pack`: what it writes, for whom, and what it refuses."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counterpart.access.reading import reads_of
from counterpart.cli.faults import CannotGoOn
from counterpart.cli.packs import made
from tests import directory as d
from tests.integration.test_installation import ADA, a_real_one, counterpart
from tests.packs import text_of
from tests.town import RAISER, Story, town

OUTSIDER = "mental.practitioner"


@pytest.fixture
def story() -> Story:
    place = town()
    for who in (RAISER, OUTSIDER):
        d.an_account(place.people[who], f"{who}@x.example")
    return Story(place, now=datetime.now(UTC) - timedelta(days=3)).raised()


def write(
    story: Story, kind: str = "pdf", *, who: str = RAISER, part: str = "", stage: str = "",
    at: datetime | None = None, case: str = "",
) -> tuple[str, bytes]:  # fmt: skip
    return made(
        case or story.reference,
        kind,
        who=f"{who}@x.example",
        part=part,
        stage=stage,
        at=at,
        now=datetime.now(UTC),
    )


@pytest.mark.django_db
def test_it_writes_what_the_named_person_may_see_and_that_is_their_look(story: Story) -> None:
    what, content = write(story)
    assert what == "The whole case"
    assert "The referral was closed without a visit." in text_of(content)
    read = reads_of(story.case)[0]
    assert (read.person, read.page) == (story.town.people[RAISER], "pack:whole")
    assert read.basis == "raiser, by the command"


@pytest.mark.django_db
def test_a_stage_is_meant_by_its_number_or_its_name(story: Story) -> None:
    story.to_workers()
    by_number, by_name = (
        write(story, stage=one) for one in ("one", "Stage One: Talk to your own manager")
    )
    assert text_of(by_number[1]) == text_of(by_name[1])
    assert "Talk to your supervisor or manager" in text_of(by_number[1])


@pytest.mark.django_db
def test_the_outcome_is_what_word_is_for(story: Story) -> None:
    story.settled()
    what, content = write(story, "docx")
    assert (what, content[:2]) == ("The outcome statement", b"PK")


@pytest.mark.django_db
def test_a_day_of_before_gives_the_same_bytes_whenever_it_is_asked(story: Story) -> None:
    then = (story.now + timedelta(hours=1)).replace(microsecond=0)
    first = write(story, at=then)
    story.settled()
    assert write(story, at=then) == first


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["", "00000000", "no case at all", "' or 1=1"])
def test_a_case_that_is_hidden_is_a_case_that_is_not_there(story: Story, case: str) -> None:
    with pytest.raises(CannotGoOn, match="no such case for the person"):
        write(story, who=OUTSIDER, case=case)


@pytest.mark.django_db
def test_an_address_nobody_has_is_refused(story: Story) -> None:
    with pytest.raises(CannotGoOn, match="No open account"):
        write(story, who="nobody")


@pytest.mark.django_db
def test_a_stage_that_the_policy_has_not_is_refused(story: Story) -> None:
    with pytest.raises(CannotGoOn, match="no stage of that name"):
        write(story, stage="nineteen")


@pytest.mark.django_db
def test_an_outcome_that_is_not_written_yet_is_refused(story: Story) -> None:
    with pytest.raises(CannotGoOn, match="No outcome has been written down"):
        write(story, "docx")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-o", "out.txt"), "must end in .pdf"),
        (("-o", "out"), "must end in .pdf"),
        (("-o", "out.docx", "--stage", "one"), "Only the outcome statement"),
        (("-o", "out.docx", "--part", "whole"), "Only the outcome statement"),
        (("-o", "out.pdf", "--part", "all"), "--part is whole"),
        (("-o", "out.pdf", "--part", "summary", "--stage", "one"), "For one stage"),
        (("-o", "out.pdf", "--part", "stage"), "For one stage"),
        (("-o", "out.pdf", "--as-of", "yesterday"), "is not a day"),
        (("-o", "out.pdf", "--as-of", "2199-01-01"), "has not come yet"),
    ],
)
def test_what_cannot_be_meant_is_said_plainly(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    refused = counterpart({"PATH": ""}, "pack", "7F3K-92MQ", "--for", "a@b.example", *words)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


def test_as_the_operator_of_an_installation_runs_it(tmp_path: Path) -> None:
    environment = a_real_one(tmp_path)
    assert counterpart(environment, *ADA).returncode == 0
    output = tmp_path / "out.pdf"
    refused: subprocess.CompletedProcess[str] = counterpart(
        environment, "pack", "7F3K-92MQ", "-o", str(output), "--for", "ada@example.org"
    )
    assert refused.returncode == 1
    assert "There is no such case for the person at this address." in refused.stderr
    assert not output.exists()
