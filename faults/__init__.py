"""Faults on purpose: workers and web killed, mail that refuses, hangs or is away, a clock set back.

`make faults` prints one JSON line a fault: fault, runs, lost, doubled, met, database. *Lost* are alerts, in the app or
by e-mail, owed by an act that stands and never arrived; *doubled* those that came twice, an e-mail only where the
second had another Message-ID. It leaves with 1 where a fault is not met.

Begin with `__main__`, which runs `on` for each kind of database. `ground` is an installation with a mail server,
`stories` what people do there, `processes` who is started and killed, `counting` what was owed and what arrived;
`kills`, `mail` and `moments` are the faults. All processes are real, and so is the mail server.
"""
