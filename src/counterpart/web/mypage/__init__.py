"""My page: what waits for me, my cases, what I wait for, and what I have been told.

`mine` gathers it for one person; everything goes through `access.visible`.
"""
