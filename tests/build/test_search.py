"""What search finds: every role and person once, in a large organisation by short entries."""

import json
from pathlib import Path

import pytest

from projects import TODAY, write
from rolebook.options import Options
from rolebook.organisation import RoleFile, organise
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.schema.records import RoleFields
from rolebook.views.search import MAX_ROLES, entry
from sites import HOME, MKDOCS_YML, build_site

Index = dict[str, dict[str, str]]

ROLES = {
    "roles/owner.md": "---\ntitle: Owner\nowner: Ada\ndeliverable: A plan for the year\n---\n",
    "roles/ppc.md": "---\ntitle: PPC & more\nparent: owner\nowner: Bo\nperformed_by: [{person: Cy}]\n"
    "purpose: Buyers\n---\n\n## Procedure\n\nWrite twenty adverts.\n",
}


def index_of(root: Path, search: str = "") -> tuple[Path, Index]:
    """The folder of a site that was built, and its search index by address."""
    config = MKDOCS_YML.replace("rolebook]", f"rolebook: {{{search}}}]")
    site, _ = build_site(write(root, HOME | ROLES | {"mkdocs.yml": config}))
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    assert len({doc["location"] for doc in docs}) == len(docs)
    return site, {doc["location"]: doc for doc in docs}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Index]:
    return index_of(tmp_path_factory.mktemp("short"), "search: titles")


def test_a_role_is_one_entry_with_its_title_who_holds_it_and_what_it_produces(
    short: tuple[Path, Index],
) -> None:
    found = {address: doc for address, doc in short[1].items() if address.startswith("roles/")}
    assert found.keys() == {"roles/", "roles/owner/", "roles/ppc/"}
    assert found["roles/ppc/"]["title"] == "PPC &amp; more · Bo, Cy"
    assert found["roles/ppc/"]["text"] == "<p>Buyers</p>"
    assert found["roles/owner/"]["title"] == "Owner · Ada"
    assert found["roles/owner/"]["text"] == "<p>A plan for the year</p>"


def test_what_stands_on_a_roles_page_is_not_found_a_second_time(short: tuple[Path, Index]) -> None:
    addresses = short[1].keys()
    assert not any(address.startswith("jobs/") and address != "jobs/" for address in addresses)
    assert "org-chart/owner/" not in addresses
    assert {"people/ada/", "people/bo/", "people/", "org-chart/"} <= addresses
    lists = {f"decisions/{each}/" for each in ("hats", "hand-over", "attention")}
    assert {each for each in addresses if each.partition("#")[0] in lists} == lists


def test_the_pages_themselves_are_whole(short: tuple[Path, Index]) -> None:
    assert "Write twenty adverts." in (short[0] / "roles/ppc/index.html").read_text(encoding="utf-8")
    assert "A plan for the year" in (short[0] / "jobs/owner/index.html").read_text(encoding="utf-8")


def test_a_small_organisation_is_searched_in_full(tmp_path: Path) -> None:
    _, index = index_of(tmp_path)
    assert index["roles/ppc/#procedure"]["text"] == "<p>Write twenty adverts.</p>"
    assert "Bo" in index["roles/ppc/"]["text"]
    assert "jobs/ppc/" not in index


@pytest.mark.parametrize(
    ("mode", "roles", "whole"),
    [
        ("auto", MAX_ROLES, True),
        ("auto", MAX_ROLES + 1, False),
        ("text", MAX_ROLES + 1, True),
        ("titles", 1, False),
    ],
)
def test_size_decides_unless_the_owner_does(mode: str, roles: int, whole: bool) -> None:
    files = (RoleFile(f"r{n}", f"roles/r{n}.md", RoleFields(title=f"R {n}"), {}) for n in range(roles))
    project = Project(Path("/nowhere"), "docs", "Us", Options(search=mode))
    plan = Plan(project, organise(files, today=TODAY))
    assert (entry(plan, plan.roles["r0"]) is None) == whole
