"""Whether a panel may sit as it is put together: why each member may not, and what the whole of it lacks.

Asked when it is convened and again when it decides; a page asks the same to show who may be chosen. What
only the installation knows (who holds which post, who has a tie) is given in. It must not say who convenes.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from counterpart.engine import owners
from counterpart.engine.apart import WHY_OWN_AGENCY, is_kept_from
from counterpart.engine.asking import Asked, Refusal
from counterpart.engine.directory import Directory
from counterpart.engine.events import Member, PanelConvened
from counterpart.engine.kinds import Id
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy

RAISED_IT = Refusal("party_decides", "The person who raised the concern cannot decide on it.")
SPOKE = Refusal(
    "party_decides", "Someone who has spoken for a side in this case cannot decide on it."
)
PARTY = Refusal("party_on_panel", "The agencies in the disagreement may not sit on the panel.")
CHAIR_OF_PARTY = Refusal("chair_of_party", "The chair must be from outside the disagreement.")
KEPT_OUT = Refusal("kept_out", "This person has declared a tie, or is kept from this case.")
NO_SUCH_POST = Refusal("no_such_post", "This post is not in the directory any more.")
LEFT_POST = Refusal("left_post", "This person does not hold this post any more.")
VACANT = Refusal("vacant", "Nobody holds this post now.")
TWICE = Refusal("twice_on_panel", "The same person is on the panel twice.")
NO_CHAIR = Refusal("no_chair", "Choose one person to chair the panel.")
PARTY_MISSING = Refusal("party_missing", "Every agency in the disagreement must be on the panel.")
NOT_CLEAR = Refusal(
    "conflicts_not_declared",
    "Ask each member first whether they have a conflict of interest. Nobody who has one sits on the panel.",
)
WHY_MISSING = Refusal(
    "why_party_missing",
    "An agency in the disagreement is not on the panel. Write why that was not possible.",
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is wrong with a panel. `members` has the reasons of each, in their order; `whole` those of all."""

    members: tuple[tuple[Refusal, ...], ...]
    whole: tuple[Refusal, ...]

    @property
    def first(self) -> Refusal | None:
        """The reason to say first; None where the panel may sit."""
        each = (reason for reasons in self.members for reason in reasons)
        early = (r for r in self.whole if r not in (PARTY_MISSING, WHY_MISSING, NOT_CLEAR))
        return next(iter((*early, *each, *self.whole)), None)


def panel_reasons(
    policy: Policy,
    state: CaseState,
    panel: str,
    members: Sequence[Member],
    *,
    why_parties_absent: str = "",
    why_own_agency: str = "",
    are_clear: bool = False,
    directory: Directory | None = None,
    kept_out: Container[Id] | None = None,
    barred: Mapping[str, Refusal] = MappingProxyType({}),
) -> Weighed:
    """Why these may not sit as this panel of the policy. Raises KeyError for no panel of it.

    With a `directory` that holds the posts of the members, it is asked as well who still has theirs.
    `kept_out` are all who are kept from the case, where more is known than what its record says. `barred`
    are people who may not judge it for another reason that only the installation knows. `are_clear`: each
    has said that they have no conflict of interest, which some policies ask for.
    """
    away = state.keeping.kept_out if kept_out is None else kept_out
    each = tuple(
        member_reasons(policy, state, panel, one, directory=directory, kept_out=away, barred=barred)
        for one in members
    )
    whole = _whole(policy, state, panel, members, why_parties_absent)
    if not why_own_agency and any(is_kept_from(state, m.agency, m.post) for m in members):
        whole = (WHY_OWN_AGENCY, *whole)
    if policy.panels[panel].composition.declares_conflicts and not are_clear:
        whole = (*whole, NOT_CLEAR)
    return Weighed(each, whole)


def member_reasons(
    policy: Policy,
    state: CaseState,
    panel: str,
    member: Member,
    *,
    directory: Directory | None = None,
    kept_out: Container[Id] = (),
    barred: Mapping[str, Refusal] = MappingProxyType({}),
) -> tuple[Refusal, ...]:
    """Why one person may not sit on this panel, in the part given; none where they may."""
    rule = policy.panels[panel].composition
    found: list[Refusal] = []
    if member.person is not None and member.person == state.raiser:
        found.append(RAISED_IT)
    elif member.post in posts_that_speak(state) or _speaks(state, directory, member):
        found.append(SPOKE)
    if rule.parties == "excluded" and member.agency in state.parties:
        found.append(PARTY)
    if member.part == "chair" and rule.is_chair_independent and member.agency in state.parties:
        found.append(CHAIR_OF_PARTY)
    if member.person is not None and member.person in kept_out:
        found.append(KEPT_OUT)
    elif directory is not None and (gone := _gone(directory, member)):
        found.append(gone)
    if not found and (bar := barred.get(member.person or "")):
        found.append(bar)
    return tuple(found)


def posts_that_speak(state: CaseState) -> frozenset[Id]:
    """The posts that speak for a side in this case, or once did."""
    now = (post for (body, _), post in state.seats.items() if post and body in state.parties)
    before = (past.post for past in state.past_seats if past.side in ("raising", "receiving"))
    return frozenset((*now, *before))


def is_well_made(asked: Asked) -> Refusal | None:
    """The composition the policy asks for; every party is there, or it is written why not."""
    ev: PanelConvened = asked.proposed
    weighed = panel_reasons(
        *(asked.policy, asked.state, ev.panel, ev.members),
        why_parties_absent=ev.why_parties_absent,
        why_own_agency=ev.why_own_agency,
        are_clear=ev.are_clear,
    )
    return weighed.first


def may_still_sit(asked: Asked) -> Refusal | None:
    """Whoever has become a party since, or is kept from the case now, does not decide on it."""
    panel = asked.state.panel
    if panel is None:
        return None
    weighed = panel_reasons(
        *(asked.policy, asked.state, panel.panel, panel.members),
        why_parties_absent="said before",
        why_own_agency="said before",
        are_clear=True,
    )
    return weighed.first and named_anew(weighed.first)


def named_anew(reason: Refusal) -> Refusal:
    """The reason why a panel that was convened may not decide, with what to do about it."""
    return Refusal(reason.code, f"{reason.words} Convene the panel anew with somebody else.")


def _whole(
    policy: Policy, state: CaseState, panel: str, members: Sequence[Member], why: str
) -> tuple[Refusal, ...]:
    rule = policy.panels[panel].composition
    agencies = {m.agency for m in members if m.agency}
    # Of an agency that the case is kept from nobody need sit: nothing has to be written for that.
    excused = {state.raising.agency} if state.keeping.apart else set()
    missing = set(state.parties) - agencies - excused
    posts = [m.post for m in members]
    people = [m.person for m in members if m.person]
    found: list[Refusal] = []
    if len(set(posts)) != len(posts) or len(set(people)) != len(people):
        found.append(TWICE)
    if len(agencies) < rule.at_least_agencies:
        words = f"The panel needs people from at least {rule.at_least_agencies} agencies."
        found.append(Refusal("too_few_agencies", f"{words} This has {len(agencies)}."))
    if sum(m.part == "chair" for m in members) != 1:
        found.append(NO_CHAIR)
    if missing and rule.parties == "required":
        found.append(PARTY_MISSING)
    if missing and rule.parties == "where possible" and not why:
        found.append(WHY_MISSING)
    return tuple(found)


def _speaks(state: CaseState, directory: Directory | None, member: Member) -> bool:
    """Whether the person holds a post that speaks for a side, whichever post they would sit by."""
    if directory is None or member.person is None:
        return False
    posts = (directory.post(post) for post in posts_that_speak(state))
    return any(h.person == member.person for post in posts if post for h in post.holders)


def _gone(directory: Directory, member: Member) -> Refusal | None:
    post = directory.post(member.post)
    if post is None:
        return NO_SUCH_POST
    if member.person is not None:
        return None if any(h.person == member.person for h in post.holders) else LEFT_POST
    match owners.nobody_in(post):
        case None:
            return None
        case owners.KEPT_OUT:
            return KEPT_OUT
        case _:
            return VACANT
