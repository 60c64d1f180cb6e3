"""How a field is to be drawn: what the renderer needs to know of it, in the shapes GOV.UK's macros take.

Used by `components/form.jinja` alone. It must not clean or check anything, and must hand back what was typed as typed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from markupsafe import Markup, escape

from counterpart.web.forms.choices import Option
from counterpart.web.forms.form import first_input, wrong_boxes

# Fields that are not ours (the sign-in's) are drawn by the widget they bring.
_BY_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "tick"),
    (forms.Select, "select"),
)
_BOX_WIDTHS = {"day": "2", "month": "2", "year": "4", "time": "5"}

Reveals = Mapping[str, Sequence[forms.BoundField]]
Item = dict[str, Any]


def look(bound: forms.BoundField) -> str:
    """The way a field is drawn: text, words, radios, yes_no, checkboxes, tick, select, date, moment, password, …"""
    if bound.is_hidden:
        return "hidden"
    own = getattr(bound.field, "look", None)
    if own is not None:
        return str(own)
    widget = bound.field.widget
    return next((name for kind, name in _BY_WIDGET if isinstance(widget, kind)), "text")


def standing(bound: forms.BoundField) -> str:
    """What stands in a one-line input."""
    value = bound.value()
    return "" if value is None else str(value)


def standing_lines(bound: forms.BoundField) -> Markup:
    """What stands in a textarea, its line breaks written as entities.

    GOV.UK's macros indent what they nest, line by line; a textarea's own lines would be indented with it, a little
    more at every sending.
    """
    lines = standing(bound).replace("\r\n", "\n").replace("\r", "\n")
    return Markup(str(escape(lines)).replace("\n", "&#10;"))  # noqa: S704 - escaped on this line


def answers(bound: forms.BoundField, reveals: Reveals, draw: Callable[..., Markup]) -> list[Item]:
    """What is offered, as items of radios or checkboxes. `reveals` names the fields drawn under an answer."""
    items: list[Item] = []
    for option in _options(bound):
        if option.after_or:
            items.append({"divider": "or"})
        items.append(_item(option, bound, reveals.get(option.value, ()), draw))
    return items


def choices(bound: forms.BoundField) -> list[Item]:
    """What is offered, as the lines of a select, the empty one first."""
    chosen = _chosen(bound)
    return [
        {"value": value, "text": text, "selected": value in chosen} for value, text in _pairs(bound)
    ]


def grouped(bound: forms.BoundField, items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The `items` of a long list under the name of each group, in their order; none where it has no groups.

    What is in no group, such as the empty line of a select, stands first, under "".
    """
    named = {option.value: option.group for option in _options(bound) if option.group}
    found: dict[str, list[Item]] = {}
    for item in items if named else ():
        found.setdefault(named.get(item["value"], ""), []).append(item)
    return sorted(found.items(), key=lambda one: one[0] != "")


def is_ticked(bound: forms.BoundField) -> bool:
    """Whether the one box is ticked."""
    return bound.value() in {True, "yes", "on", "true"}


def boxes(bound: forms.BoundField) -> list[Item]:
    """The boxes of a date or an instant: what stands in each, which are wrong."""
    wrong, typed = wrong_boxes(bound), bound.value() or {}
    return [
        {
            "name": part,
            "label": part.capitalize(),
            "value": typed.get(part, ""),
            "inputmode": "text" if part == "time" else "numeric",
            "classes": f"govuk-input--width-{_BOX_WIDTHS[part]}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part in bound.field.widget.parts
    ]


def problems(form: forms.BaseForm) -> list[Item]:
    """For the error summary: each message, with a link to the first input it is about, in the order of the page."""
    found: list[Item] = [{"text": str(message)} for message in form.non_field_errors()]
    for bound in form:
        link = {} if bound.is_hidden else {"href": f"#{first_input(bound)}"}
        found += [{"text": str(message), **link} for message in bound.errors]
    return found


def _item(
    option: Option,
    bound: forms.BoundField,
    under: Sequence[forms.BoundField],
    draw: Callable[..., Markup],
) -> Item:
    drawn = Markup("").join(draw(field, size="s") for field in under)
    return {
        "value": option.value,
        "text": option.label,
        "hint": {"text": option.hint} if option.hint else None,
        "checked": option.value in _chosen(bound),
        "conditional": {"html": drawn} if under else None,
    }


def _chosen(bound: forms.BoundField) -> set[str]:
    value = bound.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(each) for each in values if each is not None}


def _options(bound: forms.BoundField) -> Sequence[Option]:
    own: Sequence[Option] | None = getattr(bound.field, "options", None)
    return [Option(value, label) for value, label in _pairs(bound)] if own is None else own


def _pairs(bound: forms.BoundField) -> list[tuple[str, str]]:
    if not isinstance(bound.field, forms.ChoiceField):
        raise TypeError(f"{bound.name} is drawn as a choice and offers none")
    offered: Any = bound.field.choices
    return [(str(value), str(label)) for value, label in offered]
