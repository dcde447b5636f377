"""Teams: people belong to them, nobody holds them. From the file to each page, figure and table."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from projects import opened, reported, write
from repositories import commit
from rolebook.analysis.audit import audit
from rolebook.analysis.handover import rank
from rolebook.charts import people, reporting
from rolebook.cli import main
from rolebook.diff.compare import compare
from rolebook.diff.formats import as_text
from rolebook.diff.model import FieldChange, State
from rolebook.options import Weights
from rolebook.organisation import Holding
from rolebook.organisation.words import holder
from rolebook.schema.audience import Audience
from rolebook.views.changes import sentence
from rolebook.visibility.view import view_for
from sites import build_site, dead_links

FILES: Mapping[str, str] = {
    "mkdocs.yml": (
        "site_name: Us\ndocs_dir: content\ntheme: {name: material, font: false}\n"
        "plugins: [search, rolebook]\n"
    ),
    "content/index.md": "# Home\n\n<!-- rolebook: numbers -->\n",
    "content/business-model.md": (
        "---\noffers: [{id: bread, name: Bread}]\n"
        "deliverables: [{id: ruling, name: A ruling in a week, offer: bread}]\n---\n# Business\n"
    ),
    "roles/general.md": (
        "---\ntitle: General circle\nkind: team\nlead: [Ada Stone, Ben Hill]\nmembers:\n"
        "  - {person: Cleo Marsh, as: secretary, weekly_hours: 3}\n  - Dara Quinn\n"
        "  - {person: Eoin Fall, until: 2020-01-01}\n"
        "purpose: Decides what concerns everybody\n"
        "deliverable: {outcome: Each question is ruled on, for: ruling}\n"
        "---\n\n## Purpose\n\nWe decide by consent.\n\n## Minutes\n\nAsk the secretary.\n"
    ),
    "roles/garden.md": (
        "---\ntitle: Garden circle\nkind: team\nparent: general\nlead: Dara Quinn\n"
        "members: [Ada Stone, {person: Fay Reed, weekly_hours: {min: 2, max: 4}}]\n---\n"
    ),
    "roles/beds.md": (
        "---\ntitle: Keeper of beds\nparent: garden\nowner: Fay Reed\nweekly_hours: 8\n"
        "deliverable: No bed is dry for a day\n---\n\n## Procedure\n\n1. Water.\n"
    ),
    "roles/news.md": (
        "---\ntitle: Newsletter\nparent: general\nweekly_hours: 4\ndeliverable: A letter a month\n---\n"
    ),
    **{
        f"people/{name.split()[0].lower()}.md": f"---\nname: {name}\nweekly_capacity: 10\n---\n"
        for name in ("Ada Stone", "Ben Hill", "Cleo Marsh", "Dara Quinn", "Eoin Fall", "Fay Reed")
    },
}
MEMBERS = ("Ada Stone", "Ben Hill", "Cleo Marsh", "Dara Quinn", "Eoin Fall", "Fay Reed")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "handbook", FILES)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


# --- what a team is ---------------------------------------------------------------------------------


def test_a_team_with_its_members_is_sound(root: Path) -> None:
    assert [line for line in reported(root).splitlines() if not line.startswith("advice")] == []
    assert "empty-team" not in reported(root)


def test_leads_stand_first_and_who_left_belongs_to_it_no_more(root: Path) -> None:
    team = opened(root).organisation.roles["general"]
    assert [(each.person.name, each.leads, each.as_) for each in team.members] == [
        ("Ada Stone", True, ""),
        ("Ben Hill", True, ""),
        ("Cleo Marsh", False, "secretary"),
        ("Dara Quinn", False, ""),
    ]
    assert (team.holding, team.vacant, team.to_fill, team.owner) == (Holding.TEAM, False, False, None)


def test_a_lead_who_is_listed_as_a_member_too_is_one_person_with_all_hours(root: Path) -> None:
    text = "---\ntitle: G\nkind: team\nlead: Ada Stone\nmembers:\n"
    text += "  - {person: ada, as: scribe, weekly_hours: 2}\n  - {person: Ada Stone, weekly_hours: 1}\n---\n"
    write(root, {"roles/general.md": text})
    (member,) = opened(root).organisation.roles["general"].members
    assert (member.leads, member.as_, member.hours and member.hours.max) == (True, "scribe", 3)


def test_an_owner_on_a_team_is_an_error_that_counts_for_nothing(root: Path) -> None:
    text = FILES["roles/garden.md"].replace("lead:", "owner:")
    write(root, {"roles/garden.md": text})
    assert "error: roles/garden.md:5: a team has no 'owner'. Write 'lead: …'" in reported(root)
    organisation = opened(root).organisation
    assert organisation.roles["garden"].owner is None
    assert organisation.roles["garden"].file.fields.owner == ""


# --- figures ----------------------------------------------------------------------------------------


def test_a_team_is_no_role_no_vacancy_and_no_candidate(root: Path) -> None:
    organisation = opened(root).organisation
    found = audit(organisation)
    assert sum(part.roles for part in found.parts) == 2
    assert [role.id for role in found.unstaffed] == ["news"]
    assert found.overstaffed == ()
    assert {each.role.id for each in rank(organisation, Weights())} == {"beds", "news"}


def test_hours_of_members_count_in_totals_and_in_their_week(root: Path) -> None:
    organisation = opened(root).organisation
    loads = {person.name: organisation.load(person).max for person in organisation.people.values()}
    assert loads == {**dict.fromkeys(MEMBERS, 0), "Cleo Marsh": 3, "Fay Reed": 12}
    hours = audit(organisation).hours
    assert (hours.min, hours.max) == (17, 19)
    assert found_over(root) == ["fay"]


def found_over(root: Path) -> list[str]:
    text = "---\nname: Fay Reed\nweekly_capacity: 9\n---\n"
    return sorted(opened(write(root, {"people/fay.md": text})).organisation.overloaded)


def test_a_team_keeps_a_promise_with_whoever_belongs_to_it(root: Path) -> None:
    model = opened(root).plan().decisions.model
    assert model.without_role == model.without_holder == ()
    assert [role.id for role in model.roles_without_output] == []


# --- charts and pages -------------------------------------------------------------------------------


def test_a_chart_says_how_many_belong_to_it_and_who_leads_it(root: Path) -> None:
    organisation = opened(root).organisation
    assert holder(organisation.roles["general"]) == "Team · 4 members · led by Ada Stone and Ben Hill"
    assert (
        reporting.overview(organisation, "Us").description
        == "2 roles and 2 teams, and who holds or leads them."
    )
    ada = people.roles_of(organisation, organisation.people["ada"])
    assert ada.description == "Ada Stone belongs to 2 teams."
    assert [node.detail for node in ada.nodes] == ["2 teams", "Lead", "Member"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built, _ = build_site(write(tmp_path_factory.mktemp("teams"), FILES), strict=True)
    return built


def page(site: Path, uri: str) -> str:
    return (site / uri / "index.html").read_text(encoding="utf-8")


def test_every_link_of_a_site_with_teams_leads_somewhere(site: Path) -> None:
    assert list(dead_links(site)) == []


def test_a_team_has_a_page_and_no_job_description(site: Path) -> None:
    text = page(site, "roles/general")
    assert '<dt>Led by</dt><dd><a href="../../people/ada/">Ada Stone</a>, <a' in text
    assert "<td>secretary</td>" in text
    assert "Decides what concerns everybody" in text
    assert "Owner" not in text
    assert "Job description</a></dd>" not in text
    assert sorted(path.name for path in (site / "jobs").iterdir()) == ["beds", "index.html", "news"]


def test_a_role_below_a_team_says_who_leads_that(site: Path) -> None:
    text = page(site, "roles/beds")
    assert 'Garden circle</a> <small>led by <a href="../../people/dara/">Dara Quinn</a></small>' in text


def test_a_person_s_page_lists_their_teams(site: Path) -> None:
    text = page(site, "people/cleo")
    assert "<h2" in text
    assert ">General circle</a></td><td>secretary</td>" in text
    assert "Teams</dt><dd>1" in text


def test_the_data_has_members_and_counts_teams_by_themselves(site: Path) -> None:
    data = json.loads((site / "rolebook.json").read_text(encoding="utf-8"))
    assert (data["totals"]["roles"], data["totals"]["teams"], data["totals"]["vacant"]) == (2, 2, 1)
    (general,) = [role for role in data["roles"] if role["id"] == "general"]
    assert general["kind"] == general["holding"] == "team"
    assert general["members"][2] == {"person": "cleo", "as": "secretary", "hours": {"min": 3, "max": 3}}


# --- nothing leaks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.CONTRACTOR])
def test_who_belongs_to_a_team_is_for_colleagues_only(root: Path, audience: Audience) -> None:
    seen = view_for(opened(root).organisation, audience).organisation.roles["general"]
    assert (seen.members, seen.fields.lead, seen.fields.members) == ((), (), ())
    assert holder(seen) == "Team"


def test_no_byte_of_a_public_site_names_a_member(tmp_path: Path) -> None:
    public = "theme: {name: material, font: false}\nplugins: [search, rolebook: {audience: public}]\n"
    config = f"site_name: Us\ndocs_dir: content\n{public}"
    site, _ = build_site(write(tmp_path, {**FILES, "mkdocs.yml": config}), strict=True)
    found = {
        (name, path.relative_to(site).as_posix())
        for path in site.rglob("*")
        if path.is_file() and ".js" not in path.name
        for name in MEMBERS
        if any(part.encode() in path.read_bytes() for part in (name, name.split()[1]))
    }
    assert found == set()
    assert "We decide by consent" in page(site, "roles/general")
    assert "Ask the secretary" not in page(site, "roles/general")


def test_a_pack_says_where_the_role_fits_and_a_team_has_none(root: Path) -> None:
    assert run("pack", "beds", "-f", str(root / "mkdocs.yml"), "--to", str(root / "packs")).exit_code == 0
    (pack,) = (root / "packs").iterdir()
    text = pack.read_text(encoding="utf-8")
    assert "Garden circle" in text
    assert not any(name in text for name in MEMBERS)
    refused = run("pack", "garden", "-f", str(root / "mkdocs.yml"), "--to", str(root / "more"))
    assert refused.exit_code == 2
    assert "is a team" in refused.output


def test_all_open_seats_are_without_teams(root: Path) -> None:
    goal = root / "posts"
    run("pack", "--all-open", "--post", "-f", str(root / "mkdocs.yml"), "--to", str(goal))
    assert sorted(path.name for path in goal.iterdir()) == ["news-post.html"]


# --- changes ----------------------------------------------------------------------------------------


def changes(root: Path, path: str, edit: Callable[[str], str]) -> str:
    before = opened(root).organisation
    write(root, {path: edit(FILES[path])})
    return as_text(compare(State(before), State(opened(root).organisation)))


def test_who_joined_and_who_left_is_said_in_words(root: Path) -> None:
    text = changes(
        root,
        "roles/general.md",
        lambda text: text.replace("Dara Quinn", "{person: Fay Reed, as: delegate}").replace(
            "hours: 3", "hours: 2"
        ),
    )
    assert "  General circle\n" in text
    assert "- left the team: Dara Quinn" in text
    assert "+ joined the team: Fay Reed (delegate)" in text
    assert "hours of Cleo Marsh: 3\u00a0h → 2\u00a0h" in text
    assert "also changed" not in text


def test_a_new_lead_is_said_in_words(root: Path) -> None:
    text = changes(
        root, "roles/garden.md", lambda text: text.replace("lead: Dara Quinn", "lead: [Dara Quinn, ada]")
    )
    assert "Ada Stone in the team: Member → Lead" in text


def test_a_role_that_becomes_a_team_says_so(root: Path) -> None:
    text = changes(
        root,
        "roles/beds.md",
        lambda _: "---\ntitle: Keeper of beds\nkind: team\nparent: garden\nlead: fay\n---\n",
    )
    assert "kind: role → team" in text
    assert "- owner: Fay Reed" in text
    assert "+ joined the team: Fay Reed (Lead)" in text


def test_the_history_says_who_joined(tmp_path: Path) -> None:
    config = FILES["mkdocs.yml"].replace("rolebook]", "rolebook: {history: yes}]")
    joined = FILES["roles/garden.md"].replace("[Ada Stone,", "[Ben Hill, Ada Stone,")
    commit(tmp_path, {**FILES, "mkdocs.yml": config}, "2026-10-02T12:00:00Z")
    commit(tmp_path, {"mkdocs.yml": config, "roles/garden.md": joined}, "2026-11-02T12:00:00Z")
    site, _ = build_site(tmp_path)
    assert "Ben Hill" in page(site, "changes")
    assert "joined the team" in page(site, "changes").lower()


# --- what is written --------------------------------------------------------------------------------


def test_new_writes_a_sound_team(root: Path) -> None:
    words = ("--team", "--lead", "ada", "--member", "ben", "--parent", "general")
    assert run("new", "Safety committee", *words, "-f", str(root / "mkdocs.yml")).exit_code == 0
    team = opened(root).organisation.roles["safety-committee"]
    assert [(each.person.name, each.leads) for each in team.members] == [
        ("Ada Stone", True),
        ("Ben Hill", False),
    ]
    assert "safety-committee" not in reported(root)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--team", "--owner", "ada"), "A team has no owner"),
        (("--team", "--hours", "3"), "A team has no hours"),
        (("--lead", "ada"), "A role has no lead"),
    ],
)
def test_new_refuses_what_a_team_or_a_role_does_not_have(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("new", "Safety", *words, "--parent", "general", "-f", str(root / "mkdocs.yml"))
    assert result.exit_code == 2
    assert said in result.output


def test_a_person_who_is_renamed_is_renamed_in_teams(root: Path) -> None:
    assert run("rename", "Dara Quinn", "Dara Hale", "-f", str(root / "mkdocs.yml")).exit_code == 0
    for team in ("general", "garden"):
        assert "Dara Quinn" not in (root / f"roles/{team}.md").read_text(encoding="utf-8")
    assert [line for line in reported(root).splitlines() if "unknown-person" in line] == []


def test_a_member_s_name_in_another_form_is_fixed(root: Path) -> None:
    write(root, {"roles/garden.md": FILES["roles/garden.md"].replace("Fay Reed", "Fay-Reed")})
    run("check", "--fix", "-f", str(root / "mkdocs.yml"))
    team = opened(root).organisation.roles["garden"]
    assert [each.person.id for each in team.members] == ["dara", "ada", "fay"]


def test_whoever_has_left_is_reported_as_a_member(root: Path) -> None:
    write(root, {"people/dara.md": "---\nname: Dara Quinn\nends: 2026-12-31\n---\n"})
    text = reported(root)
    assert "roles/garden.md:5: Dara Quinn, whose last day was 31 December 2026, still leads" in text
    assert "still belongs to the team" in text


# --- tables -----------------------------------------------------------------------------------------


def imported(folder: Path, table: str, *words: str) -> tuple[Result, Path]:
    folder.mkdir(exist_ok=True)
    (folder / "t.csv").write_text(table, encoding="utf-8")
    return run("import", str(folder / "t.csv"), "--to", str(folder / "roles"), *words), folder / "roles"


def test_a_table_comes_back_as_it_was(root: Path, tmp_path: Path) -> None:
    exported = run("export", "--format", "csv", "-f", str(root / "mkdocs.yml"))
    assert exported.exit_code == 0, exported.output
    _, folder = imported(tmp_path / "back", exported.output)
    before = opened(root).organisation
    after = opened(
        write(tmp_path / "back", {key: text for key, text in FILES.items() if not key.startswith("roles")})
    )
    for role in before.roles.values():
        assert after.organisation.roles[role.id].file.fields == role.file.fields, role.id
    assert next(csv.reader(exported.output.lstrip("\ufeff").splitlines()))[:3] == ["id", "title", "kind"]
    assert folder.is_dir()


def test_rows_of_one_team_are_one_file(tmp_path: Path) -> None:
    table = (
        "id,title,kind,parent,owner,as,hours\n"
        "top,Council,council,,,,\n"
        "g,Garden,working group,top,Ada Stone,lead,2\n"
        "g,Garden,working group,top,Ben Hill,,\n"
        "g,Garden,working group,top,Ben Hill,secretary,1.5\n"
        "b,Keeper of beds,role,g,Fay Reed,,8\n"
    )
    result, roles = imported(tmp_path, table, "--map=weekly_hours=hours")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in roles.glob("*.md")) == ["b.md", "g.md", "top.md"]
    assert (roles / "g.md").read_text(encoding="utf-8") == (
        "---\ntitle: Garden\nkind: team\nparent: top\nlead: Ada Stone\nmembers:\n"
        "  - person: Ada Stone\n    weekly_hours: 2\n"
        "  - person: Ben Hill\n    as: secretary\n    weekly_hours: 1.5\n---\n"
    )


def test_members_may_stand_in_one_cell(tmp_path: Path) -> None:
    table = 'title,lead,members,parent\nTop,,"Ada Stone, Ben Hill",\n'
    table += 'Sub,Ada Stone,"Cleo Marsh (scribe, 2 to 3 h); Hale, Dara",Top\n'
    result, roles = imported(tmp_path, table)
    assert "1 issue to review" in result.output and "members has 'Hale, Dara'" in result.output
    assert "members:\n  - Ada Stone\n  - Ben Hill\n" in (roles / "top.md").read_text(encoding="utf-8")
    assert (
        (roles / "sub.md")
        .read_text(encoding="utf-8")
        .startswith(
            "---\ntitle: Sub\nkind: team\nparent: top\nlead: Ada Stone\nmembers:\n"
            "  - person: Cleo Marsh\n    as: scribe\n"
            "    weekly_hours: {min: 2, max: 3}\n  - Hale, Dara\n"
        )
    )


def test_memberships_says_that_every_row_is_one(tmp_path: Path) -> None:
    table = "Circle,Part of,Member\nTop,,Ada Stone\nTop,,Ben Hill\n"
    table += "Sub,Top,Ben Hill\nSub,,Cleo Marsh\nSub,Top,Vacant\n"
    maps = ("--map=title=Circle", "--map=parent=Part of", "--map=owner=Member")
    result, roles = imported(tmp_path, table, "--memberships", *maps)
    assert result.exit_code == 0, result.output
    assert "members:\n  - Ben Hill\n  - Cleo Marsh\n" in (roles / "sub.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in roles.glob("*.md")) == ["sub.md", "top.md"]


def test_two_teams_of_one_title_stay_two(tmp_path: Path) -> None:
    table = "title,kind,parent,owner\nA,team,,Ada Stone\nB,team,,Ada Stone\n"
    table += "Docs,team,A,Ben Hill\nDocs,team,B,Cleo Marsh\n"
    result, roles = imported(tmp_path, table)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in roles.glob("*.md")) == ["a.md", "b.md", "docs-2.md", "docs.md"]


def test_what_a_team_has_no_use_for_is_reported_and_kept_as_a_comment(tmp_path: Path) -> None:
    table = "title,kind,engagement,status\nTop,team,employee,filled\nOther,tribal,,\n"
    result, roles = imported(tmp_path, table)
    assert result.exit_code == 1
    assert "a team has no 'engagement'" in result.output
    assert "status 'filled' is left out" in result.output
    assert (
        "kind is 'tribal', which is read as a role. If it is a team, add --team \"tribal\"" in result.output
    )
    assert "# engagement: employee" in (roles / "top.md").read_text(encoding="utf-8")


def test_a_member_who_joins_is_written_into_the_team_s_file(tmp_path: Path) -> None:
    table = "title,kind,owner\nTop,team,Ada Stone\nTop,team,Ben Hill\n"
    imported(tmp_path, table)
    file = tmp_path / "roles/top.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n## Purpose\n\nKept.\n", encoding="utf-8")
    result, _ = imported(tmp_path, table + "Top,team,Cleo Marsh\n", "--update")
    assert result.exit_code == 0, result.output
    text = file.read_text(encoding="utf-8")
    assert "  - Ben Hill\n  - Cleo Marsh\n" in text
    assert "Kept." in text
    again, _ = imported(tmp_path, table + "Top,team,Cleo Marsh\n", "--update")
    assert "0 changed" in again.output


def test_days_of_members_that_no_cell_can_say_stay(tmp_path: Path) -> None:
    _, roles = imported(tmp_path, "title,kind,members\nTop,team,Ada Stone (scribe); Ben Hill\n")
    days = "  - person: Ben Hill\n    since: 2026-01-01\n    until: 2027-03-01\n"
    write(roles, {"top.md": of(roles, "top").replace("  - Ben Hill\n", days)})
    words = "title,kind,members\nTop,team,Ada Stone; Ben Hill (treasurer); Cleo Marsh\n"
    result, _ = imported(tmp_path, words, "--update")
    assert result.exit_code == 0, result.output
    treasurer = days.replace("    since", "    as: treasurer\n    since")
    assert f"members:\n  - Ada Stone\n{treasurer}  - Cleo Marsh\n" in of(roles, "top")


def test_who_was_a_member_until_a_day_stays_so_when_the_table_counts(tmp_path: Path) -> None:
    _, roles = imported(tmp_path, "title,kind,members\nTop,team,Ada Stone; Ben Hill\n")
    left = "  - person: Eoin Fall\n    until: 2020-01-01\n"
    write(roles, {"top.md": of(roles, "top").replace("  - Ben Hill\n", f"  - Ben Hill\n{left}")})
    table = "title,kind,members\nTop,team,Ada Stone; Cleo Marsh\n"
    result, _ = imported(tmp_path, table, "--update", "--prefer", "table")
    assert result.exit_code == 0, result.output
    assert f"members:\n  - Ada Stone\n  - Cleo Marsh\n{left}" in of(roles, "top")
    result, _ = imported(tmp_path, table, "--update")
    assert "0 new, 0 changed, 1 unchanged" in result.output


def test_a_federation_has_no_vacancy_and_a_file_for_each_team(tmp_path: Path) -> None:
    rows = ["title,kind,parent,owner,as\nFederation,team,,,\n"]
    for team in range(60):
        rows += [
            f"Team {team},team,Federation,Person {team * 7 + each},{'lead' * (each == 0)}\n"
            for each in range(5)
        ]
    result, roles = imported(tmp_path, "".join(rows))
    assert result.exit_code == 0, result.output
    write(
        tmp_path,
        {key: text for key, text in FILES.items() if not key.startswith(("roles", "people", "content/b"))},
    )
    assert len(list(roles.glob("*.md"))) == 61
    handbook = opened(tmp_path)
    assert [role for role in handbook.organisation.roles.values() if role.vacant] == []
    assert handbook.problems == ()


def test_the_page_of_changes_says_who_left() -> None:
    assert sentence(FieldChange("left the team", "Dara Quinn", "")) == "Left the team: Dara Quinn"
    assert sentence(FieldChange("cover", "Dara Quinn", "")) == "No more cover: Dara Quinn"


def of(roles: Path, name: str) -> str:
    return (roles / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("count", ["12", "0", "-"])
def test_a_number_of_members_names_none(tmp_path: Path, count: str) -> None:
    table = f"title,kind,owner,members\nBaker,,Ada Stone,{count}\nGuild,team,Ben Hill,{count}\n"
    result, roles = imported(tmp_path, table)
    assert result.exit_code == 1
    assert f"t.csv:2: members is '{count}', which names nobody" in result.output
    assert f"t.csv:3: members is '{count}', which names nobody" in result.output
    assert "kind: team" not in of(roles, "baker")
    assert "owner: Ada Stone\n" in of(roles, "baker")
    assert all(f"# members: {count}" in of(roles, each) for each in ("baker", "guild"))
    assert "members:\n  - Ben Hill\n" in of(roles, "guild")


def test_a_word_for_teams_is_one_more(tmp_path: Path) -> None:
    table = "title,kind,owner\nTop,tribal,Ada Stone\nSub,circle,Ben Hill\n"
    result, roles = imported(tmp_path, table, "--team", "tribal")
    assert result.exit_code == 0, result.output
    assert all("kind: team\n" in of(roles, each) for each in ("top", "sub"))


@pytest.mark.parametrize("word", ["lead", "Leader", "co-lead", "chair", "Co-Chair", "team lead"])
def test_a_lead_s_word_makes_a_lead(tmp_path: Path, word: str) -> None:
    _, roles = imported(tmp_path, f"title,kind,owner,as\nTop,team,Ada Stone,{word}\n")
    assert "lead: Ada Stone\n" in of(roles, "top")


@pytest.mark.parametrize(
    "words",
    [
        "former lead",
        "deputy lead",
        "vice-chair",
        "not lead",
        "tech lead",
        "head of beds",
        "former lead, scribe",
    ],
)
def test_other_words_with_lead_in_them_make_none(tmp_path: Path, words: str) -> None:
    _, roles = imported(tmp_path, f'title,kind,owner,as\nTop,team,Ada Stone,"{words}"\n')
    assert "lead:" not in of(roles, "top")
    assert f"  - person: Ada Stone\n    as: {words}\n" in of(roles, "top")


def test_who_is_called_chair_in_an_export_leads_no_more_than_before(root: Path, tmp_path: Path) -> None:
    text = "---\ntitle: General circle\nkind: team\nlead: Ada Stone\nmembers:\n"
    text += "  - {person: Cleo Marsh, as: chair}\n  - {person: Dara Quinn, as: lead}\n"
    text += '  - {person: Fay Reed, as: "scribe; 50 %"}\n---\n'
    write(root, {"roles/general.md": text})
    exported = run("export", "--format", "csv", "-f", str(root / "mkdocs.yml")).output
    imported(tmp_path / "back", exported)
    rest = {key: text for key, text in FILES.items() if not key.startswith("roles")}
    before = opened(root).organisation.roles
    after = opened(write(tmp_path / "back", rest)).organisation.roles
    assert {id: each.file.fields for id, each in after.items()} == {
        id: each.file.fields for id, each in before.items()
    }


@pytest.mark.parametrize(
    ("details", "as_", "hours"),
    [
        ("50 %", "", "18.75"),
        ("0.2 FTE", "", "7.5"),
        ("4h/week", "", "4"),
        ("1/2 day", "", "3.75"),
        ("7,5 h", "", "7.5"),
        ("secretary; 3 h", "secretary", "3"),
        ("3 h, secretary", "secretary", "3"),
        ("secretary, 2 to 3 h", "secretary", "{min: 2, max: 3}"),
        ("scribe; delegate", "scribe; delegate", ""),
        ("since 2020", "since 2020", ""),
    ],
)
def test_a_member_s_hours_are_read_as_all_hours(tmp_path: Path, details: str, as_: str, hours: str) -> None:
    result, roles = imported(tmp_path, f'title,members\nTop,"Ada Stone ({details}); Ben Hill"\n')
    assert result.exit_code == 0, result.output
    lines = "  - person: Ada Stone\n" + (f"    as: {as_}\n" if as_ else "")
    lines += f"    weekly_hours: {hours}\n" if hours else ""
    assert f"members:\n{lines}  - Ben Hill\n" in of(roles, "top")


def test_how_a_member_s_hours_were_read_is_said(tmp_path: Path) -> None:
    result, _ = imported(tmp_path, 'title,members\nTop,"Ada Stone (50 %)"\n')
    assert "'50 %' beside Ada Stone is read as 18.75 h a week; a full week is 37.5 h" in result.output
    rows = "title,kind,owner,weekly_hours\nSub,team,Ben Hill,1/2 day\n"
    result, _ = imported(tmp_path / "rows", rows)
    assert "weekly_hours '1/2 day' is read as 3.75 h a week; a day is 7.5 h" in result.output


def test_a_number_alone_beside_a_member_is_reported(tmp_path: Path) -> None:
    result, roles = imported(tmp_path, 'title,members\nTop,"Ada Stone (3); Ben Hill (scribe, 2024)"\n')
    assert result.exit_code == 1
    assert (
        "t.csv:2: '3' beside Ada Stone may mean anything. If these are hours a week, write "
        "'Ada Stone (3 h)'. It was left out and kept as a comment in top.md."
    ) in result.output
    assert "'2024' beside Ben Hill may mean anything" in result.output
    text = of(roles, "top")
    assert "members:\n  - Ada Stone\n  - person: Ben Hill\n    as: scribe\n" in text
    assert "# members: Ada Stone (3)  (row 2 of t.csv: a number without a word)" in text


def test_a_number_that_a_file_has_comes_back(root: Path, tmp_path: Path) -> None:
    write(root, {"roles/garden.md": "---\ntitle: G\nkind: team\nmembers: [{person: ada, as: '3'}]\n---\n"})
    table = run("export", "--format", "csv", "-f", str(root / "mkdocs.yml")).output
    result, roles = imported(tmp_path, table)
    assert result.exit_code == 0 and '    as: "3"\n' in of(roles, "garden"), result.output


def test_a_member_s_hours_that_no_week_has_are_reported(tmp_path: Path) -> None:
    result, roles = imported(tmp_path, 'title,members\nTop,"Ada Stone (scribe, 200 h); Ben Hill"\n')
    assert result.exit_code == 1
    assert "t.csv:2: the hours of Ada Stone are '200 h'" in result.output
    text = of(roles, "top")
    assert "  - person: Ada Stone\n    as: scribe\n  - Ben Hill\n" in text
    assert "# weekly_hours: Ada Stone (scribe, 200 h)" in text


def test_hours_of_nobody_in_a_team_are_reported(tmp_path: Path) -> None:
    table = "title,kind,owner,weekly_hours\nTop,team,Ada Stone,2\nTop,team,,3\nTop,team,Vacant,4\n"
    result, roles = imported(tmp_path, table)
    assert result.exit_code == 1
    assert "t.csv:3: weekly_hours is '3', and the row names nobody" in result.output
    assert "t.csv:4: weekly_hours is '4', and the row names nobody" in result.output
    assert "owner 'Vacant' is no member of the team (row 4)" in result.output
    text = of(roles, "top")
    assert "# weekly_hours: 3 " in text
    assert "# weekly_hours: 4 " in text
    assert text.count("person:") == 1


def test_words_for_nobody_are_no_members_and_no_leads(tmp_path: Path) -> None:
    table = "title,kind,owner,lead,members\nTop,team,TBD,to be decided,Ada Stone; TBC (scribe); 12\n"
    result, roles = imported(tmp_path, table)
    assert result.exit_code == 1
    for field, word in (("owner", "TBD"), ("lead", "to be decided"), ("members", "12")):
        assert f"{field} has '{word}', which is not a name" in result.output
    assert "members has 'TBC (scribe)', which is not a name" in result.output
    text = of(roles, "top")
    assert "members:\n  - Ada Stone\n" in text
    assert "\nlead:" not in text
    assert "# lead: to be decided" in text


def test_an_update_says_the_same_in_every_run(tmp_path: Path) -> None:
    table = "title,owner,location,purpose,status,skills\nTop,Ada Stone,{0},{0},{1},{0}\n"
    imported(tmp_path, table.format("a", "open"))
    (tmp_path / "t.csv").write_text(table.format("b", "filled"), encoding="utf-8")
    command = ("import", "t.csv", "--to", "roles", "--update", "--dry-run")
    found = {
        subprocess.run(
            [sys.executable, "-c", "from rolebook.cli import main; main()", *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for seed in range(1, 5)
    }
    (only,) = found
    assert "purpose 'a' → 'b'; status 'open' → 'filled'; skills 'a' → 'b'; location 'a' → 'b'" in only


# --- planned and retired ----------------------------------------------------------------------------


NOT_TODAY: Mapping[str, str] = {
    "roles/old.md": (
        "---\ntitle: Old circle\nkind: team\nparent: garden\nstatus: retired\nmembers: [Fay Reed]\n---\n"
    ),
    "roles/next.md": "---\ntitle: Baker\nparent: garden\nstatus: planned\n---\n",
}


def test_planned_and_retired_teams_are_counted_by_themselves_and_named_as_teams(root: Path) -> None:
    write(root, NOT_TODAY)
    assert holder(opened(root).organisation.roles["old"]) == "Retired team"
    built, _ = build_site(root)
    words = " ".join(page(built, "roles/garden").split())
    assert ">1 role, 1 planned role and 1 retired team below<" in words
    assert "2 roles, 2 teams, 1 planned role and 1 retired team, A to Z." in page(built, "roles")
    assert "3 roles" not in page(built, "tree")
    old = page(built, "roles/old")
    assert '<span class="rb-badge rb-retired">Retired team</span>' in old
    result = run("check", "-f", str(root / "mkdocs.yml"))
    assert "2 roles, 2 teams, 1 planned role and 1 retired team, 6 people: " in result.output


def test_what_is_part_of_a_team_is_not_called_its_reports(site: Path) -> None:
    assert 'id="below-it"' in page(site, "roles/garden")
    assert "Direct reports" not in page(site, "roles/garden")


def test_too_many_hours_in_teams_alone_are_no_seats(root: Path) -> None:
    write(root, {"people/cleo.md": "---\nname: Cleo Marsh\nweekly_capacity: 2\n---\n"})
    assert (
        "advice: people/cleo.md:3: Cleo Marsh is over capacity: 3\xa0h of work a week for 2\xa0h. "
        "Give 1\xa0h in teams to others, or write fewer."
    ) in reported(root)


def test_members_that_may_be_more_than_names_are_reported(tmp_path: Path) -> None:
    cells = (
        "Ada Stone (lead; 4h), Eoin Fall 2h, Fay",
        "Ada Stone; Gus Reed, treasurer; 5 others",
        "Ada, Ben, Cy",
    )
    rows = "".join(f'T{at},"{cell}"\n' for at, cell in enumerate(cells))
    result, roles = imported(tmp_path, f"title,members\n{rows}")
    assert "  - Eoin Fall 2h\n  - Fay\n" in of(roles, "t0")
    assert "  - Ada\n  - Ben\n  - Cy\n" in of(roles, "t2")
    for name in ("Eoin Fall 2h", "5 others"):
        assert f"'{name}'" in result.output
    assert "3 unclear-holder" in result.output
    assert "'Gus Reed, treasurer' is read as Gus Reed (treasurer)" in result.output


@pytest.mark.parametrize(
    ("cell", "reported"),
    [("Hale, Dara", 1), ("Hale, Dara; Ben Hill", 1), ("Ada Stone, Ben Hill", 0), ("Hale, D.; Hill, B.", 0)],
)
def test_a_last_name_first_among_others_is_reported(tmp_path: Path, cell: str, reported: int) -> None:
    result, _ = imported(tmp_path, f'title,members\nTop,"{cell}"\n')
    assert result.exit_code == reported, result.output
    assert result.output.count("'Hale, Dara', which may be a last and a first name") == reported


def test_a_team_with_another_title_is_known_by_its_members(tmp_path: Path) -> None:
    table = "title,kind,owner\nTop,team,Ada Stone\nTop,team,Ben Hill\n"
    _, roles = imported(tmp_path, table)
    renamed = table.replace("Top", "General circle")
    asked, _ = imported(tmp_path, renamed, "--update")
    assert "has the same members as top" in asked.stderr and "--match 2=top" in asked.stderr
    # Any row of the team names it.
    for row in ("3=top", "t.csv:3=top"):
        answered, _ = imported(tmp_path, renamed, "--update", "--match", row)
        assert answered.exit_code == 0, answered.output
    assert sorted(path.stem for path in roles.glob("*.md")) == ["top"]
    assert "title: General circle" in (roles / "top.md").read_text(encoding="utf-8")
