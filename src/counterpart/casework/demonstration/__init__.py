"""The demonstration: a made-up partnership with its agencies, people and a year of cases.

Everything is written through the same use cases as the web, at moments of the past, with a fixed
seed: two demonstrations made on the same day are the same but for their ids. Nobody in it exists,
and no place; telephone numbers are from the ranges kept for drama.

Begin with `seeding`; `places` are the agencies and people, `situations` what the disagreements
are about, `journeys` how far each case has come.
"""

from counterpart.casework.demonstration.seeding import SignIn, seed, sign_ins

__all__ = ["SignIn", "seed", "sign_ins"]
