"""Editions of policies: bringing a file in, and the policy a case is pinned to.

An edition is named by the hash of its bytes. It is kept whole and never changed, so that a case
runs for good under the very text it began with.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import uuid4

from django.db import transaction

from counterpart.casework.actors import Acting
from counterpart.casework.models import PolicyEdition
from counterpart.engine.directory_events import EditionPublished
from counterpart.engine.kinds import Code, Id
from counterpart.journal.reading import head
from counterpart.journal.writing import New, append
from counterpart.people.changes import set_edition
from counterpart.people.models import Partnership
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy

KIND = "policy"


def publish(*, content: bytes, partnership: str, actor: Acting, now: datetime) -> Policy:
    """Keep this edition and put it in force for new cases of the partnership.

    Cases already open keep theirs. Raises `policy.loading.PolicyRefused`.
    """
    policy = load_policy(content)
    with transaction.atomic():
        PolicyEdition.objects.get_or_create(
            edition=policy.edition,
            defaults={"policy": policy.id, "content": content, "imported_at": now},
        )
        stream = f"policy-{policy.id}"
        was = head(stream)
        event = EditionPublished(
            policy=Code(policy.id), edition=Code(policy.edition), partnership=Id(partnership)
        )
        append(
            stream,
            KIND,
            was.version if was else 0,
            [New(id=Id(uuid4().hex), happened_at=now, actor=actor.facts, names=actor.names,
                 event=event)],
            written_at=now,
        )  # fmt: skip
        set_edition(partnership=partnership, policy=policy.id, edition=policy.edition)
    return policy


@lru_cache(maxsize=256)
def policy_of(edition: str) -> Policy:
    """The policy of an edition; kept in the process, for it never changes.

    Raises PolicyEdition.DoesNotExist.
    """
    return load_policy(bytes(PolicyEdition.objects.get(edition=edition).content))


def current(partnership: str) -> Policy | None:
    """The policy in force for new cases of a partnership, if it has one."""
    edition = Partnership.objects.filter(id=partnership).values_list("edition", flat=True).first()
    return policy_of(edition) if edition else None
