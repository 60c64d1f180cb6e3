"""Read the partnership's own ladder: the file that says who is told where a policy does not.

The caller reads the bytes. A file that cannot be used is a fault of the installation, said at once.
"""

from __future__ import annotations

from pydantic import ValidationError

from counterpart.policy.linking.ladder import usual_ladder
from counterpart.policy.model import UsualLadder
from counterpart.policy.source.ladder import UsualLadderSource
from counterpart.policy.yaml_text import YamlRefused, read_yaml


def read_usual_ladder(content: bytes, *, name: str) -> UsualLadder:
    """The ladder in the bytes of a file called `name`. Raises ValueError, saying what is wrong."""
    try:
        return usual_ladder(UsualLadderSource.model_validate(read_yaml(content, file=name)))
    except (YamlRefused, ValidationError, ValueError) as fault:
        raise ValueError(f"{name} is no ladder: {fault}") from fault
