"""What may be done on a case, for one person: a link where it may, else the reason why not.

What may be done is the engine's answer and `access`'s together, and for what the policy gives to
one seat, whether they sit there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from counterpart.access.answers import Allowed, Answer
from counterpart.casework.between_whose import TARGET
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.engine.deciding import Option
from counterpart.telling.duties import way_words
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.whose import answer_for, body_of, may_be_told

AFTER = (
    e.RecordPlaced, e.LearningPointDone, e.LearningPointReferred, e.DebriefAnswered,
)  # fmt: skip
ELSEWHERE = frozenset({e.EntryCorrected, e.ExitTaken, e.ExtensionProposed, *TARGET, *AFTER})
"""An entry is corrected from where it stands in the record; the exits have a place of their own, and
so has what is open between the sides, and what is about records and learning. More time is asked for at
the duty.
"""


@dataclass(frozen=True, slots=True)
class Doable:
    """Something that could be done: with a link where it may, else with the reason why not."""

    title: str
    href: str
    why_not: str


def doables(file: CaseFile, may: Mapping[str, Answer]) -> tuple[Doable, ...]:
    """Everything the policy knows of for this case, in its order; then what the office can do."""
    found = [
        one(file, option, may)
        for option in file.options
        if option.event in ADDRESSES and option.event not in ELSEWHERE and not _is_idle(option)
    ]
    if any(_has_ended(option) for option in file.options):
        words = next(o.refusal.words for o in file.options if o.refusal and _has_ended(o))
        found.append(Doable("Anything else", "", words))
    if any(risk.may_be_said and risk.is_confirmed for risk in file.state.between.risks):
        found += [said] if (said := still_at_risk(file, may)) else []
    found += _supported(file, may)
    return (*found, *_mine(file, may), *_reassignable(file, may), *_movable(file, may))


def _is_idle(option: Option) -> bool:
    """Something that nobody could think of doing now: the time does not run, nobody has asked, it is over."""
    is_time = option.event in (e.LimitSet, e.LimitAgreed)
    code = option.refusal.code if option.refusal else ""
    return code == "not_asked" or (is_time and code == "clock_stopped") or _has_ended(option)


def _has_ended(option: Option) -> bool:
    """Whether it is for an open case only: said once for all, where a case has ended."""
    return option.refusal is not None and option.refusal.code == "case_ended"


def one(file: CaseFile, option: Option, may: Mapping[str, Answer]) -> Doable:
    """One option for the person whose answers from `access` are `may`."""
    address, title = ADDRESSES[option.event], option.title
    if option.event in (e.MovedOn, e.ApprovalAsked, e.ApprovalAnswered):
        title = way_words(file.policy, option.target, title)
    if option.refusal is not None:
        return Doable(title, "", option.refusal.words)
    answer = answer_for(file, option, may)
    if isinstance(answer, Allowed):
        return Doable(title, address.href(file.reference, option.target), "")
    if may_be_told(file, option, may):
        title = f"{title} (for somebody who telephoned)"
        return Doable(title, address.href(file.reference, option.target, behalf=True), "")
    return Doable(title, "", answer.words)


def still_at_risk(file: CaseFile, may: Mapping[str, Answer]) -> Doable | None:
    """Where this person says that the child is still at risk, if that is theirs to say and not said yet."""
    options = (o for o in file.options if o.event is e.RemainingRiskStated and o.is_allowed)
    found = (one(file, o, may) for o in options)
    return next((doable for doable in found if doable.href), None)


def _supported(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """Naming a supporter: a page of its own. Once there is one, only their own side changes it."""
    option = file.option(e.SeatNamed)
    answer = may[ADDRESSES[e.SeatNamed].act]
    if option is None or option.refusal is not None or not isinstance(answer, Allowed):
        return
    if file.state.supporter is None or body_of(file, answer) == file.state.raising.agency:
        title = "Name somebody to support the less senior person"
        href = reverse("cases:supporter", kwargs={"reference": file.reference})
        yield Doable(title, href, "")


def _mine(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """Handing on what one's own post has to do: a page of My page's, where it is reached too."""
    answer = may["hand_on"]
    if not file.state.is_open or not isinstance(answer, Allowed):
        return
    theirs = [duty for duty in file.duties if duty.role and duty.post == answer.post]
    for body, role in dict.fromkeys((duty.body, duty.role) for duty in theirs):
        address = {"reference": file.reference, "body": body, "role": role}
        title = f"Hand on what you do as “{file.policy.roles[role].title}”"
        yield Doable(title, reverse("mypage:hand_one", kwargs=address), "")


def _reassignable(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """Giving what somebody has to do to another post: the desk's own page, for whoever may."""
    if not file.state.is_open or not isinstance(may["reassign"], Allowed):
        return
    for body, role in dict.fromkeys((duty.body, duty.role) for duty in file.duties if duty.role):
        whose = f"{file.policy.roles[role].title}, {file.body_name(body)}"
        address = {"reference": file.reference, "body": body, "role": role}
        href = reverse("desk:reassign", kwargs=address)
        yield Doable(f"Give to someone else what is to be done by: {whose}", href, "")


def _movable(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[Doable]:
    """Moving the case to the edition in force, where that is another: the desk's own page."""
    in_force = file.partnership.edition
    is_other = in_force is not None and in_force != file.policy.edition
    if is_other and file.state.is_open and isinstance(may["move_edition"], Allowed):
        href = reverse("desk:move", kwargs={"reference": file.reference})
        yield Doable("Move this case to the edition of the policy in force", href, "")
