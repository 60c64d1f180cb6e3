"""The `counterpart policy` commands and their options. What each does is imported when it is called."""

from pathlib import Path
from typing import Annotated

import typer

policy = typer.Typer(
    name="policy",
    help="Checks, explains, draws, compares and tries out policy files.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain lines, which any terminal and any screen reader can show
)

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Files, or folders to look through."),
]
One = Annotated[
    Path,
    typer.Argument(metavar="PATH", help="A policy file, or its folder."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@policy.command()
def check(
    paths: Paths,
    strict: Annotated[bool, typer.Option("--strict", help="A warning counts as an error.")] = False,
    today: Annotated[
        str, typer.Option(metavar="DAY", help="The day to look from: 2026-11-21. Usually today.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say what is wrong or doubtful in policies, and where."""
    from counterpart.cli.policies import checking

    raise typer.Exit(checking.check(paths, today=today, is_strict=strict, as_json=as_json))


@policy.command("test")
def play(paths: Paths, as_json: AsJson = False) -> None:
    """Play the examples that stand beside policies."""
    from counterpart.cli.policies import testing

    raise typer.Exit(testing.play_all(paths, as_json=as_json))


@policy.command()
def explain(path: One, as_json: AsJson = False) -> None:
    """Say in plain English what a policy asks for."""
    from counterpart.cli.policies import explaining

    explaining.explain(path, as_json=as_json)


@policy.command()
def clauses(path: One, as_json: AsJson = False) -> None:
    """Say clause by clause where a policy is met."""
    from counterpart.cli.policies import citing

    citing.clauses(path, as_json=as_json)


@policy.command()
def draw(
    path: One,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Where to write it: a name in .svg or .mmd."),
    ] = None,
    here: Annotated[
        str, typer.Option(metavar="STAGE", help="Mark this stage as where a case is.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Draw a policy, or say its picture in words."""
    from counterpart.cli.policies import drawing

    drawing.draw(path, output=output, here=here, as_json=as_json)


@policy.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="A policy file, or its folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The one to hold beside it.")],
    as_json: AsJson = False,
) -> None:
    """Say how two policies differ, rule by rule."""
    from counterpart.cli.policies import comparing

    comparing.compare(first, second, as_json=as_json)


@policy.command("worst-case")
def worst_case(
    path: One,
    raised: Annotated[
        str, typer.Option(metavar="TIME", help="When it is raised: 2026-12-18T15:00, London time.")
    ] = "",
    year: Annotated[
        str, typer.Option(metavar="YEAR", help="Find the worst day of a year to raise it.")
    ] = "",
    urgent: Annotated[
        bool, typer.Option("--urgent", help="For a child at risk of immediate harm.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say how long a disagreement may stay undecided."""
    from counterpart.cli.policies import worst_case as worst

    code = worst.answer(path, raised=raised, year=year, is_urgent=urgent, as_json=as_json)
    raise typer.Exit(code)


@policy.command()
def bundle(
    path: One,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make one file of a policy and the texts it extends."""
    from counterpart.cli.policies import bundling

    bundling.bundle(path, output=output, as_json=as_json)


@policy.command()
def schema(
    reference: Annotated[
        bool, typer.Option("--reference", help="Every key in words, as Markdown.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print the JSON Schema of a policy file."""
    from counterpart.cli.policies import describing

    describing.describe(as_reference=reference, as_json=as_json)
