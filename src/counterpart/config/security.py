"""What the browser is told about security: content policy, cookies and transport.

Values only. Nothing here may be loosened for one page; a page that needs more is a page to change. The numbers
are of OWASP ASVS 5.0.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

BUILT_FRONT_END = Path(__file__).parent.parent / "web" / "static"

# 3.4.3, 3.4.6, 3.6.1: nothing but our own files, nothing inline, no frames.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

_ONE_YEAR = 365 * 24 * 60 * 60


def transport(*, hosts: tuple[str, ...], is_demo: bool, is_behind_proxy: bool) -> dict[str, Any]:
    """Django's cookie and transport settings; the demonstration alone goes without TLS."""
    prefix = "" if is_demo else "__Host-"
    return {
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_SECURE": not is_demo,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 12
        * 60
        * 60,  # 7.3: absolute; the shorter idle limit is the web room's
        "CSRF_COOKIE_NAME": f"{prefix}csrf",
        "CSRF_COOKIE_SECURE": not is_demo,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_TRUSTED_ORIGINS": [] if is_demo else [f"https://{host}" for host in hosts],
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        # Not "no-referrer": browsers then send `Origin: null` with every form, and Django refuses the form.
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_HSTS_SECONDS": 0 if is_demo else _ONE_YEAR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": not is_demo,
        "SECURE_SSL_REDIRECT": not is_demo,
        # 4.1.3: a forwarding header is believed only where the operator says that a proxy of theirs sets it.
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if is_behind_proxy else None,
        # 6.3.1: the sign-in throttle counts people's addresses, not the proxy's.
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if is_behind_proxy else 0,
        "X_FRAME_OPTIONS": "DENY",
    }
