"""The pack: a case as a document for the child's file, as a PDF or in Word.

It must not show more than the case file it is given, which went through `casework.seeing`; leave anything out
without saying so; read a clock; or let what somebody wrote run as mark-up of the program that sets the pages.

Begin at `content`: what a pack says, as plain records. `choosing` says which part was asked for and what is left
out; `making` puts the content together from a case file; `pdf` and `word` draw it.
"""
