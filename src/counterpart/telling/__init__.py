"""The record in words: what pages, the pack and the command say of a case, said in one way.

It turns a case file into titles, sentences and small frozen records of text. It must not decide who may see
something (`casework.seeing` took that out of the file before), read a clock, know an address of a page, or make
mark-up: whoever draws the words escapes them.

Begin at `describing.describe` for one entry of a record, `parts` for what stands still in a case (the concern,
the sides, the outcome), `duties` for what is owed, `words` for the words of a code, `dates` for instants and days.
"""
