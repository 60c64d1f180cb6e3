"""Every address of the site × GET and POST × every kind of person, from a table that can be read.

A row says who is let in by GET and by POST; `-` is a method the page does not have. Whoever is not let in finds nothing
(404), or, where nobody is signed in, is sent to sign in. An address that is missing in the table fails the test. On
the way: one row in the log of reads for each page of a case that was shown, and nobody's name in a title or an address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from counterpart.access import capabilities
from counterpart.access.models import Read
from counterpart.casework import acts, between, drafts, editions, keeping, policycomments
from counterpart.casework.actors import the_clock
from counterpart.casework.casefile import open_case
from counterpart.journal.models import Event
from counterpart.people.models import Holding
from tests import directory as d
from tests.every_kind import written_whole
from tests.live import policy_file
from tests.signed_in import sign_in
from tests.town import BRENT, CHAIR, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

EARLIER = datetime.now(UTC) - timedelta(days=4)  # the pages read the real clock
CHILD = "NM-40218"
MISSING = "00000000"
PART = re.compile(r"<(?:\w+:)?(\w+)>")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)

WHO = {
    "anonymous": None,
    "outsider": "mental.practitioner",
    "raiser": RAISER,
    "raising": "school.line_manager",
    "receiving": "care.line_manager",
    "supporter": "hospital.practitioner",
    "member": "hospital.board_representative",
    "presiding": "police.board_representative",
    "chair": CHAIR,
    "told": "office.head_of_safeguarding",
    "manager": "office.business_manager",
    "elsewhere": "elsewhere",
    "administrator": "administrator",
}

SIDES = {"raiser", "raising", "receiving"}
PANEL = {"member", "presiding"}
IN_THE_CASE = SIDES | PANEL | {"supporter", "chair", "told", "manager"}
GROUPS: dict[str, set[str]] = {
    "everyone": set(WHO),
    "signed-in": set(WHO) - {"anonymous"},
    "nobody": set(),
    "raiser": {"raiser"},
    "sides": SIDES,
    "own-side": {"raiser", "raising"},
    "has-it": {"raising"},
    "receiving+": {"receiving", "manager"},
    "writers": SIDES | {"presiding"},
    "takers": SIDES | {"presiding", "chair", "manager"},
    "movers": SIDES | {"manager"},
    "of-kinds": {"raiser", "receiving", "chair", "manager"},
    "behalf-of-kinds": {"raiser", "receiving", "manager"},
    "meeters": {"raiser", "receiving", "manager"},
    "behalf": {"raiser", "raising", "receiving", "manager"},
    "tellers": SIDES | {"told", "manager"},
    "reopeners": SIDES | {"chair", "manager"},
    "correctors": SIDES | PANEL | {"chair", "manager"},
    "deciders": {"chair", "manager"},
    "judges": PANEL | {"chair"},
    "in-the-case": IN_THE_CASE,
    "few": {"raiser", "receiving"},
    "watchers": {"raiser", "raising", "manager"},
    "manager": {"manager"},
    "managers": {"manager", "elsewhere"},
    "in-its-area": set(WHO) - {"anonymous", "elsewhere", "administrator"},
}

TABLE = """
    /                                                             everyone     -
    /danger                                                       everyone     -
    /referral                                                     everyone     -
    /other-routes                                                 everyone     -
    /other-routes/whistleblowing                                  everyone     -
    /other-routes/lado                                            everyone     -
    /other-routes/not-safe                                        everyone     -
    /other-routes/complaint                                       everyone     -
    /policy                                                       everyone     -
    /policy/<policy>                                              everyone     -
    /policy/<policy>/diagram.svg                                  everyone     -
    /policy/<policy>/opposite-number                              everyone     -
    /policy/<policy>/beside/<other>                               everyone     -
    /opposite-number                                              everyone     -
    /work-out-a-deadline                                          everyone     -
    /accessibility                                                everyone     -
    /privacy                                                      everyone     -
    /health                                                       everyone     -
    /mailbox                                                      everyone     -
    /sign-in                                                      everyone     everyone
    /sign-in/code                                                 everyone     everyone
    /sign-in/code/enter                                           everyone     everyone
    /sign-in/account                                              everyone     -
    /sign-in/second-step                                          everyone     everyone
    /sign-in/agency                                               everyone     nobody
    /invitation/<token>                                           everyone     everyone

    /account                                                      signed-in    -
    /account/password                                             signed-in    signed-in
    /account/confirm                                              signed-in    signed-in
    /account/second-step                                          signed-in    -
    /account/second-step/app                                      signed-in    signed-in
    /account/second-step/app/remove                               -            signed-in
    /account/second-step/key                                      signed-in    signed-in
    /account/second-step/key/<passkey>/remove                     -            nobody
    /account/codes                                                signed-in    signed-in
    /accounts/<person>/invite                                     manager      manager

    /opposite-number/posts                                        signed-in    -
    /policy/<policy>/have-your-say                                in-its-area  in-its-area

    /calendar/<calendar>.ics                                      everyone     -

    /me                                                           signed-in    -
    /me/calendar                                                  signed-in    signed-in
    /me/calendar/off                                              -            signed-in
    /me/cases                                                     signed-in    -
    /me/ended                                                     signed-in    -
    /me/hand-on                                                   signed-in    signed-in
    /me/handed-on                                                 signed-in    -
    /me/away                                                      signed-in    signed-in
    /me/away/<cover>/end                                          -            signed-in
    /me/notices                                                   signed-in    -
    /me/notices/seen                                              -            signed-in

    /answer/<link>                                                everyone     everyone
    /answer/<link>/again                                          -            everyone
    /raise/without-account                                        everyone     everyone
    /visit/code                                                   everyone     everyone
    /visit/who                                                    everyone     everyone
    /visit                                                        nobody       -
    /visit/passed-on                                              everyone     -

    /raise                                                        signed-in    signed-in
    /raise/drafts                                                 signed-in    -
    /raise/sent/<reference>                                       raiser       -
    /raise/<draft>                                                raiser       -
    /raise/<draft>/check                                          raiser       raiser
    /raise/<draft>/remove/<child>                                 -            raiser
    /raise/<draft>/<question>                                     raiser       raiser
    /raise/<draft>/<question>/<about>                             raiser       raiser
    /raise/<draft>/delete                                         raiser       raiser

    /cases/<reference>                                            in-the-case  -
    /cases/<reference>/policy                                     in-the-case  -
    /cases/<reference>/step/<step>                                takers       takers
    /cases/<reference>/telephoned/step/<step>                     behalf       behalf
    /cases/<early>/move/<way>                                     movers       movers
    /cases/<early>/telephoned/move/<way>                          behalf       behalf
    /cases/<reference>/outcome                                    writers      writers
    /cases/<reference>/telephoned/outcome                         behalf       behalf
    /cases/<reference>/answer                                     sides        sides
    /cases/<reference>/telephoned/answer                          behalf       behalf
    /cases/<reference>/panel/<panel>                              deciders     deciders
    /cases/<reference>/heard                                      judges       judges
    /cases/<reference>/decision/<panel>                           judges       judges
    /cases/<reference>/limit/<clock>                              takers       takers
    /cases/<kinds>/telephoned/limit/<set_talk>                        behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/agree-time/<last_talk>                              of-kinds     of-kinds
    /cases/<kinds>/telephoned/agree-time/<last_talk>                   behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/priority                                       of-kinds     of-kinds
    /cases/<kinds>/telephoned/priority                            behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/date/<date>                                    of-kinds     of-kinds
    /cases/<kinds>/telephoned/date/<date>                         behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/other-way/<exit>                               of-kinds     of-kinds
    /cases/<kinds>/telephoned/other-way/<exit>                    behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/letter/<letter>                                of-kinds     of-kinds
    /cases/<kinds>/ask-approval/<up>                              of-kinds     of-kinds
    /cases/<kinds>/telephoned/ask-approval/<up>                   behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/approve/<up>                                   of-kinds     of-kinds
    /cases/<kinds>/telephoned/approve/<up>                        behalf-of-kinds behalf-of-kinds
    /cases/<kinds>/satisfied/<first_talk>                         of-kinds     of-kinds
    /cases/<kinds>/telephoned/satisfied/<first_talk>              behalf-of-kinds behalf-of-kinds
    /cases/<reference>/risk                                       tellers      tellers
    /cases/<reference>/redirect                                   receiving+   receiving+
    /cases/<reference>/who                                        writers      writers
    /cases/<reference>/action/<action>                            writers      writers
    /cases/<reference>/gap                                        tellers      tellers
    /cases/<reference>/correct/<entry>                            correctors   correctors
    /cases/<reference>/withdraw                                   own-side     own-side
    /cases/<reference>/reopen                                     reopeners    reopeners
    /cases/<reference>/tie                                        in-the-case  in-the-case
    /cases/<reference>/kept-out                                   deciders     -
    /cases/<reference>/keep-out                                   deciders     deciders
    /cases/<reference>/let-back/<kept_out>                        deciders     deciders
    /cases/<reference>/restrict                                   deciders     deciders
    /cases/<reference>/lift-restriction                           deciders     deciders
    /cases/<reference>/note                                       sides        sides
    /cases/<reference>/share-note/<note>                          sides        sides
    /cases/<reference>/protect                                    correctors   correctors
    /cases/<reference>/detail/<detail>                            few          -
    /cases/<reference>/detail/<detail>/who                        few          few
    /cases/<reference>/reads                                      watchers     -
    /cases/<early>/hand-on/<ours>/<role>                          has-it       has-it

    /cases/<between>/ask                                          movers       movers
    /cases/<between>/telephoned/ask                               behalf       behalf
    /cases/<between>/question/<asked>                             movers       movers
    /cases/<between>/telephoned/question/<asked>                  behalf       behalf
    /cases/<between>/answer-question/<asked>                      movers       movers
    /cases/<between>/telephoned/answer-question/<asked>           behalf       behalf
    /cases/<between>/more-time/<duty>                             movers       movers
    /cases/<between>/telephoned/more-time/<duty>                  behalf       behalf
    /cases/<between>/answer-more-time/<more_time>                 movers       movers
    /cases/<between>/telephoned/answer-more-time/<more_time>      behalf       behalf
    /cases/<between>/still-at-risk/<settled>                      movers       movers
    /cases/<between>/telephoned/still-at-risk/<settled>           behalf       behalf
    /cases/<between>/what-will-be-done/<at_risk>                  movers       movers
    /cases/<between>/telephoned/what-will-be-done/<at_risk>       behalf       behalf
    /cases/<meets>/require-meeting/<required>                     meeters      meeters
    /cases/<meets>/telephoned/require-meeting/<required>          meeters      meeters
    /cases/<meets>/meeting-times/<meeting>                        meeters      meeters
    /cases/<meets>/telephoned/meeting-times/<meeting>             meeters      meeters
    /cases/<meets>/when-we-can-come/<meeting>                     meeters      meeters
    /cases/<meets>/telephoned/when-we-can-come/<meeting>          meeters      meeters
    /cases/<meets>/arrange-meeting/<meeting>                      meeters      meeters
    /cases/<meets>/telephoned/arrange-meeting/<meeting>           meeters      meeters
    /cases/<meets>/call-off-meeting/<meeting>                     meeters      meeters
    /cases/<meets>/telephoned/call-off-meeting/<meeting>          meeters      meeters

    /desk                                                         managers     -
    /desk/find                                                    managers     managers
    /desk/policy                                                  managers     -
    /desk/policy/new                                              managers     managers
    /desk/policy/put-in-force                                     -            managers
    /desk/policy/editions/<edition>                               manager      -
    /desk/policy/editions/<edition>/file                          manager      -
    /desk/policy/comments                                         managers     -
    /desk/policy/comments/<comment>                               manager      manager
    /desk/messages/<message>/again                                -            nobody
    /desk/cases/<early>/edition                                   manager      manager
    /desk/cases/<early>/reassign/<body>/<role>                    manager      manager

    /who-looked                                                   managers     managers
    /who-looked/alerts/<alert>/seen-to                            -            managers

    /directory                                                    managers     -
    /directory/agencies/add                                       managers     managers
    /directory/agencies/<body>                                    manager      -
    /directory/agencies/<body>/change                             manager      manager
    /directory/agencies/<body>/confirm                            -            manager
    /directory/agencies/<body>/add-post                           manager      manager
    /directory/posts/<post>                                       manager      -
    /directory/posts/<post>/change                                manager      manager
    /directory/posts/<post>/appoint                               manager      manager
    /directory/appointments/<holding>/end                         manager      manager
    /directory/people/<person>                                    manager      -
    /directory/people/<person>/change                             manager      manager
    /directory/people/<person>/cover                              manager      manager
    /directory/people/<person>/leave                              manager      manager
    /directory/cover/<cover>/end                                  -            nobody
    /directory/ties                                               managers     managers
    /directory/ties/<tie>/end                                     -            nobody
    /directory/import                                             managers     managers
    /directory/import/do                                          -            managers
    /directory/export/<kind>                                      managers     -

    /sign-out                                                     -            everyone
"""

ABOUT_WHAT = {  # what the addresses themselves call it, where the table says more
    "step": "target", "way": "target", "panel": "target", "clock": "target", "action": "target",
    "entry": "target", "calendar": "token", "early": "reference", "kinds": "reference",
    "up": "target", "date": "target",
    "letter": "target", "exit": "target", "first_talk": "target", "set_talk": "target", "last_talk": "target",
    "ours": "body", "link": "token", "kept_out": "target", "note": "target",
    "detail": "target",
    "between": "reference", "meets": "reference", "asked": "target", "duty": "target", "more_time": "target",
    "settled": "target", "at_risk": "target", "required": "target", "meeting": "target",
}  # fmt: skip
CASES = ("reference", "early", "kinds", "between", "meets")
"""What the table calls the cases of the site."""

NOT_WALKED = {
    "/mailbox/<message>",  # a message of the demonstration: `test_mailbox` has it
    "/sign-in/agency/<provider_id>/back",  # an answer to what was asked: `test_sign_on` has it
}


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    route: str
    by: dict[str, set[str] | None]

    @property
    def is_about_a_case(self) -> bool:
        return any(f"<{case}>" in self.route for case in CASES)


@dataclass(frozen=True)
class Site:
    """A town with a case that everybody here has to do with, and a browser for each kind of person."""

    place: Town
    browsers: dict[str, Client]
    known: dict[str, str]

    def path(self, row: Row) -> str:
        return PART.sub(lambda part: self.known[part[1]], row.route)


def rows() -> list[Row]:
    """The table, in its own order: what ends a draft or a sign-in comes last."""
    found = []
    for line in TABLE.split("\n"):
        if parts := line.split():
            route, get, post = parts
            by = {
                m: None if who == "-" else GROUPS[who] for m, who in (("GET", get), ("POST", post))
            }
            found.append(Row(route, by))
    return found


def routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of the site."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield PART.sub(r"<\1>", before + str(one.pattern))


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


@pytest.fixture
def site() -> Site:
    place = town()
    story = Story(place, now=EARLIER, step=timedelta(minutes=30)).raised(
        is_urgent=True, immediate_risk="Tonight.", supporter=place.posts["hospital.practitioner"]
    )
    story.to_panel().convened().heard().decided().confirmed()
    kept = kept_in(story)
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
