"""Bringing a directory in from files, and writing one out.

Three kinds of file (agencies, posts, people), told apart by their headings. Everything that is
wrong is found and said by file, row and column before anything is done; `planning` says what
would change, and `casework.importing` does it, all or nothing.

Begin with `columns`, which is what a file may hold. `reading` makes rows of bytes, `planning` holds
them against what is there, `applying` changes the tables, `exporting` writes files out.
"""
