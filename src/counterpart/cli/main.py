"""The commands and their options. What each does is in a module of its own, imported when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from counterpart.cli.accounts import account, provider
from counterpart.cli.directory_commands import directory, partnership
from counterpart.cli.policies.commands import policy

app = typer.Typer(
    name="counterpart",
    help="Runs a safeguarding partnership's escalation policy.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain lines, which any terminal and any screen reader can show
    pretty_exceptions_enable=False,  # its boxes print local variables, which may be personal data
)

app.add_typer(policy)
app.add_typer(account)
app.add_typer(provider)
app.add_typer(directory)
app.add_typer(partnership)

Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to answer on.")]


@app.command()
def demo(
    port: Port = 8000,
    home: Annotated[Path, typer.Option(help="Where the demonstration is kept.")] = Path("var/demo"),
    reset: Annotated[
        bool, typer.Option("--reset", help="Throw away what was entered first.")
    ] = False,
) -> None:
    """Run Counterpart with made-up people and cases, on this machine only."""
    from counterpart.cli import demo as demonstration

    demonstration.run(home=home.absolute(), port=port, reset=reset)


@app.command()
def init(
    name: Annotated[str, typer.Option(prompt="The first administrator's name")],
    email: Annotated[str, typer.Option(prompt="Their e-mail address")],
    password: Annotated[
        str,
        typer.Option(
            prompt="A password for them, 15 characters or more",
            confirmation_prompt=True,
            hide_input=True,
            envvar="COUNTERPART_FIRST_PASSWORD",
        ),
    ],
) -> None:
    """Make a new, empty installation: its keys, its database and its first administrator."""
    from counterpart.cli import installation

    installation.init(name=name, email=email, password=password)


@app.command()
def migrate() -> None:
    """Bring the database up to this release, and put the guards on the record back."""
    from counterpart.cli import installation

    installation.migrate()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Web processes.")] = 1,
    certificate: Annotated[Path | None, typer.Option(help="TLS certificate chain (PEM).")] = None,
    key: Annotated[Path | None, typer.Option(help="TLS private key (PEM, PKCS#8).")] = None,
) -> None:
    """Answer web requests."""
    from counterpart.cli import serving

    serving.serve(host=host, port=port, workers=workers, certificate=certificate, key=key)


@app.command()
def worker() -> None:
    """Do the work that waits: messages to send, times that have come."""
    from counterpart.cli import serving

    serving.work()


@app.command()
def check() -> None:
    """Say whether this installation is ready to start, and whether its record is guarded."""
    from counterpart.cli import installation

    installation.check()


@app.command()
def due(
    start: Annotated[
        str, typer.Option("--from", help="When it starts: 2026-12-18T15:00, London time.")
    ] = "",
    limit: Annotated[str, typer.Option(help="How long there is: 5 working days, 48 hours.")] = "",
    calendar: Annotated[
        list[str] | None, typer.Option(help="Whose bank holidays; once for each nation.")
    ] = None,
    working_in: Annotated[
        str, typer.Option(help="With several nations: a working day in all of them, or in any.")
    ] = "all",
    edition: Annotated[str, typer.Option(help="Bank holidays as known then: 2026-02.")] = "",
    counting: Annotated[
        str, typer.Option(help="The day it starts is day-zero, as usual, or day-one.")
    ] = "",
    closed_days: Annotated[
        str, typer.Option(help="What starts on a weekend or bank holiday: stay, next-working-day.")
    ] = "",
    cut_off: Annotated[
        str, typer.Option(help="What starts after this hour starts the next working day: 17:00.")
    ] = "",
    day_ends: Annotated[
        str, typer.Option(help="When the last day counted ends, if not at midnight: 17:00.")
    ] = "",
    service: Annotated[
        list[str] | None,
        typer.Option(help='For service hours: "front-door: Monday to Friday 09:00-17:00".'),
    ] = None,
    batch: Annotated[
        str, typer.Option(help="A file with a question a line, as JSON; - for standard input.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Say when a limit is due, and show every day counted or skipped."""
    from counterpart.cli import due as working
    from counterpart.cli.due_questions import Question

    reading = {
        "start_day": counting,
        "closed_days": closed_days,
        "cut_off": cut_off,
        "day_ends": day_ends,
    }
    question = Question(
        start=start,
        limit=limit,
        calendars=tuple(calendar or ()),
        edition=edition,
        working_in=working_in,
        reading=reading,
        services=tuple(service or ()),
    )
    if batch:
        raise typer.Exit(working.batch(batch, question))
    raise typer.Exit(working.one(question, as_json=as_json))


@app.command()
def pack(
    case: Annotated[str, typer.Argument(help="The case's reference: 7F3K-92MQ.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where to write it: FILE.pdf, or FILE.docx.")
    ],
    who: Annotated[
        str, typer.Option("--for", help="The address of the account of whoever it is for.")
    ],
    part: Annotated[
        str, typer.Option(help="whole, stage, outcome, summary, or papers (of the panel).")
    ] = "",
    stage: Annotated[str, typer.Option(help="One stage, by its name or number.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="As it stood at the end of a day.")] = "",
) -> None:
    """Write a case as a document for the child's file: a PDF, or the outcome statement in Word.

    It holds what the person it is for may see, and is written down as their look at the case.
    """
    from counterpart.cli import packs

    packs.write_out(case, output, who=who, part=part, stage=stage, as_of=as_of)


def run(arguments: list[str] | None = None) -> None:
    """Run the command; a fault that a person can mend is one plain paragraph, not a traceback.

    `arguments` are those after the command's name; those of this process unless they are given.
    """
    from counterpart.cli.faults import in_plain_words

    with in_plain_words():
        app(arguments)
