from collections.abc import Iterator
from bench.figures import Figure
def figures(only: str) -> Iterator[Figure]:
    return iter(())
