"""Other plugins on the same site: none of them gets hold of what strangers write, or shows what is hidden."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects import write
from repositories import NOBODY, commit
from sites import HOME, MKDOCS_YML, build_site

BODY = """\
## Notes

{{ 6 * 7 }}{{ cycler.__init__.__globals__.os.system('touch RAN') }}

--8<-- "mkdocs.yml"

```mermaid
graph LR
  a --> b
```

```run
1 + 1
```
"""
ROLES = {
    "roles/boss.md": "---\ntitle: Boss\nowner: Zelda Qname\nweekly_hours: 12\npurpose: TOKPURPOSE\n---\n",
    "roles/shop.md": f"---\ntitle: Shop\nparent: boss\nowner: Zelda Qname\n---\n\n{BODY}",
    "people/zelda-qname.md": "---\nname: Zelda Qname\n---\n\n{{ 6 * 7 }}\n",
}
EXTENSIONS = """
markdown_extensions:
  - pymdownx.snippets: {base_path: ["."], check_paths: false}
  - pymdownx.superfences:
      custom_fences:
        - {name: run, class: run, format: !!python/name:neighbours.run }
"""


def with_plugins(root: Path, plugins: str, more: str = "") -> Path:
    config = MKDOCS_YML.replace("[search, rolebook]", f"[search, {plugins}]")
    return write(root, HOME | ROLES | {"mkdocs.yml": config + more})


def article(site: Path, uri: str) -> str:
    html = (site / uri / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("order", ["macros, rolebook", "rolebook, macros"])
def test_macros_in_a_role_or_person_are_text(
    order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site, _ = build_site(with_plugins(tmp_path, order), strict=True)
    assert "{{ 6 * 7 }}" in article(site, "roles/shop")
    assert "{{ 6 * 7 }}" in article(site, "people/zelda-qname")
    assert not (tmp_path / "RAN").exists()


def test_an_owner_may_trust_who_writes_role_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plugins = "{rolebook: {trust_role_files: yes}}, macros"
    site, _ = build_site(with_plugins(tmp_path, plugins, EXTENSIONS.partition("  - pymdownx.superf")[0]))
    assert "42" in article(site, "roles/shop")
    assert "docs_dir" in article(site, "roles/shop")  # the file that the snippet names
    assert (tmp_path / "RAN").exists()


def test_extensions_that_read_files_or_run_code_are_not_used_for_role_files(tmp_path: Path) -> None:
    root = with_plugins(tmp_path, "rolebook", EXTENSIONS)
    site, logged = build_site(root, strict=True)
    text = article(site, "roles/shop")
    assert "docs_dir" not in text
    assert '--8&lt;-- "mkdocs.yml"' in text
    assert "RUN" not in text
    named = [line for line in logged if "pymdownx.snippets" in line]
    assert len(named) == 1
    assert "trust_role_files" in named[0]


def test_charts_are_not_sent_to_a_server(tmp_path: Path) -> None:
    plugins = "{kroki: {fence_prefix: '', server_url: 'http://127.0.0.1:9'}}, {rolebook: {static_charts: []}}"
    site, _ = build_site(with_plugins(tmp_path, plugins))
    for page in site.rglob("*.html"):
        assert "127.0.0.1:9" not in page.read_text(encoding="utf-8"), page
    assert "a --&gt; b" in article(site, "roles/shop")


@pytest.mark.parametrize(
    ("mode", "index"), [("text", "encrypted"), ("titles", "encrypted"), ("text", "dynamically")]
)
def test_what_a_password_hides_is_not_published_beside_it(mode: str, index: str, tmp_path: Path) -> None:
    hiding = f"global_password: a-long-one, search_index: {index}"
    plugins = f"{{rolebook: {{search: {mode}}}}}, {{encryptcontent: {{{hiding}}}}}"
    root = with_plugins(tmp_path, plugins)
    boss = "---\ntitle: Boss\nowner: Zelda Qname\nweekly_hours: 12\npurpose: TOKPURPOSE tökpurpose\n---\n"
    (root / "roles/boss.md").write_text(boss, encoding="utf-8")
    site, _ = build_site(root)
    for file in site.rglob("*"):
        if not file.is_file() or "assets" in file.parts:
            continue
        text = file.read_bytes().decode(errors="replace")
        assert "TOKPURPOSE" not in text and "tokpurpose" not in text, file
        assert "12 h" not in text, file
    assert not (site / "rolebook.json").exists()
    assert not list(site.rglob("*.svg"))


def test_mike_publishes_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads the settings to learn where the site will be, and has another process build it."""
    root = with_plugins(tmp_path, "rolebook")
    commit(root, {"mkdocs.yml": (root / "mkdocs.yml").read_text(encoding="utf-8")})
    bin_folder = Path(sys.executable).parent
    environment = NOBODY | os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    command = [bin_folder / "mike", "deploy", "1.0", "--branch", "pages"]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "pages"], cwd=root, check=True, capture_output=True, text=True
    )
    assert "1.0/roles/shop/index.html" in listed.stdout.split()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_pipes_in_the_folder_of_pages_are_reported_and_not_published(tmp_path: Path) -> None:
    root = with_plugins(tmp_path, "rolebook")
    os.mkfifo(root / "content/x.png")
    site, logged = build_site(root)
    assert not (site / "x.png").exists()
    assert [line for line in logged if line.startswith("WARNING") and "content/x.png" in line]


@pytest.mark.parametrize("link", ["content/secret.md", "content/secret.txt", "content/more"])
def test_links_in_the_folder_of_pages_are_reported_and_not_published(link: str, tmp_path: Path) -> None:
    root = with_plugins(tmp_path, "rolebook")
    (root / "secrets").mkdir()
    (root / "secrets/a.md").write_text("# SECRET\n", encoding="utf-8")
    (root / link).symlink_to(root / ("secrets" if link.endswith("more") else "secrets/a.md"))
    site, logged = build_site(root)
    assert not [page for page in site.rglob("*.*") if b"SECRET" in page.read_bytes()]
    assert [line for line in logged if line.startswith("WARNING") and "is a link" in line]


HEADINGS = (
    """## Procedure { id='x" onfocus="alert(1)" autofocus y="' }""",
    "## Procedure { id=__config }",
    '## <i title="a">Pro</i>cedure & more { data-toc-label=\'"><img src=x onerror=alert(1)>\' }',
    '<h2 id="x&quot; onfocus=&quot;alert(1)">Procedure</h2>',
    "## Procedure {.md-dialog .md-dialog--active .rb-badge}",
)


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("place", ["roles/shop.md", "people/zelda-qname.md"])
def test_a_heading_brings_nothing_into_the_finished_page(heading: str, place: str, tmp_path: Path) -> None:
    root = with_plugins(tmp_path, "rolebook", "\nmarkdown_extensions: [attr_list]\n")
    with (root / place).open("a", encoding="utf-8") as file:
        file.write(f"\n{heading}\n\ntext\n")
    site, _ = build_site(root)
    page = (site / place.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\son(focus|error)\s*=", page)
    assert "<img src=x" not in page
    assert page.count('id="__config"') == 1
    article = page[page.index("<article") : page.index("</article>")]
    assert "md-dialog" not in article
    assert [each for each in re.findall(r"<h2[^>]*>", article) if "rb-" in each] == []
    assert (
        re.search(r'class="md-nav__link">\s*<span class="md-ellipsis">\s*Procedure', page) or "id=" in heading
    )


def test_a_chart_is_in_no_other_chart(tmp_path: Path) -> None:
    source = '%%{init: {"themeCSS": "x"}}%%\nflowchart LR\n a --> b\n'
    chart = f'<pre class="rolebook-chart"><code>{source}</code></pre>'
    root = with_plugins(tmp_path, "rolebook")
    with (root / "roles/shop.md").open("a", encoding="utf-8") as file:
        for inner in (chart, f"<b>{chart}</b>"):
            file.write(f'\n<pre class="rolebook-chart">{inner}</pre>\n')
    site, _ = build_site(root)
    text = article(site, "roles/shop")
    assert "themeCSS" in text
    assert not [
        each for each in re.findall(r'<pre class="mermaid">.*?</pre>', text, re.DOTALL) if "themeCSS" in each
    ]


HOOK = """\
from pathlib import Path

from mkdocs.plugins import event_priority

def say(config, line):
    with Path(config.config_file_path).with_name("seen.txt").open("a", encoding="utf-8") as seen:
        seen.write(f"{line}\\n")

@event_priority(100)
def on_nav(nav, config, files):
    say(config, f"nav {config.nav}")
    say(config, f"first {[item.title or item.file.src_uri for item in nav.items][:2]}")

def on_page_context(context, page, config, nav):
    say(config, f"{page.file.src_uri} {page.file.abs_src_path}")
"""
"""What other plugins ask of pages and settings."""


def seen_by_others(root: Path, more: str = "") -> dict[str, str]:
    with_plugins(root, "rolebook", f"\nhooks: [hook.py]\n{more}")
    (root / "hook.py").write_text(HOOK, encoding="utf-8")
    build_site(root, strict=True)
    lines = (root / "seen.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


def test_other_plugins_find_the_file_that_a_page_is_written_in(tmp_path: Path) -> None:
    """Those for authors and feeds ask git for it, and break off without one."""
    seen = seen_by_others(tmp_path)
    assert seen["roles/shop.md"] == str(tmp_path / "roles/shop.md")
    assert seen["people/zelda-qname.md"] == str(tmp_path / "people/zelda-qname.md")
    assert seen["roles/index.md"] == str(tmp_path / "mkdocs.yml")
    assert seen["index.md"] == str(tmp_path / "content/index.md")


def test_other_plugins_find_no_nav_where_the_owner_wrote_none(tmp_path: Path) -> None:
    """One that makes the navigation warns that it replaces the owner's."""
    seen = seen_by_others(tmp_path)
    assert seen["nav"] == "None"
    assert seen["first"] == "['index.md', 'Org chart']"


def test_other_plugins_find_the_nav_that_the_owner_wrote(tmp_path: Path) -> None:
    seen = seen_by_others(tmp_path, "nav: [index.md, rolebook]\n")
    assert seen["nav"].startswith("['index.md', {'Org chart'")


SECTIONS = """\
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page


class SectionPage(Section, Page):
    active = Page.active


def on_nav(nav, config, files):
    for section in nav.items:
        if isinstance(section, Section) and isinstance(section.children[0], Page):
            section.children[0].__class__ = SectionPage
"""
"""The first page of a section becomes a page of another class, as section-index does it."""

SMALLER = """\
import re


def on_post_page(output, page, config):
    return re.sub(r' (id|class|type)="([^"\\s=<>`]+)"', r" \\1=\\2", output)
"""
"""Quotes that HTML does not need are left out, as minify does it."""

PAGES = """\
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File


@event_priority(-50)
def on_files(files, config):
    files.remove(files.get_file_from_path("old.md"))
    files.append(File.generated(config, "new.md", content="# New\\n"))
"""
"""A page comes and another one goes, as with gen-files and exclude."""

GATHERED = """\
import shutil
import tempfile
from pathlib import Path


def on_config(config):
    folder = tempfile.mkdtemp(dir=Path(config.config_file_path).parent)
    shutil.copytree(config.docs_dir, folder, dirs_exist_ok=True)
    Path(folder, "other.md").write_text("# From elsewhere\\n", encoding="utf-8")
    config.docs_dir = folder
"""
"""The pages of several folders are brought together in another one, as monorepo does it."""

PRINTED = """\
from pathlib import Path

noted = []
texts = []


def on_config(config):
    noted.append(Path(config.site_dir))


def on_page_content(html, page, config, files):
    texts.append(html)


def on_post_build(config):
    noted[0].mkdir(exist_ok=True)
    (noted[0] / "print.html").write_text("".join(texts), encoding="utf-8")
"""
"""All pages are gathered on one, in the folder that the settings name, as print-site does it."""


def with_hook(root: Path, hook: str, more: str = "", **pages: str) -> tuple[Path, list[str]]:
    """Builds a site with a hook that does what another plugin does."""
    with_plugins(root, "rolebook", f"\nhooks: [hook.py]\n{more}")
    files = {f"content/{name}.md": text for name, text in pages.items()}
    for name, text in {"hook.py": hook, **files}.items():
        (root / name).write_text(text, encoding="utf-8")
    return build_site(root, strict=True)


def test_a_page_that_becomes_one_of_another_kind_keeps_its_content(tmp_path: Path) -> None:
    site, _ = with_hook(tmp_path, SECTIONS)
    assert "TOKPURPOSE" in article(site, "roles/boss")
    assert "Boss" in article(site, "roles")
    for page in site.rglob("*.html"):
        assert "<hr data-rolebook" not in page.read_text(encoding="utf-8"), page


def test_charts_are_drawn_on_pages_that_were_made_smaller(tmp_path: Path) -> None:
    site, _ = with_hook(tmp_path, SMALLER, own="# Own\n\n```mermaid\ngraph LR\n  a --> b\n```\n")
    for page in ("own", "org-chart", "roles/shop"):
        text = article(site, page)
        assert "rolebook-chart" not in text
        assert re.search(r"<pre[^>]* class=mermaid>", text)


def test_the_navigation_has_the_pages_that_other_plugins_leave(tmp_path: Path) -> None:
    site, _ = with_hook(tmp_path, PAGES, old="# Old\n")
    text = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="new/"' in text
    assert 'href="old/"' not in text
    assert 'href="roles/shop/"' in text


def test_pages_of_other_folders_are_no_missing_pages(tmp_path: Path) -> None:
    site, _ = with_hook(tmp_path, GATHERED)
    assert "From elsewhere" in article(site, "other")
    assert (site / "roles/shop/index.html").is_file()


def test_what_others_write_into_the_folder_of_the_settings_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        site, _ = with_hook(tmp_path, PRINTED)
        printed = (site / "print.html").read_text(encoding="utf-8")
        assert re.findall(r"<h1[^>]*>(Boss|Shop)</h1>", printed)[:2] == ["Boss", "Shop"]
        assert (site / "roles/shop/index.html").is_file()


def test_a_page_begins_with_its_title_also_for_other_plugins_and_themes(tmp_path: Path) -> None:
    root = with_plugins(tmp_path, "rolebook")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    plain = settings.replace("{name: material, font: false}", "mkdocs")
    (root / "mkdocs.yml").write_text(plain, encoding="utf-8")
    site, _ = build_site(root, strict=True)
    for uri in ("roles/shop", "people/zelda-qname", "org-chart", "jobs"):
        text = (site / uri / "index.html").read_text(encoding="utf-8")
        assert len(re.findall("<h1", text)) == 1, uri


def test_no_message_names_a_folder_that_is_gone_afterwards(tmp_path: Path) -> None:
    with_plugins(tmp_path, "rolebook")
    site, logged = build_site(tmp_path, strict=True)
    assert f"INFO Building documentation to directory: {site}" in logged
    assert not [line for line in logged if ".rolebook-" in line]


DATED = """\
from pathlib import Path


def on_page_context(context, page, config, nav):
    seen = Path(config.config_file_path).with_name("seen.txt").open("a", encoding="utf-8")
    seen.write(f"{page.file.src_uri} {page.file.generated_by}\\n")
    seen.close()
"""


def test_only_pages_without_a_file_of_their_own_are_marked_as_generated(tmp_path: Path) -> None:
    """Other plugins take the day of the build for the date of a page that is marked."""
    with_hook(tmp_path, DATED)
    seen = dict(line.split() for line in (tmp_path / "seen.txt").read_text("utf-8").splitlines())
    assert seen["roles/shop.md"] == seen["people/zelda-qname.md"] == seen["index.md"] == "None"
    assert seen["roles/index.md"] == seen["org-chart/index.md"] == "rolebook"


def test_pages_may_lie_outside_the_folder_of_the_handbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `mkdocs build -f handbook/mkdocs.yml`: links and edit buttons are right wherever that runs."""
    root = with_plugins(tmp_path / "handbook", "rolebook", "repo_url: https://git.example/mill\n")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("content", "../content")
    settings = settings.replace("font: false", "font: false, features: [content.action.edit]")
    (root / "mkdocs.yml").write_text(f"{settings}edit_uri: edit/main/content/\n", encoding="utf-8")
    (root / "content").rename(tmp_path / "content")
    links = "# Own\n\n[The shop](../handbook/roles/shop.md), [home](index.md)\n"
    (tmp_path / "content/own.md").write_text(links, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    site, _ = build_site(root, strict=True)
    page = (site / "roles/shop/index.html").read_text(encoding="utf-8")
    assert "https://git.example/mill/edit/main/handbook/roles/shop.md" in page
    assert 'href="../roles/shop/"' in article(site, "own")
