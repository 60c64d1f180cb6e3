"""Write the pages that are made from the policies and from the program itself: `make docs`.

`--check` writes nothing and says which pages are not as they would be written; `make check` runs it.
The same files always give the same pages: what depends on a day is said as of `AS_OF`.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from counterpart.policy.checking import as_markdown as findings_as_markdown
from counterpart.policy.checking import check
from counterpart.policy.drawing import as_svg, diagram, in_words
from counterpart.policy.explaining import as_markdown, explain
from counterpart.policy.glance import authority, stages, times
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Policy
from counterpart.policy.phrases import day_words
from counterpart.policy.schema import json_schema, reference
from tools.access_docs import NAME, who_may_do_what
from tools.environment import ROOT, say

AS_OF = date(2026, 11, 21)
DOCS = ROOT / "docs"
POLICIES = ROOT / "policies"
MADE = "policies"
"""The folder of which every file is made here, so that one nobody makes any more is taken away."""
INDEX = """\
# The policies here

Each is one file under `policies/`, in [the policy language](../policy-language.md). The pages are
made from those files by `make docs`: what each asks for in plain English, and its picture. What
[the checker finds](../policy-findings.md) is said as of {today}. A finding is a question to the
partnership that wrote the policy, not a mistake in the file.

| area | policy | stages | what a panel’s decision means | times it gives | findings |
| --- | --- | --- | --- | --- | --- |
"""
PAGE = """\
# {title}

This page is made from [the policy file](../../policies/{area}/policy.yaml) by `make docs`.

![The stages of the policy and the ways between them. The same is said in words at the end.]({area}.svg)

{explanation}
## The picture in words

{lines}
"""


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` say which are not right. Returns the exit code."""
    made = pages(policies(POLICIES))
    wrong = differing(made, DOCS)
    if "--check" in arguments:
        for name in wrong:
            say(f"docs/{name} is not as `make docs` would write it")
        return 1 if wrong else 0
    write(made, DOCS)
    say(
        f"Wrote {len(made)} pages; {len(wrong)} of them had changed"
        if wrong
        else "Nothing had changed"
    )
    return 0


def policies(folder: Path) -> dict[str, Policy]:
    """Every policy under a folder, by the name of its own."""
    files = sorted(folder.glob("*/policy.yaml"))
    return {file.parent.name: _loaded(file) for file in files}


def _loaded(file: Path) -> Policy:
    return load_policy(file.read_bytes(), read=partial(_read, file.parent))


def _read(folder: Path, path: str) -> bytes:
    return (folder / path).read_bytes()


def pages(of: Mapping[str, Policy]) -> dict[str, str]:
    """What each page says, by its path under docs."""
    made = {
        "policy.schema.json": json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n",
        "policy-reference.md": reference(),
        NAME: who_may_do_what(),
        "policy-findings.md": findings_as_markdown(of.values(), today=AS_OF),
        f"{MADE}/README.md": INDEX.format(today=day_words(AS_OF)) + "".join(map(_row, of.items())),
    }
    for area, policy in of.items():
        picture = diagram(policy)
        lines = "\n".join(f"{'  ' * (line.level - 1)}- {line.words}" for line in in_words(picture))
        made[f"{MADE}/{area}.svg"] = as_svg(picture) + "\n"
        made[f"{MADE}/{area}.md"] = PAGE.format(
            title=_title(policy), area=area, explanation=as_markdown(explain(policy)), lines=lines
        )
    return {name: f"{text.rstrip()}\n" for name, text in made.items()}


def differing(made: Mapping[str, str], docs: Path) -> list[str]:
    """The pages that are missing, are not what they should be, or that nobody makes any more."""
    there = {f"{MADE}/{path.name}" for path in (docs / MADE).glob("*")}
    wrong = [
        name
        for name, text in made.items()
        if not (docs / name).is_file() or (docs / name).read_bytes() != text.encode()
    ]
    return sorted({*wrong, *there - set(made)})


def write(made: Mapping[str, str], docs: Path) -> None:
    """Write every page that is not as it should be, and take away what nobody makes any more."""
    (docs / MADE).mkdir(parents=True, exist_ok=True)
    for name in differing(made, docs):
        if name in made:
            (docs / name).write_bytes(made[name].encode())
        else:
            (docs / name).unlink()


# --- a row of the index ---------------------------------------------------------------------------


def _row(item: tuple[str, Policy]) -> str:
    area, policy = item
    cells = (
        policy.area,
        f"[{policy.title}]({area}.md)",
        stages(policy),
        authority(policy),
        times(policy),
        _findings(policy),
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def _title(policy: Policy) -> str:
    return policy.title if policy.area in policy.title else f"{policy.area}: {policy.title}"


def _findings(policy: Policy) -> str:
    counts = Counter(finding.severity for finding in check(policy, today=AS_OF))
    said = [
        f"{n} {kind}{'' if n == 1 else 's'}"
        for kind in ("error", "warning", "note")
        if (n := counts[kind])
    ]
    return ", ".join(said) or "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
