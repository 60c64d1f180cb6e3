"""The web server itself killed while people send forms: `counterpart serve`, over HTTP, with all its processes.

Whoever has no answer sends the same form again, as a person does who presses again: the form carries its own key.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from counterpart.casework.writing import load
from counterpart.people.models import Account
from faults.counting import owed_by, tally
from faults.ground import Fault, Ground
from faults.outcome import Outcome
from faults.processes import IN_TIME, DidNotHappen, begin, deliver_in_the_end, kill
from faults.stories import MOVED_ON, Performed, now, perform, performed, write_down
from tests.second_steps import set_up_app
from tests.signed_in import sign_in
from tests.site import free_port
from tests.town import RAISER

DISCUSSED = "discussed"
KILLS, STORIES = 4, 60
PROXY = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
NAME = "web server killed in the middle of a request"


@dataclass(frozen=True, slots=True)
class Form:
    """A filled-in form on a case, ready to be sent."""

    about: Performed
    path: str
    cookies: str
    body: bytes


def server_killed(ground: Ground) -> Outcome:
    """Each form that was sent is on the record once, and so is its word."""
    address = f"http://127.0.0.1:{free_port()}"
    cookies, server = _signed_in(ground), _serve(address)
    _one_undisturbed(ground, address, cookies)
    forms = [_form(ground, cookies) for _ in range(STORIES)]
    ledger = ground.ledger()
    sender = begin(send_all, address, forms, ledger)
    for _ in range(KILLS):
        killed_at = len(performed(ledger))
        threading.Event().wait(ground.random.uniform(0.05, 0.5))
        _kill_all_of(server)
        server = _serve(address)
    sender.join(IN_TIME)
    _kill_all_of(server)
    if sender.is_alive():
        kill(sender)
    deliver_in_the_end(now())
    stories = performed(ledger)
    found = tally([form.about for form in forms], ground.owed, ground.office)
    twice = sum(_times_discussed(form.about) != 1 for form in forms)
    ground.say(
        f"{NAME}: {KILLS} kills, {killed_at} of {STORIES} forms answered when it was last killed"
    )
    return Outcome(
        fault=NAME,
        runs=KILLS,
        lost=found.lost + len(forms) - len(stories),
        doubled=found.doubled + twice,
        met=found.is_sound
        and twice == 0
        and len(stories) == len(forms)
        and 0 < killed_at < len(forms),
    )


FAULTS = (Fault(NAME, server_killed),)


def send_all(address: str, forms: Sequence[Form], ledger: Path) -> None:
    """Somebody's browser: send each form until it is answered, and note that it was."""
    for form in forms:
        while not _is_answered(address, form):
            time.sleep(0.02)
        write_down(form.about, ledger)


class _Stays(urllib.request.HTTPRedirectHandler):
    """Being sent on to the next page is the answer."""

    def redirect_request(self, *_: Any) -> None:
        """Do not go there."""


def _is_answered(address: str, form: Form) -> bool:
    headers = {**PROXY, "Cookie": form.cookies, "Referer": "https://localhost/"}
    request = urllib.request.Request(address + form.path, form.body, headers)  # noqa: S310 - loopback
    try:
        urllib.request.build_opener(_Stays).open(request, timeout=10).close()
    except urllib.error.HTTPError as answer:
        onward = answer.headers.get("Location", "")
        if answer.code != 303 or not onward.startswith(f"/cases/{form.about.reference}"):
            raise DidNotHappen(f"{form.path} was answered with {answer.code} {onward}") from answer
        return True
    except (urllib.error.URLError, HTTPException, OSError):
        return False  # refused, cut off, or in the middle of an answer
    raise DidNotHappen(f"{form.path} was shown again: it was filled in wrongly")


def _one_undisturbed(ground: Ground, address: str, cookies: str) -> None:
    """What such a story owes where nothing goes wrong."""
    form, ledger = _form(ground, cookies), ground.ledger()
    send_all(address, [form], ledger)
    deliver_in_the_end(now())
    ground.owed[DISCUSSED] = owed_by(form.about, ground.office)


def _form(ground: Ground, cookies: str) -> Form:
    """The workers' first discussion, of a new case, as the teacher writes it down."""
    (plan,) = ground.plans(1, MOVED_ON)
    moved = perform(ground.town, plan, now() - timedelta(minutes=10))
    token = secrets.token_hex(16)
    at = (now() - timedelta(minutes=5)).astimezone(ZoneInfo("Europe/London"))
    sent = {
        "csrfmiddlewaretoken": token,
        "idempotency_key": uuid4().hex,
        "version": str(load(moved.case).state.version),
        "happened_at-day": str(at.day),
        "happened_at-month": str(at.month),
        "happened_at-year": str(at.year),
        "happened_at-time": f"{at:%H:%M}",
        "how": "telephone",
        "agencies": [ground.town.agencies["care"]],
        "said": "We went through it again.",
        "result": "not_agreed",
    }
    return Form(
        about=Performed(moved.key, DISCUSSED, moved.case, moved.reference),
        path=f"/cases/{moved.reference}/step/workers-discuss",
        cookies=f"{cookies}; {settings.CSRF_COOKIE_NAME}={token}",
        body=urlencode(sent, doseq=True).encode(),
    )


def _signed_in(ground: Ground) -> str:
    client = Client(headers=PROXY)
    sign_in(client, Account.objects.get(person=ground.town.people[RAISER]))
    set_up_app(client)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _times_discussed(one: Performed) -> int:
    record = load(one.case).record
    return sum(getattr(entry.event, "step", "") == "workers-discuss" for entry in record)


def _serve(address: str) -> subprocess.Popen[bytes]:
    """`counterpart serve`, in a session of its own, so that its processes can be killed together."""
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "counterpart.cli", "serve", "--port", port]
    server = subprocess.Popen(command, start_new_session=True)
    health = urllib.request.Request(f"{address}/health", headers=PROXY)  # noqa: S310 - loopback
    deadline = time.monotonic() + IN_TIME
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(health, timeout=5).close()  # noqa: S310 - loopback
        except (urllib.error.URLError, HTTPException, OSError):
            time.sleep(0.02)
        else:
            return server
    raise DidNotHappen("the web server did not answer")


def _kill_all_of(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(IN_TIME)
