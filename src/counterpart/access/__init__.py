"""Access: who may see a case and do what in it, now, and who looked.

Access comes from a relation to the case, held by a person or by the post they act in, and ends
with it. `rules` is the one table; `permission.can` and `visibility.visible` both read it, and a
property test asserts that they agree. A deny is about the person and comes before everything.

It must not decide what a case is in a state for (the engine does), and must not write anything but
its own rows. Rows of `Relation` and `Denial` are a list, rewritten by `casework` from the journal;
rows of `Read` are only ever added.

Begin with `rules`, then `permission`; `routes` is how a page declares its rule.
"""
