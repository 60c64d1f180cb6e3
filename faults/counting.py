"""What was owed and what arrived: in the app by the rows people are shown, by e-mail by what the server took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from counterpart.lists.models import CaseRow
from counterpart.messages.models import Notice, OutboxRow
from faults.post_office import PostOffice
from faults.stories import Performed


@dataclass(frozen=True, slots=True)
class Owed:
    """What one story owes: notices by (kind, whom to), letters by (what it says, address)."""

    told: Counter[tuple[str, str]]
    mailed: Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Alerts lost and doubled, and letters that came again as the same message, which they may after a kill."""

    lost: int
    doubled: int
    repeated: int

    @property
    def is_sound(self) -> bool:
        return self.lost == self.doubled == 0


def owed_by(one: Performed, office: PostOffice) -> Owed:
    """What has arrived of a story, its repeats left out."""
    return Owed(_told({one.case})[one.case], _mailed({one.reference}, office)[one.reference])


def tally(stories: Collection[Performed], owed: Mapping[str, Owed], office: PostOffice) -> Tally:
    """Compare what arrived of these stories with what stories of their kinds owe.

    A story that was acknowledged and is not there is lost; a second case made of one story is doubled.
    """
    cases = {one.case for one in stories}
    told, mailed = _told(cases), _mailed({one.reference for one in stories}, office)
    lost = len(cases) - CaseRow.objects.filter(case__in=cases).count()
    doubled = 0
    for one in stories:
        wanted = owed[one.kind]
        for want, got in ((wanted.told, told[one.case]), (wanted.mailed, mailed[one.reference])):
            lost += (want - got).total()
            doubled += Counter(
                {key: got[key] - n for key, n in want.items() if got[key] > n}
            ).total()
    letters = [one for one in office.letters() if one.reference in mailed]
    return Tally(lost, doubled, len(letters) - len({(one.message_id, one.to) for one in letters}))


def cases_now() -> int:
    """How many cases there are."""
    return CaseRow.objects.count()


def unsent(stories: Collection[Performed] = ()) -> int:
    """How many e-mails have not gone, of these stories or of all there are."""
    rows = OutboxRow.objects.filter(sent_at__isnull=True)
    return (rows.filter(case__in=[one.case for one in stories]) if stories else rows).count()


def _told(cases: Collection[str]) -> dict[str, Counter[tuple[str, str]]]:
    found: dict[str, Counter[tuple[str, str]]] = {case: Counter() for case in cases}
    for case, kind, to in Notice.objects.filter(case__in=cases).values_list("case", "kind", "to"):
        found[case][kind, to] += 1
    return found


def _mailed(references: Collection[str], office: PostOffice) -> dict[str, Counter[tuple[str, str]]]:
    found: dict[str, Counter[tuple[str, str]]] = {one: Counter() for one in references}
    seen = set()
    for letter in office.letters():
        if letter.reference in found and (letter.message_id, letter.to) not in seen:
            seen.add((letter.message_id, letter.to))
            found[letter.reference][letter.says, letter.to] += 1
    return found
