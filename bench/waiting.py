"""Fill one empty installation with what waits, and measure: `python -m bench.waiting deliver|find COUNT`.

Called by `outbox`, with the environment of the installation. Prints one JSON object. Rows are written as they are; what
is measured is finding them, and delivering them by real workers to a real mail server.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4

POSTS = 200
ROWS_OF_A_CASE = 4
WORKERS = 2
ROUNDS = 50
DUE = 200
PATIENCE = 600.0  # seconds
LONG_AGO = timedelta(days=1000)


def deliver(count: int) -> dict[str, float]:
    """Seconds from the start of two workers until the mail server has so many e-mails and all are marked."""
    from django.db import connections

    from counterpart.cli import serving
    from counterpart.messages.models import OutboxRow

    _fill_outbox(count)
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    workers = [forked.Process(target=serving.work, daemon=True) for _ in range(WORKERS)]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    while OutboxRow.objects.filter(sent_at__isnull=True).exists():
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("The e-mails could not be delivered")
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    for worker in workers:
        worker.terminate()
        worker.join()
    letters = sum(1 for _ in Path(os.environ["BENCH_MAIL"]).glob("*.eml"))
    if letters != count:
        raise SystemExit(f"{count} e-mails were due and {letters} letters came")
    return {"seconds": seconds}


def find(count: int) -> dict[str, float]:
    """Milliseconds to find what is due among so many open duties: alone, and beside as many closed cases."""
    from counterpart.lists import finding

    now = datetime.now(UTC)
    _fill_duties(count, now)

    def look() -> None:
        found = finding.cases_with_passed_time(now, 500)
        if len(found) != DUE:
            raise SystemExit(f"{len(found)} were found due, and not {DUE}")
        finding.cases_with_rung_reached(now, 500)

    alone = _middle(look)
    _cases(count, now, "closed")
    _analyse()
    return {"alone": alone, "beside": _middle(look)}


def _middle(look: Callable[[], None]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        look()
        took.append(1000 * (time.perf_counter() - began))
    return median(took)


def _fill_outbox(count: int) -> None:
    """E-mails about cases, each to one of some posts that has to do with it, all made in this minute."""
    from counterpart.access.models import Relation
    from counterpart.engine.notices import NEW_DUTY, URGENT
    from counterpart.messages.models import OutboxRow

    now, posts = datetime.now(UTC), _posts()
    cases = [(uuid4().hex, f"{n:08d}") for n in range(count // ROWS_OF_A_CASE)]
    wanted = [
        (case, reference, posts[(n + i) % POSTS])
        for n, (case, reference) in enumerate(cases)
        for i in range(ROWS_OF_A_CASE)
    ]
    Relation.objects.bulk_create(
        (
            Relation(case=case, subject_kind="post", subject=post, kind="receiving_side",
                     from_at=now - LONG_AGO)
            for case, _, post in wanted
        ),
        batch_size=2000,
    )  # fmt: skip
    OutboxRow.objects.bulk_create(
        (
            OutboxRow(
                id=f"{n:032x}", key=str(n), case=case, reference=reference, to_kind="post", to=post,
                template=NEW_DUTY if n % 20 else URGENT, is_urgent=not n % 20, what="Reply",
                path=f"/cases/{reference}", message_id=f"<{n}@localhost>", made_at=now, next_try_at=now,
            )
            for n, (case, reference, post) in enumerate(wanted)
        ),
        batch_size=2000,
    )  # fmt: skip
    _analyse()


def _posts() -> Sequence[str]:
    """Posts of one agency, each held by somebody with an address."""
    from tests import directory as d

    agency = d.an_agency(d.a_partnership())
    posts = [d.a_post(agency) for _ in range(POSTS)]
    for n, post in enumerate(posts):
        d.an_account(d.a_person(post), f"holder{n}@agency.example", password=None)
    return posts


def _fill_duties(count: int, now: datetime) -> None:
    """One open case a duty; a time has passed in some of them, and in the others it has not come yet."""
    from counterpart.lists.models import DutyRow

    cases = _cases(count, now, "open")
    DutyRow.objects.bulk_create(
        (
            DutyRow(
                id=f"{case}:answer", case_id=case, partnership="p", clock="answer", body="b", role="worker",
                post="x", opened_at=now, force="must", clause="1", due_at=_time(n, now), acts_at=_time(n, now),
                next_rung_at=_time(n, now),
            )
            for n, case in enumerate(cases)
        ),
        batch_size=2000,
    )  # fmt: skip
    _analyse()


def _time(n: int, now: datetime) -> datetime:
    return now + timedelta(minutes=n - DUE if n < DUE else n)


def _cases(count: int, now: datetime, status: str) -> list[str]:
    from counterpart.lists.models import CaseRow

    cases = [uuid4().hex for _ in range(count)]
    CaseRow.objects.bulk_create(
        (
            CaseRow(
                case=case, reference=_reference(n, status), partnership="p", policy="brent", edition="1", stage="s",
                status=status, raised_at=now, is_urgent=False, raising="a", last_at=now, version=1,
            )
            for n, case in enumerate(cases)
        ),
        batch_size=2000,
    )  # fmt: skip
    return cases


def _reference(n: int, status: str) -> str:
    return f"{status[0].upper()}{n:07d}"


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(what: str, count: int) -> None:
    """Prepare the installation and measure one thing."""
    from counterpart.cli.installation import migrate

    migrate(quietly=True)
    print(json.dumps({"deliver": deliver, "find": find}[what](count)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
