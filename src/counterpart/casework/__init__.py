"""Use cases: one function for each act of a person or of the clock.

Each is one transaction: load, decide, append to the journal, make the lists anew, write to the
outbox. This room is the only writer of the journal. It must not render, send, or look at an
account; it is told who acts and when.

Begin with `acts` (what can be done to a case), then `writing` (the recipe they share),
`raising` (how a case begins), `casefile` (a case as a page needs it) and `directory` (agencies,
posts and people).
"""
