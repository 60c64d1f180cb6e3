"""The two answers to "may this person?", and how a rule gives one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from counterpart.access.kinds import RELATION_WORDS, WATCHER
from counterpart.access.rules import ALWAYS_DENIED, Bar, Rule, Ties


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. `basis` goes into the log of reads; `post` is the post it comes by, if by one.

    `acting_for` is the person covered, if the right is theirs.
    """

    basis: str
    post: str | None = None
    acting_for: str | None = None
    is_allowed: Literal[True] = True


@dataclass(frozen=True, slots=True)
class Denied:
    """No. `reason` is a code; `words` say it on a page (never shown to an outsider, who gets
    404).
    """

    reason: str
    words: str
    is_allowed: Literal[False] = False


Answer = Allowed | Denied

NO_RELATION = Denied("no_relation", "You have nothing to do with this case.")


def judge(rule: Rule, footings: Iterable[Ties]) -> Answer:
    """The first footing that allows; else the first reason why not. The person's own comes
    first.
    """
    first: Denied | None = None
    for ties in footings:
        answer = _judge_one(rule, ties)
        if isinstance(answer, Allowed):
            return answer
        if first is None or first is NO_RELATION:
            first = answer
    return first or NO_RELATION


def _judge_one(rule: Rule, ties: Ties) -> Answer:
    if barred := _barred(ALWAYS_DENIED, ties):
        return barred
    if not ties.relations:
        return NO_RELATION
    kind = next((kind for kind in rule.open_to if kind in ties.relations), None)
    if kind is None:
        return Denied("other_relation", f"This is for {_listed(rule.open_to)}.")
    if barred := _barred(rule.unless, ties):
        return barred
    covering = ties.chain[-1] if len(ties.chain) > 1 else None
    basis = f"{kind}, by cover" if covering else kind
    return Allowed(basis, ties.relations[kind], covering)


def _barred(bars: Iterable[Bar], ties: Ties) -> Denied | None:
    return next((Denied(bar.code, bar.words) for bar in bars if bar.applies(ties)), None)


def _listed(kinds: Iterable[str]) -> str:
    # Who watches does it in the business manager's place, who is named already.
    words = [RELATION_WORDS[kind] for kind in kinds if kind != WATCHER]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
