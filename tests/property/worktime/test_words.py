"""Limits, instants and services in words: read back as written, or refused, and never a fault."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpart.worktime import (
    Answered,
    Limit,
    LimitProblem,
    LocalTimeProblem,
    NotStated,
    Problems,
    Service,
    ServiceHours,
    ServiceProblem,
    ask,
    calendar,
    due,
    in_london,
    london,
    parse_instant,
    parse_limit,
    parse_service,
)
from counterpart.worktime.asking import PARTS_OF_A_READING
from counterpart.worktime.certificate import as_data
from tests.property.worktime.oracle import (
    YEARS,
    instants_shown,
    last_sunday,
    wall_clock,
)
from tests.property.worktime.tried import (
    any_limit,
    divisions,
    starts,
    untimed,
)

letters = st.characters(exclude_categories=["C", "Z"])
one_line = st.lists(st.text(letters, min_size=1, max_size=8), max_size=5).map(" ".join)
written_limits = st.one_of(
    any_limit.filter(lambda limit: not isinstance(limit, ServiceHours)),
    st.builds(NotStated, one_line),
)


@untimed
@given(written_limits)
def test_every_limit_reads_back_from_its_own_words(limit: Limit) -> None:
    assert parse_limit(str(limit)) == limit


WORDS = ["5", "one", "working", "wrking", "days", "week", "hours", "of", "same", "not", "stated:"]


def read(text: str) -> Limit | LimitProblem:
    try:
        return parse_limit(text)
    except LimitProblem as problem:
        return problem


@untimed
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)))
def test_any_text_is_a_limit_or_is_refused_with_a_place_and_a_suggestion_that_works(
    text: str,
) -> None:
    found = read(text)

    if isinstance(found, LimitProblem):
        assert 0 <= found.position <= len(text)
        assert found.words.isprintable()
        assert found.suggestion is None or str(parse_limit(found.suggestion)) == found.suggestion
    else:
        assert read(str(found)) == found


@untimed
@given(starts.map(wall_clock))
def test_a_london_time_is_an_instant_or_is_refused(local: datetime) -> None:
    try:
        at = london(local)
    except LocalTimeProblem:
        assert len(instants_shown(local)) == 2
    else:
        assert instants_shown(local) == [at]
        assert in_london(at).replace(tzinfo=None) == local


@untimed
@given(st.sampled_from(YEARS), st.integers(0, 3599))
def test_the_hour_the_clocks_skip_is_always_refused(year: int, second: int) -> None:
    local = datetime.combine(last_sunday(year, 3), time(1)) + timedelta(seconds=second)

    assert instants_shown(local) == []
    with pytest.raises(LocalTimeProblem, match="does not exist"):
        london(local)


def read_instant(text: str) -> datetime | LocalTimeProblem:
    try:
        return parse_instant(text)
    except LocalTimeProblem as problem:
        return problem


@untimed
@given(
    st.one_of(st.text(), st.from_regex(r"[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]Z?\Z"))
)
def test_any_text_is_an_instant_or_is_refused(text: str) -> None:
    found = read_instant(text)

    if isinstance(found, LocalTimeProblem):
        assert found.words.isprintable()
    else:
        assert found.tzinfo is UTC


@untimed
@given(starts, st.booleans())
def test_an_instant_written_with_its_offset_reads_back(start_at: datetime, local: bool) -> None:
    shown = in_london(start_at) if local else start_at

    assert parse_instant(shown.isoformat()) == start_at


def read_service(text: str) -> Service | ServiceProblem:
    try:
        return parse_service(text)
    except ServiceProblem as problem:
        return problem


SERVICE_WORDS = [
    "desk:",
    "desk: ",
    "Monday",
    " to ",
    "Friday",
    "every day",
    " 09:00-17:00",
    "; ",
    ", ",
]


@untimed
@given(st.one_of(st.text(), st.lists(st.sampled_from(SERVICE_WORDS), max_size=8).map("".join)))
def test_any_text_is_a_service_or_is_refused(text: str) -> None:
    found = read_service(text)

    if isinstance(found, ServiceProblem):
        assert found.words.isprintable()
    else:
        assert any(found.hours)


some_text = st.one_of(st.text(max_size=30), st.sampled_from(["2026-12-18T15:00", "5 working days"]))
some_reading = st.dictionaries(st.sampled_from(PARTS_OF_A_READING), some_text, max_size=4)
calendars = st.lists(st.one_of(some_text, divisions), max_size=3)


@untimed
@given(some_text, some_text, calendars, some_text, some_reading, st.lists(some_text, max_size=2))
def test_any_question_is_answered_or_its_problems_are_said(
    start: str,
    limit: str,
    nations: list[str],
    edition: str,
    reading: dict[str, str],
    lines: list[str],
) -> None:
    asked = ask(start, limit, nations, edition=edition, reading=reading, services=lines)

    if isinstance(asked, Problems):
        assert asked.each
        assert all(problem.words.isprintable() for problem in asked.each)
    json.dumps(as_data(asked))


@untimed
@given(starts, written_limits, divisions)
def test_a_question_in_words_gets_the_answer_of_the_sum(
    start_at: datetime, limit: Limit, division: str
) -> None:
    asked = ask(in_london(start_at).isoformat(), str(limit), [division])

    assert isinstance(asked, Answered)
    assert asked.answer == due(limit, start_at, calendar(division))
