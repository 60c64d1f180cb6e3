"""What the e-mails say, and what they never say."""

from datetime import UTC, datetime

import pytest

from counterpart.engine.notices import LATE, LETTER, MEETING, NEW_DUTY, NEW_ENTRY, URGENT
from counterpart.messages.composing import SIGNED_IN, Message, compose, said
from counterpart.messages.kinds import (
    ACCOUNT,
    ACCOUNT_NEWS,
    DIGEST,
    NEW_BROWSER,
    OF_MEETINGS,
    TO_DO,
)
from counterpart.messages.models import DigestLine, OutboxRow
from counterpart.messages.owing import MAILED_AT_ONCE

ADDRESS = "https://counterpart.example.org"
MADE_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def a_row(**changes: object) -> OutboxRow:
    """A row of the outbox that is in no database."""
    given: dict[str, object] = {
        "id": "0" * 32,
        "case": "c" * 32,
        "reference": "7F3K92MQ",
        "template": NEW_DUTY,
        "what": "Talk to the worker in the other agency",
        "due_at": datetime(2026, 11, 24, 15, 40, tzinfo=UTC),
        "path": "/cases/7F3K92MQ",
        "message_id": "<0@counterpart.example.org>",
        "made_at": MADE_AT,
    }
    return OutboxRow(**{**given, **changes})


def test_a_new_duty_gives_the_reference_the_duty_the_time_and_the_link() -> None:
    message = compose(a_row(), ADDRESS)

    assert message.subject == "Counterpart 7F3K-92MQ: something for you to do"
    for body in (message.text, message.html):
        assert "7F3K-92MQ" in body
        assert "Talk to the worker in the other agency" in body
        assert "Tuesday 24 November 2026 at 3:40pm" in body
        assert "https://counterpart.example.org/cases/7F3K92MQ" in body
        assert "telephone 999" in body


def test_the_text_reads_from_top_to_bottom() -> None:
    assert compose(a_row(), ADDRESS).text == (
        "What to do: Talk to the worker in the other agency\n"
        "Due: Tuesday 24 November 2026 at 3:40pm\n"
        "Reference: 7F3K-92MQ\n"
        "\n"
        "Read it here:\n"
        "https://counterpart.example.org/cases/7F3K92MQ\n"
        "\n"
        "You get this because of a post you hold or cover, or because you raised the concern."
        " You will need to sign in.\n"
        "If you may know the family, say so before you read it:"
        " https://counterpart.example.org/cases/7F3K92MQ/tie\n"
        "Names and details are left out of this message on purpose."
        " Please do not reply: nobody reads replies.\n"
        "\n"
        "If a child is in immediate danger, telephone 999.\n"
    )


def test_where_the_policy_sets_no_time_none_is_made_up() -> None:
    message = compose(a_row(due_at=None), ADDRESS)

    assert "Due: No time is set\n" in message.text
    assert "No time is set" in message.html


def test_an_immediate_risk_asks_to_be_read_now() -> None:
    message = compose(a_row(template=URGENT, what="", due_at=None), ADDRESS)

    assert message.subject == "Counterpart 7F3K-92MQ: please read this now"
    assert "Please read it now" in message.text
    assert "https://counterpart.example.org/cases/7F3K92MQ" in message.html


def test_mark_up_in_a_policy_is_text_in_the_message() -> None:
    message = compose(a_row(what='<img src="x">'), ADDRESS)

    assert "<img" not in message.html
    assert "&lt;img" in message.html
    assert 'What to do: <img src="x">\n' in message.text


@pytest.mark.parametrize("template", MAILED_AT_ONCE)
def test_every_kind_that_is_mailed_can_be_composed(template: str) -> None:
    message = compose(a_row(template=template), ADDRESS)

    assert message.subject
    assert message.text
    assert message.html


def test_the_same_row_gives_the_same_message_again() -> None:
    assert compose(a_row(), ADDRESS) == compose(a_row(), ADDRESS)


@pytest.mark.parametrize("kind", OF_MEETINGS)
def test_a_meeting_in_a_digest_has_a_time_and_is_not_due(kind: str) -> None:
    at = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)
    line = DigestLine(kind=kind, reference="7F3K92MQ", what="You are asked to a meeting", due_at=at)
    text = compose(a_row(template=DIGEST), ADDRESS, [line]).text

    assert "When: Tuesday 24 November 2026 at 3:40pm\n" in text
    assert "due" not in text


def test_only_what_is_about_a_meeting_has_something_for_calendars() -> None:
    assert compose(a_row(), ADDRESS).entry is None
    assert compose(a_row(template=MEETING, gathering="e" * 32), ADDRESS).entry is not None


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 7, 1, 11, tzinfo=UTC), "Wednesday 1 July 2026 at midday"),
        (datetime(2026, 6, 30, 23, tzinfo=UTC), "Wednesday 1 July 2026 at midnight"),
        (datetime(2026, 1, 5, 9, 5, tzinfo=UTC), "Monday 5 January 2026 at 9:05am"),
        (datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC), "Monday 5 January 2026 at 11:59pm"),
    ],
)
def test_instants_are_said_in_the_time_of_the_united_kingdom(at: datetime, words: str) -> None:
    assert said(at) == words


MARKED = "For the attention of the Independent Chair"


def test_a_letter_carries_its_marking_its_addressee_the_reference_and_the_link() -> None:
    row = a_row(template=LETTER, what="", due_at=None, marked=MARKED, addressee="Independent Chair")
    message = compose(row, ADDRESS)

    assert message.subject == f"{MARKED}: case 7F3K-92MQ"
    assert message.addressee == "Independent Chair"
    for body in (message.text, message.html):
        for said_there in (MARKED, "Independent Chair", "7F3K-92MQ", f"{ADDRESS}/cases/7F3K92MQ"):
            assert said_there in body


def test_a_letter_that_the_policy_does_not_mark_says_that_it_is_a_message() -> None:
    message = compose(a_row(template=LETTER, what="", due_at=None), ADDRESS)

    assert message.subject == "Counterpart, a message for you: case 7F3K-92MQ"
    assert message.addressee == ""
    assert message.text.startswith("A message about a case waits for you in Counterpart.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\0"])
def test_no_break_in_a_policys_words_reaches_a_header(end: str) -> None:
    row = a_row(template=LETTER, marked=f"To{end}Bcc: a@b.example", addressee=f"Chair{end}X: y")
    message = compose(row, ADDRESS)

    assert message.subject == "To Bcc: a@b.example: case 7F3K-92MQ"
    assert message.addressee == "Chair X: y"


def test_a_marking_as_long_as_a_page_does_not_fill_a_subject() -> None:
    message = compose(a_row(template=LETTER, marked="m" * 2000), ADDRESS)

    assert len(message.subject) < 200
    assert message.subject.endswith(": case 7F3K-92MQ")


# --- a digest ---------------------------------------------------------------------------------------


def a_line(kind: str, reference: str, **more: object) -> DigestLine:
    given: dict[str, object] = {
        "kind": kind,
        "case": "c" * 32,
        "reference": reference,
        "what": "Talk",
    }
    return DigestLine(**{**given, **more})


def of(*lines: DigestLine) -> Message:
    return compose(a_row(template=DIGEST, case="", reference="", path="/me"), ADDRESS, lines)


def test_the_title_of_a_letter_is_its_subject_and_no_dash_stands_for_no_case() -> None:
    for message in (of(a_line(TO_DO, "7F3K92MQ")), compose(a_row(), ADDRESS)):
        assert f"<title>{message.subject}</title>" in message.html


def test_the_order_is_said_where_there_is_one_and_as_it_is() -> None:
    order = "What is urgent comes first, then what is late."
    one, other = a_line(TO_DO, "7F3K92MQ"), a_line(TO_DO, "8F3K92MQ")
    assert "This waits for you in Counterpart.\n\n7F3K-92MQ: Talk\n" in of(one).text
    for body in (of(one).text, of(one).html):
        assert order not in body
    assert f"This waits for you in Counterpart. {order}\n\n7F3K-92MQ" in of(one, other).text
    assert order in of(one, other).html


def test_all_that_is_new_in_the_record_is_one_line_with_a_link_for_each_case() -> None:
    late = a_line(LATE, "9F3K92MQ", what="Something has not been done in time: Talk")
    lines = [a_line(NEW_ENTRY, "7F3K92MQ"), late, a_line(NEW_ENTRY, "8F3K92MQ")]
    message = of(*lines)
    assert message.text.startswith(
        "There is news for you in Counterpart.\n"
        "\n"
        "New in the record: 7F3K-92MQ, 8F3K-92MQ\n"
        f"{ADDRESS}/cases/7F3K92MQ\n"
        f"{ADDRESS}/cases/8F3K92MQ\n"
        "\n"
        "9F3K-92MQ: Something has not been done in time: Talk\n"
        f"{ADDRESS}/cases/9F3K92MQ\n"
    )
    assert message.html.count("New in the record") == 1
    for reference in ("7F3K92MQ", "8F3K92MQ"):
        shown = f"{reference[:4]}-{reference[4:]}"
        assert f'<a href="{ADDRESS}/cases/{reference}"><strong>{shown}</strong></a>' in message.html


def test_a_new_browser_and_a_change_of_the_sign_in_have_subjects_of_their_own() -> None:
    def subject(what: str) -> str:
        row = a_row(template=ACCOUNT, what=ACCOUNT_NEWS[what], path="/account")
        return compose(row, ADDRESS).subject

    assert subject(NEW_BROWSER) == SIGNED_IN
    assert "signed in" in SIGNED_IN
    for what in set(ACCOUNT_NEWS) - {NEW_BROWSER}:
        assert subject(what) == "Counterpart: something about your sign-in has changed"
