"""An authenticator app and its owner, for tests: the codes it shows, by RFC 6238 and not by our library.

It must not hold an assertion.
"""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.test import Client

SECRET = re.compile(r'class="govuk-body app-key">([A-Z2-7 ]+)<')
SIGNED = re.compile(r'name="secret" value="([^"]+)"')
CODES = re.compile(r"<li>(\d{4} \d{4})</li>")


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an app with this secret shows now, or `steps` half minutes from now."""
    counter = int(time.time()) // 30 + steps
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set an app up through the pages, for whoever is signed in: its secret, and the recovery codes."""
    page = client.get("/account/second-step/app").content.decode()
    found, signed = SECRET.search(page), SIGNED.search(page)
    if found is None or signed is None:
        raise LookupError(page[-3000:])
    secret = found[1].replace(" ", "")
    client.post(
        "/account/second-step/app", {"secret": signed[1], "code": code_of(secret, steps=-1)}
    )
    codes = CODES.findall(client.get("/account/codes").content.decode())
    client.post("/account/codes", {"kept": "yes"})
    return secret, [code.replace(" ", "") for code in codes]
