"""What is known of each kind of finding: its words, and a pair of examples that the tests prove.

Data only, one module for each theme, as the rules have. `little` is the policy that the examples
are laid over; it has no finding at all.
"""
