"""`counterpart policy schema`: the policy language itself, as JSON Schema for editors or as reference pages."""

from __future__ import annotations

from counterpart.cli.policies.saying import say, say_json
from counterpart.policy.schema import json_schema, reference


def describe(*, as_reference: bool, as_json: bool) -> None:
    """Print the JSON Schema of a policy file, or the reference documentation in Markdown."""
    if not as_reference:
        say_json(json_schema())
    elif as_json:
        say_json({"reference": reference()})
    else:
        say(reference().rstrip())
