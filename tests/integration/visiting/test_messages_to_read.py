"""Every kind of message to a mailbox without an account: its link leads to what it is about, or it says whom to ask."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.access.models import Read
from counterpart.casework import acts, between, digesting, panels
from counterpart.casework.visiting import link_of
from counterpart.casework.writing import load
from counterpart.messages import digests, outbox
from counterpart.messages.answering import VALID_FOR
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Person, Post
from tests import directory as d
from tests.integration.messages.stories import RecordingChannel
from tests.integration.visiting.mail import (
    BEFORE,
    HIDDEN,
    MAILBOX,
    WORKER,
    Waiting,
    comes_in,
    drawn,
    newest_code,
    types,
)
from tests.integration.web.filling import filled
from tests.integration.web.letters import a_place, tried
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.town import CHAIR, RAISER, SITTING, Story, town

pytestmark = pytest.mark.django_db

LINK = re.compile(r"/answer/[\w.-]+")
HOUR = timedelta(hours=1)
MEETING_STEP = "multi-agency-meeting"
STEP = timedelta(minutes=10)
LEAD = "school.designated_safeguarding_lead"
WHOM_TO_ASK = "ask your agency's safeguarding lead, or telephone the partnership's office"


def told(template: str, to: str) -> str:
    """The text of the e-mail of this kind, as it goes out now to the post or person with this id."""
    channel, now = RecordingChannel(), timezone.now()
    row = OutboxRow.objects.filter(template=template, to=to).order_by("made_at").last()
    assert row is not None, template
    OutboxRow.objects.exclude(id=row.id).update(next_try_at=None)
    deliver(Batch(outbox.claim(now, "one")), channel, now)
    ((_, message),) = channel.sent
    assert "/cases/" not in message.text + message.html
    assert sorted(LINK.findall(message.text)) == sorted(LINK.findall(message.html))
    return message.text


def link_in(text: str) -> str:
    """The one link of an e-mail."""
    (found,) = LINK.findall(text)
    return str(found)


def has_mailbox(place: object, who: str) -> str:
    """The post gets a mailbox of its own, which nobody signs in from; its id."""
    post = str(place.posts[who])  # type: ignore[attr-defined]  # a town
    Post.objects.filter(id=post).update(mail=MAILBOX)
    return post


def test_an_alert_of_immediate_risk_opens_the_concern_and_whom_to_telephone(client: Client) -> None:
    place = town()
    post = has_mailbox(place, LEAD)
    Story(place, now=BEFORE).raised(is_urgent=True, immediate_risk="He was seen with a burn.")
    path = link_in(told("urgent", post))
    assert client.get(path).status_code == 200
    assert not Read.objects.exists()
    page = drawn(comes_in(client, path))
    for words in ("A child may be at immediate risk", "He was seen with a burn.", "Telephone now"):
        assert words in page
    assert Read.objects.get().basis.endswith("by code")


def test_that_a_child_is_still_at_risk_opens_what_was_said_and_is_answered(client: Client) -> None:
    place = town()
    story = Story(place, now=BEFORE, step=STEP).raised().to_workers()
    story.records("workers-discuss", "agreed", WORKER, agreed="A visit.")
    settled = story.state.between.risks[-1].settled_by
    post = has_mailbox(place, "office.business_manager")
    story.does(between.state_risk, RAISER, settled_by=settled, is_at_risk=True, why="No visit.")
    told_posts = set(
        OutboxRow.objects.filter(template="still_at_risk").values_list("to", flat=True)
    )
    other = has_mailbox(place, "school.line_manager")
    post = post if post in told_posts else other
    page = drawn(comes_in(client, link_in(told("still_at_risk", post))))
    assert "What you are asked" in page
    assert "No visit." in page
    path = next(iter(re.findall(rf'href="(/cases/{story.reference}/what-will-be-done/\w+)"', page)))
    hidden = dict(HIDDEN.findall(drawn(client.get(path))))
    assert client.post(path, hidden | {"said": "I call them today."}).status_code == 303
    assert "I call them today." in drawn(client.get("/visit"))


def sits(place: object, who: str) -> str:
    """A panel member's own address at work, and no account; the person's id."""
    person = str(place.people[who])  # type: ignore[attr-defined]  # a town
    Person.objects.filter(id=person).update(mail=MAILBOX)
    return person


def test_whoever_is_asked_onto_a_panel_reads_its_papers_and_no_more(client: Client) -> None:
    place = town()
    person = sits(place, SITTING[0])
    story = Story(place, now=BEFORE, step=STEP).raised().to_panel().convened()
    path = link_in(told("on_panel", person))
    client.post(path)
    assert types(client, newest_code())["Location"] == "/visit"
    page = drawn(client.get("/visit"))
    for words in (
        "You are asked to sit on a panel",
        "Committee room 2",
        "Went on to",
        "The papers",
    ):
        assert words in page
    here = f"/cases/{story.reference}"
    for act in ("decision/resolution-panel", "heard", "risk", "withdraw"):
        assert client.get(f"{here}/{act}").status_code in (303, 404), act
        assert client.post(f"{here}/{act}").status_code in (404, 409), act
    assert client.get(f"{here}/tie").status_code == 200


def test_the_papers_are_the_record_as_the_panel_was_called_together_and_the_rest_comes_after(
    client: Client,
) -> None:
    place = town()
    person = sits(place, SITTING[0])
    story = Story(place, now=BEFORE, step=STEP).raised().to_panel().convened()
    entry = load(story.case).record[0].id
    story.does(acts.correct, entry=entry, correction="He is six.", reason="A slip.")
    story.does(acts.report_gap, gap="Nobody says who chairs.")
    path = link_in(told("on_panel", person))
    client.post(path)
    assert types(client, newest_code())["Location"] == "/visit"
    page = drawn(client.get("/visit"))
    since, papers = page.index('id="since-papers"'), page.index('id="papers"')
    assert since < page.index("Nobody says who chairs.") < papers
    assert papers < page.index(
        "Committee room 2"
    )  # that it was called together is where it belongs
    assert papers < page.index("Went on to")
    corrected = page[papers:][page[papers:].index("<strong>Corrected</strong>") :]
    assert "after the papers were fixed" in corrected[: corrected.index("He is six.")]


def test_whoever_sits_on_the_panel_no_more_has_a_link_that_leads_nowhere(client: Client) -> None:
    place = town()
    person = sits(place, SITTING[0])
    story = Story(place, now=BEFORE, step=STEP).raised().to_panel().convened()
    path = link_in(told("on_panel", person))
    others = story.members(*SITTING[1:], "mental.board_representative")
    meets_at = story.now + 48 * HOUR
    story.does(panels.convene_panel, CHAIR, members=others, meets_at=meets_at, where="Hall")
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


def at_bexley() -> Live:
    place = a_whole_town()
    puts_in_force(place, policy_file("bexley"))
    return Live(place, now=BEFORE, step=STEP).begins()


def test_a_meeting_opens_when_and_where_it_is(client: Client) -> None:
    story = at_bexley()
    post = has_mailbox(story.town, WORKER)
    agencies, agency = story.state.parties, story.town.agencies["school"]
    meeting = story.does(
        between.require_meeting, RAISER, step=MEETING_STEP, required_by=agency,
        agencies=agencies, reason="It cannot wait.",
    ).entries[0].id  # fmt: skip
    times = [timezone.now() + timedelta(days=3)]
    story.does(between.propose_times, RAISER, meeting=meeting, times=times, where="Room 7")
    story.does(between.answer_times, WORKER, meeting=meeting, times=times)
    story.does(between.arrange_meeting, RAISER, meeting=meeting, meets_at=times[0], where="Room 7")
    page = drawn(comes_in(client, link_in(told("meeting", post))))
    assert "It cannot wait." in page
    assert "Room 7" in page
    story.does(between.call_off, RAISER, meeting=meeting, reason="It is settled.")
    off = told("meeting_off", post)
    assert not LINK.findall(off)
    assert WHOM_TO_ASK in off


def test_a_digest_has_a_link_for_each_duty_and_none_for_news(client: Client, own: Waiting) -> None:
    person, now = own.place.people[WORKER], timezone.now()
    OutboxRow.objects.update(sent_at=now, next_try_at=None)
    own.story.does(between.ask_information, of=own.place.agencies["care"], what="Who went?", why="So.",
                   wanted_on=None, now=now - HOUR)  # fmt: skip
    digesting.send_digests(now + timedelta(days=1))
    OutboxRow.objects.filter(template="digest").update(made_at=now)
    text = told("digest", person)
    links = LINK.findall(text)
    assert len(links) >= 2
    assert "own page" not in text
    confirm = next(path for path in links if f"{own.row.what}\n" in before(text, path))
    assert client.get(confirm).status_code == 200
    client.post(confirm)
    types(client, newest_code())
    assert "The written outcome" in drawn(client.get("/visit"))
    for path in links:
        if path != confirm:
            assert client.get(f"/cases/{own.story.reference}/question/x").status_code == 404


def test_a_meeting_in_a_digest_has_a_link_to_what_one_is_asked_to(client: Client) -> None:
    place, now = town(), timezone.now()
    person = sits(place, SITTING[0])
    story = Story(place, now=BEFORE, step=STEP).raised().to_panel().convened()
    OutboxRow.objects.update(made_at=now - timedelta(days=3))
    Notice.objects.update(made_at=now - timedelta(days=3))
    digests.fold(now)
    digesting.send_digests(now)
    path = link_in(told("digest", person))
    client.post(path)
    assert types(client, newest_code())["Location"] == "/visit"
    page = drawn(client.get("/visit"))
    for words in ("You are asked to sit on a panel", "Committee room 2", "The papers"):
        assert words in page
    OutboxRow.objects.filter(template="digest").update(made_at=now - VALID_FOR)
    assert client.post(f"{path}/again").status_code == 200
    panel = story.state.panel
    assert panel is not None
    again = OutboxRow.objects.get(template="on_panel", sent_at=None, to=person)
    assert (again.due_at, bool(again.gathering)) == (panel.meets_at, True)
    found = link_of(link_in(told("on_panel", person)).rpartition("/")[2], timezone.now())
    assert found is not None
    assert found.is_good


def before(text: str, path: str) -> str:
    """The paragraph of a text that ends with this link."""
    return text.split(path)[0].rsplit("\n\n", 1)[-1]


def test_an_old_link_of_a_digest_is_renewed_by_a_message_of_its_own(
    client: Client, own: Waiting
) -> None:
    person, now = own.place.people[WORKER], timezone.now()
    OutboxRow.objects.update(sent_at=now, next_try_at=None)
    own.story.does(between.ask_information, of=own.place.agencies["care"], what="Who went?", why="So.",
                   wanted_on=None, now=now - HOUR)  # fmt: skip
    digesting.send_digests(now + timedelta(days=1))
    OutboxRow.objects.filter(template="digest").update(made_at=now)
    path = LINK.findall(told("digest", person))[0]
    OutboxRow.objects.filter(template="digest").update(made_at=now - VALID_FOR)
    assert client.get(path).status_code == 410
    assert client.post(f"{path}/again").status_code == 200
    fresh = OutboxRow.objects.filter(sent_at=None, template="new_duty").latest("made_at")
    found = link_of(link_in(told("new_duty", fresh.to)).rpartition("/")[2], timezone.now())
    assert found is not None
    assert found.is_good


@pytest.mark.parametrize("made_up", ["0", "99999", "x", "", "-1", "1" * 40])
def test_a_place_in_a_digest_that_is_not_there_leads_nowhere(
    client: Client, own: Waiting, made_up: str
) -> None:
    row, signature = own.path.removeprefix("/answer/").split(".")
    assert client.get(f"/answer/{row}-{made_up}.{signature}").status_code == 410


def test_word_to_a_data_protection_lead_without_an_account_says_whom_to_ask() -> None:
    from counterpart.messages.composing import compose

    row = OutboxRow(
        template="alert", what="Something unusual", to="p", path="/who-looked", made_at=BEFORE
    )
    message = compose(row, "https://x.example", links={})
    assert "/who-looked" not in message.text + message.html
    assert "business manager" in message.text


def test_whoever_has_an_account_signs_in_to_read(client: Client) -> None:
    place = town()
    person = sits(place, SITTING[0])
    Story(place, now=BEFORE, step=STEP).raised().to_panel().convened()
    path = link_in(told("on_panel", person))
    d.an_account(person, MAILBOX)
    assert "/cases/" in client.get(path)["Location"]


def test_a_letter_to_a_posts_mailbox_is_read_by_its_link(client: Client) -> None:
    bexley = a_place(policy_file("bexley"))
    post = has_mailbox(bexley.town, CHAIR)
    tried(bexley)
    page = bexley.page()
    assert bexley.sends(filled(page, says_0="They will not visit.")).status_code == 303
    shown = drawn(comes_in(client, link_in(told("letter", post))))
    for words in ("A letter to you", "What was said to you", "They will not visit.", "The concern"):
        assert words in shown
