"""Nothing leaks: every byte of what is made for an audience is searched for every value it may not see.

Each search has its control: what must be there is there, and a field or a section that is moved to a wider
audience is found at once.
"""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from canaries import CONTRACTOR, INTERNAL, PUBLIC, Canaries, below, front, project, readable
from projects import TODAY, opened
from rolebook.documents import FORMS, job_post, pack
from rolebook.documents.order import Order
from rolebook.documents.pictures import Pictures
from rolebook.handbook import open_handbook
from rolebook.organisation import Organisation
from rolebook.rendering.document_page import DocumentPages
from rolebook.schema import records
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import Declaration, Group, declarations
from rolebook.schema.records import RoleFields
from rolebook.site_config import find_project
from rolebook.visibility.sections import no_picture
from rolebook.visibility.view import view_for
from sites import build_site

SITE = """\
theme: {{name: material, font: false}}
plugins: [search, tags, rolebook: {{audience: {audience}, public_pages: [index.md]}}]
repo_url: https://example.org/canary-repository
edit_uri: edit/main/content
"""
NOT_IN_A_POST = {
    "role.deliverable.for_": "an id within the business model",
    "role.aliases.name": "an address of the site",
    "role.purpose": "the section of this name takes its place",
}
"""Public fields that a job post has no use for."""


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture(scope="module")
def root(canaries: Canaries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("canary"), canaries)


def documents(root: Path, audience: Audience, forms: tuple[str, ...] = ("html", "md", "txt")) -> str:
    """All that can be read in the documents of every role for `audience`."""
    handbook = opened(root)
    seen = view_for(handbook.organisation, audience)
    order = Order(seen, "Us", Pictures(root), forms, DocumentPages(), post=audience is PUBLIC, statement=True)
    roles = [role.id for role in seen.organisation.roles.values() if not role.is_team]
    return readable(file for role_id in roles for file in order.files(role_id))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("audience", [PUBLIC, CONTRACTOR], ids=["post", "pack"])
def test_no_form_of_a_document_says_more_than_its_audience_may_see(
    root: Path, canaries: Canaries, audience: Audience, form: str
) -> None:
    assert canaries.found(documents(root, audience, (form,))) & canaries.beyond(audience) == set()


@pytest.mark.parametrize("form", FORMS)
def test_a_pack_says_all_that_a_contractor_needs(root: Path, canaries: Canaries, form: str) -> None:
    found = canaries.found(documents(root, CONTRACTOR, (form,)))
    wanted = {
        name
        for name, audience in canaries.audiences.items()
        if audience is CONTRACTOR or name in ("role above", "role.title", "Purpose", "link in Purpose")
    }
    assert wanted - found == set()
    assert len(wanted) > 20


@pytest.mark.parametrize("form", FORMS)
def test_a_post_says_all_that_the_public_needs(root: Path, canaries: Canaries, form: str) -> None:
    found = canaries.found(documents(root, PUBLIC, (form,)))
    about_the_role = {
        name
        for name, audience in canaries.audiences.items()
        if audience is PUBLIC
        and not name.startswith(("public page", "text of a link", "team.", "purpose of"))
    }
    assert about_the_role - found <= NOT_IN_A_POST.keys()
    assert len(about_the_role) > 30


# --- the control: a value that is moved is found -------------------------------------------------


def moved(monkeypatch: pytest.MonkeyPatch, name: str, audience: Audience, record: type = RoleFields) -> None:
    """Declare a field, and those within it, for another audience."""
    field: Any = record.__dataclass_fields__[name]  # type: ignore[attr-defined]
    declaration: Declaration = field.metadata["declaration"]
    changed = {"declaration": dataclasses.replace(declaration, audience=audience)}
    monkeypatch.setattr(field, "metadata", changed)
    kind: Any = declaration.kind
    while not isinstance(kind, Group) and (inner := getattr(kind, "group", getattr(kind, "kind", None))):
        kind = inner
    if isinstance(kind, Group):
        for each in declarations(kind.record):
            moved(monkeypatch, each, audience, kind.record)


def all_fields(organisation: Organisation) -> str:
    """What the public sees of any field."""
    roles = view_for(organisation, PUBLIC).organisation.roles.values()
    return "".join(f"{role} {front(role.fields)}" for role in roles)


MOVABLE = [
    name
    for name, declaration in declarations(RoleFields).items()
    if declaration.audience > PUBLIC and name != "status"
]


@pytest.mark.parametrize("name", MOVABLE)
def test_a_field_that_is_moved_to_the_public_is_found(
    root: Path, canaries: Canaries, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = opened(root).organisation
    before = canaries.found(all_fields(organisation))
    moved(monkeypatch, name, PUBLIC)
    after = canaries.found(all_fields(organisation))
    assert before & canaries.beyond(PUBLIC) == set()
    of_teams = "role" in declarations(RoleFields)[name].instead
    moved_field = f"{'team' if of_teams else 'role'}.{name}"
    assert any(leak == moved_field or leak.startswith(f"{moved_field}.") for leak in after - before)


def test_a_rate_that_is_moved_to_contractors_is_found(
    root: Path, canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(monkeypatch, "rate", CONTRACTOR)
    assert "role.rate.amount" in canaries.found(documents(root, CONTRACTOR)) & canaries.beyond(CONTRACTOR)


@pytest.mark.parametrize("name", ["tools", "reporting", "out_of_scope"])
def test_a_field_that_is_moved_inside_is_missed(
    root: Path, canaries: Canaries, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(monkeypatch, name, INTERNAL)
    found = canaries.found(documents(root, CONTRACTOR))
    assert not any(each.startswith(f"role.{name}") for each in found)


def test_a_section_that_is_moved_to_the_public_is_found(
    root: Path, canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(records.SECTIONS, "Procedure", PUBLIC)
    leaks = canaries.found(documents(root, PUBLIC)) & canaries.beyond(PUBLIC)
    assert leaks == {"Procedure", "link in Procedure", "HTML in Procedure"}


def test_sections_are_for_whom_the_options_say(tmp_path: Path) -> None:
    canaries = Canaries()
    sections = "{public: [procedure], contractor: [Notes, Purpose], internal: [Tools, Purpose]}"
    root = project(tmp_path, canaries, f"plugins: [rolebook: {{sections: {sections}}}]\n")
    known, _ = find_project(root / "mkdocs.yml", frozenset())
    assert known is not None
    organisation = open_handbook(known, TODAY).organisation

    def said(audience: Audience) -> set[str]:
        shown = view_for(organisation, audience).sections("seat", no_picture)
        text = " ".join(each.html for each in shown)
        return canaries.found(text) & {*records.SECTIONS, "other section"}

    everybody = {"Procedure", "Outcomes", "Responsibilities", "Done when"}
    assert said(PUBLIC) == everybody
    assert said(CONTRACTOR) == everybody | {"other section", "How to do it", "Reporting"}


# --- sites ---------------------------------------------------------------------------------------


def site_of(audience: str, folder: Path) -> tuple[Canaries, str]:
    canaries = Canaries()
    site, _ = build_site(project(folder, canaries, SITE.format(audience=audience)))
    theme = ("assets/images", "assets/javascripts", "assets/stylesheets")
    return canaries, readable(file for file in below(site) if not file[0].startswith(theme))


@pytest.fixture(scope="module")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Canaries, str]:
    return site_of("public", tmp_path_factory.mktemp("public"))


def test_a_public_site_says_nothing_that_is_inside(public_site: tuple[Canaries, str]) -> None:
    canaries, site = public_site
    assert canaries.found(site) & canaries.beyond(PUBLIC) == set()
    assert "canary-repository" not in site


def test_a_public_site_says_what_the_public_may_see(public_site: tuple[Canaries, str]) -> None:
    canaries, site = public_site
    public = {name for name, audience in canaries.audiences.items() if audience is PUBLIC}
    assert public - canaries.found(site) <= NOT_IN_A_POST.keys() - {"role.aliases.name"}
    for name in ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "404.html", "tree/index.html"):
        assert f"{name}\n" in site


def test_a_site_for_colleagues_says_nearly_everything(tmp_path: Path) -> None:
    canaries, site = site_of("internal", tmp_path)
    found = canaries.found(site)
    for name in (
        "owner above",
        "page inside",
        "title inside",
        "tag",
        "folder",
        "person's page",
        "attachment",
    ):
        assert name in found, name
    assert {"role.owner", "other section", "picture's name"} <= found
    assert {"team.lead", "team.members.person", "team.members.as_", "minutes of the team"} <= found
    assert "canary-repository" in site


@pytest.mark.parametrize(
    ("compose", "audience"),
    [(job_post.compose, CONTRACTOR), (job_post.compose, INTERNAL), (pack.compose, INTERNAL)],
)
def test_no_document_is_made_of_what_others_may_see(compose: Any, audience: Audience, root: Path) -> None:
    organisation = opened(root).organisation
    with pytest.raises(ValueError, match="is not for"):
        compose(view_for(organisation, audience), next(iter(organisation.roles)), "Us")
