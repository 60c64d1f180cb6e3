"""Regular duties, those with no case: what the policy asks for, what was written down, and writing it down.

The desk sees all of its partnership; an agency's own people what is their agency's. Nothing here is about a case.

Begin with `views`; `places` says whose each address is.
"""
