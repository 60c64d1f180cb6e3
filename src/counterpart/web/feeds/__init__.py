"""A person's calendar feed: the page where it is switched on, and the address that calendars fetch.

The feed itself is `casework.feeding`; its secret address, `access.capabilities`.
"""
