"""The lists of roles and of people: their columns, and who sees them."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rolebook.history import History
from rolebook.options import Options
from rolebook.organisation import PersonFile, RoleFile, organise
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.rendering.renderer import Renderer
from rolebook.schema.audience import Audience
from rolebook.schema.records import PersonFields, RoleFields
from rolebook.visibility.view import view_for

TODAY = dt.date(2027, 1, 15)
CHANGED = {"roles/a.md": dt.date(2026, 9, 3), "people/ada.md": dt.date(2026, 10, 4)}
HISTORY = History(
    months=(),
    begins=TODAY,
    cut_off=False,
    holders={},
    moved={},
    moved_people={},
    changed=CHANGED,
    names=frozenset(),
    hidden=frozenset(),
)


def plan_of(history: History | None = None, audience: str = "internal", **values: Any) -> Plan:
    files = [
        RoleFile("a", "roles/a.md", RoleFields(title="A", owner="Ada", **values), {}),
        RoleFile("b", "roles/b.md", RoleFields(title="B", parent="a", owner="Bo"), {}),
    ]
    people = [PersonFile("ada", "people/ada.md", PersonFields(name="Ada"), {})]
    project = Project(Path("/nowhere"), "docs", "Us", Options(audience=audience))
    return Plan(project, organise(files, people, today=TODAY), history=history)


def page(plan: Plan, uri: str) -> str:
    found = next(each for each in plan if each.uri == uri)
    return Renderer(plan, view_for(plan.organisation, Audience.PUBLIC)).page(found)


def cells(html: str) -> list[list[str]]:
    """The rows of a table as texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    texts = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row] for row in texts]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (TODAY - dt.timedelta(days=1), "14 Jan 2027 overdue"),
        (TODAY, "15 Jan 2027"),
        (TODAY + dt.timedelta(days=1), "16 Jan 2027"),
    ],
)
def test_a_role_has_the_day_of_its_next_review(due: dt.date, words: str) -> None:
    html = page(plan_of(review_by=due), "roles/index.md")
    head, first, second = cells(html)
    assert head == ["Role", "Holder", "Hours", "Reports to", "Next review"]
    assert (first[-1], second[-1]) == (words, "")
    assert f'<time datetime="{due.isoformat()}">' in html


def test_the_day_of_the_last_change_is_known_with_a_history() -> None:
    plan = plan_of(HISTORY)
    head, first, second = cells(page(plan, "roles/index.md"))
    assert (head[-1], first[-1], second[-1]) == ("Last change", "3 Sept 2026", "")
    head, first, second = cells(page(plan, "people/index.md"))
    assert (head[-1], first[-1], second[-1]) == ("Last change", "4 Oct 2026", "")


def test_columns_that_would_be_empty_are_left_out() -> None:
    plan = plan_of()
    assert cells(page(plan, "roles/index.md"))[0] == ["Role", "Holder", "Hours", "Reports to"]
    assert cells(page(plan, "people/index.md"))[0] == ["Person", "Roles", "Hours", "Capacity", "Workload"]


def test_outsiders_see_neither_review_nor_change() -> None:
    inside = plan_of(HISTORY, review_by=TODAY)
    seen = view_for(inside.organisation, Audience.PUBLIC).organisation
    project = replace(inside.project, options=Options(audience="public"))
    public = Plan(project, seen, history=HISTORY)
    assert cells(page(public, "roles/index.md")) == [
        ["Role", "Status", "Hours", "Reports to"],
        ["A", "Filled", "", ""],
        ["B", "Filled", "", "A"],
    ]
