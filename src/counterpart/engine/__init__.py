"""The engine: what is true of a case, what may happen next, who must do what by when.

Values in, values out. It imports no Django, reads no clock, does no I/O, and makes no ids:
`now`, calendars, directories and ids are arguments. It knows no stage, time or role of any
area; those come from the `Policy` it is given.

Begin with `events` (what can happen), then `fold` (what is true), `rules` and `deciding` (what
may happen), `duties` (who must do what by when) and `notices` (who is told).
"""
