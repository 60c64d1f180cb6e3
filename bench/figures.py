"""A figure: what was measured, beside what, and whether it is what was aimed at. One JSON line each."""

import json
import sys
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement. `ratio` is value / peer_value; which way is better, `aim` says in words."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    aim: str
    met: bool

    @property
    def ratio(self) -> float:
        return self.value / self.peer_value if self.peer_value else 0.0

    def line(self) -> str:
        """The figure as one line of JSON, numbers to four significant digits."""
        fields = asdict(self) | {"ratio": self.ratio}
        order = ("name", "value", "unit", "peer", "peer_value", "ratio", "aim", "met")
        return json.dumps({key: _short(fields[key]) for key in order}, ensure_ascii=False)


def at_most(
    name: str, value: float, unit: str, peer: str, peer_value: float, times: float
) -> Figure:
    """A figure that should be no more than so many times its peer."""
    return Figure(
        name=name,
        value=value,
        unit=unit,
        peer=peer,
        peer_value=peer_value,
        aim=f"at most {times:g} times the peer" if times != 1 else "at most the peer",
        met=value <= times * peer_value,
    )


def at_least(
    name: str, value: float, unit: str, peer: str, peer_value: float, times: float
) -> Figure:
    """A figure that should be no less than so many times its peer."""
    return Figure(
        name=name,
        value=value,
        unit=unit,
        peer=peer,
        peer_value=peer_value,
        aim=f"at least {times:g} times the peer" if times != 1 else "at least the peer",
        met=value >= times * peer_value,
    )


def beside(name: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """A figure with nothing to be aimed at: the peer does less."""
    return Figure(
        name=name, value=value, unit=unit, peer=peer, peer_value=peer_value, aim="none", met=True
    )


def same(name: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """A figure that should be the same as its peer."""
    return Figure(
        name=name,
        value=value,
        unit=unit,
        peer=peer,
        peer_value=peer_value,
        aim="the same as the peer",
        met=value == peer_value,
    )


def show(figure: Figure) -> None:
    """Print a figure at once, so that a run that is stopped has shown what it had."""
    print(figure.line(), flush=True)


def say(words: str) -> None:
    """What is being done, beside the figures and not among them."""
    print(f"- {words}", file=sys.stderr, flush=True)


def _short(value: object) -> object:
    return float(f"{value:.4g}") if isinstance(value, float) else value
