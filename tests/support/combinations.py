"""Sites of other plugins, themes and settings, each built with Rolebook and without."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import yaml

from repositories import NOBODY, commit
from rolebook.cli import installed
from sites import SAMPLE, dead_links

FONTS = ".cache/plugin/social/fonts/Own"
"""Where the plugin `social` looks for fonts before it fetches them."""
DAY = "2020-02-03T12:00:00Z"
"""When everything was committed."""

Plugin = str | dict[str, Any]

OWN: dict[str, str] = {
    "content/index.md": "# Home\n\nSee [how](how/start.md).\n",
    "content/how/index.md": "# How\n\nText.\n",
    "content/how/start.md": "---\ntags: [begin]\n---\n\n# Start\n\n```mermaid\ngraph LR\n  a --> b\n```\n",
}
HANDBOOK: dict[str, str] = {
    "content/links.md": "# Links\n\n[The shop](../roles/shop.md), [Zelda](../people/zelda-quirk.md).\n\n"
    "<!-- rolebook: org-chart -->\n",
    "roles/boss.md": "---\ntitle: Boss\nowner: Zelda Quirk\nweekly_hours: 12\ndeliverable: Ten plans a year\n"
    "purpose: Somebody decides.\n---\n",
    "roles/shop.md": "---\ntitle: Shop & counter\nparent: boss\nowner: Zelda Quirk\nweekly_hours: 5\n"
    "deliverable: Ten sales a week\ntags: [counter]\n---\n\n## Procedure\n\n1. Open the door.\n"
    "2. Ask [the boss](boss.md).\n\n```mermaid\ngraph LR\n  door --> till\n```\n",
    "roles/van.md": "---\ntitle: Van\nparent: boss\nstatus: open\nweekly_hours: 5\n"
    "deliverable: Bread at nine shops\n---\n\n## Trial task\n\nDrive.\n",
    "people/zelda-quirk.md": "---\nname: Zelda Quirk\nweekly_capacity: 40\n---\n\nLikes bread.\n",
}
SETTINGS: dict[str, Any] = {
    "site_name": "The Mill",
    "site_url": "https://example.org/",
    "repo_url": "https://git.example/mill",
    "edit_uri": "edit/main/content/",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False, "features": ["content.action.edit", "navigation.indexes"]},
    "markdown_extensions": [
        "attr_list",
        "md_in_html",
        {
            "pymdownx.superfences": {
                "custom_fences": [{"name": "mermaid", "class": "mermaid", "format": "FENCE"}]
            }
        },
    ],
    "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn"}},
}
_FENCE = "!!python/name:pymdownx.superfences.fence_code_format"


@dataclass(frozen=True)
class Case:
    """A site beside whose other parts Rolebook is tried."""

    name: str
    package: str = ""
    """The neighbour's name on the package index; empty for settings and what MkDocs brings."""
    plugins: tuple[Plugin, ...] = ()
    """In front of Rolebook, or behind it with `behind`."""
    behind: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Of `mkdocs.yml`, in place of those of `SETTINGS`; None takes one away."""
    files: Mapping[str, str] = field(default_factory=dict)
    """In these, SETTINGS stands for the whole settings."""
    with_rolebook: Mapping[str, str] = field(default_factory=dict)
    """More files, on the site with Rolebook only."""
    command: tuple[str, ...] = ("mkdocs", "build", "--strict")
    where: str = "."
    """The folder, in the project, that the command runs in."""
    site: str = "site"
    environment: str = "neighbours"
    """Where its packages are installed."""
    fails: str = ""
    """What is reported where the two do not work together, which the guide says; empty if they do."""
    expects: Mapping[str, str] = field(default_factory=dict)
    """Patterns that pages must have, by the page."""
    without: frozenset[str] = frozenset()
    """What is not tried: "charts", "edit", "nav", "search" or "words"."""
    dead: frozenset[str] = frozenset()
    """Links that the neighbour itself breaks."""

    def __str__(self) -> str:
        return f"{self.name}{' behind' if self.behind else ''}"


_NO_WORDS = re.compile(r"<(script|style|pre|noscript|nav)\b.*?</\1>", re.DOTALL)
"""A page's tags are in a `nav`; where it stands is the theme's affair."""


@dataclass(frozen=True)
class Built:
    """What came out of one build."""

    code: int
    said: str
    site: Path

    @property
    def complaints(self) -> list[str]:
        """Lines that name something wrong."""
        found = re.findall(r"^(?:WARNING|ERROR|Traceback|\w*Error).*", self.said, re.MULTILINE)
        return [re.sub(r"^\w+ +- +", "", line) for line in found]

    def page(self, uri: str) -> str:
        """Where the page at `uri` is, by the form that addresses have on this site."""
        flat = f"{uri.removesuffix('/')}.html" if uri.endswith("/") else uri
        return flat if (self.site / flat).is_file() else f"{uri}index.html"

    def text(self, page: str) -> str:
        """The HTML of a page; empty if it is not there."""
        file = self.site / page
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    def words(self, page: str) -> str:
        """The words of the page's content."""
        html = self.text(page)
        found = re.search(r"<article.*?</article>", html, re.DOTALL) or re.search(
            r'role="?main.*?<footer', html, re.DOTALL
        )
        html = _NO_WORDS.sub(" ", found[0] if found else "")
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())

    def pages(self) -> set[str]:
        return {path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html")}

    def dead(self) -> set[str]:
        return set(dead_links(self.site))

    def index(self) -> dict[str, str]:
        """The text of the search index by address."""
        file = self.site / "search/search_index.json"
        if not file.is_file():
            return dict(self._fragments())
        return {each["location"]: each["text"] for each in json.loads(file.read_text("utf-8"))["docs"]}

    def _fragments(self) -> Iterator[tuple[str, str]]:
        """The same where Pagefind has made the index, with a small file for each page."""
        for file in self.site.glob("search/fragment/*.pf_fragment"):
            found = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
            yield found["url"].lstrip("/"), found["content"]


def contains(words: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in `words` in their order, maybe with others between."""
    there = iter(words.split())
    return all(word in there for word in wanted.split())


def build(case: Case, root: Path, programs: Path, with_rolebook: bool) -> Built:
    """Build the site of `case` in the new folder `root` by the programs of an environment."""
    ours: tuple[Plugin, ...] = ("rolebook",) if with_rolebook else ()
    plugins = ("search", *((*ours, *case.plugins) if case.behind else (*case.plugins, *ours)))
    settings = {**SETTINGS, **case.settings, "plugins": list(plugins)}
    settings = {name: value for name, value in settings.items() if value is not None}
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True).replace("FENCE", _FENCE)
    files = {**OWN, **(HANDBOOK if with_rolebook else {}), "mkdocs.yml": text, **case.files}
    files |= case.with_rolebook if with_rolebook else {}
    commit(root, {name: content.replace("SETTINGS", text) for name, content in files.items()}, date=DAY)
    if "social" in case.name:
        font(programs, root / FONTS)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **NOBODY, "PATH": path, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    run = subprocess.run(
        [programs / case.command[0], *case.command[1:]],
        cwd=root / case.where, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Built(run.returncode, run.stdout + run.stderr, root / case.site)


LOCKS = SAMPLE / "locks"
MADE = SAMPLE / ".cache/neighbours"
ENVIRONMENTS = ("neighbours", "materialx", "zensical")
"""Each has the packages of its lock, and Rolebook, which Zensical does not know of."""
_OVER_MATERIAL = "mkdocs-materialx"
"""It writes over files of Material's, so it has to be installed after it."""


def environment(name: str = "neighbours") -> Path:
    """Make an environment with the packages of a lock, unless it is there; gives its programs' folder."""
    import fcntl  # of Linux, as the locks are

    MADE.mkdir(parents=True, exist_ok=True)
    lock, venv = LOCKS / f"{name}.txt", MADE / name
    found = distribution(installed.NAME)
    wheel = installed.wheel_of(found)
    with (MADE / f"{name}.lock").open("w") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)  # of several processes with tests, the first one makes it
        _make(venv, "--require-hashes", "-r", lock, made_of=lock.read_bytes())
        if _OVER_MATERIAL in lock.read_text(encoding="utf-8"):
            alone = MADE / f"{name}-alone.txt"
            alone.write_text(_entry(lock, _OVER_MATERIAL), encoding="utf-8")
            again = ("--no-deps", "--force-reinstall", "--require-hashes", "-r", alone)
            _install(venv, *again, made_of=alone.read_bytes())
        file = MADE / name / f"{installed.NAME.replace('-', '_')}-{found.version}-py3-none-any.whl"
        file.write_bytes(wheel)
        _install(venv, "--no-deps", "--force-reinstall", file, made_of=wheel)
    return venv / "bin"


def _entry(lock: Path, package: str) -> str:
    """The lines of a lock about one package."""
    text = lock.read_text(encoding="utf-8")
    found = re.search(rf"^{package}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, package
    return found[0]


def _make(venv: Path, *words: str | Path, made_of: bytes) -> None:
    if not _stamp(venv, made_of).exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        _install(venv, *words, made_of=made_of)


def _install(venv: Path, *words: str | Path, made_of: bytes) -> None:
    """Install packages, or say in the report why there is no environment: without it, nothing is tried."""
    stamp = _stamp(venv, made_of)
    if stamp.exists():
        return
    pip = [venv / "bin/python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *words]
    run = subprocess.run(pip, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"The environment '{venv.name}' cannot be made, as pip says:\n{run.stderr}")
    stamp.touch()


def _stamp(venv: Path, made_of: bytes) -> Path:
    return venv / f"made-{hashlib.sha256(made_of).hexdigest()[:16]}"


def versions() -> dict[str, str]:
    """The versions in the environments, by package."""
    locks = [(LOCKS / f"{name}.txt").read_text(encoding="utf-8") for name in reversed(ENVIRONMENTS)]
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", "\n".join(locks), re.MULTILINE))


def font(programs: Path, goal: Path) -> None:
    """A font for pictures of pages, so that none is fetched from another host; Pillow has one in itself."""
    goal.mkdir(parents=True, exist_ok=True)
    data = "ImageFont.load_default(9).font_bytes"
    code = f"import sys; from PIL import ImageFont; sys.stdout.buffer.write({data})"
    found = subprocess.run([programs / "python", "-c", code], capture_output=True, check=True).stdout
    (goal / "Regular.ttf").write_bytes(found)


def _both(name: str, package: str, *plugins: Plugin, **more: Any) -> tuple[Case, Case]:
    """The neighbour in front of Rolebook and behind it."""
    return Case(name, package, plugins, **more), Case(name, package, plugins, True, **more)


_LANGUAGES = [{"locale": "en", "default": True, "name": "English"}, {"locale": "de", "name": "Deutsch"}]
_MATERIAL = SETTINGS["theme"]
_ELSEWHERE = {
    "mkdocs.yml": "site_name: Another site\n",
    "sub/mkdocs.yml": "SETTINGS",
}
_OUTSIDE = {f"sub/{name}": text for name, text in HANDBOOK.items() if not name.startswith("content/")} | {
    "content/links.md": HANDBOOK["content/links.md"].replace("../", "../sub/")
}
_GEN = """\
import mkdocs_gen_files

with mkdocs_gen_files.open("made/one.md", "w") as file:
    file.write("# Made\\n\\nSee [home](../index.md).\\n")
"""
_HOOK = """\
def on_page_markdown(markdown, page, **more):
    assert page.file.src_uri and page.file.abs_src_path
    return f"{markdown}\\n\\nHOOKED\\n"
"""
_DATED = {"roles/shop/": "2020-02-03", "people/zelda-quirk/": "2020-02-03"}
_POST = "---\ndate: 2024-01-02\n---\n\n# One\n\nFirst.\n\n<!-- more -->\n\nMore.\n"

ALONE = Case("alone")
CASES = (
    ALONE,
    # Plugins of the navigation
    *_both("section-index", "mkdocs-section-index", "section-index"),
    *_both("awesome-nav", "mkdocs-awesome-nav", "awesome-nav"),
    *_both("literate-nav", "mkdocs-literate-nav", "literate-nav"),
    *_both(
        "literate-nav with a summary", "mkdocs-literate-nav", "literate-nav",
        files={"content/SUMMARY.md": "* [Home](index.md)\n* [How](how/index.md)\n"},
        with_rolebook={
            "content/SUMMARY.md": "* [Home](index.md)\n* [Links](links.md)\n* [Roles](roles/index.md)\n"
        },
        without=frozenset({"nav"}),
    ),
    *_both(
        "monorepo", "mkdocs-monorepo-plugin", "monorepo",
        settings={"nav": ["index.md", {"Other": "!include other/mkdocs.yml"}, {"How": ["how/index.md"]}]},
        files={
            "other/mkdocs.yml": "site_name: other\nnav:\n  - Intro: index.md\n",
            "other/docs/index.md": "# Intro\n",
        },
        without=frozenset({"nav"}),
        expects={"other/": "Intro"},
    ),
    *_both(
        "exclude", "mkdocs-exclude", {"exclude": {"glob": ["how/*"]}},
        files={"content/index.md": "# Home\n"}, without=frozenset({"nav"}),
    ),
    # Plugins that make or change pages
    *_both(
        "gen-files", "mkdocs-gen-files", {"gen-files": {"scripts": ["gen.py"]}},
        files={"gen.py": _GEN}, expects={"": 'href="made/one/"'},
    ),
    *_both(
        "macros", "mkdocs-macros-plugin", "macros",
        files={"content/how/start.md": "# Start\n\n{{ config.site_name }}\n"},
        expects={"how/start/": "The Mill"},
    ),
    *_both(
        "include-markdown", "mkdocs-include-markdown-plugin", "include-markdown",
        files={
            "content/how/start.md": '# Start\n\n{% include-markdown "../part.txt" %}\n',
            "content/part.txt": "PART\n",
        },
        expects={"how/start/": "PART"},
    ),
    *_both(
        "table-reader", "mkdocs-table-reader-plugin", "table-reader",
        files={
            "content/how/start.md": "# Start\n\n{{ read_csv('content/t.csv') }}\n",
            "content/t.csv": "a,b\n1,2\n",
        },
        expects={"how/start/": "<table"},
    ),
    *_both("glightbox", "mkdocs-glightbox", "glightbox"),
    *_both("minify", "mkdocs-minify-plugin", {"minify": {"minify_html": True}}),
    Case(
        "print-site", "mkdocs-print-site-plugin", ("print-site",), True,
        expects={"print_page/": "<h1[^>]*>[^<]*Shop &amp; counter"},
        dead=frozenset({"print_page/index.html: ../../assets/rolebook/tables.js"}),
    ),
    *_both(
        "redirects", "mkdocs-redirects", {"redirects": {"redirect_maps": {"old.md": "how/start.md"}}},
        expects={"old/": "how/start"},
    ),
    *_both(
        "encryptcontent", "mkdocs-encryptcontent-plugin",
        {"encryptcontent": {"global_password": "twelve long Words, 3 of them strange: ärvelund"}},
        without=frozenset({"charts", "search", "words"}),
    ),
    *_both(
        "static-i18n", "mkdocs-static-i18n",
        {"i18n": {"docs_structure": "suffix", "languages": _LANGUAGES}},
        files={"content/index.de.md": "# Heim\n"},
        fails="leaves out the pages of the handbook",
    ),
    # Plugins that ask git
    *_both(
        "git-revision-date-localized", "mkdocs-git-revision-date-localized-plugin",
        {"git-revision-date-localized": {"type": "iso_date"}}, expects=_DATED,
    ),
    *_both(
        "git-authors", "mkdocs-git-authors-plugin", "git-authors",
        expects={"roles/shop/": "mailto:a@example.org"},
    ),
    *_both("rss", "mkdocs-rss-plugin", {"rss": {"match_path": ".*", "use_git": True}}),
    # What Material brings
    *_both(
        "blog", "", "blog",
        files={"content/blog/index.md": "# Blog\n", "content/blog/posts/one.md": _POST},
    ),
    *_both(
        "tags", "", "tags", files={"content/tags.md": "# Tags\n\n<!-- material/tags -->\n"},
        expects={"tags/": "Shop &amp; counter"},
    ),
    *_both("meta", "", "meta", files={"content/how/.meta.yml": "tags: [begin]\n"}),
    *_both("offline", "", "offline", without=frozenset({"nav"})),
    *_both("privacy", "", {"privacy": {"assets_exclude": ["unpkg.com/*"]}}),
    Case(
        "social", "cairosvg", ({"social": {"cards_layout_options": {"font_family": "Own"}}},),
        expects={"roles/shop/": "assets/images/social/roles/shop.png"},
    ),
    Case("group", "", ({"group": {"enabled": True, "plugins": ["tags"]}},)),
    Case(
        "overrides", settings={"theme": {**_MATERIAL, "custom_dir": "overrides"}},
        files={
            "overrides/main.html": '{% extends "base.html" %}\n{% block announce %}NEWS{% endblock %}\n'
        },
        expects={"roles/shop/": "NEWS"},
    ),
    # Other themes, and another program
    Case("theme mkdocs", settings={"theme": "mkdocs"}, without=frozenset({"nav"})),
    Case("theme readthedocs", settings={"theme": "readthedocs"}, without=frozenset({"nav", "edit"})),
    Case("properdocs", "properdocs", command=("properdocs", "build", "--strict")),
    Case(
        "materialx", "mkdocs-materialx", settings={"theme": {**_MATERIAL, "name": "materialx"}},
        environment="materialx",
    ),
    Case(
        "materialx with properdocs", "mkdocs-materialx",
        settings={"theme": {**_MATERIAL, "name": "materialx"}},
        environment="materialx", command=("properdocs", "build", "--strict"),
    ),
    # Settings
    Case("no directory urls", settings={"use_directory_urls": False}, without=frozenset({"nav"})),
    Case("sub-path", settings={"site_url": "https://example.org/a/handbook/"}),
    Case("no address", settings={"site_url": None}),
    Case(
        "no repository", settings={"repo_url": None, "edit_uri": None},
        without=frozenset({"edit", "words"}),
    ),
    Case(
        "docs_dir outside", settings={"docs_dir": "../content"}, where="sub", site="sub/site",
        files=_ELSEWHERE, with_rolebook=_OUTSIDE,
    ),
    Case(
        "-f", settings={"docs_dir": "../content"}, site="sub/site", files=_ELSEWHERE, with_rolebook=_OUTSIDE,
        command=("mkdocs", "build", "--strict", "-f", "sub/mkdocs.yml"),
    ),
    Case(
        "INHERIT",
        files={"base.yml": "SETTINGS", "mkdocs.yml": "INHERIT: base.yml\nsite_name: The Mill\n"},
    ),
    Case(
        "hooks", settings={"hooks": ["hook.py"]}, files={"hook.py": _HOOK},
        expects={"roles/shop/": "HOOKED"},
    ),
)  # fmt: skip
