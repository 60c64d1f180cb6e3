"""Pages for people without an account: answering by the link of a message, and raising a concern.

They are let in by a code sent to their work mailbox. Nothing of a case is shown before it.
"""
