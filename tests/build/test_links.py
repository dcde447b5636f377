"""Links as a git host understands them, translated to the site: a table, and any layout of folders."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from projects import write
from rolebook.pages.links import Folders, translate
from sites import build_site

FOLDERS = Folders.of((("roles", "roles"), ("people", "people"), ("content", "")))
SITE = {
    "index.md",
    "about us.md",
    "müller.md",
    "guide/start.md",
    "guide/plan.png",
    "roles/owner.md",
    "roles/marketing/ppc.md",
    "people/ada.md",
    "org-chart/index.md",
}


def translated(link: str, source: str, folders: Folders = FOLDERS, site: Iterable[str] = SITE) -> str:
    """The `link` in the repository's file `source` as it stands on its page."""
    uri = folders.to_site(source)
    assert uri is not None
    return translate(link, source, uri, folders.to_site, set(site).__contains__)


@pytest.mark.parametrize(
    ("source", "link", "expected"),
    [
        # From git's folders to the site's.
        ("content/index.md", "../roles/owner.md", "roles/owner.md"),
        ("content/guide/start.md", "../../roles/marketing/ppc.md", "../roles/marketing/ppc.md"),
        ("roles/owner.md", "../content/index.md", "../index.md"),
        ("roles/marketing/ppc.md", "../../content/guide/start.md", "../../guide/start.md"),
        ("roles/marketing/ppc.md", "./../../content/guide/plan.png", "../../guide/plan.png"),
        ("people/ada.md", "../content/guide/../index.md", "../index.md"),
        # Query and fragment stay; spaces and letters beyond ASCII are encoded.
        ("content/index.md", "../roles/owner.md#direct-reports", "roles/owner.md#direct-reports"),
        ("content/index.md", "../roles/owner.md?plain=1#x%20y", "roles/owner.md?plain=1#x%20y"),
        ("roles/owner.md", "../content/about us.md", "../about%20us.md"),
        ("roles/owner.md", "../content/about%20us.md", "../about%20us.md"),
        ("roles/owner.md", "../content/müller.md", "../m%C3%BCller.md"),
        ("roles/owner.md", "../content/m%C3%BCller.md", "../m%C3%BCller.md"),
    ],
)
def test_a_link_of_the_repository_works_on_the_site(source: str, link: str, expected: str) -> None:
    assert translated(link, source) == expected


@pytest.mark.parametrize(
    ("source", "link"),
    [
        # It works already.
        ("roles/owner.md", "marketing/ppc.md"),
        ("roles/marketing/ppc.md", "../owner.md#x"),
        ("roles/owner.md", "../people/ada.md"),
        ("roles/owner.md", "../org-chart/index.md"),
        ("content/index.md", "about us.md"),
        ("content/index.md", "about%20us.md"),
        # It does not point into the site.
        ("content/index.md", ""),
        ("content/index.md", "#top"),
        ("content/index.md", "?page=2"),
        ("content/index.md", "/roles/owner.md"),
        ("content/index.md", "//example.org/roles/owner.md"),
        ("content/index.md", "https://example.org/../roles/owner.md"),
        ("content/index.md", "mailto:ada@example.org"),
        ("content/index.md", "tel:+353"),
        ("content/index.md", "javascript:alert(1)"),
        ("content/index.md", "HTTPS://EXAMPLE.ORG"),
        # It leads nowhere.
        ("content/index.md", "../roles/gone.md"),
        ("content/index.md", "../ROLES/owner.md"),
        ("content/index.md", "../mkdocs.yml"),
        ("roles/owner.md", "../content/gone.md#x"),
        ("roles/owner.md", "../../content/index.md"),
        ("roles/owner.md", "../content"),
        ("roles/owner.md", ".."),
        ("roles/owner.md", "%zz"),
        ("roles/owner.md", "a\\b.md"),
    ],
)
def test_any_other_link_stays_as_it_was_written(source: str, link: str) -> None:
    assert translated(link, source) == link


# --- any layout ------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "docs", "roles", "people", "two words", "ü", "50%", "c#"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
STEMS = st.sampled_from(["index", "x", "y z", "ä", "q?", "h#", "p%41"])


def below(path: str, folder: str) -> bool:
    return folder == "." or path.startswith(f"{folder}/")


@dataclass(frozen=True)
class Layout:
    """A repository's folders, and two of its files that are on the site."""

    docs: str
    roles: str
    people: str
    first: str
    second: str

    @property
    def folders(self) -> Folders:
        return Folders.of(((self.roles, "roles"), (self.people, "people"), (self.docs, "")))

    @property
    def is_sound(self) -> bool:
        """Whether no folder of ours holds another, and each file and address is there once."""
        ours = (self.roles, self.people)
        apart = not any(a == b or below(b, a) for a in ours for b in (*ours, self.docs) if a is not b)
        return (
            apart and self.roles != self.people and self.first != self.second and self.uris[0] != self.uris[1]
        )

    @property
    def uris(self) -> tuple[str, str]:
        return self.uri(self.first), self.uri(self.second)

    def uri(self, path: str) -> str:
        """Where the file is on the site, found folder by folder."""
        for folder, goal in ((self.roles, "roles/"), (self.people, "people/"), (self.docs, "")):
            if below(path, folder):
                return goal + posixpath.relpath(path, folder)
        raise AssertionError(path)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    docs = draw(PATHS | st.just("."))
    inside = PATHS if docs == "." else PATHS | PATHS.map(lambda path: f"{docs}/{path}")
    roles, people = draw(inside), draw(inside)
    files = [
        posixpath.normpath(
            "/".join([draw(st.sampled_from([docs, roles, people])), *way, draw(STEMS) + ".md"])
        )
        for way in draw(st.lists(st.lists(NAMES, max_size=2), min_size=2, max_size=2))
    ]
    layout = Layout(docs, roles, people, *files)
    assume(layout.is_sound)
    return layout


@given(layouts(), st.booleans(), st.sampled_from(["", "#part", "?a=b", "?a#b"]))
@example(Layout("content", "roles", "people", "roles/x.md", "content/content/x.md"), True, "")
def test_whatever_works_in_the_repository_works_on_the_site(layout: Layout, encode: bool, rest: str) -> None:
    origin, target = layout.uris
    way = posixpath.relpath(layout.second, posixpath.dirname(layout.first) or ".")
    link = quote(way) if encode else way.replace("%", "%25").replace("#", "%23").replace("?", "%3F")
    path, *_ = parts = urlsplit(translated(link + rest, layout.first, layout.folders, layout.uris))[2:]
    assert posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(path))) == target
    assert parts[1:] == urlsplit(rest)[3:]


@given(layouts())
def test_a_link_to_nowhere_stays_as_it_was_written(layout: Layout) -> None:
    link = quote(posixpath.relpath(layout.second, posixpath.dirname(layout.first) or "."))
    assert translated(link, layout.first, layout.folders, ()) == link


@given(layouts(), st.text(alphabet="./%#?:ab\\ ü\0", max_size=12))
def test_a_translated_link_leads_to_a_page(layout: Layout, link: str) -> None:
    now = translated(link, layout.first, layout.folders, layout.uris)
    if now != link:
        here = posixpath.dirname(layout.uris[0])
        assert posixpath.normpath(posixpath.join(here, unquote(urlsplit(now).path))) in layout.uris


def test_where_two_readings_lead_somewhere_the_repository_counts() -> None:
    site = {"roles/x.md", "index.md", "content/index.md"}
    assert translated("../content/index.md", "roles/x.md", site=site) == "../index.md"


@pytest.mark.parametrize("folder", ["team/roles", "team/roles/", "./team/roles"])
def test_a_folder_may_be_written_in_several_ways(folder: str) -> None:
    folders = Folders.of(((folder, "roles"), ("people", "people"), ("content", "")))
    assert translated("../team/roles/owner.md", "content/index.md", folders) == "roles/owner.md"
    assert translated("../../content/index.md", "team/roles/owner.md", folders) == "../index.md"


def test_a_hand_written_page_beside_the_roles_links_like_any_other(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: Test\ntheme: {name: mkdocs}\nplugins: [rolebook]\n",
            "docs/index.md": "# Home\n",
            "docs/roles/how-to-read.md": "# How to read\n\n[Owner](../../roles/owner.md)\n",
            "roles/owner.md": "---\ntitle: Owner\n---\n[how](../docs/roles/how-to-read.md)\n",
        },
    )
    site, _ = build_site(root, strict=True)
    assert 'href="../owner/"' in (site / "roles/how-to-read/index.html").read_text(encoding="utf-8")
    assert 'href="../how-to-read/"' in (site / "roles/owner/index.html").read_text(encoding="utf-8")
