"""Who is let in where: the table of every address of the site, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, URLResolver

from tests.town import CHAIR, RAISER, Town

PART = re.compile(r"<(?:\w+:)?(\w+)>")

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
    "learners": SIDES | {"told", "chair", "manager"},
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
    /policy/<policy>/clauses                                      everyone     -
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
    /cases/<reference>/differ                                     sides        sides
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
    /cases/<reference>/action/<action>                            reopeners    reopeners
    /cases/<reference>/gap                                        tellers      tellers
    /cases/<reference>/correct/<entry>                            correctors   correctors
    /cases/<reference>/withdraw                                   own-side     own-side
    /cases/<reference>/reopen                                     reopeners    reopeners
    /cases/<reference>/supporter                                  writers      writers
    /cases/<reference>/placed/<placed>                            reopeners    reopeners
    /cases/<reference>/advice                                     sides        sides
    /cases/<reference>/met                                        judges       judges
    /cases/<reference>/learning                                   reopeners    reopeners
    /cases/<reference>/learned/<point>                            learners     learners
    /cases/<reference>/learning-passed-on/<point>                 learners     learners
    /cases/<reference>/debrief                                    reopeners    reopeners
    /cases/<reference>/debriefed/<offer>                          reopeners    reopeners
    /cases/<reference>/how-it-came                                in-the-case  -
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
    /cases/<reference>/pack                                       in-the-case  in-the-case
    /cases/<reference>/pack/left-out                              in-the-case  in-the-case
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

    /referred                                                     signed-in    -
    /referred/try-again/<message>                                 -            nobody

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
    /desk/regular                                                 managers     -
    /desk/regular/<regular>/<period>                              nobody       -
    /desk/cases/<early>/edition                                   manager      manager
    /desk/cases/<early>/reassign/<body>/<role>                    manager      manager

    /regular                                                      signed-in    -
    /regular/<office>/do/<regular>/<period>/<whose>               manager      manager
    /regular/<office>/happened/<regular>/<whose>                  nobody       nobody
    /regular/<office>/correct/<written>                           manager      manager
    /regular/<office>/withdraw/<written>                          manager      manager

    /who-looked                                                   managers     managers
    /who-looked/alerts/<alert>/seen-to                            -            managers

    /directory                                                    managers     -
    /directory/agencies/add                                       managers     managers
    /directory/agencies/<body>                                    manager      -
    /directory/agencies/<body>/change                             manager      manager
    /directory/agencies/<body>/close                              manager      manager
    /directory/agencies/<body>/confirm                            -            manager
    /directory/agencies/<body>/open                               -            manager
    /directory/agencies/<body>/add-post                           manager      manager
    /directory/posts/<post>                                       manager      -
    /directory/posts/<post>/change                                manager      manager
    /directory/posts/<post>/close                                 manager      manager
    /directory/posts/<post>/open                                  -            manager
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
    "detail": "target", "placed": "target", "point": "target", "offer": "target",
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
