"""The picture that an authenticator app scans, as SVG drawn into the page: nothing is fetched for it.

Pure: values in, text out.
"""

import xml.etree.ElementTree as ET
from urllib.parse import quote, urlencode

import qrcode

_QUIET = 4  # modules of white all round, without which a camera does not find it


def link_of(label: str, secret: str) -> str:
    """What an app is given, as an address: for an app on the very phone that shows the page."""
    query = urlencode({"secret": secret, "issuer": "Counterpart"})
    return f"otpauth://totp/Counterpart:{quote(label)}?{query}"


def picture_of(label: str, secret: str) -> str:
    """An app's secret for the account called `label`, as one `<svg>` for a camera."""
    code = qrcode.QRCode(border=0)
    code.add_data(link_of(label, secret))
    code.make()
    rows = code.get_matrix()
    side = len(rows) + 2 * _QUIET
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {side} {side}",
            "class": "app-code-picture",
            "role": "img",
            "aria-label": "The picture for your authenticator app. The key below says the same.",
        },
    )
    ET.SubElement(svg, "rect", {"width": str(side), "height": str(side), "fill": "#ffffff"})
    ET.SubElement(svg, "path", {"d": _squares(rows), "fill": "#0b0c0c"})
    return ET.tostring(svg, encoding="unicode")


def _squares(rows: list[list[bool | None]]) -> str:
    return "".join(
        f"M{x + _QUIET},{y + _QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
