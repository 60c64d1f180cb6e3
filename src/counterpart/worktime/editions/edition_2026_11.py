"""Bank holidays as the official feed gave them in November 2026: edition 2026-02 and one day more.

The one-off bank holiday in Scotland on Monday 15 June 2026, for the football World Cup, was
appointed by Royal Proclamation on 3 February 2026 under section 1(3) of the Banking and Financial
Dealings Act 1971. The feed lists it, for Scotland alone; the copy of the feed that edition
2026-02 was made from was taken before it did. The package `holidays` 0.109 agrees on every
weekday of every year in this edition.
"""

from __future__ import annotations

from datetime import date

from counterpart.worktime.edition import SCOTLAND
from counterpart.worktime.editions import edition_2026_02

EDITION = edition_2026_02.EDITION.with_day(
    name="2026-11",
    taken_on=date(2026, 11, 21),
    source="edition 2026-02, and the Royal Proclamation of 3 February 2026 for Scotland",
    day=date(2026, 6, 15),
    title="World Cup bank holiday",
    divisions=(SCOTLAND,),
)
