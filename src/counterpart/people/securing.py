"""What a sign-in must be made safe with, by the posts its person holds, and who may invite whom.

Tables, and questions asked of them. It must not know a session, a password or a passkey.
"""

from datetime import datetime

from counterpart.people.finders import partnerships_managed_by, posts_of
from counterpart.people.models import Account, Membership

PASSKEY = "passkey"
EITHER = "either"

PASSKEY_TIERS = frozenset(
    {
        "independent_chair",
        "business_manager",
        "coordinator",
        "data_protection_lead",
        "designated_safeguarding_lead",
        "named_professional",
        "designated_professional",
        "head_of_safeguarding",
    }
)
"""Whoever holds one of these sees many cases, or decides about them: a passkey, which cannot be
talked out of anybody (OWASP ASVS 5.0, 6.3.3). Administrators need one too."""

INVITING_TIERS = frozenset(
    {
        "designated_safeguarding_lead",
        "named_professional",
        "designated_professional",
        "head_of_safeguarding",
    }
)
"""Whoever holds one of these in an agency may invite the people of that agency."""


def second_step_of(account: Account, at: datetime) -> str:
    """`PASSKEY` or `EITHER`: the second step the account must have at `at`.

    Cover counts: who stands in for a chair sees what the chair sees. Three to six queries.
    """
    if account.is_administrator:
        return PASSKEY
    tiers = {post.tier for post in posts_of(account.person_id, at)}
    return PASSKEY if tiers & PASSKEY_TIERS else EITHER


def may_invite(inviter: str, person: str, at: datetime) -> bool:
    """Whether `inviter` may open the way in for `person`, who must hold a post at `at`.

    A partnership's business manager may, for its office and its agencies; an agency's lead, for that
    agency. Nobody for themselves: who is in needs no way in, and who is not cannot ask.
    """
    if inviter == person:
        return False
    bodies = {post.body for post in posts_of(person, at) if post.acting_for is None}
    led = {post.body for post in posts_of(inviter, at) if post.tier in INVITING_TIERS}
    run = partnerships_managed_by(inviter, at)
    if bodies & {*led, *run}:
        return True
    return Membership.objects.filter(agency__in=bodies, partnership__in=run).exists()
