"""Cases that have come to somebody's post in the partnership, or to a panel they sit on.

For those who decide, convene, choose the course or are told. It is not the desk: that is the business
manager's, and shows everything that is open.
"""
