"""Pages that need no sign-in and stand while the database is down: home, danger, referral, other routes, the policy.

They must not touch the session, the account or the database, and must not wait for anything. What they say comes from
templates, from the operator's contacts file, and from the policy files that come with the program.

Begin with `urls`.
"""
