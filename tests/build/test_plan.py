"""Which pages there are and how they lead to each other, against MkDocs' own way of finding the same."""

import datetime as dt
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.structure.files import File

import rolebook
from rolebook.options import Options
from rolebook.organisation import PersonFile, RoleFile, organise
from rolebook.pages import kinds
from rolebook.pages.kinds import PageKind
from rolebook.pages.page import Page
from rolebook.pages.paging import MAX_ROWS, chunk
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.rendering.renderer import Renderer
from rolebook.schema.audience import Audience
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields
from rolebook.visibility.view import view_for

TODAY = dt.date(2027, 1, 15)
TEMPLATES = Path(rolebook.__file__).parent / "rendering" / "templates"
PROJECT = Project(Path("/nowhere"), "docs", "Us", Options())


def role_file(path: str, **values: Any) -> RoleFile:
    role_id = posixpath.basename(path).removesuffix(".md")
    return RoleFile(role_id, path, RoleFields(**{"title": role_id, **values}), {})


def person_file(path: str, **values: Any) -> PersonFile:
    return PersonFile(posixpath.basename(path).removesuffix(".md"), path, PersonFields(**values), {})


def plan_of(
    roles: Iterable[RoleFile], people: Iterable[PersonFile] = (), directory_urls: bool = True
) -> Plan:
    return Plan(PROJECT, organise(roles, people, today=TODAY), directory_urls)


# --- addresses -------------------------------------------------------------------------------------

# Whatever a file system and git allow in a name, but for names that are hidden.
LETTERS = st.sampled_from("abcÄé漢ß") | st.characters(exclude_characters="/\0", exclude_categories=["Cs"])
NAMES = (
    st.text(LETTERS, min_size=1, max_size=8)
    .map(partial(unicodedata.normalize, "NFC"))  # as files are read
    .filter(lambda name: not name.startswith("."))
)
SPECIAL = st.sampled_from(
    ["index", "README", "readme", "a b", "a#b", "100%", "a?b", "a.b", "x.md", "ü", "a:b", "&"]
)
URIS = st.lists(SPECIAL | NAMES, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".md")


def file(uri: str, directory_urls: bool) -> File:
    return File(uri, None, "/site", directory_urls)


@given(URIS, st.booleans())
@example("index.md", True)
def test_an_address_is_what_mkdocs_makes_of_the_file(uri: str, directory_urls: bool) -> None:
    plan = plan_of([], directory_urls=directory_urls)
    # The root is empty here and ./ there.
    assert (plan.url(uri) or "./") == file(uri, directory_urls).url


@given(URIS, URIS, st.booleans(), st.sampled_from(["", "part"]))
@example("index.md", "index.md", True, "")
@example("a/b.md", "index.md", True, "part")
@example("a/index.md", "a/b.md", False, "")
def test_a_way_is_what_mkdocs_makes_of_it(
    origin: str, target: str, directory_urls: bool, fragment: str
) -> None:
    plan = plan_of([], directory_urls=directory_urls)
    way = file(target, directory_urls).url_relative_to(file(origin, directory_urls))
    expected = f"{way}#{fragment}" if fragment else way
    assert plan.href(origin, Page(target, "", ""), fragment) == expected


@pytest.mark.parametrize(
    ("origin", "target", "with_folders", "with_files"),
    [
        ("index.md", "roles/ppc.md", "roles/ppc/", "roles/ppc.html"),
        ("roles/ppc.md", "index.md", "../../", "../index.html"),
        ("roles/ppc.md", "roles/seo.md", "../seo/", "seo.html"),
        ("roles/ppc.md", "roles/ppc.md", "./", "ppc.html"),
        ("jobs/ppc.md", "roles/a b/ä.md", "../../roles/a%20b/%C3%A4/", "../roles/a%20b/%C3%A4.html"),
        ("org-chart/index.md", "org-chart/ppc.md", "ppc/", "ppc.html"),
        ("org-chart/ppc.md", "org-chart/index.md", "../", "index.html"),
    ],
)
def test_ways_between_pages(origin: str, target: str, with_folders: str, with_files: str) -> None:
    page = Page(target, "", "")
    assert plan_of([], directory_urls=True).href(origin, page) == with_folders
    assert plan_of([], directory_urls=False).href(origin, page) == with_files


def test_the_fold_of_many_tops_leads_to_the_list_of_roles() -> None:
    plan = plan_of(role_file(f"roles/r{number}.md") for number in range(60))
    page = Renderer(plan, view_for(plan.organisation, Audience.PUBLIC)).page(plan.overview)
    assert re.findall(r"^click n24 href &quot;(.*)&quot;", page, re.MULTILINE) == ["../roles/"]
    assert page.count('<li id="seat-r') == 60, "the cards have all of them"


# --- pages -----------------------------------------------------------------------------------------

STEMS = (SPECIAL | NAMES).filter(lambda name: name.casefold() not in ("index", "readme"))
FOLDERS = st.lists(st.sampled_from(["list", "roles", "a", "ü b"]), max_size=2)
PEOPLE = (
    st.sampled_from(["Ada", "ada", "ADA!", "Ada.", "ada-2", "Index", "README", "?", "!", "漢字", "ﬁ"]) | NAMES
)


def by_stem(stems: Iterable[str], folders: Iterable[list[str]], root: str) -> Iterator[str]:
    """Files of which no two have the same stem, in whatever case."""
    for stem, folder in zip({stem.casefold(): stem for stem in stems}.values(), folders, strict=False):
        yield "/".join([root, *folder, f"{stem}.md"])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    def paths(root: str, most: int) -> list[str]:
        stems = draw(st.lists(STEMS, max_size=most))
        return list(by_stem(stems, [draw(FOLDERS) for _ in stems], root))

    roles = paths("roles", 8)
    ids = st.sampled_from([posixpath.basename(path).removesuffix(".md") for path in roles] or [""])
    files = [role_file(path, owner=draw(PEOPLE), parent=draw(ids)) for path in roles]
    return plan_of(
        files, [person_file(path, name=draw(PEOPLE)) for path in paths("people", 3)], draw(st.booleans())
    )


@given(plans())
@settings(max_examples=60)
@example(plan_of([role_file("roles/a.md", owner="Index")]))
@example(plan_of([role_file("roles/a.md", owner="ADA!")], [person_file("people/Ada.md", name="Grace")]))
def test_every_page_has_its_own_place(plan: Plan) -> None:
    pages = list(plan)
    places = [file(page.uri, plan.directory_urls).dest_uri for page in pages]
    assert len(set(places)) == len(pages) == len({page.uri for page in pages})
    # Neither do two differ in case only, which some disks and hosts cannot tell apart.
    assert len({place.casefold() for place in places}) == len(pages)


@given(plans())
@settings(max_examples=60)
def test_every_role_has_its_pages(plan: Plan) -> None:
    organisation = plan.organisation
    assert list(plan.roles) == list(plan.jobs) == list(organisation.roles)
    assert list(plan.people) == list(organisation.people)
    assert set(plan.charts) == set(organisation.reports)
    assert {page.uri: page.source for page in plan.roles.values()} == {
        role.file.path: role.file.path for role in organisation.roles.values()
    }
    written = {page.source for page in plan.people.values() if page.source}
    assert written == {person.file.path for person in organisation.people.values() if person.file}
    generated = [plan.overview, *plan.charts.values(), *plan.role_lists, *plan.jobs.values()]
    assert {page.source for page in generated} == {""}


def test_pages_lie_where_their_files_lie_below_folders_of_any_name() -> None:
    options = Options(roles_dir="team/seats", people_dir="docs/who")
    organisation = organise(
        [role_file("team/seats/ads/ppc.md", owner="ada"), role_file("team/seats/owner.md", owner="Bo")],
        [person_file("docs/who/us/ada.md")],
        today=TODAY,
    )
    plan = Plan(Project(Path("/nowhere"), "docs", "Us", options), organisation)
    assert {page.uri for page in (*plan.roles.values(), *plan.people.values())} == {
        "roles/ads/ppc.md",
        "roles/owner.md",
        "people/us/ada.md",
        "people/bo.md",
    }


def test_a_role_below_a_folder_called_list_keeps_its_page() -> None:
    files = [role_file(f"roles/list/{number}.md", owner=f"p{number}") for number in range(MAX_ROWS + 1)]
    people = [person_file(f"people/list/{number}.md", name=f"p{number}") for number in range(MAX_ROWS + 1)]
    uris = [page.uri for page in plan_of(files, people)]
    assert len(set(uris)) == len(uris)


# --- lists in parts --------------------------------------------------------------------------------


def pages_of_lists(plan: Plan) -> Mapping[str, tuple[Page, ...]]:
    return {"roles": plan.role_lists, "people": plan.people_lists, "jobs": plan.job_lists}


@pytest.mark.parametrize(
    ("rows", "parts"),
    [(0, 1), (1, 1), (MAX_ROWS, 1), (MAX_ROWS + 1, 2), (2 * MAX_ROWS, 2), (2 * MAX_ROWS + 1, 3)],
)
def test_long_lists_go_on_on_further_pages(rows: int, parts: int) -> None:
    files = [role_file(f"roles/r{number}.md", owner=f"p{number}") for number in range(rows)]
    for folder, pages in pages_of_lists(plan_of(files)).items():
        assert pages[0].uri == f"{folder}/index.md"
        assert [page.subject for page in pages] == list(range(parts))
        assert [page.title.partition(", page ")[2] for page in pages[1:]] == [
            str(part) for part in range(2, parts + 1)
        ]


@given(st.integers(0, 3 * MAX_ROWS))
def test_chunks_are_the_rows_in_order(rows: int) -> None:
    parts = [chunk(range(rows), part) for part in range(4)]
    assert [row for part in parts for row in part] == list(range(rows))
    assert max(map(len, parts)) <= MAX_ROWS


@pytest.mark.parametrize("kind", ["roles", "people", "jobs"])
def test_everything_stands_on_one_part_of_its_list(kind: str) -> None:
    files = [
        role_file(f"roles/r{number}.md", owner=f"p{number}" if kind == "people" or number % 3 else "")
        for number in range(2 * MAX_ROWS + 5)
    ]
    plan = plan_of(files)
    subjects = {"roles": plan.roles, "people": plan.people, "jobs": plan.jobs}[kind]
    renderer, found = Renderer(plan, view_for(plan.organisation, Audience.PUBLIC)), list[str]()
    for page in pages_of_lists(plan)[kind]:
        listed, _, _ = renderer.page(page).partition("## Who holds what")
        cells = re.findall(r'<(?:tr><td|li)><a href="([^"]+)"', listed)
        found += [posixpath.normpath(posixpath.join(plan.url(page.uri), address)) for address in cells]
    assert sorted(found) == sorted(plan.url(page.uri).rstrip("/") for page in subjects.values())


def test_every_kind_of_page_has_a_template_and_every_template_a_use() -> None:
    templates = {file.name.removesuffix(".md.jinja") for file in TEMPLATES.glob("*.md.jinja")}
    rows = {each.template for each in vars(kinds).values() if isinstance(each, PageKind) and each.template}
    assert templates - rows == {"business-model", "numbers", "org-chart"}, "parts of pages that owners write"
    assert rows <= templates


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_a_site_has_pages_of_its_audience_only(audience: str) -> None:
    project = replace(PROJECT, options=Options(audience=audience))
    role = role_file("roles/owner.md", owner="Ada")
    organisation = organise([role], [], BusinessModelFields(), "", (), today=TODAY)
    plan = Plan(project, organisation)
    allowed = {Audience.PUBLIC} if audience == "public" else {Audience.PUBLIC, Audience.INTERNAL}
    assert {page.kind.audience for page in plan} == allowed
    assert kinds.ROLE in {page.kind for page in plan}
