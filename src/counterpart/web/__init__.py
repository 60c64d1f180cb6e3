"""Pages: what a person sees and sends, one folder an area.

An area (`public`, `signin`, `raising`, `cases`, `mypage`, `desk`, `mailbox`) holds its own urls, views, forms and
templates. What they all stand on is here: the Jinja environment (`jinja`), the frame around a page (`pages`,
`templates/layout.jinja`), the forms and their one renderer (`forms`, `templates/components/form.jinja`), plain English
for instants (`dates`) and safe showing of what people wrote (`narrative`), and the pages for when something is wrong
(`errors`).

It must not decide anything about a case: a view finds, checks the shape of what was sent, calls one use case in
`casework`, and shows the result. It must not write to the journal, nor read it but through `casework` and `lists`.

Begin with `pages.page`, then `templates/layout.jinja`.
"""
