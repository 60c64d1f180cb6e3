"""What fields accept, and what they say when they do not."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from counterpart.web.forms import (
    CheckboxesField,
    CounterpartForm,
    DateField,
    LineField,
    MomentField,
    Option,
    RadiosField,
    SelectField,
    TickField,
    WordsField,
    YesNoField,
)
from counterpart.web.forms.form import first_input

NOW = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)
WAYS = (Option("telephone", "By telephone"), Option("meeting", "In a meeting"))


class Discussion(CounterpartForm):
    held_at = MomentField(
        "When did you speak?",
        missing="Enter when you spoke",
        named="The date you spoke",
        past_only=True,
    )
    how = RadiosField("How did you speak?", missing="Choose how you spoke", options=WAYS)
    said = WordsField("What was said?", missing="Write what was said", limit=1_000)
    who = LineField("Who took part", required=False, limit=20)
    present = CheckboxesField(
        "Who was there?", missing="Choose who was there", options=WAYS, required=False
    )
    post = SelectField("Which post?", missing="Choose a post", options=WAYS, required=False)
    agreed = YesNoField("Did you agree?", missing="Say whether you agreed", required=False)
    sure = TickField("I am sure", missing="Tick to say that you are sure", required=False)


def sent(**changed: Any) -> dict[str, Any]:
    return {
        "held_at-day": "23",
        "held_at-month": "11",
        "held_at-year": "2026",
        "held_at-time": "3:40pm",
        "how": "telephone",
        "said": "We spoke.",
        **changed,
    }


def messages(form: CounterpartForm, name: str) -> list[str]:
    assert not form.is_valid()
    return [str(message) for message in form.errors.get(name, [])]


def test_a_discussion_that_is_all_there_is_cleaned() -> None:
    form = Discussion(sent(present=["meeting", "telephone"], agreed="no", sure="yes"), now=NOW)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_at"] == datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    assert form.cleaned_data["present"] == ["telephone", "meeting"]
    assert form.cleaned_data["agreed"] is False
    assert form.cleaned_data["sure"] is True


def test_an_answer_that_may_be_left_out_is_left_out() -> None:
    form = Discussion(sent(), now=NOW)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["agreed"] is None
    assert form.cleaned_data["post"] == ""
    assert form.cleaned_data["present"] == []


@pytest.mark.parametrize(
    ("changed", "said", "box"),
    [
        (
            {"held_at-day": "31", "held_at-month": "2"},
            "The date you spoke must be a real date. February 2026 has days from 1 to 28",
            "day",
        ),
        ({"held_at-month": "13"}, "The date you spoke must have a month from 1 to 12", "month"),
        (
            {"held_at-year": "26"},
            "The date you spoke must have a year of 4 numbers, for example 2026",
            "year",
        ),
        ({"held_at-year": ""}, "The date you spoke must include a year", "year"),
        (
            {"held_at-day": "", "held_at-month": ""},
            "The date you spoke must include a day and a month",
            "day",
        ),
        (
            {"held_at-day": "x"},
            "The date you spoke must have a day that is a number, for example 27",
            "day",
        ),
        (
            {"held_at-time": ""},
            "The date you spoke must include a time, for example 9:30am or 3pm",
            "time",
        ),
        (
            {"held_at-time": "25:00"},
            "The date you spoke must include a time, for example 9:30am or 3pm",
            "time",
        ),
        (
            {"held_at-time": "3:40"},
            "The date you spoke: say whether 3:40 is in the morning (am) or the afternoon (pm)",
            "time",
        ),
        (
            {"held_at-day": "25"},
            "The date you spoke must be in the past. It is now Tuesday 24 November 2026 at 3:40pm",
            "day",
        ),
    ],
)
def test_an_impossible_date_is_explained_at_the_box_that_is_wrong(
    changed: dict[str, str], said: str, box: str
) -> None:
    form = Discussion(sent(**changed), now=NOW)
    assert messages(form, "held_at") == [said]
    assert first_input(form["held_at"]) == f"held_at-{box}"


def test_an_empty_date_asks_for_it_and_links_to_the_first_box() -> None:
    empty = {f"held_at-{part}": "" for part in ("day", "month", "year", "time")}
    form = Discussion(sent(**empty), now=NOW)
    assert messages(form, "held_at") == ["Enter when you spoke"]
    assert first_input(form["held_at"]) == "held_at-day"


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("3:40pm", 15, 40),
        ("3.40 p.m.", 15, 40),
        ("15:40", 15, 40),
        ("0940", 9, 40),
        ("9am", 9, 0),
        ("midday", 12, 0),
        ("12am", 0, 0),
        ("9:05", 9, 5),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, hour: int, minute: int) -> None:
    form = Discussion(sent(**{"held_at-time": typed}), now=NOW)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_at"] == datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


def test_a_month_may_be_written_as_a_word() -> None:
    form = Discussion(sent(**{"held_at-month": "Nov"}), now=NOW)
    assert form.is_valid(), form.errors


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    skipped = {"held_at-day": "29", "held_at-month": "3", "held_at-time": "1:30am"}
    (said,) = messages(Discussion(sent(**skipped), now=NOW), "held_at")
    assert "The clocks went forward on Sunday 29 March 2026" in said


def test_a_hundred_thousand_characters_get_a_clear_message_and_are_kept() -> None:
    form = Discussion(sent(said="x" * 100_000), now=NOW)
    (said,) = messages(form, "said")
    assert said == (
        "“What was said?” must be 1,000 characters or fewer. You have typed 100,000. "
        "Nothing has been lost: shorten it and send it again."
    )
    assert form["said"].value() == "x" * 100_000


def test_text_is_trimmed_and_its_control_characters_are_kept_as_text() -> None:
    form = Discussion(sent(said="  one\r\ntwo\x07\x00  ", who=" a\nb "), now=NOW)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["said"] == "one\ntwo\x07\u2400"
    assert form.cleaned_data["who"] == "a b"


def test_what_was_not_offered_is_refused_in_plain_words() -> None:
    (said,) = messages(Discussion(sent(how="pigeon"), now=NOW), "how")
    assert said == "Choose from the answers on this page. What you sent is not one of them."


def test_a_form_keeps_its_key_through_a_mistake_and_replaces_a_forged_one() -> None:
    first = Discussion(now=NOW)
    again = Discussion(sent(idempotency_key=first.key, said=""), now=NOW)
    assert again.key == first.key
    assert Discussion(sent(idempotency_key="<script>"), now=NOW).key != "<script>"


def test_what_was_typed_can_be_handed_back_in_words() -> None:
    form = Discussion(sent(agreed="yes"), now=NOW)
    assert ("How did you speak?", "By telephone") in form.typed()
    assert ("When did you speak?", "23 11 2026 3:40pm") in form.typed()
    assert ("Did you agree?", "Yes") in form.typed()


class Born(CounterpartForm):
    born_on = DateField("Date of birth", named="The date of birth", required=False, past_only=True)


def test_a_day_alone_may_be_today_but_not_tomorrow() -> None:
    def form(day: str) -> Born:
        return Born({"born_on-day": day, "born_on-month": "11", "born_on-year": "2026"}, now=NOW)

    assert form("24").is_valid()
    assert messages(form("25"), "born_on") == [
        "The date of birth must be today or in the past. Today is Tuesday 24 November 2026"
    ]


def test_a_day_given_beforehand_stands_in_its_boxes() -> None:
    form = Born(initial={"born_on": date(2020, 3, 1)})
    assert form["born_on"].value() == {"day": "1", "month": "3", "year": "2020"}
