"""The pages by which a directory is kept: a partnership's by its business manager, an agency's by its lead.

Begin with `scope`, which finds what is somebody's to keep; everybody else finds nothing (404). No page
here knows a case but by the duties that a leaver has in cases the reader may see.
"""
