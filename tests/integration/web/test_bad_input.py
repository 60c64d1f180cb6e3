"""Whatever is sent, no page answers with a fault: every address, filled with what nobody should send.

The browsers here do not raise what went wrong on the server: they see the answer, as people do.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from counterpart.access.routes import DESK, RouteRule, rule_of
from counterpart.casework import drafts, raising
from counterpart.casework.casefile import open_case
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.people.models import Holding
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.table import ACT_PAGES
from tests import directory as d
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)  # the pages read the real clock
PART = re.compile(r"<(?:\w+:)?(\w+)>")
HOSTILE = (
    "",
    "\0",
    "a\0b",
    "\r\nX-Injected: 1",
    "\x1b[31m\x07\x7f",
    "\u202egnp.exe\u2066",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "<script>alert(1)</script>{{7*7}}{% raise %}",
    "'; DROP TABLE journal_event; --",
    "../../../etc/passwd",
    "-1",
    "0",
    "9" * 25,
    "٣",
    "1e309",
    "NaN",
    "2026-11-21T20:00:00.123456~abc",
    "2026-11-21T20:00:00.123456+00:00~\0",
    "2026-13-41T99:99:99+00:00~1",
    "0001-01-01T00:00:00+23:59~1",
    "9999-12-31T23:59:59-23:59~1",
    "2099-99-99T00:00:00+00:00_1",
    "2026-11-21T20:00:00+00:00_999999999999999999",
    "a" * 100_000,
)
IN_ADDRESSES = ("\0", "a\0b", "\u202e", "0", "9" * 25, "٣", "%ff", "..", "a" * 3_000)
VIEWS = ("open", "late", "due_soon", "nobody", "confirming", "no-such")
PLACES = (
    "2026-11-21T20:00:00.123456~abc",
    "2026-11-21T20:00:00+00:00~0",
    "2026-11-21T20:00:00.1-23:59~z",
)
DATES = (("31", "2", "2026"), ("1", "1", "1"), ("31", "12", "9999"), ("١", "٢", "٢٠٢٦"),
         ("-1", "0", "99999999999"), ("29", "3", "2026"), ("\0", "\0", "\0"))  # fmt: skip


A_FILE = (
    b'--x\r\nContent-Disposition: form-data; name="\x00"; filename="../../x"\r\n'
    b"Content-Type: text/html\r\n\r\n<b>\r\n--x--"
)


class Site:
    """A site with a case, a draft, and a browser for each person who could send something."""

    def __init__(self) -> None:
        place = northmere()
        self.case, self.reference = _a_case(place)
        self.draft = drafts.start(person=place.teacher, now=AN_HOUR_AGO, key=d.new_id())
        manager = Holding.objects.get(
            post__partnership=place.partnership, post__tier="business_manager"
        ).person_id
        people = {"raiser": place.teacher, "manager": manager}
        self.browsers = {
            who: _browser(signed_in(p, f"{who}@x.example")) for who, p in people.items()
        }
        self.browsers["stranger"] = _browser(Client())
        self.place = place


def _browser(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def _a_case(place: Northmere) -> tuple[str, str]:
    written = raising.RaiseWritten(
        partnership=place.partnership,
        raising_agency=place.school,
        raising_post=place.teacher_post,
        receiving=((place.care, place.worker_post, ""),),
        children=(("child", "NHS 943 476 5919"),),
        grounds=("thresholds",),
        dispute="Closed without a visit.",
        why_unsafe="Two new bruises.",
        is_urgent=True,
        immediate_risk="He is there tonight.",
        desired_outcome="A visit.",
        has_asked_rationale="yes",
        has_used_own_policy="yes",
        already_tried="",
        supporter=place.lead_post,
    )
    actor = raising.actor_for_raising(person=place.teacher, post=place.teacher_post, at=AN_HOUR_AGO)
    done = raising.raise_concern(written=written, actor=actor, now=AN_HOUR_AGO, key=d.new_id())
    assert isinstance(done, Done)
    return done.case, done.reference


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, RouteRule]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one, before + str(one.pattern))
        elif rule := rule_of(one.callback):
            yield before + str(one.pattern), rule


def _filled(route: str, parts: dict[str, str]) -> str:
    return "/" + PART.sub(lambda part: quote(parts.get(part[1], "child"), ""), route)


def _targets(site: Site) -> list[str]:
    """Every page of an act on the case that is really there, with what it is about."""
    file = open_case(site.case, datetime.now(UTC))
    entry = file.entries[0].recorded.id
    return [
        ADDRESSES[option.event].href(
            site.reference, entry if option.event is e.EntryCorrected else option.target
        )
        for option in file.options
        if option.event in ADDRESSES
    ]


@pytest.fixture
def site() -> Site:
    return Site()


def test_there_is_a_page_for_every_act() -> None:
    assert {page.event for page in ACT_PAGES} == set(ADDRESSES)


def test_no_part_of_an_address_makes_a_fault(site: Site) -> None:
    faults = []
    known = {"reference": site.reference, "draft": site.draft}
    for route, rule in _patterns(get_resolver()):
        for name, text in product(PART.findall(route), IN_ADDRESSES):
            path = _filled(route, known | {name: text})
            who = "manager" if rule.kind == DESK or "desk" in route else "raiser"
            if _status(site.browsers[who], rule.methods[0], path) >= 500:
                faults.append(f"{who} {rule.methods[0]} {path}")
    assert faults == []


def test_no_query_makes_a_fault(site: Site) -> None:
    asked = ("after", "view", "stage", "partnership", "next", "why", "from", "email")
    queries = [
        "&".join(f"{name}={quote(text)}" for name in asked) for text in HOSTILE if len(text) < 99
    ]
    queries += [f"view=open&after={quote(text)}" for text in HOSTILE if len(text) < 99]
    queries += [f"view={view}&after={quote(place)}" for view in VIEWS for place in PLACES]
    pages = (("manager", "/desk"), ("raiser", "/me/cases"), ("raiser", "/me/notices"),
             ("stranger", "/sign-in"), ("raiser", f"/raise/{site.draft}/child"))  # fmt: skip
    faults = [
        f"{who} {path}?{query}"
        for (who, path), query in product(pages, queries)
        if _status(site.browsers[who], "GET", f"{path}?{query}") >= 500
    ]
    assert faults == []


def test_nothing_typed_makes_a_fault(site: Site) -> None:
    """Each form as its own page draws it; each of its fields filled with one bad thing after another."""
    faults = []
    for who, path, fields in _forms(site):
        for turn in range(0, len(HOSTILE), 3):
            sent = {name: HOSTILE[(turn + i) % len(HOSTILE)] for i, name in enumerate(fields)}
            if _post(site.browsers[who], path, sent) >= 500:
                faults.append(f"{who} {path} {turn}")
    assert faults == []


def test_no_date_makes_a_fault(site: Site) -> None:
    """Every other question answered as well as can be, so that the date is what is looked at."""
    faults = []
    for who, path, fields in _forms(site):
        for typed in DATES if any(name.endswith("year") for name in fields) else ():
            boxes = dict(zip(("day", "month", "year"), typed, strict=True)) | {"time": "12:00"}
            sent = {name: _boxed(name, boxes) for name in fields if name != "more"}
            if _post(site.browsers[who], path, sent | {"how": "telephone"}) >= 500:
                faults.append(f"{who} {path} {typed}")
    assert faults == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"a=%ff%fe&\xff\xfe=%00&email=%"),
        ("application/x-www-form-urlencoded", b"&".join(b"f%d=x" % n for n in range(3_000))),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * 3_000_000),
        ("application/x-www-form-urlencoded; charset=utf-7", b"a=+ADw-script+AD4-"),
        ("application/x-www-form-urlencoded; charset=no-such", b"a=b"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb"),
        ("multipart/form-data; boundary=x", A_FILE),
        ("multipart/form-data; boundary=" + "x" * 500, b"--x--"),
        ("multipart/form-data; boundary=\xff", b"--x--"),
        ("application/json", b'{"a": [[[[[['),
        ("text/xml", b'<!DOCTYPE x [<!ENTITY a "&b;">]><x>&a;</x>'),
        ("", b"\x00\x01\x02"),
    ],
)  # fmt: skip
def test_no_body_makes_a_fault(site: Site, kind: str, body: bytes) -> None:
    faults = []
    for path in ("/sign-in", "/raise", f"/raise/{site.draft}/child", "/desk/find", "/me/notices/seen",
                 f"/cases/{site.reference}/risk", "/sign-in/code", "/"):  # fmt: skip
        for who, browser in site.browsers.items():
            if browser.generic("POST", path, body, content_type=kind).status_code >= 500:
                faults.append(f"{who} {path}")
    assert faults == []


def test_no_cookie_or_header_makes_a_fault(site: Site) -> None:
    faults = []
    for text in ('"abcdefgh\\000"', "\xff\xfe", "a" * 5_000, "'--", '"\\', "..", "{}"):
        for name in (settings.SESSION_COOKIE_NAME, f"{settings.SESSION_COOKIE_NAME}-used",
                     settings.CSRF_COOKIE_NAME, "messages"):  # fmt: skip
            for path in ("/", "/me", "/sign-in", f"/cases/{site.reference}"):
                browser = _browser(Client(headers={"Cookie": f"{name}={text}"}))
                answer = browser.get(path)
                if answer.status_code >= 500:
                    faults.append(f"{name}={text[:20]} {path}")
    for header in ("Accept-Language", "Referer", "Origin", "X-Forwarded-For", "User-Agent", "Range",
                   "If-Modified-Since", "If-None-Match", "X-Requested-With"):  # fmt: skip
        for text in ("\xff\x00", "a" * 5_000, "%%%", "1,2,3"):
            statuses = [
                b.get("/me", headers={header: text}).status_code for b in site.browsers.values()
            ]
            faults += [f"{header}: {text[:20]}" for status in statuses if status >= 500]
    assert faults == []


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), other=st.text(alphabet=st.characters(), max_size=20))
def test_no_text_at_all_makes_a_fault(site: Site, text: str, other: str) -> None:
    """Anything Unicode has, in the places where text reaches the database or an address."""
    raiser, manager = site.browsers["raiser"], site.browsers["manager"]
    path = quote(text.encode("utf-8", "replace").decode(), "")
    answers = [
        _status(raiser, "GET", f"/raise/sent/{path}x"),
        _status(raiser, "GET", f"/raise/{path}x"),
        _status(manager, "GET", f"/me/cases?after={path}"),
        _status(manager, "GET", f"/desk?view=open&stage={path}&after={path}"),
        _post(manager, "/desk/find", {"reference": text}),
        _post(raiser, f"/raise/{site.draft}/child", {"reference": text, "kind": other}),
        _post(raiser, f"/cases/{site.reference}/gap", {"gap": text, "version": other}),
        _post(
            site.browsers["stranger"], "/sign-in", {"email": text, "password": other, "next": text}
        ),
    ]
    assert max(answers) < 500


def _status(browser: Client, method: str, path: str) -> int:
    return int(browser.generic(method, path).status_code)


def _post(browser: Client, path: str, sent: dict[str, str]) -> int:
    answer = browser.post(path, _sendable(sent))
    return int(answer.status_code)


def _sendable(sent: dict[str, str]) -> dict[str, str]:
    """Lone halves of a pair cannot be sent as UTF-8 at all."""
    return {name: text.encode("utf-8", "replace").decode() for name, text in sent.items()}


def _forms(site: Site) -> Iterator[tuple[str, str, list[str]]]:
    """Every page with a form on it, who may see it, and the names of its fields."""
    desk = [f"/desk/cases/{site.reference}/reassign/{site.place.care}/line-manager", "/desk/find"]
    raising = ["/raise"] + [
        f"/raise/{site.draft}/{name}"
        for name in ("child", "grounds", "dispute", "agencies", "check")
    ]
    mine = [path for path in _targets(site) if path.rsplit("/", 2)[1] != "limit"]
    pages = [("raiser", path) for path in (*mine, *raising, "/me/notices")]
    pages += [("manager", path) for path in (*desk, *_targets(site))]
    pages += [("stranger", path) for path in ("/sign-in", "/sign-in/code")]
    for who, path in pages:
        if fields := _fields(site.browsers[who], path):
            yield who, path, fields


def _fields(browser: Client, path: str) -> list[str]:
    """The names of the fields of a page's forms."""
    drawn = browser.get(path).content.decode()
    names = set(re.findall(r'name="([^"]+)"', drawn.partition("<main")[2]))
    return sorted(names - {"csrfmiddlewaretoken"})


def _boxed(name: str, boxes: dict[str, str]) -> str:
    return next((text for part, text in boxes.items() if name.endswith(part)), "x")
