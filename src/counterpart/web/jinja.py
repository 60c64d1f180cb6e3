"""The Jinja environment every page is drawn with: strict, escaping, and with our own words in it.

It must not hold anything about the person or the request: those come from `pages.page`. Templates live beside their
area (`web/cases/templates/case.jinja` is `cases/case.jinja`); what all areas share is in `web/templates`.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
)
from jinja2.defaults import DEFAULT_NAMESPACE

from counterpart.telling import dates
from counterpart.web import groups, narrative
from counterpart.web.forms import looks

_WEB = Path(str(files("counterpart.web")))
_GOVUK = "govuk_frontend_jinja"


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 back end asks for; `options` are its own (auto-reload, autoescape)."""
    options.update(loader=_loader(), undefined=StrictUndefined, finalize=narrative.finalise)
    options.update(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env = Environment(**options)  # noqa: S701 - autoescape is among the options
    env.filters.update(_filters())
    env.globals.update(
        url=url, static=static, time_tag=narrative.time_tag, looks=looks, govuk=_govuk_macros(env)
    )
    return env


def url(name: str, **kwargs: str) -> str:
    """The path of a named route: `url("cases:case", reference=…)`."""
    return reverse(name, kwargs=kwargs or None)


def _loader() -> BaseLoader:
    areas = {folder.parent.name: FileSystemLoader(folder) for folder in _WEB.glob("*/templates")}
    govuk = PackageLoader(_GOVUK)
    shared = FileSystemLoader(_WEB / "templates")
    return ChoiceLoader([shared, PrefixLoader({**areas, _GOVUK: govuk})])


def _filters() -> dict[str, Any]:
    return {
        "ago": dates.ago,
        "as_sent": narrative.as_sent,
        "boxes": groups.boxes,
        "by_topic": groups.by_topic,
        "clock": dates.clock,
        "day": dates.day,
        "day_before": dates.day_before,
        "day_short": dates.day_short,
        "moment": dates.moment,
        "moment_short": dates.moment_short,
        "narrative": narrative.narrative,
        "plural": dates.plural,
        "reference": dates.reference,
        "until": dates.until,
        "working_days": dates.working_days,
    }


def _govuk_macros(env: Environment) -> Mapping[str, Any]:
    """GOV.UK Frontend's components: `govuk.button({...})`, `govuk.date_input({...})`.

    They ask for keys that may not be given, which our strict environment refuses. So they are compiled in an overlay
    with the forgiving kind of undefined, and handed to our templates as plain callables. The overlay has no globals of
    ours: Jinja compares all of them each time one template imports another, which took a third of a form's time.
    """
    lenient = env.overlay(undefined=Undefined, finalize=None)
    lenient.globals = dict(DEFAULT_NAMESPACE)
    return {name: _Macro(lenient, template, macro) for name, template, macro in _govuk_components()}


def _govuk_components() -> Iterator[tuple[str, str, str]]:
    folders = (files(_GOVUK) / "templates" / "components").iterdir()
    for name in sorted(folder.name for folder in folders):
        camel = "".join(part.capitalize() for part in name.split("-"))
        yield name.replace("-", "_"), f"{_GOVUK}/components/{name}/macro.html", f"govuk{camel}"


class _Macro:
    """One component, compiled when it is first drawn."""

    def __init__(self, env: Environment, template: str, macro: str) -> None:
        self._env, self._template, self._macro = env, template, macro

    @cached_property
    def _drawn(self) -> Any:
        return getattr(self._env.get_template(self._template).module, self._macro)

    def __call__(self, params: Mapping[str, Any]) -> Any:
        return self._drawn(params)
