"""What RFC 5545 asks of a calendar, as far as it matters here, checked by hand and not by the library that wrote it."""

from __future__ import annotations

import re

LONGEST = 75  # octets, without the line break
UTC = re.compile(r"\d{8}T\d{6}Z")
REQUIRED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY"},
    "VTIMEZONE": {"TZID"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "ORGANIZER", "URL", "CLASS"}


def lines_of(raw: bytes) -> list[str]:
    """Its content lines, unfolded."""
    return raw.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")


def values(raw: bytes, name: str) -> list[str]:
    """The value of each property of that name, in their order."""
    found = [line.partition(":") for line in lines_of(raw)]
    return [value for said, _, value in found if said.split(";")[0] == name]


def faults_in(raw: bytes) -> list[str]:
    """Everything that is wrong with it."""
    faults = [f"a line of {len(line)} octets" for line in raw.split(b"\r\n") if len(line) > LONGEST]
    if not raw.endswith(b"\r\n"):
        faults.append("its last line does not end")
    if b"\n" in raw.replace(b"\r\n", b"") or b"\r" in raw.replace(b"\r\n", b""):
        faults.append("a line does not end in CRLF")
    inside: list[tuple[str, list[str]]] = []
    for line in lines_of(raw):
        name, _, value = line.partition(":")
        name = name.split(";")[0]
        if name == "BEGIN":
            inside.append((value, []))
        elif name == "END":
            part, said = inside.pop()
            faults += [f"{part} ends as {value}"] if part != value else []
            faults += [f"{part} without {each}" for each in sorted(REQUIRED[part] - {*said})]
            faults += [f"{part} with {each} twice" for each in sorted(ONCE) if said.count(each) > 1]
            if part == "VCALENDAR" and "component" not in said:
                faults.append("a calendar with nothing in it")
            if inside:
                inside[-1][1].append("component")
        else:
            if not inside:
                faults.append(f"{name} outside of everything")
                continue
            inside[-1][1].append(name)
            if name in ("DTSTAMP", "DTSTART", "DTEND") and inside[-1][0] == "VEVENT":
                faults += [] if UTC.fullmatch(value) else [f"{name} is {value}, not in UTC"]
    return faults + [f"{part} does not end" for part, _ in inside]
