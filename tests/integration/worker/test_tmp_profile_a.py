import cProfile
import os
import pstats
import time

import pytest

from tests.integration.worker import a_year

T = os.environ.get("TX") == "1"
pytestmark = pytest.mark.django_db(transaction=T)


def test_x():
    from django.db import connection

    if T:

        def count():
            with connection.cursor() as c:
                c.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

        a_year._count_rows = count
        if connection.vendor == "sqlite":
            with connection.cursor() as c:
                c.execute("PRAGMA synchronous=OFF")
    y = a_year.Year(2026, days=int(os.environ.get("D", "91")), cases=int(os.environ.get("C", "75")))
    p = cProfile.Profile() if os.environ.get("P") else None
    t = time.time()
    c = time.process_time()
    last = [t]
    orig = y.opens_the_app

    def opens(now):
        print("MONTH", now.date(), round(time.time() - last[0], 1), flush=True)
        last[0] = time.time()
        orig(now)

    y._todo = [
        (a, b, opens if getattr(f, "__name__", "") == "opens_the_app" else f) for a, b, f in y._todo
    ]
    if p:
        p.enable()
    w = y.plays()
    if p:
        p.disable()
    print(
        "WALL",
        time.time() - t,
        "CPU",
        time.process_time() - c,
        len(w.letters),
        w.wrong[:3],
        y.place and len(w.cases),
    )
    if p:
        pstats.Stats(p).sort_stats("cumtime").print_stats(80)
