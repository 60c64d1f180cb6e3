"""`counterpart policy …`: what the author of a policy asks of it, with no installation.

`commands` says what the commands and their options are. What each does is in a module of its
own, imported when it is called; `files` does the reading for them all, `saying` the printing.
None of them may import Django or a room that does: they start in well under half a second.
"""
