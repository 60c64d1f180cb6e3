"""The page of the pack: which part, as a PDF or in Word, and what to leave out; sent, it answers with the file.

It must not decide what somebody may see, nor put a document together: `pack` does both, from what `casework.seeing`
leaves. A file's name holds the reference, the part and the date, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from counterpart.access.admission import admit, person_of
from counterpart.access.routes import declared
from counterpart.casework.casefile import CaseFile, find
from counterpart.engine import events as e
from counterpart.pack import asking, giving, redacting
from counterpart.pack.giving import Pack
from counterpart.telling.dates import day_short
from counterpart.telling.describing import title_of
from counterpart.web.cases.acts import NOWHERE
from counterpart.web.forms import (
    CheckboxesField,
    CounterpartForm,
    Option,
    RadiosField,
    SelectField,
    WordsField,
)
from counterpart.web.pages import page

EXCERPT = 240
"""Characters of a text by which somebody knows what they leave out."""


@dataclass(frozen=True, slots=True)
class Group:
    """An entry of the record, and what of it can be left out."""

    title: str
    options: tuple[Option, ...]


class PackForm(CounterpartForm):
    """Which part, and as what."""

    part = RadiosField("What do you want?", missing="Choose what you want")
    stage = SelectField(
        "Which stage?", missing="Choose the stage", required=False, empty="Choose a stage"
    )
    kind = RadiosField(
        "As what?",
        missing="Choose a PDF or Word",
        options=(
            Option(
                giving.PDF,
                "A PDF",
                "It looks the same everywhere, and a screen reader can read it.",
            ),
            Option(
                giving.WORD, "A Word document", "Only the outcome statement can be had in Word."
            ),
        ),
    )

    def __init__(self, data: Any = None, *, file: CaseFile, now: datetime) -> None:
        self.file = file
        initial = {"part": asking.WHOLE, "kind": giving.PDF}
        super().__init__(data, now=now, initial=initial)
        self.fields["part"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(part, words) for part, words in asking.PARTS.items() if _is_there(file, part)
        ]
        visited = dict.fromkeys(visit.stage for visit in file.state.visits)
        self.fields["stage"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(stage, file.policy.stages[stage].name) for stage in visited
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("part") == asking.STAGE and not cleaned.get("stage"):
            self.refuse("Choose the stage", "stage")
        if cleaned.get("kind") == giving.WORD and cleaned.get("part") != asking.OUTCOME:
            self.refuse("Only the outcome statement can be had in Word. Choose a PDF", "kind")
        return cleaned

    @property
    def asked(self) -> asking.PackAsked:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        without = tuple(
            (entry, key)
            for entry, _, key in (one.partition(":") for one in said.get("leave_out", ()))
        )
        return asking.PackAsked(
            part=said["part"], stage=said["stage"], without=without, why=said.get("why", "")
        )


class RedactedForm(PackForm):
    """The same, with something left out, and why."""

    leave_out = CheckboxesField(
        "What do you want to leave out?", missing="Choose what to leave out"
    )
    why = WordsField(
        "Why is it left out?",
        missing="Write why it is left out",
        rows=3,
        hint="It is printed in the document, with your name. Do not write here what you leave out.",
    )

    def __init__(self, data: Any = None, *, file: CaseFile, now: datetime) -> None:
        super().__init__(data, file=file, now=now)
        self.groups = tuple(_groups(file))
        self.fields["leave_out"].options = [  # type: ignore[attr-defined]  # a choosing field
            option for group in self.groups for option in group.options
        ]

    @property
    def ticked(self) -> frozenset[str]:
        """What was ticked, for drawing the form again."""
        return frozenset(self["leave_out"].value() or ())


def _is_there(file: CaseFile, part: str) -> bool:
    """Whether the case has a part to be asked for."""
    if part == asking.OUTCOME:
        return file.state.outcome is not None
    return part != asking.PAPERS or file.latest(e.PanelConvened) is not None


def _groups(file: CaseFile) -> list[Group]:
    people = Option(
        ":".join(redacting.PEOPLE),
        "The names of everybody who wrote an entry, took part or holds a post",
        "Their posts stay.",
    )
    found = [Group("In the whole document", (people,))]
    for whole in file.entries:
        options = tuple(
            Option(f"{whole.recorded.id}:{one.key}", one.label, _excerpt(one.text))
            for one in redacting.fields_of(whole)
        )
        title = title_of(file, whole.recorded.event)
        if options:
            found.append(Group(f"{title}, {day_short(whole.recorded.happened_at)}", options))
    return found


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…"


def _view(form_of: type[PackForm], template: str) -> Callable[..., HttpResponse]:
    @declared("case:see_case", methods=("GET", "POST"))
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in middleware
        case, person = find(reference) or NOWHERE, person_of(request)
        allowed = admit(request, case, now)
        file = giving.shown_file(case, person, allowed, asking.PackAsked(), now)
        form = form_of(request.POST if request.method == "POST" else None, file=file, now=now)
        if request.method == "POST" and form.is_valid():
            try:
                pack = giving.give(
                    case=case,
                    person=person,
                    allowed=allowed,
                    asked=form.asked,
                    kind=form.cleaned_data["kind"],
                    now=now,
                )
            except asking.CannotMake as no:
                form.refuse(str(no))
            else:
                return _sent(pack)
        return page(request, template, {"form": form, "file": file})

    return view


def _sent(pack: Pack) -> HttpResponse:
    answer = HttpResponse(pack.content, content_type=pack.kind)
    answer["Content-Disposition"] = f'attachment; filename="{pack.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


choose = _view(PackForm, "cases/pack.jinja")
choose_redacted = _view(RedactedForm, "cases/pack_redacted.jinja")
