"""Do the same thing to a case in three ways, turn about, and say how long each took: `python -m bench.acting COUNT`.

Called by `acts`, with the environment of an empty installation. A discussion is written down:

- by `casework`, which appends it to the record, seals its words, works out duties and ladders, mends lists and
  relations and owes the notices and the e-mails, all in one transaction;
- with django-simple-history, the same change: the case, the entry, each duty that ends and opens, each notice and each
  e-mail a row with its history, in one transaction. How many there are of each is counted in the tables of ours,
  after one act; nothing is worked out or sealed, and what only we keep (the submission, the stream) is left out;
- with django-simple-history, the case's own row alone, in one transaction.

Prints one JSON object: seconds for one, as medians, and the rows that follow from one act.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

WORDS: dict[str, Any] = {
    "said": "We went through it again. We still see the risk differently, and say so here.",
    "next_step": "I will say by tomorrow.",
}
WARM = 10
"""Of each, before the clock counts."""
WAYS = ("act", "same", "plain")

Does = Callable[[], object]


def main(count: int) -> None:
    """Prepare the installation and measure."""
    from counterpart.cli.installation import migrate

    migrate(quietly=True)
    print(json.dumps(measure(count)))


def measure(count: int) -> dict[str, Any]:
    """Seconds on the wall and of the processor for one of each, and what followed from one of ours."""
    _make_tables()
    first, *discussions = _discussions(count + WARM + 1)
    follows = _counted(first)
    took: dict[str, list[float]] = {name + clock: [] for name in WAYS for clock in ("", "_cpu")}
    same, plain = _saved_with_all(follows), _saved_alone()
    for n, discusses in enumerate(discussions):
        ways = list(zip(WAYS, (discusses, next(same), next(plain)), strict=True))
        gc.collect()
        for name, does in ways[n % 3 :] + ways[: n % 3]:
            wall, cpu = _time(does)
            if n >= WARM:
                took[name].append(wall)
                took[f"{name}_cpu"].append(cpu)
    return {name: median(some) for name, some in took.items()} | asdict(follows)


def _time(does: Does) -> tuple[float, float]:
    began, cpu = perf_counter(), process_time()
    does()
    return perf_counter() - began, process_time() - cpu


def _make_tables() -> None:
    from django.db import connection

    from bench.plain.models import EVERY

    with connection.schema_editor() as editor:
        for model in EVERY:
            editor.create_model(model)
            editor.create_model(model.history.model)


def _counted(discusses: Does) -> Any:
    """The rows that follow from one act of ours."""
    from bench.plain.saving import Follows
    from counterpart.lists.models import DutyRow
    from counterpart.messages.models import Notice, OutboxRow

    duties = set(DutyRow.objects.values_list("id", flat=True))
    notices, mails = Notice.objects.count(), OutboxRow.objects.count()
    discusses()
    after = set(DutyRow.objects.values_list("id", flat=True))
    return Follows(
        ended=len(duties - after),
        opened=len(after - duties),
        notices=Notice.objects.count() - notices,
        mails=OutboxRow.objects.count() - mails,
    )


def _discussions(count: int) -> list[Does]:
    """So many cases in which the workers have not spoken yet: what writes that down."""
    from tests.town import Story, town

    place, now = town(), datetime.now(UTC) - timedelta(days=1)
    stories = (Story(place, now=now, step=timedelta(minutes=1)) for _ in range(count))
    return [partial(_discusses, **_given(story.raised().to_workers())) for story in stories]


def _given(story: Any) -> dict[str, Any]:
    """What the web has at hand when somebody has pressed the button."""
    from tests.town import RAISER

    now = datetime.now(UTC)
    agencies = story.state.receiving_agencies
    given: dict[str, Any] = story.by(RAISER)
    return given | {"now": now, "happened_at": now, "agencies": agencies}


def _discusses(**given: Any) -> None:
    from counterpart.casework import acts
    from counterpart.casework.writing import Done

    done = acts.record_step(
        step="workers-discuss", how="telephone", result="not_agreed", **WORDS, **given
    )
    assert isinstance(done, Done), done


def _saved_alone() -> Iterator[Does]:
    from bench.plain.saving import saves

    while True:
        yield partial(saves, _case(), WORDS)


def _saved_with_all(follows: Any) -> Iterator[Does]:
    from bench.plain.saving import opens, saves_all

    while True:
        case = _case()
        ends = [opens(case) for _ in range(follows.ended)]
        yield partial(saves_all, case, ends, WORDS, follows)


def _case() -> Any:
    """A plain record of a case in which the workers have not spoken yet."""
    from bench.plain.models import Case

    now = datetime.now(UTC) - timedelta(days=1)
    case = Case(
        id=uuid4().hex,
        reference=uuid4().hex[:8].upper(),
        partnership=uuid4().hex,
        policy="brent",
        stage="other-worker",
        status="open",
        raising=uuid4().hex,
        receiving=uuid4().hex,
        raised_at=now,
        last_at=now,
        owner=uuid4().hex,
    )
    case.save(force_insert=True)
    return case


if __name__ == "__main__":
    main(int(sys.argv[1]))
