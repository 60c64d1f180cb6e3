"""Every template compiles, extends what is there, and links only to routes that exist."""

import re
from collections.abc import Iterator

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import URLPattern, URLResolver, get_resolver
from jinja2 import Environment, nodes

ENGINE = engines["jinja2"]
assert isinstance(ENGINE, Jinja2)
ENVIRONMENT: Environment = ENGINE.env
OURS = sorted(
    name for name in ENVIRONMENT.list_templates() if not name.startswith("govuk_frontend_jinja/")
)
LINK = re.compile(r"""\burl\("([^"]+)\"""")


def _source(name: str) -> str:
    assert ENVIRONMENT.loader is not None
    return ENVIRONMENT.loader.get_source(ENVIRONMENT, name)[0]


def _route_names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _route_names(each.url_patterns, inner)
        else:
            yield f"{space}{each.name}"


@pytest.mark.parametrize("name", OURS)
def test_a_template_compiles_and_what_it_builds_on_is_there(name: str) -> None:
    ENVIRONMENT.get_template(name)
    tree = ENVIRONMENT.parse(_source(name))
    for kind in (nodes.Extends, nodes.Import, nodes.FromImport, nodes.Include):
        for built_on in tree.find_all(kind):
            wanted = built_on.template  # type: ignore[attr-defined]  # all four have one
            if isinstance(wanted, nodes.Const):
                ENVIRONMENT.get_template(wanted.value)


@pytest.mark.parametrize("name", OURS)
def test_a_template_links_only_to_routes_that_exist(name: str) -> None:
    known = set(_route_names(get_resolver().url_patterns))
    assert set(LINK.findall(_source(name))) - known == set()


@pytest.mark.parametrize("name", OURS)
def test_a_template_has_no_script_style_or_handler_of_its_own_and_never_turns_escaping_off(
    name: str,
) -> None:
    source = _source(name)
    assert not re.search(
        r"\s(?:style|on[a-z]+)=", re.sub(r"\{[{%#].*?[}%#]\}", "", source, flags=re.DOTALL)
    )
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style", source)
    assert not re.search(r"\|\s*safe\b|autoescape", source)
