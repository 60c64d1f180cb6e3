"""What somebody signed in does with the policy: say what they make of it, find whom to speak to.

The public pages about policies are in `public`; the office's own are in `desk`. No page here is
about a case.
"""
