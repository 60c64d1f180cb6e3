"""What is unusual, for somebody to look at: an alert is made once, and stands until it is looked at.

It must not decide what is unusual (`casework.alerting` does), tell anybody, or refuse anything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from counterpart.access.kinds import ALERT_WORDS
from counterpart.access.models import Alert


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert as a page shows it. `person` is "" where nobody is known."""

    id: int
    kind: str
    partnership: str
    person: str
    since_at: datetime
    n: int
    made_at: datetime

    @property
    def words(self) -> str:
        """The kind, in words."""
        return ALERT_WORDS[self.kind]


def make_alert(
    kind: str, partnership: str, *, since_at: datetime, n: int, now: datetime, person: str = ""
) -> int | None:
    """Add an alert and give its id; None where there is one of that period already.

    KeyError for a kind there are no words for. Three statements at most.
    """
    if kind not in ALERT_WORDS:
        raise KeyError(kind)
    what = {"kind": kind, "partnership": partnership, "person": person, "since_at": since_at}
    alert, is_new = Alert.objects.get_or_create(**what, defaults={"n": n, "made_at": now})
    return alert.pk if is_new else None


def open_alerts(partnerships: Collection[str], limit: int = 50) -> tuple[AlertRow, ...]:
    """The alerts of some partnerships that nobody has looked at, newest first. One query."""
    rows = Alert.objects.filter(partnership__in=list(partnerships), looked_at__isnull=True)
    return tuple(_row(alert) for alert in rows.order_by("-made_at", "-id")[:limit])


def looked_at(alert: int, partnerships: Collection[str], *, by: str, now: datetime) -> bool:
    """Somebody of these partnerships has looked at an alert; False where it is not theirs, or was."""
    rows = Alert.objects.filter(
        pk=alert, partnership__in=list(partnerships), looked_at__isnull=True
    )
    return bool(rows.update(looked_at=now, looked_by=by))


def _row(alert: Alert) -> AlertRow:
    return AlertRow(
        id=alert.pk,
        kind=alert.kind,
        partnership=alert.partnership,
        person=alert.person,
        since_at=alert.since_at,
        n=alert.n,
        made_at=alert.made_at,
    )
