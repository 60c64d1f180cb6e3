"""An agency's own sign-on, as a process of its own on this machine, and somebody who signs in at it.

It must not hold an assertion.
"""

import contextlib
import json
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from tests.site import free_port

STARTS_WITHIN = 60.0


@contextlib.contextmanager
def provider(*people: Mapping[str, Any]) -> Iterator[str]:
    """The address of a provider that knows these people, each by their claims (`sub` among them)."""
    port = free_port()
    known = [part for claims in people for part in ("--user-claims", json.dumps(claims))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *known]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, program)
        yield address
    finally:
        program.terminate()
        program.wait(timeout=20)


def sign_in_there(href: str, subject: str) -> str:
    """Sign in at the provider as `subject`: the address it sends the browser back to."""
    return _sent(href, {"sub": subject})


def refuse_there(href: str) -> str:
    """Change one's mind at the provider."""
    return _sent(href, {"action": "deny"})


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _sent(href: str, fields: Mapping[str, str]) -> str:
    opener = urllib.request.build_opener(_Stay)
    try:
        opener.open(href, data=urllib.parse.urlencode(fields).encode(), timeout=20).close()
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers["Location"])
    raise RuntimeError("the provider did not send the browser back")


def _wait(address: str, program: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while program.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - on loopback
            return
        time.sleep(0.1)
    raise RuntimeError("the provider did not start")
