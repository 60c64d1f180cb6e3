"""Notices in the app, and the e-mails that say there is something to see.

A use case writes both here in its own transaction (`owing`); a worker sends the e-mails afterwards (`outbox`, then
`delivering`). No name and nothing anybody wrote is ever in a message. This room must not decide who is owed word:
`engine.notices` does. Begin reading in `owing`.
"""
