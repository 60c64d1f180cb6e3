"""What a partnership does with no case: its regular duties, the agencies' returns, the review of its policy.

One stream of the journal for each partnership (`keeping`), one function for each act (`regular`), what a report is
written from (`sources`), and who is reminded of a morning (`reminding`). What is owed is worked out by
`engine.regular` and stored nowhere.

It must not decide who may (`access.regular` does), open the words of a case, or send anything itself.

Begin with `regular`.
"""
