"""What git tells of an organisation: changes by month, former holders, and where roles were before."""

import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from projects import opened, write
from repositories import commit, git
from rolebook.cli import main
from rolebook.history import History
from rolebook.pages.plan import Plan
from rolebook.pages.redirects import redirects
from sites import MKDOCS_YML, build_site, dead_links, refused_build

HISTORY = MKDOCS_YML.replace("rolebook]", "{rolebook: {history: yes}}]")


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are those of this machine's zone; here they are those of the commits as they are written."""
    with monkeypatch.context() as set_:
        set_.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def role(title: str, *more: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in (f"title: {title}", *more)) + "---\n"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five commits in a folder of a repository, one of them a merge."""
    top = tmp_path_factory.mktemp("history")
    root = top / "book"

    def change(date: str, files: dict[str, str | None]) -> None:
        commit(top, {"mkdocs.yml": "", **{f"book/{path}": text for path, text in files.items()}}, date=date)

    first = {
        "mkdocs.yml": HISTORY,
        "content/index.md": "# Home\n",
        "roles/owner.md": role("Owner", "owner: ada"),
        "roles/sales.md": role("Sales", "parent: owner", "owner: ada", "weekly_hours: 10"),
        "roles/books.md": role("Books", "parent: owner", "owner: Ben"),
        "people/ada.md": "---\nname: Ada King\n---\n",
        "people/ben.md": "---\nname: Ben\n---\n",
    }
    change("2026-09-30T23:30:00-02:00", first)
    change("2026-10-05T12:00:00Z", {"roles/sales.md": role("Sales", "parent: owner", "owner: Carl <b>")})
    git(top, "checkout", "-q", "-b", "branch")
    change("2026-10-20T12:00:00Z", {"roles/shop.md": role("Shop", "parent: owner")})
    git(top, "checkout", "-q", "main")
    change(
        "2026-11-02T12:00:00Z",
        {
            "roles/books.md": None,
            "roles/money/accounts.md": role("Books", "parent: owner", "owner: ada"),
            "roles/sales.md": None,
            "roles/market/sales.md": role("Sales", "parent: owner", "owner: ben"),
        },
    )
    git(top, "merge", "-q", "--no-ff", "-m", "merge", "branch", date="2026-12-24T12:00:00Z")
    return root


def redirected(plan: Plan) -> dict[str, str]:
    """The pages at former addresses of roles and people; not that of a page that was there for all."""
    return {path: html for path, html in redirects(plan).items() if path != "tree/index.html"}


def history_of(root: Path) -> History | None:
    return opened(root).with_history().history


def test_changes_are_reported_by_month_and_merges_by_their_day(handbook: Path) -> None:
    history = history_of(handbook)
    assert history is not None
    assert history.begins == dt.date(2026, 10, 1)
    assert not history.cut_off
    reported = [
        (
            str(month.first),
            [each.title for each in month.changes.added],
            [(each.role.title, [d.what for d in each.differences]) for each in month.changes.changed],
        )
        for month in history.months
    ]
    assert reported == [
        ("2026-12-01", ["Shop"], []),
        ("2026-11-01", [], [("Books", ["file name", "owner"]), ("Sales", ["file", "owner"])]),
        ("2026-10-01", [], [("Sales", ["owner", "hours a week"])]),
    ]


def test_every_file_has_the_day_of_its_last_change(handbook: Path) -> None:
    history = history_of(handbook)
    assert history is not None
    assert {path: str(day) for path, day in history.changed.items() if path.endswith(".md")} == {
        "roles/owner.md": "2026-10-01",
        "roles/sales.md": "2026-11-02",
        "roles/books.md": "2026-11-02",
        "roles/money/accounts.md": "2026-11-02",
        "roles/market/sales.md": "2026-11-02",
        "roles/shop.md": "2026-12-24",
        "people/ada.md": "2026-10-01",
        "people/ben.md": "2026-10-01",
    }


def test_changed_promises_are_reported_by_month(tmp_path: Path) -> None:
    model = "---\ndeliverables: [{{id: fast, name: {0}}}]\n---\n"
    role_text = role("Owner", "owner: ada", "deliverable: [{outcome: Ten a day, for: fast}]")
    business = "content/business-model.md"
    kept = {"mkdocs.yml": HISTORY}
    commit(tmp_path, kept | {"content/index.md": "# Home\n", "roles/owner.md": role_text})
    commit(tmp_path, kept | {business: model.format("Fast")}, "2026-11-02T12:00:00Z")
    commit(tmp_path, kept | {business: model.format("Faster")}, "2026-12-02T12:00:00Z")
    site, _ = build_site(tmp_path)
    changes = (site / "changes/index.html").read_text(encoding="utf-8")
    text = " ".join(re.sub("<[^>]*>", " ", changes.split("</article>")[0]).split())
    assert text.endswith(
        "December 2026 Business model Promise Fast: name Faster (was Fast) "
        "November 2026 Business model Promise Fast"
    )


def test_former_holders_are_those_of_the_commits(handbook: Path) -> None:
    history = history_of(handbook)
    assert history is not None
    found = {
        role_id: [(each.name, str(each.since), str(each.until)) for each in holders]
        for role_id, holders in history.holders.items()
    }
    assert found == {
        "sales": [("Carl <b>", "2026-10-05", "2026-11-02"), ("Ada King", "None", "2026-10-05")],
        "accounts": [("Ben", "None", "2026-11-02")],
    }


def test_former_places_lead_to_where_roles_are_now(handbook: Path) -> None:
    plan = opened(handbook).with_history().plan()
    assert plan.history is not None
    assert plan.history.moved == {"roles/sales.md": "sales", "roles/books.md": "accounts"}
    found = redirected(plan)
    assert set(found) == {
        "roles/sales/index.html",
        *(f"{folder}/books/index.html" for folder in ("roles", "jobs", "org-chart")),
    }
    assert 'url=../accounts/"' in found["jobs/books/index.html"]
    assert 'url=../../roles/money/accounts/"' in found["org-chart/books/index.html"]
    assert 'content="0; url=../market/sales/"' in found["roles/sales/index.html"]


def test_the_site_shows_it_and_no_link_is_dead(handbook: Path) -> None:
    site, lines = build_site(handbook)
    assert [line for line in lines if line.startswith("ERROR")] == []
    assert list(dead_links(site)) == []
    page = (site / "changes/index.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "The handbook was started on 1 October 2026." in page
    assert (
        page.index('id="december-2026"') < page.index('id="november-2026"') < page.index('id="october-2026"')
    )
    assert "Owner: Carl &lt;b&gt; (was Ada King)" in page
    sales = (
        (site / "roles/market/sales/index.html")
        .read_text(encoding="utf-8")
        .replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "Carl &lt;b&gt;" in sales
    assert "5 October 2026 to 2 November 2026" in sales
    assert "until 5 October 2026" in sales
    assert "Former holders" not in (site / "roles/shop/index.html").read_text(encoding="utf-8")


def test_a_shallow_clone_says_what_it_lacks(handbook: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "2", handbook.parent.as_uri(), "clone")
    root = tmp_path / "clone/book"
    history = history_of(root)
    assert history is not None and history.cut_off
    assert [[each.title for each in month.changes.added] for month in history.months] == [["Shop"]]
    assert history.holders == {}
    site, _ = build_site(root)
    page = (site / "changes/index.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "Changes before 2 November 2026 are not shown" in page


@pytest.mark.parametrize("git_there", [True, False])
def test_without_a_repository_or_git_there_is_no_history(
    git_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, {"mkdocs.yml": HISTORY, "content/index.md": "# Home\n", "roles/x.md": role("X")})
    if git_there:
        git(root, "init", "-q")
    else:
        monkeypatch.setenv("PATH", "/nowhere")
    site, logged = build_site(root)
    assert not (site / "changes").exists()
    reason = "no commit yet" if git_there else "Git cannot be started"
    assert [line for line in logged if "no-history" in line and reason in line]
    refused_build(root, strict=True)


def test_history_is_read_only_when_it_is_wanted(
    handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, {"roles/x.md": role("X")})
    commit(root, {})
    monkeypatch.setattr("rolebook.handbook.read_history", lambda *_: pytest.fail("read"))
    assert opened(root).with_history().history is None


SETTINGS = {
    "log.showRoot": "false",
    "log.diffMerges": "combined",
    "log.follow": "true",
    "diff.relative": "true",
    "diff.renames": "copies",
    "color.ui": "always",
    "core.quotePath": "true",
    "format.pretty": "oneline",
}


def test_a_persons_own_settings_of_git_change_nothing(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = history_of(handbook)
    for at, (name, value) in enumerate(SETTINGS.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{at}", name)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{at}", value)
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(SETTINGS)))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    after = history_of(handbook)
    assert before is not None and after is not None
    assert (after.begins, after.holders, after.moved) == (before.begins, before.holders, before.moved)
    assert [month.first for month in after.months] == [month.first for month in before.months]


def test_a_history_that_was_fetched_in_part_is_reported(handbook: Path, tmp_path: Path) -> None:
    top = handbook.parent
    git(top, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", top.as_uri(), "part")
    site, logged = build_site(tmp_path / "part/book")
    assert [line for line in logged if "no-history" in line and "a partial clone" in line]
    assert not (site / "changes").exists()
    refused_build(tmp_path / "part/book", strict=True)


def test_a_file_that_once_was_too_large_is_passed_over(tmp_path: Path) -> None:
    large = {"roles/b.md": role("B") + "x" * 100_000}
    commit(tmp_path, {"mkdocs.yml": HISTORY, "roles/a.md": role("A")} | large)
    commit(tmp_path, {"mkdocs.yml": HISTORY, "roles/b.md": role("B")}, date="2026-12-01T00:00:00Z")
    (month,) = (history_of(tmp_path) or pytest.fail()).months
    assert [each.title for each in month.changes.added] == ["B"]


def test_files_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    broken = {"roles/b.md": b"\xff\xfe", "roles/c.md": "---\n[", "roles/ü ö.md": role("U")}
    commit(tmp_path, {"mkdocs.yml": HISTORY, "roles/a.md": role("A"), **broken})
    corrected = {"roles/a.md": role("A", "owner: Xia"), "roles/b.md": role("B")}
    commit(tmp_path, {"mkdocs.yml": HISTORY, **corrected}, date="2026-12-01T00:00:00Z")
    (month,) = (history_of(tmp_path) or pytest.fail()).months
    assert [each.title for each in month.changes.added] == ["B"]
    assert [each.role.title for each in month.changes.changed] == ["A"]


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("old", "roles/old/index.html"),
        ("roles/team/old.md", "roles/team/old/index.html"),
        ("/roles/team/old/", "roles/team/old/index.html"),
        ("old.html", "roles/old/index.html"),
        ("../../etc/passwd", "roles/etc/passwd/index.html"),
        ("a b#c", "roles/a b#c/index.html"),
    ],
)
def test_aliases_become_redirects(alias: str, file: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"roles/x.md": role('"</title><script>"', f"aliases: ['{alias}', x]")})
    found = redirected(opened(root).plan())
    former_id = file.split("/")[-2]
    assert set(found) == {file, f"jobs/{former_id}/index.html", f"org-chart/{former_id}/index.html"}
    assert "<script>" not in found[file]


@pytest.mark.parametrize("alias", ["jobs/old", "/org-chart/old/", "roles/old.md", "tree/old/index.html"])
def test_any_former_address_of_a_role_stands_for_all(alias: str, tmp_path: Path) -> None:
    files = {"roles/x.md": role("X", f"aliases: {alias}"), "roles/y.md": role("Y", "parent: x")}
    found = redirected(opened(write(tmp_path, files)).plan())
    goals = {path: re.findall('canonical" href="(.*?)"', html) for path, html in found.items()}
    assert goals == {
        "roles/old/index.html": ["../x/"],
        "jobs/old/index.html": ["../x/"],
        "org-chart/old/index.html": ["../x/"],
    }


def test_a_former_name_that_differs_in_capitals_replaces_no_page(tmp_path: Path) -> None:
    files = {
        "roles/x.md": role("X", "aliases: [X, Old]", "owner: ann"),
        "people/ann.md": "---\nname: Ann\naliases: [Ann, annie]\n---\n",
    }
    found = redirected(opened(write(tmp_path, files)).plan())
    assert {path.split("/")[1] for path in found} == {"Old", "annie"}
    assert 'url=../ann/"' in found["people/annie/index.html"]


def test_people_roles_and_their_former_names_are_followed_through_several_renames(tmp_path: Path) -> None:
    ann = "---\nname: Ann Ek\nemail: ann@example.org\n---\n"
    files: dict[str, str | bytes | None] = {
        "content/index.md": "# Home\n",
        "roles/boss.md": role("Boss", "owner: ann"),
        "roles/a.md": role("A", "parent: boss", "owner: ann", "aliases: [first]"),
        "roles/gone.md": role("Gone", "parent: boss", "aliases: [before-gone]"),
        "people/ann.md": ann,
    }

    def change(date: str, files: dict[str, str | bytes | None]) -> None:
        commit(tmp_path, {"mkdocs.yml": HISTORY, **files}, f"{date}T12:00:00Z")

    change("2026-11-01", files)
    change("2026-11-02", {"roles/a.md": None, "roles/b.md": role("A", "parent: boss", "owner: ann")})
    married = ann.replace("Ek", "Berg")
    changes: dict[str, str | bytes | None] = {
        "roles/b.md": None,
        "roles/c.md": role("A", "parent: boss", "owner: Ann Berg"),
        "people/ann.md": None,
        "people/berg.md": married,
        "roles/boss.md": role("Boss", "owner: berg"),
    }
    change("2026-11-03", changes)
    merged = role("A", "parent: boss", "owner: Ann Berg", "aliases: [gone]")
    change("2026-12-01", {"roles/gone.md": None, "roles/c.md": merged})
    history = history_of(tmp_path)
    assert history is not None
    assert history.moved == {
        **dict.fromkeys(("roles/a.md", "roles/b.md", "first"), "c"),
        **dict.fromkeys(("roles/gone.md", "gone", "before-gone"), "c"),
    }
    assert history.moved_people == {"people/ann.md": "berg"}
    assert history.holders == {}  # it was she all the time
    december, november = history.months
    assert [each.title for each in december.changes.retired] == ["Gone"]
    assert [(each.before.name, each.after.name) for each in november.changes.people] == [
        ("Ann Ek", "Ann Berg")
    ]
    assert [each.role.title for each in november.changes.changed] == ["A"]
    assert [(each.what, each.after) for each in november.changes.changed[0].differences] == [
        ("file name", "c"),
        ("also changed", "Former paths"),
    ]


def test_redirects_work_without_folders_for_pages(tmp_path: Path) -> None:
    files = {"mkdocs.yml": MKDOCS_YML, "content/index.md": "# Home\n"}
    root = write(tmp_path, files | {"roles/new.md": role("X", "aliases: [team/old]")})
    site, _ = build_site(root, use_directory_urls=False)
    assert "url=../new.html" in (site / "roles/team/old.html").read_text(encoding="utf-8")


def keep(root: Path, files: dict[str, str | bytes | None], date: str = "2026-11-01T12:00:00Z") -> str:
    return commit(root, {"mkdocs.yml": HISTORY, "content/index.md": "# Home\n", **files}, date)


def former_holders(root: Path) -> dict[str, list[tuple[str, str, str]]]:
    history = history_of(root)
    assert history is not None
    return {
        role_id: [(each.name, f"{each.since or ''}", str(each.until)) for each in holders]
        for role_id, holders in history.holders.items()
    }


def test_a_renamed_role_is_held_since_the_day_it_was_taken_over(tmp_path: Path) -> None:
    def change(day: str, name: str, owner: str, gone: str = "") -> None:
        files = {f"roles/{name}.md": role("SEO", f"owner: {owner}")}
        keep(tmp_path, {**files, **({f"roles/{gone}.md": None} if gone else {})}, f"2026-{day}T12:00:00Z")

    change("01-05", "a", "Cy Low")
    change("03-01", "b", "Cy Low", gone="a")
    change("03-05", "b", "Ben Hill")
    change("03-12", "c", "Ben Hill", gone="b")
    change("03-15", "c", "Ada Stone")
    assert former_holders(tmp_path) == {
        "c": [("Ben Hill", "2026-03-05", "2026-03-15"), ("Cy Low", "", "2026-03-05")]
    }


PPC = role("PPC management", "parent: boss", "owner: Ben Hill", "weekly_hours: 12", "purpose: Leads.")
PAID = PPC.replace("PPC management", "Paid ads")
ALIAS = PPC.replace("purpose", "aliases: [roles/ppc.md]\npurpose")
NEW = role("PPC reporting", "parent: boss", "owner: Cy Low", "weekly_hours: 3")


@pytest.mark.parametrize("renamed", [PPC, ALIAS, PAID])
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("same_month", [True, False])
def test_a_name_that_is_used_again_is_another_role(
    renamed: str, at_once: bool, same_month: bool, tmp_path: Path
) -> None:
    begun = keep(tmp_path, {"roles/boss.md": role("Boss"), "roles/ppc.md": PPC}, "2026-01-05T12:00:00Z")
    if not at_once:
        keep(tmp_path, {"roles/ppc.md": None, "roles/paid-ads.md": renamed}, "2026-02-05T12:00:00Z")
    day = "2026-02-12" if same_month else "2026-03-12"
    keep(tmp_path, {"roles/paid-ads.md": renamed, "roles/ppc.md": NEW}, f"{day}T12:00:00Z")
    keep(tmp_path, {"roles/boss.md": role("Boss", "owner: Ada")}, "2026-04-01T12:00:00Z")
    said = json.loads(
        CliRunner().invoke(main, ["diff", begun, "-f", f"{tmp_path}/mkdocs.yml", "--format", "json"]).stdout
    )
    assert [each["id"] for each in said["added"]] == ["ppc"]
    assert said["renamed"] == {"ppc": "paid-ads"}
    assert {each["id"] for each in said["changed"]} == {"paid-ads", "boss"}
    assert former_holders(tmp_path) == {}
    history = history_of(tmp_path)
    assert history is not None
    added = [each.title for month in history.months for each in month.changes.added]
    assert added == ["PPC reporting"]
    (owner,) = (
        (each.role.id, change.before, change.after)
        for month in history.months
        for each in month.changes.changed
        for change in each.differences
        if change.what == "owner"
    )
    assert owner == ("boss", "vacant", "Ada")


def test_roles_and_people_that_swap_file_names_stay_who_they_are(tmp_path: Path) -> None:
    def person(name: str) -> str:
        return f"---\nname: {name}\n---\n"

    third = role("Shipping", "parent: boss", "owner: Dee Wu", "weekly_hours: 5")
    boss = {"roles/boss.md": role("Boss"), "people/a.md": person("Abe Roe"), "people/b.md": person("Bea Sy")}
    begun = keep(
        tmp_path, {**boss, "roles/a.md": PPC, "roles/b.md": NEW, "roles/c.md": third}, "2026-01-05T12:00:00Z"
    )
    swapped = {"roles/a.md": NEW, "roles/b.md": third, "roles/c.md": PPC}
    keep(
        tmp_path,
        {**swapped, "people/a.md": person("Bea Sy"), "people/b.md": person("Abe Roe")},
        "2026-02-05T12:00:00Z",
    )
    said = json.loads(
        CliRunner().invoke(main, ["diff", begun, "-f", f"{tmp_path}/mkdocs.yml", "--format", "json"]).stdout
    )
    assert said["renamed"] == {"a": "c", "b": "a", "c": "b"}
    assert (said["added"], said["retired"]) == ([], [])
    whats = {change["what"] for each in said["changed"] for change in each["differences"]}
    assert whats == {"file name"}
    assert former_holders(tmp_path) == {}


def test_roles_that_swap_titles_stay_where_they_are(tmp_path: Path) -> None:
    one = role("Writer", "parent: boss", "owner: Ada Stone", "weekly_hours: 12", "purpose: Texts.")
    other = role("Editor", "parent: boss", "owner: Ben Hill", "weekly_hours: 5", "purpose: Books.")
    begun = keep(
        tmp_path, {"roles/boss.md": role("Boss"), "roles/a.md": one, "roles/b.md": other}, "2026-01-05T12:00Z"
    )
    files = {"roles/a.md": one.replace("Writer", "Editor"), "roles/b.md": other.replace("Editor", "Writer")}
    keep(tmp_path, {**files}, "2026-02-05T12:00Z")
    said = json.loads(
        CliRunner().invoke(main, ["diff", begun, "-f", f"{tmp_path}/mkdocs.yml", "--format", "json"]).stdout
    )
    assert said["renamed"] == {}
    assert {each["id"] for each in said["changed"]} == {"a", "b"}


def test_a_name_that_goes_to_another_role_of_the_same_title(tmp_path: Path) -> None:
    def helper(*more: str) -> str:
        return role("Assistant", "parent: boss", *more)

    was = helper("owner: Ada Stone", "weekly_hours: 12", "purpose: Answers mail.", "location: York")
    now = helper("owner: Cy Low", "weekly_hours: 3", "purpose: Files bills.", "location: Hull")
    begun = keep(tmp_path, {"roles/boss.md": role("Boss"), "roles/assistant.md": was}, "2026-01-05T12:00Z")
    (tmp_path / "roles/mail.md").write_text(was, encoding="utf-8")
    (tmp_path / "roles/assistant.md").write_text(now, encoding="utf-8")
    said = json.loads(
        CliRunner().invoke(main, ["diff", begun, "-f", f"{tmp_path}/mkdocs.yml", "--format", "json"]).stdout
    )
    assert said["renamed"] == {"assistant": "mail"}
    assert [each["id"] for each in said["added"]] == ["assistant"]


def test_a_role_whose_name_is_used_again_keeps_its_page_in_the_list_of_changes(tmp_path: Path) -> None:
    def change(day: str, files: dict[str, str | bytes | None]) -> None:
        keep(tmp_path, files, f"2026-{day}T12:00:00Z")

    change("01-05", {"roles/boss.md": role("Boss")})
    change("02-05", {"roles/ppc.md": PPC})
    change("03-05", {"roles/ppc.md": None, "roles/paid-ads.md": PPC})
    change("04-05", {"roles/ppc.md": NEW})
    change("05-05", {"roles/ppc.md": None, "roles/report.md": NEW})
    site, _ = build_site(tmp_path)
    page = (site / "changes/index.html").read_text(encoding="utf-8")
    assert re.findall('href="../roles/([^"]*)/">(PPC[^<]*)<', page) == [
        ("report", "PPC reporting"),
        ("report", "PPC reporting"),
        ("paid-ads", "PPC management"),
        ("paid-ads", "PPC management"),
    ]


def test_a_person_s_name_that_is_used_again_is_another_person(tmp_path: Path) -> None:
    def person(name: str) -> str:
        return f"---\nname: {name}\n---\n"

    def change(day: str, files: dict[str, str | bytes | None]) -> str:
        return keep(tmp_path, files, f"2026-{day}T12:00:00Z")

    book: dict[str, str | bytes | None] = {"people/ben.md": person("Ben Hill")}
    begun = change("01-05", {**book, "roles/boss.md": role("Boss", "owner: ben", "weekly_hours: 9")})
    files = {"people/ben-hill.md": person("Ben Hill"), "people/ben.md": person("Ben Ray")}
    change("02-05", {**files, "roles/boss.md": role("Boss", "owner: ben-hill", "weekly_hours: 9")})
    change("03-05", {"roles/boss.md": role("Boss", "owner: ben", "weekly_hours: 9")})
    assert former_holders(tmp_path) == {"boss": [("Ben Hill", "", "2026-03-05")]}
    history = history_of(tmp_path)
    assert history is not None
    march, february = history.months
    assert [each.differences for each in february.changes.changed] == []
    assert [(each.person.name, each.gained) for each in march.changes.loads] == [
        ("Ben Ray", 9),
        ("Ben Hill", -9),
    ]
    said = CliRunner().invoke(main, ["diff", begun, "-f", f"{tmp_path}/mkdocs.yml"]).stdout
    assert "owner: Ben Hill → Ben Ray" in said
    assert "file: people/ben.md → people/ben-hill.md" in said


def test_a_deleted_role_lends_its_name_to_another(tmp_path: Path) -> None:
    keep(tmp_path, {"roles/boss.md": role("Boss"), "roles/ppc.md": PPC})
    keep(tmp_path, {"roles/ppc.md": None}, "2026-12-01T12:00:00Z")
    keep(tmp_path, {"roles/ppc.md": NEW}, "2026-12-05T12:00:00Z")
    assert former_holders(tmp_path) == {}
    history = history_of(tmp_path)
    assert history is not None
    (month,) = history.months
    assert [each.title for each in month.changes.added] == ["PPC reporting"]
    assert [each.title for each in month.changes.retired] == ["PPC management"]


def test_a_role_that_comes_back_is_the_same(tmp_path: Path) -> None:
    keep(tmp_path, {"roles/boss.md": role("Boss"), "roles/ppc.md": PPC})
    keep(tmp_path, {"roles/ppc.md": None}, "2026-12-01T12:00:00Z")
    keep(tmp_path, {"roles/ppc.md": PPC.replace("Ben Hill", "Cy Low")}, "2026-12-05T12:00:00Z")
    assert former_holders(tmp_path) == {"ppc": [("Ben Hill", "", "2026-12-01")]}


def test_who_held_a_role_that_was_away_held_it_until_then(tmp_path: Path) -> None:
    ben, cy = (role("SEO", f"owner: {name}", "purpose: Visitors.") for name in ("Ben Hill", "Cy Low"))
    keep(tmp_path, {"roles/boss.md": role("Boss"), "roles/seo.md": ben}, "2026-01-05T12:00:00Z")
    keep(tmp_path, {"roles/seo.md": None}, "2026-03-01T12:00:00Z")
    keep(tmp_path, {"roles/seo.md": ben}, "2026-06-01T12:00:00Z")
    keep(tmp_path, {"roles/seo.md": cy}, "2026-07-01T12:00:00Z")
    keep(tmp_path, {"roles/seo.md": None, "roles/search.md": cy}, "2026-08-01T12:00:00Z")
    assert former_holders(tmp_path) == {
        "search": [("Ben Hill", "2026-06-01", "2026-07-01"), ("Ben Hill", "", "2026-03-01")]
    }


def test_a_former_holder_without_a_file_has_the_name_that_it_had(tmp_path: Path) -> None:
    def change(day: str, files: dict[str, str | bytes | None]) -> None:
        keep(tmp_path, files, f"2026-{day}T12:00:00Z")

    change(
        "01-05",
        {"people/ben-hill.md": "---\nname: Ben Hill\n---\n", "roles/a.md": role("A", "owner: ben-hill")},
    )
    change("03-05", {"people/ben-hill.md": None, "roles/a.md": role("A", "owner: Ann Low")})
    assert former_holders(tmp_path) == {"a": [("Ben Hill", "", "2026-03-05")]}


def test_a_move_is_told_beside_other_changes(tmp_path: Path) -> None:
    keep(
        tmp_path,
        {"roles/boss.md": role("Boss"), "roles/ads.md": role("Ads", "parent: boss")},
        "2026-01-05T12:00Z",
    )
    moved = {"roles/ads.md": None, "roles/it/ads.md": role("Ads", "parent: boss", "owner: Ada")}
    keep(tmp_path, moved, "2026-02-05T12:00Z")
    site, _ = build_site(tmp_path)
    page = (site / "changes/index.html").read_text(encoding="utf-8")
    assert "roles/it/ads.md" in page


def said_of(root: Path, begun: str) -> dict[str, Any]:
    words = ["diff", begun, "-f", f"{root}/mkdocs.yml", "--format", "json"]
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return dict(json.loads(result.stdout))


@pytest.mark.parametrize("titles", [("Skylights", "Shopfront"), ("Windows", "Windows")])
def test_a_role_that_is_split_in_two_is_one_of_them(titles: tuple[str, str], tmp_path: Path) -> None:
    text = "\n## Purpose\n\nClean windows, all of them.\n\n## Procedure\n\nTwice a month, with the ladder.\n"
    windows = role("Windows", "parent: boss", "owner: Ada Stone", "weekly_hours: 2") + text
    begun = keep(tmp_path, {"roles/boss.md": role("Boss"), "roles/windows.md": windows}, "2026-01-05T12:00Z")
    parts = [windows.replace("title: Windows", f"title: {title}") for title in titles]
    files = {"roles/windows.md": None, "roles/a.md": parts[0], "roles/b.md": parts[1]}
    keep(tmp_path, {**files}, "2026-02-05T12:00Z")
    said = said_of(tmp_path, begun)
    assert len(said["renamed"]) + len(said["added"]) == 2
    build_site(tmp_path)


def test_a_role_that_takes_the_name_of_a_deleted_one_is_the_same(tmp_path: Path) -> None:
    def person(name: str) -> str:
        return f"---\nname: {name}\n---\n"

    baking = role("Baking", "parent: boss", "owner: Maya", "weekly_hours: 12") + "\n## Purpose\n\nBread.\n"
    selling = (
        role("Selling", "parent: boss", "owner: ben-hill", "weekly_hours: 20") + "\n## Purpose\n\nTill.\n"
    )
    people = {"people/ben-hill.md": person("Ben Hill"), "people/cleo-ash.md": person("Cleo Ash")}
    roles = {"roles/boss.md": role("Boss"), "roles/baking.md": baking, "roles/selling.md": selling}
    begun = keep(tmp_path, {**people, **roles}, "2026-01-05T12:00Z")
    keep(
        tmp_path,
        {
            "roles/baking.md": None,
            "roles/selling.md": baking,
            "people/cleo-ash.md": None,
            "people/ben-hill.md": person("Cleo Ash"),
        },
        "2026-02-05T12:00Z",
    )
    said = said_of(tmp_path, begun)
    assert said["renamed"] == {"baking": "selling"}
    assert [each["title"] for each in said["retired"]] == ["Selling"]
    assert former_holders(tmp_path) == {}
    assert "roles/baking/index.html" in redirected(opened(tmp_path).with_history().plan())
    words = CliRunner().invoke(main, ["diff", begun, "-f", f"{tmp_path}/mkdocs.yml"]).stdout
    assert "Ben Hill → Cleo Ash" not in words


def test_a_new_name_in_a_short_file_is_the_same_person(tmp_path: Path) -> None:
    maya = "---\nname: Maya Brennan\nfounder: yes\nweekly_capacity: 40\n---\n\nMaya Brennan began it all.\n"
    keep(
        tmp_path,
        {"people/maya-brennan.md": maya, "roles/a.md": role("A", "owner: maya-brennan")},
        "2026-01-05T12:00Z",
    )
    walsh = maya.replace("Brennan", "Walsh")
    files = {
        "people/maya-brennan.md": None,
        "people/maya-walsh.md": walsh,
        "roles/a.md": role("A", "owner: maya-walsh"),
    }
    keep(tmp_path, {**files}, "2026-02-05T12:00Z")
    assert former_holders(tmp_path) == {}
    assert "people/maya-brennan/index.html" in redirected(opened(tmp_path).with_history().plan())


BROKEN = {
    "a bracket that is never closed": "---\ntitle: Sales\nowner: ada\nweekly_hours: [20\n---\n",
    "marks of a merge": "---\ntitle: Sales\n<<<<<<< HEAD\nowner: ada\n=======\nowner: ben\n>>>>>>> b\n---\n",
    "no text": b"---\ntitle: Sales\xff\n---\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_at_a_commit_is_unchanged_there(
    broken: str | bytes, tmp_path: Path
) -> None:
    settings: dict[str, str | bytes | None] = {"mkdocs.yml": HISTORY}
    sales = role("Sales", "parent: owner", "owner: ada", "weekly_hours: 20")
    model = "---\noffers: [{id: x, name: X}]\ndeliverables: [{id: d, offer: x}]\n---\n"
    first = {
        "content/index.md": "# Home\n", "content/business-model.md": model,
        "roles/owner.md": role("Owner"), "roles/sales.md": sales,
        "people/ada.md": "---\nname: Ada King\n---\n",
    }  # fmt: skip
    commit(tmp_path, settings | first, date="2026-01-10T12:00:00Z")
    paths = ("roles/sales.md", "people/ada.md", "content/business-model.md", "roles/new.md")
    commit(tmp_path, settings | dict.fromkeys(paths, broken), date="2026-02-10T12:00:00Z")
    mended = {path: first.get(path) for path in paths}
    commit(tmp_path, settings | mended, date="2026-03-10T12:00:00Z")
    history = history_of(tmp_path)
    assert history is not None
    assert (history.months, history.holders) == ((), {})
    commit(tmp_path, settings | {"roles/sales.md": broken}, date="2026-04-10T12:00:00Z")
    commit(tmp_path, settings | {"roles/sales.md": None}, date="2026-05-10T12:00:00Z")
    after = history_of(tmp_path)
    assert after is not None
    assert [month.first.month for month in after.months] == [5]  # on the day on which it is gone


def test_what_is_beside_a_file_that_cannot_be_read_has_changed(tmp_path: Path) -> None:
    first = {"mkdocs.yml": HISTORY, "content/index.md": "# Home\n", "roles/owner.md": role("Owner")}
    first["roles/sales.md"] = role("Sales", "parent: owner")
    commit(tmp_path, first, date="2026-01-10T12:00:00Z")
    second = {"mkdocs.yml": HISTORY, "roles/owner.md": role("Boss"), "roles/sales.md": "---\ntitle: [\n---\n"}
    commit(tmp_path, second, date="2026-02-10T12:00:00Z")
    third = {"mkdocs.yml": HISTORY, "roles/sales.md": role("Shop", "parent: owner")}
    commit(tmp_path, third, date="2026-03-10T12:00:00Z")
    history = history_of(tmp_path)
    assert history is not None
    assert [[each.role.id for each in month.changes.changed] for month in history.months] == [
        ["sales"],
        ["owner"],
    ]


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_file_that_was_renamed_and_broken_at_once_is_followed(broken: str | bytes, tmp_path: Path) -> None:
    text = "\n\n## Purpose\n\nCook meals for the whole house on each day of the week.\n"
    cook = role("Cook", "parent: owner", "owner: Ben", "weekly_hours: 5") + text
    first = {"mkdocs.yml": HISTORY, "content/index.md": "# Home\n", "roles/owner.md": role("Owner")}
    commit(tmp_path, first | {"roles/cook.md": cook}, date="2026-01-10T12:00:00Z")
    settings: dict[str, str | bytes | None] = {"mkdocs.yml": HISTORY}
    commit(tmp_path, settings | {"roles/cook.md": None, "roles/chef.md": broken}, date="2026-02-10T12:00:00Z")
    mended = cook.replace("hours: 5", "hours: 6")
    commit(tmp_path, settings | {"roles/chef.md": mended}, date="2026-03-10T12:00:00Z")
    history = history_of(tmp_path)
    assert history is not None and history.moved == {"roles/cook.md": "chef"}
    (month,) = history.months
    assert [each.role.id for each in month.changes.changed] == ["chef"]
    write(tmp_path, {"content/index.md": "# Home\n\n[c](../roles/cook.md)\n"})
    fixed = CliRunner().invoke(main, ["check", "--fix", "-f", str(tmp_path / "mkdocs.yml")])
    assert "'../roles/cook.md' is now '../roles/chef.md'" in fixed.output
