"""How much of a branch a card chart shows at once, and what the cards of other charts say."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

import projects
from charted import SHAPES, TODAY, Shape, few, organisation_of, role_file
from rolebook.charts import moves, people
from rolebook.charts.model import Chart, LinkKind
from rolebook.charts.reporting import neighbourhood
from rolebook.handbook import Handbook
from rolebook.organisation import Organisation, Person, PersonFile, RoleFile, organise
from rolebook.schema.records import Hours, Member, PersonFields, Work
from rolebook.views.cards import Cards, cut_below

TREE = {"top": "", "a": "top", "b": "top", "c": "a", "d": "a", "e": "b", "f": "c", "g": "c", "h": "f"}
"""Two direct reports, three below them, then two, then one."""


@pytest.mark.parametrize(
    ("most", "cut"),
    [
        (0, {"a", "b"}),
        (4, {"a", "b"}),
        (5, {"c"}),
        (6, {"c"}),
        (7, {"f"}),
        (8, set()),
    ],
)
def test_whole_levels_are_shown_as_long_as_there_is_room(most: int, cut: set[str]) -> None:
    organisation = organisation_of(TREE)
    assert cut_below(organisation, organisation.roles["top"], most) == cut


def test_below_a_role_without_reports_nothing_is_left_out() -> None:
    organisation = organisation_of(TREE)
    assert cut_below(organisation, organisation.roles["h"], 0) == frozenset()


# --- around a role ---------------------------------------------------------------------------------


def cards(organisation: Organisation, photo: str = "", inside: bool = True) -> Cards:
    return Cards(
        organisation,
        inside,
        href=lambda role: f"{role.id}/",
        photo_href=lambda person: photo,
        job_href=lambda role: f"jobs/{role.id}/",
        branch_hrefs=lambda role: [],
        leads=lambda target: f"{target.kind}:{target.id}",
    )


def around(organisation: Organisation, role: str) -> str:
    return str(cards(organisation).around(neighbourhood(organisation, organisation.roles[role])))


def links(html: str) -> list[tuple[str, str]]:
    """The addresses and texts of the links of `html`; that of the page itself has no address."""
    return re.findall(r'<a (?:href="([^"]*)"|aria-current="page")>([^<]*)</a>', html)


def indents(html: str) -> list[int]:
    """How deep each card is."""
    depth, found = 0, []
    for tag in re.findall(r'<ul|</ul|<div class="rb-card', html):
        depth += {"<ul": 1, "</ul": -1}.get(tag, 0)
        if tag.startswith("<div"):
            found.append(depth - 1)
    return found


def test_cards_around_a_role_lead_to_all_but_its_own_page() -> None:
    html = around(organisation_of(TREE), "c")
    assert links(html) == [("top/", "TOP"), ("a/", "A"), ("", "C"), ("f/", "F"), ("g/", "G"), ("d/", "D")]
    assert indents(html) == [0, 1, 2, 3, 3, 2]
    assert html.count("rb-here") == html.count('aria-current="page"') == 1
    assert " id=" not in html


def test_reports_hang_below_a_role_and_stand_in_columns_below_the_top() -> None:
    organisation = organisation_of(TREE)
    at_top, below = around(organisation, "top"), around(organisation, "c")
    assert 'class="rb-root rb-here"' in at_top and "rb-hang" not in at_top
    assert 'class="rb-column rb-here"' in below and below.count("rb-hang") == 1
    assert around(organisation, "h").count("rb-hang") == 0


@given(SHAPES)
def test_each_box_of_a_chart_has_its_card_where_it_stands(shape: Shape) -> None:
    organisation = shape.organisation()
    for role in few(organisation):
        chart = neighbourhood(organisation, role)
        html = str(cards(organisation).around(chart))
        # A list keeps together what is below a box.
        assert sorted(title for _, title in links(html)) == sorted(node.title for node in chart.nodes)
        assert len(indents(html)) == len(chart.nodes)
        assert max(indents(html)) == max(map(depth_in(chart), range(len(chart.nodes))))


def depth_in(chart: Chart) -> Callable[[int], int]:
    def depth(place: int) -> int:
        parent = chart.nodes[place].parent
        return 0 if parent is None else 1 + depth(parent)

    return depth


def test_siblings_and_reports_beyond_eight_are_one_card_that_leads_to_them() -> None:
    reports = {
        "top": "",
        "a": "top",
        **{f"s{at}": "top" for at in range(8)},
        **{f"r{at}": "a" for at in range(9)},
    }
    folds = [link for link in links(around(organisation_of(reports), "a")) if "more" in link[1]]
    assert folds == [("reports:a", "+1 more"), ("reports:top", "+1 more")]
    del reports["s7"], reports["r8"]
    assert "rb-fold" not in around(organisation_of(reports), "a")


def test_a_vacancy_beside_a_role_leads_to_its_job_description() -> None:
    html = around(organisation_of({"top": "", "a": "top"}), "top")
    assert '<a class="rb-apply" href="jobs/a/" aria-label="A: See the job description">' in html


# --- who holds what --------------------------------------------------------------------------------


def hours(number: float) -> Hours:
    return Hours(min=number, max=number)


def person_file(person: str, **fields: object) -> PersonFile:
    return PersonFile(person, f"people/{person}.md", PersonFields(name=person.title(), **fields), {})  # type: ignore[arg-type]


def shop(capacity: float = 40) -> Organisation:
    roles: list[RoleFile] = [
        role_file("boss", owner="Ada", weekly_hours=hours(20)),
        role_file("till", parent="boss", owner="Ada", weekly_hours=hours(20),
                  performed_by=(Work(person="Ben"),)),
        role_file("door", parent="boss", owner="Ada", weekly_hours=hours(10), performed_by=(
            Work(person="Ada", weekly_hours=hours(4)), Work(person="Ben", weekly_hours=hours(6)))),
        role_file("post", parent="boss", weekly_hours=hours(5)),
        role_file("party", parent="boss", kind="team", lead=("Ben",),
                  members=(Member(person="Ada", as_="cook"),)),
    ]  # fmt: skip
    people_files = [
        person_file("ada", founder=True, weekly_capacity=capacity),
        person_file("ben", engagement="contractor"),
    ]
    return organise(roles, people_files, today=TODAY)


def card_of(html: str, title: str, which: int = 0) -> str:
    """The words of a card."""
    found = [card for card in re.findall(r'<div class="rb-card.*?</div>', html) if f">{title}</a>" in card]
    return " | ".join(filter(None, re.split(r"(?:<[^>]*>)+", found[which]))).replace("\xa0", " ")


def held(organisation: Organisation, person: Person, photo: str = "") -> str:
    return str(cards(organisation, photo).held(people.roles_of(organisation, person)))


def holders(organisation: Organisation) -> str:
    return str(cards(organisation).holders(people.people(organisation)))


def test_a_card_below_a_person_says_what_they_do_of_the_role() -> None:
    organisation = shop()
    ada, ben = (held(organisation, organisation.people[each]) for each in ("ada", "ben"))
    assert card_of(ada, "BOSS") == "A | BOSS | 20 h"
    assert card_of(ada, "DOOR") == "A | DOOR | 4 h"
    assert card_of(ada, "TILL") == "A | TILL | Accountable"
    assert card_of(ada, "PARTY") == "B | PARTY | cook"
    assert card_of(ben, "DOOR") == "A | DOOR | Ada | 6 h"
    assert card_of(ben, "TILL") == "A | TILL | Ada | 20 h"
    assert card_of(ben, "PARTY") == "B | PARTY | Lead"


def test_bars_of_all_cards_have_the_scale_of_the_longest_role() -> None:
    organisation = shop()
    html = held(organisation, organisation.people["ada"])
    shares = re.findall(r"--rb-share:([\d.]+)", html)
    assert sorted(shares) == ["0.00", "0.00", "0.20", "1.00"]


@pytest.mark.parametrize(("capacity", "over"), [(24, ""), (23, " | 1 h over capacity")])
def test_a_persons_card_says_by_how_much_they_are_over_capacity(capacity: float, over: str) -> None:
    html = holders(shop(capacity))
    assert card_of(html, "Ada") == f"A | Ada | 3 roles, 1 team · 24 h{over}"
    assert card_of(html, "Ben") == "B | Ben | 2 roles, 1 team · 26 h"


def test_people_stand_beside_their_roles_and_vacancies_come_last() -> None:
    html = holders(shop())
    titles = [title for _, title in links(html)]
    assert titles == [
        "Ada",
        "BOSS",
        "DOOR",
        "TILL",
        "PARTY",
        "Ben",
        "DOOR",
        "TILL",
        "PARTY",
        "Vacant",
        "POST",
    ]
    assert indents(html) == [0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1]
    assert links(html)[0][0] == "person:ada" and links(html)[9][0] == "jobs:"
    assert card_of(html, "Vacant") == "+ | Vacant | 1 role"
    assert card_of(html, "POST") == "+ | POST | Vacant | 5 h | See the job description"


def test_a_persons_face_shows_how_they_belong_to_the_company() -> None:
    organisation = organise(
        [role_file(each, owner=each.title()) for each in ("ada", "ben", "cleo")],
        [person_file("ada", founder=True), person_file("ben", engagement="agency"), person_file("cleo")],
        today=TODAY,
    )
    face = r'rb-(\S+)" style="[^"]*"><span class="rb-face" role="img" aria-label="([^"]*)">.</span>'
    faces = re.findall(f'{face}<a href="person:([^"]*)"', holders(organisation))
    assert sorted((person, style, words) for style, words, person in faces) == [
        ("ada", "founder", "Founder"),
        ("ben", "outsourced", "Outsourced"),
        ("cleo", "in-house", "In-house"),
    ]


def test_a_person_has_as_many_roles_and_teams_as_are_counted() -> None:
    organisation = organise(
        [role_file("a", owner="Ada"), role_file("t", parent="a", kind="team", lead=("Ben",))],
        [person_file("cleo")],
        today=TODAY,
    )
    counted = {each.name: people.counts(organisation, each) for each in organisation.people.values()}
    assert counted == {"Ada": "1 role", "Ben": "1 team", "Cleo": "0 roles"}


def test_a_legend_of_cards_has_the_ways_of_holding_that_occur() -> None:
    words = people.people(shop()).holdings
    assert words == (("founder", "Founder"), ("team", "Team"), ("vacant", "Vacant"))


def test_a_card_shows_the_picture_of_whoever_has_one() -> None:
    organisation = shop()
    html = held(organisation, organisation.people["ada"], "ada.webp")
    assert html.count('<img src="ada.webp" alt="" width="30" height="30" loading="lazy">') == 4


def test_people_and_roles_beyond_the_limits_are_one_card_that_leads_to_them() -> None:
    many = [role_file(f"r{at}", owner="Ada") for at in range(25)]
    organisation = organise(many, today=TODAY)
    html = held(organisation, organisation.people["ada"])
    assert len(indents(html)) == people.MAX_ROLES + 1
    assert links(html)[-1] == ("person:ada", "+1 more")
    crowd = organise([role_file(f"r{at}", owner=f"P {at}") for at in range(120)], today=TODAY)
    html = holders(crowd)
    assert len(indents(html)) <= people.MAX_NODES
    address, words = links(html)[-1]
    assert address == f"{LinkKind.PEOPLE}:" and re.fullmatch(r"\+\d+ more", words)


def test_a_name_of_a_person_stays_text() -> None:
    organisation = organise([role_file("a", owner="<b>{{ x }}</b>")], today=TODAY)
    html = holders(organisation)
    assert "<b>{" not in html and "{{" not in html and "&lt;b&gt;" in html


# --- the pages -------------------------------------------------------------------------------------

PLUGINS = "site_name: Test\ndocs_dir: content\nplugins:\n  - rolebook: {static_charts: [%s]}\n"


def handbook(root: Path, static: str) -> Handbook:
    role = "---\ntitle: Boss\nowner: Ada Abel\n---\n"
    return projects.opened(projects.write(root, {"mkdocs.yml": PLUGINS % static, "roles/boss.md": role}))


def shown(root: Path, static: str) -> dict[str, str]:
    book = handbook(root, static)
    plan = book.plan()
    renderer = book.renderer(plan)
    pages = {
        "role": plan.roles["boss"],
        "person": next(iter(plan.people.values())),
        "people": plan.people_lists[0],
    }
    return {name: renderer.page(page) for name, page in pages.items()}


@pytest.mark.parametrize("which", ["role", "person", "people"])
def test_a_diagram_is_below_the_cards_only_where_a_script_is_wanted(tmp_path: Path, which: str) -> None:
    without = shown(tmp_path / "without", which)
    assert 'class="rb-card ' in without[which]
    assert "rolebook-chart" not in without[which] and "Show as" not in without[which]
    for name, page in shown(tmp_path / "with", "").items():
        assert 'class="rb-card ' in page, name
        cards_at, fold, diagram = (
            page.index(each) for each in ("rb-card ", "Show as a diagram", "rolebook-chart")
        )
        assert cards_at < fold < diagram, name
    assert "Show as list" not in "".join(without.values())


def test_roles_that_change_hang_below_those_they_report_to_and_lead_to_their_pages() -> None:
    organisation = organisation_of({"top": "", "a": "top", "b": "top", "c": "a", "alone": ""})
    chart = moves.roles(organisation, "After", ["b", "c", "alone"])
    html = str(cards(organisation).changing(chart))
    titles = re.findall(r'<li( class="rb-here")?><div class="rb-card.*?<a href="(\w+)/">', html)
    here = ' class="rb-here"'
    assert titles == [(here, "alone"), ("", "a"), (here, "c"), ("", "top"), (here, "b")]
    assert html.count('<ul class="rb-hang">') == 2


def test_a_name_from_right_to_left_stands_before_its_seats() -> None:
    role = role_file("a", owner="אורי כהן", seats=3)
    html = str(cards(organise([role], today=TODAY)).tree(organise([role], today=TODAY).tops, frozenset()))
    assert "\N{FIRST STRONG ISOLATE}אורי כהן\N{POP DIRECTIONAL ISOLATE} · 3 seats" in html
