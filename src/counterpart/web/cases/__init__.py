"""The pages of one case: where it stands, what each person may do now, and each act's form.

`views` show; `acts` is the table of what can be done, and the one driver of its forms; `forms`
ask; `showing` and `describing` turn a case file into words. Nothing here decides a rule.
"""
