"""Words at rest: the keys that protect them, sealing them and opening them again.

Begin with `keys` (the file outside the database), then `sealing` (what happens to one text) and
`streamkeys` (a data key for each stream, kept wrapped). `notes` seals drafts; `index` finds equal
texts without holding them.

This room must not know what a text means or who may read it, must never write plain words or a
plain key to the database, a log or an error message, and has no default key.
"""
