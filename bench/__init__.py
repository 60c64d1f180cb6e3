"""Every figure of speed, each beside a peer or a limit measured in the same run.

`make bench` prints one JSON line a figure: name, value, unit, peer, peer_value, ratio, aim, met. An aim that is
missed is printed as missed; the exit code is 0 all the same, because a figure is not a test.

Begin with `__main__` (what is measured, in order). `installations` makes and keeps databases of many cases,
`filling` fills one, `subject` is a process that answers requests in one of them, `scenes` are the requests and
`bare` the plain Django views beside which they are timed. `core` measures what needs no database, `outbox` what
waits to be sent or done.
"""
