"""Editions of policies: bringing a file in, and the policy a case is pinned to.

An edition is named by the hash of its bytes. It is kept whole and never changed, so that a case
runs for good under the very text it began with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from counterpart.casework import policystream
from counterpart.casework.actors import Acting
from counterpart.casework.models import PolicyEdition
from counterpart.engine.directory_events import EditionPublished
from counterpart.engine.kinds import Code, Id
from counterpart.engine.registry import Recorded
from counterpart.people.changes import set_edition
from counterpart.people.models import Partnership
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy


class Overtaken(Exception):
    """Another edition has come into force since the one who publishes looked. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition was put in force: which, when, and by whom ("" where no person did it)."""

    edition: str
    policy: str
    title: str
    label: str
    at: datetime
    by: str


def publish(
    *,
    content: bytes,
    partnership: str,
    actor: Acting,
    now: datetime,
    key: str = "",
    over: str | None = None,
) -> Policy:
    """Keep this edition and put it in force for new cases of the partnership.

    Cases already open keep theirs. `over` is the edition that whoever publishes saw in force
    ("" for none): where given and no longer so, `Overtaken`. A second call with the same `key`
    does nothing more. Raises `policy.loading.PolicyRefused`.
    """
    policy = load_policy(content)
    event = EditionPublished(
        policy=Code(policy.id), edition=Code(policy.edition), partnership=Id(partnership)
    )

    def put_in_force(_: Recorded) -> None:
        in_force = Partnership.objects.select_for_update().get(id=partnership).edition or ""
        if over is not None and in_force != over:
            raise Overtaken
        PolicyEdition.objects.get_or_create(
            edition=policy.edition,
            defaults={"policy": policy.id, "content": content, "imported_at": now},
        )
        set_edition(partnership=partnership, policy=policy.id, edition=policy.edition)

    policystream.write(policy.id, event, actor=actor, now=now, key=key, then=put_in_force)
    return policy


@lru_cache(maxsize=256)
def policy_of(edition: str) -> Policy:
    """The policy of an edition; kept in the process, for it never changes.

    Raises PolicyEdition.DoesNotExist.
    """
    return load_policy(content_of(edition))


def content_of(edition: str) -> bytes:
    """The very bytes of an edition. Raises PolicyEdition.DoesNotExist."""
    return bytes(PolicyEdition.objects.get(edition=edition).content)


def label_of(edition: str) -> str:
    """What an edition calls itself, or "" where there is no such edition."""
    is_kept = PolicyEdition.objects.filter(edition=edition).exists()
    return policy_of(edition).label if is_kept else ""


def current(partnership: str) -> Policy | None:
    """The policy in force for new cases of a partnership, if it has one."""
    edition = Partnership.objects.filter(id=partnership).values_list("edition", flat=True).first()
    return policy_of(edition) if edition else None


def in_force() -> tuple[Policy, ...]:
    """The policies in force in the partnerships of this installation, by title. One query, once each is known."""
    editions = Partnership.objects.exclude(edition=None).values_list("edition", flat=True)
    found = [policy_of(edition) for edition in editions.distinct() if edition]
    return tuple(sorted(found, key=lambda policy: policy.title))


def publications(partnership: str) -> tuple[Publication, ...]:
    """Every time an edition was put in force in a partnership, the newest first."""
    found = [
        _publication(whole.recorded, whole.names.get("actor_name", ""))
        for whole in policystream.entries("edition_published")
        if whole.recorded.event.partnership == partnership
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _publication(recorded: Recorded, by: str) -> Publication:
    event: EditionPublished = recorded.event
    policy = policy_of(event.edition)
    return Publication(
        event.edition, policy.id, policy.title, policy.label, recorded.happened_at, by
    )
