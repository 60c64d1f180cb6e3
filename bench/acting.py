"""Do the same thing to a case in two ways, turn about, and say how long each took: `python -m bench.acting COUNT`.

Called by `acts`, with the environment of an empty installation. A discussion is written down: by `casework`, which
appends it to the record, seals its words, works out duties and ladders, rewrites lists and relations and owes the
notices and the e-mails, all in one transaction; and as a plain model saved with django-simple-history, in one too.
Prints one JSON object: seconds for one, as medians.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

SAID = "We went through it again. We still see the risk differently, and say so here."
WARM = 10
"""Of each, before the clock counts."""


def main(count: int) -> None:
    """Prepare the installation and measure."""
    from counterpart.cli.installation import migrate

    migrate(quietly=True)
    print(json.dumps(measure(count)))


def measure(count: int) -> dict[str, float]:
    """Seconds on the wall and of the processor for one of each."""
    _make_tables()
    discussions, plain = _prepared(count + WARM)
    took: dict[str, list[float]] = {name: [] for name in ("act", "act_cpu", "plain", "plain_cpu")}
    for n, (discusses, case) in enumerate(zip(discussions, plain, strict=True)):
        gc.collect()
        ways: list[tuple[str, Callable[[], object]]] = [
            ("act", discusses),
            ("plain", partial(_saves, case)),
        ]
        for name, does in ways if n % 2 else reversed(ways):
            wall, cpu = _time(does)
            if n >= WARM:
                took[name].append(wall)
                took[f"{name}_cpu"].append(cpu)
    return {name: median(some) for name, some in took.items()}


def _time(does: Callable[[], object]) -> tuple[float, float]:
    began, cpu = perf_counter(), process_time()
    does()
    return perf_counter() - began, process_time() - cpu


def _make_tables() -> None:
    from django.db import connection

    from bench.plain.models import Case

    with connection.schema_editor() as editor:
        editor.create_model(Case)
        editor.create_model(Case.history.model)


def _prepared(count: int) -> tuple[list[Callable[[], object]], list[Any]]:
    """So many cases in which the workers have not spoken yet: what writes that down, and plain records."""
    from bench.plain.models import Case
    from tests.town import Story, town

    place, now = town(), datetime.now(UTC) - timedelta(days=1)
    discussions: list[Callable[[], object]] = []
    plain = []
    for _ in range(count):
        story = Story(place, now=now, step=timedelta(minutes=1)).raised().to_workers()
        discussions.append(partial(_discusses, **_given(story)))
        case = Case(
            id=uuid4().hex,
            reference=story.reference,
            partnership=place.partnership,
            policy="brent",
            stage="other-worker",
            status="open",
            raising=place.agencies["school"],
            receiving=place.agencies["care"],
            raised_at=now,
            last_at=now,
            owner=place.posts["school.practitioner"],
        )
        case.save(force_insert=True)
        plain.append(case)
    return discussions, plain


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
        step="workers-discuss", how="telephone", result="not_agreed", said=SAID,
        next_step="I will say by tomorrow.", **given,
    )  # fmt: skip
    assert isinstance(done, Done), done


def _saves(case: Any) -> None:
    from django.db import transaction

    with transaction.atomic():
        case.step, case.how, case.result = "workers-discuss", "telephone", "not_agreed"
        case.said, case.next_step = SAID, "I will say by tomorrow."
        case.last_at, case.due_at = datetime.now(UTC), datetime.now(UTC) + timedelta(days=1)
        case.save()


if __name__ == "__main__":
    main(int(sys.argv[1]))
