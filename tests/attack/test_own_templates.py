"""A template of the handbook's own runs no code, reads nothing, and sees no more than its page may show."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest
from click.testing import CliRunner
from jinja2.runtime import Undefined

from canaries import INTERNAL, PUBLIC, Canaries, project
from projects import opened, write
from rolebook.cli import main
from rolebook.documents import job_post, pack
from rolebook.pages import kinds
from rolebook.rendering import interface, own_templates
from rolebook.rendering.document_page import DocumentPages
from rolebook.rendering.own_templates import OwnTemplates, Templates, sandbox
from rolebook.schema.audience import Audience

SITE = "plugins: [rolebook: {{audience: {}, owner_hour_value: {}}}]\n"
SECRET = 98761
ROLE = "---\ntitle: 'A <b>*role*</b> {{ 7*7 }} [x](javascript:alert)'\nowner: Ada\n---\n"


# --- what is within reach ------------------------------------------------------------------------


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Mapping[str, Any]]]:
    """What templates are filled with."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    before = Templates.filled

    def noted(self: Templates, name: str, context: Mapping[str, Any]) -> str:
        found.append((name, dict(context)))
        return before(self, name, context)

    monkeypatch.setattr(Templates, "filled", noted)
    return found


def reached(values: Mapping[str, Any]) -> Iterator[str]:
    """All that a template can write of `values`, whatever their names are, without a check before."""
    environment, waiting, known = sandbox(), [*values.values()], dict[int, Any]()
    while waiting:
        value = waiting.pop()
        if id(value) in known or isinstance(value, Undefined):
            continue
        known[id(value)] = value
        yield str(value)
        if isinstance(value, str | int | float):
            continue
        if isinstance(value, Mapping):
            waiting += [*value, *value.values()]
        elif isinstance(value, tuple | list | set | frozenset):
            waiting += value
        waiting += [environment.getattr(value, name) for name in dir(value) if name not in ("pop", "popitem")]


def test_on_pages_for_outsiders_nothing_that_is_inside_is_within_reach(
    contexts: list[tuple[str, Mapping[str, Any]]], tmp_path: Path
) -> None:
    canaries = Canaries()
    root = project(tmp_path, canaries, SITE.format("public", SECRET))
    handbook = opened(root)
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    for page in plan:
        renderer.page(page)
    renderer.numbers("index.md")
    renderer.org_chart("index.md")
    assert {name for name, _ in contexts} >= {"role.md.jinja", "job.md.jinja", "overview.md.jinja"}
    for name, context in contexts:
        text = "\n".join(reached(context))
        assert canaries.found(text) & canaries.beyond(PUBLIC) == set(), name
        assert str(SECRET) not in text
        assert str(root) not in text, name


def test_in_what_leaves_nothing_that_is_inside_is_within_reach(
    contexts: list[tuple[str, Mapping[str, Any]]], tmp_path: Path
) -> None:
    canaries = Canaries()
    handbook = opened(project(tmp_path, canaries, SITE.format("internal", SECRET)))
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    for page in plan:
        if page.kind is kinds.JOB:
            renderer.page(page)
    # Where a page of the same site lies is no secret on it.
    beyond = canaries.beyond(PUBLIC) - {"folder"}
    for name, context in contexts:
        assert canaries.found("\n".join(reached(context))) & beyond == set(), name
    assert contexts
    pages, day = DocumentPages(), handbook.organisation.day
    for audience, compose in ((Audience.PUBLIC, job_post.compose), (Audience.CONTRACTOR, pack.compose)):
        contexts.clear()
        view = handbook.view_for(audience)
        for role in view.organisation.active_roles:
            pages(compose(view, role.id, "Us").document, day)
        text = "\n".join(found for _, context in contexts for found in reached(context))
        assert canaries.found(text) & canaries.beyond(audience) == set()
        assert len(text) > 1000


def test_a_value_that_is_within_reach_is_found(tmp_path: Path) -> None:
    canaries = Canaries()
    handbook = opened(project(tmp_path, canaries, SITE.format("internal", SECRET)))
    (role,) = [each for each in handbook.organisation.roles.values() if each.id == "seat"]
    found = canaries.found("\n".join(reached({"anything": {"list": [(role,)]}})))
    assert found & {name for name, audience in canaries.audiences.items() if audience is INTERNAL}


# --- code ----------------------------------------------------------------------------------------

ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ role.__class__ }}",
    "{{ role.file.path }}",
    "{{ role['file'] }}",
    "{{ role.fields.__dataclass_fields__ }}",
    "{{ href.func }}",
    "{{ href.args }}",
    "{{ href.__self__ }}",
    "{{ _.__globals__ }}",
    "{{ range.__init__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ super._context }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% for x in [1] %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "{{ '{0.__class__}'.format(role) }}",
    "{{ '{0.file}'.format_map({}) }}",
    "{{ ('x' | upper).format(role) }}",
    "{{ '%s' % href }}",
    "{{ href }}",
    "{{ [role] }}",
    "{{ {'a': role} }}",
    "{{ 'a' * 1000000000 }}",
    "{{ [0] * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{% set x = [] %}{{ x.append(1) }}",
    "{% import 'macros.jinja' as m %}{{ m.__dict__ }}",
    "{% import 'macros.jinja' as m %}{{ m._body_stream }}",
]


GROWING = [
    "{% set n.x = n.x ~ n.x %}",
    "{% set n.x = n.x | replace('a', 'aa') %}",
    "{% set n.x = [n.x, n.x] | join %}",
    "{% set n.x = n.x + n.x %}",
    "{% set n.y = n.y + n.y %}",
    "{% set n.z = n.z * n.z %}",
    "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}",
]


@pytest.mark.parametrize("line", GROWING)
def test_what_grows_without_end_breaks_off(line: str) -> None:
    loop = "{% set n = namespace(x='a', y=[1], z=9) %}{% for i in range(90) %}"
    said = r"role\.md\.jinja:1: .* breaks off: (the text|loops|a num)"
    with pytest.raises(own_templates.OwnTemplateError, match=said):
        filled(f"{loop}{line}{{% endfor %}}")


def filled(text: str) -> str:
    """The page of a role whose template is `text`; it was not checked."""
    block = f'{{% extends "rolebook/role.md.jinja" %}}{{% block lead %}}{text}{{% endblock %}}'
    own = OwnTemplates("own", (("role.md.jinja", block),))
    return Templates(own).filled("role.md.jinja", CONTEXT)


CONTEXT: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def context(tmp_path: Path, contexts: list[tuple[str, Mapping[str, Any]]]) -> None:
    handbook = opened(write(tmp_path / "book", {"roles/a.md": ROLE, "content/index.md": "# Home\n"}))
    plan = handbook.plan()
    handbook.renderer(plan).page(plan.roles["a"])
    CONTEXT.update(contexts[-1][1])
    contexts.clear()


@pytest.mark.parametrize("text", ESCAPES)
def test_a_template_gets_no_further_than_its_values(text: str) -> None:
    with pytest.raises(own_templates.OwnTemplateError, match=r"own/role\.md\.jinja:1: the template of"):
        filled(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ role.title | safe }}",
        "{{ role.title | forceescape }}",
        "{{ role | attr('file') }}",
        "{{ role.title | urlize }}",
        "{{ role.title | tojson }}",
        "{{ role.title | nothing }}",
    ],
)
def test_filters_that_give_text_out_as_it_is_are_not_there(text: str) -> None:
    with pytest.raises(own_templates.OwnTemplateError, match="No filter named"):
        filled(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ role.title }}",
        "{{ role.title | e }}",
        "{{ role.title | escape }}",
        "{{ role.title | finished }}",
        "{{ role.title | plain }}",
        "{{ role.title | trim }}",
        "{{ [role.title] | join }}",
        "{{ role.title | replace('A', 'B') }}",
        "{{ role.title ~ '' }}",
        "{{ super() ~ role.title }}",
        "{{ super() + role.title }}",
        "{{ [super(), role.title] | join(role.title) }}",
        "{{ 'x' | replace('x', role.title) }}",
        "{{ _(role.title) }}",
        "{{ '%s' | e ~ role.title }}",
        "{% set x %}{{ role.title }}{% endset %}{{ x }}",
        "{% filter upper %}{{ role.title }}{% endfilter %}",
        "{% filter finished %}{{ role.title }}{% endfilter %}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(role.title) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ role.title }}{% endcall %}",
        "{% for each in role.title.split('|') %}{{ each }}{% endfor %}",
        "{{ {'x': role.title}['x'] }}",
    ],
)
def test_text_of_a_file_stays_text(text: str) -> None:
    written = filled(text).split('<dl class="rb-facts">')[0].split("---\n")[2]
    assert "ole" in written.lower()
    assert "<b>" not in written.lower()
    assert "{{" not in written
    assert "*role" not in written.lower()
    assert "](" not in written


def test_what_calls_for_it_is_refused_where_documents_are_made(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text = (
        '{% extends "rolebook/document.html.jinja" %}{% block foot %}'
        f"{{{{ cycler.__init__.__globals__.os.system('touch {mark}') }}}}{{% endblock %}}"
    )
    site = "site_name: Us\ndocs_dir: content\ntheme: {name: material, custom_dir: o}\nplugins: [rolebook]\n"
    root = write(tmp_path, {"mkdocs.yml": site, "roles/a.md": ROLE, "o/rolebook/document.html.jinja": text})
    done = CliRunner().invoke(main, ["pack", "a", "-f", f"{root}/mkdocs.yml", "--to", f"{tmp_path}/packs"])
    assert done.exit_code == 2
    assert "o/rolebook/document.html.jinja:1: the template of document.html.jinja breaks off" in done.output
    assert not mark.exists()
    assert not (tmp_path / "packs").exists()


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("{{ role.title }} SECRET", encoding="utf-8")
    site = "site_name: Us\ndocs_dir: content\ntheme: {name: material, custom_dir: o}\nplugins: [rolebook]\n"
    root = write(tmp_path / "book", {"mkdocs.yml": site, "roles/a.md": ROLE, "o/rolebook/x.jinja": ""})
    (root / "o/rolebook/role.md.jinja").symlink_to(tmp_path / "secret")
    handbook = opened(root)
    assert [str(each).partition(".jinja: ")[2] for each in handbook.problems if "role.md" in each.path] == [
        "this is a link, and links are not followed. Put the file or folder itself here. [broken-template]"
    ]
    plan = handbook.plan()
    assert "SECRET" not in handbook.renderer(plan).page(plan.roles["a"])


def test_every_kind_of_value_that_is_offered_has_a_list_of_its_parts() -> None:
    offered = {value.kind for each in interface.TEMPLATES.values() for value in each.values.values()}
    assert offered - {None} <= interface.PARTS.keys()
    assert jinja2.Environment().filters.keys() - sandbox().filters.keys() >= {"safe", "attr", "urlize"}
