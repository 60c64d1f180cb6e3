"""Streams of append-only events: what happened, who did it, when, and when it was written.

A stream (a case, an agency's directory, a policy) is written with `writing.append`, at the version
the writer had read, and read with `reading`. Facts are kept plain and words sealed, each word field
in a row of its own. `guard` has the database refuse every change to what was written.

This room must not know what any event means, must not decide, and holds no foreign key to a live
table. Begin with `models`, then `writing`.
"""
