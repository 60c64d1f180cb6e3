"""What was said of a case and holds now: priority, dates, approvals, times put forward; and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from counterpart.casework.casefile import CaseFile
from counterpart.policy.phrases import seat_words
from counterpart.telling.dates import day, moment
from counterpart.telling.words import ENDING


def standing(file: CaseFile) -> Iterator[tuple[str, str]]:
    """What was said of this case and holds now: label and words."""
    policy, state = file.policy, file.state
    if policy.bands is not None:
        titles = {band.id: band.title for band in policy.bands.bands}
        unsaid = f"Not said yet. Who says it: {seat_words(policy, policy.bands.set_by)}."
        yield policy.bands.title, titles[state.band] if state.band else unsaid
    for date in policy.dates.values():
        given = state.dates.get(date.id)
        title = f"{date.title} (set by law)" if date.is_statutory else date.title
        yield title, day(given) if given else "Not given yet"
    for way, answer in state.approvals.items():
        yield f"Approval: {policy.ways_on[way].title}", _approval(file, way, answer)
    for clock, offer in state.offers.items():
        if state.limits.get(clock) != offer.due_at:
            yield f"Time put forward: {policy.clocks[clock].what}", _offer(file, clock)


def ending(file: CaseFile) -> str:
    """How the case ended, in words; where it left for something else, for what."""
    state = file.state
    if state.status == "left" and state.exits:
        return f"It went another way: {file.policy.exits[state.exits[-1]].title}"
    return ENDING.get(state.ending or "", "")


def _approval(file: CaseFile, way: str, answer: str) -> str:
    seat = file.policy.ways_on[way].approval
    who = seat_words(file.policy, seat) if seat else ""
    said = {"given": "Given", "refused": "Refused. It can be asked for again."}
    return said.get(answer, f"Asked for. Who answers: {who}.")


def _offer(file: CaseFile, clock: str) -> str:
    """The time put forward, and which agencies have still to agree to it."""
    offer = file.state.offers[clock]
    left = [file.body_name(a) for a in file.state.parties if a not in offer.agreed]
    return f"{moment(offer.due_at)}. Still to agree: {', '.join(left)}."
