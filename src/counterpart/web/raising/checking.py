"""The answers of a draft, read back before they are sent, and as the use case takes them.

It must not ask or change anything. Text that a person wrote is drawn as paragraphs, escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from counterpart.casework.raising import RaiseWritten
from counterpart.people.finders import AgencyRecord
from counterpart.web.forms import Option
from counterpart.web.narrative import narrative
from counterpart.web.raising.choosing import closing_words
from counterpart.web.raising.drafting import Drafting
from counterpart.web.raising.forms import ASKED_RATIONALE, KINDS, USED_OWN_POLICY
from counterpart.web.raising.policy_forms import CHECK_FIRST, track_words
from counterpart.web.raising.questions import CHILDREN, Step, address, find

Row = tuple[str, str | Markup, str | None, str]
"""Label, answer, where to change it, and what a screen reader says after “Change”."""

NONE_GIVEN = "None given"


@dataclass(frozen=True, slots=True)
class Part:
    """Some answers under one heading."""

    heading: str
    rows: tuple[Row, ...]


def parts(drafting: Drafting) -> tuple[Part, ...]:
    """Everything that will be sent, in the order it was asked."""
    return (
        Part("You and the child", tuple(_who(drafting))),
        Part("The disagreement", tuple(_what(drafting))),
        Part("What has been done so far", tuple(_so_far(drafting))),
        Part("The other side, and support", tuple(_others(drafting))),
    )


def written(drafting: Drafting) -> RaiseWritten:
    """The draft as the use case takes it. Every question must have been answered."""
    said, place = drafting.answers, drafting.place
    workers = [(a.id, drafting.worker(a.id) or {}) for a in drafting.chosen_agencies]
    supporter = drafting.supporter
    return RaiseWritten(
        partnership=place.partnership.id,
        raising_agency=place.post.body,
        raising_post=place.post.post,
        receiving=tuple((a, w.get("post"), w.get("stated_name", "")) for a, w in workers),
        children=tuple((c["kind"], c["reference"]) for c in drafting.children.values()),
        grounds=tuple(said.get("grounds", ())),
        dispute=said["dispute"],
        why_unsafe=said["why_unsafe"],
        is_urgent=said.get("is_urgent", False),
        immediate_risk=said.get("immediate_risk", ""),
        desired_outcome=said["desired_outcome"],
        has_asked_rationale=said["asked_rationale"],
        has_used_own_policy=said["used_own_policy"],
        already_tried=said["already_tried"],
        supporter=supporter.post if supporter else None,
        track=drafting.track or "",
        subject=drafting.subject.person if drafting.subject else None,
        checked=tuple(f"{check}:{answer}" for check, answer in drafting.checked.items()),
    )


def child_words(child: Any) -> str:
    """`A child: NHS 943 476`."""
    return f"{_label(KINDS, child['kind'])}: {child['reference']}"


def _who(drafting: Drafting) -> Iterator[Row]:
    yield ("Raised by", drafting.place.words, _change(drafting, "post"), "the post you raise it in")
    yield (
        "About",
        _lines(child_words(child) for child in drafting.children.values()),
        address(drafting, Step(CHILDREN), True),
        "who it is about",
    )


def _what(drafting: Drafting) -> Iterator[Row]:
    said = drafting.answers
    if len(drafting.tracks) > 1:
        chosen = [t for t in drafting.tracks if t.id == drafting.track]
        words = (track_words(drafting.policy, track) for track in chosen)
        yield ("Which kind", _lines(words), _change(drafting, "track"), "which kind it is")
    if drafting.policy.grounds:
        titles = {ground.id: ground.title for ground in drafting.policy.grounds}
        grounds = (titles.get(each, "Something else") for each in said.get("grounds", ()))
        yield ("About what", _lines(grounds), _change(drafting, "grounds"), "what it is about")
    yield _words(drafting, "What you disagree with", "dispute", "dispute")
    yield _words(drafting, "Why it is unsafe", "why_unsafe", "why-unsafe")
    if drafting.policy.urgent:
        yes = Markup("<strong>Yes</strong>{}").format(narrative(said.get("immediate_risk", "")))
        answer = yes if said.get("is_urgent") else "No"
        yield ("Immediate risk", answer, _change(drafting, "immediate-risk"), "immediate risk")
    yield _words(drafting, "What you want to happen", "desired_outcome", "outcome")


def _so_far(drafting: Drafting) -> Iterator[Row]:
    for check in drafting.policy.before_raising:
        answer = _label(CHECK_FIRST, drafting.checked.get(check.id, ""))
        yield (check.title, answer, _change(drafting, "check-first"), "what you checked first")
    for label, name, question, options in (
        ("Asked for their reasons", "asked_rationale", "reasons", ASKED_RATIONALE),
        ("Used your own agency’s policy", "used_own_policy", "own-policy", USED_OWN_POLICY),
    ):
        answer = _label(options, drafting.answers.get(name, ""))
        yield (label, answer, _change(drafting, question), label[:1].lower() + label[1:])
    yield _words(drafting, "What you have tried", "already_tried", "tried")


def _others(drafting: Drafting) -> Iterator[Row]:
    agencies = drafting.chosen_agencies
    label = "Other agency" if len(agencies) == 1 else "Other agencies"
    names = _lines(_with_closing(a) for a in agencies)
    yield (label, names, _change(drafting, "agencies"), label.lower())
    for agency in agencies:
        label = "Their worker" if len(agencies) == 1 else f"Worker at {agency.name}"
        change = _change(drafting, "worker", agency.id)
        yield (label, _worker(drafting, agency), change, label[:1].lower() + label[1:])
    yield ("About a person’s own conduct", _subject(drafting), *_change_subject(drafting))
    if drafting.policy.support:
        found = drafting.supporter
        words = f"{_names(found.names)}{found.title}, {found.agency_name}" if found else "Nobody"
        yield ("Support from", words, _change(drafting, "supporter"), "who supports you")


def _with_closing(agency: AgencyRecord) -> str:
    closing = closing_words(agency)
    return f"{agency.name}. {closing}" if closing else agency.name


def _subject(drafting: Drafting) -> str:
    if not drafting.answers.get("is_about_worker"):
        return "No"
    found = drafting.subject
    if found is None:
        return "Yes, somebody who is not on the list"
    return f"Yes: {found.name}, {found.title}, {found.body_name}. They will not see it"


def _change_subject(drafting: Drafting) -> tuple[str | None, str]:
    return _change(drafting, "about-a-person"), "whether it is about a person’s own conduct"


def _worker(drafting: Drafting, agency: AgencyRecord) -> str:
    answer = drafting.worker(agency.id) or {}
    post = drafting.post_at(agency.id, answer["post"]) if answer.get("post") else None
    if post:
        return f"{_names(tuple(h.name for h in post.holders))}{post.title}"
    stated = answer.get("stated_name")
    return f"Not in the directory: {stated}" if stated else "I do not know who"


def _words(drafting: Drafting, label: str, name: str, question: str) -> Row:
    text = drafting.answers.get(name, "")
    shown = narrative(text) if text else NONE_GIVEN
    return (label, shown, _change(drafting, question), label[:1].lower() + label[1:])


def _change(drafting: Drafting, question: str, about: str = "") -> str | None:
    """Where to change an answer; None for what was never asked."""
    step = find(drafting, question, about)
    return address(drafting, step, True) if step else None


def _label(options: tuple[Option, ...], value: str) -> str:
    return next((option.label for option in options if option.value == value), "")


def _names(names: tuple[str, ...]) -> str:
    return f"{' or '.join(names)}, " if names else ""


def _lines(texts: Any) -> Markup:
    """Short texts, each on a line of its own, escaped."""
    return Markup("<br>").join(texts)
