"""Every address of the site × GET and POST × every kind of person, from a table that can be read.

A row says who is let in by GET and by POST; `-` is a method the page does not have. Whoever is not let in finds nothing
(404), or, where nobody is signed in, is sent to sign in. An address that is missing in the table fails the test. On
the way: one row in the log of reads for each page of a case that was shown, and nobody's name in a title or an address.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from counterpart.access import capabilities
from counterpart.access.models import Read
from counterpart.casework import acts, between, drafts, editions, keeping, learning, policycomments
from counterpart.casework.actors import the_clock
from counterpart.casework.casefile import open_case
from counterpart.journal.models import Event
from counterpart.office import regular
from counterpart.people.days import day_of
from counterpart.people.models import Holding, Partnership
from tests import directory as d
from tests.every_kind import written_whole
from tests.integration.web.routes_table import (
    ABOUT_WHAT,
    CASES,
    NOT_WALKED,
    WHO,
    Site,
    routes,
    rows,
)
from tests.live import policy_file
from tests.signed_in import sign_in
from tests.town import BRENT, CHAIR, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

EARLIER = datetime.now(UTC) - timedelta(days=4)  # the pages read the real clock
CHILD = "NM-40218"
MISSING = "00000000"
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def under(place: Town, content: bytes, **changed: Any) -> Story:
    """Another case, under a policy that asks for more than Brent's. Brent's is then in force again."""
    actor, now = the_clock(), EARLIER - timedelta(days=1)
    editions.publish(content=content, partnership=place.partnership, actor=actor, now=now)
    other = ((place.agencies["care"], place.posts["care.line_manager"], ""),)
    story = Story(place, now=EARLIER).raised(receiving=other, **changed)
    editions.publish(
        content=BRENT.read_bytes(), partnership=place.partnership, actor=actor, now=EARLIER
    )
    return story


def between_the_sides(place: Town) -> dict[str, str]:
    """A case with a question, more time asked for, and risk that remains; and another with a meeting required."""
    story = Story(place, now=EARLIER, step=timedelta(minutes=30)).raised().to_managers()
    care, manager = place.agencies["care"], "care.line_manager"
    asks = {"of": care, "what": "W.", "why": "Y."}
    asked = story.does(between.ask_information, **asks).entries[0].id
    duty = next(x for x in open_case(story.case, story.now).duties if x.due.at)
    more: dict[str, Any] = {"clock": duty.clock, "opened_by": duty.opened_by, "about": duty.about,
                            "until_at": story.now + timedelta(days=60), "reason": "R."}  # fmt: skip
    more_time = story.does(between.ask_more_time, **more).entries[0].id
    story.records("managers-discuss", "agreed", manager)
    settled = story.state.between.risks[-1].settled_by
    said: dict[str, Any] = {"settled_by": settled, "is_at_risk": True, "why": "W."}
    at_risk = story.does(between.state_risk, RAISER, **said).entries[0].id
    meets = under(place, policy_file("bexley"), grounds=("other",), track="main")
    wanted: dict[str, Any] = {"step": "multi-agency-meeting", "required_by": place.agencies["school"],
                              "agencies": meets.state.parties, "reason": "R."}  # fmt: skip
    meeting = meets.does(between.require_meeting, **wanted).entries[0].id
    return {"between": story.reference, "asked": asked, "duty": duty.id, "more_time": more_time,
            "settled": settled, "at_risk": at_risk, "meets": meets.reference,
            "required": "multi-agency-meeting", "meeting": meeting}  # fmt: skip


def kept_in(story: Story) -> dict[str, str]:
    """The entries of somebody kept out, of a note that was shared, and of a detail that few may see."""
    place = story.town
    done = {
        "kept_out": story.does(
            keeping.keep_out, CHAIR, person=place.people["mental.line_manager"],
            reason="family_tie", why="W.",
        ),
        "note": story.does(keeping.keep_note, RAISER, note="N."),
        "detail": story.does(
            keeping.protect, RAISER, kind="reporter", posts=[place.posts["care.line_manager"]],
            detail="A neighbour.",
        ),
    }  # fmt: skip
    entries: dict[str, str] = {name: one.entries[0].id for name, one in done.items()}
    story.does(keeping.share_note, RAISER, note=entries["note"])
    return entries


def learned_in(story: Story) -> dict[str, str]:
    """A learning point, and an offer to talk it over, of a case that has ended."""
    place, manager = story.town, story.town.posts["school.line_manager"]
    school, due_on = place.agencies["school"], (datetime.now(UTC) + timedelta(days=30)).date()
    point = {"body": school, "owner": manager, "due_on": due_on, "says": "L."}
    story.does(learning.record_point, RAISER, **point)
    offer = {"body": school, "to": place.posts[RAISER], "how": "H."}
    offered = story.does(learning.offer_debrief, RAISER, **offer)
    found = story.state.endings.points[0].id
    return {"placed": "other-worker", "point": found, "offer": offered.entries[0].id}


def regular_in(place: Town) -> dict[str, str]:
    """The yearly report of the panels, written down for the year."""
    year = str(day_of(EARLIER).year)
    done = regular.record_done(
        duty="yearly-panel-report", agency=None, period=year, occasion=None, done_on=day_of(EARLIER),
        what="W.", partnership=place.partnership, actor=place.acting("office.business_manager"),
        now=EARLIER, key=d.new_id(),
    )  # fmt: skip
    assert isinstance(done, regular.Written)
    return {"office": Partnership.objects.get(id=place.partnership).code, "period": year,
            "regular": "yearly-panel-report", "whose": place.partnership,
            "written": done.entry.id}  # fmt: skip


@pytest.fixture
def site() -> Site:
    place = town()
    story = Story(place, now=EARLIER, step=timedelta(minutes=30)).raised(
        is_urgent=True, immediate_risk="Tonight.", supporter=place.posts["hospital.practitioner"]
    )
    story.to_panel().convened().heard().decided().confirmed()
    kept = kept_in(story) | learned_in(story)
    early = Story(place, now=EARLIER, step=timedelta(minutes=30)).raised().to_managers()
    early.does(acts.report_gap, gap="Nothing says who tells the nursery.")
    kinds = under(place, written_whole(), grounds=("other",), track="main").reference
    people: dict[str, str] = {kind: place.people.get(who or "", "") for kind, who in WHO.items()}
    people["elsewhere"] = d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager"))
    people["administrator"] = d.a_person(name="Ad Ministrator")
    browsers = {kind: Client() for kind in WHO}
    for kind, client in browsers.items():
        if kind != "anonymous":
            is_administrator = kind == "administrator"
            account = d.an_account(
                people[kind], f"{kind}@x.example", is_administrator=is_administrator
            )
            sign_in(client, account)
    policy = editions.current(place.partnership)
    assert policy is not None
    policycomments.say(
        policy=policy, partnership=place.partnership, text="The times are too short.",
        actor=place.acting(RAISER, "belongs"), now=EARLIER, key=d.new_id(),
    )  # fmt: skip
    outcome = story.state.outcome
    assert outcome is not None
    known = {
        "reference": story.reference,
        "early": early.reference,
        "kinds": kinds,
        "up": "up",
        "date": "conference",
        "exit": "complaint",
        "letter": "letter",
        "first_talk": "talk",
        "set_talk": "managers-talk",
        "last_talk": "seniors-talk",
        "policy": "brent",
        "other": "brent",
        "edition": policy.edition,
        "comment": policycomments.comments(place.partnership)[0].id,
        "draft": drafts.start(person=people["raiser"], now=EARLIER, key=d.new_id()),
        "child": d.new_id(),
        "question": "dispute",
        "about": d.new_id(),
        "step": "tell-safeguarding-lead",
        "way": "to-seniors",
        "panel": "resolution-panel",
        "clock": "one-working-week",
        "action": outcome.actions[0].id,
        "entry": Event.objects.filter(stream=story.case).order_by("version")[1].id,
        "message": d.new_id(),
        "token": d.new_id(),
        "link": d.new_id(),
        "passkey": "1",
        "person": people["outsider"],
        "calendar": capabilities.grant(people["raiser"], "calendar", EARLIER),
        "body": place.agencies["care"],
        "ours": place.agencies["school"],
        "cover": d.new_id(),
        "post": place.posts["mental.practitioner"],
        "holding": Holding.objects.get(post=place.posts["mental.practitioner"]).id,
        "tie": d.new_id(),
        "kind": "posts",
        "role": "line-manager",
        "alert": "1",
        **kept,
        **between_the_sides(place),
        **regular_in(place),
    }
    return Site(place, browsers, known)


def asked(site: Site, who: str, method: str, path: str) -> HttpResponse:
    """What this person gets. Nothing is sent along, so no form is ever complete."""
    return cast(HttpResponse, site.browsers[who].generic(method, path))


def is_let_in(answer: HttpResponse) -> bool:
    to_sign_in = answer.headers.get("Location", "").startswith("/sign-in?")
    return answer.status_code in (200, 302, 303, 410, 422) and not to_sign_in


def is_kept_out(answer: HttpResponse, who: str) -> bool:
    """404, or, where nobody is signed in, to the sign-in page (with what was sent handed back)."""
    if who != "anonymous":
        return answer.status_code == 404
    to_sign_in = answer.headers.get("Location", "").startswith("/sign-in")
    return (answer.status_code == 303 and to_sign_in) or answer.status_code in (403, 404)


def test_every_address_of_the_site_is_in_the_table() -> None:
    told = {re.sub(r"<(\w+)>", lambda part: f"<{ABOUT_WHAT.get(part[1], part[1])}>", row.route)
            for row in rows()}  # fmt: skip
    assert told == set(routes(get_resolver())) - NOT_WALKED
    assert len(rows()) == len(told)


def test_every_address_answers_every_kind_of_person_as_the_table_says(site: Site) -> None:
    wrong = []
    private = [*site.place.names.values(), CHILD, "Oakfield", "Social Care"]
    for row in rows():
        path = site.path(row)
        for method, let_in in row.by.items():
            for who in WHO:
                reads = Read.objects.count()
                answer = asked(site, who, method, path)
                line = f"{who} {method} {row.route}: {answer.status_code}"
                if let_in is None:
                    # No word of whether it is there to whoever would not have found it anyway.
                    if answer.status_code not in (303, 403, 404, 405):
                        wrong.append(f"{line}, but should not be a method it has")
                elif not (is_let_in(answer) if who in let_in else is_kept_out(answer, who)):
                    wrong.append(
                        f"{line}, but should be {'let in' if who in let_in else 'kept out'}"
                    )
                shown = row.is_about_a_case and method == "GET" and who in (let_in or ())
                if Read.objects.count() - reads != (1 if shown else 0):
                    wrong.append(
                        f"{line}, but {Read.objects.count() - reads} reads were written down"
                    )
                seen = titles_and_addresses(answer)
                wrong += [f"{line}, but shows {name}" for name in private if name in seen]
    assert wrong == []


def titles_and_addresses(answer: HttpResponse) -> str:
    title = TITLE.search(answer.content.decode()) if answer.content else None
    return html.unescape(title[1] if title else "") + answer.headers.get("Location", "")


def test_a_method_that_a_page_does_not_have_is_405_to_whoever_may_see_it(site: Site) -> None:
    wrong = []
    for row in rows():
        allowed = {who for let_in in row.by.values() for who in let_in or ()}
        who = next((who for who in ("raiser", "manager", "chair") if who in allowed), None)
        wrong += [
            f"{who} {method} {row.route}"
            for method in ("PUT", "PATCH", "DELETE")
            if who and asked(site, who, method, site.path(row)).status_code != 405
        ]
    assert wrong == []


def test_an_outsider_cannot_tell_a_case_from_one_that_is_not_there(site: Site) -> None:
    for row in rows():
        if not row.is_about_a_case:
            continue
        path = site.path(row)
        references = (site.known[case] for case in CASES)
        nothing = re.sub("|".join(references), MISSING, path)
        for who in ("outsider", "elsewhere", "administrator"):
            for method in ("GET", "POST"):
                hidden, missing = (asked(site, who, method, p) for p in (path, nothing))
                assert hidden.status_code in (404, 405), row.route
                assert hidden.status_code == missing.status_code
                assert hidden.content == missing.content
    assert not Read.objects.exists()
