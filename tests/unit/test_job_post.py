"""Job descriptions: what the public may read, whole, and that nothing else of a role gets out.

The whole pages stand in `golden/pages/job-*.md`. `pytest --bless` writes what the program says now: read
the difference before you commit it.
"""

import datetime as dt
import html
import itertools
import os
import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from projects import TODAY, opened, write
from rolebook.body import ANY_SITE
from rolebook.documents.job_post import JobPost, compose
from rolebook.options import Options
from rolebook.organisation import PersonFile, RoleFile, organise
from rolebook.pages.plan import Plan
from rolebook.project import Project
from rolebook.rendering.renderer import Renderer
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import declarations
from rolebook.schema.records import (
    Hours,
    Location,
    PersonFields,
    Posting,
    Rate,
    RoleFields,
    Sections,
)
from rolebook.visibility.sections import Section
from rolebook.visibility.view import view_for

GOLDENS = Path(__file__).parents[1] / "golden" / "pages"
PUBLIC = Audience.PUBLIC

FULL = """\
---
title: R&D "video" lead
parent: owner
owner: Grace Hopper
performed_by: [{person: Edsger, weekly_hours: 2}]
backup: Barbara
status: open
weekly_hours: {min: 8, max: 10}
purpose: Viewers come back because each video is worth their time.
deliverable:
  - outcome: Two videos a week are online
    cadence: weekly
    measure: average view duration
    acceptance: [no spelling mistakes, sound at -14 LUFS]
    for: promise-1
    receiver: owner
  - The archive is searchable
outsource: {fit: next, reason: it costs the founder two days, to: Edsger}
engagement: contractor
skills: {must: ["DaVinci <Resolve>"], nice: [colour grading], languages: [English, Spanish]}
tools: [{name: Frame.io, access: editor, admin: Grace Hopper}]
rate: {min: 1200, max: 1500, currency: EUR, per: month}
location: {remote: yes, countries: [Ireland, Spain, Italy], timezone_overlap: 4 hours with CET}
reporting: {to: owner, cadence: daily, channel: chat, format: three lines}
out_of_scope: [thumbnails]
trial_task: {brief: Cut one minute, hours: 1, paid: yes, pass: the client laughs}
posting:
  opens: 2027-01-01
  closes: 2027-02-03
  apply_url: https://jobs.example.org/video?a=1&b=2
  apply_email: jobs@example.org
  questions: ["Which video are you proud of, and why?"]
review_by: 2027-06-30
tags: [secret-tag]
aliases: [old-video]
---

Before the first heading: stays inside.

## Responsibilities

Cut, colour and *publish*<!-- but not on Fridays -->. See [the guide](../content/guide.md) and
[Resolve](https://example.org/resolve).

![plan](plan.png)

- [ ] Upload
- [x] Archive, as in [contract][1]

```
## not a heading
a <b> & {{ c }}
```

### Weekly

| Day | What |
|---|---|
| Monday | plan |

<div>raw &amp; inside</div>

## Passwords

In the vault.

## Done when

1. It is online.

[1]: https://example.org/contract
"""

FIVE = """\
---
title: Support agent
parent: owner
owner: Grace Hopper
weekly_hours: 10
deliverable: Every customer has an answer within a day
---
"""

TITLE_ONLY = "---\ntitle: Bookkeeper\n---\n"


# --- whole pages -----------------------------------------------------------------------------------


def page_of(root: Path, role: str) -> str:
    """The job description that is made of the file `role`."""
    files = {"roles/owner.md": "---\ntitle: Owner\nowner: Ada\n---\n", "roles/team/seat.md": role}
    handbook = opened(write(root, files))
    plan = handbook.plan()
    return handbook.renderer(plan).page(plan.jobs["seat"])


def matches_golden(name: str, now: str, request: pytest.FixtureRequest) -> bool:
    """Whether `now` is what golden/pages/ holds; with --bless it is written there."""
    file = GOLDENS / name
    if request.config.getoption("bless") and not os.environ.get("CI"):
        file.write_text(now, encoding="utf-8", newline="\n")
    return file.read_text(encoding="utf-8") == now


ROLES = {"full": FULL, "five-fields": FIVE, "title-only": TITLE_ONLY}
SHOWN_RATE = FULL.replace("per: month", "per: month, show: yes")


@pytest.mark.parametrize("name", ROLES)
def test_golden_job_description(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    assert matches_golden(f"job-{name}.md", page_of(tmp_path, ROLES[name]), request)


def text_of(page: str) -> str:
    """What of a page's Markdown is read, without its front matter and tags."""
    return re.sub(r"<[^>]*>", "", page.split("\n---\n", 1)[1])


@pytest.mark.parametrize("name", ROLES)
def test_nothing_odd_is_read(name: str, tmp_path: Path) -> None:
    page = page_of(tmp_path, ROLES[name])
    assert "None" not in page
    assert "<!--" not in page
    assert not re.search(r"\w  +\w|\s[.,;]", text_of(page))
    for record in (RoleFields, Posting, Rate, Location):
        assert [each for each in declarations(record) if "_" in each.strip("_") and each in page] == []


@pytest.mark.parametrize("name", ROLES)
def test_every_heading_has_something_below_it(name: str, tmp_path: Path) -> None:
    lines = [line for line in page_of(tmp_path, ROLES[name]).splitlines() if line.strip()]
    for line, below in itertools.pairwise(lines):
        assert not (line.startswith("## ") and below.startswith("## "))
        assert not re.fullmatch(r"#+\s*", line)
    assert not lines[-1].startswith("#")
    assert not re.search(r"<(\w+)(?! role=.status)[^>]*></\1>", "".join(lines))


@pytest.mark.parametrize("name", ROLES)
def test_one_link_leads_inside_and_is_marked(name: str, tmp_path: Path) -> None:
    *above, last = page_of(tmp_path, ROLES[name]).rstrip().splitlines()
    assert [address for address in links("\n".join(above)) if not re.match("https://|mailto:", address)] == []
    assert links(last) == ["../../roles/team/seat/"]
    assert 'class="rb-path rb-inside"' in last


def links(page: str) -> list[str]:
    written = re.findall(
        r"""(?:href|src)=["']?([^"'\s>]+)|\]\(([^)]*)\)|^\[.*\]: *(\S+)""", page, re.MULTILINE
    )
    return ["".join(groups) for groups in written]


STAYS_INSIDE = (
    "Hopper|Edsger|Barbara|Ada|promise-1|two days|Frame.io|1,?200|1,?500|chat|three lines|thumbnails|2027-06"
    "|secret-tag|old-video|Before the first|Fridays|guide.md|plan.png|Passwords|vault"
)


def test_what_is_inside_stays_inside(tmp_path: Path) -> None:
    assert re.findall(STAYS_INSIDE, page_of(tmp_path, FULL)) == []


def test_pay_is_named_where_its_owner_says_so(tmp_path: Path) -> None:
    shown = page_of(tmp_path, SHOWN_RATE)
    assert "<dt>Pay</dt><dd>EUR 1,200 to 1,500 a month</dd>" in shown
    assert {found.replace(",", "") for found in re.findall(STAYS_INSIDE, shown)} == {"1200", "1500"}


# --- sections --------------------------------------------------------------------------------------


def organisation_of(body: str = "", day: dt.date = TODAY, **values: Any) -> tuple[Any, Any]:
    fields = RoleFields(**{"title": "Seat", "parent": "owner", **values})
    files = [
        RoleFile("owner", "roles/owner.md", RoleFields(title="Owner"), {}),
        RoleFile("seat", "roles/seat.md", fields, {}, body),
    ]
    organisation = organise(files, [PersonFile("ada", "people/ada.md", PersonFields(), {})], today=day)
    return organisation, organisation.roles["seat"]


def post_of(body: str = "", day: dt.date = TODAY, **values: Any) -> JobPost:
    organisation, role = organisation_of(body, day, **values)
    return compose(view_for(organisation, PUBLIC), role.id, "Us")


def sections_of(body: str) -> dict[str, str]:
    return {section.heading: str(section.html) for section in post_of(body).sections}


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("## Salaries\n\nsecret", id="unknown-heading"),
        pytest.param("## How to do it\n\nsecret", id="for-contractors"),
        pytest.param("##\n\nsecret", id="heading-without-text"),
        pytest.param("## \n\nsecret", id="heading-of-a-space"),
        pytest.param("##\tSalaries\n\nsecret", id="tab"),
        pytest.param("   ## Salaries ##\n\nsecret", id="indented-and-closed"),
        pytest.param("# Salaries\n\nsecret", id="first-level"),
        pytest.param("# Purpose\n\nsecret", id="first-level-of-a-public-name"),
        pytest.param("Salaries\n--------\n\nsecret", id="underlined"),
        pytest.param("Salaries\n===\n\nsecret", id="underlined-twice"),
        pytest.param("<!--\n## Responsibilities\n\nsecret\n-->", id="public-heading-in-a-comment"),
        pytest.param("<!-- secret -->", id="comment"),
        pytest.param("<!--\n\nsecret\n\n-->", id="comment-with-blank-lines"),
        pytest.param("Text <!-- secret\nsecret --> goes on.", id="comment-in-a-paragraph"),
        pytest.param("```make all``` does it.\n\n## Salaries\n\nsecret", id="code-that-looks-like-a-fence"),
        pytest.param("```\nx\n```\n## Salaries\n\nsecret", id="after-a-fence"),
        pytest.param("~~~\n```\n~~~\n## Salaries\n\nsecret", id="after-a-fence-that-shows-one"),
        pytest.param("- item\n\n  ```\n  x\n  ```\n\n## Salaries\n\nsecret", id="after-a-fence-in-a-list"),
        pytest.param("- ```\n  x\n\n## Salaries\n\nsecret", id="after-an-open-fence-in-a-list"),
        pytest.param("> ```\n> x\n\n## Salaries\n\nsecret", id="after-an-open-fence-in-a-quotation"),
        pytest.param("- item\n## Salaries\n\nsecret", id="after-a-list"),
        pytest.param('<img src="secret.png" alt="secret">', id="raw-picture"),
        pytest.param('<span title="secret">text</span>', id="raw-markup"),
        pytest.param("![text](secret.png)", id="picture"),
        pytest.param("[text](../secret.md)", id="link-inside"),
        pytest.param("[text][x]\n\n[x]: ../secret.md", id="link-by-reference"),
        pytest.param("[text](/secret)", id="absolute-link"),
        pytest.param("[text](//host/secret)", id="link-without-scheme"),
        pytest.param("[text](javascript:secret)", id="script"),
        pytest.param("[text](file:///secret)", id="file"),
        pytest.param("[x]: https://example.org/secret", id="unused-reference"),
    ],
)
def test_what_stands_below_no_public_heading_stays_inside(inside: str) -> None:
    body = f"secret\n\n## Purpose\n\nWhy.\n\n{inside}\n"
    shown = sections_of(body)
    assert "secret" not in str(shown)
    if shown:
        assert list(shown) == ["Purpose"]
        assert shown["Purpose"].startswith("<p>Why.</p>")
    else:
        assert ANY_SITE.difference(body) is not None


def test_public_sections_are_shown_with_their_markup() -> None:
    body = (
        "## Done  WHEN ##\n\n```\n## not a heading\n```\n\n    ## nor this\n\n### Detail\n\n- [x] a\n- b\n\n"
        "## Responsibilities\n\n**a** `b` ~~c~~ [d](https://x.org) [e][f] <g@x.org>\n\n"
        "## Outcomes\n\n![only](a-picture.png)\n\n## Notes\n\n[f]: mailto:e@x.org\n"
    )
    assert sections_of(body) == {
        "Done WHEN": "<pre><code>## not a heading</code></pre>\n<pre><code>## nor this</code></pre>\n"
        "<h3>Detail</h3>\n<ul>\n"
        '<li class="rb-task">☑ a</li>\n<li>b</li>\n</ul>',
        "Responsibilities": '<p><strong>a</strong> <code>b</code> ~~c~~ <a href="https://x.org">d</a> '
        'e <a href="mailto:g@x.org">g@x.org</a></p>',
    }


def test_what_only_this_theme_knows_is_made_plain() -> None:
    body = (
        '## Purpose\n\n!!! tip "Wait"\n\n    Read *first*.\n\n=== "One"\n\n    - a\n\n'
        "### Nothing below\n\n<!-- later -->\n"
    )
    assert sections_of(body) == {
        "Purpose": "<blockquote>\n<p><strong>Wait</strong></p>\n<p>Read <em>first</em>.</p>\n</blockquote>\n"
        "<blockquote>\n<p><strong>One</strong></p>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>"
    }


def test_an_author_s_html_is_sanitised() -> None:
    body = (
        '## Purpose\n\n<p onclick="x" style="color:red" title="t">a <kbd>b</kbd> <blink>c</blink></p>\n\n'
        '<a href="ftp://x">d</a> <a href="HTTPS://x.org">e</a> <img src="data:image/png;base64,AA">'
        "<iframe>f</iframe><script>g</script><style>h</style>\n"
    )
    assert sections_of(body) == {
        "Purpose": '<p>a <kbd>b</kbd> c</p>\n<p>d <a href="HTTPS://x.org">e</a> f</p>'
    }


def test_a_heading_within_a_quotation_ends_its_section() -> None:
    body = "## Purpose\n\nbefore\n\n> ## Quoted\n>\n> text\n\nafter\n"
    assert sections_of(body) == {"Purpose": "<p>before</p>"}


def test_a_written_purpose_takes_the_place_of_the_sentence() -> None:
    assert post_of(purpose="Why.").lead == "Why."
    assert post_of("## purpose\n\nWhy, at length.\n", purpose="Why.").lead == ""
    assert post_of("## Purpose\n\n<!-- to be written -->\n", purpose="Why.").lead == "Why."


def test_owners_may_let_a_section_out() -> None:
    role = RoleFile(
        "a", "roles/a.md", RoleFields(title="A"), {}, "## Who we are\n\nBakers.\n\n## Notes\n\nx\n"
    )
    organisation = organise([role], sections=Sections(public=("Who we are",)), today=TODAY)
    post = compose(view_for(organisation, PUBLIC), "a", "Us")
    assert post.sections == (Section("Who we are", Markup("<p>Bakers.</p>")),)


# --- sentences -------------------------------------------------------------------------------------


def hours(low: float, high: float | None = None) -> Hours:
    return Hours(min=low, max=low if high is None else high)


def paid(**values: Any) -> Rate:
    return Rate(show=True, **{"per": "hour", **values})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, ""),
        ({"weekly_hours": hours(0)}, ""),
        ({"weekly_hours": hours(1)}, "About 1 hour a week."),
        ({"weekly_hours": hours(0.5)}, "About 0.5 hours a week."),
        ({"weekly_hours": hours(7.5, 10)}, "About 7.5–10 hours a week."),
        ({"engagement": "employee"}, "You work as an employee."),
        ({"weekly_hours": hours(10), "engagement": "agency"}, "About 10 hours a week, as an agency."),
        (
            {"weekly_hours": hours(10), "seats": 3, "engagement": "contractor"},
            "About 10 hours a week each, for 3 equal seats, as a contractor.",
        ),
        ({"weekly_hours": hours(1), "seats": 2}, "About 1 hour a week each, for 2 equal seats."),
        ({"location": Location(remote=True)}, "Remote, from anywhere."),
        ({"location": Location(remote=True, countries=("Ireland",))}, "Remote, from Ireland."),
        ({"location": Location(countries=("A", "B", "C"))}, "In A, B or C."),
        ({"location": Location(remote=False)}, "On site."),
        ({"location": Location(place="the shop")}, "At the shop."),
        ({"location": Location(remote=True, place="the shop")}, "Remote, from anywhere, or at the shop."),
        (
            {"location": Location(remote=False, timezone_overlap="4 h with CET")},
            "On site; shared working hours: 4 h with CET.",
        ),
        ({"location": Location(timezone_overlap="CET")}, "Shared working hours: CET."),
        ({"rate": Rate(amount=45)}, ""),
        ({"rate": paid()}, ""),
        ({"rate": paid(currency="EUR")}, ""),
        ({"rate": paid(amount=45, currency="EUR")}, "Pay: EUR 45 an hour."),
        ({"rate": paid(amount=45)}, "Pay: 45 an hour."),
        ({"rate": paid(amount=45, per="")}, "Pay: 45."),
        ({"rate": paid(amount=1200.5, currency="EUR")}, "Pay: EUR 1,200.50 an hour."),
        ({"rate": paid(amount=0.075, currency="EUR")}, "Pay: EUR 0.075 an hour."),
        ({"rate": paid(max=50, currency="EUR")}, "Pay: up to EUR 50 an hour."),
        ({"rate": paid(min=20, currency="EUR", per="month")}, "Pay: from EUR 20 a month."),
        (
            {"rate": paid(min=1000, max=12500, currency="EUR", per="month")},
            "Pay: EUR 1,000 to 12,500 a month.",
        ),
        ({"rate": paid(amount=300, currency="USD", per="fixed")}, "Pay: USD 300 in total."),
        ({"rate": paid(amount=300, min=1, max=2, per="deliverable")}, "Pay: 300 per deliverable."),
    ],
)
def test_terms_are_sentences(values: dict[str, Any], sentence: str) -> None:
    assert " ".join(post_of(parent="", **values).terms) == sentence


def test_terms_stand_in_their_order() -> None:
    post = post_of(
        weekly_hours=hours(8), location=Location(remote=True), rate=paid(amount=5), engagement="volunteer"
    )
    assert post.terms == (
        "About 8 hours a week, as a volunteer.",
        "You report to Owner.",
        "Remote, from anywhere.",
        "Pay: 5 an hour.",
    )


def test_the_header_names_what_applicants_look_for_first() -> None:
    posting = Posting(closes=dt.date(2027, 3, 1), apply_email="a@x.org")
    values = {"weekly_hours": hours(8), "engagement": "volunteer", "rate": paid(max=5), "posting": posting}
    post = post_of(location=Location(remote=False, timezone_overlap="CET"), **values)
    assert post.glance == (
        ("Pay", "Up to 5 an hour"),
        ("Hours", "8 hours a week"),
        ("Engagement", "As a volunteer"),
        ("Reports to", "Owner"),
        ("Apply by", "1 March 2027"),
        ("Place", "On site; shared working hours: CET"),
    )
    assert post_of(parent="").glance == ()
    # What is not for the public, or not open any more, is not there.
    hidden = {**values, "rate": Rate(amount=45), "day": dt.date(2027, 3, 2)}
    assert [name for name, _ in post_of(**hidden).glance] == ["Hours", "Engagement", "Reports to"]
    assert "Apply by" not in dict(post_of(posting=Posting(apply_email="a@x.org")).glance)


@pytest.mark.parametrize(
    ("posting", "address"),
    [
        (Posting(apply_url="https://x.org/?a=1&b=2"), "https://x.org/?a=1&b=2"),
        (Posting(apply_url="https://x.org", apply_email="a@x.org"), "https://x.org"),
        (Posting(apply_email="a@x.org"), "mailto:a@x.org?subject=R%26D%20%C3%A4"),
        (Posting(apply_email="a+b?c&d%@x.org"), "mailto:a%2Bb%3Fc%26d%25@x.org?subject=R%26D%20%C3%A4"),
        (
            Posting(apply_email="a@x.org", questions=("Why & when?", "How\nfast?")),
            "mailto:a@x.org?subject=R%26D%20%C3%A4&body=Why%20%26%20when%3F%0D%0A%0D%0AHow%0Afast%3F",
        ),
        (Posting(questions=("Why?",)), ""),
        (Posting(apply_email="a@x.org", closes=TODAY - dt.timedelta(days=1)), ""),
        (None, ""),
    ],
)
def test_the_button_leads_to_where_one_applies(posting: Posting | None, address: str) -> None:
    assert post_of(title="R&D ä", posting=posting).apply == address
    page = rendered(*organisation_of(title="R&D ä", posting=posting))
    button = f'<a class="rb-apply-now" href="{html.escape(address)}">Apply</a>'
    assert (button in page) is bool(address)
    assert ("rb-apply-now" in page) is bool(address)


@pytest.mark.parametrize(
    ("values", "bare"),
    [({}, True), ({"purpose": "Why."}, False), ({"weekly_hours": hours(1)}, False), ({"owner": "Ada"}, True)],
)
def test_a_title_alone_says_that_the_rest_is_to_come(values: dict[str, Any], bare: bool) -> None:
    assert post_of(parent="", **values).is_bare is bare


# --- the vacancy -----------------------------------------------------------------------------------

OPENS, CLOSES, DAY = dt.date(2027, 1, 10), dt.date(2027, 1, 20), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("opens", "closes", "day", "is_open"),
    [
        (OPENS, CLOSES, OPENS - DAY, False),
        (OPENS, CLOSES, OPENS, True),
        (OPENS, CLOSES, CLOSES, True),
        (OPENS, CLOSES, CLOSES + DAY, False),
        (None, CLOSES, OPENS - DAY, True),
        (None, CLOSES, CLOSES + DAY, False),
        (OPENS, None, OPENS - DAY, False),
        (OPENS, None, CLOSES + DAY, True),
        (None, None, OPENS, True),
    ],
)
@pytest.mark.parametrize(
    ("held", "vacant"),
    [
        ({}, True),
        ({"status": "open", "owner": "Ada"}, True),
        ({"owner": "Ada"}, False),
        ({"status": "filled"}, False),
    ],
)
def test_a_seat_is_posted_while_it_is_vacant_and_open(
    opens: dt.date | None,
    closes: dt.date | None,
    day: dt.date,
    is_open: bool,
    held: dict[str, str],
    vacant: bool,
) -> None:
    posting = Posting(opens=opens, closes=closes, apply_email="jobs@example.org")
    assert post_of(day=day, posting=posting, **held).posting == (posting if is_open and vacant else None)


@pytest.mark.parametrize("status", ["planned", "retired"])
def test_a_seat_that_does_not_count_is_not_seen(status: str) -> None:
    organisation, role = organisation_of(status=status, posting=Posting(apply_email="jobs@example.org"))
    assert role.id not in view_for(organisation, PUBLIC).organisation.roles


@pytest.mark.parametrize(
    ("day", "is_open"),
    [("2026-12-31", False), ("2027-01-01", True), ("2027-02-03", True), ("2027-02-04", False)],
)
def test_the_page_says_how_to_apply_while_it_is_open(
    day: str, is_open: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.TODAY", dt.date.fromisoformat(day))
    page = page_of(tmp_path, FULL)
    for words in ("## How to apply", "jobs@example.org", "jobs.example.org", "3 February 2027", "proud of"):
        assert (words in page) is is_open


@pytest.mark.parametrize(
    ("posting", "sentence"),
    [
        (Posting(apply_email="a@x.org"), "Apply by e-mail to a@x.org."),
        (Posting(apply_url="https://x.org"), "Apply at https://x.org."),
        (
            Posting(apply_url="https://x.org", apply_email="a@x.org", closes=dt.date(2027, 3, 1)),
            "Apply by 1 March 2027, at https://x.org or by e-mail to a@x.org.",
        ),
    ],
)
def test_how_to_apply_is_a_sentence(posting: Posting, sentence: str) -> None:
    assert f"\n{sentence}\n" in text_of(rendered(*organisation_of(posting=posting)))


def test_a_posting_without_an_address_says_nothing() -> None:
    assert "How to apply" not in rendered(*organisation_of(posting=Posting(questions=("Why?",))))


def rendered(organisation: Any, role: Any) -> str:
    plan = Plan(Project(Path("/nowhere"), "docs", "Us", Options()), organisation)
    return Renderer(plan, view_for(organisation, PUBLIC)).page(plan.jobs[role.id])
