"""Counterpart: helps agencies settle a disagreement about a child's safety, in time and on the record.

A policy is data; a case is a list of things that happened; everything else is worked out from those two.
Begin reading in `engine` (what may happen next, and what is due), then `casework` (one function for each
thing a person can do). Each room says in its own `__init__` what it is for and what it must not do.
"""

__version__ = "0.1.0"
