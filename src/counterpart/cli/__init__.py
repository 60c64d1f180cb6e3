"""The `counterpart` command: setting an installation up, running it, and asking it things from a terminal.

It must not hold rules: it calls use cases and pure functions as the pages do. A command imports what it needs when
it runs, so that one that needs no database starts without Django. Begin reading in `main`.
"""
