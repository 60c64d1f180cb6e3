"""What an act on a case is as a page: its event, its form, how it is carried out. Which there are is in `table`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from counterpart.access.answers import Answer
from counterpart.casework.casefile import CaseFile
from counterpart.web.cases import forms, performing


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act: its event, its form, how it is carried out, and what is said when it is done.

    `prepare` fills in what can be chosen. `is_guarded` acts are refused where the record has
    changed since the page was drawn: they turn the case another way. An act that `leads_home` may
    end the person's own part in the case. `beside` is what more the page shows whoever fills it in.
    """

    event: type
    form: type[forms.ActForm]
    perform: performing.Perform
    done: str
    template: str = "cases/act.jinja"
    prepare: Callable[[Any, CaseFile], None] | None = None
    is_guarded: bool = False
    leads_home: bool = False
    beside: Callable[[CaseFile, Mapping[str, Answer]], Any] | None = None
