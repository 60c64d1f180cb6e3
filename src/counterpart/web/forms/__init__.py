"""Forms as this service asks and answers them: one set of fields, one renderer, messages that say what to do.

A form checks the shape of what was sent and hands clean values on. It must not check a rule of the policy (the engine
does), look anything up in a database, or throw away a word that somebody typed.

Begin with `form.CounterpartForm`. The fields are drawn by `templates/components/form.jinja` and by nothing else.
"""

from counterpart.web.forms.choices import (
    CheckboxesField,
    Option,
    RadiosField,
    SelectField,
    TickField,
    YesNoField,
)
from counterpart.web.forms.files import TextFileField
from counterpart.web.forms.form import CounterpartForm
from counterpart.web.forms.moments import DateField, MomentField
from counterpart.web.forms.text import CarriedField, LineField, WordsField

__all__ = [
    "CarriedField",
    "CheckboxesField",
    "CounterpartForm",
    "DateField",
    "LineField",
    "MomentField",
    "Option",
    "RadiosField",
    "SelectField",
    "TextFileField",
    "TickField",
    "WordsField",
    "YesNoField",
]
