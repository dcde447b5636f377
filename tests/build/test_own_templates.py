"""Templates of a handbook's own: on pages, in exports and documents, and what is reused when they change."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config

from projects import reported, write
from repositories import commit
from rolebook.cli import main
from rolebook.mkdocs_plugin.incremental.site_fingerprint import uncacheable_reason
from sites import build_site, dead_links, refused_build

SITE = """\
site_name: Test
docs_dir: content
theme: {name: material, font: false, custom_dir: overrides}
plugins: [search, rolebook: {disabled_checks: [no-hours, no-deliverable]}]
"""
ROLES = {
    "mkdocs.yml": SITE,
    "content/index.md": "# Home\n\n<!-- rolebook: numbers -->\n",
    "roles/owner.md": (
        "---\ntitle: 'Owner [x](javascript:alert) *of* <b> {{ 7*7 }}'\nowner: Ada\n---\n"
        "## Procedure\n\n<script>alert(1)</script> [x](javascript:alert) Do it.\n"
    ),
    "roles/shop.md": (
        "---\ntitle: Shop\nparent: owner\nstatus: open\npurpose: We sell.\ndeliverable: Ten loaves a day\n"
        "posting: {opens: 2020-01-01, apply_email: a@example.com}\n---\n"
    ),
}
ROLE = """\
{% extends "rolebook/role.md.jinja" %}
{% from "macros.jinja" import link %}
{% block facts %}
{{ super() }}
<p class="ours">Ask in #{{ role.id }}. {{ role.title }} {{ link(href, parent) if parent }}</p>
{% endblock %}
{% block text %}
<h2>How</h2>

{{ super() }}
{{ super() }}
{% endblock %}
"""
MACROS = """\
{% macro link(href, page, text="") -%}
<a class="ours" href="{{ href(page) }}">{{ text or page.title }}</a>{% endmacro %}
{% macro card_legend(holdings) %}
<p class="legend">{% for _, words in holdings %}{{ words }}.{% endfor %}</p>
{% endmacro %}
"""
DOCUMENT = """\
{% extends "rolebook/document.html.jinja" %}
{% block foot %}<footer>{{ document.title }}. {{ as_of }}</footer>{% endblock %}
"""
OWN = {
    "overrides/rolebook/role.md.jinja": ROLE,
    "overrides/rolebook/macros.jinja": MACROS,
    "overrides/rolebook/document.html.jinja": DOCUMENT,
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("own"), ROLES | OWN)
    assert "broken-template" not in reported(root)
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return build_site(root)[0]


def read(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def test_a_block_is_replaced_and_the_rest_stays(site: Path) -> None:
    html = read(site, "roles/shop")
    assert 'Ask in #shop. Shop <a class="ours" href="../owner/">' in html
    assert '<dl class="rb-facts">' in html
    assert 'class="rb-card' in html


def test_a_macro_is_replaced_wherever_the_program_uses_it(site: Path) -> None:
    for page in ("roles/owner", "org-chart", "people"):
        html = read(site, page)
        assert '<p class="legend">' in html, page
        assert 'class="rb-face rb-vacant" aria-hidden' not in html, page
    assert '<a class="ours" href="shop/">Shop</a>' in read(site, "roles")
    assert list(dead_links(site)) == []


def test_what_comes_from_a_file_is_neither_html_nor_markdown(site: Path) -> None:
    html = read(site, "roles/owner")
    assert 'href="javascript' not in html
    assert "<script>alert" not in html
    ours = re.search(r'<p class="ours">.*</p>', html)
    assert ours
    assert "<b>" not in ours[0]
    assert "<em>" not in ours[0]
    assert "7*7" not in ours[0]


def test_the_text_of_a_file_stands_on_its_page_once_and_is_cleaned(site: Path) -> None:
    html = read(site, "roles/owner")
    assert html.count("Do it.") == 1
    assert html.index("<h2>How</h2>") < html.index("Do it.")


def test_own_templates_are_not_published(site: Path) -> None:
    assert not (site / "rolebook").exists()
    assert not list(site.rglob("*.jinja"))


def test_an_export_and_documents_have_them_as_well(root: Path, tmp_path: Path) -> None:
    for words in (["export", "--format", "markdown", "--to", "out"], ["pack", "shop", "--to", "packs"]):
        words[-1] = str(tmp_path / words[-1])
        done = CliRunner().invoke(main, [*words, "-f", str(root / "mkdocs.yml")])
        assert done.exit_code == 0, done.output
    exported = (tmp_path / "out/docs/roles/owner.md").read_text(encoding="utf-8")
    assert "Ask in #owner" in exported
    assert exported.count("Do it.") == 1
    pack = (tmp_path / "packs/shop-pack.html").read_text(encoding="utf-8")
    assert "<footer>Shop. As of " in pack


def test_an_edition_for_outsiders_has_them_too(tmp_path: Path) -> None:
    public = SITE.replace("{disabled", "{audience: public, disabled")
    write(tmp_path, ROLES | OWN | {"mkdocs.yml": public})
    site, _ = build_site(tmp_path)
    html = read(site, "roles/shop")
    assert 'Ask in #shop. Shop <a class="ours"' in html
    assert "Ada" not in html


BREAKS = {
    "{{ [owner][0].nothing }}": "has no 'nothing' for templates",
    "{{ reports[7] }}": "a list has no element 7",
    "{{ href }}": "a function cannot be written out. Call it with what it takes, such as href(owner)",
    "{{ role.title.hours }}": "text has no 'hours' for templates",
    "{{ 1 / 0 }}": "a number is divided by zero",
    "{{ role.title + 1 }}": "text and a number cannot be added; '~' joins texts",
    "{{ role.title * 3 }}": "'*' is not for text and a number",
    "{{ role.title - 3 }}": "'-' is not for text and a number",
    "{{ role.title < 3 }}": "text and a number cannot be compared",
    "{{ 9 ** 9 }}": "there are no powers in templates",
    "{{ role.hours + 3 }}": "hours and a number cannot be added",
    "{{ role.hours }}": "hours cannot be written out. Write {{ … | hours }}",
    "{{ [] | first }}": "the list has no entry. Ask for it first",
    "{{ self.facts() }}": "'self' has no 'facts' for templates",
    "{{ role.title() }}": "text is no function, so no brackets follow it",
    "{{ role.title.format() }}": "text has no 'format' for templates",
    "{% for each in role %}{% endfor %}": "a role is no list",
    "{{ role.is_team | length }}": "yes or no has no length",
    "{{ role.hours | hours | day }}": "'day' takes a day, such as role.fields.review_by, and this is text",
    "{{ role | day }}": "'day' takes a day, such as role.fields.review_by, and this is a role",
    "{{ role.fields.review_by | day }}": "and here is none. Ask for it first: {% if … %} … {% endif %}",
    "{{ 'a' | percent }}": "'percent' takes a number, such as 66, and this is text",
    "{{ role.title | hours }}": "'hours' takes hours or a number, such as role.hours, and this is text",
    "{{ 'a' | number }}": "'number' takes a number, and this is text",
    "{{ role.title | status }}": "'status' takes a role, and this is text",
    "{{ role | plain }}": "'plain' takes text, and this is a role. Give it text",
    "{{ role.hours | day('x') }}": "and this is hours",
    "{{ 5 | day(1, 2) }}": "and this is a number",
    "{{ 5 | number(1) }}": "something between the brackets is too many",
    "{{ 5 | number(x=1) }}": "something between the brackets is too many",
    "{{ 'a' | round }}": "'round' takes a number, and this is text",
    "{{ 'a' | replace('b') }}": "something is missing between the brackets",
    "{{ href(role) }}": "'href' takes a link, such as owner, and this is a role. Give it a link",
    "{{ href(parent) }}": "'href' takes a link, such as owner, and here is none. Ask for it first",
    "{{ parent.title }}": "a missing value has no 'title' for templates. Ask for it first",
    "{{ role }}": "a role cannot be written out. Write a part of it, such as its title",
    "{{ role.fields }}": "the front matter of a role cannot be written out. Write a part of it",
    "{{ role.owner }}": "a person cannot be written out. Write a part of it, such as its name",
    "{{ reports }}": "a list cannot be written out. Write its entries: {% for each in … %}",
    "{{ role.title ~ role }}": "a role cannot be written out",
    "{{ [role] | join }}": "a role cannot be written out",
    "{{ role.fields.titel }}": "the front matter of a role has no 'titel' for templates. Did you mean",
    "{% macro on(number) %}{{ on(number + 1) }}{% endmacro %}{{ on(1) }}": "calls itself without end",
    "{{ range(100000000) }}": "take more than 300,000 turns. Look for a loop within a loop",
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}": "than 300,000 turns",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}": "turns",
}
"""Lines of a template that break off on the page of a role, with what is said of them."""
RIGHT = (
    "{{ role.hours | hours }}{{ 7.5 | hours }}{{ 5 | number }}{{ 66 | percent }}{{ role | status }}",
    "{% if role.fields.review_by %}{{ role.fields.review_by | day }}{% endif %}",
    "{% for each in range(999) %}{% for b in range(50) %}{% endfor %}{% endfor %}",
    "{{ href(owner) if owner }}{{ 7.126 | round(2) }}{{ ([1, 2] + [3]) | length }}",
    "{{ [role.title, 2] | join(', ') }}{{ role.title ~ 2 }}{{ role.title | replace('O', 'Q') | plain }}",
)


def test_values_of_a_file_are_written_in_words(tmp_path: Path) -> None:
    fields = "fields: {roles: {oven: yes/no, loaves: number, rent: amount}}"
    settings = SITE.replace("{disabled", f"{{{fields}, disabled")
    line = "<p>Oven {{ role.fields.oven }}, {{ role.fields.loaves }} loaves, {{ role.fields.rent }}.</p>"
    role = "---\ntitle: Owner\noven: yes\nloaves: 12\nrent: 7.5\n---\n"
    files = {
        "mkdocs.yml": settings,
        "roles/owner.md": role,
        "overrides/rolebook/role.md.jinja": template(line),
    }
    site, _ = build_site(write(tmp_path, {"content/index.md": "# Home\n", **files}))
    assert "Oven Yes, 12 loaves, 7&#46;5." in read(site, "roles/owner")


def template(line: str) -> str:
    return f'{{% extends "rolebook/role.md.jinja" %}}\n{{% block lead %}}\n{line}\n{{% endblock %}}\n'


@pytest.mark.parametrize(("line", "said"), BREAKS.items(), ids=BREAKS)
def test_a_check_says_what_breaks_off_and_what_to_write(line: str, said: str, tmp_path: Path) -> None:
    found = reported(write(tmp_path, ROLES | {"overrides/rolebook/role.md.jinja": template(line)}))
    (broken,) = (each for each in found.splitlines() if "broken-template" in each)
    assert broken.startswith("error: overrides/rolebook/role.md.jinja:3: ")
    assert said in broken
    assert not re.search(r"[A-Z]\w+Error|object|str\b|NoneType|recursion|\bint\b", broken), broken


@pytest.mark.parametrize("line", RIGHT)
def test_a_template_that_breaks_off_nowhere_is_right(line: str, tmp_path: Path) -> None:
    root = write(tmp_path, ROLES | {"overrides/rolebook/role.md.jinja": template(line)})
    assert "broken-template" not in reported(root)
    build_site(root)


def test_a_template_that_breaks_off_on_one_page_only_is_found(tmp_path: Path) -> None:
    more = {f"roles/r{each}.md": f"---\ntitle: R{each}\nowner: Ada\n---\n" for each in range(20)}
    block = template("{{ owner.title }}")
    found = reported(write(tmp_path, ROLES | more | {"overrides/rolebook/role.md.jinja": block}))
    assert found.count("broken-template") == 1
    assert "role.md.jinja:3: the template of role.md.jinja breaks off: a missing value" in found


DOCUMENT_BREAKS = '{% extends "rolebook/document.html.jinja" %}\n{% block foot %}{{ document.parts | day }}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("document.html.jinja", f"{DOCUMENT_BREAKS}{{% endblock %}}"),
        ("numbers.md.jinja", "\n{{ numbers | day }}"),
        ("org-chart.md.jinja", "\n{{ chart | day }}"),
        ("macros.jinja", "\n{% macro link(href, page, text='') %}{{ page | day }}{% endmacro %}"),
    ],
)
def test_what_is_on_no_page_breaks_off_in_a_check_and_a_build(name: str, text: str, tmp_path: Path) -> None:
    files = {**ROLES, "content/index.md": "# Home\n", f"overrides/rolebook/{name}": text}
    root = write(tmp_path, files)
    said = f"overrides/rolebook/{name}:2: the template of "
    assert said in reported(root)
    assert any(said in each for each in refused_build(root))


def test_a_template_of_the_history_is_tried_where_there_is_one(tmp_path: Path) -> None:
    files = {**ROLES, "overrides/rolebook/changes.md.jinja": "{{ page | day }}"}
    files["mkdocs.yml"] = SITE.replace("{disabled", "{history: yes, disabled")
    root = write(tmp_path, files)
    assert "breaks off" not in reported(root)
    commit(root, files)
    assert "changes.md.jinja:1: the template of changes.md.jinja breaks off" in reported(root)


@pytest.mark.parametrize("line", ["{{ reports[7] }}", "{{ 1 / 0 }}"])
def test_a_template_that_breaks_off_stops_the_build_with_its_line(line: str, tmp_path: Path) -> None:
    write(tmp_path, ROLES | {"overrides/rolebook/role.md.jinja": template(line)})
    (refusal,) = [
        each for each in refused_build(tmp_path) if "breaks off" in each or "Build stopped" in each
    ] or [""]
    assert "overrides/rolebook/role.md.jinja:3: the template of role.md.jinja breaks off" in refusal
    assert BREAKS[line] in refusal
    done = CliRunner().invoke(
        main, ["export", "--format", "markdown", "--to", f"{tmp_path}/out", "-f", f"{tmp_path}/mkdocs.yml"]
    )
    assert done.exit_code == 2
    assert "overrides/rolebook/role.md.jinja:3: the template of role.md.jinja breaks off" in done.output


def test_a_pack_of_a_template_without_end_is_refused(tmp_path: Path) -> None:
    loops = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"
    text = f'{{% extends "rolebook/document.html.jinja" %}}\n{{% block text %}}{loops}{{% endblock %}}'
    write(tmp_path, ROLES | {"overrides/rolebook/document.html.jinja": text})
    words = ["pack", "shop", "-f", f"{tmp_path}/mkdocs.yml", "--to", f"{tmp_path}/packs"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "document.html.jinja:2: the template of document.html.jinja breaks off: loops" in done.output


def test_a_build_with_a_wrong_template_is_refused_before_it_begins(tmp_path: Path) -> None:
    write(tmp_path, ROLES | {"overrides/rolebook/role.md.jinja": "{{ role.titel }}"})
    lines = refused_build(tmp_path)
    assert any(
        "role.md.jinja:1: 'role' has no 'titel' for templates. Did you mean 'title'?" in each
        for each in lines
    )


def test_a_changed_template_changes_the_pages_of_the_next_build(tmp_path: Path) -> None:
    cached = SITE.replace("{disabled", "{cache_dir: .cache, disabled")
    root = write(tmp_path, ROLES | OWN | {"mkdocs.yml": cached})
    config = load_config(str(root / "mkdocs.yml"))
    assert uncacheable_reason(config) == ""
    config.plugins.on_startup(command="serve", dirty=False)
    config.plugins.run_event("config", config)
    assert str(root / "overrides/rolebook") in config.watch
    build_site(root)
    before = read(root / "site", "roles/shop")
    build_site(root)
    assert read(root / "site", "roles/shop") == before
    changed = ROLE.replace("Ask in", "Write to")
    write(root, {"mkdocs.yml": cached, "overrides/rolebook/role.md.jinja": changed})
    build_site(root)
    assert "Write to #shop" in read(root / "site", "roles/shop")
    (root / "overrides/rolebook/role.md.jinja").unlink()
    build_site(root)
    assert "#shop" not in read(root / "site", "roles/shop")


def test_a_folder_of_templates_that_is_made_later_is_watched(tmp_path: Path) -> None:
    root = write(tmp_path, ROLES | {"overrides/main.html": ""})
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    config.plugins.run_event("config", config)
    assert str(root / "overrides") in config.watch


def test_a_template_shows_fields_of_the_owners_own_as_far_as_they_may_be_seen(tmp_path: Path) -> None:
    block = (
        '{% extends "rolebook/role.md.jinja" %}{% block facts %}'
        "<p>{{ role.fields.title }}: desk {{ role.fields.desk }}, stall {{ role.fields.stall }}.</p>"
        "{% endblock %}"
    )
    fields = "fields: {roles: {desk: text, stall: {type: text, audience: public}}}"
    for audience, shown in (("internal", "desk by the door, stall 7"), ("public", "desk , stall 7")):
        settings = SITE.replace("{disabled", f"{{audience: {audience}, {fields}, disabled")
        files = {
            "mkdocs.yml": settings,
            "content/index.md": "# Home\n",
            "roles/owner.md": "---\ntitle: Owner\ndesk: by the door\nstall: 7\n---\n",
            "overrides/rolebook/role.md.jinja": block,
        }
        site, _ = build_site(write(tmp_path / audience, files))
        assert f"Owner: {shown}." in read(site, "roles/owner")
