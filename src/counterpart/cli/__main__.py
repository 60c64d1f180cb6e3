"""`python -m counterpart.cli` is the `counterpart` command."""

from counterpart.cli.main import run

run()
