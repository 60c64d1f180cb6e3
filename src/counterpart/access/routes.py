"""How a page says who may come to it. A view that says nothing is refused (`middleware`).

    @declared("case:record", methods=("GET", "POST"))
    def record_discussion(request, reference): ...

The rules: `public` (no session and no database may be touched), `anyone` (no sign-in needed, but
the session may be used), `signed_in`, `setting_up` (signed in, also while the second step that is
demanded is still to be set up), `desk` (has some partnership's desk now), `administrator`,
`case:<act>` (the view asks `admission.admit`, which asks `permission.can` for that act), and
`capability:<purpose>` (the address itself holds a secret, `token`, that lets in; no session is used).
A test walks every address and method against these.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods

from counterpart.access.kinds import PURPOSES
from counterpart.access.rules import ACTS

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PUBLIC = "public"
ANYONE = "anyone"
SIGNED_IN = "signed_in"
SETTING_UP = "setting_up"
DESK = "desk"
ADMINISTRATOR = "administrator"
CASE = "case"
CAPABILITY = "capability"
PLAIN_RULES = (PUBLIC, ANYONE, SIGNED_IN, SETTING_UP, DESK, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class RouteRule:
    """What a view declares: who may come (`kind`), for which act on a case or purpose of an address, by
    which methods.
    """

    kind: str
    methods: tuple[str, ...]
    act: str | None = None
    visitors: bool = False

    def __str__(self) -> str:
        return f"{self.kind}:{self.act}" if self.act else self.kind


def declared(
    rule: str, *, methods: tuple[str, ...] = ("GET",), visitors: bool = False
) -> Callable[[View], View]:
    """Declare a view's rule and its methods (HEAD comes with GET; any other answers 405).

    `visitors`: also for whoever came by a code sent to a mailbox, within what that is for.

    It must be the outermost decorator. ValueError for a rule that does not exist.
    """
    wanted = replace(_rule(rule, methods), visitors=visitors)

    def declare(view: View) -> View:
        held = require_http_methods(list(wanted.methods))(view)
        held.access_rule = wanted  # type: ignore[attr-defined]  # a view is a function: it has a __dict__
        return held

    return declare


def rule_of(view: object) -> RouteRule | None:
    """What a view declared, or None."""
    found = getattr(view, "access_rule", None)
    return found if isinstance(found, RouteRule) else None


def _rule(rule: str, methods: tuple[str, ...]) -> RouteRule:
    allowed = (*methods, "HEAD") if "GET" in methods else methods
    kind, _, act = rule.partition(":")
    if (kind == CASE and act in ACTS) or (kind == CAPABILITY and act in PURPOSES):
        return RouteRule(kind, allowed, act)
    if rule in PLAIN_RULES:
        return RouteRule(rule, allowed)
    raise ValueError(f"there is no rule {rule!r} for a page")
