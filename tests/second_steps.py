"""An authenticator app and its owner, for tests: its codes by RFC 6238, not by our library; and a passkey.

It must not hold an assertion.
"""

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

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


def a_passkey() -> dict[str, Any]:
    """What a browser answers when it has made a passkey, as allauth keeps it."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    key = ES256.from_cryptography_key(point)  # type: ignore[no-untyped-call]  # fido2's
    made = AttestedCredentialData.create(bytes(16), secrets.token_bytes(16), key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    site = hashlib.sha256(b"localhost").digest()
    shown = AttestationObject.create("none", AuthenticatorData.create(site, flags, 0, made), {})
    said = CollectedClientData.create("webauthn.create", bytes(32), "https://localhost")
    name = websafe_encode(made.credential_id)
    answer = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(shown)}
    return {"id": name, "rawId": name, "type": "public-key", "response": answer}


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set an app up through the pages, for whoever is signed in: its secret, and the recovery codes."""
    page = client.get("/account/second-step/app").content.decode()
    found, signed = SECRET.search(page), SIGNED.search(page)
    if found is None or signed is None:
        raise LookupError(page[-3000:])
    secret = found[1].replace(" ", "")
    for _ in range(3):  # the half minute may be over before the code arrives
        code = code_of(secret, steps=-1)
        answer = client.post("/account/second-step/app", {"secret": signed[1], "code": code})
        if answer.status_code != 422:
            break
    codes = CODES.findall(client.get("/account/codes").content.decode())
    client.post("/account/codes", {"kept": "yes"})
    return secret, [code.replace(" ", "") for code in codes]
