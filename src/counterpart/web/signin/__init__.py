"""Signing in and out: by password, or by a one-time code sent to the account's address.

django-allauth does the work (`adapter` and the views it is asked to draw); the forms, pages, letters and
limits are ours. It must not say whether an address has an account, by words, by status or by time, and must
not know a case.

Begin with `views`; `sessions` ends a session that was left alone or has grown old.
"""
