"""Answering by the link of a message and a code, without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from counterpart.access.models import Alert, Read
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.casework import acts, visiting
from counterpart.journal.models import Event
from counterpart.journal.reading import read_whole
from counterpart.messages.answering import VALID_FOR, answer_path
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people import changes, mailcodes
from counterpart.people.models import Holding, MailboxReader, MailCode, Person, WrongTry
from counterpart.web.signin import sessions
from tests import directory as d
from tests.integration.visiting.mail import (
    BEFORE,
    HIDDEN,
    MAILBOX,
    WORKER,
    Waiting,
    answers,
    asks,
    comes_in,
    newest_code,
    says,
    types,
    waiting,
)
from tests.signed_in import sign_in
from tests.town import Story

pytestmark = pytest.mark.django_db

PRIVATE = (
    "Oakfield",
    "Children’s",
    "NM-40218",
    "closed without a visit",
    "Idris",
    "Amara",
    MAILBOX,
)


@pytest.fixture
def case() -> Waiting:
    """The message waits, at a mailbox that several may share."""
    return waiting()


@pytest.fixture
def own() -> Waiting:
    """The message waits, at the holder's own mailbox."""
    return waiting(is_shared=False)


def drawn(answer: Any) -> str:
    """A page as text."""
    return str(answer.content.decode())


def the_form(case: Waiting) -> str:
    """Where the outcome is confirmed."""
    return f"/cases/{case.story.reference}/answer"


def answers_blindly(client: Client, case: Waiting) -> Any:
    """Send the form without having looked at it."""
    return client.post(the_form(case), {"answer": "dissent", "comment": "She was not seen."})


def comes_by_own_mailbox(client: Client, case: Waiting) -> HttpResponse:
    """By the link and the code of a mailbox of one's own."""
    asks(client, case.path)
    return types(client, newest_code())


def test_from_the_link_to_the_answer(client: Client, case: Waiting) -> None:
    assert client.get(case.path).status_code == 200
    assert asks(client, case.path)["Location"] == "/visit/code"
    assert mail.outbox[-1].to == [MAILBOX]
    assert types(client, newest_code())["Location"] == "/visit/who"
    assert says(client)["Location"] == "/visit"
    page = client.get("/visit").content.decode()
    assert "The referral was closed without a visit." in page
    assert f"/cases/{case.story.reference}/answer" in page
    done = answers(client, f"/cases/{case.story.reference}/answer")
    assert client.get(done["Location"])["Location"] == "/visit"
    assert "Nothing more to do here" in client.get("/visit").content.decode()
    last = read_whole(case.story.case)[-1]
    assert last.names["actor_name"] == "Dr Iris Vale"
    assert last.names["actor_post"].startswith("GP partner, Northmere Children")
    assert last.recorded.actor.post == case.place.posts[WORKER]
    assert last.recorded.actor.capacity == "receiving_side"


def test_a_mailbox_of_ones_own_says_who_one_is(client: Client, own: Waiting) -> None:
    assert comes_by_own_mailbox(client, own)["Location"] == "/visit"
    assert answers(client, the_form(own)).status_code == 303
    last = read_whole(own.story.case)[-1]
    assert last.names["actor_name"] == own.place.names[WORKER]
    assert last.recorded.actor.person == own.place.people[WORKER]


def test_scanners_open_the_link_and_nothing_changes(client: Client, case: Waiting) -> None:
    before = (OutboxRow.objects.count(), Event.objects.count())
    for _ in range(20):
        assert client.get(case.path).status_code == 200
        assert client.head(case.path).status_code == 200
    assert [model.objects.count() for model in (MailCode, Read, Session)] == [0, 0, 0]
    assert not mail.outbox
    assert (OutboxRow.objects.count(), Event.objects.count()) == before


def test_nothing_of_the_case_is_shown_before_the_code(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    pages: list[Any] = [client.get(path) for path in (case.path, "/visit/code", "/answer/made-up")]
    pages.append(types(client, "00000000"))
    letter = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}"
    for text in (*map(drawn, pages), letter):
        assert not [word for word in (*PRIVATE, case.story.reference) if word in text]


def altered(case: Waiting) -> dict[str, str]:
    """The link in every way in which it is not the one that was sent."""
    row, signature = case.path.removeprefix("/answer/").split(".")
    other = OutboxRow.objects.exclude(id=row).filter(template="new_duty").first()
    assert other is not None
    swapped = {"a": "b"}
    return {
        "a letter": f"{row}.{''.join(swapped.get(c, 'a') if c.isalpha() else c for c in signature)}",
        "a figure": f"{row[:-1]}{(int(row[-1], 16) + 1) % 16:x}.{signature}",
        "a sign": f"{row}.{signature.replace('-', '_')}x",
        "the case of it": f"{row}.{signature.swapcase()}",
        "another's": f"{other.id}.{signature}",
        "another address": answer_path(case.row, "somebody@else.example").removeprefix("/answer/"),
        "no signature": f"{row}.",
        "no dot": row,
        "half": f"{row}.{signature[:20]}",
        "made up": f"{'0' * 32}.{signature}",
        "not ours": "é.%F0%9F%92%A9",
    }


def test_an_altered_link_says_the_same_as_one_that_never_was(client: Client, case: Waiting) -> None:
    never = drawn(client.get("/answer/never-was"))
    for how, token in altered(case).items():
        answer = client.get(f"/answer/{token}")
        assert (answer.status_code, drawn(answer)) == (410, never), how
        assert client.post(f"/answer/{token}").status_code == 410, how
        assert client.post(f"/answer/{token}/again").status_code == 410, how
    assert not mail.outbox
    assert WrongTry.objects.filter(kind="link").count() == 2 * len(altered(case))


def test_an_old_link_offers_a_fresh_one_to_the_same_mailbox(client: Client, case: Waiting) -> None:
    OutboxRow.objects.filter(id=case.row.id).update(made_at=case.row.made_at - VALID_FOR)
    answer = client.get(case.path)
    assert (answer.status_code, "Send a fresh link" in drawn(answer)) == (410, True)
    assert client.post(case.path).status_code == 410
    for _ in range(3):
        assert client.post(f"{case.path}/again").status_code == 200
    fresh = OutboxRow.objects.get(key__startswith=f"{case.row.key}|")
    assert fresh.to == case.row.to
    assert comes_in(client, answer_path(fresh, MAILBOX)).status_code == 200


def test_a_link_is_over_once_it_was_done(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    answers(client, the_form(case))
    other = Client()
    answer = other.get(case.path)
    assert (answer.status_code, "Send a fresh link" in drawn(answer)) == (410, False)
    assert other.post(case.path).status_code == 410
    assert other.post(f"{case.path}/again").status_code == 410


def test_a_code_works_once_in_the_browser_that_asked(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code = newest_code()
    assert types(Client(), code).status_code == 410
    other = Client()
    asks(other, case.path)
    assert types(other, code).status_code == 422
    assert types(client, code).status_code == 303
    assert types(client, code).status_code == 422


def test_after_five_wrong_codes_the_right_one_is_wrong_too(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code = newest_code()
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for _ in range(5):
        assert types(client, wrong).status_code == 422
    answer = types(client, code)
    assert (answer.status_code, "can no longer be used" in drawn(answer)) == (422, True)
    assert client.get("/visit").status_code == 303


def test_a_thousand_tries_get_nobody_in(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code, now = MailCode.objects.get(), timezone.now()
    right = newest_code()
    tried = (f"{n:08}" for n in range(1000) if f"{n:08}" != right)
    assert not any(mailcodes.use_code(code.id, figures, now) for figures in tried)
    assert not mailcodes.use_code(code.id, right, now)
    assert MailCode.objects.get().tries == mailcodes.MOST_TRIES


def test_a_second_step_is_asked_of_accounts_alone(
    client: Client, case: Waiting, settings: LazySettings
) -> None:
    settings.SECOND_STEP_DEMANDED = True
    assert comes_in(client, case.path).status_code == 200
    assert answers(client, the_form(case)).status_code == 303


def test_the_mail_server_is_down(client: Client, case: Waiting, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "tests.integration.signin.down.Backend"
    answer = asks(client, case.path)
    assert (answer.status_code, "could not be sent just now" in drawn(answer)) == (422, True)
    assert client.get("/visit/code").status_code == 410


def test_a_form_sent_after_the_visit_ended_is_handed_back(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    client.cookies.clear()
    answer = answers_blindly(client, case)
    assert (answer.status_code, "She was not seen." in drawn(answer)) == (403, True)


def test_a_code_is_good_for_fifteen_minutes(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    MailCode.objects.update(made_at=timezone.now() - mailcodes.VALID_FOR)
    assert types(client, newest_code()).status_code == 422


@pytest.mark.parametrize("typed", ["", "1234", "é" * 8, "١٢٣٤٥٦٧٨", "1" * 5000, "12345678'--"])
def test_what_could_be_no_code_is_refused(client: Client, case: Waiting, typed: str) -> None:
    asks(client, case.path)
    assert types(client, typed).status_code == 422


def test_a_code_may_be_typed_with_spaces(client: Client, case: Waiting) -> None:
    asks(client, case.path)
    code = newest_code()
    assert types(client, f" {code[:4]} - {code[4:]} ").status_code == 303


def test_a_mailbox_gets_five_codes_an_hour(client: Client, case: Waiting) -> None:
    statuses = [asks(client, case.path).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [422]
    assert len(mail.outbox) == 5


def test_many_guesses_are_an_alert_in_each_partnership(client: Client, case: Waiting) -> None:
    now = timezone.now()
    for _ in range(mailcodes.MANY_WRONG - 1):
        visiting.wrong_code(now)
    assert not Alert.objects.exists()
    asks(client, case.path)
    types(client, "00000000")
    for _ in range(5):
        client.post("/answer/made-up")
    assert [alert.kind for alert in Alert.objects.all()] == ["guesses"]


def test_another_case_is_not_there(client: Client, case: Waiting) -> None:
    other = Story(case.place, now=BEFORE, step=timedelta(minutes=20)).raised().settled().reference
    comes_in(client, case.path)
    reads = Read.objects.count()
    for path in (f"/cases/{other}", f"/cases/{other}/answer", f"/raise/sent/{other}", "/raise"):
        assert client.get(path).status_code == 404, path
        assert client.post(path).status_code in (404, 405), path
    for path in ("/me", "/desk", "/account", f"/cases/{other}/policy"):
        assert client.get(path)["Location"].startswith("/sign-in"), path
    assert Read.objects.count() == reads


def test_only_what_the_duty_asks_may_be_done(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    here = f"/cases/{case.story.reference}"
    for act in ("outcome", "withdraw", "reopen", "gap", "step/consult-manager", "move/to-managers"):
        assert client.get(f"{here}/{act}").status_code == 404, act
        assert client.post(f"{here}/{act}").status_code == 404, act
    assert client.get(f"{here}/telephoned/answer")["Location"].startswith("/sign-in")
    for act in ("answer", "risk", "who"):
        assert client.get(f"{here}/{act}").status_code == 200, act


def test_what_is_another_agencys_is_passed_on(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    path = f"/cases/{case.story.reference}/redirect"
    sent = dict(HIDDEN.findall(drawn(client.get(path))))
    sent |= {"to_agency": case.place.agencies["police"], "reason": "It is about an arrest."}
    assert client.post(path, sent)["Location"] == "/visit/passed-on"
    assert client.get("/visit/passed-on").status_code == 200
    last = read_whole(case.story.case)[-1]
    assert last.names["actor_post"].endswith("(as stated)")
    assert client.get("/visit").status_code == 403


def test_what_one_wrote_oneself_may_be_corrected_afterwards(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    answers(client, the_form(case))
    own, another = (read_whole(case.story.case)[n].recorded.id for n in (-1, 0))
    here = f"/cases/{case.story.reference}/correct"
    assert f"{here}/{own}" in drawn(client.get("/visit"))
    assert client.get(f"{here}/{own}").status_code == 200
    assert client.get(f"{here}/{another}").status_code in (303, 404)


def test_pressed_twice_is_recorded_once(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    drawn_once = client.get(the_form(case)).content.decode()
    sent: dict[str, Any] = {"answer": "confirm", "comment": ""}
    sent |= dict(HIDDEN.findall(drawn_once))
    assert [client.post(the_form(case), sent).status_code for _ in range(2)] == [303, 303]
    assert Event.objects.filter(stream=case.story.case, type="outcome_confirmed").count() == 1


def test_a_post_taken_away_between_opening_and_sending(client: Client, own: Waiting) -> None:
    comes_by_own_mailbox(client, own)
    page = client.get(the_form(own))
    assert page.status_code == 200
    holding = Holding.objects.get(post=own.place.posts[WORKER])
    changes.end_holding(holding=holding.id, until_on=timezone.now().date())
    before = Event.objects.count()
    answer = client.post(the_form(own), {"answer": "dissent", "comment": "She was not seen."})
    assert answer.status_code == 403
    assert "You can no longer answer this" in drawn(answer)
    assert "She was not seen." in drawn(answer)
    assert Event.objects.count() == before
    assert client.get(the_form(own))["Location"].startswith("/sign-in")


def test_a_duty_handed_on_between_opening_and_sending(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    place, story = case.place, case.story
    page = client.get(the_form(case)).content.decode()
    story.does(
        acts.name_seat, WORKER, body=place.agencies["care"], role="worker", cause="handed_on",
        post=place.posts["care.line_manager"], reason="I am away.",
    )  # fmt: skip
    sent = {**dict(HIDDEN.findall(page)), "answer": "confirm", "comment": "The visit is booked."}
    answer = client.post(the_form(case), sent)
    assert answer.status_code == 403
    assert "The visit is booked." in drawn(answer)


def test_what_somebody_else_of_the_mailbox_has_done_meanwhile_is_not_done_twice(
    client: Client, case: Waiting
) -> None:
    other = Client()
    comes_in(client, case.path)
    comes_in(other, case.path, name="Somebody Else")
    page = client.get(the_form(case)).content.decode()
    assert answers(other, the_form(case)).status_code == 303
    before = Event.objects.count()
    sent = {**dict(HIDDEN.findall(page)), "answer": "dissent", "comment": "She was not seen."}
    answer = client.post(the_form(case), sent)
    assert answer.status_code == 409
    assert "She was not seen." in drawn(answer)
    assert Event.objects.count() == before


def test_whoever_is_kept_from_the_case_is_so_at_the_next_request(
    client: Client, own: Waiting
) -> None:
    comes_by_own_mailbox(client, own)
    rewrite_denials(own.story.case, [DenialRow(own.place.people[WORKER], "subject_of_concern")])
    assert client.get("/visit").status_code == 403
    assert Client().get(own.path).status_code == 410


def test_whoever_has_an_account_signs_in(client: Client, own: Waiting) -> None:
    comes_by_own_mailbox(client, own)
    account = d.an_account(own.place.people[WORKER], MAILBOX)
    assert client.get("/visit").status_code == 403
    sign_in(client, account)
    assert client.get(own.path)["Location"] == f"/cases/{own.story.reference}"
    assert client.get("/visit").status_code == 404


def test_a_visit_ends_after_two_hours(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    session = client.session
    session[sessions.BEGAN] = (timezone.now() - timedelta(hours=2)).isoformat()
    session.save()
    assert "why=visit" in client.get("/visit")["Location"]


def test_a_visit_ends_when_left_alone_for_half_an_hour(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    used = sessions.sign_use(
        client.session.session_key or "", timezone.now() - timedelta(minutes=30)
    )
    client.cookies[sessions.used_cookie()] = used
    assert "why=visit" in client.get("/visit")["Location"]


def test_each_look_is_written_down_as_made_without_an_account(
    client: Client, case: Waiting
) -> None:
    comes_in(client, case.path)
    (read,) = Read.objects.all()
    assert (read.basis, read.page) == ("receiving_side, by code", "visiting:duty")
    assert read.post == case.place.posts[WORKER]


def test_whoever_comes_again_under_the_same_name_is_the_same_person(case: Waiting) -> None:
    for _ in range(2):
        comes_in(Client(), case.path)
    assert MailboxReader.objects.count() == 1
    comes_in(Client(), case.path, name="Somebody Else")
    assert MailboxReader.objects.count() == 2
    comes_in(Client(), case.path, name=case.place.names[WORKER].upper())
    assert MailboxReader.objects.count() == 2
    body = case.place.agencies["care"]
    added = Event.objects.filter(stream=f"directory-{body}", type="person_added")
    assert added.count() == 2


def test_the_agencys_lead_is_told_that_it_happened_and_no_more(case: Waiting) -> None:
    comes_in(Client(), case.path)
    (told,) = Notice.objects.filter(kind="visited")
    assert told.to == case.place.posts["care.designated_safeguarding_lead"]
    assert (told.case, told.reference, told.what) == ("", "", "")
    lead = Client()
    sign_in(
        lead, d.an_account(case.place.people["care.designated_safeguarding_lead"], "l@x.example")
    )
    assert "without an account" in drawn(lead.get("/me/notices"))


def test_signing_out_ends_the_visit(client: Client, case: Waiting) -> None:
    comes_in(client, case.path)
    client.post("/sign-out")
    assert client.get("/visit")["Location"].startswith("/sign-in")
    assert Person.objects.filter(name="Dr Iris Vale").exists()
