"""The `counterpart directory` and `counterpart partnership` commands and their options.

What each does is in a module of its own, imported when it is called.
"""

from pathlib import Path
from typing import Annotated

import typer

directory = typer.Typer(
    name="directory",
    help="Brings a partnership's agencies, posts and people in from files, and writes them out.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain lines, which any terminal and any screen reader can show
)
partnership = typer.Typer(
    name="partnership",
    help="Sets up the partnerships of this installation.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Which = Annotated[
    str, typer.Option("--partnership", metavar="CODE", help="Which, where there are several.")
]


@directory.command("import")
def bring_in(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CSV files: agencies, posts, people.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")
    ] = False,
    partnership: Which = "",
) -> None:
    """Add to and change a partnership's directory by CSV files, all of it or nothing."""
    from counterpart.cli import directory as files_in

    raise typer.Exit(files_in.bring_in(files, partnership=partnership, is_dry_run=dry_run))


@directory.command("export")
def write_out(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A folder for three CSV files, or a .xlsx file.")
    ],
    partnership: Which = "",
) -> None:
    """Write a partnership's directory out, as it can be brought in again."""
    from counterpart.cli import directory as files_out

    files_out.write_out(output, partnership=partnership)


@directory.command("share")
def share(
    agency: Annotated[str, typer.Argument(help="Its short name in the partnership it is in.")],
    partnership: Annotated[
        str, typer.Option("--partnership", metavar="CODE", help="The partnership it is in.")
    ],
    also_in: Annotated[
        str, typer.Option("--with", metavar="CODE", help="The partnership it comes into.")
    ],
) -> None:
    """Make an agency part of one more partnership: its posts and people are then in both."""
    from counterpart.cli import directory as files_in

    files_in.share(agency, partnership=partnership, also_in=also_in)


@partnership.command("add")
def add(
    code: Annotated[str, typer.Argument(help="A short name: small letters, figures and dashes.")],
    name: Annotated[str, typer.Option(help="The partnership's name.")],
    policy: Annotated[Path, typer.Option(metavar="FOLDER", help="Its policy: a folder or a file.")],
    business_manager: Annotated[
        str, typer.Option(metavar="NAME", help="Who has the partnership's desk.")
    ],
    email: Annotated[str, typer.Option(help="Their email address.")],
    area: Annotated[str, typer.Option(help="The area it serves.")] = "",
) -> None:
    """Make a partnership, with its policy in force and a business manager who can sign in."""
    from counterpart.cli import partnerships

    partnerships.add(
        code, name=name, area=area, policy=policy, manager=business_manager, email=email
    )
