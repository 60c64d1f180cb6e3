"""Raise: from a worry to a receipt, one question a page.

`questions` is the journey: what is asked, in what order, and when. `forms` are the questions
themselves; `drafting` is one person answering one draft, with what may be chosen; `checking` is
what is read back before it is sent. The answers are kept by `casework.drafts`, sealed, after
each page; sending is `casework.raising`. Begin with `questions`.

Nothing that anybody types may get into an address, a title or the session.
"""
