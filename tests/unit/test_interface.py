"""What own templates may use is what there is: templates, blocks, values, macros, filters and colours."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import meta, nodes

import rolebook
from projects import opened
from rolebook.documents.document import Document
from rolebook.rendering import interface
from rolebook.rendering.document_page import DocumentPages
from rolebook.rendering.environment import environment
from rolebook.rendering.own_templates import GLOBALS, OwnTemplates, Templates, macros_of, sandbox
from rolebook.template_checks import blocks, problems

PACKAGE = Path(rolebook.__file__).parent
STYLE = (PACKAGE / "assets/rolebook.css").read_text(encoding="utf-8")
REPOSITORY = Path(__file__).parents[2]
GUIDE = (REPOSITORY / "content/guide/looks.md").read_text(encoding="utf-8")

NOT_IN_SAMPLE = ("changes.md.jinja", "tree.md.jinja")
MID_TONES = {
    f"--rb-{name}"
    for name in (
        "founder",
        "in-house",
        "outsourced",
        "team",
        "vacant",
        "planned",
        "retired",
        "offer",
        "lines",
    )
}


def parsed(name: str) -> nodes.Template:
    loader = environment().loader
    assert loader is not None
    return environment().parse(loader.get_source(environment(), name)[0])


def test_every_template_and_no_other_is_in_it() -> None:
    assert sorted(interface.names()) == sorted(environment().list_templates())


@pytest.mark.parametrize("name", interface.TEMPLATES)
def test_the_blocks_of_a_template_are_in_it(name: str) -> None:
    assert set(interface.TEMPLATES[name].blocks) == blocks(name)


def test_a_template_gets_the_values_that_are_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    got: dict[str, set[str]] = {}
    before = Templates.filled

    def noted(self: Templates, name: str, context: Mapping[str, Any]) -> str:
        got.setdefault(name, set(context)).intersection_update(context)
        return before(self, name, context)

    monkeypatch.setattr(Templates, "filled", noted)
    handbook = opened(REPOSITORY)
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    for page in plan:
        renderer.page(page)
    for block in (renderer.numbers, renderer.org_chart, renderer.business_model):
        block("index.md")
    DocumentPages()(Document("Title", "Kind", "", ()), handbook.organisation.day)
    # The sample has no page that needs git, and no further part of a chart.
    got |= {name: meta.find_undeclared_variables(parsed(name)) for name in NOT_IN_SAMPLE}
    for name, template in interface.TEMPLATES.items():
        everywhere = () if name in ("document.html.jinja", *NOT_IN_SAMPLE) else interface.EVERYWHERE
        assert {*template.values, *everywhere} <= got[name], name


def test_the_macros_and_filters_are_there() -> None:
    assert set(interface.USABLE) <= macros_of(parsed(interface.MACROS)).keys()
    assert interface.FILTERS.keys() <= sandbox().filters.keys()
    assert sandbox().globals.keys() >= GLOBALS
    own = sandbox().filters.keys() - jinja2.Environment().filters.keys()
    assert own == interface.FILTERS.keys() & own


def test_every_colour_is_a_variable_that_the_guide_names() -> None:
    """The rest of the variables are lengths, and colours that follow from these or from Material's."""
    found = re.findall(r"(--rb-[\w-]+):\s*#[0-9a-f]{3,8}\b", STYLE)
    assert set(found) == interface.COLOURS.keys()
    both, light, dark = (
        set(re.findall(r"(--rb-[\w-]+):\s*#", STYLE.split(begin, 1)[1].split("}", 1)[0]))
        for begin in (":root {", "html {", '[data-md-color-scheme="slate"] {')
    )
    assert both == MID_TONES
    assert light == dark == interface.COLOURS.keys() - MID_TONES


@pytest.mark.parametrize("file", ["rolebook.css"])
def test_no_colour_stands_where_a_variable_belongs(file: str) -> None:
    without_comments = re.sub(
        r"/\*.*?\*/", "", (PACKAGE / "assets" / file).read_text("utf-8"), flags=re.DOTALL
    )
    set_here = re.findall(r"([\w-]+)\s*:\s*[^;{}]*#[0-9a-f]{3,8}\b", without_comments)
    assert {name for name in set_here if not name.startswith("--")} == set()


def test_the_guide_names_all_of_it() -> None:
    named = set(re.findall(r"`([^`\n]+)`", GUIDE))
    for name, template in interface.TEMPLATES.items():
        assert {name, *template.blocks, *template.values} <= named, name
    assert {*interface.USABLE, *interface.FILTERS, *interface.COLOURS, *interface.EVERYWHERE} <= named


def test_the_example_of_the_guide_is_right() -> None:
    (example,) = re.findall(r"```jinja\n(.*?)```", GUIDE, re.DOTALL)
    own = OwnTemplates("own", (("role.md.jinja", example),))
    assert [str(each) for each in problems(own)] == []
    wrong = OwnTemplates("own", (("role.md.jinja", example.replace("facts", "fact")),))
    assert len(list(problems(wrong))) == 1
