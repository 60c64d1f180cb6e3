"""The business manager's desk: everything open, what is late, what has nobody to go to.

`board` makes the page from the lists; `watching` says what is wrong outside any case (messages that
did not go, the policy's own dates); `reassigning` gives work to another post.
"""
