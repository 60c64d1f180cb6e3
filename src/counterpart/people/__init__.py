"""People: partnerships, agencies, posts, who holds them and between which days, cover, and
accounts.

These tables are working lists of the directory: who there is now, and who there was. The acts that
change them live in `casework`, which also appends each to the directory's stream in the journal;
`changes` only applies them here. Work contact details of professionals stand here as plain text,
to be searched and sorted. Nothing about any child does.

It must not know a case, and must not branch on a tier: tiers are data, but for the desk's
`business_manager`.

Begin with `models`, then `directory` (the snapshot the engine reads) and `standing` (who may act
for whom).
"""
