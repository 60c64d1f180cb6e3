"""Plays a policy without an installation: made-up agencies, made-up people and no database.

What the author of a policy may ask before anybody has to live with it. `playing` takes a case
through the engine's own rules; `examples` reads and plays the stories that stand beside a
policy; `worst_case` looks for the longest way through one.

This room is pure, as the engine is: it reads no clock and no file, and nothing in it is real.
"""
