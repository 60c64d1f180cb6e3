"""Words planted in one case are found nowhere by anybody who has nothing to do with it.

Every address of the site, by GET and by POST, as every kind of such a person; then what goes out or is kept beside
the pages: mails, the morning's digests, calendars, logs. A new page is swept as soon as its address exists.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from counterpart.access import capabilities
from counterpart.casework import acts, digesting, editions, keeping, learning, recording, upkeep
from counterpart.casework.actors import by_post, the_clock
from counterpart.casework.writing import Done, load
from counterpart.engine import events as e
from counterpart.engine.rules import Refusal
from counterpart.messages.composing import compose
from counterpart.messages.models import DigestLine, Notice, OutboxRow
from counterpart.people import changes
from tests import directory as d
from tests.casebook import BRENT_FILE
from tests.integration.access.test_every_route import Route, routes
from tests.integration.web.cases import (
    case_of,
    goes_to_the_workers,
    holder_of,
    manager_of,
)
from tests.integration.web.northmere import Northmere, answer_all, begin, northmere, signed_in
from tests.packs import every_byte, text_of

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)  # the pages read the real clock
LATER = NOW + timedelta(hours=1)
NOTE, DETAIL = "canary-bittern", "canary-curlew"
CANARIES = (
    "canary-avocet", "canary-dunlin", "canary-egret", "canary-fulmar", "canary-gannet", "canary-heron",
    "canary-jacana", "canary-knot", NOTE, DETAIL,
)  # fmt: skip
ENDS_THE_SESSION = {"account_logout"}
MISSING = "00000000"


@dataclass(frozen=True)
class Sweep:
    """A site with one case full of canaries, and a browser for each kind of person."""

    place: Northmere
    reference: str
    routes: list[Route]
    outsiders: dict[str, Client]
    people: dict[str, str]

    @property
    def case(self) -> str:
        return case_of(self.reference)


@pytest.fixture
def sweep() -> Sweep:
    """The site."""
    place = northmere()
    keeps_records(place)
    reference, draft = planted(place)
    case = case_of(reference)
    people = {
        "outsider": d.a_person(d.a_post(place.police), name="Outsider"),
        "colleague": d.a_person(d.a_post(place.school), name="Colleague"),
        "manager_elsewhere": d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager")),
        "administrator": d.a_person(name="Administrator"),
        "data_lead": d.a_person(d.a_post(place.partnership, "data_protection_lead")),
        "leaver": left(place),
        "kept_out": holder_of(place.lead_post),
    }
    kept = keeping.keep_out(person=people["kept_out"], reason="family_tie", why="canary-jacana",
                            **by(place, case, manager_of(place)))  # fmt: skip
    assert isinstance(kept, Done)
    upkeep.refresh_duties(datetime.now(UTC))
    browsers = {
        who: signed_in(person, f"{who}@x.example", is_administrator=who == "administrator")
        for who, person in people.items()
    }
    return Sweep(place, reference, filled(reference, draft, case), {"stranger": Client(), **browsers},
                 people)  # fmt: skip


def keeps_records(place: Northmere) -> None:
    """The policy has each stage’s record placed on the child’s own file."""
    before = "    what: What was done and what was decided\n"
    written = BRENT_FILE.read_text(encoding="utf-8")
    kept = written.replace(before, f"{before}    kept_on: [child]\n").encode()
    assert kept != written.encode()
    editions.publish(
        content=kept, partnership=place.partnership, actor=the_clock(), now=datetime.now(UTC)
    )


def planted(place: Northmere) -> tuple[str, str]:
    """A concern raised through the pages, taken on and written in; and a second one begun."""
    teacher = signed_in(place.teacher, "amara@x.example")
    draft = begin(teacher)
    answer_all(
        teacher, draft, place,
        child={"kind": "child", "reference": "canary-avocet"},
        dispute={"dispute": "canary-dunlin"},
        why_unsafe={"why_unsafe": "canary-egret"},
        immediate_risk={"is_urgent": "yes", "immediate_risk": "canary-fulmar"},
        outcome={"desired_outcome": "canary-gannet"},
        tried={"already_tried": "canary-heron"},
    )  # fmt: skip
    sent = teacher.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    reference = sent.headers["Location"].rsplit("/", 1)[-1]
    goes_to_the_workers(place, reference, datetime.now(UTC))
    case = case_of(reference)
    own = by(place, case, place.teacher, place.teacher_post, "raising_side")
    assert isinstance(keeping.keep_note(note=NOTE, **own), Done)
    own |= {"key": d.new_id()}
    assert isinstance(keeping.protect(kind="reporter", posts=[], detail=DETAIL, **own), Done)
    own |= {"key": d.new_id()}
    assert isinstance(acts.report_gap(gap="canary-knot", **own), Done)
    begun = begin(teacher)
    teacher.post(f"/raise/{begun}/dispute", {"dispute": "canary-dunlin"})
    return reference, begun


def by(place: Northmere, case: str, person: str, post: str | None = None,
       capacity: str = "business_manager") -> dict[str, Any]:  # fmt: skip
    """What every use case is given."""
    from counterpart.people.models import Holding

    held = post or Holding.objects.filter(person=person).latest("from_on").post_id
    actor = by_post(person=person, post=held, capacity=capacity)
    return {"case": case, "actor": actor, "now": datetime.now(UTC), "key": d.new_id()}


def left(place: Northmere) -> str:
    """Somebody who held the teacher's own post until yesterday."""
    person = d.a_person(name="Leaver")
    holding = d.holds(person, place.teacher_post)
    changes.end_holding(holding=holding, until_on=(NOW - timedelta(days=1)).date())
    return person


def ends(sweep: Sweep) -> None:
    """Advice is taken, the case ends, its record is placed, something is learned from it and seen to."""
    place, case = sweep.place, sweep.case
    today = datetime.now(UTC).date()

    def does(act: Callable[..., Done | Refusal], **what: Any) -> None:
        own = by(place, case, place.teacher, place.teacher_post, "raising_side")
        assert isinstance(done := act(**what, **own), Done), done

    does(
        recording.record_advice,
        said="canary-egret",
        asked="canary-heron",
        stated_name="canary-avocet",
    )
    does(acts.withdraw, reason="canary-gannet")
    stage = load(case).state.stage
    does(recording.place_record, stage=stage, on=["child"], placed_on=today, where="canary-knot",
         note="canary-gannet")  # fmt: skip
    does(
        learning.record_point,
        body=place.school,
        owner=place.teacher_post,
        due_on=today,
        says="canary-egret",
    )
    (point,) = load(case).state.endings.points
    does(learning.refer_point, point=point.id, to="canary-fulmar")
    office = by(place, case, manager_of(place))
    seen_to = learning.finish_point(point=point.id, what="canary-dunlin", **office)
    assert isinstance(seen_to, Done)
    does(learning.offer_debrief, body=place.school, to=place.teacher_post, how="canary-gannet")


def filled(reference: str, draft: str, case: str) -> list[Route]:
    """Every address; those about an entry once for each that is not for everybody in the case."""
    kinds = (e.NoteKept, e.ProtectedDetailKept, e.PersonKeptOut)
    entries = [entry.id for entry in load(case).record if isinstance(entry.event, kinds)]
    found = []
    for route in routes(reference, draft):
        if "target" in route.parts and "reference" in route.parts:
            found += [
                Route(route.name, route.path.replace("a" * 32, entry), route.rule, route.parts)
                for entry in entries
            ]
        elif route.name not in ENDS_THE_SESSION:
            found.append(route)
    return found


def everything_said(answer: HttpResponse) -> str:
    """What an answer shows: its body, and its headers. Of a document, everything that is in the file."""
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == "application/pdf":
        return everything_in(body) + str(answer.headers)
    return unescape(body.decode(errors="replace")) + str(answer.headers)


def everything_in(pdf: bytes) -> str:
    """The text of a PDF, which stands in it as the numbers of shapes, and each of its streams, unpacked."""
    raw = every_byte(pdf)
    shown = "".join(text_of(pdf).split())  # a word may be broken where a line ends
    wide = (part.decode("utf-16-be", errors="replace") for part in (raw, raw[1:]))
    return "\n".join((shown, raw.decode(errors="replace"), *wide))


def found_by(sweep: Sweep, who: str, client: Client, words: tuple[str, ...]) -> list[str]:
    """Where this person found any of the words."""
    found = []
    for route in sweep.routes:
        for method in ("GET", "POST"):
            sent = {"idempotency_key": d.new_id(), "who": "a", "find": "yes", "q": "a",
                    "reference": sweep.reference, "text": "canary", "part": "whole", "kind": "pdf"}  # fmt: skip
            answer = client.get(route.path) if method == "GET" else client.post(route.path, sent)
            said = everything_said(answer)  # type: ignore[arg-type]  # a test client's answer
            found += [f"{who} {method} {route.path}: {word}" for word in words if word in said]
    return found


def test_the_canaries_are_there_for_whoever_is_in_the_case(sweep: Sweep) -> None:
    page = signed_in(d.a_person(sweep.place.teacher_post), "second@x.example").get(
        f"/cases/{sweep.reference}"
    )
    said = page.content.decode()
    # Why somebody is kept out, and the detail, have pages of their own.
    assert [word for word in CANARIES if word not in said] == [
        "canary-jacana",
        DETAIL,
    ]


@pytest.mark.parametrize(
    "who",
    ["stranger", "outsider", "colleague", "manager_elsewhere", "administrator", "data_lead", "leaver",
     "kept_out"],
)  # fmt: skip
def test_nobody_outside_the_case_finds_a_word_of_it_at_any_address(
    sweep: Sweep, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert found_by(sweep, who, sweep.outsiders[who], CANARIES) == []
    assert not [word for word in CANARIES if word in caplog.text]


@pytest.mark.parametrize("who", ["outsider", "colleague", "data_lead", "leaver", "kept_out"])
def test_a_case_that_is_there_and_one_that_is_not_are_answered_with_the_same_bytes(
    sweep: Sweep, who: str
) -> None:
    client = sweep.outsiders[who]
    for route in sweep.routes:
        if "reference" not in route.parts or (who == "data_lead" and route.name == "reads"):
            continue
        nothing = route.path.replace(sweep.reference, MISSING)
        hidden, missing = client.get(route.path), client.get(nothing)
        assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
        assert hidden.status_code in (404, 405), route.path


@pytest.mark.parametrize("who", ["receiving_side", "business_manager"])
def test_an_agencys_own_note_and_a_protected_detail_are_found_by_nobody_else_in_the_case(
    sweep: Sweep, who: str
) -> None:
    place = sweep.place
    person = manager_of(place)
    if who == "receiving_side":
        person = holder_of(place.worker_post)
    client = signed_in(person, "inside@x.example")
    assert "canary-dunlin" in everything_said(client.get(f"/cases/{sweep.reference}"))  # type: ignore[arg-type]
    assert found_by(sweep, who, client, (NOTE, DETAIL)) == []


@pytest.mark.parametrize("who", ["receiving_side", "business_manager"])
def test_the_pack_holds_nothing_that_whoever_makes_it_may_not_read(sweep: Sweep, who: str) -> None:
    place = sweep.place
    person = holder_of(place.worker_post) if who == "receiving_side" else manager_of(place)
    client, own = (
        signed_in(person, "packs@x.example"),
        signed_in(d.a_person(place.teacher_post), "own@x.example"),
    )
    for part in (
        {"part": "whole"},
        {"part": "stage", "stage": load(sweep.case).state.stage},
        {"part": "summary"},
    ):
        form = part | {"kind": "pdf"}
        mine = everything_said(own.post(f"/cases/{sweep.reference}/pack", form))  # type: ignore[arg-type]
        theirs = everything_said(client.post(f"/cases/{sweep.reference}/pack", form))  # type: ignore[arg-type]
        assert "canary-dunlin" in mine
        assert "canary-dunlin" in theirs
        assert [word for word in (NOTE, DETAIL) if word in theirs] == [], part
        if part["part"] == "whole":
            assert NOTE in mine  # the agency's own pack has its own note, so that it would be found


def test_no_message_notice_digest_or_calendar_holds_a_word(sweep: Sweep) -> None:
    ends(sweep)
    digesting.send_digests(LATER)
    rows = OutboxRow.objects.exclude(template="invitation")
    assert rows.exists()
    for row in rows:
        lines = DigestLine.objects.filter(row=row)
        message = compose(row, "https://x.example", lines)
        said = f"{message.subject}{message.text}{message.html}{message.entry}{message.addressee}"
        assert not [word for word in CANARIES if word in said], row.template
    assert {"to_place", "learning"} <= set(Notice.objects.values_list("kind", flat=True))
    told = str(list(Notice.objects.values()))
    assert not [word for word in CANARIES if word in told]
    for who, person in {**sweep.people, "raiser": sweep.place.teacher}.items():
        address = capabilities.grant(person, "calendar", NOW)
        said = everything_said(Client().get(f"/calendar/{address}.ics"))  # type: ignore[arg-type]
        assert not [word for word in CANARIES if word in said], who
        if who != "raiser":
            assert not re.search(f"{sweep.reference[:4]}-?{sweep.reference[4:]}", said), who
    assert not OutboxRow.objects.filter(
        case=sweep.case, to__in=list(sweep.people.values())
    ).exists()
