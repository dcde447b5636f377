"""The plugin on real sites: what is built, what is refused, and that the last good site survives."""

import contextlib
import re
import socket
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from projects import write
from rolebook.mkdocs_plugin.project import log_problems
from rolebook.problems import Problem, Rule, Severity
from sites import (
    HOME,
    MKDOCS_YML,
    addresses,
    build_site,
    copy_sample,
    dead_links,
    outside_addresses,
    refused_build,
)

OWNER = "---\ntitle: Owner\nowner: Ada\nweekly_hours: 5\ndeliverable: A plan for the year\n---\n"
PPC = "---\ntitle: PPC\nparent: owner\n---\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, built strictly at a path with a space."""
    root = copy_sample(tmp_path_factory.mktemp("a folder") / "my handbook")
    site, _ = build_site(root, strict=True)
    return site


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def article(site: Path, path: str) -> str:
    html = page(site, path)
    return html[html.index("<article") : html.index("</article>")]


def test_sample_has_no_dead_link(sample: Path) -> None:
    assert list(dead_links(sample)) == []


def test_sample_fetches_nothing_from_other_hosts(sample: Path) -> None:
    assert outside_addresses(sample) == set()


def test_sample_without_directory_urls_has_no_dead_link(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample")
    site, _ = build_site(root, strict=True, use_directory_urls=False)
    assert (site / "roles/marketing/ppc.html").is_file()
    assert list(dead_links(site)) == []


def test_sample_ships_the_chart_scripts_and_their_licences(sample: Path) -> None:
    names = {path.name for path in (sample / "assets/rolebook").iterdir()}
    ours = {
        "rolebook.css",
        "charts.js",
        "copy.js",
        "landmarks.js",
        "chart-figure.js",
        "chart-zoom.js",
        "cards.js",
        "tables.js",
    }
    assert names - ours == {"mermaid.min.js", "mermaid.LICENSE.txt", "panzoom.min.js", "panzoom.LICENSE.txt"}


def test_material_features_work_in_a_role(sample: Path) -> None:
    html = "".join(path.read_text(encoding="utf-8") for path in (sample / "roles").rglob("index.html"))
    for mark in ("admonition", "task-list-item", "tabbed-set", "<table", 'class="md-tag"'):
        assert mark in html, mark


def test_two_builds_are_the_same_byte_for_byte(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")
    first, _ = build_site(copy_sample(tmp_path / "one"))
    second, _ = build_site(copy_sample(tmp_path / "two"))
    names = [path.relative_to(first) for path in sorted(first.rglob("*")) if path.is_file()]
    assert names == [path.relative_to(second) for path in sorted(second.rglob("*")) if path.is_file()]
    differing = [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()]
    assert differing == []


def test_links_work_in_both_directions_and_in_every_syntax(tmp_path: Path) -> None:
    body = (
        "[model](../../content/business-model.md#prices) and [Ada][a] and [SEO](seo.md)"
        " and ![plan](plan.png) and `[code](../../content/index.md)`\n\n[a]: ../../people/ada.md\n"
    )
    root = write(
        tmp_path,
        HOME
        | {
            "content/index.md": "[PPC](../roles/marketing/ppc.md) [plan](../roles/marketing/plan.png)\n",
            "content/business-model.md": "# Model\n\n## Prices\n",
            "people/ada.md": "---\nname: Ada\n---\n[her seat](../roles/owner.md)\n",
            "roles/owner.md": OWNER,
            "roles/marketing/seo.md": "---\ntitle: SEO\nparent: owner\n---\n",
            "roles/marketing/ppc.md": PPC + body,
            "roles/marketing/plan.png": b"\x89PNG\r\n\x1a\n",
        },
    )
    strictly = {"links": {"anchors": "warn", "unrecognized_links": "warn"}}
    site, _ = build_site(root, strict=True, validation=strictly)
    ppc = article(site, "roles/marketing/ppc")
    for address in ("../../../business-model/#prices", "../../../people/ada/", "../seo/", "../plan.png"):
        assert f'="{address}"' in ppc, address
    assert "<code>[code](../../content/index.md)</code>" in ppc
    assert (site / "roles/marketing/plan.png").read_bytes() == b"\x89PNG\r\n\x1a\n"
    home = page(site, "")
    assert 'href="roles/marketing/ppc/"' in home
    assert 'href="roles/marketing/plan.png"' in home
    assert list(dead_links(site)) == []


def test_a_broken_link_is_reported_in_the_authors_words_and_fails_a_strict_build(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | {"roles/owner.md": OWNER + "[gone](../content/gone.md) [x](#nowhere)\n"})
    _, logged = build_site(root)
    assert any("'../content/gone.md'" in line and line.startswith("WARNING") for line in logged)
    refused_build(root, strict=True)


@pytest.mark.parametrize(
    ("role", "strict"),
    [
        pytest.param(PPC, False, id="error"),
        pytest.param("---\ntitle: Second\n---\n", True, id="warning-when-strict"),
    ],
)
def test_a_refused_build_leaves_the_last_site_whole(tmp_path: Path, role: str, strict: bool) -> None:
    root = write(tmp_path, HOME | {"roles/owner.md": OWNER})
    site, _ = build_site(root)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    write(root, HOME | {"roles/second.md": role.replace("parent: owner", "parent: nobody")})
    refused_build(root, strict=strict)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_every_problem_is_reported_before_the_build_stops(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        HOME | {"roles/a.md": "---\ntitel: A\n---\n", "roles/b.md": "---\ntitle: B\nparent: c\n---\n"},
    )
    errors = [line.split(" [")[-1] for line in refused_build(root) if line.startswith("ERROR rolebook")]
    assert errors == ["unknown-field]", "unknown-parent]"]
    assert not (root / "site").exists()


def test_warnings_do_not_stop_a_build_that_is_not_strict(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | {"roles/a.md": OWNER, "roles/b.md": "---\ntitle: B\n---\n"})
    _, logged = build_site(root)
    assert any("several-roots" in line and line.startswith("WARNING") for line in logged)


def test_a_wrong_option_is_reported_with_what_was_meant(tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("rolebook]", "rolebook: {disabled_check: [no-hours]}]")
    root = write(tmp_path, HOME | {"mkdocs.yml": config, "roles/owner.md": OWNER})
    assert any("Did you mean 'disabled_checks'?" in line for line in refused_build(root))


def test_edit_button_opens_the_roles_own_file(tmp_path: Path) -> None:
    config = MKDOCS_YML + "repo_url: https://example.org/us/book\nedit_uri: edit/main/content/\n"
    config = config.replace("font: false", "font: false, features: [content.action.edit]")
    root = write(
        tmp_path,
        HOME | {"mkdocs.yml": config, "roles/owner.md": OWNER, "people/ada.md": "---\nname: Ada\n---\n"},
    )
    site, _ = build_site(root)
    assert "https://example.org/us/book/edit/main/roles/owner.md" in page(site, "roles/owner")
    assert "https://example.org/us/book/edit/main/people/ada.md" in page(site, "people/ada")
    assert "md-content__button" not in page(site, "org-chart")


def test_the_usual_three_plugins_build_strictly_without_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    config = "site_name: Test\ntheme: material\nplugins: [search, mermaid2, rolebook]\n"
    fence = "```mermaid\ngraph LR\n  a[1 < 2] --> b\n```\n"
    root = write(
        tmp_path,
        {"mkdocs.yml": config, "docs/index.md": f"# Home\n\n{fence}", "roles/owner.md": OWNER + fence},
    )
    site, _ = build_site(root, strict=True)
    for path in ("", "roles/owner", "org-chart"):
        assert re.search('<pre class="mermaid"[^>]*><code>', page(site, path)), path
    assert "1 &lt; 2" in page(site, "")
    assert "unpkg" not in page(site, "") + page(site, "roles/owner")


def test_charts_stay_out_of_the_search_index(sample: Path) -> None:
    index = (sample / "search/search_index.json").read_text(encoding="utf-8")
    assert "flowchart" not in index
    assert "accTitle" not in index


OURS = ["Org chart", "Roles", "People", "Open roles (0)", "Plan", "Workload", "Hand-over plan"]
OURS += ["Before and after", "Promises and risks", "Handbook health"]
NAVIGATIONS = {
    "none": ("", ["Home", *OURS, "About"]),
    "home": ("nav: [{Start: index.md}, about.md]", ["Start", *OURS, "About"]),
    "below": ("nav: [about.md]", ["About", *OURS]),
    "placed": ("nav: [rolebook, about.md]", [*OURS, "About"]),
    "titled": ("nav: [about.md, {Who: rolebook}]", ["About", "Who"]),
    "parts": (
        "nav: [{Us: 'rolebook:people'}, about.md, 'rolebook:jobs']",
        ["Us", "About", "Open roles (0)"],
    ),
}


@pytest.mark.parametrize("case", NAVIGATIONS)
def test_navigation_stands_where_its_author_puts_it(tmp_path: Path, case: str) -> None:
    nav, expected = NAVIGATIONS[case]
    files = {"mkdocs.yml": f"{MKDOCS_YML}{nav}\n", "content/about.md": "# About\n"}
    root = write(tmp_path, HOME | files | {"roles/owner.md": OWNER})
    site, logged = build_site(root)
    html = page(site, "org-chart")
    nav_html = html[html.index("md-nav--primary") : html.index("md-sidebar--secondary")]
    lines = [line.strip() for line in nav_html.splitlines()]
    places = [lines.index(title) for title in expected]
    assert places == sorted(places)
    assert not any("rolebook" in line and "not found" in line for line in logged)


def test_a_large_organisation_keeps_its_roles_out_of_every_pages_navigation(tmp_path: Path) -> None:
    roles = {
        f"roles/r{number}.md": f"---\ntitle: Role {number}\nparent: {'owner' if number < 5 else 'r1'}\n---\n"
        for number in range(1, 130)
    }
    strictly = MKDOCS_YML + "validation: {nav: {omitted_files: warn}}\n"
    root = write(tmp_path, HOME | {"mkdocs.yml": strictly, "roles/owner.md": OWNER} | roles)
    site, _ = build_site(root, strict=True)
    html = page(site, "")
    assert "Role 1\n" in html
    assert "Role 77" not in html
    assert "Role 77" in page(site, "roles")


def test_a_page_of_the_author_wins_over_a_generated_one(tmp_path: Path) -> None:
    root = write(
        tmp_path, HOME | {"roles/owner.md": OWNER, "content/people/index.md": "# Our people, by hand\n"}
    )
    site, _ = build_site(root, strict=True)
    assert "Our people, by hand" in page(site, "people")


def test_role_files_may_lie_in_docs_dir(tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("rolebook]", "rolebook: {roles_dir: content/seats}]")
    root = write(
        tmp_path,
        HOME
        | {
            "mkdocs.yml": config,
            "content/index.md": "# Home\n[o](seats/owner.md)\n",
            "content/seats/owner.md": OWNER,
        },
    )
    site, _ = build_site(root, strict=True)
    assert 'href="roles/owner/"' in page(site, "")
    assert not (site / "seats").exists()


def test_blocks_are_filled_on_hand_written_pages_only(tmp_path: Path) -> None:
    marker = "<!-- rolebook: numbers -->"
    root = write(
        tmp_path, HOME | {"content/index.md": f"# Home\n\n{marker}\n", "roles/owner.md": OWNER + marker}
    )
    site, _ = build_site(root)
    assert " · 5\N{NO-BREAK SPACE}h a week" in page(site, "")
    assert "rb-totals" not in page(site, "roles/owner")


def test_a_block_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    text = "# Home\n\nWrite `<!-- rolebook: numbers -->` there, or <!-- rolebook: nothing -->\n"
    text += "\n```\n<!-- rolebook: numbers -->\n```\n"
    root = write(tmp_path, HOME | {"content/index.md": text, "roles/owner.md": OWNER})
    site, _ = build_site(root)
    assert "rb-totals" not in page(site, "")
    assert "&lt;!-- rolebook: numbers --&gt;" in page(site, "")


HOSTILE = '<img src=x onerror=alert(1)>"]; {{ 7*7 }} --8<-- "mkdocs.yml" | `x` *y* &amp; [a](javascript:b)'


def test_hostile_text_is_shown_as_it_was_written(tmp_path: Path) -> None:
    quoted = HOSTILE.replace("'", "''")
    fields = ("title", "tags", "owner", "purpose", "deliverable")
    role = "\n".join(["---", *(f"{name}: '{quoted}'" for name in fields), "---\n"])
    config = MKDOCS_YML + "markdown_extensions: [md_in_html, pymdownx.snippets, attr_list, abbr]\n"
    root = write(tmp_path, HOME | {"mkdocs.yml": config, "roles/owner.md": role})
    site, _ = build_site(root, strict=True)
    for path in ("roles/owner", "jobs/owner", "org-chart", "people", "roles", "jobs"):
        html = page(site, path)
        assert "<img src=x" not in html, path
        assert "site_name" not in html, path
        assert not any(address.startswith("javascript") for address in addresses(html)), path
    text = article(site, "roles/owner")
    assert "&lt;img src=x onerror=alert(1)&gt;&#34;]; &#123;&#123; 7*7 &#125;&#125; --8&lt;--" in text


def test_a_title_with_any_character_stays_in_the_front_matter(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | {"roles/owner.md": '---\ntitle: "👩‍💻 \\x9f\\x07\\u2028 a"\n---\n'})
    site, _ = build_site(root, strict=True)
    assert "title:" not in article(site, "roles/owner")
    assert "👩‍💻" in page(site, "roles/owner")


def test_a_body_that_repeats_its_title_shows_it_once(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | {"roles/owner.md": OWNER + "\n# Owner\n\nText.\n"})
    site, _ = build_site(root)
    text = article(site, "roles/owner")
    assert text.count("<h1") == 1
    assert text.index("<h1") < text.index("rb-facts")


def test_a_title_alone_makes_a_page(tmp_path: Path) -> None:
    root = write(tmp_path, HOME | {"roles/owner.md": "---\ntitle: Owner\n---\n"})
    site, _ = build_site(root, strict=True)
    text = article(site, "roles/owner") + article(site, "jobs/owner")
    assert "None" not in text
    assert "are not described yet" in text
    assert list(dead_links(site)) == []


@pytest.mark.parametrize(
    ("severities", "strict", "counted"),
    [
        ((Severity.ADVICE,) * 30, True, ""),
        ((Severity.WARNING, Severity.ADVICE), False, ""),
        ((Severity.WARNING, Severity.ADVICE), True, "1 warning"),
        ((Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.ADVICE), False, "1 error, 2 warnings"),
    ],
)
def test_a_build_ends_by_counting_what_stopped_it(
    severities: tuple[Severity, ...], strict: bool, counted: str
) -> None:
    found = [Problem(Rule("code", each, "why"), "roles/a.md", 1, "wrong", "right") for each in severities]
    with pytest.raises(PluginError) if counted else contextlib.nullcontext() as refused:
        log_problems(found, strict)
    assert not counted or str(refused.value).endswith(f"the previous site was kept: {counted}.")


@pytest.mark.parametrize("number", [20, 21])
def test_a_build_logs_twenty_pieces_of_advice_and_counts_the_others(number: int, tmp_path: Path) -> None:
    vague = {f"roles/r{at}.md": f"---\ntitle: R\nparent: boss\nowner: P{at}\n---\n" for at in range(number)}
    boss = {
        "roles/boss.md": "---\ntitle: B\nowner: a\nweekly_hours: 1\n---\n",
        "people/a.md": "---\nname: A\n---\n",
    }
    options = HOME["mkdocs.yml"].replace("rolebook]", "{rolebook: {disabled_checks: [no-deliverable]}}]")
    _, lines = build_site(write(tmp_path, HOME | {"mkdocs.yml": options} | vague | boss))
    assert sum("[no-hours]" in line for line in lines) == 20
    more = [line for line in lines if "and more advice" in line]
    assert [line.partition(", ")[2] for line in more] == ["21 in all: run 'rolebook check'."] * (number - 20)
