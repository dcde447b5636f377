"""The navigation: nested like the organisation while it is small, bounded when it is not."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.options import Options
from rolebook.organisation import RoleFile, organise
from rolebook.pages.navigation import MAX_ENTRIES, MAX_ROLES, navigation, with_sections
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.schema.records import RoleFields

TODAY = dt.date(2027, 1, 15)


def plan_of(parents: dict[str, str], mode: str = "auto", **values: Any) -> Plan:
    files = [
        RoleFile(
            role, f"roles/{role}.md", RoleFields(**{"title": role.upper(), "parent": parent, **values}), {}
        )
        for role, parent in parents.items()
    ]
    project = Project(Path("/nowhere"), "docs", "Us", Options(navigation=mode))
    return Plan(project, organise(files, today=TODAY))


def roles_of(plan: Plan) -> list[Any]:
    """The entries of the section of roles, without the list of all that it begins with."""
    first, *entries = navigation(plan)["roles"][0]["Roles"]
    assert first == "roles/index.md"
    return entries


def nesting(entries: list[Any]) -> list[tuple[int, str, str]]:
    """Depth, section's title and page of each entry; the head of a section stands at the section's depth."""
    found: list[tuple[int, str, str]] = []
    waiting = [(0, "", entry) for entry in reversed(entries)]
    while waiting:
        depth, title, entry = waiting.pop()
        if isinstance(entry, str):
            found.append((depth, title, entry))
        else:
            [(title, (head, *below))] = entry.items()
            assert below, "a section of one page"
            waiting += [(depth + 1, "", each) for each in reversed(below)]
            waiting.append((depth, title, head))
    return found


def expected(plan: Plan) -> list[tuple[int, str, str]]:
    reports = plan.organisation.reports
    return [
        (depth, role.title if role.id in reports else "", plan.roles[role.id].uri)
        for depth, role in plan.organisation.tree
    ]


PARENTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).map(
    lambda pulls: {
        f"r{at:02}": f"r{pull % (at + 1) - 1:02}" if pull % (at + 1) else "" for at, pull in enumerate(pulls)
    }
)


@given(PARENTS, st.sampled_from(["auto", "tree"]))
def test_the_tree_nests_like_the_organisation(parents: dict[str, str], mode: str) -> None:
    plan = plan_of(parents, mode)
    assert nesting(roles_of(plan)) == expected(plan)


def test_a_deep_chain_is_walked() -> None:
    plan = plan_of({f"r{at}": f"r{at - 1}" if at else "" for at in range(2000)}, "tree")
    found = nesting(roles_of(plan))
    assert len(found) == 2000
    assert found == expected(plan)


@given(PARENTS)
def test_functions_are_those_that_have_a_team(parents: dict[str, str]) -> None:
    plan = plan_of(parents, "functions")
    organisation = plan.organisation
    tops = organisation.tops
    heads = [*tops, *(each for top in tops for each in organisation.reports.get(top.id, ()))]
    teams = [role for role in heads if role.id in organisation.reports] or heads
    assert roles_of(plan) == [plan.roles[role.id].uri for role in teams][:MAX_ENTRIES]


@pytest.mark.parametrize("teams", [True, False])
def test_functions_are_bounded(teams: bool) -> None:
    parents = {"top": "", **{f"d{at}": "top" for at in range(300)}}
    if teams:
        parents |= {f"e{at}": f"d{at}" for at in range(300)}
    assert len(roles_of(plan_of(parents, "functions"))) <= MAX_ENTRIES


@pytest.mark.parametrize(("roles", "nested"), [(2, True), (MAX_ROLES, True), (MAX_ROLES + 1, False)])
def test_auto_shows_every_role_while_that_can_be_taken_in(roles: int, nested: bool) -> None:
    parents = {f"r{at}": "r0" if at else "" for at in range(roles)}
    auto, tree, functions = (navigation(plan_of(parents, mode)) for mode in ("auto", "tree", "functions"))
    assert auto == (tree if nested else functions)
    assert tree != functions


def test_none_is_empty() -> None:
    assert navigation(plan_of({"a": "", "b": "a"}, "none")) == {}


def test_sections_stand_in_their_order() -> None:
    assert navigation(plan_of({"a": "", "b": "a"}, owner="Ada")) == {
        "org-chart": [{"Org chart": "org-chart/index.md"}],
        "roles": [{"Roles": ["roles/index.md", {"A": ["roles/a.md", "roles/b.md"]}]}],
        "people": [{"People": ["people/index.md", "people/ada.md"]}],
        "jobs": [{"Open roles (0)": "jobs/index.md"}],
        "decisions": [
            {
                "Plan": [
                    "decisions/index.md",
                    "decisions/hats/index.md",
                    "decisions/hand-over/index.md",
                    "decisions/now-and-next.md",
                    "decisions/promises-and-risks/index.md",
                    "decisions/attention/index.md",
                ]
            }
        ],
    }


@pytest.mark.parametrize(
    ("nav", "place"),
    [
        (["index.md", "a.md"], 1),
        (["README.md"], 1),
        ([{"Start": "index.md"}, "a.md"], 1),
        (["a.md", "index.md"], 2),
        ([{"Start": ["index.md"]}, "a.md"], 2),
        (["de/index.md", "a.md"], 2),
        ([], 0),
    ],
)
def test_the_sections_follow_the_home_page_or_all_pages(nav: list[Any], place: int) -> None:
    assert with_sections(nav, {"roles": ["x.md", "y.md"]}) == [*nav[:place], "x.md", "y.md", *nav[place:]]


def test_a_title_of_the_author_s_takes_the_place_of_a_section_s_own() -> None:
    more: list[Any] = [{"A": ["a.md"]}, {"B": ["b.md"]}]
    sections: dict[str, list[Any]] = {"people": [{"People": ["p.md"]}], "jobs": ["j.md"], "more": more}
    nav = [{"Us": "rolebook:people"}, {"Jobs": "rolebook:jobs"}, {"More": "rolebook:more"}]
    assert with_sections(nav, sections) == [
        {"Us": ["p.md"]},
        {"Jobs": ["j.md"]},
        {"More": more},
    ]


def test_the_number_of_open_roles_is_in_their_title() -> None:
    assert plan_of({"a": "", "b": "a"}).job_lists[0].title == "Open roles (2)"
    many = plan_of({f"r{at}": "" for at in range(1001)}).job_lists
    assert [page.title for page in many[:2]] == ["Open roles (1,001)", "Open roles (1,001), page 2"]


def test_titles_are_html() -> None:
    plan = plan_of({"a": "", "b": "a"}, title='R&D <b>"x"</b>')
    assert roles_of(plan) == [
        {"R&amp;D &lt;b&gt;&#34;x&#34;&lt;/b&gt;": ["roles/a.md", "roles/b.md"]},
    ]


@pytest.mark.parametrize(("people", "listed"), [(MAX_ENTRIES, MAX_ENTRIES), (MAX_ENTRIES + 1, 0)])
def test_many_people_are_a_list_only(people: int, listed: int) -> None:
    files = [
        RoleFile(f"r{at}", f"roles/r{at}.md", RoleFields(title="R", owner=f"P{at:02}"), {})
        for at in range(people)
    ]
    plan = Plan(Project(Path("/nowhere"), "docs", "Us", Options()), organise(files, today=TODAY))
    first, *entries = navigation(plan)["people"][0]["People"]
    assert first == "people/index.md"
    assert entries == [f"people/p{at:02}.md" for at in range(listed)]
