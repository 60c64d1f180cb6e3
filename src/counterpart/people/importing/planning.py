"""What files would change in a partnership's directory, and everything that stands against it.

An empty cell leaves what is there. What no row speaks of stays as it is: nobody is ended by being
left out. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from counterpart.people.codes import OFFICE
from counterpart.people.importing.columns import AGENCIES, PEOPLE, POSTS
from counterpart.people.importing.known import Known, KnownAgency, KnownPerson, KnownPost, known_in
from counterpart.people.importing.plan import AgencyStep, PersonStep, Plan, PostStep
from counterpart.people.importing.reading import Line, Sheet
from counterpart.people.importing.tenure import appoint_or_end
from counterpart.people.upkeep import AgencyDetails, PostDetails

KNOWN_OTHERWISE = (
    "This address is known under another name. Check both. "
    "If both are right, ask whoever runs Counterpart for you."
)
CLOSED = "“{code}” is closed in the directory. Use another short name for a new one."
CLOSING = "“{code}” is closed in the directory from {day:%Y-%m-%d} on. Nobody can hold it then."
ORDER = (AGENCIES, POSTS, PEOPLE)


def plan_of(sheets: Sequence[Sheet], partnership: str, today: date) -> Plan:
    """The plan of some files read together, whatever their order."""
    plan = Plan(rows=sum(sheet.count for sheet in sheets))
    for sheet in sheets:
        plan.problems += sheet.problems
        plan.notes += sheet.notes
    lines = {kind: [line for sheet in sheets if sheet.kind == kind for line in sheet.lines]
             for kind in ORDER}  # fmt: skip
    known = known_in(partnership, {line.cells["email"] for line in lines[PEOPLE]})
    planner = _Planner(plan, known, today)
    planner.agencies(lines[AGENCIES])
    planner.posts(lines[POSTS])
    planner.people(lines[PEOPLE])
    names = [sheet.file for sheet in sheets]
    plan.problems.sort(key=lambda one: (names.index(one.file), one.row))
    return plan


class _Planner:
    """Holds each row against what is known, which grows with what the rows before it add."""

    def __init__(self, plan: Plan, known: Known, today: date) -> None:
        self.plan = plan
        self.known = known
        self.today = today

    def wrong(self, line: Line, column: str, words: str) -> None:
        self.plan.problems.append(line.problem(column, words))

    # --- agencies ---------------------------------------------------------------------------------

    def agencies(self, lines: Iterable[Line]) -> None:
        first: dict[str, Line] = {}
        for line in lines:
            code = line.cells["agency"]
            if code == OFFICE:
                self.wrong(
                    line, "agency", "“office” is the partnership's own office. Choose another."
                )
            elif code in first:
                self.wrong(
                    line, "agency", f"“{code}” is there already, in {_where(first[code], line)}."
                )
            else:
                first[code] = line
                self._agency(line, code)

    def _agency(self, line: Line, code: str) -> None:
        there = self.known.agencies.get(code)
        if there is not None and self._is_closed(there):
            self.wrong(line, "agency", CLOSED.format(code=code))
            return
        was = there.details if there else None
        renamed = {"statutory": "is_statutory", "email_domains": "mail_domains"}
        fields = {renamed.get(name, name): value
                  for name, value in line.cells.items() if name != "agency"}  # fmt: skip
        if "mail_domains" in fields:
            fields["mail_domains"] = tuple(sorted(fields["mail_domains"]))
        details = replace(was, **fields) if was else AgencyDetails(**fields)
        if details == was:
            self.plan.unchanged += 1
            return
        id = there.id if there else uuid4().hex
        self.plan.agencies.append(AgencyStep(id, code, was, details))
        self.known.agencies[code] = KnownAgency(id, details.name, details)

    # --- posts ------------------------------------------------------------------------------------

    def posts(self, lines: Iterable[Line]) -> None:
        first: dict[tuple[str, str], Line] = {}
        for line in lines:
            key = line.cells["agency"], line.cells["post"]
            if key in first:
                self.wrong(
                    line, "post", f"“{key[1]}” is there already, in {_where(first[key], line)}."
                )
                continue
            first[key] = line
            if agency := self._agency_of(line):
                self._post(line, key, agency)

    def _agency_of(self, line: Line) -> KnownAgency | None:
        code = line.cells["agency"]
        agency = self.known.agencies.get(code)
        if agency is None:
            self.wrong(
                line, "agency",
                f"There is no agency called “{code}” in these files or in the directory. Add it to a file of agencies.",
            )  # fmt: skip
        elif self._is_closed(agency):
            self.wrong(line, "agency", CLOSED.format(code=code))
            return None
        return agency

    def _is_closed(self, there: KnownAgency | KnownPost) -> bool:
        return there.closed_on is not None and there.closed_on <= self.today

    def _post(self, line: Line, key: tuple[str, str], agency: KnownAgency) -> None:
        there = self.known.posts.get(key)
        if there is not None and self._is_closed(there):
            self.wrong(line, "post", CLOSED.format(code=key[1]))
            return
        was = there.details if there else None
        names = {"title": "title", "tier": "tier", "telephone": "phone", "email": "mail"}
        fields = {names[name]: value for name, value in line.cells.items() if name in names}
        details = replace(was, **fields) if was else PostDetails(**fields)
        confirmed = self._confirmed(line, there)
        if line.cells.get("last_confirmed", self.today) > self.today:
            self.wrong(line, "last_confirmed", "This day has not come yet.")
        if details == was and confirmed is None:
            self.plan.unchanged += 1
            return
        id = there.id if there else uuid4().hex
        step = PostStep(id, agency.id, agency.name, key[1], was, details, confirmed)
        self.plan.posts.append(step)
        self.known.posts[key] = KnownPost(id, agency.id, details, confirmed)

    def _confirmed(self, line: Line, there: KnownPost | None) -> date | None:
        """The day to write down as that of the last confirmation; None where nothing is to be written."""
        given: date | None = line.cells.get("last_confirmed")
        if there is None:
            return given or self.today
        is_newer = given and (there.last_confirmed_on is None or given > there.last_confirmed_on)
        return given if is_newer else None

    # --- people -----------------------------------------------------------------------------------

    def people(self, lines: Iterable[Line]) -> None:
        named: dict[str, Line] = {}
        first: dict[tuple[str, ...], Line] = {}
        for line in lines:
            cells = line.cells
            said = named.setdefault(cells["email"], line)
            key = (cells["email"], cells["agency"], cells["post"], str(cells.get("first_day", "")))
            if said.cells["name"] != cells["name"]:
                self.wrong(
                    line, "name",
                    f"{cells['email']} is called “{said.cells['name']}” in {_where(said, line)}. "
                    "One address is one person.",
                )  # fmt: skip
            elif key in first:
                self.wrong(
                    line,
                    "email",
                    f"This says the same as {_where(first[key], line)}. Take one out.",
                )
            elif self._agency_of(line) is not None:
                first[key] = line
                self._person(line)
        self._note_namesakes(named)

    def _person(self, line: Line) -> None:
        cells = line.cells
        post = self.known.posts.get((cells["agency"], cells["post"]))
        if post is None:
            self.wrong(
                line, "post",
                f"“{cells['agency']}” has no post called “{cells['post']}” in these files or in the directory.",
            )  # fmt: skip
            return
        if post.closed_on and cells.get("last_day", date.max) >= post.closed_on:
            words = CLOSING.format(code=cells["post"], day=post.closed_on)
            self.wrong(line, "post", words)
            return
        before = len(self.plan.people)
        person = self._known_person(line, post)
        if person is None:
            self.wrong(line, "name", KNOWN_OTHERWISE)
            return
        done = appoint_or_end(self.plan, self.known, line, post, person, self.today)
        if not done and before == len(self.plan.people):
            self.plan.unchanged += 1

    def _known_person(self, line: Line, post: KnownPost) -> KnownPerson | None:
        """Who has this address: as they are, renamed, or new. None for one who may not be renamed here."""
        mail, name = line.cells["email"], line.cells["name"]
        there = self.known.people.get(mail)
        if there is not None and there.name == name:
            return there
        if there is not None and not there.is_ours:
            return there if there.name.casefold() == name.casefold() else None
        id = there.id if there else uuid4().hex
        was = there.name if there else ""
        self.plan.people.append(PersonStep(id, post.body, was, name, mail))
        self.known.people[mail] = KnownPerson(id, name, is_ours=True)
        return self.known.people[mail]

    def _note_namesakes(self, named: dict[str, Line]) -> None:
        """Two addresses with one name may be two people, and may be one who is there twice."""
        first: dict[str, Line] = {}
        for line in named.values():
            other = first.setdefault(line.cells["name"].casefold(), line)
            if other is not line:
                words = (
                    f"Somebody else of this name is in {_where(other, line)}, with another address. "
                    "If they are one person, give one address."
                )
                self.plan.notes.append(line.problem("name", words))


def _where(there: Line, here: Line) -> str:
    return f"row {there.row}" if there.file == here.file else f"{there.file}, row {there.row}"
