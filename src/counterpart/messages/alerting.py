"""Writing down what word is owed to data protection leads of something unusual. It names nobody and no case."""

from collections.abc import Iterable
from datetime import datetime

from counterpart.messages.accounts import owe_of_no_case
from counterpart.messages.kinds import ALERT, ALERTS_PATH, TO_POST


def owe_alert(alert: int, posts: Iterable[str], words: str, now: datetime) -> None:
    """Owe these posts an e-mail of an alert, at once. Once for each. Raises `OutsideTransaction`."""
    for post in posts:
        key = f"{ALERT}|{alert}|{post}"
        owe_of_no_case(ALERT, key, TO_POST, post, now, what=words, path=ALERTS_PATH)
