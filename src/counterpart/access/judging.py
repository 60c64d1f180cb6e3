"""Who may not judge a case, whatever part somebody would give them in it: by the bars that `rules` sets.

It is asked of people before they have any part, so that nobody is called to a panel who could then not decide. It
must not say who may judge: a policy says whom a panel is made of.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from counterpart.access.closeness import too_close
from counterpart.access.kinds import OWN_AGENCY, PARTY_KINDS
from counterpart.access.models import Denial, Relation
from counterpart.access.rules import ALWAYS_DENIED, OUTSIDE_BOTH, Bar, Ties
from counterpart.access.ties import was_party
from counterpart.people.standing import Standing, standings_of


def barred_from_judging(people: Collection[str], case: str, at: datetime) -> Mapping[str, Bar]:
    """Those of these people who may not judge `case` at `at`, each with the first reason why.

    Six to nine queries, however many they are, and one more for each who has a tie or manages people.
    """
    standings = standings_of(people, at)
    parties = list(Relation.objects.filter(case=case, kind__in=PARTY_KINDS).order_by("id"))
    close = too_close(standings.values(), parties, at)
    # Whether somebody of the raiser's own agency may sit all the same, for a reason, is the panel's rule to say.
    rows = Denial.objects.filter(case=case, person__in=people).exclude(reason=OWN_AGENCY)
    denials = dict(rows.values_list("person", "reason"))
    found = {}
    for person, standing in standings.items():
        reasons = tuple(denials[one] for one in (person,) if one in denials)
        ties = _ties(standing, parties, reasons, is_close=person in close)
        bars = (*ALWAYS_DENIED, *OUTSIDE_BOTH)
        if bar := next((one for one in bars if one.applies(ties)), None):
            found[person] = bar
    return found


def _ties(
    standing: Standing, parties: list[Relation], denials: tuple[str, ...], *, is_close: bool
) -> Ties:
    """What binds somebody to the case whom nobody has given a part in it yet."""
    own = standing.footings[0]
    return Ties(
        chain=own.chain,
        relations={},
        denials=denials,
        was_party=was_party(own, standing, parties),
        is_close=is_close,
        is_administrator=standing.is_administrator,
    )
