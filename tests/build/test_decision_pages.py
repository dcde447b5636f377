"""The pages that an owner decides from: what stands on them, in whose words, and where it leads."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from check_goldens import GOLDENS, read
from companies import BUSINESS, PEOPLE, TODAY, company, role_files
from projects import opened, write
from rolebook import checks, site_config
from rolebook.analysis.promises import business_model
from rolebook.analysis.relief import Relief
from rolebook.charts import moves
from rolebook.charts.model import Chart, Style
from rolebook.charts.promises import MAX_PROMISES, promises
from rolebook.charts.reporting import MAX_NODES
from rolebook.checks import links
from rolebook.handbook import open_handbook
from rolebook.options import HourValue, Options, Weights
from rolebook.organisation import Person, PersonFile, RoleFile, organise
from rolebook.pages import kinds
from rolebook.pages.paging import MAX_ROWS
from rolebook.pages.plan import MAX_EXPLAINED_ON_PAGE, MAX_EXPLAINED_ROLES, Plan
from rolebook.problems import Problem, Severity
from rolebook.project import Project
from rolebook.rendering.renderer import Renderer
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import RENAMED
from rolebook.schema.records import (
    BusinessDeliverable,
    BusinessModelFields,
    Deliverable,
    Hours,
    Member,
    Offer,
    Outsource,
    PersonFields,
    Rate,
    RoleFields,
    Tool,
    Work,
)
from rolebook.site_config import find_project
from rolebook.views import attention
from rolebook.views.hand_over import verdict
from rolebook.visibility.view import view_for
from sites import HOME, MKDOCS_YML, SAMPLE, build_site

PROJECT = Project(Path("/nowhere"), "content", "Us", Options())
SEEN_BY_MKDOCS = {*links.RULES, *site_config.RULES, RENAMED}
"""What MkDocs itself says when it builds, so that no page of a site lists it."""


def plan_of(files: list[RoleFile], **more: Any) -> Plan:
    return Plan(PROJECT, company(files), **more)


def role(role_id: str, **values: Any) -> RoleFile:
    return RoleFile(role_id, f"roles/{role_id}.md", RoleFields(**{"title": role_id.title(), **values}), {})


def hours(number: float) -> Hours:
    return Hours(min=number, max=number)


def renderer_of(plan: Plan) -> Renderer:
    return Renderer(plan, view_for(plan.organisation, Audience.PUBLIC))


def test_every_kind_of_page_has_a_view() -> None:
    rows = {name: each for name, each in vars(kinds).items() if isinstance(each, kinds.PageKind)}
    viewed = renderer_of(plan_of([role("a")]))._views.keys()
    assert {name for name, each in rows.items() if each not in viewed} == {"HAND_WRITTEN"}, (
        "named in renderer.py?"
    )


def texts(plan: Plan) -> dict[str, str]:
    renderer = renderer_of(plan)
    reported = {page.uri: renderer.page(page) for page in plan.for_the_owner}
    return reported | {"business-model.md": renderer.business_model("business-model.md")}


def words(html: str) -> str:
    """What a reader sees of a page."""
    body = html.partition("---\n")[2].partition("---\n")[2] or html
    body = re.sub(r"```.*?```", " ", body, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


# --- plain words -----------------------------------------------------------------------------------

JARGON = {each.name for each in (*fields(RoleFields), *fields(PersonFields), *fields(Options))}
JARGON = {name for name in JARGON if "_" in name} | {"owner:", "outsource:", "front matter", "YAML"}
JARGON |= {code for code in checks.CODES if "-" in code} - {"all-rounder"}


@pytest.fixture(scope="module")
def full_of_problems(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The sample with every warning and advice that the golden files show."""
    found: list[Problem] = []
    for file in GOLDENS:
        golden = read(file)
        if {line.partition(":")[0] for line in golden.problems.splitlines()} & {"warning", "advice"}:
            root = write(tmp_path_factory.mktemp("golden"), golden.files)
            project, wrong = find_project(root / "mkdocs.yml", checks.CODES)
            if project:
                # What options are called now has to name them.
                of_options = [each for each in wrong if each.rule is not RENAMED]
                found += open_handbook(project, TODAY, of_options=of_options).problems
    mild = tuple(each for each in found if each.rule.severity is not Severity.ERROR)
    return replace(opened(SAMPLE).plan(), problems=mild)


def test_every_kind_of_advice_and_warning_is_among_the_problems(full_of_problems: Plan) -> None:
    given = {problem.rule for problem in full_of_problems.problems}
    expected = {rule for rule in checks.RULES if rule.severity is not Severity.ERROR} - SEEN_BY_MKDOCS
    assert {rule.code for rule in expected - given} == set()


def test_no_field_name_and_no_code_stands_on_a_page(full_of_problems: Plan) -> None:
    for plan in (full_of_problems, opened(SAMPLE).plan(), plan_of([])):
        for uri, text in texts(plan).items():
            found = {word for word in JARGON if word in words(text)}
            assert found == set(), uri


def test_every_warning_and_advice_is_in_one_group() -> None:
    grouped = [code for group in attention.GROUPS for code in group.codes]
    expected = [rule.code for rule in checks.RULES if rule.severity is not Severity.ERROR]
    expected = [code for code in expected if code not in {rule.code for rule in SEEN_BY_MKDOCS}]
    assert sorted(grouped) == sorted(expected)


# --- empty states ----------------------------------------------------------------------------------


def test_an_organisation_without_roles_has_every_page() -> None:
    reported = texts(Plan(PROJECT, organise([], today=TODAY)))
    assert "has not" not in reported["business-model.md"]
    assert reported["business-model.md"] == ""
    assert "Nobody holds a role yet." in words(reported["decisions/hats/index.md"])
    assert "No role is left to hand over" in words(reported["decisions/hand-over/index.md"])
    assert "Nothing is planned yet." in words(reported["decisions/now-and-next.md"])
    risks = words(reported["decisions/promises-and-risks/index.md"])
    assert "The handbook lists no promises to customers yet." in risks
    assert "Nobody holds a role yet." in risks and "When somebody is away" not in risks
    assert "No issues." in words(reported["decisions/attention/index.md"])
    assert "Nothing today" in words(reported["decisions/index.md"])


def test_a_model_without_loose_ends_says_so() -> None:
    business = BusinessModelFields(deliverables=(BusinessDeliverable(id="d"),))
    file = role("a", owner="Ada", deliverable=(Deliverable(outcome="x", for_="d"),))
    plan = Plan(PROJECT, organise([file], business=business, today=TODAY))
    reported = words(texts(plan)["business-model.md"])
    assert "None: every promise has a role and a holder, and every role supports a promise." in reported


def test_numbers_say_how_much_needs_attention(full_of_problems: Plan) -> None:
    reported = words(renderer_of(full_of_problems).numbers("index.md"))
    assert f"{len(full_of_problems.problems)} issues to review" in reported
    assert "0 issues to review" in words(renderer_of(plan_of([])).numbers("index.md"))


# --- what stands where -----------------------------------------------------------------------------

TOP = role("top")
PPC = role(
    "ppc",
    parent="top",
    owner="Maya",
    weekly_hours=hours(10),
    deliverable=(Deliverable(outcome="Ten buyers", for_="d1"),),
    outsource=Outsource(fit="next", reason="One craft."),
)


def test_a_seat_is_explained_part_by_part() -> None:
    plan = replace(
        plan_of([TOP, PPC]), project=replace(PROJECT, options=Options(hand_over_weights=Weights(plan=7)))
    )
    reported = words(texts(plan)["decisions/hand-over/index.md"])
    assert "Your plan. Planned as the next to hand over. 100 × 7" in reported
    assert "Procedure. There is no written procedure. 0 × 2" in reported
    assert "One craft." in reported
    assert "Frees 10\N{NO-BREAK SPACE}h a week of Maya".replace("\N{NO-BREAK SPACE}", " ") in reported
    assert "the sum of all weights, 17." in reported


VERDICTS = {
    # capacity, today, after the plan, planned, further, after these
    (45, 71, 66, 2, 5, 45): "After the 2 planned hand-overs, Ada is still 21 h over capacity; "
    "handing over the next 5 roles as well leaves 45 h of work for 45 h.",
    (45, 71, 46, 1, 1, 40): "After the planned hand-over, Ada is still 1 h over capacity; "
    "handing over the next role as well leaves 40 h of work for 45 h.",
    (45, 71, 71, 0, 6, 45): "Nothing is planned yet: Ada is 26 h over capacity; "
    "handing over the first 6 roles leaves 45 h of work for 45 h.",
    (45, 71, 66, 1, 2, 50): "After the planned hand-over, Ada is still 21 h over capacity; "
    "handing over every other role on this list as well still leaves 50 h of work for 45 h.",
    (45, 71, 71, 0, 2, 50): "Nothing is planned yet: Ada is 26 h over capacity; "
    "handing over every role on this list still leaves 50 h of work for 45 h.",
    (45, 71, 66, 1, 3, 66): "After the planned hand-over, Ada is still 21 h over capacity; "
    "no other role on this list frees any of it.",
    (45, 71, 71, 0, 0, 71): "Nothing is planned yet: Ada is 26 h over capacity; "
    "no role on this list frees any of it.",
    (45, 40, 46, 1, 1, 44): "After the planned hand-over, Ada is 1 h over capacity; "
    "handing over the next role as well leaves 44 h of work for 45 h.",
    (45, 71, 45, 1, 0, 45): "After the planned hand-over, Ada is within capacity, "
    "with 45 h of work for 45 h a week.",
    (45, 71, 0, 1, 0, 0): "After the planned hand-over, Ada is within capacity, "
    "with no hours of work for 45 h a week.",
    (None, 71, 66, 1, 0, 66): "After the planned hand-over, Ada has 66 h of work a week; capacity not set.",
}


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        (0, "Nothing is planned yet: Ada may be over capacity, with 30–46 h of work for 45 h a week."),
        (
            1,
            "After the planned hand-over, Ada may still be over capacity, "
            "with 30–46 h of work for 45 h a week.",
        ),
    ],
)
def test_a_range_that_ends_beyond_the_capacity_may_be_too_much(planned: int, words: str) -> None:
    person, work = Person("ada", "Ada", PersonFields(name="Ada", weekly_capacity=45)), Hours(min=30, max=46)
    found = Relief(person, work, work, 0, work, [])
    assert verdict(found, planned).replace("\N{NO-BREAK SPACE}", " ") == words
    within = replace(found, after_plan=Hours(min=30, max=45))
    assert "within capacity" in verdict(within, planned)


def test_whoever_may_be_over_capacity_is_named_where_nobody_is_for_certain() -> None:
    plan = plan_of([role("top", owner="Maya", weekly_hours=Hours(min=10, max=60))])
    pages = [texts(plan)["decisions/index.md"], renderer_of(plan).page(plan.people["maya"])]
    decisions, person = (words(each).replace("\N{NO-BREAK SPACE}", " ") for each in pages)
    assert "Nobody for certain; Maya may be, with 10–60 h of work a week for 20 h." in decisions
    assert "10–60 h of 20 h allocated: may be over capacity." in person


def test_whoever_has_time_left_has_a_range_of_it_left() -> None:
    plan = plan_of([role("top", owner="Maya", weekly_hours=Hours(min=8, max=18))])
    page = words(renderer_of(plan).page(plan.people["maya"])).replace("\N{NO-BREAK SPACE}", " ")
    assert "8–18 h of 20 h allocated, 2–12 h free." in page


def test_whoever_is_named_as_their_own_cover_covers_nothing() -> None:
    files = [role("top", owner="Maya"), role("ads", parent="top", owner="Ben", backup="Ben")]
    covered = [files[0], replace(files[1], fields=replace(files[1].fields, backup="Maya"))]
    for roles, cover in ((files, "No cover"), (covered, "Covered by Maya")):
        plan = plan_of(roles)
        assert cover in words(renderer_of(plan).page(plan.overview))
        candidate = plan.decisions.candidates[0]
        assert [each.done for each in candidate.readiness if each.words.startswith("Cover is")] == (
            [True] if cover != "No cover" else []
        )
        assert bool(plan.decisions.leavings["ben" if roles is files else "maya"].covers) == (roles is covered)


@pytest.mark.parametrize(
    ("engagement", "box", "words_of_change"),
    [
        ("", "New contractor", "a contractor still to be found"),
        ("employee", "New employee", "an employee still to be found"),
        ("volunteer", "New volunteer", "a volunteer still to be found"),
    ],
)
def test_whoever_is_still_to_be_found_is_what_the_role_asks_for(
    engagement: str, box: str, words_of_change: str
) -> None:
    ads = role("ads", parent="top", outsource=Outsource(fit="next"), engagement=engagement)
    page = words(texts(plan_of([role("top", owner="Maya"), ads]))["decisions/now-and-next.md"])
    assert box in page and f"goes to {words_of_change}" in page


@pytest.mark.parametrize("figures", VERDICTS)
def test_the_verdict_says_what_the_plan_leaves_and_what_it_takes_beyond_it(figures: Any) -> None:
    capacity, today, after_plan, planned, further, after_further = figures
    person = Person("ada", "Ada", PersonFields(name="Ada", weekly_capacity=capacity))
    found = Relief(person, hours(today), hours(after_plan), further, hours(after_further), [])
    assert verdict(found, planned).replace("\N{NO-BREAK SPACE}", " ") == VERDICTS[figures]


def test_the_table_shows_what_is_left_and_leads_to_the_reasons() -> None:
    second = role("seo", parent="top", owner="Maya", weekly_hours=hours(14))
    page = texts(plan_of([TOP, PPC, second]))["decisions/hand-over/index.md"]
    reported = words(page)
    assert "Maya is within capacity, with 14 h of work for 20 h a week." in reported
    assert "Ready Maya then has 1 Ppc planned 75 10 h unknown 2 of 8 14 h 2 Seo 52" in reported
    assert '<a href="#seat-ppc"' in page
    assert "Net a month" not in reported
    assert '<details class="rb-candidate" id="seat-ppc" data-search-exclude>' in page


def test_the_table_says_when_a_role_goes_and_why_a_figure_is_not_there() -> None:
    fixed = Rate(amount=900.0, currency="EUR", per="fixed")
    planned = Outsource(fit="next", by=TODAY)
    files = [TOP, role("ppc", parent="top", rate=fixed, weekly_hours=hours(2), outsource=planned)]
    files += [role("seo", parent="top", owner="Tomasz", outsource=Outsource(fit="maybe"))]
    plan = replace(
        plan_of(files), project=replace(PROJECT, options=Options(owner_hour_value=HourValue(amount=60.0)))
    )
    reported = words(texts(plan)["decisions/hand-over/index.md"])
    assert "Net a month Ready 1 Ppc planned by 15 January 2027 69 none none 0 1 of 8" in reported
    assert "2 Seo 24 unknown unknown unknown 0 of 8" in reported


def test_without_anybody_to_relieve_there_is_no_verdict() -> None:
    files = [role("top"), role("a", parent="top", owner="Tomasz", weekly_hours=hours(1))]
    reported = words(texts(plan_of(files))["decisions/hand-over/index.md"])
    assert "then has" not in reported
    assert "The last column" not in reported
    assert "planned" not in reported.partition("How the score")[0]


def test_the_worth_of_an_hour_is_reported_where_it_is_given() -> None:
    options = Options(owner_hour_value=HourValue(amount=60.0, currency="EUR"))
    plan = replace(plan_of([TOP, PPC]), project=replace(PROJECT, options=options))
    pages = texts(plan)
    assert "worth EUR 2,600 a month , at EUR 60 an hour" in words(pages["decisions/hand-over/index.md"])
    assert "frees 10 h a week, worth EUR 2,600 a month" in words(pages["decisions/now-and-next.md"])
    assert "worth" not in words(texts(plan_of([TOP, PPC]))["decisions/hand-over/index.md"])


def test_what_is_missing_leads_to_the_file() -> None:
    edited = plan_of([TOP, PPC], edit_address=lambda path: f"https://git.example/edit/{path}")
    reported = texts(edited)["decisions/hand-over/index.md"]
    address = "https://git.example/edit/../roles/ppc.md"
    assert f'<a href="{address}">Write the procedure</a>' in reported
    assert "Deliverable defined</a>" not in reported
    without = texts(plan_of([TOP, PPC]))["decisions/hand-over/index.md"]
    assert '<a href="../../roles/ppc/">Write the procedure</a>' in without


def test_a_role_page_leads_to_its_reasons_and_its_promise() -> None:
    plan = plan_of([PPC, role("kept", outsource=Outsource(fit="no"))])
    pages = {page.uri: renderer_of(plan).page(page) for page in plan.roles.values()}
    assert '<a href="../../decisions/hand-over/#seat-ppc">2 of 8</a>' in pages["roles/ppc.md"]
    assert '<a href="../../business-model/#promise-1">First</a>' in pages["roles/ppc.md"]
    assert "Hand-over checklist" not in pages["roles/kept.md"]


def test_long_lists_go_on_on_further_pages_and_links_find_the_right_one() -> None:
    number = MAX_ROWS + 1
    files = [role(f"r{at:03}", owner=f"p{at}", title=f"T{at:03}") for at in range(number)]
    plan = Plan(PROJECT, organise(files, today=TODAY))
    assert len(plan.workload_lists) == 2
    assert len(plan.hand_over_lists) == -(-number // MAX_EXPLAINED_ON_PAGE)
    renderer = renderer_of(plan)
    last = renderer.page(plan.roles[f"r{number - 1:03}"])
    assert f'href="../../lists/decisions/hand-over/6/#seat-r{number - 1:03}"' in last
    page = renderer.page(plan.hand_over_lists[-1])
    assert f'id="seat-r{number - 1:03}"' in page
    found = [seat for each in plan.hand_over_lists for seat in seats_on(renderer.page(each))]
    assert found == [f"r{at:03}" for at in range(number)]


def test_only_the_first_of_very_many_seats_are_explained() -> None:
    plan = Plan(PROJECT, organise([role(f"r{at:04}") for at in range(MAX_EXPLAINED_ROLES + 3)], today=TODAY))
    renderer = renderer_of(plan)
    pages = [renderer.page(page) for page in plan.hand_over_lists]
    assert sum(len(seats_on(page)) for page in pages) == MAX_EXPLAINED_ROLES
    assert ["3 more roles rank below these." in page for page in pages] == [False] * 9 + [True]
    last = plan.decisions.candidates[-1].role
    assert "Hand-over checklist" not in renderer.page(plan.roles[last.id])


def seats_on(page: str) -> list[str]:
    return re.findall(r'id="seat-(\w+)"', page)


def test_problems_are_reported_once_each_over_all_parts(tmp_path: Path) -> None:
    files = {"roles/top.md": "---\ntitle: Top\n---\n"}
    files |= {f"roles/r{at}.md": f"---\ntitle: R{at}\nparent: top\n---\n" for at in range(MAX_ROWS)}
    root = write(tmp_path, files | {"mkdocs.yml": "docs_dir: content\nplugins: [rolebook]\n"})
    handbook = opened(root)
    plan = handbook.plan()
    assert len(plan.attention_lists) == -(-len(handbook.problems) // MAX_ROWS)
    renderer = renderer_of(plan)
    pages = [renderer.page(page) for page in plan.attention_lists]
    assert sum(page.count("<li><a href=") for page in pages[1:]) + pages[0].count(": ") > MAX_ROWS
    reported = [item for page in pages for item in re.findall(r"</a>: (the role|hours are missing)", page)]
    assert len(reported) == len(handbook.problems)
    hours_group = next(page for page in pages if 'id="to-add-hours-and-pay"' in page)
    address = re.search(r'href="([^"]*)#to-add-hours-and-pay"', pages[0])
    assert address is not None
    begins = plan.attention_lists[pages.index(hours_group)]
    assert address[1] == plan.href(plan.attention_lists[0].uri, begins)


HOSTILE = '<script>alert(1)</script> {{ x }} "quoted" & `code` **b**'


def test_nothing_from_a_file_is_markup() -> None:
    business = BusinessModelFields(
        offers=(Offer(id="o", name=HOSTILE, customer=HOSTILE, unit=HOSTILE),),
        deliverables=(
            BusinessDeliverable(id="d", name=HOSTILE, promise=HOSTILE, offer="o", standard=HOSTILE),
            BusinessDeliverable(id="e", name=HOSTILE),
        ),
        functions=(HOSTILE,),
    )
    files = [
        role(
            f"r{at}",
            title=HOSTILE,
            owner=HOSTILE if at else "",
            backup=HOSTILE,
            parent="r0" if at else "",
            deliverable=(Deliverable(outcome=HOSTILE, for_="d"),) if at % 2 else (),
            outsource=Outsource(fit="next", reason=HOSTILE, to=HOSTILE if at > 2 else ""),
        )
        for at in range(5)
    ]
    plan = Plan(PROJECT, organise(files, business=business, today=TODAY))
    ours = '<script src="../../assets/rolebook/tables.js"></script>'
    for uri, text in texts(plan).items():
        assert text.count("<script") == text.count(ours) <= 1, uri
        assert re.findall(".{30}{{.{9}", text) == [], uri
        assert "**b**" not in re.sub(r"<[^>]*>[^<]*", "", text), uri


# --- workload --------------------------------------------------------------------------------------


def workload(files: list[RoleFile], *people: PersonFile) -> str:
    plan = Plan(PROJECT, organise(files, people, today=TODAY))
    return renderer_of(plan).page(plan.workload_lists[0])


def bars(page: str) -> list[tuple[str, str, str]]:
    """What each bar says, its length and its tick, in percent."""
    found: list[tuple[str, str, str]] = re.findall(
        r'aria-label="([^"]*)"><span style="width:(\d+)%"></span>(?:<i style="inset-inline-start:(\d+)%">)?',
        page,
    )
    return [(words.replace("\N{NO-BREAK SPACE}", " "), *figures) for words, *figures in found]


def with_capacity(name: str, capacity: float | None) -> PersonFile:
    return PersonFile(
        name, f"people/{name}.md", PersonFields(name=name.title(), weekly_capacity=capacity), {}
    )


def test_all_bars_of_a_page_have_one_scale_with_a_tick_for_the_capacity() -> None:
    files = [
        role(who, owner=who, weekly_hours=hours(load)) for who, load in zip("abc", (40, 20, 5), strict=True)
    ]
    page = workload(files, with_capacity("a", 10), with_capacity("b", 20))
    assert bars(page) == [("40 h of 10 h", "100", "25"), ("20 h of 20 h", "50", "50"), ("5 h", "12", "")]
    page = workload(files, with_capacity("a", 10), with_capacity("b", 80))
    assert bars(page) == [("40 h of 10 h", "50", "12"), ("20 h of 80 h", "25", "100"), ("5 h", "6", "")]
    people = Plan(PROJECT, organise(files, [with_capacity("b", 80)], today=TODAY))
    shown = renderer_of(people).page(people.people_lists[0])
    assert [length for _, length, _ in bars(shown)] == ["50", "25", "6"]


def test_missing_capacities_and_hours_are_said_and_people_sorted_by_their_roles() -> None:
    files = [role("a", owner="Ada"), *(role(f"b{at}", owner="Bea") for at in range(2))]
    files += [role("c", owner="Cid", weekly_hours=hours(1))]
    page = workload(files, with_capacity("cid", 0))
    assert re.findall(r'<th scope="row"><a[^>]*>(\w+)', page) == ["Cid", "Bea", "Ada"]
    assert re.findall(r"<small>((?:hours|capacity) [a-z ]*)", page) == [
        *("hours unknown", "capacity not set"),
        *("hours unknown", "capacity not set"),
    ]
    assert "1 h of 0, 1 h over capacity" in words(page).replace("\N{NO-BREAK SPACE}", " ")


def test_a_cell_has_its_hours_and_its_number_of_roles() -> None:
    head = role("head", parent="top", owner="Ada", weekly_hours=hours(2))
    below = role("below", parent="head", owner="Ada", weekly_hours=hours(3))
    without = role("none", parent="top", owner="Bo")
    page = workload([role("top"), head, below, without])
    cells = re.findall(r"<td class=\"rb-figure rb-heat-\d\">(.*?)</td>", page)
    assert [words(each) for each in cells] == ["5 h 2 roles"]
    assert "<small>1 role</small>" in page


def test_a_role_that_is_alone_at_the_top_is_no_function() -> None:
    lone = [role("board", owner="Ada"), role("advisor", owner="Ada", weekly_hours=hours(1))]
    tree = [role("top"), role("sales", parent="top", owner="Bo", weekly_hours=hours(2))]
    heading = r'<th scope="col" class="rb-figure">([A-Z][a-z]+ ?[a-z]*)</th>'
    assert re.findall(heading, workload(tree))[1:3] == ["Top", "Sales"]
    assert re.findall(heading, workload([*tree, *lone]))[1:3] == ["No function", "Sales"]


@pytest.mark.parametrize(("people", "rest"), [(25, ""), (26, "1 more person"), (27, "2 more people")])
def test_so_many_people_are_shown_and_the_rest_is_in_a_fold(people: int, rest: str) -> None:
    page = workload([role(f"r{at:02}", owner=f"P {at:02}") for at in range(people)])
    before, _, folded = page.partition('<details class="rb-rest">')
    assert before.count('<th scope="row"><a') == 25
    assert folded.count('<th scope="row"><a') == people - 25
    assert rest in words(folded) if rest else not folded
    assert ('type="search"' in page) == bool(rest)
    assert "All roles" in before.partition("<tfoot>")[2]
    assert "<tfoot>" not in folded


# --- promises and risks ----------------------------------------------------------------------------


def risks(files: list[RoleFile], promises: int = 0, part: int = 0) -> str:
    """A page about risks, in an organisation that made so many promises, P0 and so on."""
    made = tuple(BusinessDeliverable(id=f"p{at}", name=f"P{at}") for at in range(promises))
    business = BusinessModelFields(deliverables=made)
    organisation = organise(files, business=business, business_path="business-model.md", today=TODAY)
    plan = Plan(PROJECT, organisation)
    return renderer_of(plan).page(plan.risk_lists[part])


def keeps(*promises: int) -> tuple[Deliverable, ...]:
    return tuple(Deliverable(outcome="x", for_=f"p{at}") for at in promises)


def cells(page: str) -> list[list[str]]:
    """The cells of all rows, as a reader sees them."""
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", page, re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_promises_at_risk_come_first_each_with_who_delivers_and_covers_it() -> None:
    page = risks(
        [
            role("cover", owner="Bo", backup="Cy", deliverable=keeps(0)),
            role("alone", owner="Ada", deliverable=keeps(1)),
            role("vacant", status="open", performed_by=(), deliverable=keeps(2)),
            role("done", status="open", performed_by=(Work(person="Ada"),), deliverable=keeps(4)),
        ],
        promises=5,
    )
    assert cells(page)[:5] == [
        ["P2", "Vacant Vacant", "No cover", "No holder"],
        ["P3", "No role", "No cover", "No holder"],
        ["P4", "Done Vacant, done by Ada", "No cover", "No holder , rests on Ada alone"],
        ["P1", "Alone Ada", "No cover", "Rests on Ada alone"],
        ["P0", "Cover Bo", "Cy", "None"],
    ]
    assert "5 promises to customers: 3 without a holder, 2 resting on one person alone." in words(page)
    assert '<a href="../../business-model/#promise-3">P2</a>' in page


@pytest.mark.parametrize(
    ("promises", "owner", "cover", "said"),
    [
        (1, "Ada", "Bo", "One promise to customers: it has a holder, and does not rest on one person alone."),
        (2, "Ada", "Bo", "2 promises to customers: each has a holder, and none rests on one person alone."),
        (1, "Ada", "", "One promise to customers: none without a holder, 1 resting on one person alone."),
        (2, "", "", "2 promises to customers: 2 without a holder, none resting on one person alone."),
    ],
)
def test_promises_are_summed_up_in_words(promises: int, owner: str, cover: str, said: str) -> None:
    page = risks([role("a", owner=owner, backup=cover, deliverable=keeps(0, 1))], promises)
    assert said in words(page)


def test_an_organisation_with_cover_says_so() -> None:
    page = words(risks([role("a", owner="Ada", backup="Bo"), role("b", owner="Bo", backup="Ada")]))
    assert "None: every role has cover, and no promise rests on one person alone." in page
    assert "Covered by the person who does it" not in page and "Single point of cover" not in page


def test_single_points_of_failure_are_named_with_their_promises_and_roles() -> None:
    files = [role("a", owner="Ada", backup="Ada", deliverable=keeps(0)), role("b", owner="Bo", backup="Cy")]
    page = risks([*files, role("c", owner="Cy")], promises=1)
    listed = words(page.partition("## Single points of failure")[2].partition("## When")[0])
    assert "Ada promises: P0 ; roles without cover: A Cy roles without cover: C ### Covered" in listed
    assert "Covered by the person who does it" in listed and listed.endswith("A covered by Ada")


def test_whoever_is_the_only_cover_for_many_is_named() -> None:
    files = [role(f"r{at}", owner=f"P{at}", backup="Zoe") for at in range(9)]
    assert "Single point of cover" not in risks(files[:2])
    assert "Zoe covers 3: R0 , R1 , R2 ##" in words(risks(files[:3]))
    assert "Zoe covers 8: R0 , R1 , R2 , R3 , R4 , R5 , R6 , R7 ##" in words(risks(files[:8]))
    assert "R7 and 1 more ##" in words(risks(files))


def test_each_person_has_a_line_that_leads_to_what_stops_without_them() -> None:
    members = (Member(person="Cy"),)
    files = [role("a", owner="Ada", backup="Bo"), role("b", owner="Ada", deliverable=keeps(0))]
    page = risks([*files, role("t", kind="team", members=members)], promises=1)
    assert cells(page)[1:] == [["Ada", "2", "1", "1"], ["Cy", "0", "0", "0"]]
    assert '<th scope="row"><a href="../../people/ada/#while-away">Ada</a>' in page
    assert '<th scope="row"><a href="../../people/cy/">Cy</a>' in page
    plan = Plan(PROJECT, organise(files, today=TODAY))
    assert '<div id="while-away">' in renderer_of(plan).page(plan.people["ada"])


@pytest.mark.parametrize(("people", "rest"), [(25, ""), (26, "1 more person"), (27, "2 more people")])
def test_so_many_people_away_are_shown_and_the_rest_is_in_a_fold(people: int, rest: str) -> None:
    page = risks([role(f"r{at:02}", owner=f"P {at:02}") for at in range(people)])
    before, _, folded = page.partition('<details class="rb-rest">')
    assert (len(cells(before)), len(cells(folded))) == (25, people - 25)
    assert rest in words(folded) if rest else not folded
    assert ('type="search"' in page) == bool(rest)
    assert f"and {people - 20} more, in the table below" in words(before)


def test_long_lists_of_risks_are_cut_and_people_go_on_on_further_pages() -> None:
    own = [role(f"r{at:03}", owner=f"P {at:03}", backup=f"P {at:03}") for at in range(MAX_ROWS + 1)]
    first, second = (risks(own, part=part) for part in (0, 1))
    assert len(cells(first)) == MAX_ROWS and len(cells(second)) == 1
    assert "Single points of failure" not in second and "Person away" in second
    assert first.count("covered by <a") == 20 and "and 181 more" in first
    assert "more</a>" not in risks(own[:20]) and "more, in the table below" not in risks(own[:20])
    promises = risks([role("a", owner="Ada", deliverable=keeps(*range(21)))], promises=21)
    assert cells(promises)[19][0] == "P19" and '<a href="../../business-model/">and 1 more</a>' in promises
    assert "P7 and 13 more" in words(promises)
    assert "and 1 more" not in risks([], promises=20)
    shared = [role(f"s{at}", owner=f"P {at}", backup=f"Q {at}", deliverable=keeps(0)) for at in range(9)]
    assert "S7 P 7 and 1 more" in words(risks(shared, promises=1))
    assert "Q 7 and 1 more" in words(risks(shared, promises=1))
    assert "and 1 more" not in words(risks(shared[:8], promises=1))


# --- who leaves ------------------------------------------------------------------------------------


def leaving(files: list[RoleFile], person: str = "ada") -> str:
    """The leaving list on a person's page."""
    plan = Plan(PROJECT, organise(files, [with_capacity(person, 5)], today=TODAY))
    return renderer_of(plan).page(plan.people[person]).partition("<h2 data-search-exclude>If ")[2]


def test_a_persons_page_says_what_to_take_back_and_to_pass_on_when_they_leave() -> None:
    tools = (Tool(name="<Bank>", access="pay", admin="Bo"),)
    page = leaving([role("a", owner="Ada", backup="Bo", tools=tools), role("b", owner="Bo", backup="Ada")])
    assert words(page) == (
        "Ada leaves Leaving list Take back access <Bank> for A (access: pay); taken back by Bo"
        " Hand over roles A Bo covers Name another cover B Bo"
        " As a document, for colleagues only: rolebook pack --leaving ada"
    )
    assert '<a href="../../roles/b/">B</a>' in page and "&lt;Bank&gt;" in page
    assert leaving([role("b", owner="Bo")]) == "", "nothing names them"


@pytest.mark.parametrize(("roles", "rest"), [(200, ""), (201, "and 1 more")])
def test_a_leaving_list_on_a_page_is_cut(roles: int, rest: str) -> None:
    page = leaving([role(f"r{at}", owner="Bo", backup="Ada") for at in range(roles)])
    assert page.count("<li><a") == 200
    assert ("and 1 more" in page) == bool(rest)


# --- charts ----------------------------------------------------------------------------------------


def in_order(chart: Chart) -> bool:
    return all(node.parent is None or node.parent < at for at, node in enumerate(chart.nodes))


def below(chart: Chart, at: int) -> list[int]:
    return [place for place, node in enumerate(chart.nodes) if node.parent == at]


@settings(max_examples=40)
@given(role_files())
def test_a_chart_shows_offer_promise_role_and_person(files: list[RoleFile]) -> None:
    organisation = company(files)
    for sold in business_model(organisation).offers:
        chart = promises(organisation, sold)
        assert in_order(chart)
        assert chart.nodes[0].title == (sold.name or "Without an offer")
        places = below(chart, 0)
        assert [chart.nodes[at].title for at in places] == [promise.name for promise in sold.promises]
        for at, promise in zip(places, sold.promises, strict=True):
            shown = below(chart, at)
            assert [chart.nodes[each].target.id for each in shown] == [each.id for each in promise.roles]
            for each, kept_by in zip(shown, promise.roles, strict=True):
                people = [chart.nodes[who].title for who in below(chart, each)]
                assert people == ([] if kept_by.vacant else [person.name for person in kept_by.people])


@pytest.mark.parametrize(
    ("deliverables", "roles"), [(1, 25), (1, 40), (1, 500), (10, 3), (20, 3), (29, 2), (30, 1), (400, 1)]
)
def test_a_chart_stays_readable(deliverables: int, roles: int) -> None:
    business = BusinessModelFields(
        offers=(Offer(id="o"),),
        deliverables=tuple(BusinessDeliverable(id=f"d{at}", offer="o") for at in range(deliverables)),
    )
    made = tuple(Deliverable(outcome="x", for_=f"d{at}") for at in range(deliverables))
    files = [role(f"r{at}", owner="Ada", deliverable=made) for at in range(roles)]
    organisation = organise(files, business=business, today=TODAY)
    (sold,) = business_model(organisation).offers
    chart = promises(organisation, sold)
    assert len(chart.nodes) <= MAX_NODES
    assert in_order(chart)
    reported = [node for node in chart.nodes if node.style is Style.DELIVERABLE]
    assert len(reported) == min(deliverables, MAX_PROMISES)
    for at in below(chart, 0):
        if chart.nodes[at].style is Style.DELIVERABLE:
            shown = [chart.nodes[each] for each in below(chart, at)]
            assert sum(node.hidden or 1 for node in shown) == roles
    assert sum(node.hidden for node in chart.nodes if node.parent == 0) == deliverables - len(reported)


@pytest.mark.parametrize("number", [1, 10, 58, 59, 60, 500])
@pytest.mark.parametrize("teams", [1, 7])
def test_the_seats_that_change_fit_on_a_chart(number: int, teams: int) -> None:
    files = [role("top"), *(role(f"t{at}", parent="top") for at in range(teams))]
    files += [role(f"s{at}", parent=f"t{at % teams}") for at in range(number)]
    organisation = organise(files, today=TODAY)
    chart = moves.roles(organisation, "Today", [f"s{at}" for at in range(number)])
    assert len(chart.nodes) <= MAX_NODES
    assert in_order(chart)
    assert sum(node.hidden or node.here for node in chart.nodes) == number
    assert not any(below(chart, at) for at, node in enumerate(chart.nodes) if node.here)


# --- on a site -------------------------------------------------------------------------------------


def articles(site: Path) -> Iterator[str]:
    for path in ("business-model/index.html",):
        html = (site / path).read_text(encoding="utf-8")
        yield html[html.index("<article") : html.index("</article>")]


@pytest.mark.parametrize(
    ("body", "order"),
    [
        (
            "# Model\n\nFirst.\n\n<!-- rolebook: business-model -->\n\nLast.\n",
            ["First.", "promise-1", "Last."],
        ),
        ("First.\n", ["First.", "promise-1"]),
    ],
)
def test_the_model_stands_where_its_author_wants_it_or_at_the_end(
    body: str, order: list[str], tmp_path: Path
) -> None:
    front = "---\ndeliverables:\n  - {id: d, name: A promise}\n---\n"
    config = MKDOCS_YML + "repo_url: https://git.example/us/book\nedit_uri: edit/main/content/\n"
    files = HOME | {
        "mkdocs.yml": config,
        "content/business-model.md": front + body,
        "roles/owner.md": "---\ntitle: Owner\nowner: Ada\n---\n",
    }
    site, _ = build_site(write(tmp_path, files), strict=True)
    (article,) = articles(site)
    places = [article.index(each) for each in order]
    assert places == sorted(places)
    assert "<!-- rolebook" not in article
    reported = (site / "decisions/attention/index.html").read_text(encoding="utf-8")
    assert 'href="https://git.example/us/book/edit/main/roles/owner.md"' in reported
    assert 'href="https://git.example/us/book/edit/main/content/business-model.md"' in reported


def test_people_with_files_are_edited_there() -> None:
    people = [PersonFile(who, f"people/{who}.md", each, {}) for who, each in PEOPLE.items()]
    organisation = organise([PPC], people, BUSINESS, today=TODAY)
    plan = Plan(PROJECT, organisation, edit_address=lambda path: f"https://e/{path}")
    assert 'href="https://e/../people/maya.md"' in texts(plan)["decisions/hats/index.md"]


PRICES = {"149.99": "149.99", "129.95": "129.95", "1234.5": "1,234.50", "1200.50": "1,200.50", "19": "19"}


@pytest.mark.parametrize("price", PRICES)
def test_a_price_keeps_its_cents(price: str, tmp_path: Path) -> None:
    offer = f"---\noffers: [{{id: x, name: X, price: {price}, currency: EUR, monthly_value: {price}}}]\n"
    promise = "deliverables: [{id: y, name: Y, offer: x}]\n---\n"
    files = {"roles/a.md": "---\ntitle: A\n---\n", "content/business-model.md": offer + promise}
    handbook = opened(write(tmp_path, files))
    text = handbook.renderer(plan := handbook.plan()).business_model(
        plan.business.uri if plan.business else ""
    )
    assert text.count(f"EUR {PRICES[price]}") == 2


def test_a_long_purpose_is_set_as_text_and_a_person_works_as_something_or_is_left_out() -> None:
    files = [role("a", purpose="Short."), role("b", owner="Bo", purpose="One more duty. " * 30)]
    plan = plan_of(files)
    renderer = renderer_of(plan)
    assert '<p class="rb-lead">Short.' in renderer.page(plan.roles["a"])
    assert '<p class="rb-lead rb-long">One more' in renderer.page(plan.roles["b"])
    assert "Works as" not in renderer.page(plan.people["bo"])
