"""The demonstration's mailbox: every message it would have sent, to read instead of receiving them.

Only in the demonstration. Anywhere else its pages are not found.
"""
