"""Pages that need no sign-in and stand while the database is down: home, danger, referral, other routes, the policy.

They must not touch the session or the account. Nobody in danger may wait for anything, so what those pages say comes
from templates and from the operator's contacts file. The pages about policies ask one thing of the database, which are
in force, and do without an answer.

Begin with `urls`.
"""
