"""What pages and reports look things up in: who is in which case, at which stage, what is due.

Every row follows from the journal, the policy, the directory and the calendar, and can be made
again from them at will (`casework.rebuilding`). No row holds words. Lateness is asked of the
clock when a page is read; it is never stored.

Begin with `models`, then `writing` (a case's rows made anew) and `finding` (the questions).
"""
