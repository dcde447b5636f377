"""`rolebook check` finds the links that a strict build refuses, and no others, with their lines."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateNotFound
from mkdocs.exceptions import Abort, ConfigurationError

from linked import ANCHORS, BASE, FORMS, HEADINGS, LINKS, MKDOCS, PLACES
from projects import opened, write
from repositories import commit
from rolebook.cli import main
from rolebook.cli.site_check import checked_settings
from rolebook.handbook import Handbook
from rolebook.problems import Problem, Severity
from rolebook.site_config import NOT_INSTALLED
from sites import HOME, build_site, refused_build


def checked(root: Path) -> Handbook:
    return opened(root).with_dead_links(checked_settings(root / "mkdocs.yml"))


def found(root: Path) -> Counter[tuple[str, str]]:
    """How many dead links and dead anchors `check` finds on each page."""
    return Counter((each.path.removeprefix("content/"), each.rule.code) for each in dead(root))


def dead(root: Path) -> list[Problem]:
    return [each for each in checked(root).problems if each.rule.code.startswith("dead-")]


def warned(lines: Iterable[str]) -> Counter[tuple[str, str]]:
    """How many MkDocs has warned of."""
    reported: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if said := re.match(r"WARNING Doc file '(.*?)' contains a link '.*?', but (.*)", line):
            reported[said[1], "dead-link" if "not found" in said[2] else "dead-anchor"] += 1
    return reported


@settings(max_examples=20, deadline=None)
@given(
    written=st.lists(
        st.tuples(st.sampled_from([*PLACES]), st.sampled_from(FORMS), st.sampled_from(LINKS)),
        min_size=1, max_size=12, unique=True,
    )
)  # fmt: skip
def test_check_finds_what_a_build_warns_of(
    written: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = dict(BASE)
    seen = set[tuple[str, str]]()
    for place, form, link in written:
        if (place, link) not in seen:  # MkDocs tells of one dead anchor once a page
            files[place] = f"{files[place]}\n\n{form.format(link.format(PLACES[place]))}\n"
            seen.add((place, link))
    root = write(tmp_path_factory.mktemp("links"), files)
    _, lines = build_site(root)
    assert set(found(root)) == set(warned(lines))


@pytest.mark.parametrize("link", LINKS)
def test_each_link_is_judged_as_mkdocs_does(link: str, tmp_path: Path) -> None:
    files = dict(BASE)
    for place, up in PLACES.items():
        files[place] = f"{files[place]}\n[t]({link.format(up)})\n"
    root = write(tmp_path, files)
    _, lines = build_site(root)
    assert found(root) == warned(lines)


@pytest.mark.parametrize("place", ["content/index.md", "roles/boss.md"])
@pytest.mark.parametrize("reader", ["content/index.md", "content/deep/page.md", "roles/boss.md"])
def test_a_part_has_the_name_that_it_has_on_the_page(place: str, reader: str, tmp_path: Path) -> None:
    way = "" if place == reader else f"{'../' * reader.count('/')}{place}"
    links = [f"[t]({way}#{anchor})" for anchor in ANCHORS]
    files = dict(BASE)
    files[place] = f"{files[place]}{HEADINGS}"
    files[reader] = "\n\n".join((str(files[reader]), *links))
    root = write(tmp_path, files)
    _, lines = build_site(root)
    said = {re.findall(r"the link '.*#(.*?)' points", str(each))[0] for each in dead(root)}
    missed = {re.findall(r"contains a link '.*#(.*?)', but", line)[0] for line in lines if " but " in line}
    assert said == missed


@pytest.mark.parametrize("place", ["content/deep/page.md", "roles/boss.md"])
@pytest.mark.parametrize(
    "header",
    ['yaml title="a.yml"', 'yaml hl_lines="2" linenums="1"', '{ .yaml title="a" }', "yaml { .x }"],
)
@pytest.mark.parametrize("extension", ["footnotes", "pymdownx.superfences"])
def test_code_with_a_title_is_code(header: str, place: str, extension: str, tmp_path: Path) -> None:
    """Read as a text, its lines would be headings."""
    config = MKDOCS.replace("footnotes", extension)
    code = f"```{header}\n---\nno: 1\n---\n[x](gone.md)\n```\n\n## Next part\n"
    links = "\n\n[a](PLACE#next-part)\n\n[b](PLACE#no-1)\n"
    links = links.replace("PLACE", "deep/page.md" if "deep" in place else "../roles/boss.md")
    files = {**BASE, place: f"{BASE[place]}\n\n{code}"}
    page = f"{files['content/index.md']}{links}"
    write(tmp_path, files | {"mkdocs.yml": config, "content/index.md": page})
    _, lines = build_site(tmp_path)
    assert found(tmp_path) == warned(lines) == {("index.md", "dead-anchor"): 1}
    page = "deep/page" if "deep" in place else "roles/boss"
    assert "gone.md)" in (tmp_path / f"site/{page}/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("slugify", ["", ", slugify: !!python/object/apply:pymdownx.slugs.slugify {}"])
def test_names_follow_the_settings_of_the_site(slugify: str, tmp_path: Path) -> None:
    config = MKDOCS.replace("[attr_list,", f"[toc: {{separator: _{slugify}}}, attr_list,")
    text = "# Home\n\n## Über uns\n\n## Some part\n"
    links = ("über_uns", "uber_uns", "uber-uns", "Über_uns", "some-part", "some_part", "Some_part")
    text += "\n".join(f"[t](#{link})" for link in links)
    root = write(tmp_path, BASE | {"mkdocs.yml": config, "content/index.md": text})
    _, lines = build_site(root)
    assert found(root) == warned(lines)


def test_a_link_with_an_escape_leads_where_it_should(tmp_path: Path) -> None:
    root = write(tmp_path, BASE | {"content/index.md": "# Home\n\n[a](deep/own\\_name.md)\n"})
    site, _ = build_site(root, strict=True)
    assert 'href="deep/own_name/"' in (site / "index.html").read_text("utf-8")


def test_what_is_no_address_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, BASE | {"people/ann.md": "---\nname: Ann\n---\n[x](http://[)\n"})
    (only,) = checked(root).problems
    assert "people/ann.md:4: the link 'http://['" in str(only)
    refused_build(root, strict=True)


@pytest.mark.parametrize("link", ["no page.md", "no\\_page.md", "no&amp;page.md", "no(1).md"])
def test_any_form_of_a_link_has_its_line(link: str, tmp_path: Path) -> None:
    root = write(tmp_path, BASE | {"content/index.md": f"# Home\n\nText.\n[t]({link})\n"})
    assert [each.line for each in dead(root)] == [4]


def test_a_page_that_is_called_like_a_role_elsewhere_is_not_that_role(tmp_path: Path) -> None:
    root = write(tmp_path, BASE | {"content/index.md": "# Home\n[a](nothing/x.md) [b](nothing/ann.md)\n"})
    assert [str(each) for each in checked(root).problems] == [
        f"content/index.md:2: the link 'nothing/{name}.md' leads nowhere. Correct or remove it. [dead-link]"
        for name in ("ann", "x")
    ]


def test_lines_and_what_is_meant_are_said(tmp_path: Path) -> None:
    files = BASE | {
        "roles/team/x.md": """\
---
title: X
parent: boss
---

`[a](../bos.md)`
[a](../bos.md)

[a](../bos.md)
""",
        "people/ann.md": "---\nname: Ann\n---\n[x](../roles/x.md#top)\n[y](../roles/boss.md#to-do)\n",
        "content/index.md": "# Home\n[d](deep/pages.md) [gone](../nothing/at-all.md)\n",
    }
    root = write(tmp_path, files)
    said = [str(each) for each in checked(root).problems]
    assert said == [
        "content/index.md:2: the link '../nothing/at-all.md' leads nowhere. "
        "Correct or remove it. [dead-link]",
        "content/index.md:2: the link 'deep/pages.md' leads nowhere. "
        "Did you mean 'deep/page.md'? [dead-link]",
        "people/ann.md:4: the link '../roles/x.md#top' leads nowhere. "
        "The page has moved: write '../roles/team/x.md#top', or run 'rolebook check --fix'."
        " [dead-link]",
        "people/ann.md:5: the link '../roles/boss.md#to-do' points to a section that the page does "
        "not have. Correct or remove what follows #. [dead-anchor]",
        "roles/team/x.md:7: the link '../bos.md' leads nowhere. Did you mean '../boss.md'? [dead-link]",
        "roles/team/x.md:9: the link '../bos.md' leads nowhere. Did you mean '../boss.md'? [dead-link]",
    ]


@pytest.mark.parametrize(
    ("level", "severity"), [("warn", "warning"), ("info", "advice"), ("ignore", ""), ("", "advice")]
)
@pytest.mark.parametrize("flat", [False, True])
def test_mkdocs_own_levels_count(level: str, severity: str, flat: bool, tmp_path: Path) -> None:
    option = f"anchors: {level}" if flat else f"links: {{anchors: {level}}}"
    config = MKDOCS.replace("links: {anchors: warn}", option if level else "")
    root = write(tmp_path, BASE | {"mkdocs.yml": config, "people/ann.md": "---\nname: Ann\n---\n[x](#no)\n"})
    said = [each.rule.severity.value for each in checked(root).problems]
    assert said == ([severity] if severity else [])
    if severity == "warning":
        refused_build(root, strict=True)
    else:
        build_site(root, strict=True)


@pytest.mark.parametrize(
    ("nav", "said"),
    [
        ("[index.md, deep/page.md, rolebook]", ""),
        ("[index.md, roles/boss.md, jobs/x.md, rolebook]", ""),
        ("[index.md, 'rolebook:people', https://example.org, /x/]", ""),
        (
            "[index.md, {More: [deep/pages.md]}]",
            "the navigation leads to 'deep/pages.md', which is not there. Did",
        ),
        ("[index.md, {X: jobs/none.md}]", "the navigation leads to 'jobs/none.md'"),
        ("[index.md, 'rolebook:rols']", "no section 'rolebook:rols'. Did you mean 'rolebook:roles'?"),
        ("[index.md, 'rolebook: roles']", "no section 'rolebook: roles'. Did you mean 'rolebook:roles'?"),
        ("[index.md, 'Rolebok:role']", "no section 'Rolebok:role'. Did you mean 'rolebook:roles'?"),
        ("[index.md, Rolebook]", "no section 'Rolebook'. Did you mean 'rolebook'?"),
        ("[index.md, 'rolebook:']", "no section 'rolebook:'. Write one of rolebook:org-chart, "),
        ("[index.md, rolebook, 'rolebok:xyz', 'notebook:roles']", ""),
        (
            "[index.md, 'rolebook:xyz']",
            "no section 'rolebook:xyz'. Write one of rolebook:org-chart, rolebook:ro",
        ),
        (
            "[index.md, 'rolebook:orgchart']",
            "no section 'rolebook:orgchart'. Did you mean 'rolebook:org-chart'?",
        ),
        (
            "[index.md, 'rolebook:xyzzy']",
            "Write one of rolebook:org-chart, rolebook:roles, rolebook:",
        ),
    ],
)
def test_the_navigation_is_looked_at(nav: str, said: str, tmp_path: Path) -> None:
    root = write(tmp_path, BASE | {"mkdocs.yml": f"{MKDOCS}nav: {nav}\n"})
    problems = [str(each) for each in checked(root).problems]
    if said:
        (only,) = problems
        assert only.startswith("mkdocs.yml:8: ")
        assert said in only
        refused_build(root, strict=True)
    else:
        assert problems == []
        build_site(root, strict=True)


@pytest.mark.parametrize("others", ["plugins:\n  - gen-files", "hooks: [h.py]\nplugins:"])
def test_pages_that_other_plugins_may_add_are_nobody_s_business(others: str, tmp_path: Path) -> None:
    config = MKDOCS.replace("plugins:", others)
    text = "---\nname: Ann\n---\n[a](../content/api/index.md) [b](../content/roles/gone.md)\n"
    root = write(tmp_path, BASE | {"mkdocs.yml": config, "people/ann.md": text, "h.py": ""})
    (only,) = (each for each in checked(root).problems if each.rule is not NOT_INSTALLED)
    assert "roles/gone.md" in only.message


def test_links_to_former_places_are_fixed(tmp_path: Path) -> None:
    files = BASE | {
        "content/index.md": "# H\r\n[x](../roles/team/x.md) `[x](../roles/team/x.md)` [j](jobs/x.md#top)\r\n",
        "people/ann.md": "---\nname: Ann\n---\n[x](../roles/team/x.md?a#purpose) [b](../roles/boss.md)\n",
        "roles/boss.md": "---\ntitle: Boss\n---\n[me](../people/ann.md) [n]\n\n[n]: <../people/ann.md> 'x'\n",
    }
    commit(tmp_path, files)
    (tmp_path / "roles/team/x.md").rename(tmp_path / "roles/y.md")
    (tmp_path / "people/ann.md").rename(tmp_path / "people/anna.md")
    result = CliRunner().invoke(main, ["check", "-f", str(tmp_path / "mkdocs.yml"), "--fix"])
    assert "roles/boss.md:6: '../people/ann.md' is now '../people/anna.md'" in result.output
    assert "dead-link" not in result.output
    assert (tmp_path / "content/index.md").read_bytes().decode() == (
        "# H\r\n[x](../roles/y.md) `[x](../roles/team/x.md)` [j](jobs/y.md#top)\r\n"
    )
    ann = (tmp_path / "people/anna.md").read_text("utf-8")
    assert "[x](../roles/y.md?a#purpose) [b](../roles/boss.md)" in ann
    assert (tmp_path / "roles/boss.md").read_text("utf-8") == (
        "---\ntitle: Boss\n---\n[me](../people/anna.md) [n]\n\n[n]: <../people/anna.md> 'x'\n"
    )


def test_a_public_site_has_text_in_place_of_dead_links(tmp_path: Path) -> None:
    config = MKDOCS.replace("rolebook: {", "rolebook: {audience: public, public_pages: [index.md], ")
    root = write(tmp_path, BASE | {"mkdocs.yml": config, "content/index.md": "# Home\n[x](gone.md)\n"})
    assert [each for each in checked(root).problems if each.rule.code == "dead-link"] == []
    build_site(root, strict=True)


def test_on_a_public_site_a_role_s_page_is_where_it_is_and_has_what_outsiders_see(tmp_path: Path) -> None:
    config = MKDOCS.replace("rolebook: {", "rolebook: {audience: public, public_pages: [index.md], ")
    role = "---\ntitle: Boss\n---\n## Secret\n\nNobody.\n"
    home = "# Home\n[x](../roles/boss.md) [y](../roles/boss.md#secret)\n"
    root = write(tmp_path, BASE | {"mkdocs.yml": config, "content/index.md": home, "roles/boss.md": role})
    said = [str(each) for each in checked(root).problems if each.rule.code.startswith("dead-")]
    assert said == [
        "content/index.md:2: the link '../roles/boss.md#secret' points to a section that the page does not "
        "have. Correct or remove what follows #. [dead-anchor]"
    ]


def test_the_sample_handbook_has_none() -> None:
    sample = Path(__file__).parents[2]
    problems = checked(sample).problems
    assert [each for each in problems if each.rule.code.startswith("dead-")] == []


SETTINGS = {
    "theme: {name: materiel}": True,
    "theme: mkdoks": True,
    "theme: {name: readthedocs}": False,
    "theme: {name: null, custom_dir: own}": False,
    "theme: {name: !ENV [THEME, mkdocs]}": False,
    "markdown_extensions: [attr_lst]": True,
    "markdown_extensions: [tables, {attr_lst: {}}]": True,
    "markdown_extensions: {attr_lst: {}}": True,
    "markdown_extensions: [pymdownx.superfence]": True,
    "markdown_extensions: [pymdownx.snippets, {toc: {permalink: true}}]": False,
    "hooks: [h.py]": True,
    "hooks: [own/there.py]": False,
    "site_url: notaurl": True,
    "site_url: https://example.org/x/": False,
    "site_url: !ENV SITE_ADDRESS": False,
    "site_url: ''": False,
    "repo_url: example.org/x": True,
    "edit_uri: x/": True,
    "repo_url: https://example.org/x\nedit_uri: x/": False,
    "edit_uri_template: 'https://example.org/{path}'": False,
    "validation: {nav: {not_fund: warn}}": True,
    "validation: {navi: {not_found: warn}}": True,
    "validation: {links: {not_found: warning}}": True,
    "validation: {links: {anchors: loud}}": True,
    "validation: {anchors: info, links: {absolute_links: relative_to_docs}}": False,
    "nav: {}": True,
    "nav: [{a: index.md, b: deep/page.md}]": True,
    "nav:": False,
    "nav: [index.md, {Finance: }]": True,
    "nav: [index.md, [deep/page.md]]": True,
    "nav: [index.md, {A: {B: deep/page.md}}]": True,
    "nav: [index.md, '']": True,
    "nav: [index.md, {rolebook: {audience: public}}]": True,
    "validation:": True,
    "validation: warn": True,
    "validation: {links: {anchors: [warn]}}": True,
    "nav: [index.md, {X: //example.org/b}]": False,
    "markdown_extensions: toc": True,
    "markdown_extensions: [{attr_list: {x: 1}}]": True,
    "markdown_extensions: [{toc: {toc_depth: 2, separator: _}}]": False,
    "copyright: 5": True,
    "copyright: '5'": False,
    "site_author:": False,
    "extra_css: a.css": True,
    "watch: [gone]": True,
    "watch: [own]": False,
    "theme: {name: material, language: german}": True,
    "theme: {name: material, language: de}": False,
    "theme: {name: material, palette: [{toggle: {icon: material/weather-nigh, name: x}}]}": True,
    "theme: {name: material, palette: [{toggle: {icon: material/weather-night, name: x}}]}": False,
    "theme: {name: material, palette: {primary: navy}}": True,
    "theme: {name: material, palette: {color: teal}}": True,
    "theme: {name: material, palette: [{scheme: slate, primary: deep purple, accent: custom}]}": False,
    "theme: {name: material, icon: {logo: material/library}}": False,
    "theme: {name: mkdocs, custom_dir: gone}": True,
}


@pytest.mark.parametrize(("written", "is_wrong"), SETTINGS.items())
@pytest.mark.parametrize("inherited", [False, True])
def test_settings_with_which_nothing_is_built_are_found(
    written: str, is_wrong: bool, inherited: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITE_ADDRESS", raising=False)
    theme = "" if written.startswith("theme") else "theme: {name: mkdocs}\n"
    options = "rolebook: {disabled_checks: [no-hours, no-deliverable]}"
    config = f"site_name: Test\ndocs_dir: content\n{theme}plugins: [{options}]\n"
    own = {"own/there.py": "", "own/main.html": "x", "own/404.html": "x"}
    files = {"mkdocs.yml": f"{config}{written}\n"}
    if inherited:
        files = {"mkdocs.yml": f"INHERIT: base.yml\n{config}", "base.yml": f"{written}\n"}
    root = write(tmp_path, BASE | own | files)
    found = [each for each in checked(root).problems if each.rule.code.endswith("-setting")]
    where, line = ("base.yml", 1) if inherited else ("mkdocs.yml", files["mkdocs.yml"].count("\n"))
    assert [(each.path, each.line) for each in found] == ([(where, line)] if is_wrong else [])
    assert all(each.hint for each in found)
    try:
        refused = not build_site(root, strict=True)
    except (Abort, ConfigurationError, TemplateNotFound):
        refused = True
    assert refused == is_wrong


def test_a_plugin_that_is_misspelt_is_found(tmp_path: Path) -> None:
    config = MKDOCS.replace("plugins:\n", "plugins:\n  - serch\n  - mkdocs-other-one\n")
    root = write(tmp_path, BASE | {"mkdocs.yml": config})
    (only,) = checked(root).problems
    assert str(only) == "mkdocs.yml:6: there is no plugin 'serch'. Did you mean 'search'? [wrong-setting]"


def test_a_folder_of_pages_that_is_not_there_is_reported_once(tmp_path: Path) -> None:
    config = MKDOCS.replace("docs_dir: content", "docs_dir: contents") + "nav: [index.md, deep/page.md]\n"
    root = write(tmp_path, BASE | {"mkdocs.yml": config})
    found = [str(each) for each in checked(root).problems if "mkdocs.yml" in each.path]
    assert found == [
        "mkdocs.yml:2: there is no folder 'contents' for docs_dir. Did you mean 'content'? [wrong-setting]"
    ]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("navigation: []\n", "MkDocs has no setting 'navigation'. Did you mean 'nav'?"),
        ("css: a.css\n", "MkDocs has no setting 'css'. Did you mean 'extra_css'?"),
    ],
)
def test_what_other_generators_call_a_setting_is_known(config: str, said: str, tmp_path: Path) -> None:
    root = write(tmp_path, BASE | {"mkdocs.yml": MKDOCS + config})
    assert any(said in str(each) for each in checked(root).problems)


MEANT = [
    ("../decisions/hats.md", "Did you mean 'decisions/hats/index.md'?"),
    ("decisions/hand-over.md", "Did you mean 'decisions/hand-over/index.md'?"),
    ("org-chart.md#top", "Did you mean 'org-chart/index.md#top'?"),
    ("decisions/nothing.md", "Correct or remove it."),
    ("../roles/ops/broken.md", "Correct the errors in roles/ops/broken.md first: until then it has no page."),
    ("../roles/ops/legal.md", "Correct or remove it."),
    ("../roles/ops/hirings.md", "Did you mean '../roles/ops/hiring.md'?"),
]


@pytest.mark.parametrize(("link", "remedy"), MEANT)
def test_a_link_to_a_page_that_is_made_or_missing_says_what_to_do(
    link: str, remedy: str, tmp_path: Path
) -> None:
    files = {
        **HOME,
        "roles/boss.md": "---\ntitle: Boss\n---\n",
        "roles/ops/hiring.md": "---\ntitle: Hiring\nparent: boss\n---\n",
        "roles/ops/broken.md": "---\ntitle: Broken\nlocation: *a\n---\n",
        "content/index.md": f"# Home\n\n[x]({link})\n",
    }
    (only,) = dead(write(tmp_path, files))
    assert str(only) == f"content/index.md:3: the link '{link}' leads nowhere. {remedy} [dead-link]"
    if "index.md'" in remedy:
        CliRunner().invoke(main, ["check", "--fix", "-f", str(tmp_path / "mkdocs.yml")])
        assert dead(tmp_path) == []


@pytest.mark.parametrize("link", ["http://[::1", "//[internal]/x", "http://[x"])
def test_a_link_that_is_no_address_is_an_error_where_a_build_breaks_off_at_it(
    link: str, tmp_path: Path
) -> None:
    role = {"roles/boss.md": f"---\ntitle: Boss\n---\n\n[a]({link})\n"}
    (of_role,) = dead(write(tmp_path, HOME | role))
    assert of_role.rule.severity is Severity.WARNING
    refused_build(tmp_path, strict=True)
    (of_page, _) = dead(write(tmp_path, {"content/index.md": f"# Home\n\n[a]({link})\n"}))
    assert (of_page.rule.severity, of_page.path, of_page.line) == (Severity.ERROR, "content/index.md", 3)
    with pytest.raises(ValueError):
        build_site(tmp_path)


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_a_navigation_that_is_taken_away_is_none(nothing: str, tmp_path: Path) -> None:
    base = MKDOCS.replace("plugins:", "nav: [gone.md]\nplugins:")
    files = BASE | {"base.yml": base, "mkdocs.yml": f"INHERIT: base.yml\nnav: {nothing}\n"}
    root = write(tmp_path, files)
    assert [each for each in checked(root).problems if "nav" in each.rule.code] == []
    build_site(root, strict=True)
