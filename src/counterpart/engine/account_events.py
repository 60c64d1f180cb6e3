"""What can happen to a person's sign-in, and to an agency's sign-on, as events in streams of their own.

Facts only: no address and no name. The fold of a case never sees them. That somebody signed in is
not here but in the log.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import event


@event("account_invited", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInvited:
    """A link was sent, by which a person opens their account or gets back into it."""

    person: Id
    invitation: Id
    is_administrator: bool


@event("account_opened", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened:
    """The link was used for the first time: the person has an account."""

    person: Id
    account: Id
    invitation: Id


@event("account_opened_again", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpenedAgain:
    """The link was used by somebody who had an account: a new password, and no second step yet."""

    person: Id
    account: Id
    invitation: Id


@event("sign_in_changed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class SignInChanged:
    """What it takes to sign in is another: `what` is one of `messages.kinds.ACCOUNT_NEWS`."""

    account: Id
    what: Code


@event("provider_added", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAdded:
    """The people of an agency may sign in through its own sign-on."""

    provider: Code
    agency: Id


@event("provider_removed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRemoved:
    """They no longer may, and whoever was known by it is known by it no more."""

    provider: Code
    agency: Id


@event("account_closed", version=1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed:
    """The account signs in no more."""

    account: Id
