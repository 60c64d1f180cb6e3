"""The editions of the bank holidays that this release holds, oldest first.

To add one: make its module with tools/bank_holidays.py, or write it as an earlier edition
`with_day` more, check it, review it, and name it at the end of the list. Old editions stay: open
cases were counted by them.
"""

from __future__ import annotations

from counterpart.worktime.edition import Edition
from counterpart.worktime.editions import edition_2026_02, edition_2026_11

EDITIONS: tuple[Edition, ...] = (edition_2026_02.EDITION, edition_2026_11.EDITION)
