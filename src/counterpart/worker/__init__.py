"""Work that waits for its time or its turn: deliver one message, work out vacancies anew.

Any number of these processes may run; the database is what keeps them apart. It must not decide anything about a
case: a step calls a use case, which decides. Begin reading in `running`.
"""
