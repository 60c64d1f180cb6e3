"""Where a case is in its policy: the edition it is pinned to, its place in it, and each time's working.

It shows the edition the case runs under, whatever is in force by now. It must not change anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from counterpart.access.routes import declared
from counterpart.casework import editions
from counterpart.casework.casefile import CaseFile, set_words
from counterpart.casework.ladders import explained
from counterpart.engine.duties import Duty
from counterpart.policy.drawing import as_svg, diagram, in_words
from counterpart.policy.explaining import clause_anchor
from counterpart.telling.dates import moment
from counterpart.telling.duties import clause_words, duty_due_words, in_order, way_words
from counterpart.web.cases.acts import admitted
from counterpart.web.cases.between import extended
from counterpart.web.pages import page
from counterpart.web.sums import Sum, sum_of
from counterpart.worktime import Answer


@dataclass(frozen=True, slots=True)
class Certificate:
    """How the time of one duty was worked out: each limit's sum, and what was read into the policy."""

    what: str
    owner: str
    due: str
    clause: str
    asked_by: str
    opened_at: str
    sums: tuple[Sum, ...]
    who_set_it: str
    readings: tuple[tuple[str, str], ...]


@declared("case:see_case")
def policy(request: HttpRequest, reference: str) -> HttpResponse:
    """The policy of a case, with the case's own place in it."""
    file, _ = admitted(request, reference)
    drawn, here = diagram(file.policy), file.state.stage if file.state.is_open else None
    in_force = editions.current(file.state.partnership)
    values = {
        "file": file,
        "policy": file.policy,
        "is_in_force": in_force is not None and in_force.edition == file.policy.edition,
        "here": here,
        "picture": Markup(as_svg(drawn, here=here)),  # noqa: S704 - every text in it is escaped there
        "lines": in_words(drawn),
        "certificates": [_certificate(file, duty) for duty in in_order(file.policy, file.duties)],
        "sections": explained(file.policy),
        "clause_anchor": clause_anchor,
    }
    return page(request, "cases/policy.jinja", values)


def _certificate(file: CaseFile, duty: Duty) -> Certificate:
    due = duty.due
    answers: tuple[Answer, ...] = (*due.sums, *due.without, *due.cannot)
    readings = [file.policy.readings[name] for name in duty.readings]
    return Certificate(
        what=way_words(file.policy, duty.way, duty.what) if duty.way else duty.what,
        owner=file.owner_words(duty),
        due=duty_due_words(file, duty),
        clause=clause_words(file.policy, duty.clause),
        asked_by=file.body_name(duty.asked_by) if duty.asked_by else "",
        opened_at=moment(duty.opened_at),
        sums=tuple(sum_of(answer) for answer in answers),
        who_set_it=" ".join(one for one in (set_words(duty, file), extended(file, duty)) if one),
        readings=tuple((reading.question, reading.reading) for reading in readings),
    )
