"""How much a file may hold. Nothing here needs Django, so a command can refuse a file before it starts."""

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_HEADINGS = 100
"""Far more than any kind of file has: so that whoever misspells one, or leaves some of their own, is told which."""

MOST_TIMES = 100
"""That one person comes to one post, in a whole life: each is held against all the others."""


def too_large(size: int) -> str:
    """What is said of a file that is not read."""
    return (
        f"The file has {size / 1024 / 1024:.0f} MB, and {MOST_BYTES // 1024 // 1024} MB is the most. "
        "Nothing in it was read. Divide it into several files."
    )
