"""What a sign-in must be made safe with, by the posts its person holds.

A table, and a question asked of it. It must not know a session, a password or a passkey.
"""

from datetime import datetime

from counterpart.people.finders import posts_of
from counterpart.people.models import Account

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


def second_step_of(account: Account, at: datetime) -> str:
    """`PASSKEY` or `EITHER`: the second step the account must have at `at`.

    Cover counts: who stands in for a chair sees what the chair sees. Three to six queries.
    """
    if account.is_administrator:
        return PASSKEY
    tiers = {post.tier for post in posts_of(account.person_id, at)}
    return PASSKEY if tiers & PASSKEY_TIERS else EITHER
